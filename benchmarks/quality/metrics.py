"""What is counted: recall, the right class among the first, and a linear probe.

Ties count against the model: one that gives every photo the same vector finds nothing.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]
_PENALTIES = tuple(10.0**power for power in range(-4, 3))


@dataclass(frozen=True)
class Recall:
    """Shares of queries, 0…1, whose answer is among the first 1, 5 and 10, in both directions."""

    text_to_photo_1: float
    text_to_photo_5: float
    text_to_photo_10: float
    photo_to_text_1: float
    photo_to_text_5: float
    photo_to_text_10: float

    @property
    def values(self) -> tuple[float, ...]:
        """The six shares, in their order."""
        return astuple(self)


def recall(scores: Floats, owner: Integers) -> Recall:
    """Recall of `scores`, (texts, photos); `owner`, (texts,), is the photo that a text describes.

    A text looks for its one photo; a photo has found what it looks for when any of its texts comes
    among the first (as in Karpathy and Fei-Fei 2015, and everywhere since).
    """
    rows = np.arange(len(scores))
    own = scores[rows, owner]
    text_rank = (scores >= own[:, None]).sum(axis=1) - 1
    belongs = owner[:, None] == np.arange(scores.shape[1])[None, :]
    best = np.where(belongs, scores, -np.inf).max(axis=0)
    # Its own other texts do not stand in a photo's way.
    photo_rank = ((scores >= best[None, :]) & ~belongs).sum(axis=0)
    return Recall(
        *(float((rank < k).mean()) for rank in (text_rank, photo_rank) for k in (1, 5, 10))
    )


def ranks(scores: Floats, labels: Integers) -> Integers:
    """(n,): how many classes score at least as high as the right one; `scores` is (n, classes)."""
    own = scores[np.arange(len(scores)), labels]
    found: Integers = (scores >= own[:, None]).sum(axis=1).astype(np.int64) - 1
    return found


def among_first(scores: Floats, labels: Integers, k: int) -> float:
    """The share of rows whose right class is among the first `k`."""
    return float((ranks(scores, labels) < k).mean())


def probe(train: Floats, train_labels: Integers, test: Floats, classes: int) -> NDArray[np.float64]:
    """Scores (n, classes) of `test` by a linear layer on frozen features of `train`.

    Ridge regression of one-hot labels, in closed form. The penalty is the one of seven that
    predicts best on the training photos themselves, each left out once (Golub, Heath and Wahba
    1979); the photos that are measured are not asked.
    """
    features = train.astype(np.float64)
    mean = features.mean(axis=0)
    left, singular, right = np.linalg.svd(features - mean, full_matrices=False)
    targets = np.eye(classes)[train_labels]
    middle = targets.mean(axis=0)
    against = left.T @ (targets - middle)
    best: tuple[float, float] | None = None
    for penalty in _PENALTIES:
        shrunk = singular**2 / (singular**2 + penalty)
        fitted = (left * shrunk) @ against + middle
        leverage = (left**2) @ shrunk + 1 / len(features)
        without = targets - (targets - fitted) / np.maximum(1 - leverage, 1e-9)[:, None]
        right_ones = float((without.argmax(axis=1) == train_labels).mean())
        if best is None or right_ones > best[0]:
            best = (right_ones, penalty)
    assert best is not None
    weights = right.T @ ((singular / (singular**2 + best[1]))[:, None] * against)
    scores: NDArray[np.float64] = (test.astype(np.float64) - mean) @ weights + middle
    return scores
