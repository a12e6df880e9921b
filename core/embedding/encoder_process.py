"""The encoder in a process of its own.

Loading torch holds the interpreter for hundreds of milliseconds at a time, and a driver that fails
takes its process along: neither happens to the window, and the memory is given back at the end.
"""

from __future__ import annotations

import logging
import multiprocessing
import sys
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.embedding.devices import DeviceChoice
from core.embedding.encoder import Encoder, load_encoder
from core.embedding.models import Model
from core.embedding.offline import stay_offline
from core.errors import ModelError, SouvenirError
from core.imaging.processes import clean_context, settle_in

log = logging.getLogger(__name__)

Floats = NDArray[np.float32]
MEMORY_BYTES = 32 << 20  # shared with the process; what a batch does not use is never taken
POLL_SECONDS = 0.05
END_SECONDS = 5.0


class EncoderCrashError(ModelError):
    """The process ended without an answer: the driver, or the system for want of memory."""


@dataclass(frozen=True)
class _Pictures:
    """Embed the first `count` model inputs in the shared memory."""

    count: int


@dataclass(frozen=True)
class _Texts:
    texts: tuple[str, ...]


@dataclass(frozen=True)
class _Threads:
    """Compute on so many threads from now on; 0: as many as torch would by itself."""

    count: int


@dataclass(frozen=True)
class _Ready:
    device: DeviceChoice
    batch_size: int


class EncoderProcess:
    """An encoder that is loaded, and works, in another process. For one thread at a time.

    Making one blocks until the model is loaded, or `cancelled` says that nobody wants it any more
    (CancelledError). Raises ModelError; EncoderCrashError, from every method too, when the process
    ended by itself.
    """

    def __init__(
        self,
        model: Model,
        *,
        device: str = "auto",
        cache: Path | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        side = model.model_input.size
        most = max(1, MEMORY_BYTES // (3 * side**2))
        context = process_context()
        try:
            self._connection, theirs = context.Pipe()
            self._memory = SharedMemory(create=True, size=most * 3 * side**2)
        except OSError as error:
            raise ModelError(
                f"The program that embeds photos cannot be started ({error.strerror}): close other "
                "programs, then index again."
            ) from error
        self._inputs = np.ndarray((most, side, side, 3), np.uint8, self._memory.buf)
        self._process = context.Process(
            target=_serve,
            args=(theirs, self._memory.name, model, device, cache),
            name="souvenir-encoder",
            daemon=True,
        )
        try:
            self._process.start()
            theirs.close()
            ready: _Ready = self._answer(cancelled)
        except BaseException:
            if self._process.pid is not None:
                self._process.kill()
            self.close()
            raise
        finally:
            self._memory.unlink()  # both have it open: now nothing is left if both are killed
        self.device = ready.device
        self.batch_size = min(ready.batch_size, most)

    def encode_images(self, batch: NDArray[np.uint8]) -> Floats:
        """Embed model inputs, uint8 (n, size, size, 3): float32 (n, dim), rows of length 1."""
        found = []
        for start in range(0, len(batch), len(self._inputs)):
            part = batch[start : start + len(self._inputs)]
            self._inputs[: len(part)] = part
            found.append(self._ask(_Pictures(len(part))))
        rows: Floats = np.concatenate(found)
        return rows

    def encode_texts(self, texts: Sequence[str]) -> Floats:
        """Embed texts: float32 (n, dim), rows of length 1."""
        rows: Floats = self._ask(_Texts(tuple(texts)))
        return rows

    def use_threads(self, count: int) -> None:
        """Compute on so many threads from now on; 0: as many as torch would by itself."""
        self._ask(_Threads(count))

    def close(self) -> None:
        """End the process, and give back what it had."""
        self._connection.close()  # it ends when nobody can ask it any more
        if self._process.pid is not None:
            self._process.join(END_SECONDS)
            if self._process.exitcode is None:
                self._process.kill()
                self._process.join()
            self._process.close()
        del self._inputs
        self._memory.close()

    def _ask(self, request: _Pictures | _Texts | _Threads) -> Any:
        try:
            self._connection.send(request)
        except OSError as error:
            raise self._crash() from error
        return self._answer()

    def _answer(self, cancelled: Callable[[], bool] | None = None) -> Any:
        """What the process says; an exception is raised here."""
        try:
            while cancelled is not None and not self._connection.poll(POLL_SECONDS):
                if cancelled():
                    raise CancelledError
            answer = self._connection.recv()
        except (EOFError, OSError) as error:
            raise self._crash() from error
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def _crash(self) -> EncoderCrashError:
        self._process.join(END_SECONDS)
        code = self._process.exitcode
        log.error("the encoder's process ended with exit code %s", code)
        return EncoderCrashError(
            "The program that embeds photos stopped unexpectedly: close other programs if memory "
            "is short, or choose the CPU or a smaller model in the settings."
        )


def process_context() -> Any:
    """How processes that load models are started.

    Apple's GPU cannot be used in a process that was only forked.
    """
    return multiprocessing.get_context("spawn") if sys.platform == "darwin" else clean_context()


def _serve(
    connection: Connection, memory: str, model: Model, device: str, cache: Path | None
) -> None:
    """The process: load, then answer until nobody can ask any more."""
    settle_in(0)
    stay_offline()
    shared = SharedMemory(memory)
    encoder: Encoder | None = None
    try:
        encoder = load_encoder(model, device=device, cache=cache)
        ready: object = _Ready(encoder.device, encoder.batch_size)
    except Exception as error:
        ready = _sendable(error)
    with suppress(EOFError, OSError):  # nobody asks any more
        connection.send(ready)
        while encoder is not None:
            request = connection.recv()
            try:
                answer: object = _do(encoder, request, shared)
            except Exception as error:
                answer = _sendable(error)
            connection.send(answer)


def _do(encoder: Encoder, request: object, shared: SharedMemory) -> Floats | None:
    match request:
        case _Pictures(count):
            side = encoder.model.model_input.size
            inputs = np.ndarray((count, side, side, 3), np.uint8, shared.buf)
            return encoder.encode_images(inputs)
        case _Texts(texts):
            return encoder.encode_texts(texts)
        case _Threads(count):
            encoder.use_threads(count)
    return None


def _sendable(error: Exception) -> Exception:
    """Our own errors as they are; of any other, what it says, for the log of who asked."""
    if isinstance(error, SouvenirError):
        return error
    return RuntimeError("".join(traceback.format_exception(error)))
