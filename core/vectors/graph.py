"""One finished HNSW graph over a fixed set of rows. The only module that imports hnswlib.

A graph is built away from everyone, published when it is done and never added to: hnswlib must not
search while it inserts, and a label that was deleted and added again can stay lost. Rows can only
be forgotten. Not thread-safe: the index that owns it holds one lock.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

# Recall of the nearest 100 in a graph of 21,681 photos (256 numbers, ef 256): 0.997 with 16 links,
# 0.998 with 24, which gain more where clusters are smaller than what is asked for.
LINKS = 24
EF_CONSTRUCTION = 120
_SEED = 7
_SLICE_SECONDS = 0.02


class Graph:
    """Approximate neighbours among `rows` unit vectors, labelled by row number 0…rows-1."""

    def __init__(self, index: Any, rows: int) -> None:
        self._index = index
        self.rows = rows

    def search(self, query: NDArray[np.float32], k: int, ef: int) -> NDArray[np.int64] | None:
        """The `k` rows nearest to `query`, (dim,), in no order; None when it finds fewer.

        `ef` is how many candidates are kept on the way: more finds more and takes longer.
        """
        self._index.set_ef(max(ef, k))
        try:
            labels, _ = self._index.knn_query(query, k=k, num_threads=1)
        except RuntimeError:  # fewer than k are left, or can be reached
            return None
        found: NDArray[np.int64] = labels[0].astype(np.int64)
        return found

    def forget(self, rows: NDArray[np.int64]) -> None:
        """Never return these rows again; each may be forgotten once."""
        for row in rows:
            self._index.mark_deleted(int(row))

    def save(self, path: Path) -> None:
        """Write the graph into a file and have it on disk."""
        self._index.save_index(str(path))
        with path.open("rb+") as file:
            os.fsync(file.fileno())


def build_graph(
    vectors: NDArray[np.float32], *, cancelled: Callable[[], bool], rest: float = 0.0
) -> Graph | None:
    """Build over unit `vectors`, float32 (n, dim); None when cancelled.

    One thread, in short slices; after each it sleeps `rest` times as long as the slice took.
    """
    index = _empty(vectors.shape[1])
    index.init_index(len(vectors), M=LINKS, ef_construction=EF_CONSTRUCTION, random_seed=_SEED)
    done, step = 0, 16
    while done < len(vectors):
        if cancelled():
            return None
        began = time.perf_counter()
        part = vectors[done : done + step]
        index.add_items(part, np.arange(done, done + len(part)), num_threads=1)
        done += len(part)
        took = time.perf_counter() - began
        step = int(np.clip(step * _SLICE_SECONDS / max(took, 1e-6), 8, 1024))
        time.sleep(took * rest)
    return Graph(index, len(vectors))


def load_graph(path: Path, rows: int, dim: int) -> Graph | None:
    """Load a saved graph; None when it is not one of `rows` × `dim`.

    hnswlib trusts what it reads and can crash on a damaged file: verify the checksum before.
    """
    index = _empty(dim)
    try:
        index.load_index(str(path), max_elements=rows)
    except RuntimeError:
        return None
    if index.get_current_count() != rows:
        return None
    return Graph(index, rows)


def _empty(dim: int) -> Any:
    import hnswlib

    # Inner product of unit vectors: what cosine means, without a second normalisation.
    return hnswlib.Index(space="ip", dim=dim)
