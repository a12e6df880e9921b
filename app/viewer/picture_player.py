"""Plays an animation: frames are read some at a time, ahead of what is shown, within a bound."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage

from app.background import CancelToken
from app.viewer.picture import image_of

if TYPE_CHECKING:
    from pathlib import Path

    from app.session import Session

BYTES_AHEAD = 48 * 1024 * 1024


@dataclass(frozen=True)
class _Still:
    image: QImage
    milliseconds: int


@dataclass(frozen=True)
class _Part:
    stills: tuple[_Still, ...]
    next: int  # the number of the frame that follows; 0 after the last


class PicturePlayer(QObject):
    """Plays one file round and round. Signals: `frame(QImage)`: show this one now."""

    frame = Signal(QImage)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._lane = session.background.lane("frames")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._step)
        self._path: Path | None = None
        self._room = QSize()
        self._token = CancelToken()
        self._ahead: deque[_Still] = deque()
        self._next = 0
        self._reading = False
        self._waits = False
        self._paused = False

    @property
    def playing(self) -> bool:
        """Whether frames follow one another."""
        return self._path is not None and not self._paused

    @property
    def bytes(self) -> int:
        """Memory of the frames that were read ahead."""
        return sum(still.image.sizeInBytes() for still in self._ahead)

    def play(self, path: Path, room: QSize) -> None:
        """Play this file from its beginning, to fit `room` in screen pixels."""
        if (path, room) == (self._path, self._room):
            return
        self.stop()
        self._path, self._room = path, room
        self._token = CancelToken()
        self._waits = True
        self._read()

    def pause(self, *, paused: bool) -> None:
        """Hold the frame that is shown, or go on."""
        self._paused = paused
        if paused:
            self._timer.stop()
        elif self._path is not None:
            self._step()

    def stop(self) -> None:
        """Play nothing."""
        self._timer.stop()
        self._token.cancel()
        self._lane.replace([])
        self._path = None
        self._ahead.clear()
        self._next = 0
        self._reading = self._waits = self._paused = False

    def end(self) -> None:
        """Play nothing any more: the thread ends."""
        self.stop()
        self._lane.finish()

    @Slot()
    def _step(self) -> None:
        if not self._ahead:
            self._waits = True
        else:
            still = self._ahead.popleft()
            self._timer.start(still.milliseconds)
            self.frame.emit(still.image)
        self._read()

    def _read(self) -> None:
        if self._path is None or self._reading or self.bytes > BYTES_AHEAD // 2:
            return
        self._reading = True
        read = partial(_read_part, self._session, self._path, self._next, self._room, self._token)
        self._lane.submit(read, self._take, self._fail, self._token)

    def _take(self, part: _Part | None) -> None:
        self._reading = False
        if part is None or (not part.stills and self._next == 0):
            return
        self._ahead.extend(part.stills)
        self._next = part.next
        if self._waits and not self._paused:
            self._waits = False
            self._step()
        elif not part.stills:
            self._read()

    def _fail(self, _error: Exception) -> None:
        """The first frame stays, which is shown as a picture."""
        self._reading = False
        self._path = None


def _read_part(
    session: Session, path: Path, first: int, room: QSize, cancelled: CancelToken
) -> _Part | None:
    found = session.library.pictures.frames(path, first, room.width(), room.height(), cancelled)
    if found is None:
        return None
    stills = tuple(
        _Still(image_of(frame.pixels, found.width, found.height), frame.milliseconds)
        for frame in found.frames
    )
    return _Part(stills, 0 if found.ended else first + len(stills))
