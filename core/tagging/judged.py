"""The photos of one label in order of relevance, as a threshold is set by looking at them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.catalog.label_scores import relevances_of
from core.catalog.tags import hand_tags, hidden_ids, line_of, parent_photos

if TYPE_CHECKING:
    import sqlite3

    from numpy.typing import NDArray

    from core.catalog.labels import Label


@dataclass(frozen=True, eq=False)
class Judged:
    """Present photos that were judged, by falling relevance, ties by id: arrays of one length.

    `ids` int64, `relevances` float32 (0…1), `answers` int8: 1 where a person said that the label
    fits, -1 that it does not, 0 nothing. `eligible`: whether the photo carries the label's parent.
    `threshold`: where the line is now.
    """

    ids: NDArray[np.int64]
    relevances: NDArray[np.float32]
    answers: NDArray[np.int8]
    eligible: NDArray[np.bool_]
    threshold: float

    def __len__(self) -> int:
        return len(self.ids)

    def tagged(self, threshold: float | None = None) -> NDArray[np.bool_]:
        """Which photos carry the label, (n,), with the line there, or where it is now."""
        line = self.threshold if threshold is None else threshold
        above = np.zeros(len(self), np.bool_)
        above[: self.line(line)] = True
        found: NDArray[np.bool_] = (self.answers > 0) | (
            above & self.eligible & (self.answers == 0)
        )
        return found

    def count(self, threshold: float | None = None) -> int:
        """How many photos carry the label, with the line there, or where it is now."""
        return int(np.count_nonzero(self.tagged(threshold)))

    def line(self, threshold: float | None = None) -> int:
        """How many photos are above the line; the first one below it is at this place."""
        wanted = self.threshold if threshold is None else threshold
        # Relevances are kept in steps of 1/65534, and half a step is still on the line.
        return int(np.searchsorted(-self.relevances, -(wanted - 0.5 / 65_534), side="right"))

    def histogram(self, bins: int = 50) -> NDArray[np.int64]:
        """How many photos have a relevance in each of `bins` equal parts of 0…1: int64 (bins,)."""
        return np.histogram(self.relevances, bins=bins, range=(0.0, 1.0))[0].astype(np.int64)


def judged(c: sqlite3.Connection, label: Label) -> Judged:
    """A label's photos as its scores are kept."""
    return judged_as(c, label, *relevances_of(c, label.id))


def judged_as(
    c: sqlite3.Connection,
    label: Label,
    ids: NDArray[np.int64],
    relevances: NDArray[np.float32],
) -> Judged:
    """A label's photos with these relevances, ids sorted; `label` need not be in the library."""
    here = ~np.isin(ids, hidden_ids(c), assume_unique=True)
    ids, relevances = ids[here], relevances[here]
    answers = np.zeros(len(ids), np.int8)
    if label.id:
        said, fits = hand_tags(c, label.id)
        at = np.searchsorted(ids, said)
        known = at < len(ids)
        known[known] = ids[at[known]] == said[known]
        answers[at[known]] = np.where(fits[known], 1, -1)
    above = parent_photos(c, label)
    eligible = np.ones(len(ids), np.bool_) if above is None else np.isin(ids, above)
    order = np.lexsort((ids, -relevances))
    line = line_of(label) if label.active else label.threshold
    return Judged(ids[order], relevances[order], answers[order], eligible[order], line)


def open_questions(order: Judged) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The likeliest photos of a label that nobody answered for: ids and log-odds.

    Those far below the line are left out: their answers are known.
    """
    asked = np.flatnonzero((order.answers == 0) & order.eligible)[:_OPEN]
    chance = np.clip(order.relevances[asked], 1e-5, 1 - 1e-5)
    return order.ids[asked], np.log(chance / (1 - chance))


_OPEN = 5000
