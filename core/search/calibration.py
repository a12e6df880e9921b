"""From cosines, which mean another thing for every query and model, to relevance from 0 to 1.

A photo is relevant to a query when the query describes it better than everyday descriptions do.
So for each photo the query competes with the background, as in zero-shot classification:

    e = t·(q·x - a·q·m) - log mean_b exp(t·(b·x - a·b·m))

with photo x, query q, background prompts b, the library's mean photo m, and a temperature t from
the spread of the background's scores over the library. Taking off (half of) the score at the mean
photo removes what a text has in common with all photos: some texts score high everywhere. Evidence
is e in standard deviations above the mean of the background's own e over the library: how unusual
a fit is here. No number in it belongs to a model, so the lines below hold for any.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LINE = 2.1
"""Evidence at which relevance is one half."""
MATCHES = 1.8
"""Evidence at which a photo matches an excluded phrase."""
_SLOPE = 2.0
# Half: a library may well be of one subject, which then is in the mean photo too.
_CENTRING = 0.5
_TEMPERATURE = 1.5
# Among many photos some reach the line by chance. Something is taken to be there only if a few
# photos, or one by far, reach what as many of all photos would by chance, within these bounds.
_FEW = 3
_ALONE = 0.6
_CHANCE = (2.5, 3.2)
_NOT_THERE = 0.45


@dataclass(frozen=True)
class Calibration:
    """`background`, float32 (m, dim); `offsets`, (m,), what is taken off their scores.

    `mean`, (dim,), is the library's mean photo; `usual` and `spread` describe the background's fit.
    """

    background: NDArray[np.float32]
    offsets: NDArray[np.float32]
    mean: NDArray[np.float32]
    temperature: float
    usual: float = 0.0
    spread: float = 1.0

    def evidence(
        self, query: NDArray[np.float32], vectors: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """How unusually well `query`, (dim,), fits photos, (n, dim): (n,) standard deviations."""
        return self.evidence_at(query, vectors, self.level(vectors))

    def evidence_at(
        self,
        query: NDArray[np.float32],
        vectors: NDArray[np.float32],
        level: NDArray[np.float32],
    ) -> NDArray[np.float32]:
        """As `evidence`, where the photos' levels, (n,), are known."""
        ours = self.temperature * (vectors @ query - _CENTRING * (query @ self.mean))
        found: NDArray[np.float32] = ((ours - level - self.usual) / self.spread).astype(np.float32)
        return found

    def level(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """How well the background as a whole fits photos, (n, dim): its log-mean-exp, (n,)."""
        return self._background_fit(vectors)[1]

    def best_evidence(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Evidence of the background prompt that fits each photo, (n, dim), best: (n,)."""
        theirs, level = self._background_fit(vectors)
        found: NDArray[np.float32] = (
            (theirs.max(axis=1) - level - self.usual) / self.spread
        ).astype(np.float32)
        return found

    def against(self, sample: NDArray[np.float32]) -> Calibration:
        """With `usual` and `spread` as they are over `sample`, (n, dim)."""
        theirs, level = self._background_fit(sample)
        fits = theirs - level[:, None]
        return replace(self, usual=float(fits.mean()), spread=max(float(fits.std()), 1e-3))

    def _background_fit(
        self, vectors: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Tempered scores of the background, (n, m), and their log-mean-exp, (n,)."""
        theirs = self.temperature * (vectors @ self.background.T - self.offsets)
        highest = theirs.max(axis=1)
        return theirs, highest + np.log(np.exp(theirs - highest[:, None]).mean(axis=1))


def calibrate(background: NDArray[np.float32], sample: NDArray[np.float32]) -> Calibration:
    """Calibrate on the library: `sample`, float32 (n, dim) with n ≥ 1, of its photos."""
    mean = sample.mean(axis=0)
    spread = float((background @ (sample - mean).T).std())
    offsets = _CENTRING * (background @ mean)
    return Calibration(background, offsets, mean, _TEMPERATURE / max(spread, 1e-3)).against(sample)


def relevances(evidence: NDArray[np.float32], photos: int | None) -> NDArray[np.float32]:
    """Relevance 0…1 of the best of `photos` photos, in order of falling score: (n,), never rising.

    0.5 is the line. Where nothing shows that the thing is there at all, every one is below it;
    `photos` None does not ask that.
    """
    if len(evidence) == 0:
        return np.empty(0, np.float32)
    found = 1.0 / (1.0 + np.exp(-_SLOPE * (falling(evidence) - LINE)))
    if photos is not None and found[0] > _NOT_THERE and not _is_there(evidence, photos):
        found *= _NOT_THERE / found[0]
    result: NDArray[np.float32] = found.astype(np.float32)
    return result


def _is_there(evidence: NDArray[np.float32], photos: int) -> bool:
    """Whether more fits than the best of `photos` photos do by chance."""
    best = np.sort(evidence)[::-1]
    shown = max(float(best[0]) - _ALONE, float(best[_FEW - 1]) if len(best) >= _FEW else -np.inf)
    chance = NormalDist().inv_cdf(1 - min(0.5, _FEW / max(photos, 1)))
    return shown >= float(np.clip(chance, *_CHANCE))


def falling(values: NDArray[np.float32]) -> NDArray[np.float64]:
    """The nearest sequence that never rises (isotonic regression, pool adjacent violators)."""
    means: list[float] = []
    counts: list[int] = []
    for value in values.tolist():
        mean, count = value, 1
        while means and means[-1] < mean:
            before, many = means.pop(), counts.pop()
            mean, count = (mean * count + before * many) / (count + many), count + many
        means.append(mean)
        counts.append(count)
    return np.repeat(np.array(means, np.float64), counts)
