"""What stands where photos would be: why there are none, and a way on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.browse.words import Empty
from app.theme import Theme
from app.virtuals import contained
from app.widgets.icons import icon

TEXT_WIDTH = 420
SIGN = 40
EDGE = 20


class EmptyPage(QWidget):
    """Shows an `Empty`; its button tells `pressed`, with the name of a command or "all"."""

    pressed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("empty")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._empty = Empty("", "")
        self._sign = QLabel()
        self._sign.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.title, self.text = QLabel(), QLabel()
        self.title.setObjectName("empty_title")
        self.text.setObjectName("empty_text")
        for label in (self.title, self.text):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = QPushButton()
        self.button.clicked.connect(self._press)
        column = QVBoxLayout()
        column.setSpacing(10)
        for widget in (self._sign, self.title, self.text):
            column.addWidget(widget, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(6)
        column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(column)
        row.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(row)
        outer.addStretch(3)

    @contained()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """No line is longer than reads well, or than there is room for."""
        super().resizeEvent(event)
        width = max(120, min(self._theme.px(TEXT_WIDTH), self.width() - 2 * EDGE))
        for label in (self.title, self.text):
            label.setFixedWidth(width)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.tell(self._empty)

    def tell(self, empty: Empty) -> None:
        """Say why there is nothing."""
        self._empty = empty
        if empty.icon:
            sign = icon(empty.icon, self._theme.colour("faint"), SIGN)
            self._sign.setPixmap(sign.pixmap(SIGN, SIGN))
        self.title.setText(empty.title)
        self.text.setText(empty.text)
        self.button.setText(empty.button)
        self.button.setVisible(bool(empty.button))
        self.setAccessibleName(f"{empty.title}. {empty.text}")

    @Slot()
    def _press(self) -> None:
        self.pressed.emit(self._empty.command)
