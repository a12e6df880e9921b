"""Where the tiles of the grid are: found by arithmetic, whether there are ten or a million."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.grid.rows import (
    GAP,
    SMALLEST_SIDE,
    Aspects,
    Plan,
    Rows,
    lay_out,
    lay_out_near,
    plan_justified,
    plan_squares,
)

MARGIN = 16
TOP = 4
DIVIDER = 44
HEADING = 40

Move = Literal["left", "right", "up", "down", "page_up", "page_down", "home", "end"]


class Box(NamedTuple):
    """A rectangle in pixels of the whole content, before scrolling."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, eq=False)
class GridGeometry:
    """Tiles in rows that fill `width`, about `wanted` high, in device independent pixels.

    `count` tiles; those from `cut` on (None: no cut) come in a section of their own, under a
    divider. `bounds`, int64 (g + 1,): without a cut, the photos where groups begin, and the count;
    every group has a heading. `aspects`: for tiles of the photos' own shape; without them tiles are
    square. `laid_out`: the rows where they are known; they may be but those around what is in view,
    and then it knows of nothing else.
    """

    count: int = 0
    width: int = 0
    wanted: int = 152
    cut: int | None = None
    bounds: NDArray[np.int64] | None = None
    aspects: Aspects | None = None
    laid_out: Rows | None = None

    def near(self, position: int | None, y: int, top: int, bottom: int) -> GridGeometry | None:
        """Only what a view from `top` to `bottom` shows, when a tile's row begins at `y`; the same.

        That takes no longer for a million than for ten, while all rows take some milliseconds.
        Without a tile, the view shows the beginning. None where all content would have to move.
        """
        if position is None:
            position, y = 0, top + TOP + int(self._plan.heads[0])
        rows = lay_out_near(self._plan, position, y, (top, bottom), TOP)
        return None if rows is None else replace(self, laid_out=rows)

    @cached_property
    def columns(self) -> int:
        """Square tiles in a row, at least one."""
        return max(1, (self._room + GAP) // (self.wanted + GAP))

    @cached_property
    def side(self) -> int:
        """The side of a square tile, or about how high the others are."""
        if self.aspects is not None:
            return self.wanted
        return max(SMALLEST_SIDE, (self._room - (self.columns - 1) * GAP) // self.columns)

    @cached_property
    def height(self) -> int:
        """The height of the whole content."""
        if self.count == 0:
            return 0
        return int(self._rows.tops[-1] + self._rows.heights[-1]) + MARGIN

    @property
    def divider(self) -> Box | None:
        """Where the divider is, if there is one."""
        if self.cut is None or self.cut >= self.count:
            return None
        row = int(np.searchsorted(self._rows.starts, self.cut))
        if row >= len(self._rows.tops) or self._rows.starts[row] != self.cut:
            return None  # not among those around what is in view
        top = int(self._rows.tops[row]) - DIVIDER
        return Box(MARGIN, top, self._room, DIVIDER - GAP)

    @property
    def grouped(self) -> bool:
        """Whether groups have headings."""
        return self.bounds is not None and self.cut is None and self.count > 0

    def headings(self, top: int, bottom: int) -> list[tuple[int, Box]]:
        """The headings between `top` and `bottom`; that of the group at the top sticks to it."""
        if not self.grouped or bottom <= top:
            return []
        tops = self._heading_tops
        first = max(0, int(np.searchsorted(tops, top, "right")) - 1)
        last = int(np.searchsorted(tops, bottom))
        found = []
        for group in range(first, last):
            y = int(tops[group])
            if y < top:
                push = int(tops[group + 1]) - HEADING if group + 1 < len(tops) else top
                y = min(top, push)
            found.append((self._rows.first + group, Box(0, y, self.width, HEADING)))
        return found

    def box(self, index: int) -> Box:
        """Where a tile is."""
        row = self._row_of(index)
        x, width = self._spans(row)[index - int(self._rows.starts[row])]
        return Box(x, int(self._rows.tops[row]), width, int(self._rows.heights[row]))

    def boxes(self, top: int, bottom: int) -> Iterator[tuple[int, Box]]:
        """The tiles that the stretch of content from `top` to `bottom` touches, and where."""
        for row in self._rows_in(top, bottom):
            y, height = int(self._rows.tops[row]), int(self._rows.heights[row])
            start = int(self._rows.starts[row])
            for n, (x, width) in enumerate(self._spans(row)):
                yield start + n, Box(x, y, width, height)

    def tops_of(self, indexes: NDArray[np.int64]) -> NDArray[np.int64]:
        """The heights at which the rows of some tiles begin."""
        return self._rows.tops[np.searchsorted(self._rows.starts, indexes, "right") - 1]

    def index_at(self, x: int, y: int) -> int | None:
        """The tile at a point; None in gaps and beyond the last one."""
        if self.count == 0:
            return None
        row = self._row_at(y)
        if not 0 <= y - self._rows.tops[row] < self._rows.heights[row]:
            return None
        for n, (left, width) in enumerate(self._spans(row)):
            if left <= x < left + width:
                return int(self._rows.starts[row]) + n
        return None

    def visible(self, top: int, bottom: int) -> range:
        """The tiles that the stretch of content from `top` to `bottom` (exclusive) touches."""
        rows = self._rows_in(top, bottom)
        if not rows:
            return range(0)
        return range(int(self._rows.starts[rows[0]]), int(self._rows.starts[rows[-1] + 1]))

    def within(self, box: Box) -> Iterator[range]:
        """The tiles that a box touches, one range a row; full rows that follow are one."""
        right, bottom = box.x + max(1, box.width), box.y + max(1, box.height)
        pending = range(0)
        for row in self._rows_in(box.y, bottom):
            top = int(self._rows.tops[row])
            if top >= bottom or top + int(self._rows.heights[row]) <= box.y:
                continue
            start = int(self._rows.starts[row])
            hit = [
                start + n
                for n, (x, width) in enumerate(self._spans(row))
                if x < right and x + width > box.x
            ]
            if not hit:
                continue
            if pending and pending.stop == hit[0]:
                pending = range(pending.start, hit[-1] + 1)
                continue
            if pending:
                yield pending
            pending = range(hit[0], hit[-1] + 1)
        if pending:
            yield pending

    def moved(self, index: int, move: Move, page_height: int) -> int:
        """Where a key leads from a tile."""
        if move in ("left", "right"):
            return min(max(0, index + (1 if move == "right" else -1)), self.count - 1)
        if move in ("home", "end"):
            return 0 if move == "home" else self.count - 1
        row, last = self._row_of(index), len(self._rows.tops) - 1
        top = int(self._rows.tops[row])
        if move == "page_down":
            to = min(last, max(row + 1, self._row_at(top + page_height)))
        elif move == "page_up":
            above = int(np.searchsorted(self._rows.tops, top - page_height))
            to = max(0, min(row - 1, above))
        else:
            to = row + (1 if move == "down" else -1)
            if not 0 <= to <= last:
                return index
        x, width = self._spans(row)[index - int(self._rows.starts[row])]
        return self._nearest(to, x + width // 2)

    @property
    def _room(self) -> int:
        """The width that tiles may fill."""
        return max(1, self.width - 2 * MARGIN)

    @cached_property
    def _rows(self) -> Rows:
        return self.laid_out or lay_out(self._plan, TOP)

    @cached_property
    def _plan(self) -> Plan:
        bounds, heads = self._sections
        if self.aspects is not None:
            return plan_justified(bounds, heads, self.aspects, self._room, self.wanted)
        return plan_squares(bounds, heads, self.columns, self.side)

    @cached_property
    def _sections(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        if self.cut is not None:
            cut = min(max(self.cut, 0), self.count)
            parts = [(0, 0)] * (cut > 0) + [(cut, DIVIDER)] * (cut < self.count)
            bounds = np.array([*(start for start, _ in parts), self.count], np.int64)
            return bounds, np.array([head for _, head in parts], np.int64)
        if self.bounds is not None:
            return self.bounds, np.full(len(self.bounds) - 1, HEADING, np.int64)
        return np.array([0, self.count], np.int64), np.zeros(1, np.int64)

    @cached_property
    def _heading_tops(self) -> NDArray[np.int64]:
        return self._rows.tops[self._rows.sections[:-1]] - HEADING

    @cached_property
    def _columns_spans(self) -> list[tuple[int, int]]:
        """Where square tiles are; the pixels that are left over go into the gaps, one each."""
        step = self.side + GAP
        spare = max(0, self._room - self.columns * step + GAP)
        between = max(1, self.columns - 1)
        return [
            (MARGIN + column * step + column * spare // between, self.side)
            for column in range(self.columns)
        ]

    def _spans(self, row: int) -> list[tuple[int, int]]:
        """Left edge and width of the tiles of a row."""
        start, stop = int(self._rows.starts[row]), int(self._rows.starts[row + 1])
        if self.aspects is None or self._rows.exact is None:
            return self._columns_spans[: stop - start]
        height = float(self._rows.exact[row])
        sums = self.aspects.before[start : stop + 1]
        edges = (sums - sums[0]) * height
        edges += np.arange(stop - start + 1) * GAP + MARGIN
        lefts = np.rint(edges).astype(np.int64).tolist()
        return [
            (left, max(1, min(following - GAP, self.width - MARGIN) - left))
            for left, following in pairwise(lefts)
        ]

    def _nearest(self, row: int, x: int) -> int:
        """The tile of a row whose middle is nearest."""
        spans = self._spans(row)
        away = [abs(left + width // 2 - x) for left, width in spans]
        return int(self._rows.starts[row]) + away.index(min(away))

    def _row_of(self, index: int) -> int:
        return int(np.searchsorted(self._rows.starts, index, "right")) - 1

    def _row_at(self, y: int) -> int:
        """The row at a height; what is between rows counts to the one above it, if any."""
        return max(0, int(np.searchsorted(self._rows.tops, y, "right")) - 1)

    def _rows_in(self, top: int, bottom: int) -> range:
        if self.count == 0 or bottom <= top:
            return range(0)
        return range(self._row_at(top), self._row_at(bottom - 1) + 1)
