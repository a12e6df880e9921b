"""The embeddings of one model, chunk by chunk: from memory where they fit, else from the catalogue.

Remembered photos are among them: when one comes back, it has its labels.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import numpy as np

from core.catalog.embeddings import (
    all_embeddings,
    count_embeddings,
    embeddings_of,
    find_model_id,
    last_seq,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from core.catalog.catalogue import Catalogue

CHUNK = 8192
"""Photos that are looked at together: 8,192 × 512 numbers are 16 MB."""

MOST_BYTES = 256 * 2**20
"""What may stay in memory: 500,000 photos of 256 numbers, kept as float16."""

_READY_BYTES = 128 * 2**20
"""Up to here they are kept as float32: making these of halves takes longer than judging a label."""

Chunk = tuple["NDArray[np.int64]", "NDArray[np.float32]"]


class PhotoVectors:
    """Unit vectors of all photos that a model has seen. Safe from any thread.

    They are read from the catalogue once and kept while they fit into `most_bytes`, as float16
    where they are many; what was put later is read when it is next asked for.
    """

    def __init__(
        self, catalogue: Catalogue, model_key: str, *, most_bytes: int = MOST_BYTES
    ) -> None:
        self._catalogue = catalogue
        self._key = model_key
        self._most = most_bytes
        self._lock = threading.Lock()
        self._ids: list[NDArray[np.int64]] = []
        self._vectors: list[NDArray[np.floating[Any]]] = []
        self._ready = True  # float32, not float16
        self._seq = 0
        self._counted = 0, 0  # seq of the newest when photos were counted, and their number
        self._too_many = False

    def seq(self) -> int:
        """Seq of the newest embedding, 0 where there is none; see core.catalog.embeddings."""
        with self._catalogue.reader() as c:
            model_id = find_model_id(c, self._key)
            return 0 if model_id is None else last_seq(c, model_id)

    @property
    def in_memory(self) -> bool:
        """Whether all of them stay in memory."""
        return not self._too_many

    def chunks(self, *, after_seq: int = 0) -> Iterator[Chunk]:
        """Ids int64 (n,) and unit vectors float32 (n, dim) of all photos, each once.

        With `after_seq`, only of those whose embedding is newer. Vectors that are zero or not
        finite are left out.
        """
        if after_seq:
            yield from self._stored(after_seq)
            return
        self._read_new()
        with self._lock:
            kept = None if self._too_many else list(zip(self._ids, self._vectors, strict=True))
        if kept is None:
            yield from self._stored(0)
            return
        for ids, halves in kept:
            here = ids >= 0
            if here.any():
                vectors = halves.astype(np.float32, copy=False)
                yield (ids, vectors) if here.all() else (ids[here], vectors[here])

    def count(self) -> int:
        """How many photos there are, or were when the newest one was seen: counting takes long."""
        with self._lock, self._catalogue.reader() as c:
            model_id = find_model_id(c, self._key)
            if model_id is None:
                return 0
            seq = last_seq(c, model_id)
            if self._counted[0] != seq:
                self._counted = seq, count_embeddings(c, model_id)
            return self._counted[1]

    def of(self, ids: NDArray[np.int64]) -> Chunk:
        """Those of these photos that are known, sorted, and their unit vectors."""
        with self._catalogue.reader() as c:
            model_id = find_model_id(c, self._key)
            if model_id is None or len(ids) == 0:
                return np.empty(0, np.int64), np.empty((0, 0), np.float32)
            return _usable(*embeddings_of(c, model_id, ids.tolist()))

    def sample(self, count: int) -> NDArray[np.float32]:
        """Vectors of up to `count` photos from everywhere among them, float32 (n, dim)."""
        found: list[NDArray[np.float32]] = []
        step, at = max(1, self.count() // max(count, 1)), 0
        for ids, vectors in self.chunks():
            found.append(vectors[-at % step :: step])
            at += len(ids)
        return np.concatenate(found)[:count] if found else np.empty((0, 0), np.float32)

    def _stored(self, after_seq: int) -> Iterator[Chunk]:
        with self._catalogue.reader() as c:
            model_id = find_model_id(c, self._key)
            if model_id is not None:
                for ids, vectors, _ in all_embeddings(c, model_id, after_seq=after_seq):
                    yield _usable(ids, vectors)

    def _read_new(self) -> None:
        with self._lock, self._catalogue.reader() as c:
            model_id = find_model_id(c, self._key)
            if self._too_many or model_id is None or last_seq(c, model_id) == self._seq:
                return
            for ids, vectors, seq in all_embeddings(c, model_id, after_seq=self._seq):
                self._forget(ids)
                usable, rows = _usable(ids, vectors)
                self._ids.append(usable)
                self._vectors.append(rows if self._ready else rows.astype(np.float16))
                self._seq = seq
                if self._ready and sum(part.nbytes for part in self._vectors) > _READY_BYTES:
                    self._ready = False
                    self._vectors = [part.astype(np.float16) for part in self._vectors]
                if sum(part.nbytes for part in self._vectors) > self._most:
                    self._too_many = True
                    self._ids, self._vectors = [], []
                    return
            self._join_small()

    def _forget(self, ids: NDArray[np.int64]) -> None:
        """Photos that were edited have a newer vector: strike out the older one."""
        for place, known in enumerate(self._ids):
            again = np.isin(known, ids)
            if again.any():
                self._ids[place] = np.where(again, -1, known)

    def _join_small(self) -> None:
        """Many small parts, as photos come in one by one, become one."""
        small = [i for i, part in enumerate(self._ids) if len(part) < CHUNK // 2]
        if len(small) < 2:
            return
        ids = np.concatenate([self._ids[i] for i in small])
        vectors = np.concatenate([self._vectors[i] for i in small])
        others = [i for i in range(len(self._ids)) if i not in set(small)]
        self._ids = [self._ids[i] for i in others]
        self._vectors = [self._vectors[i] for i in others]
        for start in range(0, len(ids), CHUNK):
            self._ids.append(ids[start : start + CHUNK])
            self._vectors.append(vectors[start : start + CHUNK])


def _usable(ids: NDArray[np.int64], vectors: NDArray[np.float32]) -> Chunk:
    """Without the vectors that are zero or not finite, and those of others made unit length."""
    lengths = np.linalg.norm(vectors, axis=1)
    good = np.isfinite(lengths) & (lengths > 0)
    return ids[good], (vectors[good] / lengths[good, None]).astype(np.float32)
