"""Opening photos with a program of one's choice: those that the desktop knows for them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QMimeDatabase, QObject, QPoint, QProcess, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget
from shiboken6 import isValid

from app import wording
from app.desktop.desktop_programs import Program, programs_for, starts

if TYPE_CHECKING:
    from app.commands import Commands
    from app.session import Session
    from core.library import Library

MOST_STARTS = 10  # of a program that opens one photo at a time
ANY_BYTES = "application/octet-stream"  # of which every photo is a kind
# The dialog in which these systems let one choose; the file comes last.
SYSTEMS_OWN = {
    "win32": ("rundll32.exe", "shell32.dll,OpenAs_RunDLL"),
    "darwin": (
        "osascript",
        *("-e", "on run argv"),
        *("-e", "set chosen to POSIX path of (choose application)"),
        *("-e", 'set opening to "open -a " & quoted form of chosen & " "'),
        *("-e", "do shell script opening & quoted form of (item 1 of argv)"),
        *("-e", "end run"),
    ),
}


@dataclass(frozen=True)
class Offer:
    """Files to open, and programs for the first of them."""

    files: list[Path]
    programs: list[Program]


class OpenWith(QObject):
    """Makes the menu of programs for what is `chosen`, and opens it. `told`: a sentence."""

    told = Signal(str)

    def __init__(self, session: Session, chosen: Callable[[], list[int]], window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._chosen = chosen
        self._window = window
        self._programs = session.background.lane("programs")

    def add_commands(self, commands: Commands, where: Sequence[QWidget]) -> None:
        """Make the command; its keys work inside the widgets of `where`."""
        commands.add(
            "photo.open_with",
            self.tr("Open with…"),
            self.choose,
            keys=("Ctrl+Shift+Return",),
            icon="external-link",
            where=where,
            group=self.tr("Files"),
        )

    def menu(self, parent: QWidget) -> QMenu:
        """A menu of programs, which looks for them when it is opened."""
        menu = QMenu(self.tr("Open with"), parent)
        menu.addAction(self.tr("Looking for programs…")).setEnabled(False)
        menu.aboutToShow.connect(partial(self._look, menu))
        return menu

    @Slot()
    def choose(self) -> None:
        """Open the menu in the middle of the window, for the keyboard."""
        if self._chosen():
            menu = self.menu(self._window)
            menu.aboutToHide.connect(menu.deleteLater, Qt.ConnectionType.QueuedConnection)
            middle = self._window.mapToGlobal(self._window.rect().center())
            menu.popup(middle - QPoint(menu.sizeHint().width() // 2, 0))

    def _look(self, menu: QMenu) -> None:
        ids = self._chosen()
        if ids and self._session.state == "open":
            self._programs.submit(
                partial(_offer, self._session.library, ids), partial(self._fill, menu)
            )

    def _fill(self, menu: QMenu, offer: Offer) -> None:
        if not isValid(menu):  # it was closed meanwhile
            return
        menu.clear()
        usual = self.tr("{program} (usual)")
        for program in offer.programs:
            name = wording.shown(program.name)
            text = usual.format(program=name) if program.usual else name
            action = QAction(text.replace("&", "&&"), menu)
            action.triggered.connect(partial(self._open, program, offer.files))
            menu.addAction(action)
        if sys.platform in SYSTEMS_OWN and offer.files:
            choose = menu.addAction(self.tr("Choose a program…"))
            choose.triggered.connect(partial(self._ask_system, offer))
        elif not offer.programs:
            none = menu.addAction(
                self.tr("No program is known for this photo")
                if offer.files
                else self.tr("The disk of this photo is not here")
            )
            none.setEnabled(False)
        elif menu.isVisible():
            menu.setActiveAction(menu.actions()[0])

    def _open(self, program: Program, files: list[Path], _checked: bool = False) -> None:
        commands = list(starts(program, files))
        if len(commands) > MOST_STARTS:
            text = self.tr("{program} opens one photo at a time: the first {n} are opened.")
            self.told.emit(text.format(program=program.name, n=wording.number(MOST_STARTS)))
        self._programs.submit(
            partial(_start, commands[:MOST_STARTS], program.folder),
            partial(self._started, program.name),
        )

    def _ask_system(self, offer: Offer, _checked: bool = False) -> None:
        command = [*SYSTEMS_OWN[sys.platform], str(offer.files[0])]
        self._programs.submit(partial(_start, [command], ""), partial(self._started, command[0]))

    def _started(self, name: str, worked: bool) -> None:
        if not worked:
            text = self.tr("{program} cannot be started: open the photo from the file manager.")
            self.told.emit(text.format(program=wording.shown(name)))


# On threads


def _offer(library: Library, ids: list[int]) -> Offer:
    files = library.filing.shown_files(ids)
    if not files or sys.platform in SYSTEMS_OWN:
        return Offer(files, [])
    kind = QMimeDatabase().mimeTypeForFile(str(files[0]))
    types = [name for name in (kind.name(), *kind.allAncestors()) if name != ANY_BYTES]
    name = QLocale().name()
    return Offer(files, programs_for(types, os.environ, [name, name.partition("_")[0]]))


def _start(commands: list[list[str]], folder: str) -> bool:
    """Start programs that live on their own; whether all of them could be."""
    started = [QProcess.startDetached(each[0], each[1:], folder)[0] for each in commands]
    return all(started)
