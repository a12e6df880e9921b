"""The photos of the library in the order in which they fit a label, and the line through them.

All of it is arithmetic on arrays that were fetched once: the line can be dragged through a hundred
thousand photos without asking anybody anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

STEP = 1 / 65_534  # as finely as the library keeps relevances; half of it is still on the line
FINEST = 1000  # parts into which relevances are counted; the bars of a histogram are made of them


def _no_ids() -> NDArray[np.int64]:
    return np.empty(0, np.int64)


def _no_relevances() -> NDArray[np.float32]:
    return np.empty(0, np.float32)


def _no_answers() -> NDArray[np.int8]:
    return np.empty(0, np.int8)


@dataclass(frozen=True, eq=False)
class LabelOrder:
    """`ids`, int64 (n,), `relevances`, float32 (n,) 0…1, and `answers`, int8 (n,), as shown.

    An answer is 1 (yes, by hand), -1 (no, by hand) or 0. The first `accepted` carry the label and
    the last `outside` do not, wherever the line is: they were tagged or refused by hand, or lie
    outside the parent label. Between them come the others, the most relevant first.
    """

    ids: NDArray[np.int64] = field(default_factory=_no_ids)
    relevances: NDArray[np.float32] = field(default_factory=_no_relevances)
    answers: NDArray[np.int8] = field(default_factory=_no_answers)
    accepted: int = 0
    outside: int = 0

    @property
    def open(self) -> range:
        """The positions of those that only the line decides on."""
        return range(self.accepted, len(self.ids) - self.outside)

    @property
    def corrections(self) -> int:
        """How many were decided by hand."""
        return int(np.count_nonzero(self.answers))

    @cached_property
    def counts(self) -> NDArray[np.int64]:
        """How many photos of the library have each relevance, int64 (FINEST,), from 0 to 1."""
        bins = np.clip((self.relevances * FINEST).astype(np.int64), 0, FINEST - 1)
        return np.bincount(bins, minlength=FINEST)

    @cached_property
    def _rising(self) -> NDArray[np.float32]:
        """How little the open ones fit, ascending."""
        return -self.relevances[self.accepted : self.open.stop]

    def cut(self, threshold: float) -> int:
        """How many carry the label with the line at a relevance."""
        reaching = -np.float32(threshold - STEP / 2)
        return self.accepted + int(np.searchsorted(self._rising, reaching, "right"))

    def threshold_at(self, cut: int) -> float:
        """Where the line must be for so many to carry the label: midway to the next photo.

        There, a photo that is scored a little differently another time does not change sides.
        Photos of the very same relevance cannot be parted: then it is all of them.
        """
        rising = self._rising
        if not len(rising):
            return 0.5
        n = max(0, min(cut - self.accepted, len(rising)))
        above = float(-rising[n - 1]) if n else 1.0
        if n == len(rising):
            return above / 2
        below = float(-rising[n])
        return min(above, max((above + below) / 2, below + STEP))

    def further(self, cut: int, photos: int) -> int:
        """The cut that lies `photos` further down, or up with less than none; past equal ones."""
        wanted = max(self.accepted, min(self.open.stop, cut + photos))
        found = self.cut(self.threshold_at(wanted))
        if photos >= 0 or found < cut:
            return found
        above = np.searchsorted(self._rising, self._rising[cut - self.accepted - 1], "left")
        return self.accepted + int(above)

    def above(self, cut: int, count: int) -> range:
        """Where the last `count` above the line are, of those that only the line decides on."""
        return range(max(self.accepted, cut - count), cut)

    def below(self, cut: int, count: int) -> range:
        """Where the first `count` below the line are, of those that only the line decides on."""
        return range(cut, max(cut, min(self.open.stop, cut + count)))

    def only(self, ids: NDArray[np.int64]) -> LabelOrder:
        """The same without those that are not among `ids`: they went meanwhile."""
        here = np.isin(self.ids, ids)
        return LabelOrder(
            self.ids[here],
            self.relevances[here],
            self.answers[here],
            accepted=int(here[: self.accepted].sum()),
            outside=int(here[self.open.stop :].sum()),
        )


def label_order(
    ids: NDArray[np.int64],
    relevances: NDArray[np.float32],
    answers: NDArray[np.int8],
    eligible: NDArray[np.bool_],
) -> LabelOrder:
    """Put photos into order. `eligible`, bool (n,): whether they can carry the label by a line."""
    part = np.where(answers > 0, 0, np.where(answers < 0, 3, np.where(eligible, 1, 2)))
    order = np.lexsort((ids, -relevances, part))
    return LabelOrder(
        ids[order],
        relevances[order].astype(np.float32),
        answers[order].astype(np.int8),
        accepted=int((part == 0).sum()),
        outside=int((part >= 2).sum()),
    )


def bars(counts: NDArray[np.int64], number: int) -> NDArray[np.float64]:
    """Heights from 0 to 1 of `number` bars, float64 (number,).

    They grow with the logarithm of the count: nearly all photos of a library lie at the left, and
    the few that matter would not be seen beside them.
    """
    edges = np.linspace(0, len(counts), number + 1).round().astype(np.int64)
    added = np.concatenate(([0], np.cumsum(counts)))
    heights = np.log1p(np.diff(added[edges]).astype(np.float64))
    tallest = heights.max(initial=0.0)
    return heights / tallest if tallest else heights
