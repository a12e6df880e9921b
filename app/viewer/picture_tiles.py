"""The parts of an enlarged photo that are seen, at full resolution, in a bounded cache."""

from __future__ import annotations

import math
from collections import OrderedDict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSize, Signal
from PySide6.QtGui import QImage, QPixmap

from app.background import CancelToken
from app.viewer.picture import image_of

if TYPE_CHECKING:
    from pathlib import Path

    from app.background import Job
    from app.session import Session

SIDE = 512  # pixels of a tile
BYTES_KEPT = 96 * 1024 * 1024


@dataclass(frozen=True)
class Tile:
    """One part: `reduction` times smaller than the photo's pixels, counted across and down."""

    reduction: int
    column: int
    row: int

    def area(self, whole: QSize) -> QRect:
        """What it covers of the photo, in its pixels."""
        side = SIDE * self.reduction
        box = QRect(self.column * side, self.row * side, side, side)
        return box.intersected(QRect(0, 0, whole.width(), whole.height()))


class PictureTiles(QObject):
    """Parts of one photo at a time. Signals: `arrived`: there are more of what was wanted."""

    arrived = Signal()

    def __init__(
        self, session: Session, *, bytes_kept: int = BYTES_KEPT, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._lane = session.background.lane("details")
        self._most = bytes_kept
        self._path: Path | None = None
        self._whole = QSize()
        self._kept: OrderedDict[Tile, QPixmap] = OrderedDict()
        self._token = CancelToken()  # of everything that is read of this photo
        self._coming: set[Tile] = set()
        # Added to on threads, taken from on this one: each a single step under Python's lock.
        self._begun: set[Tile] = set()
        self._failed = False
        self._asked = False

    @property
    def bytes(self) -> int:
        """Memory that the tiles take, about."""
        return sum(4 * tile.width() * tile.height() for tile in self._kept.values())

    @property
    def complete(self) -> bool:
        """Whether all that was wanted came."""
        return not self._coming

    def show(self, path: Path | None, whole: QSize) -> None:
        """Parts of another photo are wanted from now on, or of none."""
        if (path, whole) == (self._path, self._whole):
            return
        self._path, self._whole = path, whole
        self._failed = False
        self._kept.clear()
        self._token.cancel()
        self._token = CancelToken()
        self._coming.clear()
        self._begun.clear()
        self._lane.replace([])
        if self._asked:
            self._asked = False
            self._lane.submit(partial(_forget, self._session), _nothing)

    def end(self) -> None:
        """Nothing is wanted any more, of any photo: the thread ends."""
        self.show(None, QSize())
        self._lane.finish()

    def tile(self, tile: Tile) -> QPixmap | None:
        """A part, if it came."""
        return self._kept.get(tile)

    def want(self, visible: QRectF, reduction: int) -> list[Tile]:
        """Read what is visible (in the photo's pixels), the middle first; returns those parts."""
        if self._path is None or visible.isEmpty():
            return []
        seen = self._within(visible, reduction)
        for tile in seen:
            if tile in self._kept:
                self._kept.move_to_end(tile)
        self._ask_for([] if self._failed else [t for t in seen if t not in self._kept])
        return seen

    def _within(self, visible: QRectF, reduction: int) -> list[Tile]:
        side = SIDE * reduction
        columns = range(int(visible.left() // side), math.ceil(visible.right() / side))
        rows = range(int(visible.top() // side), math.ceil(visible.bottom() / side))
        tiles = [Tile(reduction, column, row) for row in rows for column in columns]
        middle = visible.center() / side - QPointF(0.5, 0.5)
        tiles.sort(key=lambda tile: math.hypot(tile.column - middle.x(), tile.row - middle.y()))
        return tiles

    def _ask_for(self, missing: list[Tile]) -> None:
        if set(missing) == self._coming or self._path is None:
            return
        # What runs goes on: the first part of a photo has it decoded, which serves all others.
        begun = self._begun & self._coming
        fresh = [tile for tile in missing if tile not in begun]
        self._coming = begun | set(fresh)
        self._asked = self._asked or bool(fresh)
        self._lane.replace(self._job(tile, self._path) for tile in fresh)

    def _job(self, tile: Tile, path: Path) -> Job:
        read = partial(self._read, tile, path, self._whole, self._token)
        take, fail = partial(self._take, tile, path), partial(self._fail, tile)
        return self._lane.job(read, take, fail, self._token)

    def _read(self, tile: Tile, path: Path, whole: QSize, cancelled: CancelToken) -> QImage | None:
        self._begun.add(tile)
        area = tile.area(whole)
        box = (area.x(), area.y(), area.x() + area.width(), area.y() + area.height())
        found = self._session.library.pictures.part(path, box, tile.reduction, cancelled)
        if found is None or not found.pixels:
            return None
        return image_of(found.pixels, found.width, found.height)

    def _take(self, tile: Tile, path: Path, image: QImage | None) -> None:
        self._coming.discard(tile)
        self._begun.discard(tile)
        if image is None or path != self._path:
            return
        self._kept[tile] = QPixmap.fromImage(image)
        while len(self._kept) > 1 and self.bytes > self._most:
            self._kept.popitem(last=False)
        self.arrived.emit()

    def _fail(self, tile: Tile, _error: Exception) -> None:
        """The whole picture stays: nothing more of this photo can be had."""
        self._coming.discard(tile)
        self._begun.discard(tile)
        self._failed = True
        self.arrived.emit()


def _forget(session: Session) -> None:
    session.library.pictures.forget()


def _nothing(_value: object) -> None:
    """The decoder's memory was given back."""
