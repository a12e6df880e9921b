"""Sentences at the top of the page that something happened, perhaps with a way to take it back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.grid.geometry import MARGIN
from app.theme import Theme
from app.virtuals import contained
from app.widgets.icons import icon

MOST = 3  # at a time; the oldest makes room
USUAL_SECONDS = 10.0


class Notice(QWidget):
    """The newest sentences, the newest last.

    `tell` is for what a person must see: it stays until it is closed. `mention` is for what went
    well: it goes by itself, and may offer one action ("Undo").
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("notices")
        self._theme = theme
        self._lines: list[_Line] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    @property
    def text(self) -> str:
        """The newest sentence that is shown, or ""."""
        return self._lines[-1].text if self._lines else ""

    @property
    def texts(self) -> list[str]:
        """Every sentence that is shown, the newest last."""
        return [line.text for line in self._lines]

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        for line in self._lines:
            line.set_theme(theme)

    @Slot(str)
    def tell(self, sentence: str) -> None:
        """Show a sentence until it is closed."""
        self._add(_Line(sentence, "warning", self._theme))

    def mention(
        self,
        sentence: str,
        action: str = "",
        run: Callable[[], object] | None = None,
        *,
        seconds: float = USUAL_SECONDS,
    ) -> None:
        """Show a sentence for a while; `action` is the button that calls `run`."""
        line = _Line(sentence, "good", self._theme)
        if action and run is not None:
            line.offer(action, run)
        line.leave_after(seconds)
        self._add(line)

    @Slot()
    def withdraw(self) -> None:
        """Close what offers an action: something else was done since."""
        for line in [line for line in self._lines if line.offers]:
            self._remove(line)

    @Slot()
    def clear(self) -> None:
        """Close them all."""
        for line in list(self._lines):
            self._remove(line)

    def _add(self, line: _Line) -> None:
        for other in [o for o in self._lines if o.text == line.text]:
            self._remove(other)
        while len(self._lines) >= MOST:
            self._remove(self._lines[0])
        line.left.connect(self._left)
        self._lines.append(line)
        self._column.addWidget(line)
        line.show()
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, line.text))

    @Slot()
    def _left(self) -> None:
        line = self.sender()
        if isinstance(line, _Line):
            self._remove(line)

    def _remove(self, line: _Line) -> None:
        if line in self._lines:
            self._lines.remove(line)
            line.hide()
            self._column.removeWidget(line)
            line.deleteLater()
        self.setVisible(bool(self._lines))


class _Line(QWidget):
    """One sentence, its button if it has one, and the cross that closes it."""

    left = Signal()  # it is to go

    def __init__(self, sentence: str, colour: str, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(sentence)
        self.offers = False
        self._colour = colour
        self._sign = QLabel()
        self._text = QLabel(sentence)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._close = QPushButton()
        self._close.setProperty("link", True)
        self._close.setAccessibleName(self.tr("Close this notice"))
        self._close.setToolTip(self.tr("Close this notice"))
        self._close.clicked.connect(self.left)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._leave)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(MARGIN, 6, MARGIN, 6)
        self._row.setSpacing(10)
        self._row.addWidget(self._sign)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._close)
        self.set_theme(theme)

    @property
    def text(self) -> str:
        """The sentence."""
        return self._text.text()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        sign = "triangle-alert" if self._colour == "warning" else "circle-check"
        self._sign.setPixmap(icon(sign, theme.colour(self._colour), 16).pixmap(16, 16))
        self._close.setIcon(icon("x", theme.colour("dim"), 14))

    def offer(self, action: str, run: Callable[[], object]) -> None:
        """Put a button behind the sentence; the sentence goes when it is pressed."""
        self.offers = True
        button = QPushButton(action)
        button.setObjectName("notice_action")
        button.setProperty("link", True)
        button.setAccessibleDescription(self.text)
        button.clicked.connect(partial(_run, run))
        button.clicked.connect(self.left)
        self._row.insertWidget(2, button)

    def leave_after(self, seconds: float) -> None:
        """Go by itself, but not while the pointer or the keyboard is on it."""
        self._timer.start(round(seconds * 1000))

    @contained()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _leave(self) -> None:
        focus = QApplication.focusWidget()
        if not self.underMouse() and not (focus is not None and self.isAncestorOf(focus)):
            self.left.emit()


def _run(run: Callable[[], object], _checked: bool = False) -> None:
    run()
