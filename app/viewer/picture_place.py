"""Where a picture lies in its view: fitted or enlarged, moved, turned. Arithmetic only."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QTransform

LARGEST = 16.0  # screen pixels for one of the picture


@dataclass(frozen=True)
class PicturePlace:
    """The place of a picture of `whole` pixels in a view of `room`.

    `turns`: quarter turns clockwise. `ratio`: screen pixels per unit of the view. `margin` is left
    free around a picture that is fitted. `zoom`: screen pixels per pixel of the picture, None while
    it is fitted. `middle`: the point of the turned picture, 0…1 across and down, that is in the
    middle of the view.
    """

    whole: QSizeF = field(default_factory=QSizeF)
    room: QSizeF = field(default_factory=QSizeF)
    turns: int = 0
    ratio: float = 1.0
    margin: float = 0.0
    zoom: float | None = None
    middle: QPointF = field(default_factory=lambda: QPointF(0.5, 0.5))

    @property
    def empty(self) -> bool:
        """Whether there is nothing to place, or no room."""
        return self.whole.isEmpty() or self.room.isEmpty()

    @property
    def turned(self) -> QSizeF:
        """The picture's size as it is shown."""
        return self.whole.transposed() if self.turns % 2 else self.whole

    @property
    def fitting(self) -> float:
        """The zoom at which all of it is seen; small pictures are not enlarged."""
        width = max(1.0, self.room.width() - 2 * self.margin) * self.ratio
        height = max(1.0, self.room.height() - 2 * self.margin) * self.ratio
        return min(1.0, width / self.turned.width(), height / self.turned.height())

    @property
    def shown_zoom(self) -> float:
        """The zoom it is drawn at."""
        return self.fitting if self.zoom is None else self.zoom

    @property
    def scale(self) -> float:
        """Units of the view per pixel of the picture."""
        return self.shown_zoom / self.ratio

    @property
    def box(self) -> QRectF:
        """The rectangle that it takes in the view, which may reach out of it."""
        size = self.turned * self.scale
        left = self.room.width() / 2 - self.middle.x() * size.width()
        top = self.room.height() / 2 - self.middle.y() * size.height()
        # On whole screen pixels, so that nothing is blurred.
        left, top = round(left * self.ratio) / self.ratio, round(top * self.ratio) / self.ratio
        return QRectF(left, top, size.width(), size.height())

    @property
    def movable(self) -> tuple[bool, bool]:
        """Whether it is larger than the view: across, and down."""
        box = self.box
        return box.width() > self.room.width() + 0.5, box.height() > self.room.height() + 0.5

    def transform(self) -> QTransform:
        """From pixels of the picture, not turned, to the view."""
        box = self.box
        made = QTransform().translate(box.left(), box.top()).scale(self.scale, self.scale)
        width, height = self.turned.width(), self.turned.height()
        corner = {1: (width, 0.0), 2: (width, height), 3: (0.0, height)}
        if self.turns % 4:
            made.translate(*corner[self.turns % 4]).rotate(90 * (self.turns % 4))
        return made

    def visible(self) -> QRectF:
        """The part of the picture, in its pixels and not turned, that is seen."""
        inverse, possible = self.transform().inverted()
        if not possible:
            return QRectF()
        view = QRectF(QPointF(0, 0), self.room)
        return inverse.mapRect(view).intersected(QRectF(QPointF(0, 0), self.whole))

    def zoomed(self, zoom: float, at: QPointF | None = None) -> PicturePlace:
        """Another zoom, with the point under `at` (default: the middle) staying where it is."""
        if self.empty:
            return self
        at = QPointF(self.room.width() / 2, self.room.height() / 2) if at is None else at
        zoom = min(zoom, LARGEST)
        if zoom <= self.fitting * 1.001:
            return self.fitted()
        before = self.box
        across = (at.x() - before.left()) / before.width()
        down = (at.y() - before.top()) / before.height()
        size = self.turned * (zoom / self.ratio)
        corner = QPointF(at.x() - across * size.width(), at.y() - down * size.height())
        return replace(self, zoom=zoom).bounded(corner)

    def moved(self, across: float, down: float) -> PicturePlace:
        """The picture moved by so many units of the view, as far as it goes."""
        if self.empty:
            return self
        box = self.box
        left = _pushed(self.room.width(), box.width(), box.left(), across)
        top = _pushed(self.room.height(), box.height(), box.top(), down)
        return self._at(QPointF(left, top))

    def fitted(self) -> PicturePlace:
        """All of it seen."""
        return replace(self, zoom=None, middle=QPointF(0.5, 0.5))

    def in_room(self, room: QSizeF, ratio: float, margin: float) -> PicturePlace:
        """The same in another view; what was in the middle stays there."""
        found = replace(self, room=room, ratio=ratio, margin=margin)
        if found.empty or found.zoom is None:
            return found
        if found.zoom <= found.fitting:
            return found.fitted()
        return found.bounded(found.box.topLeft())

    def like(self, other: PicturePlace) -> PicturePlace:
        """As much enlarged over its fitting as another one, and showing the same part."""
        if other.zoom is None or self.empty or other.empty:
            return self.fitted()
        zoom = min(LARGEST, self.fitting * other.zoom / other.fitting)
        found = replace(self, zoom=zoom, middle=other.middle)
        return found.bounded(found.box.topLeft())

    def bounded(self, corner: QPointF) -> PicturePlace:
        """The same with its corner there, but no edge further inside the view than when fitted.

        So the point under the pointer can stay where it is whenever one enlarges.
        """
        size, fitted = self.turned * self.scale, self.turned * (self.fitting / self.ratio)
        across = (self.room.width() - fitted.width()) / 2
        down = (self.room.height() - fitted.height()) / 2
        left = min(across, max(self.room.width() - across - size.width(), corner.x()))
        top = min(down, max(self.room.height() - down - size.height(), corner.y()))
        return self._at(QPointF(left, top))

    def _at(self, corner: QPointF) -> PicturePlace:
        size = self.turned * self.scale
        middle = QPointF(
            (self.room.width() / 2 - corner.x()) / size.width(),
            (self.room.height() / 2 - corner.y()) / size.height(),
        )
        return replace(self, middle=middle)


def _pushed(room: float, size: float, begin: float, way: float) -> float:
    """Where a box begins that is pushed: no edge is drawn further into the room than it is."""
    if size <= room + 0.5:
        return begin
    return min(max(0.0, begin), max(min(room - size, begin), begin + way))


def reduction_for(zoom: float) -> int:
    """How many times smaller, a power of two, a picture may be read that is drawn at this zoom."""
    if zoom >= 1:
        return 1
    return int(2 ** math.floor(math.log2(1 / zoom) + 1e-6))
