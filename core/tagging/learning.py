"""What a label learns from corrections: a small head over frozen embeddings, its words the prior.

Log-odds are those of the words, plus a linear function of the embedding and an offset. They are
fitted to the corrections by penalised logistic regression (a few damped Newton steps). The
embedding's weights lie in the span of the corrected photos (the representer theorem, Schölkopf et
al. 2001), so the unknowns are as many as the corrections, whatever the size of the library. Photos
that stand for the library and were not corrected hold the head to what the words say, with little
weight: without them a few photos said to fit would draw everything along.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

STRENGTHS = (0.1, 0.5, 2.0, 8.0)
"""How far corrections may reach: variances of the log-odds that the linear function may add. That
one is taken under which the corrections are likeliest, so that a head which explains nothing that
the words do not say stays small (Rasmussen and Williams 2006, section 5.5.1)."""

_OFFSET = 1.0  # the same of the offset
_STEPS = 20
_HELD = 20.0  # corrections that all the photos which stand for the library weigh together
_HELD_PHOTOS = 64
_MOST = 400  # the latest corrections count; solving for more would take too long


@dataclass(frozen=True, eq=False)
class Head:
    """What was learned: `weights`, (dim,), on embeddings less `mean`, (dim,), and an `offset`."""

    weights: NDArray[np.float32]
    mean: NDArray[np.float32]
    offset: float

    def corrected(
        self, prior: NDArray[np.float32], vectors: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Log-odds after learning, (n,), from those of the words alone, (n,)."""
        shift = self.offset - float(self.mean @ self.weights)
        found: NDArray[np.float32] = prior + vectors @ self.weights + np.float32(shift)
        return found


def learn(
    vectors: NDArray[np.float32],
    fits: NDArray[np.bool_],
    prior: NDArray[np.float32],
    others: NDArray[np.float32],
    others_prior: NDArray[np.float32],
) -> Head | None:
    """Learn from corrected photos: vectors (n, dim), whether the label fits, log-odds by its words.

    `others`: photos that stand for the library, and theirs. None where there is nothing to learn.
    """
    if len(vectors) == 0:
        return None
    vectors, fits, prior = vectors[-_MOST:], fits[-_MOST:], prior[-_MOST:]
    held = slice(None, None, max(1, len(others) // _HELD_PHOTOS))
    some, theirs = others[held], others_prior[held]
    mean = others.mean(axis=0)
    centred = np.concatenate([vectors, some]) - mean
    # The unit in which embeddings spread here, so that a strength means the same for any model.
    unit = float(np.sqrt(np.square(others - mean).sum(axis=1).mean())) or 1.0
    start = np.concatenate([prior, theirs]).astype(np.float64)
    wanted = np.concatenate([fits.astype(np.float64), _chance(theirs.astype(np.float64))])
    weight = np.concatenate([np.ones(len(vectors)), np.full(len(some), _HELD / len(some))])
    alike = (centred @ centred.T).astype(np.float64) / unit**2
    found = [
        (*_newton(strength * alike + _OFFSET, start, wanted, weight), strength)
        for strength in STRENGTHS
    ]
    _, dual, strength = max(found, key=lambda each: each[0])
    return Head(
        (strength / unit**2 * (dual @ centred)).astype(np.float32),
        mean.astype(np.float32),
        float(_OFFSET * dual.sum()),
    )


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
