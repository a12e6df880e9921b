"""Full pictures of any format for the viewer, decoded in processes of their own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, wait
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from core.imaging.budget import MemoryBudget
from core.imaging.picture import Area, Picture, forget_picture, picture_part, whole_picture
from core.imaging.picture_frames import Frame, Frames, picture_frames

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.imaging.model_input import ModelInput
    from core.imaging.pool import DecodePool
    from core.imaging.reading import PhotoReading

__all__ = ["Area", "Frame", "Frames", "Picture", "Pictures"]

T = TypeVar("T")

# Somebody waits for these: one for what is looked at, one for what comes next.
_WORKERS = 2
_TIMEOUT_SECONDS = 60
# What a photo of 24 megapixels takes that fills a large screen, so that it need not ask for more.
_ORDINARY_BYTES = 448 << 20
# A decoder that is asked to stop is killed, and its successor takes as long to start.
_PATIENCE_SECONDS = 0.25


def _never() -> bool:
    return False


class Pictures:
    """Reads pictures; every method blocks and may be called from any thread.

    They raise PhotoError with the reason when a file cannot be shown, and return None once
    `cancelled` says so. What memory they need comes out of `budget`, which others share. Nothing is
    started before the first call or `start`.
    """

    def __init__(self, budget: MemoryBudget | None = None) -> None:
        self._budget = budget or MemoryBudget()
        self._lock = threading.Lock()
        self._wholes: DecodePool | None = None
        self._details: DecodePool | None = None
        self._closed = False

    def start(self) -> None:
        """Start what reads whole photos, so that the first one need not wait for it."""
        self._for_wholes().start()

    def whole(
        self, path: Path, width: int, height: int, cancelled: Callable[[], bool] = _never
    ) -> Picture | None:
        """The whole photo, to fit into `width` × `height` pixels, never enlarged."""
        task = partial(whole_picture, path, max(1, width), max(1, height))
        return _answer(self._for_wholes().run(task), cancelled)

    def readings(self, paths: Sequence[Path], model_input: ModelInput) -> Iterator[PhotoReading]:
        """What a model looks at in photos that are in no library, in order. Raises PhotoError."""
        pool = self._for_wholes()
        answers = [pool.read(path, model_input, None) for path in paths]
        try:
            for answer in answers:
                yield answer.result()
        finally:
            for answer in answers:
                answer.cancel()

    def part(
        self,
        path: Path,
        area: Area,
        reduction: int = 1,
        cancelled: Callable[[], bool] = _never,
    ) -> Picture | None:
        """The part within `area` (pixels of the upright photo), made `reduction` times smaller.

        The photo stays decoded in the decoder's process until another one is asked for, or
        `forget`.
        """
        task = partial(picture_part, path, area, max(1, reduction))
        return _answer(self._for_details().run(task), cancelled)

    def frames(
        self,
        path: Path,
        first: int,
        width: int,
        height: int,
        cancelled: Callable[[], bool] = _never,
    ) -> Frames | None:
        """Some frames of an animation from the one numbered `first`, to fit into a size."""
        task = partial(picture_frames, path, first, max(1, width), max(1, height))
        return _answer(self._for_details().run(task), cancelled)

    def forget(self) -> None:
        """Give back the memory of the photo whose parts were looked at."""
        with self._lock:
            details = self._details
        if details is not None:
            details.run(forget_picture)

    def close(self) -> None:
        """Stop the decoders."""
        with self._lock:
            self._closed = True
            pools = [pool for pool in (self._wholes, self._details) if pool is not None]
        for pool in pools:
            pool.close()

    def _for_wholes(self) -> DecodePool:
        with self._lock:
            if self._wholes is None:
                self._wholes = self._started(_WORKERS)
            return self._wholes

    def _for_details(self) -> DecodePool:
        with self._lock:
            if self._details is None:
                self._details = self._started(1)
            return self._details

    def _started(self, workers: int) -> DecodePool:
        # Only now: nothing is looked at yet when the window opens.
        from core.imaging.pool import DecodePool

        pool = DecodePool(
            workers,
            budget=self._budget,
            timeout=_TIMEOUT_SECONDS,
            ordinary_bytes=_ORDINARY_BYTES,
            niceness=0,
            ahead=True,
        )
        if self._closed:
            pool.close()
        return pool


def _answer(future: Future[T], cancelled: Callable[[], bool]) -> T | None:
    while not future.done():
        if not wait([future], timeout=_PATIENCE_SECONDS).done and cancelled():
            future.cancel()
    try:
        return future.result()
    except CancelledError:
        return None
