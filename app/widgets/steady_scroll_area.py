"""A scroll area whose content is as wide with a scroll bar as without."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class SteadyScrollArea(QScrollArea):
    """Scrolls up and down; the room of the bar is kept, and the bar unseen while all fits.

    Where a bar comes and goes, text that is broken into lines can need it only when it is there:
    Qt then lays out again and again, until the stack is full.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().rangeChanged.connect(self._show_need)
        self._show_need(0, 0)

    @Slot(int, int)
    def _show_need(self, _least: int, most: int) -> None:
        self.verticalScrollBar().setEnabled(most > 0)
