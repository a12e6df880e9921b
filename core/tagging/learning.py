"""What a label learns from corrections: a small head over frozen embeddings, its words the prior.

Log-odds are those of the words, plus what the corrections say: a Gaussian process over embeddings,
fitted by penalised logistic regression (Rasmussen and Williams 2006, algorithm 3.1). Its kernel is
a linear one, which reaches across the library, and a radial one, which reaches only photos that
look alike: many a label fits photos of several kinds, and no line through embeddings parts them
from the rest. Three things keep a few corrections from spoiling what the words know:

- The words' log-odds are off for many a label as a whole. An offset and a slope, nearly free, take
  that up first; else it would be laid to whatever the corrected photos have in common.
- Photos that stand for the library count as "no", a little: nearly no photo fits a given label.
- How far corrections reach, and how loudly they speak, is not chosen but averaged, each way by how
  likely it makes the answers (MacKay 1992, "Bayesian Interpolation"); that there is nothing to be
  learned beyond the words is one of the ways.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STRENGTHS = (0.5, 4.0)
"""Variances of the log-odds that corrections may add."""

_LINEAR = 0.15
"""The linear kernel's share; the radial one has the rest."""
_REACHES = (4.0, 20.0)
"""How quickly the radial kernel falls: exp(-reach / 2 · d²), with d in the library's own spread."""
_FREE_OFFSET, _FREE_SLOPE = 100.0, 0.3
_OFFSET = 0.25  # the same once the rest is known, for what relevance then says
_STEPS = 20
_OTHERS, _OTHERS_WEIGHT = 32, 200.0  # photos that stand for the library, their weight together
_MOST = 400  # the latest corrections count; solving for more would take too long
SUPPORTS = 32
"""Corrected photos that others are compared with, at most: each costs time for every photo."""
_BLOCK = 4096  # photos; what is worked out of them fits into the processor's cache


@dataclass(frozen=True, eq=False)
class Head:
    """What was learned, on embeddings less the library's `mean`, (dim,), over its `unit`.

    `weights`, (dim,), `supports`, (n, dim), and for each reach of the radial kernel `duals`, (n,),
    are what the corrections add, and `offset`.
    """

    weights: NDArray[np.float32]
    supports: NDArray[np.float32]
    duals: dict[float, NDArray[np.float32]]
    mean: NDArray[np.float32]
    unit: float
    offset: float

    def corrected(
        self, prior: NDArray[np.float32], vectors: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Log-odds after learning, (n,), from those of the words alone, (n,)."""
        found: NDArray[np.float32] = prior + np.float32(self.offset) + self.added(vectors)
        return found

    def added(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """What the corrections add to the log-odds of photos of these unit vectors: (n,)."""
        # All products with the photos at once, some photos at a time: reading them takes the time.
        columns = np.vstack([self.weights, self.mean, self.supports]) / np.float32(self.unit)
        centre = columns @ self.mean
        own = centre[2:] + 0.5 * np.square(self.supports).sum(axis=1)
        length = np.float32((1.0 + self.mean @ self.mean) / self.unit)
        found = np.empty(len(vectors), np.float32)
        for start in range(0, len(vectors), _BLOCK):
            photos = slice(start, start + _BLOCK)
            products = columns @ vectors[photos].T
            near = products[2:]
            near -= np.float32(0.5 / self.unit) * (length - 2.0 * products[1])
            near -= own[:, None]
            found[photos] = products[0] - centre[0]
            for reach, duals in self.duals.items():
                alike = np.multiply(near, np.float32(reach))
                found[photos] += duals @ np.exp(alike, out=alike)
        return found


def learn(
    vectors: NDArray[np.float32],
    fits: NDArray[np.bool_],
    prior: NDArray[np.float32],
    others: NDArray[np.float32],
    others_prior: NDArray[np.float32],
    *,
    rare: bool = True,
) -> Head | None:
    """Learn from corrected photos: vectors (n, dim), whether the label fits, log-odds by its words.

    `others`: photos that stand for the library, and theirs. `rare`: nearly none of those fit, which
    does not hold in a group, where every photo fits some label. None where there is nothing to
    learn.
    """
    if len(vectors) == 0:
        return None
    vectors, fits, prior = vectors[-_MOST:], fits[-_MOST:], prior[-_MOST:]
    some = slice(None, None, max(1, len(others) // _OTHERS)) if rare else slice(0)
    mean = others.mean(axis=0)
    # The unit in which embeddings spread here, so that numbers mean the same for any model.
    unit = float(np.sqrt(np.square(others - mean).sum(axis=1).mean())) or 1.0
    seen = (np.concatenate([vectors, others[some]]) - mean) / np.float32(unit)
    start = np.concatenate([prior, others_prior[some]]).astype(np.float64)
    count = len(seen) - len(vectors)
    wanted = np.concatenate([fits.astype(np.float64), np.zeros(count)])
    weight = np.concatenate([np.ones(len(fits)), np.full(count, _OTHERS_WEIGHT / max(count, 1))])
    products = (seen @ seen.T).astype(np.float64)
    lengths = 0.5 * np.diag(products)
    apart = products - lengths[:, None] - lengths[None]
    free = _FREE_OFFSET + _FREE_SLOPE * np.outer(start, start)
    radials = {reach: np.exp(reach * apart) for reach in _REACHES}
    kernels = {
        reach: _LINEAR * products + (1 - _LINEAR) * radial for reach, radial in radials.items()
    }
    duals = _averaged(kernels, free, start, wanted, weight)
    odds = start + sum(kernels[reach] @ dual for reach, dual in duals.items())
    kept = _kept(duals)
    return Head(
        weights=(_LINEAR * sum(duals.values()) @ seen).astype(np.float32),
        supports=seen[kept],
        duals={
            reach: _on_fewer(kept, radials[reach], (1 - _LINEAR) * dual)
            for reach, dual in duals.items()
        },
        mean=mean.astype(np.float32),
        unit=unit,
        offset=_offset(odds[: len(fits)], wanted[: len(fits)]),
    )


def _offset(odds: NDArray[np.float64], wanted: NDArray[np.float64]) -> float:
    """What added to all log-odds makes corrections likely, held near 0.

    A few "no" must not take a label from every photo.
    """
    found = 0.0
    for _ in range(_STEPS):
        chance = _chance(odds + found)
        curve = float((chance * (1 - chance)).sum()) + 1 / _OFFSET
        step = (float((wanted - chance).sum()) - found / _OFFSET) / curve
        found += min(1.0, max(-1.0, step))  # a whole one leaps over the answer where odds are long
    return found


def _averaged(
    kernels: dict[float, NDArray[np.float64]],
    free: NDArray[np.float64],
    start: NDArray[np.float64],
    wanted: NDArray[np.float64],
    weight: NDArray[np.float64],
) -> dict[float, NDArray[np.float64]]:
    """For each reach, dual coefficients of what is learned, the mean over all ways of learning."""
    nothing, _ = _newton(free, start, wanted, weight)
    ways = [
        (reach, strength, *_newton(strength * kernel + free, start, wanted, weight))
        for reach, kernel in kernels.items()
        for strength in _STRENGTHS
    ]
    likely = np.array([nothing, *(each[2] for each in ways)])
    shares = np.exp(likely - likely.max())
    shares /= shares.sum()
    found = {reach: np.zeros(len(start)) for reach in kernels}
    for share, (reach, strength, _, dual) in zip(shares[1:], ways, strict=True):
        found[reach] += share * strength * dual
    return found


def _kept(duals: dict[float, NDArray[np.float64]]) -> NDArray[np.int64]:
    """Which photos seen others are compared with: at most SUPPORTS, those that weigh most."""
    weight = np.sum([np.abs(dual) for dual in duals.values()], axis=0)
    return np.sort(np.argsort(-weight, kind="stable")[:SUPPORTS])


def _on_fewer(
    kept: NDArray[np.int64], radial: NDArray[np.float64], duals: NDArray[np.float64]
) -> NDArray[np.float32]:
    """Duals of those kept that give nearly the same sum over `radial` as those of all.

    The sum of all is projected onto theirs (Schölkopf et al. 1999, "Input space versus feature
    space in kernel-based methods", section IV).
    """
    inner = radial[np.ix_(kept, kept)] + 1e-6 * np.eye(len(kept))
    return np.linalg.solve(inner, radial[kept] @ duals).astype(np.float32)


def _newton(
    kernel: NDArray[np.float64],
    start: NDArray[np.float64],
    wanted: NDArray[np.float64],
    weight: NDArray[np.float64],
) -> tuple[float, NDArray[np.float64]]:
    """Log marginal likelihood by Laplace, and dual coefficients, of kernel logistic regression.

    Rasmussen and Williams 2006, algorithm 3.1. There `start` is the prior mean of the latent
    function, here the words' log-odds.
    """
    dual = np.zeros(len(start))
    function = np.zeros(len(start))
    best = _penalised(dual, function, start, wanted, weight)
    for _ in range(_STEPS):
        chance = _chance(start + function)
        curve = np.maximum(weight * chance * (1 - chance), 1e-6)
        root = np.sqrt(curve)
        towards = curve * function + weight * (wanted - chance)
        inner = np.eye(len(start)) + root[:, None] * kernel * root[None]
        step = towards - root * np.linalg.solve(inner, root * (kernel @ towards)) - dual
        along = kernel @ step
        # Where the words are far off, a whole step leaps over the answer: half of it, and half...
        for share in (1.0, 0.5, 0.25, 0.125, 0.0625, 0.03125):
            there = dual + share * step, function + share * along
            value = _penalised(*there, start, wanted, weight)
            if value > best:
                break
        else:
            break
        gained, best = value - best, value
        dual, function = there
        if gained < 1e-4:
            break
    chance = _chance(start + function)
    root = np.sqrt(np.maximum(weight * chance * (1 - chance), 1e-6))
    inner = np.eye(len(start)) + root[:, None] * kernel * root[None]
    return best - 0.5 * float(np.linalg.slogdet(inner)[1]), dual


def _penalised(
    dual: NDArray[np.float64],
    function: NDArray[np.float64],
    start: NDArray[np.float64],
    wanted: NDArray[np.float64],
    weight: NDArray[np.float64],
) -> float:
    """What is made as large as possible: log-likelihood less half the squared norm."""
    odds = start + function
    likely = wanted * odds - np.logaddexp(0.0, odds)
    return float((weight * likely).sum() - 0.5 * dual @ function)


def _chance(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = 1.0 / (1.0 + np.exp(-np.clip(logits, -30, 30)))
    return found
