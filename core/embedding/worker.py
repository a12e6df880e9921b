"""The worker: one thread that owns the encoder, where texts overtake photos.

Texts that NumPy can embed do not wait for it at all: they are embedded on the thread that asks.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from core.embedding.devices import DeviceChoice
from core.embedding.encoder import batch_size
from core.embedding.encoder_process import EncoderCrashError, EncoderProcess
from core.embedding.models import Model
from core.embedding.text import NumpyTextEncoder, numpy_text_encoder
from core.imaging.budget import MemoryBudget

Floats = NDArray[np.float32]
ROOM_SECONDS, MOST_ROOM_SECONDS = 0.05, 20.0  # between two looks, and in all
# What loading takes beside the weights, and how often these are in memory meanwhile.
PROGRAM_BYTES, COPIES = 400_000_000, 2.2
RELOAD_SECONDS = 20.0  # after a failure: what it lacked may be there by then


def loading_bytes(model: Model) -> int:
    """Bytes of memory that the encoder of a model takes while it is loaded, roughly."""
    try:
        weights = model.weights.stat().st_size
    except OSError:  # loading says what is wrong with it
        weights = 0
    return int(PROGRAM_BYTES + COPIES * weights)


class LoadedEncoder(Protocol):
    """A model on a device: EncoderProcess, or in tests something quicker."""

    @property
    def device(self) -> DeviceChoice:
        """Where it computes."""

    @property
    def batch_size(self) -> int:
        """How many photos to embed at once."""

    def encode_images(self, batch: NDArray[np.uint8]) -> Floats:
        """Embed model inputs, uint8 (n, size, size, 3): float32 (n, dim), rows of length 1."""

    def encode_texts(self, texts: Sequence[str]) -> Floats:
        """Embed texts: float32 (n, dim), rows of length 1."""

    def use_threads(self, count: int) -> None:
        """Compute on so many threads from now on; 0: as many as there are."""

    def close(self) -> None:
        """Give back what it has."""


class Job(NamedTuple):
    """What is to be done with the encoder, and who waits for it."""

    run: Callable[[LoadedEncoder], Floats]
    answer: Future[Floats]


class EmbeddingWorker:
    """Embeds on a thread of its own, which starts, and loads the model, at the first need.

    `on_device` is called on that thread once the device is known. A model that cannot be loaded
    fails every job with the same ModelError; some time later it is tried again. An encoder that
    crashes is started anew for the same job, once. While it is loaded, decoders that share `budget`
    leave it the memory that it needs. Safe from any thread.
    """

    def __init__(
        self,
        model: Model,
        *,
        device: str = "auto",
        on_device: Callable[[DeviceChoice], None] | None = None,
        cache: Path | None = None,
        load: Callable[..., LoadedEncoder] = EncoderProcess,
        budget: MemoryBudget | None = None,
    ) -> None:
        self.model = model
        self.device: DeviceChoice | None = None
        self.batch_size = batch_size(model, "cpu")  # until the device is known
        self._wanted = device
        self._on_device = on_device
        self._cache = cache
        self._load = load
        self._budget = budget or MemoryBudget()
        self._texts: deque[Job] = deque()
        self._photos: deque[Job] = deque()
        self._changed = threading.Condition()
        self._paused = False
        self._closed = False
        self._threads = 0
        self._told_threads = 0
        self._encoder: LoadedEncoder | None = None  # the thread's own
        self._failure: Exception | None = None
        self._failed_at = 0.0
        self._thread: threading.Thread | None = None
        self._reading = threading.Lock()
        self._numpy: NumpyTextEncoder | None = None
        self._numpy_known = False

    def start(self) -> None:
        """Load the model now, not at the first need."""
        with self._changed:
            self._ensure_thread()

    def encode_images(self, batch: NDArray[np.uint8]) -> Future[Floats]:
        """Embed model inputs, uint8 (n, size, size, 3): float32 (n, dim), rows of length 1."""
        return self._enqueue(self._photos, lambda encoder: encoder.encode_images(batch))

    def encode_texts(self, texts: Sequence[str]) -> Future[Floats]:
        """Embed texts: float32 (n, dim), rows of length 1. Overtakes photos that wait."""
        wanted = list(texts)
        answer: Future[Floats] = Future()
        try:
            tower = self._numpy_tower()
            if tower is None:
                return self._enqueue(self._texts, lambda encoder: encoder.encode_texts(wanted))
            answer.set_result(tower.encode_texts(wanted))
        except Exception as error:
            answer.set_exception(error)
        return answer

    def pause(self) -> None:
        """Leave photos waiting after the batch under way; texts go on."""
        with self._changed:
            self._paused = True

    def resume(self) -> None:
        """Go on with the photos."""
        with self._changed:
            self._paused = False
            self._changed.notify_all()

    def use_threads(self, count: int) -> None:
        """Compute on so many threads of the CPU from the next batch on; 0: on all."""
        self._threads = count

    def close(self) -> None:
        """Cancel what waits, let the batch under way end, join the thread."""
        with self._changed:
            self._closed = True
            waiting = [*self._texts, *self._photos]
            self._texts.clear()
            self._photos.clear()
            self._changed.notify_all()
            thread = self._thread
        for job in waiting:
            job.answer.cancel()
        if thread is not None:
            thread.join()

    def _numpy_tower(self) -> NumpyTextEncoder | None:
        """The text tower that needs no torch, read once; None when this model has none."""
        with self._reading:
            if not self._numpy_known:
                self._numpy = numpy_text_encoder(self.model)
                self._numpy_known = True
            return self._numpy

    def _enqueue(self, queue: deque[Job], run: Callable[[LoadedEncoder], Floats]) -> Future[Floats]:
        job = Job(run, Future())
        with self._changed:
            if self._closed:
                job.answer.cancel()
                return job.answer
            queue.append(job)
            self._ensure_thread()
            self._changed.notify_all()
        return job.answer

    def _ensure_thread(self) -> None:
        if self._thread is None and not self._closed:
            self._thread = threading.Thread(target=self._work, name="embedding")
            self._thread.start()

    def _work(self) -> None:
        """The thread: load, then take one job after another until closed."""
        with suppress(Exception):  # every job will be told
            self._loaded()
        while (job := self._next()) is not None:
            if not job.answer.set_running_or_notify_cancel():
                continue
            try:
                job.answer.set_result(self._run(job))
            except Exception as error:
                if isinstance(error, EncoderCrashError):
                    self._unload()
                job.answer.set_exception(error)
            del job
        self._unload()

    def _run(self, job: Job) -> Floats:
        """Do a job; an encoder that crashes on it gets a second chance."""
        try:
            return job.run(self._loaded())
        except EncoderCrashError:
            self._unload()
            if self._failure is not None:  # it did not even get as far as the job
                raise
        return job.run(self._loaded())

    def _loaded(self) -> LoadedEncoder:
        """The encoder, loaded if it is not; raises why that failed, then and for a while after."""
        if self._encoder is None:
            if self._failure is not None and time.monotonic() - self._failed_at < RELOAD_SECONDS:
                raise self._failure
            needed = loading_bytes(self.model)
            self._budget.keep(self, needed)
            try:
                self._wait_for_room()
                self._encoder = self._load(
                    self.model,
                    device=self._wanted,
                    cache=self._cache,
                    cancelled=lambda: self._closed,
                )
            except Exception as error:
                self._failed_at = time.monotonic()
                self._failure = error
                raise
            finally:
                self._budget.keep(self, 0)  # what it has is not free any more
            self._failure = None
            self._told_threads = 0
            self.batch_size = self._encoder.batch_size
            self.device = self._encoder.device
            if self._on_device is not None:
                self._on_device(self._encoder.device)
        if self._told_threads != self._threads:
            self._told_threads = self._threads
            self._encoder.use_threads(self._told_threads)
        return self._encoder

    def _wait_for_room(self) -> None:
        """Let decoders that are at work make room; what is short then, waiting does not mend."""
        begun = time.monotonic()
        while not self._closed and not self._budget.idle and self._budget.lacks():
            if time.monotonic() - begun >= MOST_ROOM_SECONDS:
                return
            time.sleep(ROOM_SECONDS)

    def _unload(self) -> None:
        if self._encoder is not None:
            self._encoder.close()
            self._encoder = None

    def _next(self) -> Job | None:
        """The next job, texts first; waits for one, None once closed."""
        with self._changed:
            while not self._closed:
                if self._texts:
                    return self._texts.popleft()
                if self._photos and not self._paused:
                    return self._photos.popleft()
                self._changed.wait()
            return None
