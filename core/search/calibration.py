"""From cosines, which mean another thing for every query and model, to relevance from 0 to 1.

A text fits a photo when it describes that photo better than everyday descriptions do. So for each
photo the text competes with them, as in zero-shot classification (Radford et al. 2021, "Learning
Transferable Visual Models From Natural Language Supervision", section 3.1):

    e = t·q·x - log Σ_b exp(t·b·x)

with photo x, text q, and the everyday descriptions b but for those that mean much the same as q:
"a puppy" is no rival of "dog". Evidence e is log-odds up to a constant, which the line takes off.
It depends on the photo, the text and the model, on no other photo.

The scale t makes cosines of all models alike. It is what spreads the scores of the everyday
descriptions over a photo by TEMPERATURE, on average over the photos of a ruler
(core.search.ruler), which is held still.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

TEMPERATURE = 1.5
"""Deviation of the everyday descriptions' scores over a photo, once they are scaled."""

# Measured by `python -m benchmarks.quality claims`: evidence grows by one where the odds that a
# photo is right grow to 2.5 times, under models of very different strength alike.
LINE = -2.0
"""Evidence at which relevance is one half."""
MATCHES = -2.5
"""Evidence at which a photo matches an excluded phrase."""
_SLOPE = 0.9

# Descriptions whose cosine with a text is so many deviations above what is usual among themselves
# mean much the same as the text.
_ALIKE = 3.0
_LEAST_LEFT = 1e-4  # of all rivals' weight: less would be lost in float32


@dataclass(frozen=True, eq=False)
class Calibration:
    """`background`: everyday descriptions, float32 (m, dim), of length 1. `scale`: t."""

    background: NDArray[np.float32]
    scale: float

    def levels(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """How well all descriptions together fit photos, (n, dim): log Σ_b exp(t·b·x), (n,)."""
        found: NDArray[np.float32] = _log_sum(self.scale * (vectors @ self.background.T))
        return found

    def evidence(
        self,
        query: NDArray[np.float32],
        vectors: NDArray[np.float32],
        levels: NDArray[np.float32] | None = None,
    ) -> NDArray[np.float32]:
        """How well a text, (dim,), fits photos, (n, dim), against its rivals: (n,) float32.

        `levels`: those of the photos, where they are known.
        """
        level = self.levels(vectors) if levels is None else levels
        alike = self.alike(query)
        if len(alike):
            theirs = _log_sum(self.scale * (vectors @ self.background[alike].T))
            left = np.maximum(-np.expm1(theirs - level), _LEAST_LEFT)
            level = level + np.log(left)
        found: NDArray[np.float32] = (self.scale * (vectors @ query) - level).astype(np.float32)
        return found

    def alike(self, query: NDArray[np.float32]) -> NDArray[np.int64]:
        """The descriptions that mean much the same as a text, (dim,): their rows."""
        usual, spread = self._among_themselves
        return np.flatnonzero(self.background @ query > usual + _ALIKE * spread)

    @cached_property
    def _among_themselves(self) -> tuple[float, float]:
        """Mean and deviation of the descriptions' cosines with each other."""
        cosines = self.background @ self.background.T
        others = cosines[~np.eye(len(cosines), dtype=np.bool_)]
        return float(others.mean()), float(others.std())


def calibrate(background: NDArray[np.float32], photos: NDArray[np.float32]) -> Calibration:
    """Find the scale by some photos, float32 (n, dim) with n ≥ 1."""
    spread = float((photos @ background.T).std(axis=1).mean())
    return Calibration(background, TEMPERATURE / max(spread, 1e-6))


def log_odds(evidence: NDArray[np.float32]) -> NDArray[np.float32]:
    """Log-odds that a text fits photos, by its evidence: (n,)."""
    found: NDArray[np.float32] = np.float32(_SLOPE) * (evidence - np.float32(LINE))
    return found


def relevances(evidence: NDArray[np.float32]) -> NDArray[np.float32]:
    """Relevance 0…1 by evidence, (n,); 0.5 is the line."""
    found: NDArray[np.float32] = (1.0 / (1.0 + np.exp(-log_odds(evidence)))).astype(np.float32)
    return found


def _log_sum(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Of each row, (n, m), the logarithm of the sum of exponentials: (n,)."""
    highest = scores.max(axis=1, keepdims=True)
    found: NDArray[np.float32] = highest[:, 0] + np.log(np.exp(scores - highest).sum(axis=1))
    return found
