"""A field that something open for a moment has: it ends where one goes elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.virtuals import contained


class PassingField(QLineEdit):
    """`own_keys` mean nothing else in the window; `left`: the keyboard went elsewhere in it."""

    left = Signal()

    def __init__(self, parent: QWidget, own_keys: frozenset[int]) -> None:
        super().__init__(parent)
        self._own_keys = own_keys

    @contained(False)
    def event(self, event: QEvent) -> bool:
        """Keep its keys from being taken for commands."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in self._own_keys
        ):
            event.accept()
            return True
        return super().event(event)

    @contained()
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """It ends where one goes elsewhere, but not with the window."""
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.PopupFocusReason,
        ):
            self.left.emit()
