"""Starting at login, in the tray: an entry among what a Linux desktop starts by itself."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox

from app.session import Session

ENTRY = """\
[Desktop Entry]
Type=Application
Name=Souvenir
Icon=io.github.souvenir.Souvenir
Exec={program} gui --hidden
X-GNOME-Autostart-enabled=true
"""


class LoginStart(QCheckBox):
    """Whether Souvenir starts when the person logs in; what is on disk counts.

    `failed`: one sentence, when that could not be changed.
    """

    failed = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setText(self.tr("Start when I log in, in the tray"))
        self.setEnabled(False)
        self.setVisible(sys.platform == "linux")
        self._lane = session.background.lane("login")
        self.clicked.connect(self._choose)

    def refresh(self) -> None:
        """Look whether it is so."""
        self._lane.submit(partial(starts_at_login, os.environ), self._show)

    @Slot(bool)
    def _choose(self, on: bool) -> None:
        self.setEnabled(False)
        self._lane.submit(partial(_change, on), self._changed)

    def _show(self, on: bool) -> None:
        self.setChecked(on)
        self.setEnabled(True)

    def _changed(self, problem: str) -> None:
        if problem:
            text = self.tr(
                "{file} cannot be changed ({reason}): see to it that the folder is yours."
            )
            self.failed.emit(text.format(file=entry_file(os.environ), reason=problem))
        self.refresh()


def _change(on: bool) -> str:
    """Change it; what the system said against it, or ""."""
    try:
        start_at_login(on, os.environ)
    except OSError as error:
        return error.strerror or str(error)
    return ""


def entry_file(environment: Mapping[str, str]) -> Path:
    """Where the entry is, if there is one."""
    home = environment.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return Path(home) / "autostart" / "io.github.souvenir.Souvenir.desktop"


def starts_at_login(environment: Mapping[str, str]) -> bool:
    """Whether there is an entry."""
    return entry_file(environment).exists()


def start_at_login(on: bool, environment: Mapping[str, str]) -> None:
    """Write the entry, or remove it. Raises OSError where it cannot."""
    file = entry_file(environment)
    if on:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(ENTRY.format(program=quoted(_program())), "utf-8")
    else:
        file.unlink(missing_ok=True)


def quoted(program: str) -> str:
    """A program's path as the Exec line of a desktop entry has it."""
    # First for the string, then for the argument in quotes; a % begins a field.
    inside = "".join(f"\\{sign}" if sign in '"`$\\' else sign for sign in program)
    return '"' + inside.replace("\\", "\\\\").replace("%", "%%") + '"'


def _program() -> str:
    installed = sys.executable if getattr(sys, "frozen", False) else shutil.which("souvenir")
    return installed or str(Path(sys.argv[0]).absolute())
