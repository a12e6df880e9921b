"""How many photos saved searches find: counted in the background, one by one, a little at a time.

Searches of filters alone are counted, which the catalogue answers by itself. One with words, or of
an album with words, would need the model and the vector index, too much for a number beside a name:
it has none.
"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.sidebar.places import Place
from app.sidebar.tree import place_key

if TYPE_CHECKING:
    from app.session import Session
    from app.sidebar.feed import Listed
    from core.catalog.searches import SavedSearch
    from core.library import Library

QUIET_MS = 1000  # after the sidebar was listed: it comes first
SHARE = 20  # of the time, one part at most goes into counting


class SearchCounts(QObject):
    """Answers `counted` for whatever SidebarFeed lists: photos by key of the sidebar's row."""

    counted = Signal(dict)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._lane = session.background.lane("search counts")
        self._searches: tuple[SavedSearch, ...] = ()
        self._next = 0
        self._again = False
        self._counting = False
        self._counts: dict[str, int] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._count)
        session.closing.connect(self._timer.stop)

    @Slot(object)
    def take(self, listed: Listed) -> None:
        """These searches are there, and what they find may have changed."""
        self._searches = listed.overview.searches
        keys = {_key(search) for search in self._searches}
        self._counts = {key: n for key, n in self._counts.items() if key in keys}
        if self._counting or self._timer.isActive():
            self._again = True  # a round that is under way comes to its end first
        elif self._searches:
            self._begin(QUIET_MS)

    def _begin(self, after_ms: int) -> None:
        self._next, self._again = 0, False
        self._timer.start(after_ms)

    @Slot()
    def _count(self) -> None:
        if self._session.state != "open" or self._next >= len(self._searches):
            return
        search = self._searches[self._next]
        self._next += 1
        self._counting = True
        question = partial(_found, search.query, self._session.library)
        self._lane.submit(question, partial(self._answer, search), self._fail)

    def _answer(self, search: SavedSearch, found: tuple[int | None, float]) -> None:
        self._counting = False
        number, seconds = found
        key = _key(search)
        if number is None:
            self._counts.pop(key, None)
        elif search in self._searches:
            self._counts[key] = number
        self.counted.emit(dict(self._counts))
        self._go_on(seconds)

    def _fail(self, _error: Exception) -> None:
        """A number that is missing is no trouble; what is wrong is told where it is looked into."""
        self._counting = False
        self._go_on(1.0)

    def _go_on(self, seconds: float) -> None:
        rest = round(1000 * SHARE * seconds)
        if self._next < len(self._searches):
            self._timer.start(rest)
        elif self._again:
            self._begin(max(QUIET_MS, rest))


def _key(search: SavedSearch) -> str:
    return place_key(Place("search", str(search.id)))


def _found(query: str, library: Library) -> tuple[int | None, float]:
    """How many photos a query of filters alone finds, None for others; seconds it took."""
    from core.errors import QueryError
    from core.search.query import parse_query

    began = time.monotonic()
    try:
        asked = parse_query(query)
    except QueryError:  # by an older Souvenir, or a newer one
        return None, 0.0
    if asked.text or asked.excluded or not asked.filters:
        return None, 0.0
    if library.albums.describe(asked.filters):
        return None, time.monotonic() - began
    return library.browse.count(asked.filters), time.monotonic() - began
