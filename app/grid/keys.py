"""The keyboard in the grid: where keys lead, what they select, and typing the name of a photo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QKeyEvent

from app.grid.geometry import Move
from app.grid.selection import GridSelection

if TYPE_CHECKING:
    from app.grid.view import GridView

MOVES: dict[int, Move] = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_PageUp: "page_up",
    Qt.Key.Key_PageDown: "page_down",
    Qt.Key.Key_Home: "home",
    Qt.Key.Key_End: "end",
}
TYPING_MS = 1000
Modifier = Qt.KeyboardModifier
COMMANDING = Modifier.ControlModifier | Modifier.AltModifier | Modifier.MetaModifier


class GridKeys:
    """Turns the view's key events into moves and selections.

    Alt with Up and Down leads to the group before and after, Ctrl+Shift+Space selects a group.
    Letters are put together to the beginning of a name until one pauses.
    """

    def __init__(self, view: GridView, choice: GridSelection) -> None:
        self._view = view
        self._choice = choice
        self._typed = ""
        self._since = QElapsedTimer()

    def pressed(self, event: QKeyEvent) -> bool:
        """Act on a key; False when it means nothing here."""
        if self.takes(event) or (event.text() != " " and self._letter(event)):
            return self._type(event.text())
        key, modifiers = event.key(), event.modifiers()
        control = bool(modifiers & Modifier.ControlModifier)
        shift = bool(modifiers & Modifier.ShiftModifier)
        current = self._view.currentIndex().row()
        move = MOVES.get(key)
        if modifiers & Modifier.AltModifier:
            if move not in ("up", "down"):
                return False
            self._view.headings.step(1 if move == "down" else -1)
        elif move is not None and self._view.tiles.count:
            self._move(move, current, event)
        elif control and key == Qt.Key.Key_A:
            self._select_all(event)
        elif control and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self._view.zoom(-1 if key == Qt.Key.Key_Minus else 1)
        elif current < 0:
            return False
        elif key == Qt.Key.Key_Space and control:
            if shift:
                self._view.headings.choose_current(add=True)
            else:
                self._choice.toggle(current)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._view.opened.emit(current)
        else:
            return False
        return True

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key goes on with a name that is being typed, whatever else it may mean."""
        typing = self._since.isValid() and self._since.elapsed() < TYPING_MS
        return bool(self._typed) and typing and self._letter(event)

    def forget(self) -> None:
        """What was typed is no beginning of a name any more."""
        self._typed = ""

    @staticmethod
    def _letter(event: QKeyEvent) -> bool:
        text = event.text()
        return bool(text) and text.isprintable() and not event.modifiers() & COMMANDING

    def _type(self, text: str) -> bool:
        going_on = self._since.isValid() and self._since.elapsed() < TYPING_MS
        self._typed = self._typed + text if going_on else text
        self._since.restart()
        self._view.type_ahead.emit(self._typed)
        return True

    def _select_all(self, event: QKeyEvent) -> None:
        if not event.isAutoRepeat():  # a second step is one that a person takes
            self._choice.select_all()

    def _move(self, move: Move, current: int, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Modifier.ControlModifier)
        shift = bool(event.modifiers() & Modifier.ShiftModifier)
        tiles, height = self._view.tiles, self._view.viewport().height()
        nowhere = current < 0 and move not in ("home", "end")
        to = 0 if nowhere else tiles.moved(current, move, height)
        last = self._view.matching - 1
        crosses = (shift or move == "end") and last >= 0 and current <= last < to
        if crosses and (current < last or event.isAutoRepeat()):
            to = last  # the end of what matches comes first: beyond it leads another press
        if shift:
            self._choice.range_to(to, add=control)
        elif control:
            self._choice.go_to(to)
        else:
            self._choice.only(to)
