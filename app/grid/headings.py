"""The headings of groups in the grid: which one is where, selecting a group, going to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from app.grid.model import PhotoModel
from app.grid.selection import GridSelection

if TYPE_CHECKING:
    from app.grid.view import GridView


class GridHeadings:
    """Finds groups by place and by photo, and selects them. Nothing where there are no groups."""

    def __init__(self, view: GridView, model: PhotoModel, choice: GridSelection) -> None:
        self._view = view
        self._model = model
        self._choice = choice

    def at(self, point: QPoint) -> int | None:
        """The group whose heading is under a point of the viewport."""
        top = self._view.verticalOffset()
        if not self._view.viewport().rect().contains(point):
            return None
        for group, box in self._view.drawn.headings(top, top + self._view.viewport().height()):
            if box.y <= top + point.y() < box.y + box.height:
                return group
        return None

    def choose(self, group: int, *, add: bool = False) -> None:
        """Select the photos of a group, or add them, without scrolling."""
        if self._model.groups is not None:
            self._view.setAutoScroll(False)
            self._choice.group(self._model.groups.members(group), add=add)
            self._view.setAutoScroll(True)

    def choose_current(self, *, add: bool = False) -> None:
        """Select the group of the current photo."""
        groups, current = self._model.groups, self._view.currentIndex().row()
        if groups is not None and current >= 0:
            self.choose(groups.of(current), add=add)

    def step(self, step: int) -> None:
        """Go to the first photo of the group after (1) or before (-1: of this one first)."""
        groups, current = self._model.groups, self._view.currentIndex().row()
        if groups is None:
            return
        group = groups.of(max(0, current))
        if step < 0 and current > groups.members(group).start:
            group += 1
        self._choice.only(groups.members(min(max(0, group + step), len(groups) - 1)).start)
