"""Settings, device: what looks at the photos, and why it is that one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QButtonGroup, QRadioButton

from app.language import core_text
from app.session import Session, sentence
from app.settings.page import SettingsPage, words
from app.theme import Theme

if TYPE_CHECKING:
    from core.library import Library

DEVICES = ("auto", "cuda", "mps", "cpu")


class DevicePage(SettingsPage):
    """The wish, and what came of it."""

    icon_name = "cpu"

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(QCoreApplication.translate("DevicePage", "Device"), theme)
        self._session = session
        self.note(self.tr("A graphics card looks at photos many times faster than the processor."))
        names = (
            self.tr("Automatic: the fastest there is"),
            self.tr("NVIDIA or AMD graphics card (CUDA)"),
            self.tr("Apple graphics (MPS)"),
            self.tr("Processor (CPU)"),
        )
        self.choices = QButtonGroup(self)
        for number, name in enumerate(names):
            button = QRadioButton(name)
            self.choices.addButton(button, number)
            self.column.addWidget(button)
        self.section(self.tr("In use"))
        self.in_use = words("", "note")
        self.column.addWidget(self.in_use)
        self.column.addStretch(1)
        self.choices.idClicked.connect(self._choose)

    def refresh(self) -> None:
        """Read the choice, and why the device is the one it is."""
        self.tell_problem("")
        for button in self.choices.buttons():
            button.setEnabled(self._session.writable)
        self._session.ask("reading", _device, self._show_choice, self._fail)
        self._session.ask("standing", _reason, self._show_reason, self._fail)

    def _show_choice(self, device: str) -> None:
        self.choices.button(DEVICES.index(device)).setChecked(True)

    def _show_reason(self, reason: str) -> None:
        self.in_use.setText(core_text(reason))

    @Slot(int)
    def _choose(self, number: int) -> None:
        self.in_use.setText(self.tr("The device is being changed…"))
        change = partial(_change, device=DEVICES[number])
        self._session.ask("changes", change, self._changed, self._fail)

    def _changed(self, _: None) -> None:
        self.refresh()

    def _fail(self, error: Exception) -> None:
        self.in_use.setText("")
        self.tell_problem(sentence(error))


def _device(library: Library) -> str:
    return library.settings.device


def _reason(library: Library) -> str:
    return library.status(sizes=False).device_reason


def _change(library: Library, device: str) -> None:
    library.change_settings(device=device)
