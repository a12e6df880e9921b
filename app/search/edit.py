"""One line to write a query in; parts that are finished are drawn as chips."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from app.search.chips import MARK, OBJECT, ChipPainter, Language, chip_format, finished_chips
from app.search.line import (
    Piece,
    chip_at,
    draw_hint,
    keep_height,
    made_text,
    one_line,
    pieces,
    query_of,
    selected,
    wrong_marks,
)
from app.theme import Theme
from app.virtuals import contained

Move = QTextCursor.MoveMode
Key = Qt.Key
Reason = Qt.FocusReason


class SearchEdit(QTextEdit):
    """Text and chips; `query` is both as one string, which is what was typed.

    `first_say`: asked with every key before the line takes it; True: it was used up.
    """

    edited = Signal()
    entered = Signal()
    escaped = Signal()
    focus_changed = Signal(bool)
    visited = Signal()  # the person came here, by a click or a key
    emptied = Signal()  # Backspace, where there is nothing before the caret
    photo_offered = Signal(object)  # QMimeData, valid during the call only

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first_say: Callable[[QKeyEvent], bool] = _no
        self.takes_photo: Callable[[QMimeData], bool] = _no
        self._language: Language | None = None
        self._settling = False
        self._writing = False  # keys may come before the keyboard does, or while a window opens
        self._hint = ""
        self._known = ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QTextEdit.LineWrapMode.NoWrap)
        self.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabChangesFocus(True)
        self.setAcceptRichText(False)
        self.viewport().setMouseTracking(True)
        self._chips = ChipPainter(theme, self.font(), self._is_chosen, self)
        self.document().documentLayout().registerHandler(OBJECT, self._chips)
        self.document().contentsChanged.connect(self._changed)
        self.cursorPositionChanged.connect(self._moved)

    # What is written

    @property
    def pieces(self) -> list[Piece]:
        """Everything in order."""
        return pieces(self.document())

    @property
    def query(self) -> str:
        """What is written, chips as the text they stand for."""
        return query_of(self.pieces)

    @property
    def labels(self) -> list[str]:
        """What the chips say."""
        return [piece.label for piece in self.pieces if piece.chip]

    def set_query(self, query: str) -> None:
        """Write another query; all that can be chips become chips."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(one_line(query), QTextCharFormat())
        self._settle(None)
        self.moveCursor(QTextCursor.MoveOperation.End)
        if not query:
            self.document().clearUndoRedoStacks()

    def set_language(self, language: Language) -> None:
        """From now on there are chips."""
        self._language = language
        self._settle(self._caret)

    def typed(self) -> str:
        """The text before the caret, from the chip before it on; "" while something is selected."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            return ""
        text = cursor.block().text()[: cursor.position()]
        return text.rpartition(MARK)[2]

    def replace_typed(self, length: int, text: str) -> None:
        """Put `text` in the place of the last characters before the caret.

        In the place of none where there are not as many: they became a chip, or are gone.
        """
        cursor = self.textCursor()
        back = length if length <= len(self.typed()) else 0
        cursor.setPosition(cursor.position() - back, Move.KeepAnchor)
        cursor.insertText(text, QTextCharFormat())
        self.setTextCursor(cursor)
        self._settle(cursor.position())

    def underline(self, start: int, end: int) -> None:
        """Underline query[start:end] as wrong; nothing where they are equal."""
        colour = self._chips.theme.colour("warning")
        marks = wrong_marks(self.document(), self.pieces, start, end, colour)
        self.setExtraSelections(marks)

    def set_hint(self, hint: str) -> None:
        """What an empty line says. Qt's own placeholder needs more height than a line has."""
        self._hint = hint
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._chips.theme = theme
        self.viewport().update()

    # Chips

    @Slot()
    def _changed(self) -> None:
        # Qt tells of other margins in the same way.
        if not self._settling and self.query != self._known:
            self._known = self.query
            self.setExtraSelections([])
            if not self._undoing:
                self._settle(self.textCursor().position())
            self.edited.emit()

    @Slot()
    def _moved(self) -> None:
        if not self._settling:
            if not self._undoing:
                self._settle(self._caret)
            self.viewport().update()

    @property
    def _caret(self) -> int | None:
        """Where something is written; None while nothing is."""
        return self.textCursor().position() if self._writing else None

    @property
    def _undoing(self) -> bool:
        """Whether one goes back and forth: new chips would put an end to that."""
        return self.document().isRedoAvailable()

    def _settle(self, caret: int | None) -> None:
        """Make chips of what is finished: everything but what is written at `caret`."""
        if self._language is None or self._settling:
            return
        for piece in reversed(self.pieces):
            if piece.chip:
                continue
            inside = None if caret is None else caret - piece.at
            found = finished_chips(piece.text, self._language, inside)
            if not found:
                continue
            self._settling = True
            cursor = QTextCursor(self.document())
            cursor.beginEditBlock()
            for chip in reversed(found):
                cursor.setPosition(piece.at + chip.start)
                cursor.setPosition(piece.at + chip.end, Move.KeepAnchor)
                text = piece.text[chip.start : chip.end]
                cursor.insertText(MARK, chip_format(text, chip.label))
            cursor.endEditBlock()
            self.setCurrentCharFormat(QTextCharFormat())
            self._settling = False

    def _chip_at(self, position: int) -> Piece | None:
        return next((p for p in self.pieces if p.chip and p.at == position), None)

    @property
    def chosen(self) -> Piece | None:
        """The chip that is selected, alone."""
        cursor = self.textCursor()
        if cursor.selectionEnd() - cursor.selectionStart() != 1:
            return None
        return self._chip_at(cursor.selectionStart())

    def _choose(self, position: int, *, leftwards: bool) -> None:
        cursor = self.textCursor()
        cursor.setPosition(position + leftwards)
        cursor.setPosition(position + (not leftwards), Move.KeepAnchor)
        self.setTextCursor(cursor)

    def edit_chip(self, piece: Piece) -> None:
        """Make a chip text again, to be changed."""
        self._settling = True
        self.setTextCursor(made_text(self.document(), piece))
        self._settling = False
        self._known = self.query
        self.edited.emit()

    def remove_chip(self, piece: Piece) -> None:
        """Take a chip away."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(piece.at)
        cursor.deleteChar()

    def _is_chosen(self, position: int) -> bool:
        cursor = self.textCursor()
        return cursor.selectionStart() <= position < cursor.selectionEnd()

    def _pointed_at(self, point: QPointF) -> tuple[Piece | None, bool]:
        """The chip under a point of the viewport, and whether it is its cross."""
        x = point.x() + self.horizontalScrollBar().value()
        return chip_at(self.document(), self.pieces, x)

    # Keys and mouse

    @contained(False)
    def event(self, event: QEvent) -> bool:
        """Keep Esc for the field while it has the focus; lists of offers use keys first."""
        if isinstance(event, QKeyEvent):
            kind = event.type()
            if kind == QEvent.Type.ShortcutOverride and event.key() == Key.Key_Escape:
                event.accept()
                return True
            if kind == QEvent.Type.KeyPress and self.first_say(event):
                event.accept()
                return True
        return super().event(event)

    @contained()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One line: Enter goes on to the photos, or opens the chip that is selected."""
        self._writing = True
        key = event.key()
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, _KEYPAD)
        if key == Key.Key_Escape:
            self.escaped.emit()
        elif key in (Key.Key_Return, Key.Key_Enter):
            chosen = self.chosen
            if chosen is not None:
                self.edit_chip(chosen)
            else:
                self._settle(None)
                self.entered.emit()
        elif key in (Key.Key_Up, Key.Key_Down):
            event.ignore()
        elif not (plain and self._about_chip(key)):
            super().keyPressEvent(event)

    def _about_chip(self, key: int) -> bool:
        """Whether a key was for the chip beside the caret."""
        if key in (Key.Key_Left, Key.Key_Right):
            return self._step(key == Key.Key_Left)
        return key == Key.Key_Backspace and self._remove_last()

    def _step(self, left: bool) -> bool:
        """Onto the chip beside the caret."""
        cursor = self.textCursor()
        if cursor.hasSelection() or self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            return False
        position = cursor.position() - left
        if self._chip_at(position) is None:
            return False
        self._choose(position, leftwards=left)
        return True

    def _remove_last(self) -> bool:
        """Backspace behind a chip and the space that follows it takes the chip away."""
        cursor = self.textCursor()
        position = cursor.position()
        text = cursor.block().text()
        if not position and not cursor.hasSelection():
            self.emptied.emit()
        if cursor.hasSelection() or position < 2 or text[position - 2 : position] != f"{MARK} ":
            return False
        cursor.setPosition(position - 2, Move.KeepAnchor)
        cursor.removeSelectedText()
        return True

    @contained()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a cross takes the chip away, one on a chip selects it."""
        piece, cross = self._pointed_at(event.position())
        if piece is None or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        elif cross:
            self.remove_chip(piece)
        else:
            self._choose(piece.at, leftwards=False)

    @contained()
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click opens a chip."""
        piece, cross = self._pointed_at(event.position())
        if piece is None:
            super().mouseDoubleClickEvent(event)
        elif not cross:
            self.edit_chip(piece)

    @contained()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the cross under the pointer."""
        piece, cross = self._pointed_at(event.position())
        lit = piece.at if piece is not None and cross else -1
        if lit != self._chips.lit:
            self._chips.lit = lit
            self.viewport().update()
        shape = Qt.CursorShape.IBeamCursor if piece is None else Qt.CursorShape.PointingHandCursor
        self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)

    @contained()
    def focusInEvent(self, event: QFocusEvent) -> None:
        """The field is written in."""
        super().focusInEvent(event)
        self._writing = True
        self.focus_changed.emit(True)
        if event.reason() in (Reason.MouseFocusReason, Reason.OtherFocusReason):
            self.visited.emit()

    @contained()
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What is written is finished."""
        super().focusOutEvent(event)
        if event.reason() != Reason.PopupFocusReason:
            self._writing = False
            self._settle(None)
        self.focus_changed.emit(False)

    @contained()
    def paintEvent(self, event: QPaintEvent) -> None:
        """The line, or what it is for."""
        super().paintEvent(event)
        if self._hint and self.document().isEmpty():
            draw_hint(self, self._hint, self._chips.theme.colour("dim"))

    @contained()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """The line stands in the middle of the height."""
        super().resizeEvent(event)
        high = QFontMetrics(self.font()).lineSpacing()
        self.document().setDocumentMargin(max(0, (self.viewport().height() - high) // 2))
        keep_height(self.document(), high)

    # Copying and dropping

    @contained(QMimeData)
    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy the query's own text."""
        cursor = self.textCursor()
        mime = QMimeData()
        mime.setText(selected(self.pieces, cursor.selectionStart(), cursor.selectionEnd()))
        return mime

    @contained(False)
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text, and photos."""
        return source.hasText() or self.takes_photo(source)

    @contained()
    def insertFromMimeData(self, source: QMimeData) -> None:
        """A photo is searched by; text goes into the line."""
        if self.takes_photo(source):
            self.photo_offered.emit(source)
        elif source.hasText():
            self.textCursor().insertText(one_line(source.text()), QTextCharFormat())
            self.ensureCursorVisible()


_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def _no(_: object) -> bool:
    """Until somebody else says so."""
    return False
