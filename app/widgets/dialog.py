"""What dialogs are made from: a title, what is in it, one primary button; Esc leaves it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

TEXT_WIDTH = 400


class Dialog(QDialog):
    """A dialog whose widgets go into `content`.

    `title` and `text` stand above it. `primary` is what the one highlighted button says; pressing
    it, or Enter, calls `accept`. `cancel` is what the other says; without a primary button it
    stands alone. `tell_problem` shows a sentence.
    """

    def __init__(
        self,
        title: str,
        parent: QWidget | None = None,
        *,
        text: str = "",
        primary: str = "",
        cancel: str | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self._title = _label(title, "dialog_title")
        self._text = _label(text, "dialog_text")
        self._text.setVisible(bool(text))
        self._problem = _label("", "dialog_problem")
        self._problem.setVisible(False)
        self.content = QVBoxLayout()
        self.content.setSpacing(8)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch(1)
        self.cancel = QPushButton(self.tr("Cancel") if cancel is None else cancel)
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)
        self.buttons.addWidget(self.cancel)
        self.primary: QPushButton | None = None
        if primary:
            self.primary = QPushButton(primary)
            self.primary.setProperty("primary", True)
            self.primary.setDefault(True)
            self.primary.clicked.connect(self.accept)
            self.buttons.addWidget(self.primary)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 20, 22, 18)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addLayout(self.content, 1)
        column.addWidget(self._problem)
        column.addSpacing(6)
        column.addLayout(self.buttons)

    def tell_problem(self, sentence: str) -> None:
        """Say above the buttons what is wrong; "" when nothing is any more."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))


def _label(text: str, name: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)  # names of files and folders are in it
    label.setWordWrap(True)
    label.setMinimumWidth(TEXT_WIDTH)
    return label
