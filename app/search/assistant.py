"""Stands beside the search field: offers what can be written, and prepares photos to search by."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, Qt
from PySide6.QtWidgets import QWidget

from app.background import CancelToken
from app.browse.browsing import Browsing, Shown
from app.search import offers as search_offers
from app.search.chips import Language, load_language
from app.search.field import SearchField
from app.search.history import SearchHistory
from app.search.offers import FOUND_IN_LIBRARY, VALUES, Offer, Typed
from app.search.photo import Given, LikePhoto, PastedFile, like_photo, photo_in
from app.search.popup import SearchPopup
from app.session import Session, sentence
from app.theme import Theme

if TYPE_CHECKING:
    from app.commands import Commands
    from core.library import Library

Key = Qt.Key
VISITED = 8
"""Earlier queries that are shown to somebody who comes to an empty field."""


class SearchAssistant(QObject):
    """One for a window's field. `settings` keeps the history, None nowhere."""

    problem = Signal(str)  # a sentence for the person
    focus_asked = Signal()  # the keyboard is wanted in the field
    save_asked = Signal()  # the search that is shown is to be kept

    def __init__(
        self,
        session: Session,
        field: SearchField,
        browsing: Browsing,
        theme: Theme,
        settings: QSettings | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._field = field
        self._lane = session.background.lane("offers")
        self._photos = session.background.lane("search photo")
        self._token = CancelToken()
        self._photo_token = CancelToken()
        self._typed: Typed | None = None
        self._pasted: PastedFile | None = None
        self._answered = ""  # the query whose photos are shown
        self._meant = ""  # the query that Enter was pressed on before it was answered
        self.history = SearchHistory(settings)
        self.popup = SearchPopup(field, theme)
        self.popup.chosen.connect(self._accept)
        field.edit.first_say = self._take_key
        field.holds_back = self._is_unfinished
        field.edit.edited.connect(self._offer)
        field.edit.focus_changed.connect(self._focus_changed)
        field.edit.visited.connect(self._visited)
        field.entered.connect(self._entered)
        field.photo_given.connect(self.search_by)
        field.asked.connect(self._asked)
        browsing.shown.connect(self._shown)
        session.opened.connect(self._learn)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self.popup.set_theme(theme)

    def add_commands(self, commands: Commands, *, browse: QWidget) -> None:
        """Add what can be done; Esc clears inside `browse`."""
        group = self.tr("Search")
        add = partial(commands.add, group=group)
        add(
            "search.focus",
            self.tr("Search"),
            self.focus_asked.emit,
            keys=("Ctrl+F", "/"),
            icon="search",
        )
        add(
            "search.clear",
            self.tr("Clear search"),
            self._clear,
            keys=("Esc",),
            where=(browse,),
            icon="x",
        )
        add(
            "search.save",
            self.tr("Save search…"),
            self.save_asked.emit,
            keys=("Ctrl+S",),
            icon="bookmark-plus",
        )
        add(
            "search.paste_photo",
            self.tr("Search by the copied photo"),
            self.paste_photo,
            keys=("Ctrl+Shift+V",),
            icon="image",
        )
        add(
            "search.clear_history",
            self.tr("Forget earlier searches"),
            self.history.clear,
            icon="history",
        )

    # Photos to search by

    @Slot(object)
    def search_by(self, given: Given) -> None:
        """Search by a photo of the library (id), a file, or a picture."""
        if self._session.state != "open":
            return
        self._photo_token.cancel()
        self._photo_token = CancelToken()
        question = partial(like_photo(given), self._session.library)
        job = self._photos.job(question, self._show_photo, self._no_photo, self._photo_token)
        self._photos.replace([job])

    def _show_photo(self, like: LikePhoto) -> None:
        self._field.show_photo(like)

    def _no_photo(self, error: Exception) -> None:
        self.problem.emit(sentence(error))

    @Slot(str, object)
    def _asked(self, _query: str, like: LikePhoto | None) -> None:
        """Have the file of a picture removed that is not searched by any more."""
        pasted = None if like is None else like.kept
        if self._pasted is not None and pasted is not self._pasted:
            self._photos.submit(self._pasted.remove, _nothing)
        self._pasted = pasted

    def paste_photo(self) -> None:
        """Search by what was copied, if it is a photo."""
        given = photo_in(QGuiApplication.clipboard().mimeData())
        if given is None:
            text = self.tr("No photo was copied: copy a photo or a picture file first.")
            self.problem.emit(text)
        else:
            self.search_by(given)

    @Slot(int)
    def find_similar(self, photo_id: int) -> None:
        """Search by a photo of the library alone, whatever was searched for before."""
        self._field.put("")
        self.search_by(photo_id)

    @Slot()
    def _clear(self) -> None:
        self._field.cleared.emit()

    # Offers

    @Slot()
    def _learn(self) -> None:
        """Load the query language, which chips are made with."""
        # On a lane of its own: what is offered replaces what waits to be offered.
        lane = self._session.background.lane("query language")
        lane.submit(load_language, self._learned)

    def _learned(self, language: Language) -> None:
        self._field.edit.set_language(language)

    @Slot()
    def _offer(self) -> None:
        """Offer what fits what is typed now."""
        self._token.cancel()
        edit = self._field.edit
        self._typed = at = search_offers.typed(edit.typed()) if edit.hasFocus() else None
        if at is None:
            self.popup.hide()
        elif not at.name:
            self.popup.offer(search_offers.names(at))
        elif at.name in FOUND_IN_LIBRARY:
            self._ask_for_values(at)
        else:
            self.popup.offer(search_offers.known_shapes(at, date.today()))
            if at.name == "date":
                self._ask_for_values(at)

    def _ask_for_values(self, at: Typed) -> None:
        if self._session.state != "open":
            return
        self._token = CancelToken()
        question = partial(_values, self._session.library, at)
        answer = partial(self._take_values, at)
        self._lane.replace([self._lane.job(question, answer, self._no_values, self._token)])

    def _take_values(self, at: Typed, values: list[tuple[str, int | None]]) -> None:
        if at is self._typed:
            found = search_offers.found_values(at, values)
            there = {offer.text for offer in found}
            shapes = search_offers.known_shapes(at, date.today())
            self.popup.offer([*(offer for offer in shapes if offer.text not in there), *found])

    def _no_values(self, _error: Exception) -> None:
        self.popup.hide()  # the search itself says what is wrong with the library

    def _offer_recent(self) -> bool:
        offers = search_offers.recent(self.history.queries, self._field.text())
        if not self._field.text():
            offers = [*offers, *search_offers.all_filters()]
        self._typed = None
        self.popup.offer(offers)
        return bool(offers)

    @Slot()
    def _visited(self) -> None:
        if not self._field.text():
            self._typed = None
            self.popup.offer(search_offers.recent(self.history.queries[:VISITED], ""))

    @Slot(object)
    def _accept(self, offer: Offer) -> None:
        if offer.whole:
            self._field.ask(offer.insert, self._field.like)
            self._field.entered.emit()
            return
        length = self._typed.length if self._typed is not None else 0
        self._field.edit.replace_typed(length, offer.insert)

    def _is_unfinished(self) -> bool:
        """Whether a filter is being written that cannot be understood before it is whole."""
        before = self._field.edit.typed()
        if search_offers.unfinished(before):
            return True
        at = search_offers.typed(before)
        if at is None or not at.name or at.name in FOUND_IN_LIBRARY:
            return False
        return bool(self.popup.offers and search_offers.known_shapes(at, date.today()))

    def _take_key(self, event: QKeyEvent) -> bool:
        asked = self._token
        if self.popup.take_key(event):
            asked.cancel()  # what comes late would take the chosen line away
            if event.key() == Key.Key_Escape:
                self._field.ask_soon()
            return True
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        down = event.key() in (Key.Key_Down, Key.Key_Up)
        if plain and down:
            return self._offer_recent()
        return False

    @Slot(bool)
    def _focus_changed(self, focused: bool) -> None:
        if not focused:
            self._token.cancel()  # offers that come late would stand in front of something else
            self._typed = None
            self.popup.hide()
            if self._answered == self._field.text():
                self.history.add(self._answered)

    # History: queries that were meant, not every beginning of one

    @Slot()
    def _entered(self) -> None:
        query = self._field.text()
        if query == self._answered:
            self.history.add(query)
        else:
            self._meant = query

    @Slot(object)
    def _shown(self, shown: Shown) -> None:
        if not shown.query:
            self.history.add(self._answered)  # it was looked at until now
        elif shown.query == self._meant:
            self.history.add(shown.query)
        self._meant = ""
        self._answered = shown.query


def _nothing(_value: object) -> None:
    """Nobody waits for it."""


def _values(library: Library, at: Typed) -> list[tuple[str, int | None]]:
    return library.browse.known_values(at.name, at.value, VALUES)  # type: ignore[arg-type]
