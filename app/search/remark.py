"""A remark on a search, under its heading: a sign, a sentence and a button with a way out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from app.grid.geometry import MARGIN
from app.theme import Theme
from app.widgets.icons import icon


class Remark(QWidget):
    """Hidden while there is nothing to say."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("remark")
        self._sign = QLabel()
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setProperty("role", "note")
        self.button = QPushButton()
        self.button.setProperty("link", True)
        line = QHBoxLayout(self)
        line.setContentsMargins(MARGIN, 0, MARGIN + 12, 8)
        line.setSpacing(8)
        line.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._text, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.set_theme(theme)
        self.hide()

    @property
    def text(self) -> str:
        """What is said, or ""."""
        return "" if self.isHidden() else self._text.text()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._sign.setPixmap(icon("info", theme.colour("dim")).pixmap(16, 16))

    def say(self, text: str) -> None:
        """Say this; nothing with ""."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
