"""What the window takes, minute by minute: memory, what its caches hold of it, and its objects."""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
import threading
import time
from array import array
from collections import Counter
from dataclasses import astuple, dataclass
from statistics import median

import psutil
from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from app.window.window import MainWindow
from benchmarks.soak_account import Account
from benchmarks.soak_stalls import Stalls

BEAT_MS = 5
COUNT_MS = 20_000
# Of `COUNT_MS`: objects of Qt get one of Python by being counted, some of which then stay.
OBJECTS_EVERY = 30
MINUTE = 60.0  # seconds
MIB = 2**20
COLUMNS = "minute window thumbnails pictures sqlite others widgets blocks threads files"
FORM = "{:>6} {:>6} {:>10} {:>8} {:>6} {:>6} {:>7} {:>8} {:>7} {:>5}"


@dataclass(frozen=True)
class Minute:
    """How it is after so many minutes; memory in MiB.

    `window` is resident memory of the window's process. Of that, `thumbnails` and `pictures` are in
    its caches by their own count, and `sqlite` is what SQLite has, pages most of all. `others` is
    what its processes (decoders and encoder) have together, with what they share counted once.
    `blocks` are those of Python's own objects.
    """

    minute: int
    window: int
    thumbnails: int
    pictures: int
    sqlite: int
    others: int
    widgets: int
    blocks: int
    threads: int
    files: int

    @property
    def beside(self) -> int:
        """MiB that no cache accounts for."""
        return self.window - self.thumbnails - self.pictures - self.sqlite


class Minutes(threading.Thread):
    """Looks once a minute until told to stop, beside the window: it takes a while, and may."""

    def __init__(self, window: MainWindow, account: Account | None) -> None:
        super().__init__(name="minutes")
        self.seen: list[Minute] = []
        self.widgets = 0  # to be set by the GUI thread, the only one that may count them
        self.objects: dict[str, int] = {}  # so is this, for the account
        self.account = account
        self._window = window
        self._over = threading.Event()

    def stop(self) -> None:
        """Look no more."""
        self._over.set()
        self.join()

    def run(self) -> None:
        """Look every minute."""
        begun = time.monotonic()
        while not self._over.wait(begun + MINUTE * (len(self.seen) + 1) - time.monotonic()):
            self.seen.append(self._look())
            if self.account is not None:
                self.account.add(len(self.seen), self.objects)

    def _look(self) -> Minute:
        process = psutil.Process()
        others = 0
        for child in process.children(recursive=True):
            try:
                others += _memory(child, shared_once=True)
            except psutil.Error:
                continue  # it ended meanwhile
        window = self._window
        return Minute(
            len(self.seen) + 1,
            _memory(process) // MIB,
            window.thumbnails.bytes // MIB,
            (window.viewer.reader.bytes + window.compare.reader.bytes) // MIB,
            _of_sqlite() // MIB,
            others // MIB,
            self.widgets,
            # Not gc.get_objects(): a tuple that another thread is making would fail to grow.
            sys.getallocatedblocks(),
            process.num_threads(),
            process.num_fds() if sys.platform != "win32" else 0,
        )


def _memory(process: psutil.Process, *, shared_once: bool = False) -> int:
    if shared_once and sys.platform == "linux":
        return int(process.memory_full_info().pss)
    return int(process.memory_info().rss)


def _of_sqlite() -> int:
    """Bytes; 0 where Python brings a SQLite of its own that cannot be asked."""
    name = ctypes.util.find_library("sqlite3")
    if name is None:
        return 0
    used = ctypes.CDLL(name).sqlite3_memory_used
    used.restype = ctypes.c_int64
    return int(used())


def table(minutes: list[Minute]) -> list[str]:
    """Lines to print: the minutes, and what the memory beside the caches did."""
    lines = ["memory in MiB:", FORM.format(*COLUMNS.split())]
    lines += [FORM.format(*astuple(minute)) for minute in minutes]
    if len(minutes) >= 6:
        third = len(minutes) // 3
        parts = (minutes[:third], minutes[third : 2 * third], minutes[2 * third :])
        told = ", ".join(f"{median(m.beside for m in part):.0f}" for part in parts)
        lines.append(f"beside the caches, median of each third: {told} MiB")
    return lines


class Pulse(QObject):
    """How long the event loop was deaf, in milliseconds; `minutes` and `stalls` have the rest."""

    def __init__(self, window: MainWindow, account: Account | None = None) -> None:
        super().__init__(window)
        # A list would be 7,500 new objects a minute, and look like a leak in the table.
        self.gaps = array("d")
        self.minutes = Minutes(window, account)
        self.minutes.start()
        self.stalls = Stalls()
        self.stalls.start()
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)
        self._counted = 0
        self._counting = QTimer(self)
        self._counting.timeout.connect(self._count)
        self._counting.start(COUNT_MS)

    def stop(self) -> None:
        """Look no more."""
        self.stalls.stop()
        self.minutes.stop()

    @Slot(bool)
    def rest(self, resting: bool) -> None:
        """Look no more while the soak itself keeps the event loop, or again."""
        self.stalls.resting = resting
        self._last = time.perf_counter()
        self.stalls.beat = time.monotonic()

    @Slot()
    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000 - BEAT_MS)
        self._last = now
        self.stalls.beat = time.monotonic()

    @Slot()
    def _count(self) -> None:
        widgets = QApplication.allWidgets()
        self.minutes.widgets = len(widgets)
        if self.minutes.account is not None and self._counted % OBJECTS_EVERY == 0:
            tops = (*QApplication.topLevelWidgets(), QApplication.instance())
            found = (one for top in tops if top is not None for one in top.findChildren(QObject))
            kinds = Counter(one.metaObject().className() for one in found)
            self.minutes.objects = dict(kinds.most_common())
        self._counted += 1
