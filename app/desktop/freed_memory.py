"""Memory that was freed goes back to the system, where glibc would keep it."""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

if TYPE_CHECKING:
    from app.session import Session
    from core.library import Library

M_ARENA_MAX = -8  # from glibc's malloc.h
LOOK_MS = 20_000
GROWN = 32 * 2**20  # bytes


def use_one_pool() -> None:
    """Have all threads take memory from one pool; before any is started.

    Left to itself, glibc makes one for each of many threads and keeps up to 64 MB at the end of
    each, which nothing gives back: an hour of looking at photos left it with 200 MB of nothing.
    What is free in one pool serves all threads, and `give_back` reaches it.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library, which does as it likes
            ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)


def give_back() -> None:
    """Give back what lies unused between what is in use: glibc does that only when it is told.

    Takes some milliseconds, in which others may wait for memory: after much was freed, on a thread.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library, which does as it likes
            ctypes.CDLL(None).malloc_trim(0)


class FreedMemory(QObject):
    """Gives back what lies unused, on a thread, each time that the process has grown by much."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._resident = 0  # bytes, the last time
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        if sys.platform == "linux":
            self._timer.start()

    @Slot()
    def _look(self) -> None:
        self._session.ask("standing", partial(_give_back_growth, self._resident), self._take)

    def _take(self, resident: int) -> None:
        self._resident = resident


def _give_back_growth(before: int, _library: Library) -> int:
    """Give back what is unused where there is much more than `before`; returns what there is."""
    now = _resident()
    if now < before + GROWN:
        return min(before, now)
    give_back()
    return _resident()


def _resident() -> int:
    """Bytes of memory that this process has; Linux only."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
