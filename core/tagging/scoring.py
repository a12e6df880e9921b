"""How well labels fit photos: relevance from 0 to 1 that means the same for each label and model.

An independent label is judged as a search for its words is (core.search.calibration), but that it
is believed a little earlier: it competes with everyday descriptions, and its counter-prompts, for
each photo. Labels of an exclusive group compete with each other alone, by softmax with the model's
own temperature.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.catalog.tags import BEST_OF_GROUP
from core.search.calibration import log_odds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from core.catalog.labels import Label
    from core.search.ruler import Ruler
    from core.tagging.classifiers import Classifier
    from core.tagging.learning import Head

# Log-odds by which a label is believed earlier than a search: who writes one has such photos. With
# it labels tag about as much as they did before they were judged as searches are.
_THERE = 0.7
_UNKNOWN = -3.0  # log-odds of a label in words that mean nothing to the model
_HIGHEST = 12.0  # log-odds; more would be lost in float32 and in what is kept


@dataclass(frozen=True, eq=False)
class Judge:
    """One label, ready to judge photos under one model.

    `known`: whether the model knows any word of it; else nothing is claimed but what was learned.
    `head`: what it learned from corrections, None where there are none.
    """

    label: Label
    classifier: Classifier
    known: bool = True
    head: Head | None = None

    def prior(
        self, ruler: Ruler, vectors: NDArray[np.float32], levels: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Log-odds that the label fits by its words alone, (n,)."""
        if not self.known:
            return np.full(len(vectors), _UNKNOWN, np.float32)
        evidence = _evidence(ruler, self.classifier, vectors, levels)
        return log_odds(evidence) + np.float32(_THERE)

    def logits(
        self, ruler: Ruler, vectors: NDArray[np.float32], levels: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Log-odds that the label fits, (n,): by its words, and by what it learned."""
        prior = self.prior(ruler, vectors, levels)
        return prior if self.head is None else self.head.corrected(prior, vectors)


def relevances(
    ruler: Ruler,
    judges: Sequence[Judge],
    vectors: NDArray[np.float32],
    levels: NDArray[np.float32],
    temperature: float,
) -> NDArray[np.float32]:
    """Relevances 0…1 of photos, (n, dim), for labels: (labels, n).

    A group must be there as a whole. `temperature`: what the model's cosines are multiplied by.
    """
    found = np.empty((len(judges), len(vectors)), np.float32)
    groups: dict[str, list[int]] = {}
    for row, judge in enumerate(judges):
        if judge.label.group:
            groups.setdefault(judge.label.group, []).append(row)
        else:
            found[row] = odds(judge.logits(ruler, vectors, levels))
    for rows in groups.values():
        found[rows] = _exclusive([judges[row] for row in rows], vectors, temperature)
    return found


def odds(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Log-odds as probabilities."""
    bounded = np.clip(logits, -_HIGHEST, _HIGHEST)
    return (1.0 / (1.0 + np.exp(-bounded))).astype(np.float32)


def _evidence(
    ruler: Ruler,
    classifier: Classifier,
    vectors: NDArray[np.float32],
    levels: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Evidence against everyday descriptions and counter-prompts: (n,)."""
    calibration = ruler.calibration
    found = calibration.evidence(classifier.label, vectors, levels)
    if len(classifier.against):
        # Bradley and Terry's odds of the label against each counter-prompt.
        ahead = vectors @ (classifier.against - classifier.label).T
        lost = np.log1p(np.exp(np.clip(calibration.scale * ahead, -30, 30)).sum(axis=1))
        found = found - lost.astype(np.float32)
    return found


def _exclusive(
    judges: Sequence[Judge], vectors: NDArray[np.float32], temperature: float
) -> NDArray[np.float32]:
    """Relevances of the labels of one group, (labels, n): exactly one has BEST_OF_GROUP or more.

    Between the chances of a coin over all of them and certainty, the best label's share is spread
    over the upper half of the scale.
    """
    scores = _group_scores(judges, vectors, temperature)
    against = _odds_in_group(scores)
    for row, judge in enumerate(judges):
        if judge.head is not None:
            scores[row] += judge.head.corrected(against[row], vectors) - against[row]
    shares = np.exp(scores - scores.max(axis=0))
    shares /= shares.sum(axis=0)
    best = shares.argmax(axis=0)
    columns = np.arange(len(vectors))
    even = 1.0 / len(judges)
    sure = (shares[best, columns] - even) / max(1.0 - even, 1e-6) if len(judges) > 1 else 1.0
    found = np.minimum(shares / np.maximum(shares[best, columns], 1e-9), 0.99) * BEST_OF_GROUP
    found[best, columns] = BEST_OF_GROUP + (1 - BEST_OF_GROUP) * np.clip(sure, 0, 1)
    result: NDArray[np.float32] = found.astype(np.float32)
    return result


def priors(
    ruler: Ruler,
    judges: Sequence[Judge],
    vectors: NDArray[np.float32],
    temperature: float,
) -> NDArray[np.float32]:
    """Log-odds that one label, or each of a whole group, fits by its words alone: (labels, n)."""
    if judges[0].label.group:
        return _odds_in_group(_group_scores(judges, vectors, temperature))
    levels = ruler.calibration.levels(vectors)
    return np.stack([judge.prior(ruler, vectors, levels) for judge in judges])


def _group_scores(
    judges: Sequence[Judge], vectors: NDArray[np.float32], temperature: float
) -> NDArray[np.float32]:
    labels = np.stack([judge.classifier.label for judge in judges])
    found: NDArray[np.float32] = np.float32(temperature) * (labels @ vectors.T)
    return found


def _odds_in_group(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Log-odds of each label against all others of its group: (labels, n)."""
    shares = np.exp(scores - scores.max(axis=0))
    rest = np.maximum(shares.sum(axis=0) - shares, 1e-6)
    found: NDArray[np.float32] = np.log(np.maximum(shares, 1e-6) / rest)
    return np.clip(found, -_HIGHEST, _HIGHEST)
