"""A run of rows: vectors that are compared one by one until a graph over all of them is ready."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.vectors.graph import Graph

# Rows that are widened to float32 at once: 4,096 × 256 numbers stay in a processor's cache.
_WIDEN = 4096
# A graph that must give back more than this share of its rows is slower than comparing them all.
_GRAPH_SHARE = 8
SUBSET = 4096
"""So few rows are compared one by one: as fast as walking the graph, and exact."""


@dataclass
class Segment:
    """Up to `capacity` rows. `vectors` is float32, or float16 once `graph` holds them as float32.

    The values fit float16 either way, so both give the same scores. `ids` and `live` are parallel:
    a removed row stays where it is, dead.
    """

    capacity: int
    dim: int
    rows: int = 0
    dead: int = 0
    graph: Graph | None = None
    saved_as: str | None = None
    ids: NDArray[np.int64] = field(init=False)
    live: NDArray[np.bool_] = field(init=False)
    vectors: NDArray[Any] = field(init=False)

    def __post_init__(self) -> None:
        self.ids = np.zeros(self.capacity, np.int64)
        self.live = np.zeros(self.capacity, np.bool_)
        # Pages that were never written take no memory.
        self.vectors = np.zeros((self.capacity, self.dim), np.float32)

    @property
    def full(self) -> bool:
        """No row fits any more."""
        return self.rows == self.capacity

    def append(self, ids: NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
        """Add rows that fit."""
        end = self.rows + len(ids)
        self.ids[self.rows : end] = ids
        self.vectors[self.rows : end] = vectors
        self.live[self.rows : end] = True
        self.rows = end

    def lay_out(self, ids: NDArray[np.int64]) -> None:
        """Be full, of rows that are all dead until they are revived: the order of a saved graph."""
        self.ids = ids
        self.rows = self.dead = self.capacity

    def revive(self, rows: NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
        """Give `rows` their vectors again; before there is a graph."""
        self.vectors[rows] = vectors
        self.dead -= int(np.count_nonzero(~self.live[rows]))
        self.live[rows] = True

    def kill(self, rows: NDArray[np.int64]) -> None:
        """Mark live `rows` as removed."""
        self.live[rows] = False
        self.dead += len(rows)
        if self.graph is not None:
            self.graph.forget(rows)

    def publish(self, graph: Graph, halves: NDArray[np.float16]) -> None:
        """Answer with `graph` from now on; it is told what died while it was made.

        `halves`: the vectors as float16, in which they are kept from now on.
        """
        graph.forget(np.flatnonzero(~self.live[: self.rows]))
        self.graph = graph
        self.vectors = halves

    def gather(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Vectors of these rows, float32 (n, dim)."""
        return self.vectors[rows].astype(np.float32, copy=False)

    def nearest(
        self,
        query: NDArray[np.float32],
        k: int,
        ef: int,
        within: NDArray[np.int64] | None,
        *,
        exact: bool,
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """At least the `k` best live rows (ties included) and their scores, in no order.

        `within`: consider these live rows only.
        """
        pool = self.rows - self.dead if within is None else len(within)
        if pool == 0:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        if self.graph is not None and not exact and pool > SUBSET:
            rows = self._walk(query, min(k, pool), ef, within, pool)
            if rows is not None:
                return rows, self.gather(rows) @ query
        if within is not None:
            rows = within
            scores = self._compare(query, rows)
        elif self.dead:
            rows = np.flatnonzero(self.live[: self.rows])
            scores = self._compare(query, None)[rows]
        else:
            scores = self._compare(query, None)
            rows = np.arange(self.rows)
        if len(rows) > k:
            best = scores >= np.partition(scores, len(scores) - k)[len(scores) - k]
            rows, scores = rows[best], scores[best]
        return rows, scores

    def _walk(
        self,
        query: NDArray[np.float32],
        k: int,
        ef: int,
        within: NDArray[np.int64] | None,
        pool: int,
    ) -> NDArray[np.int64] | None:
        """Ask the graph; None when comparing one by one is cheaper or it finds too few."""
        assert self.graph is not None
        alive = self.rows - self.dead
        wanted = k
        if pool < alive:
            # Those asked for are a part of all: look further down the whole list.
            wanted = int(k * alive / pool * 1.25) + 16
        if wanted * _GRAPH_SHARE > alive:
            return None
        rows = self.graph.search(query, wanted, max(ef, wanted))
        if rows is None or pool == alive:
            return rows
        chosen = np.zeros(self.capacity, np.bool_)
        chosen[within] = True
        rows = rows[chosen[rows]]
        return rows if len(rows) >= k else None

    def _compare(
        self, query: NDArray[np.float32], rows: NDArray[np.int64] | None
    ) -> NDArray[np.float32]:
        """Scores of these rows, or of every row, float32."""
        if rows is None and self.vectors.dtype == np.float32:
            scores: NDArray[np.float32] = self.vectors[: self.rows] @ query
            return scores
        count = self.rows if rows is None else len(rows)
        scores = np.empty(count, np.float32)
        for start in range(0, count, _WIDEN):
            end = min(start + _WIDEN, count)
            part = self.vectors[start:end] if rows is None else self.vectors[rows[start:end]]
            scores[start:end] = part.astype(np.float32, copy=False) @ query
        return scores
