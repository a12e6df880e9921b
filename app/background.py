"""The only place with threads of the window's own.

Work is a plain function. It runs on a thread of a lane; what it returns, or raises, is handed to a
function on the GUI thread. Lanes keep kinds of work apart, so that a search never queues behind
thumbnails.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from core.errors import SouvenirError

log = logging.getLogger(__name__)

T = TypeVar("T")


class CancelToken:
    """Whether somebody still wants the outcome: call it to ask, `cancel` it to say no."""

    def __init__(self) -> None:
        self._cancelled = False

    def __call__(self) -> bool:
        """Whether it was cancelled."""
        return self._cancelled

    def cancel(self) -> None:
        """The outcome is not wanted any more; it will not be delivered."""
        self._cancelled = True


@dataclass(frozen=True, eq=False)
class Job:
    """A function for a lane, and where its outcome goes on the GUI thread."""

    function: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    token: CancelToken = field(default_factory=CancelToken)


@dataclass(frozen=True)
class _Outcome:
    job: Job
    value: Any = None
    error: Exception | None = None


class Lane:
    """Threads that take jobs in order. Made by `Background.lane`; used from the GUI thread."""

    def __init__(self, owner: Background, name: str, threads: int) -> None:
        self._owner = owner
        self._name = name
        self._size = threads
        self._waiting: deque[Job] = deque()
        self._running: set[Job] = set()
        self._change = threading.Condition()
        self._closing = False
        self._held = False
        self._threads: list[threading.Thread] = []

    def submit(
        self,
        function: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        token: CancelToken | None = None,
    ) -> CancelToken:
        """Run `function` after what waits already; cancelling the token withdraws it."""
        job = self.job(function, done, failed, token)
        self._add([job], drop=False)
        return job.token

    def job(
        self,
        function: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
        token: CancelToken | None = None,
    ) -> Job:
        """Make a job for `replace`; without `failed`, failures go to the background's signal."""
        return Job(function, done, failed or self._owner.report, token or CancelToken())

    def replace(self, jobs: Iterable[Job]) -> None:
        """Drop everything that has not begun, and do `jobs` instead, first one first."""
        self._add(list(jobs), drop=True)

    def hold(self) -> None:
        """Begin nothing more until `release`: something else comes first."""
        with self._change:
            self._held = True

    def release(self) -> None:
        """Go on."""
        with self._change:
            self._held = False
            self._change.notify_all()

    def stop(self) -> None:
        """Drop what waits, cancel what runs, and let the threads end after that."""
        with self._change:
            self._closing = True
            for job in self._running:
                job.token.cancel()
            self._owner.forget(len(self._waiting))
            self._waiting.clear()
            self._change.notify_all()

    def finish(self) -> None:
        """Do what waits, then let the threads end: whoever asked here is gone."""
        with self._change:
            self._closing = True
            self._change.notify_all()

    @property
    def over(self) -> bool:
        """Whether it takes nothing more and every thread has ended."""
        return self._closing and not any(thread.is_alive() for thread in self._threads)

    def join(self) -> None:
        """Wait until every thread has ended."""
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def _add(self, jobs: list[Job], *, drop: bool) -> None:
        with self._change:
            if self._closing:
                return
            if drop:
                self._owner.forget(len(self._waiting))
                self._waiting.clear()
            self._waiting.extend(jobs)
            self._owner.expect(len(jobs))
            self._change.notify(len(jobs))
            missing = min(self._size, len(self._waiting)) - len(self._threads)
        for _ in range(max(0, missing)):
            name = f"souvenir-{self._name}-{len(self._threads)}"
            thread = threading.Thread(target=self._work, name=name)
            self._threads.append(thread)
            thread.start()

    def _next(self) -> Job | None:
        with self._change:
            while (self._held or not self._waiting) and not self._closing:
                self._change.wait()
            if not self._waiting:
                return None
            job = self._waiting.popleft()
            self._running.add(job)
            return job

    def _work(self) -> None:
        while (job := self._next()) is not None:
            outcome = _run(job)
            with self._change:
                self._running.discard(job)
            self._owner.finished.emit(outcome)


def _run(job: Job) -> _Outcome:
    if job.token():
        return _Outcome(job)
    try:
        return _Outcome(job, value=job.function())
    except Exception as error:
        if not isinstance(error, SouvenirError):
            log.exception("work in the background failed")
        return _Outcome(job, error=error)


class Background(QObject):
    """Makes lanes, delivers outcomes on the GUI thread, ends everything in order."""

    finished = Signal(object)
    told = Signal(object, object)  # on threads: a CancelToken, a function
    failed = Signal(Exception)  # of work that named nobody to tell

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: list[Lane] = []
        self._expected = 0
        self.finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self.told.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether an outcome is still to come."""
        return self._expected > 0

    def lane(self, name: str, threads: int = 1) -> Lane:
        """Make a lane; its threads start with the first job."""
        lane = Lane(self, name, threads)
        self._lanes = [one for one in self._lanes if not one.over]
        self._lanes.append(lane)
        return lane

    def finish(self, lane: Lane, last: Callable[[], None], done: Callable[[Any], None]) -> None:
        """End every lane but `lane`; that one does what waits there, then `last`.

        `done` is called with None, or with what `last` raised. `close` ends the rest.
        """
        others = [other for other in self._lanes if other is not lane]
        for other in others:
            other.stop()

        def join_then_last() -> None:
            for other in others:
                other.join()
            last()

        lane.submit(join_then_last, done, done)

    def close(self) -> None:
        """Drop what waits, wait for what runs, join every thread; nothing is delivered after."""
        self.finished.disconnect(self._deliver)
        self.told.disconnect(self._pass_on)
        for lane in self._lanes:
            lane.stop()
        for lane in self._lanes:
            lane.join()

    def expect(self, count: int) -> None:
        """For lanes: so many outcomes will come."""
        self._expected += count

    def forget(self, count: int) -> None:
        """For lanes: so many outcomes will not come."""
        self._expected -= count

    def tell(self, token: CancelToken, word: Callable[[], None]) -> None:
        """On any thread: call `word` on the GUI thread, unless `token` is cancelled by then.

        How far work is goes this way. A signal of the part that waits for it would not do: that
        part may be gone by the time it is emitted.
        """
        self.told.emit(token, word)

    def report(self, error: Exception) -> None:
        """Tell whoever listens that work failed which had nobody to tell."""
        self.failed.emit(error)

    @Slot(object, object)
    def _pass_on(self, token: CancelToken, word: Callable[[], None]) -> None:
        if not token():
            word()

    @Slot(object)
    def _deliver(self, outcome: _Outcome) -> None:
        self._expected -= 1
        if outcome.job.token():
            return
        try:
            if outcome.error is not None:
                outcome.job.failed(outcome.error)
            else:
                outcome.job.done(outcome.value)
        except Exception:
            log.exception("taking in an outcome failed")
