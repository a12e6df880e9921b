"""The progress of indexing on stderr: a bar on a screen, a line now and then elsewhere."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from typing import TextIO

from core.cli.terminal import duration, number, on_screen, visible, write
from core.events import Event, Progress, Trouble

BAR_WIDTH = 24
SCREEN_SECONDS = 0.1
LINE_SECONDS = 5.0
STOPPING = "Finishing what is under way; Ctrl+C again ends it at once"
CLEAR_LINE = "\r\x1b[K"


class ProgressDisplay:
    """A listener for the library's events, called from any thread.

    On a screen one line is redrawn at most ten times a second; elsewhere a whole line is written
    every few seconds, so that a log stays short. Troubles get a line of their own. `stopping`
    says whether the first Ctrl+C came.
    """

    def __init__(
        self,
        stream: TextIO,
        clock: Callable[[], float] = time.monotonic,
        *,
        stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self._stream = stream
        self._stopping = stopping
        self._clock = clock
        self._live = on_screen(stream)
        self._due = clock() if self._live else clock() + LINE_SECONDS
        self._drawn = False
        self._lock = threading.Lock()

    def __call__(self, event: Event) -> None:
        """Show a Progress or a Trouble; other events are left to others."""
        with self._lock:
            if isinstance(event, Trouble):
                self._clear()
                write(self._stream, f"{visible(event.message)}\n")
                self._stream.flush()
            elif isinstance(event, Progress) and event.phase != "idle" and worth_showing(event):
                self._show(STOPPING if self._stopping() else describe(event))

    def transfer(self, done: int, total: int | None) -> None:
        """Show how far a download is, in bytes."""
        with self._lock:
            self._show(describe_transfer(done, total))

    def close(self) -> None:
        """Take the bar off the screen."""
        with self._lock:
            self._clear()
            self._stream.flush()

    def _show(self, text: str) -> None:
        text = visible(text)
        now = self._clock()
        if now < self._due:
            return
        self._due = now + (SCREEN_SECONDS if self._live else LINE_SECONDS)
        if self._live:
            write(self._stream, CLEAR_LINE + text[: _columns(self._stream) - 1])
            self._drawn = True
        else:
            write(self._stream, f"{text}\n")
        self._stream.flush()

    def _clear(self) -> None:
        if self._drawn:
            write(self._stream, CLEAR_LINE)
            self._drawn = False


def worth_showing(progress: Progress) -> bool:
    """Whether there is something to do, or may be: a look that found nothing is no news."""
    return progress.total > 0 or progress.scanning


def describe(progress: Progress) -> str:
    """One line: "1,234 of 7,000 files  ████░░░░  62 a second, 1 min 32 s left"."""
    if progress.phase == "paused":
        return f"Paused at {progress.done:,} of {number(progress.total, 'file')}"
    if progress.scanning:
        parts = [f"Looking for photos: {number(progress.total, 'file')} so far"]
        if progress.done:
            parts.append(f"{progress.done:,} done")
    elif progress.done == 0:
        parts = [f"Getting ready for {number(progress.total, 'file')}"]
    else:
        parts = [f"{progress.done:,} of {number(progress.total, 'file')}"]
        parts.append(bar(progress.done, progress.total))
    pace = []
    if progress.rate > 0:
        pace.append(f"{progress.rate:,.0f} a second")
    if progress.eta is not None and progress.done < progress.total:
        pace.append(f"{duration(progress.eta)} left")
    if progress.failed:
        pace.append(f"{progress.failed:,} failed")
    if pace:
        parts.append(", ".join(pace))
    return "  ".join(parts)


def describe_transfer(done: int, total: int | None) -> str:
    """One line: "120 of 605 MB  ████░░░░"."""
    if not total:
        return f"{done / 1e6:,.0f} MB"
    return f"{done / 1e6:,.0f} of {total / 1e6:,.0f} MB  {bar(done, total)}"


def bar(done: int, total: int) -> str:
    """A bar of fixed width."""
    full = BAR_WIDTH if total <= 0 else min(BAR_WIDTH, BAR_WIDTH * done // total)
    return "█" * full + "░" * (BAR_WIDTH - full)


def _columns(stream: TextIO) -> int:
    """How wide the screen is; some terminals do not know and say 0."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80
