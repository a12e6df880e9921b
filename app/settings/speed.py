"""Settings, speed: how much of the computer looking at photos may take."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QButtonGroup, QRadioButton

from app.session import Session, sentence
from app.settings.page import SettingsPage, words
from app.theme import Theme

if TYPE_CHECKING:
    from core.library import Library

SPEEDS = ("gentle", "normal", "full")


class SpeedPage(SettingsPage):
    """Gentle, normal or full."""

    icon_name = "gauge"

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(QCoreApplication.translate("SpeedPage", "Speed"), theme)
        self._session = session
        self.note(
            self.tr(
                "New photos are looked at in the background. Searching comes first at any speed."
            )
        )
        self.choices = QButtonGroup(self)
        for number, (name, note) in enumerate(
            (
                (self.tr("Gentle"), self.tr("Leaves most of the computer to other programs.")),
                (self.tr("Normal"), self.tr("Works along, and slows down on battery.")),
                (self.tr("Full"), self.tr("Takes all it can get, on battery too.")),
            )
        ):
            button = QRadioButton(name)
            button.setAccessibleDescription(note)
            self.choices.addButton(button, number)
            self.column.addWidget(button)
            explained = words(note, "note")
            explained.setIndent(theme.px(26))
            self.column.addWidget(explained)
        self.column.addStretch(1)
        self.choices.idClicked.connect(self._choose)

    def refresh(self) -> None:
        """Read the choice."""
        self.tell_problem("")
        for button in self.choices.buttons():
            button.setEnabled(self._session.writable)
        self._session.ask("reading", _speed, self._show, self._fail)

    def _show(self, speed: str) -> None:
        self.choices.button(SPEEDS.index(speed)).setChecked(True)

    @Slot(int)
    def _choose(self, number: int) -> None:
        self.tell_problem("")
        change = partial(_change, speed=SPEEDS[number])
        self._session.ask("changes", change, self._show, self._fail)

    def _fail(self, error: Exception) -> None:
        self.tell_problem(sentence(error))


def _speed(library: Library) -> str:
    return library.settings.speed


def _change(library: Library, speed: str) -> str:
    library.change_settings(speed=speed)
    return library.settings.speed
