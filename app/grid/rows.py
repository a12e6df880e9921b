"""Rows of tiles, worked out for all photos at once: a million take some hundredths of a second.

A plan says which rows there are before any is laid out: those in view can be laid out alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

GAP = 6
FLATTEST, TALLEST = 0.35, 4.0  # aspects; beyond them, a photo is cut to its middle
STEPS = 3  # of `Aspects.reached` in one: more than 1 / FLATTEST, so none has two middles in it
SMALLEST_SIDE = 16
STRETCH = 1.3  # a row may be so much higher than was wanted before it is left ragged
LAST_STRETCH = 1.12  # the last row of a group
SPARE = 4  # rows, where only those in view are laid out and their heights are but guessed


@dataclass(frozen=True, eq=False)
class Rows:
    """Row n begins with the photo `starts[n]`, int64 (r + 1,), the last one being the count.

    `sections`, int64 (s + 1,): the first row of each section. `tops`, int64 (r,), and `heights`,
    int64 (r,), in pixels of the content. `exact`, float64 (r,): heights before rounding, by which
    the widths of tiles are made; None where tiles are square. `first`: the number of the section
    that comes first, where these are but a stretch of all rows.
    """

    starts: NDArray[np.int64]
    sections: NDArray[np.int64]
    tops: NDArray[np.int64]
    heights: NDArray[np.int64]
    exact: NDArray[np.float64] | None = None
    first: int = 0


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


@dataclass(frozen=True, eq=False)
class Plan:
    """Which rows there are to be: those of section n are `sections[n]` up to `sections[n + 1]`.

    Section n holds the photos from `bounds[n]` up to `bounds[n + 1]`, under a head that takes
    `heads[n]` pixels; every section begins a row. A row holds `capacity` of what `begins`, (s,),
    says for the first photo of each section: how many photos come before it where tiles are square
    and `side` pixels high; else, the sum of their aspects, and rows are about as high.
    """

    bounds: NDArray[np.int64]
    heads: NDArray[np.int64]
    sections: NDArray[np.int64]
    begins: NDArray[np.int64] | NDArray[np.float64]
    capacity: float
    side: int
    width: int = 0
    aspects: Aspects | None = None


def plan_squares(
    bounds: NDArray[np.int64], heads: NDArray[np.int64], columns: int, side: int
) -> Plan:
    """Plan rows of `columns` square tiles."""
    rows_each = np.maximum(1, -(-np.diff(bounds) // columns))
    sections = np.concatenate(([0], np.cumsum(rows_each)))
    return Plan(bounds, heads, sections, bounds[:-1], columns, side)


def plan_justified(
    bounds: NDArray[np.int64],
    heads: NDArray[np.int64],
    aspects: Aspects,
    width: int,
    wanted: int,
) -> Plan:
    """Plan rows of tiles as wide as their photos' aspects ask, about `wanted` high, `width` wide.

    Where a row would end is known from the sums of aspects alone, so that all rows of all sections
    are found at once, or any of them.
    """
    sums = aspects.before
    # In units of the wanted height, a row holds `capacity` of aspects beside its gaps. Gaps are
    # counted as in a row of usual photos: the height of a row makes up for what others need.
    usual = max(FLATTEST, float(sums[-1]) / max(1, len(sums) - 1))
    capacity = (width + GAP) / (wanted + GAP / usual)
    first, last = sums[bounds[:-1]], sums[bounds[1:]]
    rows_each = np.maximum(1, np.floor((last - first) / capacity + 0.7)).astype(np.int64)
    sections = np.concatenate(([0], np.cumsum(rows_each)))
    return Plan(bounds, heads, sections, first, capacity, wanted, width, aspects)


def lay_out(plan: Plan, top: int) -> Rows:
    """Lay out all rows; the first head begins at `top`."""
    return _lay_out(plan, 0, int(plan.sections[-1]), top)


def lay_out_near(plan: Plan, photo: int, y: int, view: tuple[int, int], top: int) -> Rows | None:
    """Lay out only the rows in `view` and those of as much again below, `photo`'s beginning at `y`.

    `view`: where it begins and ends, in the pixels of `y`. The rows are those that `lay_out` makes.
    None where all content, of which the first head is `top` below its beginning, would begin below
    the beginning of the view, or end above its end: then it would have to move. None too where rows
    are so narrow that they hold less than one square photo.
    """
    if plan.capacity < 1:
        return None
    section = int(np.searchsorted(plan.bounds, photo, "right")) - 1
    before = photo if plan.aspects is None else float(plan.aspects.before[photo])
    row = int(plan.sections[section] + (before - plan.begins[section]) // plan.capacity)
    lowest = plan.side * FLATTEST + GAP
    last = view[1] + view[1] - view[0]
    begin = max(0, row - SPARE - max(0, int((y - view[0]) / lowest)))
    end = min(int(plan.sections[-1]), row + SPARE + max(0, int((last - y) / lowest)))
    rows = _lay_out(plan, begin, end, top)
    down = y - int(rows.tops[np.searchsorted(rows.starts, photo, "right") - 1])
    tops = rows.tops + down
    bottom = int(tops[-1] + rows.heights[-1])
    if down > view[0] if begin == 0 else tops[0] > view[0]:
        return None
    if bottom < (view[1] if end == plan.sections[-1] else last):
        return None
    return replace(rows, tops=tops)


def _lay_out(plan: Plan, begin: int, end: int, top: int) -> Rows:
    """Lay out the planned rows from `begin` up to `end`."""
    first = int(np.searchsorted(plan.sections, begin, "right")) - 1
    last = int(np.searchsorted(plan.sections, end))  # the section after the last of them
    planned = plan.sections[first : last + 1]
    begun, ended = planned[0] == begin, planned[-1] == end
    starts = _starts(plan, begin, end, first, last)
    heads = plan.heads[first:last].copy()
    if not begun:
        heads[0] = 0
    if plan.aspects is None:
        sections = np.clip(planned, begin, end) - begin
        heights = np.full(end - begin, plan.side, np.int64)
        return Rows(starts, sections, _tops(heights, sections, heads, top), heights, None, first)
    steps = np.diff(starts)
    if steps.all():
        sections = np.clip(planned, begin, end) - begin
    else:
        # A panorama may fill several rows: those that would begin with the same photo are one.
        starts = starts[np.append(steps > 0, True)]
        bounds = np.clip(plan.bounds[first : last + 1], starts[0], starts[-1])
        sections = np.searchsorted(starts, bounds)
        steps = np.diff(starts)
        # A section whose rows here all would begin with the first photo after them has none here.
        kept = np.flatnonzero(np.diff(sections))
        ended = ended or bool(kept[-1] < last - first - 1)
        sections, heads, first = np.append(sections[kept], len(steps)), heads[kept], first + kept[0]
    exact = (plan.width + GAP - steps * GAP) / np.diff(plan.aspects.before[starts])
    _let_be_ragged(exact, sections[1:] - 1 if ended else sections[1:-1] - 1, plan.side)
    np.maximum(exact, SMALLEST_SIDE, out=exact)
    heights = exact.astype(np.int64)
    return Rows(starts, sections, _tops(heights, sections, heads, top), heights, exact, first)


def _let_be_ragged(exact: NDArray[np.float64], last: NDArray[np.int64], wanted: int) -> None:
    """Rows that would be too high get the wanted height; `last`: the last row of each section."""
    ends = exact[last]
    # By number: a mask with a million places takes longer than the few rows that it finds.
    exact[np.flatnonzero(exact > wanted * STRETCH)] = wanted
    exact[last[ends > wanted * LAST_STRETCH]] = wanted


def _starts(plan: Plan, begin: int, end: int, first: int, last: int) -> NDArray[np.int64]:
    """The photos with which rows begin, in sections from `first` up to `last`; one more ends it."""
    planned, bounds = plan.sections[first : last + 1], plan.bounds[first : last + 1]
    # What comes before a row in all: full ones, from the first of its section on.
    before_none = plan.begins[first:last] - planned[:-1] * plan.capacity
    before = np.arange(begin, end, dtype=before_none.dtype)
    before *= plan.capacity
    edges: NDArray[np.int64] = np.clip(planned, begin, end)
    before += np.repeat(before_none, np.diff(edges))
    within = planned[-1] > end
    if within:
        before = np.append(before, end * plan.capacity + before_none[-1])
    starts = before if plan.aspects is None else _nearest(plan.aspects, before)
    if not within:
        starts = np.append(starts, bounds[-1])
    known = slice(int(planned[0] < begin), len(planned) - int(within))
    starts[planned[known] - begin] = bounds[known]
    return starts.astype(np.int64, copy=False)


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
