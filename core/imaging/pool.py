"""Decoders in processes of their own: one that crashes or hangs loses that one file only."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from core.errors import PhotoError, SouvenirError
from core.imaging.decoder_process import ready, run_task, start_decoder
from core.imaging.model_input import ModelInput
from core.imaging.processes import clean_context
from core.imaging.reading import PhotoReading, hash_file, read_photo

T = TypeVar("T")
log = logging.getLogger(__name__)

MEMORY_BYTES = 3 << 30
_NICENESS = 5
# Decoders leak a little; a fresh process now and then costs milliseconds.
_FILES_PER_PROCESS = 2000
_ATTEMPTS = 3  # of starting the decoders, when they end for reasons of their own


class DecodePool:
    """Reads photos in `workers` processes, started at the first call. Safe from any thread.

    A file that takes longer than `timeout` seconds, crashes its decoder or needs more than
    `memory_bytes` fails with PhotoError; every other file is read. How many files are under way
    is the caller's choice. `niceness`: how far the processes stand back for others, 0 to 19.
    """

    def __init__(
        self,
        workers: int,
        *,
        timeout: float = 60,
        memory_bytes: int = MEMORY_BYTES,
        niceness: int = _NICENESS,
    ) -> None:
        self.workers = workers
        self._timeout = timeout
        self._memory_bytes = memory_bytes
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
        for answer in pending:
            answer.cancel()
        for thread in retiring:
            thread.join()

    def _submit(self, task: Callable[[], T]) -> Future[T]:
        answer: Future[T] = Future()
        self._schedule(task, answer, _ATTEMPTS)
        return answer

    def _schedule(self, task: Callable[[], T], answer: Future[T], attempts: int) -> None:
        with self._lock:
            if self._closed:
                answer.cancel()
                return
            if self._pool is not None and not self._pool.active:
                self._retire(self._pool)
                self._pool = None
            if self._pool is None:
                self._pool = _start_pool(self.workers, self._memory_bytes, self._niceness)
            since = time.monotonic()
            try:
                running: Future[T] = self._pool.schedule(
                    run_task, args=(task, self._timeout), timeout=self._timeout
                )
            except (OSError, BrokenProcessPool):  # out of files, processes or memory
                log.info("the decoders cannot be started", exc_info=True)
                self._retire(self._pool)
                self._pool = None
                answer.set_exception(self._reason(BrokenProcessPool()))
                return
            self._pending.add(answer)
        answer.add_done_callback(lambda done: running.cancel() if done.cancelled() else None)

        def settle(done: Future[T]) -> None:
            error = _error_of(done)
            blameless = isinstance(error, BrokenProcessPool) or (
                isinstance(error, TimeoutError) and time.monotonic() - since < self._timeout
            )
            if blameless and attempts > 1 and not answer.cancelled():
                # A process that had nothing to do was killed, or the computer slept meanwhile.
                self._schedule(task, answer, attempts - 1)
            else:
                self._settle(done, error, answer)

        running.add_done_callback(settle)

    def _settle(self, done: Future[T], error: BaseException | None, answer: Future[T]) -> None:
        """Hand over what a process answered, or say why it did not."""
        if isinstance(error, CancelledError):
            answer.cancel()
        with self._lock:
            self._pending.discard(answer)
        if not answer.set_running_or_notify_cancel():
            return
        if error is None:
            answer.set_result(done.result(timeout=0))
        else:
            answer.set_exception(self._reason(error))

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


def _start_pool(workers: int, memory_bytes: int, niceness: int) -> ProcessPool:
    return ProcessPool(
        max_workers=workers,
        max_tasks=_FILES_PER_PROCESS,
        initializer=start_decoder,
        initargs=(memory_bytes, niceness),
        context=clean_context(),
    )
