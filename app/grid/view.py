"""The grid: a million tiles scroll as lightly as ten, by keyboard and by mouse."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QWidget

from app.files.drag import run_drag
from app.grid.canvas import GridCanvas
from app.grid.drag import Drags, GridDrag
from app.grid.geometry import HEADING, GridGeometry
from app.grid.headings import GridHeadings
from app.grid.keys import GridKeys
from app.grid.layout import GridLayout, Shape
from app.grid.model import PhotoModel
from app.grid.mouse import GridMouse
from app.grid.place import Held, Place
from app.grid.requests import GridRequests
from app.grid.scrubber import Scrubber
from app.grid.selection import Chosen, GridSelection
from app.grid.thumbnails import Thumbnails
from app.theme import Theme
from app.virtuals import contained
from app.widgets.bare_list import BareList

__all__ = ["LARGEST", "SMALLEST", "USUAL", "GridView", "Place", "Shape"]

SMALLEST, LARGEST, USUAL = 72, 480, 152
ZOOM = 1.12
AnyIndex = QModelIndex | QPersistentModelIndex
Hint = QAbstractItemView.ScrollHint


class GridView(BareList):
    """Shows a PhotoModel. Facts and thumbnails are asked for when they come into view.

    Layout, drawing, keys and mouse are its own, by arithmetic.

    `drags`: lets what is dragged go, given this view, the photos and a picture of them.
    """

    opened = Signal(int)  # position: Enter, Space or a double click
    selected = Signal()
    side_changed = Signal(int)
    filled = Signal()  # the first photos are painted, with their thumbnails
    type_ahead = Signal(str)  # the beginning of a name; answer with `go_to_first`
    name_found = Signal(bool)

    def __init__(
        self,
        model: PhotoModel,
        thumbnails: Thumbnails,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        drags: Drags = run_drag,
    ) -> None:
        super().__init__(parent)
        self._photos = model
        self._thumbnails = thumbnails
        self.theme = theme
        self._filled = False
        self._kept: tuple[Chosen, Held | None] | None = None
        self.scrubber = Scrubber(theme, self)
        self.setVerticalScrollBar(self.scrubber)
        self.setModel(model)
        self.choice = GridSelection(model, self.selectionModel(), self)
        self.headings = GridHeadings(self, model, self.choice)
        drag = GridDrag(self, model, thumbnails, self.choice, drags)
        self._mouse = GridMouse(self, self.choice, drag)
        self._keys = GridKeys(self, self.choice)
        self._requests = GridRequests(self, model, thumbnails)
        self._layout = GridLayout(self, model, self.scrubber, self._requests, USUAL)
        self._canvas = GridCanvas(self, model, thumbnails, self.choice, self._mouse, theme)
        self.setObjectName("grid")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.viewport().setMouseTracking(True)
        self.setAccessibleName(self.tr("Photos"))
        model.modelAboutToBeReset.connect(self._before_others)
        model.modelReset.connect(self._other_photos)
        model.regrouped.connect(self._layout.again)
        model.rows_arrived.connect(self._rows_arrived)
        thumbnails.arrived.connect(self._draw_again)
        self.choice.changed.connect(self._choice_changed)
        self.scrubber.valueChanged.connect(self._requests.scrolled)

    # What is shown

    @property
    def tiles(self) -> GridGeometry:
        """Where the tiles are."""
        return self._layout.tiles

    @property
    def drawn(self) -> GridGeometry:
        """Where the tiles in view are, while their size changes too; ask it nothing else."""
        return self._layout.drawn

    @property
    def settled(self) -> bool:
        """Whether all is laid out, not just what is in view."""
        return self._layout.settled

    @property
    def matching(self) -> int:
        """How many of the photos match; they come first."""
        return self._photos.matching

    @property
    def side(self) -> int:
        """About how high tiles are."""
        return self._layout.wanted

    @property
    def complete(self) -> bool:
        """Whether all is laid out, and what is in view has its facts and its thumbnail."""
        asked = self.settled and not self._requests.waits
        return asked and self._photos.complete and self._thumbnails.complete

    @Slot(bool)
    def show_relevance(self, shown: bool) -> None:
        """Show on photos that were searched how well they fit, as a number, or not."""
        self._canvas.relevance_shown = shown
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self.theme = theme
        self._canvas.set_theme(theme)
        self.scrubber.set_theme(theme)
        self.viewport().update()

    def set_side(self, side: int) -> None:
        """Make tiles about this many pixels high."""
        side = max(SMALLEST, min(LARGEST, side))
        if side != self.side:
            self._layout.change_size(side, at_once=self._mouse.boxing)
            self.side_changed.emit(side)

    def zoom(self, steps: float) -> None:
        """Make tiles larger, or smaller with less than none."""
        self.set_side(round(self.side * ZOOM**steps))

    def set_shape(self, shape: Shape) -> None:
        """Square tiles, or each as wide as its photo's aspect asks."""
        if shape != self._layout.shape:
            self._layout.shape = shape
            self._layout.again()

    def place(self) -> Place:
        """Where one is, to come back to."""
        tiles = self.tiles  # first: all else goes by it
        current, shown, top = self.currentIndex().row(), self._visible(), self.verticalOffset()
        at_top = top == 0 or not shown
        return Place(
            None if at_top else self._photos.id_at(shown[0]),
            0 if at_top else top - tiles.box(shown[0]).y,
            self._photos.id_at(current) if current >= 0 else None,
            self.choice.keep().ids,
        )

    def go_back(self, place: Place) -> None:
        """Go to where one was, as far as those photos are still shown."""
        self.setAutoScroll(False)
        self.choice.restore(Chosen(place.selected, place.current_id, place.current_id))
        self.setAutoScroll(True)
        top = self._photos.positions_of([] if place.top_id is None else [place.top_id])
        value = self.tiles.box(int(top[0])).y + place.offset if len(top) else 0
        self.scrubber.setValue(value)

    def go_to(self, position: int) -> None:
        """Select one photo and scroll to it."""
        if 0 <= position < self.drawn.count:
            self.choice.only(position)

    def go_to_first(self, photo_ids: NDArray[np.int64]) -> None:
        """Go to the first of these after the photo one is at, or before it where there is none.

        For answers to `type_ahead`.
        """
        found = self._photos.positions_of(photo_ids)
        self.name_found.emit(bool(len(found)))
        if len(found):
            after = int(np.searchsorted(found, max(0, self.currentIndex().row())))
            self.choice.only(int(found[after % len(found)]))

    def position_at(self, point: QPoint) -> int | None:
        """The photo under a point of the viewport."""
        if not self.viewport().rect().contains(point):
            return None
        return self.drawn.index_at(point.x(), point.y() + self.verticalOffset())

    # Layout

    def _visible(self) -> range:
        top = self.verticalOffset()
        return self.drawn.visible(top, top + self.viewport().height())

    @Slot()
    def _before_others(self) -> None:
        self._layout.settle()
        self._kept = (self.choice.keep(), self._layout.held())

    @Slot()
    def _other_photos(self) -> None:
        self._mouse.forget()
        self._keys.forget()
        chosen, held = self._kept or (self.choice.keep(), None)
        self._kept = None
        self.setAutoScroll(False)
        self.choice.restore(chosen)
        self.setAutoScroll(True)
        self.scrubber.setValue(0)
        found = self._photos.positions_of([] if held is None else [held.photo_id])
        still = None if held is None or not len(found) else replace(held, position=int(found[0]))
        self._layout.lay_out(self._layout.wanted, still)

    @Slot(list)
    def _rows_arrived(self, photo_ids: list[int]) -> None:
        self._draw_again(photo_ids)
        self._requests.soon()

    @Slot(list)
    def _draw_again(self, photo_ids: list[int]) -> None:
        top, arrived = self.verticalOffset(), set(photo_ids)
        for n, box in self.drawn.boxes(top, top + self.viewport().height()):
            if self._photos.id_at(n) in arrived:
                self.viewport().update(box.x, box.y - top, box.width, box.height)

    @Slot()
    def _choice_changed(self) -> None:
        self.viewport().update()
        self.selected.emit()

    def _rect(self, position: int) -> QRect:
        box = self.drawn.box(position)
        return QRect(box.x, box.y - self.verticalOffset(), box.width, box.height)

    # Drawing, keys and mouse

    @contained()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tiles that need it."""
        self._canvas.paint(event)
        if not self._filled and self.drawn.count and self._requests.filled:
            self._filled = True
            self.filled.emit()

    @contained(False)
    def event(self, event: QEvent) -> bool:
        """While a name is typed, letters belong to it and not to other commands."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and self._keys.takes(event):
            event.accept()
            return True
        return bool(super().event(event))

    @contained()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, select, open; everything else is for the window."""
        if not self._keys.pressed(event):
            event.ignore()

    @contained()
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, make tiles larger or smaller."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(event.angleDelta().y() / 120)
            event.accept()
        else:
            super().wheelEvent(event)

    @contained()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select, or begin a box."""
        self._layout.settle()
        self._mouse.pressed(event)

    @contained()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Stretch the box, drag photos, or light up the tile under the pointer."""
        self._mouse.moved(event)

    @contained()
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the box."""
        self._mouse.released(event)

    @contained()
    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at."""
        super().leaveEvent(event)
        self._mouse.look_again(QPoint(-1, -1))

    @contained()
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a photo."""
        point = event.position().toPoint()
        position = None if self.headings.at(point) is not None else self.position_at(point)
        if position is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(position)

    # What QAbstractItemView asks of a view

    @contained()
    def updateGeometries(self) -> None:
        """Lay out when the room changed."""
        if self.drawn.width != self.viewport().width():
            self._layout.again()

    @contained()
    def scrollContentsBy(self, _dx: int, dy: int) -> None:
        """Move what is drawn, so that only what comes into view is drawn anew."""
        if self._layout.settle():
            return
        viewport = self.viewport()
        whole = self.devicePixelRatioF().is_integer()
        if not whole or abs(dy) >= viewport.height() or self._mouse.boxing:
            viewport.update()
            return
        viewport.scroll(0, dy)
        if self.drawn.grouped:  # the heading that sticks to the top does not move along
            viewport.update(0, min(0, dy), viewport.width(), HEADING + abs(dy))

    @contained()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new size."""
        self._layout.again()
        super().resizeEvent(event)

    @contained()
    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Go there; QListView tells screen readers."""
        super().currentChanged(current, previous)
        self.viewport().update()

    @contained(QRect)
    def visualRect(self, index: AnyIndex) -> QRect:
        """Where a tile is in the viewport."""
        if not 0 <= index.row() < self.tiles.count:
            return QRect()
        return self._rect(index.row())

    @contained(QModelIndex)
    def indexAt(self, point: QPoint) -> QModelIndex:
        """The tile at a point of the viewport."""
        position = self.position_at(point)
        return QModelIndex() if position is None else self._photos.index(position)

    @contained()
    def scrollTo(self, index: AnyIndex, hint: Hint = Hint.EnsureVisible) -> None:
        """Scroll just far enough to see a tile, or to its middle."""
        tiles = self.tiles
        if not 0 <= index.row() < tiles.count:
            return
        box = tiles.box(index.row())
        head = HEADING if tiles.grouped else 4
        top, height = self.verticalOffset(), self.viewport().height()
        if hint == Hint.PositionAtCenter:
            self.scrubber.setValue(box.y - (height - box.height) // 2)
        elif box.y < top + head or box.height > height:
            self.scrubber.setValue(box.y - head if index.row() else 0)
        elif box.y + box.height > top + height:
            self.scrubber.setValue(box.y + box.height - height + 4)
