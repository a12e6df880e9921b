"""Getting about: places, searches, the viewer, and back to where one was."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from app.background import CancelToken
from app.session import sentence
from app.sidebar.places import ALL_PHOTOS, Place

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtWidgets import QWidget

    from app.browse.browsing import Browsing
    from app.browse.page import BrowsePage
    from app.grid.model import PhotoModel
    from app.inspector.inspector import Inspector
    from app.search.answers import Shown
    from app.search.photo import LikePhoto
    from app.session import Session
    from app.sidebar.sidebar import Sidebar
    from app.status.problems import ProblemsPage
    from app.viewer.compare import Compare
    from app.viewer.viewer import Viewer
    from app.window.desk import Desk
    from app.window.header import Header
    from core.library import Library


class Navigation(QObject):
    """Leads from one page of the desk to another, and tells the inspector what one looks at.

    `meant_changed`: other photos are chosen, which actions are about. `problems_shown(bool)`: files
    that could not be read take the place of the photos, or no longer.
    """

    meant_changed = Signal()
    problems_shown = Signal(bool)

    def __init__(
        self,
        session: Session,
        browsing: Browsing,
        desk: Desk,
        *,
        header: Header,
        sidebar: Sidebar,
        browse: BrowsePage,
        viewer: Viewer,
        compare: Compare,
        model: PhotoModel,
        problems: ProblemsPage,
        inspector: Inspector,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._browsing = browsing
        self._desk = desk
        self._header = header
        self._sidebar = sidebar
        self._browse = browse
        self._viewer = viewer
        self._compare = compare
        self._model = model
        self._problems = problems
        self._inspector = inspector
        self._typed = CancelToken()
        self._sought: int | None = None
        self._opens_sought = False
        sidebar.chosen.connect(self.look_into)
        sidebar.clicked_on.connect(self._to_what_was_clicked_on)
        browse.go_asked.connect(sidebar.choose)
        browsing.place_changed.connect(sidebar.mark)
        browsing.query_changed.connect(header.search.put)
        browsing.shown.connect(self._shown)
        browsing.failed.connect(self._search_failed)
        browsing.asked.connect(browse.heading.look)
        header.search.asked.connect(self._search)
        header.search.entered.connect(self._to_photos)
        header.search.cleared.connect(self.clear_search)
        browse.opened.connect(self.open_viewer)
        browse.grid.selected.connect(self._tell_inspector)
        model.cut_moved.connect(self._tell_matching)
        browse.grid.type_ahead.connect(self._go_to_name)
        viewer.left.connect(self._leave_viewer)
        viewer.moved.connect(self._tell_inspector)
        viewer.full_screen_changed.connect(desk.set_bare)
        compare.compare_asked.connect(self.open_compare)
        compare.left.connect(self._leave_compare)
        compare.opened.connect(self._open_compared)
        compare.active_changed.connect(self._tell_inspector)
        problems.left.connect(self._leave_problems)
        inspector.photo_asked.connect(self.go_to_photo)

    # What is meant

    def chosen(self) -> list[int]:
        """The photos that actions are about: the one that is open, else those selected."""
        if self._desk.page is self._compare:
            return [] if self._compare.photo_id is None else [self._compare.photo_id]
        if self._desk.page is self._viewer:
            return [] if self._viewer.photo_id is None else [self._viewer.photo_id]
        if self._desk.page is self._browse:
            return self._browse.grid.choice.ids()
        return []

    @Slot()
    def _tell_inspector(self) -> None:
        chosen = self.chosen()
        at = self._model.positions_of(chosen if len(chosen) == 1 else [])
        relevance = self._model.relevance(int(at[0])) if len(at) else None
        names = [row.name for row in self._model.known(chosen if len(chosen) == 1 else [])]
        self._inspector.show_photos(chosen, relevance, "".join(names))
        self.meant_changed.emit()

    @Slot()
    def _tell_matching(self) -> None:
        """What the inspector tells of while nothing is chosen ends where the matches do."""
        ids, matching = self._model.ids, self._model.matching
        self._inspector.set_shown(ids[:matching], len(ids) - matching)

    # Places

    @Slot(object)
    def look_into(self, place: Place) -> None:
        """Show a place."""
        self.close_pictures()
        if place.kind == "problems":
            self._show(self._problems)
            return
        self._show(self._browse)
        self._browsing.go_to(place)

    @Slot()
    def _to_what_was_clicked_on(self) -> None:
        """Give the keyboard to what a click in the sidebar shows: Delete is about photos there.

        In the sidebar Delete removes the album or label itself, and Ctrl+A does nothing.
        """
        shows_photos = self._desk.page is self._browse
        (self._browse.grid if shows_photos else self._problems).setFocus()

    @Slot()
    def show_problems(self) -> None:
        """Show the files that could not be read."""
        self._sidebar.choose(Place("problems"))
        self._problems.setFocus()

    @Slot()
    def _leave_problems(self) -> None:
        self._sidebar.choose(self._browsing.place)
        self._browse.to_photos()

    @Slot(object)
    def show_page(self, page: QWidget) -> None:
        """Show another page of the desk, from which `leave_page` leads back to the photos."""
        self.close_pictures()
        self._show(page)

    @Slot()
    def leave_page(self) -> None:
        """Back to the photos."""
        self._sidebar.mark(self._browsing.place)
        self._show(self._browse)
        self._browse.to_photos()

    def _show(self, page: QWidget) -> None:
        self._desk.show_page(page)
        self.problems_shown.emit(page is self._problems)
        self._tell_inspector()

    # Searching

    @Slot(str, object)
    def _search(self, query: str, like: LikePhoto | None) -> None:
        self.close_pictures()
        if self._desk.page is not self._browse:
            self._sidebar.mark(self._browsing.place)
            self._show(self._browse)
        self._header.search.mark_wrong(None)
        self._browse.heading.clear_problem()
        self._browsing.search(query, like)

    @Slot()
    def to_search(self) -> None:
        """Put the keyboard into the search field."""
        self.close_pictures()
        self._header.search.setFocus()
        self._header.search.selectAll()

    @Slot()
    def clear_search(self) -> None:
        """Show everything again, where one was."""
        self._header.search.ask("")
        self._header.search.mark_wrong(None)
        self._browse.heading.clear_problem()
        self._browse.grid.setFocus()

    @Slot(object)
    def _shown(self, shown: Shown) -> None:
        self._header.search.mark_wrong(None)
        self._header.show_search(shown, self._browsing.saved_query)
        self._browse.show_photos(shown)
        self._viewer.follow_model()
        if self._sought is not None and shown.complete:
            photo_id, self._sought = self._sought, None
            self._browse.grid.go_to_first(np.array([photo_id]))
            if self._opens_sought:
                self._open_here(photo_id)
        self._tell_matching()
        self._tell_inspector()

    @Slot(Exception)
    def _search_failed(self, error: Exception) -> None:
        self._header.search.mark_wrong(error)
        self._browse.show_problem(sentence(error))

    @Slot()
    def _to_photos(self) -> None:
        self._browse.to_photos(soon=self._browsing.waits)

    @Slot(str)
    def _go_to_name(self, beginning: str) -> None:
        self._typed.cancel()
        self._typed = CancelToken()
        find = partial(_named, beginning)
        self._session.ask("reading", find, self._browse.grid.go_to_first, token=self._typed)

    # Photos

    @Slot(int)
    def open_viewer(self, position: int) -> None:
        """Show the photo at a position as large as fits."""
        self._desk.show_page(self._viewer)
        self._viewer.setFocus()
        self._viewer.open(position)
        self._tell_inspector()

    @Slot()
    def open_chosen(self) -> None:
        """Show the photo that is current in the grid as large as fits."""
        at = self._browse.grid.currentIndex().row()
        if self._desk.page is self._browse and at >= 0:
            self.open_viewer(at)

    @Slot(int)
    def _leave_viewer(self, position: int) -> None:
        self._show(self._browse)
        self._browse.grid.setFocus()
        if 0 <= position < len(self._model.ids):
            self._browse.grid.choice.only(position)

    @Slot(list)
    def open_compare(self, photo_ids: list[int]) -> None:
        """Show two to four photos side by side."""
        self._desk.show_page(self._compare)
        self._compare.show_photos(photo_ids)
        self._tell_inspector()

    @Slot(int)
    def _leave_compare(self, photo_id: int) -> None:
        found = self._model.positions_of([photo_id])
        self._leave_viewer(int(found[0]) if len(found) else -1)

    @Slot(int)
    def _open_compared(self, photo_id: int) -> None:
        found = self._model.positions_of([photo_id])
        if len(found):
            self.open_viewer(int(found[0]))

    def close_pictures(self) -> None:
        """Back from the viewer, or from comparing, to the photos."""
        if self._desk.page is self._viewer:
            self._viewer.leave()
        elif self._desk.page is self._compare:
            self._compare.leave()

    @Slot(int)
    def choose_quietly(self, photo_id: int) -> None:
        """Have a photo chosen that is seen outside of the grid, which stays where it is."""
        found = self._model.positions_of([photo_id])
        if len(found):
            grid = self._browse.grid
            grid.setAutoScroll(False)
            grid.choice.only(int(found[0]))
            grid.setAutoScroll(True)

    @Slot(int)
    def go_to_photo(self, photo_id: int) -> None:
        """Show one photo: here if it is among those shown, else among all of them."""
        found = self._model.positions_of([photo_id])
        if not len(found):
            self._sought, self._opens_sought = photo_id, False
            self.clear_search()
            self._sidebar.choose(ALL_PHOTOS)
        elif self._desk.page is self._viewer:
            self._viewer.go_to(int(found[0]))
        else:
            self._browse.grid.go_to(int(found[0]))

    def open_photo(self, photo_id: int) -> None:
        """Show one photo as large as fits, with all others before and after it where need be."""
        if not self._open_here(photo_id):
            self.go_to_photo(photo_id)
            self._opens_sought = True

    def _open_here(self, photo_id: int) -> bool:
        """Open one of the photos that are shown; whether it is one of them."""
        found = self._model.positions_of([photo_id])
        if len(found):
            self.open_viewer(int(found[0]))
        return len(found) > 0


def _named(beginning: str, library: Library) -> NDArray[np.int64]:
    from core.catalog.filters import NameStartFilter

    return library.photo_ids("name", descending=False, filters=[NameStartFilter(beginning)])
