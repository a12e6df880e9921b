"""Decoders in processes of their own: one that crashes or hangs loses that one file only."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from core.errors import PhotoError, SouvenirError
from core.imaging.allowance import ORDINARY_BYTES, NeedsMemoryError
from core.imaging.budget import MemoryBudget, Need
from core.imaging.decoder_process import ready, run_task, start_decoder
from core.imaging.model_input import ModelInput
from core.imaging.processes import clean_context
from core.imaging.reading import PhotoReading, hash_file, read_photo
from core.imaging.waiting import WaitingRoom

T = TypeVar("T")
log = logging.getLogger(__name__)

_NICENESS = 5
# Decoders leak a little; a fresh process now and then costs milliseconds.
_FILES_PER_PROCESS = 2000
_ATTEMPTS = 3  # of starting the decoders, when they end for reasons of their own
_GROWTH = 4  # how many times as much a task gets that ran out of memory where nobody foresaw it


@dataclass(eq=False)
class _Job:
    """A task, who waits for its answer, and what it needs as far as that is known."""

    task: Callable[[], Any]
    answer: Future[Any]
    need: Need
    attempts: int = _ATTEMPTS
    since: float = field(default_factory=time.monotonic)


class DecodePool:
    """Reads photos in `workers` processes, started at the first call. Safe from any thread.

    A file that takes longer than `timeout` seconds, crashes its decoder or needs more memory than
    there is fails with PhotoError; every other file is read. One that needs more than is free at
    the moment, out of the `budget` that all pools share, waits until it is. How many files are
    under way is the caller's choice. `ordinary_bytes`: what a task is given before it is known what
    it needs. `niceness`: how far the processes stand back for others, 0 to 19. `ahead`: a person
    waits for these photos, so they are the first to get memory.
    """

    def __init__(
        self,
        workers: int,
        *,
        budget: MemoryBudget | None = None,
        timeout: float = 60,
        ordinary_bytes: int = ORDINARY_BYTES,
        niceness: int = _NICENESS,
        ahead: bool = False,
    ) -> None:
        self.workers = workers
        self._budget = budget or MemoryBudget()
        self._share = self._budget.share(workers, ahead=ahead)
        self._room = WaitingRoom(self._budget, self._share, self._run, self._refuse)
        self._timeout = timeout
        self._ordinary = Need(ordinary_bytes)
        self._niceness = niceness
        self._lock = threading.Lock()
        self._pool: ProcessPool | None = None
        self._pending: set[Future[Any]] = set()
        self._retiring: list[threading.Thread] = []
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(
        self, path: Path, model_input: ModelInput | None, thumbnail_dir: Path | None
    ) -> Future[PhotoReading]:
        """`read_photo` in one of the processes; the future raises its PhotoError."""
        return self._submit(
            partial(read_photo, path, model_input=model_input, thumbnail_dir=thumbnail_dir)
        )

    def hash(self, path: Path) -> Future[bytes]:
        """`hash_file` in one of the processes."""
        return self._submit(partial(hash_file, path))

    def run(self, task: Callable[[], T]) -> Future[T]:
        """Any other task of core.imaging; cancelling the future stops it even while it runs."""
        return self._submit(task)

    @property
    def waiting(self) -> int:
        """How many photos wait for memory, and so keep no decoder from its work."""
        return len(self._room)

    def start(self) -> None:
        """Start the processes now, so that the first photos need not wait for them."""
        for _ in range(self.workers):
            self._submit(ready)

    def change(self, workers: int, niceness: int) -> None:
        """Use so many processes from now on; those of before finish what they were given."""
        with self._lock:
            if (workers, niceness) == (self.workers, self._niceness):
                return
            self.workers, self._niceness = workers, niceness
            self._share.at_once = workers
            if self._pool is not None:
                self._retire(self._pool, at_once=False)
                self._pool = None

    def close(self) -> None:
        """Stop the processes at once. What is not finished is cancelled, and what comes later."""
        with self._lock:
            self._closed = True
            pending, self._pending = self._pending, set()
            if self._pool is not None:
                self._retire(self._pool)
                self._pool = None
            retiring, self._retiring = self._retiring, []
        self._room.close()
        self._budget.end(self._share)
        for answer in pending:
            answer.cancel()
        for thread in retiring:
            thread.join()

    def _submit(self, task: Callable[[], T]) -> Future[T]:
        job = _Job(task, Future(), self._ordinary)
        with self._lock:
            if self._closed:
                job.answer.cancel()
                return job.answer
            self._pending.add(job.answer)
        self._room.enter(job)
        return job.answer

    def _run(self, job: _Job) -> None:
        """Give a job to the processes: there is room for it."""
        with self._lock:
            if self._closed or job.answer.cancelled():
                self._budget.give_back(self._share, job.need)
                job.answer.cancel()
                return
            if self._pool is not None and not self._pool.active:
                self._retire(self._pool)
                self._pool = None
            if self._pool is None:
                self._pool = _start_pool(self.workers, self._niceness)
            job.since = time.monotonic()
            try:
                running: Future[Any] = self._pool.schedule(
                    run_task,
                    args=(job.task, self._timeout, job.need.bytes),
                    kwargs={"tidy": job.need.bytes > self._ordinary.bytes},
                    timeout=self._timeout,
                )
            except (OSError, BrokenProcessPool):  # out of files, processes or memory
                log.info("the decoders cannot be started", exc_info=True)
                self._retire(self._pool)
                self._pool = None
                running = Future()
                running.set_exception(BrokenProcessPool())
                job.attempts = 0
        job.answer.add_done_callback(lambda done: running.cancel() if done.cancelled() else None)
        running.add_done_callback(partial(self._done, job))

    def _done(self, job: _Job, done: Future[Any]) -> None:
        """A process answered, or did not: try again where the photo is not to blame for it."""
        error = _error_of(done)
        blameless = isinstance(error, BrokenProcessPool) or (
            isinstance(error, TimeoutError) and time.monotonic() - job.since < self._timeout
        )
        if blameless and job.attempts > 1 and not job.answer.cancelled():
            # A process that had nothing to do was killed, or the computer slept meanwhile.
            job.attempts -= 1
            self._run(job)
            return
        more = None if job.answer.cancelled() else self._what_it_needs(job.need, error)
        self._budget.give_back(self._share, job.need)
        if more is None:
            self._settle(done, error, job.answer)
            self._room.look()
        else:
            job.need = more
            self._room.enter(job)

    def _what_it_needs(self, need: Need, error: BaseException | None) -> Need | None:
        """What to try a task with once more, of which `need` was too little; None: it is done."""
        if isinstance(error, NeedsMemoryError):
            if error.needed is not None:
                return replace(need, bytes=max(error.needed, need.bytes + 1))
            # It ran out: it needs more than its header says.
            grown = min(_GROWTH * need.bytes, self._budget.most())
            return Need(grown, alone=True) if grown > need.bytes else None
        if error is not None and _killed(error) and not need.alone:
            return replace(need, alone=True)
        return None

    def _refuse(self, job: _Job, error: PhotoError) -> None:
        """A job has waited in vain."""
        self._settle(None, error, job.answer)

    def _settle(
        self, done: Future[Any] | None, error: BaseException | None, answer: Future[Any]
    ) -> None:
        """Hand over what a process answered, or say why it did not."""
        if isinstance(error, CancelledError):
            answer.cancel()
        with self._lock:
            self._pending.discard(answer)
        if not answer.set_running_or_notify_cancel():
            return
        if error is not None:
            answer.set_exception(self._reason(error))
        elif done is not None:
            answer.set_result(done.result(timeout=0))

    def _reason(self, error: BaseException) -> SouvenirError:
        if isinstance(error, PhotoError):
            return error
        if isinstance(error, BrokenProcessPool):
            return SouvenirError(
                "The processes that decode photos cannot be started: close other programs, then "
                "index again."
            )
        if isinstance(error, TimeoutError):
            return PhotoError(
                f"The decoder took longer than {self._timeout:g} seconds and was stopped."
            )
        if _killed(error):
            return PhotoError(
                "The system ended the decoder of this file, most likely for want of memory: close "
                "other programs, then retry."
            )
        if isinstance(error, ProcessExpired):
            return PhotoError("The decoder crashed on this file.")
        log.error("A decoder failed in a way that is not foreseen", exc_info=error)
        return PhotoError("Souvenir failed on this file; its log tells more.")

    def _retire(self, pool: ProcessPool, *, at_once: bool = True) -> None:
        """End a pool on a thread of its own: it may be one of the pool's threads that asks."""

        def end() -> None:
            if at_once:
                pool.stop()  # type: ignore[no-untyped-call]
            else:
                pool.close()  # type: ignore[no-untyped-call]
            pool.join()

        thread = threading.Thread(target=end, name="souvenir-retire-decoders")
        thread.start()
        self._retiring = [*(each for each in self._retiring if each.is_alive()), thread]


def _error_of(done: Future[Any]) -> BaseException | None:
    try:
        return done.exception(timeout=0)
    except CancelledError as error:
        return error


def _killed(error: BaseException) -> bool:
    """Whether somebody killed the decoder, as the system does when there is no memory left."""
    killed = getattr(signal, "SIGKILL", None)
    return isinstance(error, ProcessExpired) and killed is not None and error.exitcode == -killed


def _start_pool(workers: int, niceness: int) -> ProcessPool:
    return ProcessPool(
        max_workers=workers,
        max_tasks=_FILES_PER_PROCESS,
        initializer=start_decoder,
        initargs=(niceness,),
        context=clean_context(),
    )
