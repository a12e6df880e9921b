"""Thumbnails for what is in view: read on threads, kept as pixmaps within a bound in bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPixmap

from app.background import Background, Job
from app.grid.tile_reading import Wanted, read_preview, read_tile, tiny

THREADS = 2
BYTES_KEPT = 256 * 1024 * 1024
PREVIEW_SHARE = 16  # one of so many bytes is for previews
PREVIEW_OVERHEAD = 400  # bytes, beside the pixels
MISSING_KEPT = 20_000
TELL_MS = 16

Read = Callable[[Wanted], QImage | None]


@dataclass(frozen=True)
class _Kept:
    wanted: Wanted
    pixmap: QPixmap
    size: int


@dataclass(frozen=True)
class _Read:
    tile: QImage | None
    preview: QImage | None


class Thumbnails(QObject):
    """What is in view is read first, and what was scrolled away unread is dropped.

    Of photos never seen before a tiny preview is read first, for all that is in view; it stays in
    memory when the thumbnail has to go. `read` and `preview` are plain functions that run on
    threads: they make the image for a tile, or None when the file is not there or no image.
    """

    arrived = Signal(list)  # photo ids; many that come at once are told at once

    def __init__(
        self,
        background: Background,
        *,
        bytes_kept: int = BYTES_KEPT,
        threads: int = THREADS,
        read: Read = read_tile,
        preview: Read = read_preview,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._lane = background.lane("thumbnails", threads)
        self._read, self._read_preview = read, preview
        self._bytes_kept = bytes_kept
        self._bytes = 0
        self._kept: OrderedDict[int, _Kept] = OrderedDict()
        self._previews: OrderedDict[int, QImage] = OrderedDict()
        self._preview_bytes = 0
        self._missing: OrderedDict[int, Path] = OrderedDict()
        self._untold: list[int] = []
        self._tell = QTimer(self)
        self._tell.setSingleShot(True)
        self._tell.setInterval(TELL_MS)
        self._tell.timeout.connect(self._tell_arrived)
        self._coming: set[Wanted] = set()
        # Added to on threads, taken from on this one: each a single step under Python's lock.
        self._begun: set[Wanted] = set()

    @property
    def complete(self) -> bool:
        """Whether everything asked for last has come."""
        return not self._coming and not self._untold

    @property
    def bytes(self) -> int:
        """Memory that pixmaps and previews take."""
        return self._bytes + self._preview_bytes

    def set_bytes_kept(self, bytes_kept: int) -> None:
        """Keep no more than this much from now on."""
        self._bytes_kept = bytes_kept
        self._make_room()

    def pixmap(self, photo_id: int) -> QPixmap | None:
        """What there is for a tile, perhaps of another size or an edit ago, until `want` is met."""
        kept = self._kept.get(photo_id)
        return None if kept is None else kept.pixmap

    def preview(self, photo_id: int) -> QImage | None:
        """A tiny image of a photo that was seen before, a few pixels wide."""
        return self._previews.get(photo_id)

    def missing(self, photo_id: int) -> bool:
        """Whether its thumbnail was looked for and is not there."""
        return photo_id in self._missing

    def hold(self) -> None:
        """Begin nothing more until `want`: what is in view changes, and drawing that comes first.

        Threads that read compete with drawing for Python's lock and for processors.
        """
        self._lane.hold()

    def want(self, wanted: Sequence[Wanted], ahead: Sequence[Wanted] = ()) -> None:
        """Read these, first one first, then those `ahead`, and nothing else wanted before."""
        seen, later = self._not_here(wanted), self._not_here(ahead)
        new = [one for one in seen if not self._shown_somehow(one.photo_id)]
        self._coming = {*seen, *later}
        jobs = [self._job(one, self._begin_preview, self._take_preview) for one in new]
        jobs += [
            self._job(one, self._begin, self._take)
            for one in (*seen, *later)
            if one not in self._begun
        ]
        self._lane.replace(jobs)
        self._lane.release()

    def forget(self, photo_ids: Sequence[int]) -> None:
        """Their content may have changed: look again, also for those that were missing."""
        changed = set(photo_ids)  # an edit may change a million, and few of them are kept
        for photo_id in changed & self._missing.keys():
            del self._missing[photo_id]
        for photo_id in changed & self._previews.keys():
            self._drop_preview(photo_id)

    def _not_here(self, wanted: Sequence[Wanted]) -> list[Wanted]:
        lacking = []
        for one in wanted:
            kept = self._kept.get(one.photo_id)
            if kept is not None:
                self._kept.move_to_end(one.photo_id)
                if kept.wanted == one:
                    continue
            if self._missing.get(one.photo_id) != one.path:
                lacking.append(one)
        return lacking

    def _shown_somehow(self, photo_id: int) -> bool:
        return photo_id in self._kept or photo_id in self._previews

    def _job(
        self,
        one: Wanted,
        begin: Callable[[Wanted], _Read],
        take: Callable[[Wanted, _Read], None],
    ) -> Job:
        return self._lane.job(partial(begin, one), partial(take, one), partial(self._fail, one))

    # On threads

    def _begin_preview(self, wanted: Wanted) -> _Read:
        return _Read(None, self._read_preview(wanted))

    def _begin(self, wanted: Wanted) -> _Read:
        self._begun.add(wanted)
        image = self._read(wanted)
        if image is None or image.isNull():
            return _Read(None, None)
        return _Read(image, tiny(image))

    # On the GUI thread

    def _take_preview(self, wanted: Wanted, read: _Read) -> None:
        if read.preview is not None and not self._shown_somehow(wanted.photo_id):
            self._keep_preview(wanted.photo_id, read.preview)
            self._tell_soon(wanted.photo_id)

    def _take(self, wanted: Wanted, read: _Read) -> None:
        self._begun.discard(wanted)
        self._coming.discard(wanted)
        if read.tile is None:
            self._missing[wanted.photo_id] = wanted.path
            if len(self._missing) > MISSING_KEPT:
                self._missing.popitem(last=False)
        else:
            self._keep(wanted, QPixmap.fromImage(read.tile))
            if read.preview is not None:
                self._keep_preview(wanted.photo_id, read.preview)
        self._tell_soon(wanted.photo_id)

    def _tell_soon(self, photo_id: int) -> None:
        self._untold.append(photo_id)
        if not self._tell.isActive():
            self._tell.start()

    @Slot()
    def _tell_arrived(self) -> None:
        told, self._untold = self._untold, []
        self.arrived.emit(told)

    def _fail(self, wanted: Wanted, _error: Exception) -> None:
        self._take(wanted, _Read(None, None))

    def _keep(self, wanted: Wanted, pixmap: QPixmap) -> None:
        before = self._kept.pop(wanted.photo_id, None)
        self._bytes -= before.size if before else 0
        size = pixmap.width() * pixmap.height() * 4
        self._kept[wanted.photo_id] = _Kept(wanted, pixmap, size)
        self._missing.pop(wanted.photo_id, None)
        self._bytes += size
        self._make_room()

    def _keep_preview(self, photo_id: int, preview: QImage) -> None:
        self._drop_preview(photo_id)
        self._previews[photo_id] = preview
        self._preview_bytes += preview.sizeInBytes() + PREVIEW_OVERHEAD
        self._make_room()

    def _drop_preview(self, photo_id: int) -> None:
        preview = self._previews.pop(photo_id, None)
        if preview is not None:
            self._preview_bytes -= preview.sizeInBytes() + PREVIEW_OVERHEAD

    def _make_room(self) -> None:
        previews = self._bytes_kept // PREVIEW_SHARE
        while self._preview_bytes > previews and len(self._previews) > 1:
            self._drop_preview(next(iter(self._previews)))
        while self._bytes > self._bytes_kept - previews and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= oldest.size
