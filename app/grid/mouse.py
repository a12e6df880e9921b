"""The mouse in the grid: clicks, Shift and Ctrl, headings, a box drawn over tiles, dragging out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QCursor, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication

from app.grid.drag import GridDrag
from app.grid.geometry import Box
from app.grid.selection import GridSelection
from app.theme import Theme

if TYPE_CHECKING:
    from app.grid.view import GridView

SCROLL_MS = 16
FASTEST = 90  # pixels at a time, while a box is drawn beyond the edge
Modifier = Qt.KeyboardModifier


class GridMouse(QObject):
    """Turns the view's mouse events into selections.

    A press on a photo may begin a drag, one between photos a box; Alt begins a box anywhere.
    """

    def __init__(self, view: GridView, choice: GridSelection, drag: GridDrag) -> None:
        super().__init__(view)
        self._view = view
        self._choice = choice
        self._drag = drag
        self._start: QPoint | None = None  # in content, so that it stays while scrolling
        self._end: QPoint | None = None
        self._point = QPoint()
        self._before: list[range] = []
        self._on_photo: int | None = None
        self._select_on_release: int | None = None
        self.hovered = -1
        self.hovered_group = -1
        self._scrolling = QTimer(self)
        self._scrolling.setInterval(SCROLL_MS)
        self._scrolling.timeout.connect(self._scroll_along)

    @property
    def boxing(self) -> bool:
        """Whether a box is being drawn."""
        return self._end is not None

    def forget(self) -> None:
        """Other photos are shown."""
        self._end_all()
        self.hovered = self.hovered_group = -1

    def pressed(self, event: QMouseEvent) -> None:
        """Select what was clicked as the keys held down say."""
        self._end_all()
        point = event.position().toPoint()
        if event.button() == Qt.MouseButton.RightButton:
            self._to_be_asked_about(point)
        if event.button() != Qt.MouseButton.LeftButton:
            return
        shift = bool(event.modifiers() & Modifier.ShiftModifier)
        control = bool(event.modifiers() & Modifier.ControlModifier)
        group = self._view.headings.at(point)
        if group is not None:
            self._view.headings.choose(group, add=control)
            return
        self._start = self._in_content(point)
        boxing = bool(event.modifiers() & Modifier.AltModifier)
        position = None if boxing else self._view.position_at(point)
        self._on_photo = position
        if position is None:
            if not (shift or control):
                self._choice.clear()
        elif shift:
            self._choice.range_to(position, add=control)
        elif control:
            self._choice.toggle(position)
        elif self._choice.has(position):
            # Perhaps all that is selected is about to be dragged.
            self._select_on_release = position
            self._choice.go_to(position)
            self._drag.prepare()
        else:
            self._choice.only(position)
        self._before = self._choice.positions if control or shift else []

    def moved(self, event: QMouseEvent) -> None:
        """Draw the box further, drag photos out, or light up what is pointed at."""
        self._point = event.position().toPoint()
        if self._start is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self.look_again(self._point)
            return
        far = (self._in_content(self._point) - self._start).manhattanLength()
        if self._end is None and far < QApplication.startDragDistance():
            return
        if self._on_photo is not None:
            self._end_all()
            self._drag.start()
            return
        self._stretch()
        outside = not 0 <= self._point.y() < self._view.viewport().height()
        if outside and not self._scrolling.isActive():
            self._scrolling.start()
        elif not outside:
            self._scrolling.stop()

    def released(self, _event: QMouseEvent) -> None:
        """The box is done, or it was a click after all."""
        position = self._select_on_release
        self._end_all()
        if position is not None:
            self._choice.only(position)
        self._view.viewport().update()

    def look_again(self, point: QPoint | None = None) -> None:
        """What is under the pointer may be something else."""
        if point is None:
            point = self._view.viewport().mapFromGlobal(QCursor.pos())
            if not self._view.viewport().underMouse():
                point = QPoint(-1, -1)
        group = self._view.headings.at(point)
        position = None if group is not None else self._view.position_at(point)
        found = (-1 if position is None else position, -1 if group is None else group)
        if found != (self.hovered, self.hovered_group):
            self.hovered, self.hovered_group = found
            self._view.viewport().update()

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw the box, if there is one."""
        if self._start is None or self._end is None:
            return
        shift = QPoint(0, self._view.verticalOffset())
        fill = QColor(theme.colour("accent"))
        fill.setAlpha(40)
        painter.setBrush(fill)
        painter.setPen(QPen(theme.colour("accent"), 1))
        painter.drawRect(QRect(self._start - shift, self._end - shift).normalized())

    def _to_be_asked_about(self, point: QPoint) -> None:
        """A menu is about to open: for what was clicked, unless that is selected already."""
        position = self._view.position_at(point)
        if position is not None and not self._choice.has(position):
            self._choice.only(position)

    def _end_all(self) -> None:
        self._scrolling.stop()
        self._start = self._end = self._on_photo = self._select_on_release = None

    def _in_content(self, point: QPoint) -> QPoint:
        return point + QPoint(0, self._view.verticalOffset())

    def _stretch(self) -> None:
        if self._start is None:
            return
        self._end = self._in_content(self._point)
        area = QRect(self._start, self._end).normalized()
        box = Box(area.x(), area.y(), area.width(), area.height())
        self._choice.ranges([*self._before, *self._view.tiles.within(box)])
        self._view.viewport().update()

    @Slot()
    def _scroll_along(self) -> None:
        """Scroll the faster the further the pointer is beyond the edge."""
        bar, height = self._view.verticalScrollBar(), self._view.viewport().height()
        beyond = self._point.y() if self._point.y() < 0 else max(0, self._point.y() - height + 1)
        bar.setValue(bar.value() + max(-FASTEST, min(FASTEST, beyond)))
        self._stretch()
