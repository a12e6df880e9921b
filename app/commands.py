"""Commands: everything that a person can do, each with one name, one action and its keys.

Menus, buttons, tooltips and the map of keys are all made from these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True)
class Command:
    """`name` never changes ("photo.favourite"); `usual` are the keys it comes with.

    `icon` names a drawing in resources/icons, or is empty. `group` is the heading under which the
    map of keys lists it.
    """

    name: str
    group: str
    icon: str
    usual: tuple[str, ...]
    action: QAction


class Commands(QObject):
    """The commands of one window, by name.

    A command with widgets works while one of them, or something inside, has the keyboard; without
    any it works in the whole window.
    """

    keys_changed = Signal(str)  # name

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._commands: dict[str, Command] = {}

    def add(
        self,
        name: str,
        text: str,
        run: Callable[[], object],
        *,
        group: str,
        keys: Sequence[str] = (),
        icon: str = "",
        where: Sequence[QWidget] = (),
        checkable: bool = False,
    ) -> QAction:
        """Make a command; `text` is what menus call it.

        A checkable one is run when it is switched by hand: ask the action whether it is on.
        """
        action = QAction(text, self)
        action.setObjectName(name)
        action.setCheckable(checkable)
        action.triggered.connect(partial(_run, run))
        for widget in where or (self._window,):
            widget.addAction(action)
        action.setShortcutContext(
            Qt.ShortcutContext.WidgetWithChildrenShortcut
            if where
            else Qt.ShortcutContext.WindowShortcut
        )
        self._commands[name] = Command(name, group, icon, tuple(keys), action)
        action.setShortcuts([QKeySequence(key) for key in keys])
        return action

    def __getitem__(self, name: str) -> QAction:
        return self._commands[name].action

    def __contains__(self, name: str) -> bool:
        return name in self._commands

    @Slot(str)
    def run(self, name: str) -> None:
        """Do what a command does, if there is one of that name and it can be done now."""
        if name in self:
            self[name].trigger()

    def __iter__(self) -> Iterator[Command]:
        return iter(self._commands.values())

    def keys(self, name: str) -> tuple[str, ...]:
        """The keys of a command now, in the portable form."""
        portable = QKeySequence.SequenceFormat.PortableText
        return tuple(key.toString(portable) for key in self[name].shortcuts())

    def set_keys(self, name: str, keys: Sequence[str]) -> None:
        """Give a command other keys."""
        self[name].setShortcuts([QKeySequence(key) for key in keys])
        self.keys_changed.emit(name)

    def use_keys(self, chosen: Mapping[str, Sequence[str]]) -> None:
        """Give every command the keys chosen for it, or its usual ones."""
        for command in self:
            keys = tuple(chosen.get(command.name, command.usual))
            if keys != self.keys(command.name):
                self.set_keys(command.name, keys)


def _run(run: Callable[[], object], _checked: bool = False) -> None:
    run()
