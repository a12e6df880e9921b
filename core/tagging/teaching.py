"""What to ask next: the photos whose answer teaches a label most.

Uncertainty sampling (Lewis and Gale 1994, "A Sequential Algorithm for Training Text Classifiers")
among the likeliest photos, and varied: each next photo is the one least like those already chosen
or answered, among about equally uncertain ones (as in Brinker 2003, "Incorporating Diversity in
Active Learning with Support Vector Machines").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

CANDIDATES = 400
"""Photos that are looked at closely: those nearest to the line."""

_VARIED = 0.35
"""How much being unlike the others counts beside being uncertain."""


def propose(
    logits: NDArray[np.float32],
    vectors: NDArray[np.float32],
    answered: NDArray[np.float32],
    count: int,
) -> NDArray[np.int64]:
    """Which rows to ask about, at most `count`, the most useful first.

    `logits`, (n,), and unit `vectors`, (n, dim), of photos nobody answered for; `answered`, (m,
    dim), of those that somebody did.
    """
    if len(logits) == 0:
        return np.empty(0, np.int64)
    # Even odds, and where every photo is unlikely, the likeliest: a label that fits few photos
    # has no uncertain ones at first.
    aim = min(0.0, float(np.sort(logits)[-min(len(logits), max(count, 8)) :].mean()))
    near = np.argsort(np.abs(logits - aim), kind="stable")[:CANDIDATES]
    unsure = np.exp(-np.abs(logits[near] - aim) / 2)
    candidates = vectors[near] - vectors[near].mean(axis=0)
    candidates /= np.maximum(np.linalg.norm(candidates, axis=1, keepdims=True), 1e-6)
    likest = np.zeros(len(near), np.float32)
    if len(answered):
        known = answered - vectors[near].mean(axis=0)
        known /= np.maximum(np.linalg.norm(known, axis=1, keepdims=True), 1e-6)
        likest = np.maximum(likest, (candidates @ known.T).max(axis=1))
    chosen: list[int] = []
    for _ in range(min(count, len(near))):
        worth = (1 - _VARIED) * unsure - _VARIED * likest
        worth[chosen] = -np.inf
        best = int(worth.argmax())
        chosen.append(best)
        likest = np.maximum(likest, candidates @ candidates[best])
    return near[chosen]
