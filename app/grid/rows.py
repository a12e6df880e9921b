"""Rows of tiles, worked out for all photos at once: a million take some hundredths of a second."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

GAP = 6
FLATTEST, TALLEST = 0.35, 4.0  # aspects; beyond them, a photo is cut to its middle
STEPS = 3  # of `Aspects.reached` in one: more than 1 / FLATTEST, so none has two middles in it
SMALLEST_SIDE = 16
STRETCH = 1.3  # a row may be so much higher than was wanted before it is left ragged
LAST_STRETCH = 1.12  # the last row of a group


@dataclass(frozen=True, eq=False)
class Rows:
    """Row n begins with the photo `starts[n]`, int64 (r + 1,), the last one being the count.

    `sections`, int64 (s + 1,): the first row of each section. `tops`, int64 (r,), and `heights`,
    int64 (r,), in pixels of the content. `exact`, float64 (r,): heights before rounding, by which
    the widths of tiles are made; None where tiles are square.
    """

    starts: NDArray[np.int64]
    sections: NDArray[np.int64]
    tops: NDArray[np.int64]
    heights: NDArray[np.int64]
    exact: NDArray[np.float64] | None = None


@dataclass(frozen=True, eq=False)
class Aspects:
    """Aspects, added up: what a row can hold is then found without looking at every photo.

    `before`, float64 (n + 1,): the sum of the aspects of all photos before each one. `middles`,
    float64 (n + 1,): the same up to the middle of each one, and infinity. `reached`, int32: for
    every third of one, the first photo whose middle is as far.
    """

    before: NDArray[np.float64]
    middles: NDArray[np.float64]
    reached: NDArray[np.int32]


def square_rows(
    bounds: NDArray[np.int64], heads: NDArray[np.int64], columns: int, side: int, top: int
) -> Rows:
    """Rows of `columns` square tiles.

    Section n holds the photos from `bounds[n]` up to `bounds[n + 1]`, under a head that takes
    `heads[n]` pixels; every section begins a row. `top`: where the first head begins.
    """
    rows_each = -(-np.diff(bounds) // columns)
    sections = np.concatenate(([0], np.cumsum(rows_each)))
    total = int(sections[-1])
    within = np.arange(total) - np.repeat(sections[:-1], rows_each)
    starts = np.repeat(bounds[:-1], rows_each) + within * columns
    heights = np.full(total, side, np.int64)
    tops = _tops(heights, sections, heads, top)
    return Rows(np.append(starts, bounds[-1]), sections, tops, heights)


def justified_rows(
    bounds: NDArray[np.int64],
    heads: NDArray[np.int64],
    aspects: Aspects,
    width: int,
    wanted: int,
    top: int,
) -> Rows:
    """Rows of tiles as wide as their photos' aspects ask, about `wanted` high, `width` wide.

    Where a row would end is known from the sums of aspects alone, so that all rows of all sections
    are found at once.
    """
    sums = aspects.before
    # In units of the wanted height, a row holds `capacity` of aspects beside its gaps. Gaps are
    # counted as in a row of usual photos: the height of a row makes up for what others need.
    usual = max(FLATTEST, float(sums[-1]) / max(1, len(sums) - 1))
    capacity = (width + GAP) / (wanted + GAP / usual)
    first, last = sums[bounds[:-1]], sums[bounds[1:]]
    rows_each = np.maximum(1, np.floor((last - first) / capacity + 0.7)).astype(np.int64)
    sections = np.concatenate(([0], np.cumsum(rows_each)))
    starts = np.empty(int(sections[-1]) + 1, np.int64)
    starts[:-1] = _nearest(aspects, _row_sums(first, capacity, rows_each, sections))
    starts[sections] = bounds
    steps = np.diff(starts)
    if not steps.all():
        # A panorama may fill several rows: those that would begin with the same photo are one.
        starts = starts[np.append(steps > 0, True)]
        sections = np.append(np.searchsorted(starts, bounds[:-1]), len(starts) - 1)
        steps = np.diff(starts)
    exact = (width + GAP - steps * GAP) / np.diff(sums[starts])
    _let_be_ragged(exact, sections[1:] - 1, wanted)
    np.maximum(exact, SMALLEST_SIDE, out=exact)
    heights = exact.astype(np.int64)
    return Rows(starts, sections, _tops(heights, sections, heads, top), heights, exact)


def _let_be_ragged(exact: NDArray[np.float64], last: NDArray[np.int64], wanted: int) -> None:
    """Rows that would be too high get the wanted height; `last`: the last row of each section."""
    ends = exact[last]
    # By number: a mask with a million places takes longer than the few rows that it finds.
    exact[np.flatnonzero(exact > wanted * STRETCH)] = wanted
    exact[last[ends > wanted * LAST_STRETCH]] = wanted


def _row_sums(
    first: NDArray[np.float64],
    capacity: float,
    rows_each: NDArray[np.int64],
    sections: NDArray[np.int64],
) -> NDArray[np.float64]:
    """The sums of aspects at which rows should begin: full ones, from each section's first on."""
    sums = np.arange(int(sections[-1]), dtype=np.float64)
    sums *= capacity
    sums += np.repeat(first - sections[:-1] * capacity, rows_each)
    return sums


def _nearest(aspects: Aspects, wanted: NDArray[np.float64]) -> NDArray[np.int64]:
    """The photos that begin nearest to where they should: the first whose middle is beyond."""
    found = aspects.reached[(wanted * STEPS).astype(np.int64)].astype(np.int64)
    found += aspects.middles[found] <= wanted
    return found


def add_up(aspects: NDArray[np.float32]) -> Aspects:
    """Add up the aspects of photos; unknown ones count as square."""
    known = np.clip(aspects, FLATTEST, TALLEST)
    known[np.flatnonzero(~(aspects > 0))] = 1.0
    before = np.zeros(len(aspects) + 1)
    np.cumsum(known, out=before[1:], dtype=np.float64)
    middles = np.append((before[:-1] + before[1:]) / 2, np.inf)
    third = np.empty(len(middles), np.int32)
    third[:-1] = middles[:-1] * STEPS
    third[-1] = before[-1] * STEPS + 1
    steps = np.diff(third, prepend=np.int32(-1))
    return Aspects(before, middles, np.repeat(np.arange(len(third), dtype=np.int32), steps))


def _tops(
    heights: NDArray[np.int64],
    sections: NDArray[np.int64],
    heads: NDArray[np.int64],
    top: int,
) -> NDArray[np.int64]:
    """Where each row begins, with a gap between rows and the head over the first of a section."""
    steps = np.zeros(len(heights), np.int64)
    steps[1:] = heights[:-1] + GAP
    steps[sections[:-1]] += heads
    steps[0] += top
    return np.cumsum(steps)
