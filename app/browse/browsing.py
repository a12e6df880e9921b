"""Which photos are shown: those of a place, or in it the answers to a query and a photo."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.background import CancelToken
from app.search.answers import RESULTS, Answering, Question, Shown, SortName
from app.search.photo import LikePhoto
from app.session import Session
from app.sidebar.places import ALL_PHOTOS, Place
from core.errors import SouvenirError

if TYPE_CHECKING:
    from core.catalog.searches import SavedSearch
    from core.library import Library

__all__ = ["RESULTS", "Browsing", "Question", "Shown", "SortName"]

REFRESH_MS = 300
LONGEST_MS = 10_000


class Browsing(QObject):
    """Asks the library on a thread. A later question cancels an earlier one.

    There are two orders: one for places, and one for what is found in them, which is "relevance"
    until another is chosen while something is searched for.
    """

    shown = Signal(object)  # Shown
    asked = Signal()  # another question is put: what is shown is not the answer to it
    failed = Signal(Exception)  # the question cannot be answered; what was shown stays
    place_changed = Signal(object)  # Place: where one looks now
    query_changed = Signal(str)  # a saved search is looked into: its query, for the field

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        # Lists of a million photos take a moment: a query does not wait behind one.
        self._lane = session.background.lane("search")
        self._place_lane = session.background.lane("place")
        self._token = CancelToken()
        self._question = Question()
        self._sort: tuple[SortName, bool] = ("taken", True)
        self._found_sort: tuple[SortName, bool] = ("relevance", True)
        self._home: Shown | None = None  # the place, as it was before something was searched for
        self._home_mark = 0  # how often anything had changed when that was asked
        self._changes = 0  # how often anything has changed that photos are listed by
        self._left: Place = ALL_PHOTOS  # where one was before a saved search
        self._saved = ""  # the query of the saved search that is looked into
        self._asked = False  # whether anything was asked yet
        self._waits = False
        self._took = 0.0
        self._refresh = QTimer(self)
        self._refresh.setSingleShot(True)
        self._refresh.timeout.connect(self._ask_again)
        session.events.photos_changed.connect(self.ask_again_soon)
        session.events.model_changed.connect(self.ask_again_soon)
        session.events.photos_embedded.connect(self._more_indexed)
        session.events.albums_changed.connect(self._albums_changed)
        session.events.searches_changed.connect(self._searches_changed)
        session.events.labels_changed.connect(self._labels_changed)
        session.events.tags_changed.connect(self._labels_changed)
        for happened in (
            session.events.photos_changed,
            session.events.folders_changed,
            session.events.albums_changed,
            session.events.labels_changed,
            session.events.tags_changed,
            session.events.model_changed,
        ):
            happened.connect(self._count_change)

    # What is asked for

    @property
    def question(self) -> Question:
        """What is asked for now."""
        return self._question

    @property
    def query(self) -> str:
        """What is searched for now, in words and filters."""
        return self._question.query

    @property
    def place(self) -> Place:
        """Where one looks now."""
        return self._question.place

    @property
    def order(self) -> tuple[SortName, bool]:
        """What places are in order of, and whether descending."""
        return self._sort

    @property
    def saved_query(self) -> str:
        """The query of the saved search that one looks into, as it was saved; else ""."""
        return self._saved

    @property
    def waits(self) -> bool:
        """Whether an answer is still to come, or a question is about to be asked again."""
        return self._waits or self._refresh.isActive()

    # Asking

    def search(self, query: str, like: LikePhoto | None = None) -> None:
        """Show answers to a query, to a photo or to both; without either, the place again."""
        query = query.strip()
        place = self.place
        if place.kind == "search" and not query and like is None:
            place = self._left  # what was saved was taken away: back to where one was
            self._saved = ""
        question = replace(self._question, place=place, query=query, like=like)
        if question.searches and not self._question.searches:
            self._found_sort = ("relevance", True)
        self._go(question)

    @Slot(object)
    def go_to(self, place: Place) -> None:
        """Look somewhere, for the first time or elsewhere; a search goes on there."""
        same = (place.kind, place.value) == (self.place.kind, self.place.value)
        if place.kind == "problems" or (same and self._asked):
            return
        if place.kind == "search":
            self._look_up(place)
            return
        question = replace(self._question, place=place)
        if self.place.kind == "search" and self.query == self._saved:
            question = replace(question, query="", like=None)  # it came with the saved search
            self.query_changed.emit("")
        self._saved = ""
        self._go(question)

    @Slot(str, bool)
    def set_order(self, sort: SortName, descending: bool) -> None:
        """Put what is shown into another order."""
        if self._question.searches:
            self._found_sort = (sort, descending)
        elif sort != "relevance":
            self._sort = (sort, descending)
        self._go(self._question)

    def show(self) -> None:
        """Ask what is to be shown."""
        self._go(self._question)

    @Slot()
    def ask_again_soon(self) -> None:
        """Something changed: ask again, more rarely where an answer takes long."""
        if not self._refresh.isActive():
            self._refresh.start(min(LONGEST_MS, REFRESH_MS + int(5000 * self._took)))

    @Slot()
    def _count_change(self) -> None:
        self._changes += 1

    @Slot()
    def _more_indexed(self) -> None:
        if self._question.searches:
            self.ask_again_soon()

    @Slot()
    def _albums_changed(self) -> None:
        if self.place.kind == "album" or "album" in self.query.lower():
            self.ask_again_soon()

    @Slot()
    def _labels_changed(self) -> None:
        # An album that the query names may be one of labels.
        named = any(name in self.query.lower() for name in ("label", "album"))
        if self.place.kind == "label" or named:
            self.ask_again_soon()

    @Slot()
    def _ask_again(self) -> None:
        if self._waits:
            self.ask_again_soon()
        else:
            self._ask(again=True)

    def _go(self, question: Question) -> None:
        """Ask; where one comes back to is shown at once, if nothing has changed since."""
        sort, descending = self._found_sort if question.searches else self._sort
        question = replace(question, sort=sort, descending=descending)
        moved = question.place != self.place
        self._question = question
        if moved:
            self.place_changed.emit(question.place)
        home = self._home
        if home is not None and home.question == question and self._home_holds:
            self._drop()
            self._refresh.stop()  # it was for the question before
            self.shown.emit(home)
        else:
            self._ask()

    @property
    def _home_holds(self) -> bool:
        """Whether the place is sure to be as it was.

        That something changed may not have been passed on yet; what another process writes is not
        told at all; and what was added lately gets older by itself.
        """
        told = self._session.writable and not self._session.events.waits
        same = told and self._home_mark == self._changes
        return same and self._home is not None and self._home.place.kind != "recent"

    def _drop(self) -> None:
        """Whatever is under way is not wanted any more."""
        self._token.cancel()
        self._token = CancelToken()
        self._waits = False
        for lane in (self._lane, self._place_lane):
            lane.replace([])

    def _ask(self, *, again: bool = False) -> None:
        if self._session.state != "open":
            return
        self._drop()
        self._asked = self._waits = True
        token = self._token
        asked = Answering(self._session.library, self._question, token, again=again)
        lane = self._lane if self._question.searches else self._place_lane
        rest = partial(self._rest, asked, self._changes)
        jobs = [lane.job(asked.rest, rest, self._fail, token)]
        if not again:
            first = partial(self._first, self._changes)
            jobs.insert(0, lane.job(asked.first, first, self._fail, token))
        lane.replace(jobs)
        if not again:
            self.asked.emit()

    def _first(self, mark: int, shown: Shown) -> None:
        if shown.complete:
            self._keep(shown, mark)
        self.shown.emit(shown)

    def _rest(self, asked: Answering, mark: int, shown: Shown | None) -> None:
        self._waits = False
        self._took = asked.seconds
        if shown is not None:
            self._keep(shown, mark)
            self.shown.emit(shown)

    def _keep(self, shown: Shown, mark: int) -> None:
        """Keep a place as it is; `mark` is what had changed when it was asked."""
        if not shown.question.searches:
            self._home, self._home_mark = replace(shown, again=False), mark

    def _fail(self, error: Exception) -> None:
        self._drop()
        self.failed.emit(error)

    # Saved searches

    def _look_up(self, place: Place) -> None:
        if self._session.state != "open":
            return
        self._drop()
        self._waits = True
        self.asked.emit()
        job = self._lane.job(
            partial(_saved_search, self._session.library, int(place.value)),
            partial(self._looked_up, place),
            self._not_looked_up,
            self._token,
        )
        self._lane.replace([job])

    def _not_looked_up(self, error: Exception) -> None:
        """Where nothing else was shown before, there is something to see all the same."""
        if not self._asked:
            self._go(self._question)
        else:
            self._drop()
        self.failed.emit(error)

    def _looked_up(self, place: Place, found: SavedSearch) -> None:
        if self.place.kind != "search":
            self._left = self.place
        same = (place.kind, place.value) == (self.place.kind, self.place.value)
        query = found.query
        if same and self.query != self._saved:
            query = self.query  # changed by hand: it stays so
        else:
            self._found_sort = ("relevance", True)
            self.query_changed.emit(query)
        self._saved = found.query
        titled = replace(place, title=found.name)
        like = self._question.like if same else None
        self._go(replace(self._question, place=titled, query=query, like=like))

    @Slot()
    def _searches_changed(self) -> None:
        if self.place.kind == "search":
            self._look_up(self.place)
        else:
            self._albums_changed()  # automatic ones


def _saved_search(library: Library, search_id: int) -> SavedSearch:
    for search in library.browse.overview().searches:
        if search.id == search_id:
            return search
    raise SouvenirError("This saved search is not there any more: choose another one.")
