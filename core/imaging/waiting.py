"""Photos that wait until there is memory to decode them, while others go on."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Generic, Protocol, TypeVar

from core.errors import PhotoError
from core.imaging.budget import MemoryBudget, Need, Share

LOOK_SECONDS = 0.1
# Once nothing of ours is under way that could give memory back, others are waited for so long.
PATIENCE_SECONDS = 20.0
_GB = 1e9


class _Waiting(Protocol):
    need: Need
    answer: Future[Any]


J = TypeVar("J", bound=_Waiting)


class WaitingRoom(Generic[J]):
    """Lets a job `run` once the budget promises what it needs. Safe from any thread.

    `refuse` is called with the reason for a job that needs more than there can ever be, and for one
    that nobody makes room for. A thread looks again as long as any job waits. The first job that
    fits goes first: small ones pass large ones.
    """

    def __init__(
        self,
        budget: MemoryBudget,
        share: Share,
        run: Callable[[J], None],
        refuse: Callable[[J, PhotoError], None],
        *,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self._budget = budget
        self._share = share
        self._run = run
        self._refuse = refuse
        self._patience = patience
        self._lock = threading.Lock()
        self._jobs: deque[J] = deque()
        self._idle_since: float | None = None
        self._thread: threading.Thread | None = None
        self._closed = threading.Event()

    def __len__(self) -> int:
        return len(self._jobs)

    def enter(self, job: J) -> None:
        """Run the job, now or as soon as there is room."""
        if self._budget.take(self._share, job.need):
            self._run(job)
            return
        most = self._budget.most()
        if job.need.bytes > most:
            self._refuse(job, _never(job.need.bytes, most))
            return
        with self._lock:
            if self._closed.is_set():
                return
            self._jobs.append(job)
            self._tell()
            self._idle_since = None
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._wait, name="souvenir-waiting-for-memory", daemon=True
                )
                self._thread.start()

    def look(self) -> None:
        """Run what fits by now."""
        if not self._jobs:
            return
        fitting: list[J] = []
        with self._lock:
            refused: int | None = None
            for job in tuple(self._jobs):
                if job.answer.cancelled():
                    self._jobs.remove(job)
                    continue
                if refused is not None and job.need.bytes >= refused:
                    continue
                if self._budget.take(self._share, job.need):
                    self._jobs.remove(job)
                    fitting.append(job)
                else:
                    refused = job.need.bytes
            self._tell()
        for job in fitting:
            self._run(job)

    def close(self) -> None:
        """Let nobody wait any more."""
        self._closed.set()
        with self._lock:
            self._jobs.clear()
            self._tell()
            thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join()

    def _tell(self) -> None:
        """Have the budget know what is waited for, where others are to wait for it."""
        if self._share.ahead:
            needs = [job.need for job in self._jobs]
            self._budget.wait(self._share, min(needs, key=lambda need: need.bytes, default=None))

    def _wait(self) -> None:
        while not self._closed.wait(LOOK_SECONDS):
            self.look()
            self._refuse_what_waits_in_vain()
            with self._lock:
                if not self._jobs:
                    self._thread = None
                    return

    def _refuse_what_waits_in_vain(self) -> None:
        now = time.monotonic()
        if not self._budget.idle:
            self._idle_since = None
            return
        if self._idle_since is None:
            self._idle_since = now
        if now - self._idle_since < self._patience:
            return
        with self._lock:
            jobs = tuple(self._jobs)
            self._jobs.clear()
            self._tell()
        free = self._budget.free()
        for job in jobs:
            self._refuse(job, _not_now(job.need.bytes, free))


def _never(needed: int, most: int) -> PhotoError:
    return PhotoError(
        f"Decoding this photo takes about {_gigabytes(needed)} GB of memory, and there can never "
        f"be more than {_gigabytes(most)} GB for it: give this computer or container more memory, "
        "then retry."
    )


def _not_now(needed: int, free: int) -> PhotoError:
    return PhotoError(
        f"Decoding this photo takes about {_gigabytes(needed)} GB of memory, and only "
        f"{_gigabytes(free)} GB are free: close other programs, then retry."
    )


def _gigabytes(amount: int) -> str:
    return f"{amount / _GB:.1f}"
