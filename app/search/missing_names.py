"""The line under the heading that says which labels and albums of a query are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal, Slot

from app import wording
from app.search.remark import Remark
from app.theme import Theme

if TYPE_CHECKING:
    from core.search.naming import NoSuchName


class MissingNames(Remark):
    """Hidden where all are there. `asked` for the query with the name that was perhaps meant."""

    asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._instead = ""
        self.button.clicked.connect(self._pressed)

    def tell(self, names: tuple[NoSuchName, ...]) -> None:
        """Say that these are not there, and offer the first that is like one of them."""
        text = " ".join(_sentence(name) for name in names)
        near = next((name for name in names if name.nearest), None)
        self._instead = "" if near is None else near.instead
        if near is not None:
            shown = _tr("Search for “{name}”").format(name=wording.shown(near.nearest))
            self.button.setText(shown.replace("&", "&&"))
        self.button.setVisible(near is not None)
        self.say(text)

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
