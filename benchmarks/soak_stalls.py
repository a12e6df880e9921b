"""What the event loop did while it was deaf for long: where it stood, and whether it had a core."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import FrameType

LOOK = 0.05  # seconds between two looks at whether it still beats
LONG = 0.15  # seconds without a beat are a stall
DEEP = 6  # frames told of the GUI thread
MOST_TOLD = 15
# Where threads wait for others, their own way of waiting or that of a library.
WAITING = ("threading.py", "queue.py", "selectors.py", "channel.py", "process.py", "inotify_c.py")


@dataclass(frozen=True)
class Running:
    """Seconds since a thread began: on a core, and ready but waiting for one."""

    on_core: float
    waiting: float


@dataclass(frozen=True)
class Stall:
    """One time that the event loop was deaf; times in seconds.

    `on_core` and `waiting` for a core are the GUI thread's own; what is left of `lasted` it was
    blocked: by a lock (Python's own most of all), by the disk or by the display. `unseen` is the
    longest that this looker itself could not look: whoever kept Python's lock, or the cores.
    """

    at: str
    lasted: float
    on_core: float
    waiting: float
    unseen: float
    stood: tuple[str, ...]  # in how many looks of the GUI thread it stood where
    others: tuple[str, ...]

    def __str__(self) -> str:
        """One paragraph."""
        blocked = max(0.0, self.lasted - self.on_core - self.waiting)
        head = (
            f"{self.at} {self.lasted * 1000:.0f} ms: on a core {self.on_core * 1000:.0f}, "
            f"waiting for one {self.waiting * 1000:.0f}, blocked {blocked * 1000:.0f}; "
            f"unseen {self.unseen * 1000:.0f}"
        )
        return "\n".join([head, *(f"    {line}" for line in (*self.stood, *self.others))])


class Stalls(threading.Thread):
    """Looks beside the window until told to stop. Made on the GUI thread, and beaten by it."""

    def __init__(self) -> None:
        super().__init__(name="stalls")
        self.longest: list[Stall] = []
        self.count = 0
        self.beat = time.monotonic()  # set by the GUI thread
        self.resting = False  # so is this: whether a stall is none
        self._gui = threading.get_ident()
        self._task = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._over = threading.Event()

    def stop(self) -> None:
        """Look no more."""
        self._over.set()
        self.join()

    def run(self) -> None:
        """Look, and remember what is seen from when it was found deaf to when it beat again."""
        quiet, looks = self._running(), [time.monotonic()]
        stood: Counter[str] = Counter()
        others: Counter[str] = Counter()
        deaf = 0.0  # the beat that was the last before a stall; 0 while there is none
        while not self._over.wait(LOOK):
            now, beat = time.monotonic(), self.beat
            looks.append(now)
            if self.resting:
                deaf, quiet, looks = 0.0, self._running(), [now]
                stood.clear()
                others.clear()
                continue
            if deaf and beat != deaf:
                self._keep(beat - deaf, quiet, looks, stood, others)
                deaf = 0.0
            if now - beat < LONG:
                quiet, looks = self._running(), [now]
                stood.clear()
                others.clear()
                continue
            deaf = beat
            frames = sys._current_frames()  # noqa: SLF001 - there is no other way to look
            stood[_told(frames.pop(self._gui))] += 1
            frames.pop(threading.get_ident(), None)
            others.update(place for f in frames.values() if (place := _busy(f)))

    def _keep(
        self,
        lasted: float,
        before: Running,
        looks: list[float],
        stood: Counter[str],
        others: Counter[str],
    ) -> None:
        after = self._running()
        stall = Stall(
            time.strftime("%H:%M:%S"),
            lasted,
            after.on_core - before.on_core,
            after.waiting - before.waiting,
            max((b - a for a, b in pairwise(looks)), default=0.0),
            tuple(f"{count}× {place}" for place, count in stood.most_common(3)),
            tuple(f"beside it {count}× {place}" for place, count in others.most_common(4)),
        )
        self.count += 1
        # All of them would be told as a leak by whoever counts the window's objects.
        self.longest = sorted([*self.longest, stall], key=lambda one: -one.lasted)[:MOST_TOLD]

    def _running(self) -> Running:
        try:
            on_core, waiting, _ = self._task.read_text().split()
        except OSError:  # not Linux
            return Running(0.0, 0.0)
        return Running(int(on_core) / 1e9, int(waiting) / 1e9)


def _told(frame: FrameType) -> str:
    stack = traceback.extract_stack(frame, limit=DEEP)
    return " < ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in reversed(stack))


def _busy(frame: FrameType) -> str:
    """Where a thread is, unless it waits in one of Python's own ways of waiting."""
    code = frame.f_code
    if Path(code.co_filename).name in WAITING:
        return ""
    return f"{Path(code.co_filename).name}:{frame.f_lineno} {code.co_name}"


def told(stalls: Stalls) -> list[str]:
    """Lines to print: the longest first."""
    head = f"stalls of {LONG * 1000:.0f} ms and more: {stalls.count}"
    return [head, *map(str, stalls.longest)]
