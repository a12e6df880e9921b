"""What a label learns from corrections: a small head over frozen embeddings, its words the prior.

Log-odds are those of the words, plus what the corrections say: a Gaussian process over embeddings,
fitted by penalised logistic regression (Rasmussen and Williams 2006, algorithm 3.1). Its kernel is
a linear one, which reaches across the library, and a radial one, which reaches only photos that
look alike: many a label fits photos of several kinds, and no line through embeddings parts them
from the rest. Three things keep a few corrections from spoiling what the words know:

- The words' log-odds are off for many a label as a whole. An offset and a slope, nearly free, take
  that up first; else it would be laid to whatever the corrected photos have in common.
- Photos that stand for the library count as "no", a little: nearly no photo fits a given label.
- How far corrections may reach is chosen by how likely that makes them (section 5.5.1 there).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

STRENGTHS = (0.1, 0.5, 2.0)
"""How far corrections may reach: variances of the log-odds that they may add."""

_LINEAR = 0.15
"""The linear kernel's share; the radial one has the rest."""
REACHES = (4.0, 12.0)
"""How quickly the radial kernel falls: exp(-reach / 2 · d²), with d in the library's own spread."""
_FREE_OFFSET, _FREE_SLOPE = 100.0, 0.3
_OFFSET, _SLOPE = 1.0, 0.1  # the same once the rest is known, for what relevance then says
_STEPS = 20
_OTHERS, _OTHERS_WEIGHT = 32, 200.0  # photos that stand for the library, their weight together
_MOST = 400  # the latest corrections count; solving for more would take too long
SUPPORTS = 24
"""Corrected photos that others are compared with, at most: each costs time for every photo."""
_LEAST_SLOPE = 0.1
_BLOCK = 4096  # photos; what is worked out of them fits into the processor's cache


@dataclass(frozen=True, eq=False)
class Head:
    """What was learned, on embeddings less the library's `mean`, (dim,), over its `unit`.

    `weights`, (dim,), `supports`, (n, dim), and `duals`, (n,), with the radial kernel's `reach`,
    are what the corrections add; the words' log-odds are multiplied by `slope`, and `offset` added.
    """

    weights: NDArray[np.float32]
    supports: NDArray[np.float32]
    duals: NDArray[np.float32]
    reach: float
    mean: NDArray[np.float32]
    unit: float
    slope: float
    offset: float

    def corrected(
        self, prior: NDArray[np.float32], vectors: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Log-odds after learning, (n,), from those of the words alone, (n,)."""
        found: NDArray[np.float32] = (
            np.float32(self.slope) * prior + np.float32(self.offset) + self.added(vectors)
        )
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
            near *= np.float32(self.reach)
            np.exp(near, out=near)
            found[photos] = products[0] - centre[0] + self.duals @ near
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
    found = []
    for reach in REACHES:
        alike = _LINEAR * products + (1 - _LINEAR) * np.exp(reach * apart)
        found += [(*_newton(s * alike + free, start, wanted, weight), s, reach) for s in STRENGTHS]
    _, dual, strength, reach = max(found, key=lambda each: each[0])
    radial = np.exp(reach * apart)
    alike = _LINEAR * products + (1 - _LINEAR) * radial
    added = strength * (alike @ dual)
    slope, offset = _level(start[: len(fits)], added[: len(fits)], wanted[: len(fits)])
    supports, duals = _fewer(seen, radial, (1 - _LINEAR) * strength * dual)
    weights = _LINEAR * strength * (dual @ seen)
    return Head(
        weights=weights.astype(np.float32),
        supports=supports,
        duals=duals,
        reach=reach,
        mean=mean.astype(np.float32),
        unit=unit,
        slope=slope,
        offset=offset,
    )


def _level(
    prior: NDArray[np.float64], added: NDArray[np.float64], wanted: NDArray[np.float64]
) -> tuple[float, float]:
    """Slope and offset of the words' log-odds that make corrections likely (Platt 1999).

    They start from 1 and 0 and are held there: one "no" must not take a label from every photo.
    """
    features = np.stack([prior, np.ones(len(prior))], axis=1)
    held = np.diag([1 / _SLOPE, 1 / _OFFSET])
    change = np.zeros(2)
    for _ in range(_STEPS):
        chance = _chance(prior + added + features @ change)
        gradient = features.T @ (wanted - chance) - held @ change
        curve = (features.T * (chance * (1 - chance))) @ features + held
        step = np.linalg.solve(curve, gradient)
        change += step / max(1.0, float(np.abs(step).max()))
    return max(_LEAST_SLOPE, 1.0 + float(change[0])), float(change[1])


def _fewer(
    seen: NDArray[np.float32], radial: NDArray[np.float64], duals: NDArray[np.float64]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """At most SUPPORTS of the photos seen, and duals that give nearly the same sum over `radial`.

    Those that weigh most are kept, and the sum of all is projected onto theirs (Schölkopf et al.
    1999, "Input space versus feature space in kernel-based methods", section IV).
    """
    kept = np.sort(np.argsort(-np.abs(duals), kind="stable")[:SUPPORTS])
    if len(kept) == len(duals):
        return seen, duals.astype(np.float32)
    inner = radial[np.ix_(kept, kept)] + 1e-6 * np.eye(len(kept))
    projected = np.linalg.solve(inner, radial[kept] @ duals)
    return seen[kept], projected.astype(np.float32)


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
