"""The search field that is always there: words, chips and a photo; Esc clears."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from app.search.edit import SearchEdit
from app.search.photo import Given, LikePhoto, photo_in
from app.search.photo_chip import PhotoChip
from app.theme import Theme
from app.virtuals import contained
from app.widgets.icons import icon
from core.errors import QueryError

DEBOUNCE_MS = 120
PATIENCE_MS = 450
HEIGHT = 34


class SearchField(QFrame):
    """Emits `asked` 120 ms after the last key, at once on Enter; never twice the same.

    `edit` is where one writes. `holds_back` tells that what is typed is not yet to be asked, as a
    filter that is being chosen. A photo that is dropped or pasted is told by `photo_given`; whoever
    prepares it answers with `show_photo`, and it is searched by.
    """

    asked = Signal(str, object)  # the query, and the LikePhoto to search by or None
    entered = Signal()  # Enter: on to the photos
    cleared = Signal()  # Esc
    photo_given = Signal(object)  # app.search.photo.Given

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self.setAcceptDrops(True)
        self.setFixedHeight(theme.px(HEIGHT))
        self.holds_back: Callable[[], bool] = _never
        self._told: tuple[str, LikePhoto | None] = ("", None)
        self._like: LikePhoto | None = None
        self._sign = QLabel()
        self._sign.setObjectName("search_sign")
        self._photo = PhotoChip(theme)
        self._photo.clicked.connect(self.remove_photo)
        self.edit = SearchEdit(theme)
        self.edit.setObjectName("search_edit")
        self.edit.setAccessibleName(self.tr("Search"))
        self.edit.setToolTip(
            self.tr(
                "Describe the photo in your own words.\n"
                "-word leaves photos out; date: camera: folder: and more are offered as you type."
            )
        )
        self.edit.takes_photo = _takes
        self._hint = QLabel(self.tr("Esc clears"))
        self._hint.setObjectName("search_hint")
        self._clear = QToolButton()
        self._clear.setObjectName("search_clear")
        self._clear.setAccessibleName(self.tr("Clear the search"))
        self._clear.setToolTip(self.tr("Clear (Esc)"))
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.clicked.connect(self.cleared)
        line = QHBoxLayout(self)
        line.setContentsMargins(10, 0, 6, 0)
        line.setSpacing(4)
        line.addWidget(self._sign)
        line.addWidget(self._photo)
        line.addWidget(self.edit, 1)
        line.addWidget(self._hint)
        line.addWidget(self._clear)
        self.setFocusProxy(self.edit)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._timer.timeout.connect(self._tell_what_is_ready)
        self._error: Exception | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._show_error)
        self.edit.edited.connect(self._edited)
        self.edit.entered.connect(self._enter)
        self.edit.escaped.connect(self.cleared)
        self.edit.focus_changed.connect(self._focus_changed)
        self.edit.photo_offered.connect(self._photo_offered)
        self.edit.emptied.connect(self.remove_photo)
        self.set_theme(theme)
        self._dress()

    @property
    def waits(self) -> bool:
        """Whether something typed has not been asked yet."""
        return self._timer.isActive()

    @property
    def like(self) -> LikePhoto | None:
        """The photo that is searched by."""
        return self._like

    @property
    def wrong(self) -> bool:
        """Whether the query is marked as one that cannot be understood."""
        return bool(self.property("wrong"))

    def text(self) -> str:
        """The query, as it is typed: chips stand for their own text."""
        return self.edit.query.strip()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._sign.setPixmap(icon("search", theme.colour("dim")).pixmap(16, 16))
        self._clear.setIcon(icon("x", theme.colour("dim"), 14))
        self._photo.set_theme(theme)
        self.edit.set_theme(theme)

    def ask(self, query: str, like: LikePhoto | None = None) -> None:
        """Put in a query, and a photo to search by, and ask at once."""
        self._fill(query, like)
        self._tell()

    @Slot(str)
    def ask_words(self, query: str) -> None:
        """Put in another query beside the photo that is searched by, and ask at once."""
        self.ask(query, self._like)

    def put(self, query: str, like: LikePhoto | None = None) -> None:
        """Put in what is asked already: nothing is asked anew."""
        self._fill(query, like)
        self._told = (self.text(), like)

    def _fill(self, query: str, like: LikePhoto | None) -> None:
        self._like = like
        if query.strip() != self.text():
            self.edit.set_query(query)
        self._timer.stop()
        self._dress()

    def show_photo(self, like: LikePhoto) -> None:
        """Search by a photo, with the words that are there."""
        self._like = like
        self._dress()
        self._tell()

    @Slot()
    def remove_photo(self) -> None:
        """Search by the words alone."""
        if self._like is not None:
            self._like = None
            self._dress()
            self._tell()
            self.edit.setFocus()

    def mark_wrong(self, error: Exception | None) -> None:
        """Show that the query cannot be understood and where, or (None) that it can.

        What is wrong is shown when one has stopped typing for a moment.
        """
        self._error = error
        if error is None:
            self._patience.stop()
            self._show_error()
        else:
            self._patience.start()

    @Slot()
    def _show_error(self) -> None:
        error = self._error
        if self.wrong != (error is not None):
            self._set("wrong", error is not None)
        start, end = (error.start, error.end) if isinstance(error, QueryError) else (0, 0)
        blank = len(self.edit.query) - len(self.edit.query.lstrip())
        self.edit.underline(start + blank, end + blank)

    def selectAll(self) -> None:
        """Select everything that is written."""
        self.edit.selectAll()

    def _set(self, name: str, on: bool) -> None:
        self.setProperty(name, on)
        self.style().unpolish(self)
        self.style().polish(self)

    def _dress(self) -> None:
        """Say what is there, also to those who cannot see it."""
        like = self._like
        filled = like is not None or bool(self.text())
        self._clear.setVisible(filled)
        self._hint.setVisible(filled and self.edit.hasFocus() and self.width() > 420)
        self._photo.show_photo(like)
        hint = self.tr("Describe the photo you are looking for")
        if like is not None:
            hint = self.tr("Add words")
        self.edit.set_hint(hint)
        chips = ", ".join(self.edit.labels)
        self.edit.setAccessibleDescription(
            self.tr("Filters: {filters}").format(filters=chips)
            if chips
            else self.tr("Describe the photo you are looking for. Results follow as you type.")
        )

    @Slot()
    def _edited(self) -> None:
        self._dress()
        self._patience.stop()
        self._timer.start()

    def ask_soon(self) -> None:
        """Ask for what is written, if it is not asked yet."""
        self._timer.start()

    @Slot()
    def _tell_what_is_ready(self) -> None:
        if not self.holds_back():
            self._tell()

    @Slot()
    def _enter(self) -> None:
        self._tell()
        self.entered.emit()

    @Slot(bool)
    def _focus_changed(self, focused: bool) -> None:
        self._set("focused", focused)
        self._dress()

    @Slot()
    def _tell(self) -> None:
        self._timer.stop()
        asked = (self.text(), self._like)
        if asked[0] != self._told[0] or asked[1] is not self._told[1]:
            self._told = asked
            self.asked.emit(*asked)

    @Slot(object)
    def _photo_offered(self, mime: QMimeData) -> None:
        given: Given | None = photo_in(mime)
        if given is not None:
            self.photo_given.emit(given)

    @contained()
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A photo may be dropped anywhere on the field."""
        if photo_in(event.mimeData()) is not None:
            event.acceptProposedAction()

    @contained()
    def dropEvent(self, event: QDropEvent) -> None:
        """Search by what is dropped."""
        event.acceptProposedAction()
        self._photo_offered(event.mimeData())

    @contained()
    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Beside the text is the field as well."""
        self.edit.setFocus()

    @contained()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the photo's button: it is taken away by Delete and Backspace too."""
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) and self._photo.hasFocus():
            self.remove_photo()
        elif event.key() == Qt.Key.Key_Escape:
            self.cleared.emit()
        else:
            super().keyPressEvent(event)


def _never() -> bool:
    """Everything that is typed is asked."""
    return False


def _takes(mime: QMimeData) -> bool:
    return photo_in(mime) is not None
