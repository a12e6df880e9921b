"""How well labels fit photos: relevance from 0 to 1 that means the same for each label and model.

An independent label competes with everyday descriptions on the library's own photos, as a search
does (core.search.calibration). Where its evidence becomes a tag, its line, depends on the library:
among more photos more reach any line by chance; and a label that parts the library, because many
photos fit it far better than the rest do, and no everyday description fits those better, is
believed earlier than one that nothing fits well.
Labels of an exclusive group compete with each other alone, by softmax with the model's own
temperature.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.catalog.tags import BEST_OF_GROUP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from core.catalog.labels import Label
    from core.tagging.classifiers import Classifier
    from core.tagging.learning import Head
    from core.tagging.ruler import Ruler

LINE = 2.9
"""Evidence, in deviations, at which relevance is one half, for a label that nothing stands out for
in a library of USUAL_PHOTOS."""
USUAL_PHOTOS = 3000
SLOPE = 1.4
"""How fast relevance rises with evidence."""

# These and LINE were chosen under two models, on labels and photos that the bench does not measure,
# for labels' F1 in libraries of few subjects, of many and of everyday photos, with hardly more tags
# of what is not there. What they give: `python -m benchmarks.tagging relevance`.
_PER_TENFOLD = 0.3  # what the line rises by when there are ten times as many photos
_FEWEST, _MOST = 300, 10_000_000
_STANDS_OUT = 0.7  # what it falls by for each deviation that the best twentieth stands out
_MOST_OUT = 1.5
_CLEARLY = 0.5  # deviations by which a description must fit better to explain a photo away
_TWENTIETH = 1.645  # deviations that the best twentieth of photos begins at, of a normal spread
_HALF_TRUSTED = 50  # photos in the sample from which how much stands out is believed by half
# Of few photos, or of photos that are all alike, the spread says nothing.
_LEAST_SPREAD = 0.25

_HIGHEST = 12.0  # log-odds; more would be lost in float32 and in what is kept


@dataclass(frozen=True, eq=False)
class Judge:
    """One label, ready to judge photos of one library under one model.

    `line`: evidence at which relevance is one half. `head`: what it learned from corrections, None
    where there are none.
    """

    label: Label
    classifier: Classifier
    line: float
    head: Head | None = None

    def prior(
        self, ruler: Ruler, vectors: NDArray[np.float32], levels: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Log-odds that the label fits by its words alone, (n,)."""
        evidence = _evidence(ruler, self.classifier, vectors, levels)
        found: NDArray[np.float32] = np.float32(SLOPE) * (evidence - np.float32(self.line))
        return found

    def logits(
        self, ruler: Ruler, vectors: NDArray[np.float32], levels: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Log-odds that the label fits, (n,): by its words, and by what it learned."""
        prior = self.prior(ruler, vectors, levels)
        return prior if self.head is None else self.head.corrected(prior, vectors)


def judge_of(ruler: Ruler, label: Label, classifier: Classifier, head: Head | None = None) -> Judge:
    """Get a label ready: draw its line by how it does on the photos that stand for the library."""
    found = _evidence(ruler, classifier, ruler.sample, ruler.sample_levels)
    return Judge(label, classifier, _line(ruler, found), head)


def _line(ruler: Ruler, evidence: NDArray[np.float32]) -> float:
    """Where the line is drawn, by a label's evidence on the ruler's sample, (n,).

    Photos that an everyday description fits clearly better do not count as standing out: dogs do
    for "elephant" too.
    """
    usual = float(np.median(evidence))
    # The middle of it, which photos that the label fits do not reach; 0.6745 makes it a deviation.
    spread = max(float(np.median(np.abs(evidence - usual))) / 0.6745, _LEAST_SPREAD)
    own = np.where(evidence >= ruler.described - _CLEARLY, evidence, np.minimum(evidence, usual))
    out = (float(np.quantile(own, 0.95)) - usual) / spread - _TWENTIETH
    trust = len(evidence) / (len(evidence) + _HALF_TRUSTED)
    tenfold = np.log10(np.clip(ruler.made_of, _FEWEST, _MOST) / USUAL_PHOTOS)
    line = LINE + _PER_TENFOLD * tenfold - trust * _STANDS_OUT * np.clip(out, 0.0, _MOST_OUT)
    return float(line)


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
    """Evidence against everyday descriptions and counter-prompts, in deviations: (n,)."""
    calibration = ruler.calibration
    found = calibration.evidence_at(classifier.label, vectors, levels)
    if len(classifier.against):
        # Bradley and Terry's odds of the label against each counter-prompt, in the same unit.
        ahead = vectors @ (classifier.against - classifier.label).T
        lost = np.log1p(np.exp(np.clip(calibration.temperature * ahead, -30, 30)).sum(axis=1))
        found = found - (lost / calibration.spread).astype(np.float32)
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
    levels = ruler.levels(vectors)
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
