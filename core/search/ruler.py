"""The ruler that photos of a library are measured by under one model, in searches and labels alike.

It is made of some of the library's photos and then held still, so that a relevance goes on to mean
the same whatever photos come. Only while it was made of fewer than SAMPLE photos is it made again,
when there are half as many more.
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from core.catalog.label_scores import keep_notes, note
from core.search.calibration import Calibration, calibrate

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from core.catalog.catalogue import Catalogue

SAMPLE = 500
"""Photos that stand for the library, at most."""
_GROWN = 1.5


@dataclass(frozen=True, eq=False)
class Ruler:
    """`sample`: photos that stand for the library, float32 (n, dim) with n ≥ 1."""

    calibration: Calibration
    sample: NDArray[np.float32]

    @cached_property
    def mark(self) -> str:
        """What tells this ruler from others."""
        background = self.calibration.background
        return hashlib.sha256(self.sample.tobytes() + background.tobytes()).hexdigest()[:16]

    def holds_for(self, photos: int) -> bool:
        """Whether one made of so many photos would be no better."""
        return len(self.sample) >= SAMPLE or photos < _GROWN * len(self.sample)


def make_ruler(background: NDArray[np.float32], sample: NDArray[np.float32]) -> Ruler:
    """Make one of `sample`, (n, dim) with n ≥ 1; it is rounded as it will be kept."""
    kept = sample.astype(np.float16).astype(np.float32)
    return Ruler(calibrate(background, kept), kept)


class Rulers:
    """The ruler of one model, kept in the catalogue. Safe from any thread.

    `background` gives everyday descriptions, (m, dim), when they are needed.
    """

    def __init__(
        self, catalogue: Catalogue, model_key: str, background: Callable[[], NDArray[np.float32]]
    ) -> None:
        self._catalogue = catalogue
        self._note = f"ruler {model_key}"
        self._background = background
        self._lock = threading.Lock()
        self._ruler: Ruler | None = None

    def of(self, count: int, sample: Callable[[int], NDArray[np.float32]]) -> Ruler | None:
        """The ruler that is held, or one made of the photos there are; None while there are none.

        `count`: how many there are; `sample`: unit vectors of up to so many, (n, dim), from
        everywhere among them.
        """
        if count == 0:
            return None
        with self._lock:
            if self._ruler is None:
                self._ruler = self._kept()
            if self._ruler is None or not self._ruler.holds_for(count):
                some = sample(SAMPLE)
                if len(some) == 0:
                    return None
                self._ruler = make_ruler(self._background(), some)
                self._keep(self._ruler)
            return self._ruler

    def _kept(self) -> Ruler | None:
        with self._catalogue.reader() as c:
            content = note(c, self._note)
        if content is None:
            return None
        background = self._background()
        row = 2 * background.shape[1]
        if len(content) == 0 or len(content) % row:
            return None
        sample = np.frombuffer(content, "<f2").reshape(-1, background.shape[1])
        return make_ruler(background, sample.astype(np.float32))

    def _keep(self, ruler: Ruler) -> None:
        if not self._catalogue.read_only:
            with self._catalogue.transaction() as tx:
                keep_notes(tx, {self._note: ruler.sample.astype("<f2").tobytes()})
