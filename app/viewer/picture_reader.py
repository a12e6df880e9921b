"""Reads photos ahead for the viewer: thumbnails first, then whole pictures, within a bound."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Signal

from app.desktop.freed_memory import give_back
from app.session import sentence
from app.viewer.picture import Picture, read_preview, read_whole
from core.errors import SouvenirError

if TYPE_CHECKING:
    from pathlib import Path

    from app.background import CancelToken
    from app.grid.photo_row import PhotoRow
    from app.session import Session
    from core.library import Library

BYTES_KEPT = 192 * 1024 * 1024
PREVIEW_BYTES_KEPT = 32 * 1024 * 1024
WHOLE_THREADS = 2
# A thumbnail is named by the photo's content: an edited photo is another key.
Key = tuple["Path", "Path"]


@dataclass(frozen=True)
class Failure:
    """Why a photo cannot be shown in full, in a sentence. `gone`: there is no such file."""

    sentence: str
    gone: bool


class PictureReader(QObject):
    """`want` says what is looked at and what may be next; `picture` gives the best there is.

    Signals: `arrived(photo id)`: there is more of a photo, or the reason why there is not.
    """

    arrived = Signal(int)

    def __init__(
        self, session: Session, *, bytes_kept: int = BYTES_KEPT, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._wholes = _Kept(bytes_kept)
        self._previews = _Kept(PREVIEW_BYTES_KEPT)
        self._failures: dict[Key, Failure] = {}
        self._no_preview: set[Key] = set()
        self._preview_lane = session.background.lane("previews")
        self._whole_lane = session.background.lane("pictures", WHOLE_THREADS)
        self._coming: dict[Key, CancelToken] = {}
        # Added to on threads, taken from on this one: each a single step under Python's lock.
        self._begun: set[Key] = set()

    def prepare(self) -> None:
        """Have the decoders started: the first photo need not wait for them."""
        self._session.ask("standing", _start)

    @property
    def bytes(self) -> int:
        """Memory that the pictures take."""
        return self._wholes.bytes + self._previews.bytes

    def picture(self, row: PhotoRow) -> Picture | None:
        """The photo as far as it was read."""
        key = _key(row)
        return self._wholes.get(key) or self._previews.get(key)

    def failure(self, row: PhotoRow) -> Failure | None:
        """Why it cannot be shown in full, where that was tried in vain."""
        return self._failures.get(_key(row))

    def settled(self, row: PhotoRow) -> bool:
        """Whether there is nothing more to come of a photo."""
        key = _key(row)
        return self._wholes.get(key) is not None or key in self._failures or row.offline

    def forget(self) -> None:
        """Keep no picture."""
        self._wholes.clear()
        self._previews.clear()
        self._session.ask("standing", _give_back)

    def forget_failures(self) -> None:
        """Try again what could not be read."""
        self._failures.clear()
        self._no_preview.clear()

    def want(self, wholes: Sequence[PhotoRow], previews: Sequence[PhotoRow], room: QSize) -> None:
        """Read these to fit `room` (screen pixels), first ones first, and nothing else.

        Thumbnails of both, whole pictures of `wholes`. What was wanted before is dropped, and
        stopped where it takes long.
        """
        self._want_previews([*wholes, *previews])
        fresh = {}
        for row in wholes:
            key = _key(row)
            kept = self._wholes.get(key)
            if row.offline or key in self._failures or (kept and _enough(kept, room)):
                continue
            fresh[key] = row
        for key, token in list(self._coming.items()):
            if key not in fresh:
                token.cancel()
                del self._coming[key]
                self._begun.discard(key)
            elif key not in self._begun:
                del self._coming[key]
        jobs = []
        for key, row in fresh.items():
            if key in self._coming:
                continue
            job = self._whole_lane.job(
                partial(self._read, key, row.path, room, tokens := []),
                partial(self._take, key, row.id),
                partial(self._fail, key, row.id),
            )
            tokens.append(job.token)
            self._coming[key] = job.token
            jobs.append(job)
        self._whole_lane.replace(jobs)

    def _want_previews(self, rows: Sequence[PhotoRow]) -> None:
        jobs = []
        for row in dict.fromkeys(rows):
            key = _key(row)
            if self._previews.get(key) is None and key not in self._no_preview:
                read = partial(read_preview, row.thumbnail, QSize(row.width, row.height))
                take = partial(self._take_preview, key, row.id)
                jobs.append(self._preview_lane.job(read, take))
        self._preview_lane.replace(jobs)

    def _take_preview(self, key: Key, photo_id: int, picture: Picture | None) -> None:
        if picture is None:
            self._no_preview.add(key)
        else:
            self._previews.put(key, picture)
        self.arrived.emit(photo_id)

    def _read(
        self, key: Key, path: Path, room: QSize, tokens: list[CancelToken]
    ) -> Picture | Failure | None:
        self._begun.add(key)
        try:
            return read_whole(self._session.library, path, room, tokens[0])
        except SouvenirError as error:
            return Failure(sentence(error), gone=not path.exists())

    def _take(self, key: Key, photo_id: int, found: Picture | Failure | None) -> None:
        self._end(key)
        if isinstance(found, Failure):
            self._failures[key] = found
        elif found is not None:
            self._wholes.put(key, found)
        self.arrived.emit(photo_id)

    def _fail(self, key: Key, photo_id: int, error: Exception) -> None:
        self._take(key, photo_id, Failure(sentence(error), gone=False))

    def _end(self, key: Key) -> None:
        self._coming.pop(key, None)
        self._begun.discard(key)


class _Kept:
    """Pictures by key, the longest unused ones dropped past a bound; the newest always stays."""

    def __init__(self, most: int) -> None:
        self.bytes = 0
        self._most = most
        self._kept: OrderedDict[Key, Picture] = OrderedDict()

    def get(self, key: Key) -> Picture | None:
        """The picture, used now."""
        picture = self._kept.get(key)
        if picture is not None:
            self._kept.move_to_end(key)
        return picture

    def clear(self) -> None:
        """Keep none."""
        self._kept.clear()
        self.bytes = 0

    def put(self, key: Key, picture: Picture) -> None:
        """Keep it."""
        before = self._kept.pop(key, None)
        self.bytes += picture.bytes - (before.bytes if before else 0)
        self._kept[key] = picture
        while self.bytes > self._most and len(self._kept) > 1:
            self.bytes -= self._kept.popitem(last=False)[1].bytes


def _key(row: PhotoRow) -> Key:
    return row.thumbnail, row.path


def _enough(kept: Picture, room: QSize) -> bool:
    """Whether a picture serves a view of this size: neither coarse nor far too fine."""
    if kept.room == room or kept.image.width() >= kept.whole.width():
        return True
    fitting = kept.whole.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    return 0.98 * fitting.width() <= kept.image.width() <= 1.6 * fitting.width()


def _give_back(_library: Library) -> None:
    give_back()


def _start(library: Library) -> None:
    library.pictures.start()
