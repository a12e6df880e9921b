"""The ruler that all labels of a library are measured by: its everyday descriptions and photos.

It is core.search.calibration's, held still: searches calibrate anew whenever a photo comes, while
relevances that are kept must go on meaning the same. It is made again when the library has grown by
half since, and then every photo is judged again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from core.catalog.label_scores import keep_notes, note
from core.search.calibration import Calibration, calibrate
from core.search.prompts import SAMPLE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.catalog.catalogue import Catalogue
    from core.search.prompts import Prompts
    from core.tagging.photos import PhotoVectors

_GROWN = 1.5


@dataclass(frozen=True, eq=False)
class Ruler:
    """`sample`: photos that stand for the library, float32 (n, dim). `made_of`: photos it had.

    `mark` tells two rulers apart.
    """

    calibration: Calibration
    sample: NDArray[np.float32]
    made_of: int
    mark: str

    def levels(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """How well everyday descriptions fit photos, (n, dim): (n,), see Calibration."""
        return self.calibration.level(vectors).astype(np.float32)

    @cached_property
    def sample_levels(self) -> NDArray[np.float32]:
        """The levels of the sample, (n,): each label asks for them."""
        return self.levels(self.sample)

    @cached_property
    def described(self) -> NDArray[np.float32]:
        """Evidence for each of the sample of the everyday description that fits it best: (n,)."""
        return self.calibration.best_evidence(self.sample)


def make_ruler(background: NDArray[np.float32], sample: NDArray[np.float32], photos: int) -> Ruler:
    """Make one of `sample`, which has at least one photo; it is rounded as it will be kept."""
    kept = sample.astype(np.float16).astype(np.float32)
    return Ruler(calibrate(background, kept), kept, photos, _mark(background, kept))


def _mark(background: NDArray[np.float32], sample: NDArray[np.float32]) -> str:
    return hashlib.sha256(sample.tobytes() + background.tobytes()).hexdigest()[:16]


def ruler_of(
    catalogue: Catalogue,
    model_key: str,
    prompts: Prompts,
    photos: PhotoVectors,
    known: Ruler | None = None,
) -> Ruler | None:
    """The ruler that was kept, or a new one, which is kept; None while there are no photos.

    `known`: what this gave before, which is given again where it still holds: making one takes
    some milliseconds, and each correction asks for it.
    """
    count = photos.count()
    if count == 0:
        return None
    with catalogue.reader() as c:
        content = note(c, f"ruler {model_key}")
    background = prompts.background()
    kept = None if content is None else _read(content, background, known)
    if kept is not None and kept.made_of / _GROWN <= count <= kept.made_of * _GROWN:
        return kept
    ruler = make_ruler(background, photos.sample(SAMPLE), count)
    if not catalogue.read_only:
        with catalogue.transaction() as tx:
            keep_notes(tx, {f"ruler {model_key}": _written(ruler)})
    return ruler


def _written(ruler: Ruler) -> bytes:
    return ruler.made_of.to_bytes(8, "little") + ruler.sample.astype("<f2").tobytes()


def _read(content: bytes, background: NDArray[np.float32], known: Ruler | None) -> Ruler | None:
    dim = background.shape[1]
    rows = (len(content) - 8) // (2 * dim)
    if rows < 1 or len(content) != 8 + rows * 2 * dim:
        return None
    sample = np.frombuffer(content[8:], "<f2").reshape(rows, dim).astype(np.float32)
    photos = int.from_bytes(content[:8], "little")
    if known and (known.made_of, known.mark) == (photos, _mark(background, sample)):
        return known
    return make_ruler(background, sample, photos)
