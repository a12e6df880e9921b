"""A remark on a search, under its heading: a sign, a sentence and a button with a way out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from app.grid.geometry import MARGIN
from app.theme import Theme
from app.virtuals import contained
from app.widgets.icons import icon

NARROW = 480  # pixels


class Remark(QWidget):
    """Hidden while there is nothing to say."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("remark")
        self._sign = QLabel()
        self._text = QLabel()
        self._text.setObjectName("remark_text")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setProperty("role", "note")
        self.button = QPushButton()
        self.button.setProperty("link", True)
        self._inner = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._inner.setSpacing(8)
        self._inner.addWidget(self._text, 1)
        top_left = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        self._inner.addWidget(self.button, 0, top_left)
        line = QHBoxLayout(self)
        line.setContentsMargins(MARGIN, 0, MARGIN + 12, 8)
        line.setSpacing(8)
        line.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(self._inner, 1)
        self.set_theme(theme)
        self.hide()

    @property
    def text(self) -> str:
        """What is said, or ""."""
        return "" if self.isHidden() else self._text.text()

    @contained()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the button stands below: beside it, words would be a thin column."""
        super().resizeEvent(event)
        narrow = self.width() < self._theme.px(NARROW)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._inner.direction() != way:
            self._inner.setDirection(way)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self._sign.setPixmap(icon("info", theme.colour("dim")).pixmap(16, 16))

    def say(self, text: str) -> None:
        """Say this; nothing with ""."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
