"""How fast indexing goes and how long it will take."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from core.events import Phase, Progress

WINDOW_SECONDS = 15.0
REPORT_SECONDS = 0.1


class ProgressMeter:
    """Counts work found and done; reports at most ten times a second.

    The rate is that of the last 15 seconds, so that an ETA follows a change of speed. Written from
    the scan's thread (`found`, `scan_ended`) and the pipeline's (the rest): each counter has one
    writer.
    """

    def __init__(
        self, report: Callable[[Progress], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._report = report
        self._clock = clock
        self._total = 0
        self._done = 0
        self._failed = 0
        self._scanning = True
        self._phase: Phase = "indexing"
        self._current = ""
        self._slowed = False
        self._marks: deque[tuple[float, int]] = deque([(clock(), 0)])
        self._reported = float("-inf")

    def found(self, count: int = 1) -> None:
        """More work was found."""
        self._total += count

    def scan_ended(self) -> None:
        """The total is final."""
        self._scanning = False

    def finished(self, count: int = 1, *, failed: int = 0, current: str = "") -> None:
        """Work was done; `failed` of it without success."""
        self._done += count
        self._failed += failed
        if current:
            self._current = current
        self.tick()

    def slowed_by_battery(self, slowed: bool) -> None:
        """Whether indexing goes gently for the battery's sake."""
        self._slowed = slowed

    def phase(self, phase: Phase) -> None:
        """Paused, indexing again, or idle: reported at once."""
        if phase != self._phase:
            self._phase = phase
            self._marks = deque([(self._clock(), self._done)])
            self.tick(now=True)

    def tick(self, *, now: bool = False) -> None:
        """Report if it is time, or `now`."""
        time_now = self._clock()
        if not now and time_now - self._reported < REPORT_SECONDS:
            return
        self._reported = time_now
        self._marks.append((time_now, self._done))
        while len(self._marks) > 2 and self._marks[0][0] < time_now - WINDOW_SECONDS:
            self._marks.popleft()
        self._report(self.progress())

    def progress(self) -> Progress:
        """Where things stand."""
        (start, before), (end, after) = self._marks[0], self._marks[-1]
        rate = (after - before) / (end - start) if end > start else 0.0
        remaining = max(self._total - self._done, 0)
        eta = remaining / rate if rate > 0 and not self._scanning else None
        return Progress(
            phase=self._phase,
            done=self._done,
            total=max(self._total, self._done),
            failed=self._failed,
            rate=rate,
            eta=eta,
            scanning=self._scanning,
            current=self._current,
            slowed_by_battery=self._slowed,
        )
