"""Pages with few words: a library that cannot be opened, nothing to show."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

TEXT_WIDTH = 440


class Page(QWidget):
    """A title and a sentence in the middle; what more is needed goes into `column`."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = QLabel()
        self.title.setObjectName("page_title")
        self.text = QLabel()
        self.text.setObjectName("page_text")
        for label in (self.title, self.text):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setFixedWidth(TEXT_WIDTH)
        self.column = QVBoxLayout()
        self.column.setSpacing(12)
        self.column.addWidget(self.title)
        self.column.addWidget(self.text)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addLayout(self.column)
        row.addStretch(1)
        outer.addLayout(row)
        outer.addStretch(3)

    def tell(self, title: str, text: str) -> None:
        """Say it."""
        self.title.setText(title)
        self.text.setText(text)
        self.setAccessibleName(title)


class MessagePage(Page):
    """Something that keeps the window from its work, with one way on."""

    retried = Signal()
    second_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("message", parent)
        self._retry = QPushButton(self.tr("Try again"))
        self._retry.setProperty("primary", True)
        self._retry.clicked.connect(self.retried)
        self._second = QPushButton(self.tr("Open to look and search only"))
        self._second.setProperty("quiet", True)
        self._second.clicked.connect(self.second_asked)
        self.column.addSpacing(8)
        for button in (self._retry, self._second):
            self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def show_problem(self, title: str, text: str, *, can_look: bool) -> None:
        """Say what is the matter; `can_look`: the library can be opened without writing."""
        self.tell(title, text)
        self._second.setVisible(can_look)
