"""Says once how many photos are in the place that is shown: what the grid holds.

The sidebar and the status line are counted by the library, at another moment than the photos were
listed. Where both would speak of the same photos, what is listed is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from app.browse.browsing import Browsing
    from app.browse.page import BrowsePage
    from app.search.answers import Shown
    from app.sidebar.feed import Listed
    from app.sidebar.places import Place
    from app.sidebar.sidebar import Sidebar
    from app.status.line import StatusLine


class ShownCounts(QObject):
    """Tells sidebar and status line of the photos in `browse`, and of all that was counted.

    While photos come, the library may be counted before they are listed: there would be more photos
    that were added recently than there are photos. Such a count is held until the grid has caught
    up. `hold_or_show` what was counted before other parts take it, and `release` once `browse`
    shows what was listed; `told` is emitted then, for others that say a part of it. `listed` and
    `take` come last: they say how many photos the grid holds.
    """

    told = Signal(object)  # Listed

    def __init__(
        self,
        browsing: Browsing,
        browse: BrowsePage,
        sidebar: Sidebar,
        status: StatusLine,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._browsing = browsing
        self._browse = browse
        self._sidebar = sidebar
        self._status = status
        self._held: Listed | None = None

    @Slot(object)
    def hold_or_show(self, listed: Listed) -> None:
        """The library was counted: show that, at once or together with the grid."""
        known = in_place(self._browse, self._browsing.saved_query)
        ahead = known is not None and known[0].kind == "all" and known[1] != listed.overview.photos
        self._held = listed
        if not (ahead and self._browsing.waits):
            self.release()

    @Slot()
    def release(self) -> None:
        """Show what was counted last, if it is held."""
        if self._held is not None:
            listed, self._held = self._held, None
            self._sidebar.show_tree(listed.rows)
            self._status.show_photos(listed.overview.photos)
            self.told.emit(listed)

    @Slot(object)
    def listed(self, listed: Listed) -> None:
        """What was counted has been shown, or is held."""
        known = in_place(self._browse, self._browsing.saved_query)
        if known is not None and known[0].kind == "recent" and known[1] != listed.overview.recent:
            self._browsing.ask_again_soon()  # nothing tells that photos are no longer new
        self.again()

    @Slot()
    def again(self) -> None:
        """Say how many photos are in the place that is shown, if all of them are known."""
        known = in_place(self._browse, self._browsing.saved_query)
        if known is not None:
            place, count = known
            self._sidebar.set_count(place, count)
            if place.kind == "all":
                self._status.show_photos(count)

    @Slot(object)
    def take(self, _shown: Shown) -> None:
        """Other photos are shown."""
        self.again()


def in_place(browse: BrowsePage, saved_query: str) -> tuple[Place, int] | None:
    """The place that is shown and how many photos are in it.

    None where not all of it is known: something is searched for in it, or only the first photos
    are here.
    """
    shown = browse.shown
    if not shown.complete:
        return None
    if shown.label is not None:
        return shown.place, browse.label.cut
    saved = shown.place.kind == "search" and shown.query == saved_query
    if shown.question.searches and (not saved or shown.like is not None or shown.ranked):
        return None
    return shown.place, len(shown.ids)
