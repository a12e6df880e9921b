"""What tiles outside the grid show: facts of photos and their thumbnails, for what is in view."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from app.grid.photo_row import PhotoRow, photo_row
from app.grid.thumbnails import Thumbnails
from app.grid.tile_pictures import RADIUS
from app.grid.tile_reading import Wanted
from app.session import Session

if TYPE_CHECKING:
    from core.library import Library

BYTES_KEPT = 48 * 1024 * 1024
ROWS_KEPT = 2000


class LabelPictures(QObject):
    """`want` says what is in view, all of it: what was wanted before and is not there is dropped.

    Asking for facts goes one request at a time, so that a line that is dragged asks for what is in
    view when the one before was answered.
    """

    arrived = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.thumbnails = Thumbnails(session.background, bytes_kept=BYTES_KEPT, parent=self)
        self.thumbnails.arrived.connect(self._told)
        self._rows: OrderedDict[int, PhotoRow] = OrderedDict()
        self._gone: set[int] = set()
        self._asked = False
        self._wanted: tuple[tuple[int, int], ...] = ()  # photo id, side in pixels of the screen
        self._ratio = 1.0

    @property
    def complete(self) -> bool:
        """Whether all that is in view is there."""
        return not self._asked and self.thumbnails.complete

    def row(self, photo_id: int) -> PhotoRow | None:
        """What is known of a photo."""
        return self._rows.get(photo_id)

    def want(self, tiles: Sequence[tuple[int, int]], ratio: float) -> None:
        """These are in view: ids with the sides of their tiles, and pixels of the screen per pixel.

        Sides are in device independent pixels.
        """
        wanted = tuple((photo_id, round(side * ratio)) for photo_id, side in tiles)
        if wanted != self._wanted or ratio != self._ratio:
            self._wanted, self._ratio = wanted, ratio
            self._ask()

    def forget(self, photo_ids: Iterable[int]) -> None:
        """These may look different now."""
        changed = set(photo_ids)
        for photo_id in changed & self._rows.keys():
            del self._rows[photo_id]
        self._gone -= changed
        self.thumbnails.forget(list(changed))
        if self._wanted and not changed.isdisjoint(dict(self._wanted)):
            self._ask()

    def _ask(self) -> None:
        known = [(i, side) for i, side in self._wanted if i in self._rows]
        for photo_id, _ in known:
            self._rows.move_to_end(photo_id)
        self.thumbnails.want([self._tile(self._rows[i], side) for i, side in known])
        missing = [i for i, _ in self._wanted if i not in self._rows and i not in self._gone]
        if missing and not self._asked and self._session.state == "open":
            self._asked = True
            self._session.ask(
                "reading", partial(_rows, missing), partial(self._take, missing), self._fail
            )

    def _tile(self, row: PhotoRow, side: int) -> Wanted:
        ratio = self._ratio
        return Wanted(row.id, row.thumbnail, side, side, RADIUS * ratio, row.rotation, ratio)

    def _take(self, asked: list[int], rows: list[PhotoRow]) -> None:
        self._asked = False
        for row in rows:
            self._rows[row.id] = row
        self._gone.update(set(asked) - self._rows.keys())
        while len(self._rows) > max(ROWS_KEPT, len(self._wanted)):
            self._rows.popitem(last=False)
        self._ask()
        self.arrived.emit()

    def _fail(self, error: Exception) -> None:
        self._asked = False
        self._session.background.report(error)

    @Slot()
    def _told(self) -> None:
        self.arrived.emit()


def _rows(photo_ids: list[int], library: Library) -> list[PhotoRow]:
    rows = (photo_row(photo, library.paths.thumbnail) for photo in library.photos(photo_ids))
    return [row for row in rows if row is not None]
