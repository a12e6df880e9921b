"""The line under the heading that says which labels and albums of a query are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from app import wording
from app.grid.geometry import MARGIN
from app.theme import Theme
from app.widgets.icons import icon

if TYPE_CHECKING:
    from core.search.naming import NoSuchName


class MissingNames(QWidget):
    """Hidden where all are there. `asked` for the query with the name that was perhaps meant."""

    asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("unknown_words")
        self._instead = ""
        self._sign = QLabel()
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setProperty("role", "note")
        self.button = QPushButton()
        self.button.setProperty("link", True)
        self.button.clicked.connect(self._pressed)
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

    def tell(self, names: tuple[NoSuchName, ...]) -> None:
        """Say that these are not there, and offer the first that is like one of them."""
        text = " ".join(_sentence(name) for name in names)
        near = next((name for name in names if name.nearest), None)
        self._instead = "" if near is None else near.instead
        if near is not None:
            shown = _tr("Search for “{name}”").format(name=wording.shown(near.nearest))
            self.button.setText(shown.replace("&", "&&"))
        self.button.setVisible(near is not None)
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    @Slot()
    def _pressed(self) -> None:
        if self._instead:
            self.asked.emit(self._instead)


def _sentence(name: NoSuchName) -> str:
    called = wording.shown(name.name)
    if name.nearest and name.kind == "label":
        text = _tr("There is no label called “{name}”. Perhaps “{near}” is meant.")
    elif name.nearest:
        text = _tr("There is no album called “{name}”. Perhaps “{near}” is meant.")
    elif name.kind == "label":
        text = _tr("There is no label called “{name}”: the labels there are stand at the left.")
    else:
        text = _tr("There is no album called “{name}”: the albums there are stand at the left.")
    return text.format(name=called, near=wording.shown(name.nearest))


def _tr(text: str) -> str:
    return QCoreApplication.translate("MissingNames", text)
