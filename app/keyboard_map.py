"""Which keys do what: a person's own keys over the usual ones; only what differs is kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSettings, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from app.commands import Command, Commands
from app.window.state import WindowState

GROUP = "keys"


class KeyboardMap(QObject):
    """The keys of every command of one window.

    `settings`: where chosen keys are kept, or None to keep them nowhere. What is damaged there, or
    chosen for a command that is no more, is passed over.
    """

    def __init__(
        self, commands: Commands, settings: QSettings | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.commands = commands
        self._state = WindowState(settings)

    def load(self) -> None:
        """Give every command the keys that the person chose: call it once all are there."""
        chosen = {}
        for command in self.commands:
            keys = self._state.texts(_key(command.name), command.usual)
            if "" not in _portable(keys):
                chosen[command.name] = keys
        self.commands.use_keys(chosen)

    def differs(self, name: str) -> bool:
        """Whether a command has other keys than it comes with."""
        return _portable(self.commands.keys(name)) != _portable(self._command(name).usual)

    def users(self, name: str, keys: str) -> list[Command]:
        """Other commands that `keys` would set off at the same time as this one."""
        mine = self._command(name)
        return [
            other
            for other in self.commands
            if other.name != name
            and _portable([keys])[0] in _portable(self.commands.keys(other.name))
            and _meet(mine, other)
        ]

    def choose(self, name: str, keys: str) -> None:
        """Give a command `keys` alone, and take them from whoever has them; "" is none at all."""
        if keys:
            for other in self.users(name, keys):
                left = [
                    k for k in self.commands.keys(other.name) if _portable([k]) != _portable([keys])
                ]
                self._set(other.name, left)
        self._set(name, [keys] if keys else [])

    def reset(self, name: str) -> None:
        """Give a command its usual keys back, taken from whoever has them now."""
        usual = self._command(name).usual
        for keys in usual:
            self.choose(name, keys)
        self._set(name, usual)

    def reset_all(self) -> None:
        """Give every command its usual keys."""
        for command in self.commands:
            self._state.forget(_key(command.name))
        self.commands.use_keys({})

    def _set(self, name: str, keys: Sequence[str]) -> None:
        self.commands.set_keys(name, keys)
        if self.differs(name):
            self._state.save(_key(name), self.commands.keys(name))
        else:
            self._state.forget(_key(name))

    def _command(self, name: str) -> Command:
        return next(command for command in self.commands if command.name == name)


def _key(name: str) -> str:
    return f"{GROUP}/{name}"


def _portable(keys: Sequence[str]) -> list[str]:
    return [QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText) for key in keys]


def _meet(one: Command, other: Command) -> bool:
    """Whether both can be heard at once: in the whole window, or in widgets that overlap."""
    everywhere = Qt.ShortcutContext.WindowShortcut
    if everywhere in (one.action.shortcutContext(), other.action.shortcutContext()):
        return True
    ours, theirs = _widgets(one), _widgets(other)
    return any(a is b or a.isAncestorOf(b) or b.isAncestorOf(a) for a in ours for b in theirs)


def _widgets(command: Command) -> list[QWidget]:
    found = command.action.associatedObjects()
    return [
        widget for widget in found if isinstance(widget, QWidget) and not isinstance(widget, QMenu)
    ]
