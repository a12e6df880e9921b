"""The vector index: which photos are nearest to a vector, exactly where few, by HNSW where many.

Rows fill one segment after another. The last one is compared with the query one by one; each full
one gets an HNSW graph, built in the background and published when it is done, so searches never
meet a graph that grows. Until then, and after damage, its rows are compared one by one too: an
answer can be slower than usual but never lacks a photo. A replaced photo gets a new row; a segment
that has lost many rows is emptied into the last one. So labels are never reused, capacity never
grows, and what is on disk (core.vectors.store) never changes once written.
"""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from core.vectors.graph import build_graph
from core.vectors.segment import Segment
from core.vectors.stored import stored_form, unit_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.vectors.graph import Graph
    from core.vectors.graph_files import GraphFiles

EXACT_LIMIT = 32_768
"""Up to this many vectors, comparing all takes 2 to 5 ms (256 numbers each)."""

_DEAD_SHARE = 0.25
# Candidates that all graphs together keep on the way; more finds more and takes longer. Recall of
# the nearest 100 among 100,000 vectors in clusters of 100, three graphs: with 2,700 candidates
# 0.998 (256 numbers) and 0.993 (512), with 1,800 0.992 and 0.981, with 1,350 0.982 and 0.965.
_EF_TOTAL = 1950
_EF_MOST = 650
_EF_LEAST = 192
# The builder sleeps as long as it works, so that indexing and the window have the processor.
_REST = 0.5
# float32 sums differ in the seventh digit with the order of addition: equal photos must tie.
_DIGITS = 6


class VectorIndex:
    """Unit vectors by photo id. Safe from any thread; close() ends its background work.

    `exact_limit`: up to so many vectors there are no graphs, and it is how many rows one covers.
    `files`: where graphs are kept (of exact_limit rows each); None keeps them in memory only.
    `version` grows with every change.
    """

    def __init__(
        self,
        dim: int,
        *,
        exact_limit: int = EXACT_LIMIT,
        files: GraphFiles | None = None,
    ) -> None:
        if dim < 1 or exact_limit < 1:
            raise ValueError("dim and exact_limit are at least 1")
        self.dim = dim
        self.exact_limit = exact_limit
        self._files = files
        self._lock = threading.Lock()
        self._segments: dict[int, Segment] = {}
        self._next = 0
        # Live photos, sorted, and where each is: segment number × exact_limit + row.
        self._ids = np.empty(0, np.int64)
        self._places = np.empty(0, np.int64)
        self._closed = threading.Event()
        self._idle = threading.Event()
        self._idle.set()
        self._worker: threading.Thread | None = None
        self._askers = ThreadPoolExecutor(min(4, os.cpu_count() or 1), "souvenir-ask")
        self.version = 0

    def __len__(self) -> int:
        return len(self._ids)

    def ids(self) -> NDArray[np.int64]:
        """Every photo id, int64 (n,), sorted."""
        return self._ids.copy()

    def vectors(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Vectors of these photos, float32 (n, dim). Raises KeyError for one that is not here."""
        here, vectors = self.known_vectors(ids)
        if not here.all():
            raise KeyError("a photo that is not in the vector index")
        return vectors

    def known_vectors(
        self, ids: NDArray[np.int64]
    ) -> tuple[NDArray[np.bool_], NDArray[np.float32]]:
        """Which of these photos are here, (n,), and the vectors of those, float32 (m, dim)."""
        ids = np.asarray(ids, np.int64)
        with self._lock:
            here = self._here(ids)
            return here, self._gather(self._places[np.searchsorted(self._ids, ids[here])])

    def sample(self, count: int) -> NDArray[np.float32]:
        """Vectors of up to `count` photos from everywhere in the library, float32 (n, dim)."""
        with self._lock:
            step = max(1, len(self._ids) // max(count, 1))
            return self._gather(np.sort(self._places[::step][:count]))

    def add(self, ids: NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
        """Add photos, int64 (n,), with vectors, float32 (n, dim); known ids get the new vector.

        Vectors are made unit length. Raises ValueError, and adds nothing, for a wrong shape and
        for vectors that are zero or not finite.
        """
        ids, vectors = np.asarray(ids, np.int64), np.asarray(vectors, np.float32)
        if ids.ndim != 1 or vectors.shape != (len(ids), self.dim):
            raise ValueError(f"expected vectors of {self.dim} numbers, one for each photo")
        if len(ids) == 0:
            return
        rounded = stored_form(vectors)
        # The last vector of an id that comes twice counts.
        unique, last = np.unique(ids[::-1], return_index=True)
        order = len(ids) - 1 - last
        with self._lock:
            self._remove(unique)
            places = self._append(unique, rounded[order])
            at = np.searchsorted(self._ids, unique)
            self.version += 1
            self._ids = np.insert(self._ids, at, unique)
            self._places = np.insert(self._places, at, places)
        self._wake()

    def remove(self, ids: NDArray[np.int64]) -> None:
        """Forget these photos; unknown ids are passed over."""
        with self._lock:
            self.version += 1
            self._remove(np.unique(np.asarray(ids, np.int64)))
        self._wake()

    def search(
        self,
        query: NDArray[np.float32],
        k: int,
        *,
        allowed: NDArray[np.int64] | None = None,
        exact: bool = False,
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The `k` photos most similar to `query`, (dim,): ids and cosines float32, best first.

        Fewer only where there are fewer. Ties go by id. `allowed`: consider these photos only,
        int64, sorted and unique. `exact`: compare every one. Raises ValueError for a query that is
        zero, not finite or of another size.
        """
        query = np.asarray(query, np.float32)
        if query.shape != (self.dim,):
            raise ValueError(f"expected a vector of {self.dim} numbers")
        query = unit_rows(query[None])[0]
        with self._lock:
            pool, within = self._pool(allowed)
            k = min(k, pool)
            if k <= 0:
                return np.empty(0, np.int64), np.empty(0, np.float32)
            graphs = sum(segment.graph is not None for segment in self._segments.values())
            ef = int(np.clip(_EF_TOTAL // max(graphs, 1), _EF_LEAST, _EF_MOST))

            def nearest(number: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
                segment, rows = self._segments[number], None if within is None else within[number]
                best, scores = segment.nearest(query, k, ef, rows, exact=exact)
                return segment.ids[best], scores

            # hnswlib lets other threads run meanwhile, so graphs are asked side by side.
            numbers = [n for n in self._segments if within is None or n in within]
            if graphs > 1 and not exact and not self._closed.is_set():
                found = list(self._askers.map(nearest, numbers))
            else:
                found = [nearest(number) for number in numbers]
        ids = np.concatenate([ids for ids, _ in found])
        cosines = np.round(np.concatenate([scores for _, scores in found]), _DIGITS)
        if len(ids) > 4 * k:
            near = cosines >= np.partition(cosines, len(cosines) - k)[len(cosines) - k]
            ids, cosines = ids[near], cosines[near]
        order = np.lexsort((ids, -cosines))[:k]
        return ids[order], np.clip(cosines[order], -1.0, 1.0)

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until no background work is left; False when that took over `timeout` seconds."""
        return self._idle.wait(timeout)

    @property
    def graphed(self) -> int:
        """How many photos are answered by graphs; the others are compared one by one."""
        with self._lock:
            return sum(s.rows - s.dead for s in self._segments.values() if s.graph is not None)

    def close(self) -> None:
        """End background work; the index still answers. May be called twice."""
        self._closed.set()
        with self._lock:
            worker = self._worker
            self._askers.shutdown()
        if worker is not None:
            worker.join()

    def adopt(self, segments: list[Segment]) -> None:
        """Take segments that were saved, of exact_limit rows each, into an empty index."""
        with self._lock:
            if self._segments:
                raise ValueError("only an empty index can adopt segments")
            self.version += 1
            self._segments = dict(enumerate(segments))
            self._next = len(segments)
            ids = [s.ids[np.flatnonzero(s.live)] for s in segments]
            places = [
                np.flatnonzero(s.live) + number * self.exact_limit
                for number, s in self._segments.items()
            ]
            if segments:
                joined = np.concatenate(ids)
                order = np.argsort(joined)
                self._ids, self._places = joined[order], np.concatenate(places)[order]
        self._wake()

    # Below: the lock is held, except in _wake and _work.

    def _here(self, ids: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of `ids` are live."""
        if len(self._ids) == 0:
            return np.zeros(len(ids), np.bool_)
        at = np.minimum(np.searchsorted(self._ids, ids), len(self._ids) - 1)
        found: NDArray[np.bool_] = self._ids[at] == ids
        return found

    def _find(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Positions in _ids of those of `ids` that are live."""
        return np.searchsorted(self._ids, ids[self._here(ids)])

    def _pool(
        self, allowed: NDArray[np.int64] | None
    ) -> tuple[int, dict[int, NDArray[np.int64]] | None]:
        """How many photos are considered, and their rows by segment (None: all)."""
        if allowed is None:
            return len(self._ids), None
        places = np.sort(self._places[self._find(np.asarray(allowed, np.int64))])
        return len(places), self._by_segment(places)

    def _by_segment(self, places: NDArray[np.int64]) -> dict[int, NDArray[np.int64]]:
        """Split sorted places into rows by segment number."""
        numbers = places // self.exact_limit
        cuts = np.flatnonzero(np.diff(numbers)) + 1
        return {
            int(part[0]) // self.exact_limit: part % self.exact_limit
            for part in np.split(places, cuts)
            if len(part)
        }

    def _gather(self, places: NDArray[np.int64]) -> NDArray[np.float32]:
        vectors = np.empty((len(places), self.dim), np.float32)
        numbers = places // self.exact_limit
        for number in np.unique(numbers):
            here = numbers == number
            vectors[here] = self._segments[int(number)].gather(places[here] % self.exact_limit)
        return vectors

    def _remove(self, ids: NDArray[np.int64]) -> None:
        found = self._find(ids)
        if len(found) == 0:
            return
        for number, rows in self._by_segment(np.sort(self._places[found])).items():
            self._segments[number].kill(rows)
        self._ids = np.delete(self._ids, found)
        self._places = np.delete(self._places, found)

    def _append(self, ids: NDArray[np.int64], vectors: NDArray[np.float32]) -> NDArray[np.int64]:
        """Put rows at the end, opening segments as needed; returns their places."""
        places = np.empty(len(ids), np.int64)
        done = 0
        while done < len(ids):
            number = self._next - 1
            if number not in self._segments or self._segments[number].full:
                number, self._next = self._next, self._next + 1
                self._segments[number] = Segment(self.exact_limit, self.dim)
            last = self._segments[number]
            end = min(len(ids), done + last.capacity - last.rows)
            first = number * self.exact_limit + last.rows
            places[done:end] = np.arange(first, first + end - done)
            last.append(ids[done:end], vectors[done:end])
            done = end
        return places

    def _job(self) -> tuple[int, Segment] | None:
        """A full segment that has lost too much or needs a graph, the saved ones first.

        The last segment still fills and is left alone.
        """
        jobs = [
            (not _worn(segment), segment.saved_as is None, number)
            for number, segment in self._segments.items()
            if number != self._next - 1 and (segment.graph is None or _worn(segment))
        ]
        return (min(jobs)[-1], self._segments[min(jobs)[-1]]) if jobs else None

    def _wake(self) -> None:
        """Start the background thread if there is work and none runs."""
        with self._lock:
            if self._closed.is_set() or self._worker is not None or self._job() is None:
                return
            self._idle.clear()
            self._worker = threading.Thread(target=self._work, name="vector-index", daemon=True)
            self._worker.start()

    def _work(self) -> None:
        while True:
            with self._lock:
                job = self._job()
                if job is None or self._closed.is_set():
                    self._worker = None
                    self._idle.set()
                    return
                number, segment = job
                if _worn(segment):
                    self._empty(number)
                    continue
            graph = self._graph(segment)
            if graph is None:
                continue
            halves = segment.vectors.astype(np.float16)
            with self._lock:
                segment.publish(graph, halves)

    def _graph(self, segment: Segment) -> Graph | None:
        """Read the segment's graph or build, and save, it; None when closed meanwhile."""
        if self._files is not None and segment.saved_as is not None:
            graph = self._files.load(segment.saved_as)
            if graph is not None:
                return graph
            segment.saved_as = None
        graph = build_graph(segment.vectors, cancelled=self._closed.is_set, rest=_REST)
        if graph is not None and self._files is not None:
            segment.saved_as = self._files.save(graph, segment.ids, segment.vectors)
        return graph

    def _empty(self, number: int) -> None:
        """Move what lives in a segment to the end and drop the segment."""
        segment = self._segments.pop(number)
        rows = np.flatnonzero(segment.live)
        ids = segment.ids[rows]
        self._places[np.searchsorted(self._ids, ids)] = self._append(ids, segment.gather(rows))
        if self._files is not None and segment.saved_as is not None:
            self._files.drop(segment.saved_as)


def _worn(segment: Segment) -> bool:
    return segment.dead > _DEAD_SHARE * segment.capacity
