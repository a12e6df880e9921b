"""A question with two answers; the safe one is the default."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

TEXT_WIDTH = 400


class Question(QDialog):
    """`accepted` when the person says `yes`; anything else changes nothing."""

    def __init__(self, title: str, text: str, yes: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Souvenir")
        self.setAccessibleName(title)
        self.title, self.text = QLabel(title), QLabel(text)
        self.title.setObjectName("question_title")
        self.text.setObjectName("question_text")
        for label in (self.title, self.text):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setFixedWidth(TEXT_WIDTH)
        self.yes = QPushButton(yes)
        self.yes.clicked.connect(self.accept)
        self.yes.setAutoDefault(False)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setDefault(True)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.yes)
        buttons.addWidget(cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addSpacing(10)
        column.addLayout(buttons)
        cancel.setFocus()
