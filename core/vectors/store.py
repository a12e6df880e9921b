"""From the catalogue to a vector index: every vector comes from the catalogue, graphs from disk.

Opening reads all embeddings (about 2 µs each), so the index answers exactly from the first moment.
Rows that a saved graph was built over are laid out as it knows them; the graph itself is read and
verified in the background. A row counts only if its photo still has the very vector that the graph
holds, so nothing has to be believed about how old a file is.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Protocol

import numpy as np

from core.catalog.embeddings import (
    embedded_ids,
    embeddings_of,
    find_model_id,
    iterate_embeddings,
)
from core.vectors.graph_files import GraphFiles
from core.vectors.index import EXACT_LIMIT, VectorIndex
from core.vectors.segment import Segment
from core.vectors.stored import fingerprints, stored_form

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from numpy.typing import NDArray

    from core.catalog.catalogue import Catalogue

_CHUNK = 8192


class IndexedModel(Protocol):
    """What the index must know of a model: core.embedding's Model fits."""

    @property
    def key(self) -> str:
        """Identity of the weights."""

    @property
    def dim(self) -> int:
        """Numbers in a vector."""


def open_index(
    catalogue: Catalogue,
    model: IndexedModel,
    directory: Path,
    *,
    exact_limit: int = EXACT_LIMIT,
) -> VectorIndex:
    """The index over all present photos that have an embedding of `model`; close it after use.

    `directory` holds the saved graphs of all models; a catalogue opened for reading only writes
    nothing there. Embeddings that are zero or not finite are left out (check_index names them).
    Raises CatalogueError.
    """
    files = GraphFiles(
        directory / hashlib.sha256(model.key.encode()).hexdigest()[:16],
        model.key,
        model.dim,
        exact_limit,
        catalogue.read_only,
    )
    index = VectorIndex(model.dim, exact_limit=exact_limit, files=files)
    with catalogue.reader() as c:
        number = find_model_id(c, model.key)
        if number is None:
            return index
        count = len(embedded_ids(c, number))
        saved = _SavedRows(files) if count > exact_limit else None
        if saved is None or not saved.segments:
            for ids, vectors, _ in iterate_embeddings(c, number, chunk=_CHUNK):
                index.add(*_usable(ids, vectors))
            return index
        others = [
            saved.place(*_usable(ids, vectors))
            for ids, vectors, _ in iterate_embeddings(c, number, chunk=_CHUNK)
        ]
        index.adopt(saved.segments)
        left = np.concatenate(others)
        for start in range(0, len(left), _CHUNK):
            part = left[start : start + _CHUNK].tolist()
            index.add(*_usable(*embeddings_of(c, number, part)))
    return index


def catch_up(catalogue: Catalogue, model: IndexedModel, index: VectorIndex, after_seq: int) -> int:
    """Bring an open index up to what another process has written since seq `after_seq`.

    Returns the seq to pass next time. Raises CatalogueError.
    """
    with catalogue.reader() as c:
        number = find_model_id(c, model.key)
        if number is None:
            return after_seq
        for ids, vectors, last in iterate_embeddings(c, number, after_seq=after_seq):
            index.add(*_usable(ids, vectors))
            after_seq = last
        stored, held = embedded_ids(c, number), index.ids()
        index.remove(np.setdiff1d(held, stored, assume_unique=True))
        # A remembered photo that came back has its old embedding, with its old seq.
        back = np.setdiff1d(stored, held, assume_unique=True)
        for start in range(0, len(back), _CHUNK):
            part = back[start : start + _CHUNK].tolist()
            index.add(*_usable(*embeddings_of(c, number, part)))
    return after_seq


def check_index(catalogue: Catalogue, model: IndexedModel, index: VectorIndex) -> list[str]:
    """Sentences on where the index and the catalogue disagree; empty when all is well."""
    with catalogue.reader() as c:
        number = find_model_id(c, model.key)
        stored = np.empty(0, np.int64) if number is None else embedded_ids(c, number)
        if number is None:
            broken, differing = stored, stored
        else:
            broken, differing = _compare(c, number, index)
    held = index.ids()
    found = {
        "Photos to index again, as their embedding is zero or not finite": broken,
        "Photos missing from the vector index, which 'souvenir rebuild' mends": np.setdiff1d(
            np.setdiff1d(stored, held), broken
        ),
        "Photos only in the vector index, which 'souvenir rebuild' mends": np.setdiff1d(
            held, stored
        ),
        "Photos with an outdated vector in the index, which 'souvenir rebuild' mends": differing,
    }
    return [
        f"{what}: {len(ids):,}, the first is photo {ids[0]}."
        for what, ids in found.items()
        if len(ids)
    ]


def _compare(
    c: sqlite3.Connection, number: int, index: VectorIndex
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Photos whose stored vector is unusable, and those that the index has another vector of."""
    broken, differing = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    held = index.ids()
    for ids, vectors, _ in iterate_embeddings(c, number, chunk=_CHUNK):
        good, usable = _usable(ids, vectors)
        broken.append(np.setdiff1d(ids, good))
        here = np.isin(good, held)
        same = (index.vectors(good[here]) == stored_form(usable[here])).all(axis=1)
        differing.append(good[here][~same])
    return np.sort(np.concatenate(broken)), np.sort(np.concatenate(differing))


def _usable(
    ids: NDArray[np.int64], vectors: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Without the vectors that are zero or not finite."""
    good = np.isfinite(vectors).all(axis=1) & vectors.any(axis=1)
    return ids[good], vectors[good]


class _SavedRows:
    """The rows of the saved graphs, dead until the catalogue gives each the vector it had."""

    def __init__(self, files: GraphFiles) -> None:
        self.segments: list[Segment] = []
        ids, prints = [], []
        for name in files.names():
            rows = files.rows(name)
            if rows is not None:
                segment = Segment(files.count, files.dim, saved_as=name)
                segment.lay_out(rows[0])
                self.segments.append(segment)
                ids.append(rows[0])
                prints.append(rows[1])
        if self.segments:
            joined = np.concatenate(ids)
            # Stable, and one place for each id: an id that two files name counts in the first.
            self._ids, self._places = np.unique(joined, return_index=True)
            self._prints = np.concatenate(prints)[self._places]

    def place(self, ids: NDArray[np.int64], vectors: NDArray[np.float32]) -> NDArray[np.int64]:
        """Bring rows to life whose vectors are as they were; returns the ids of the others."""
        vectors = stored_form(vectors)
        at = np.minimum(np.searchsorted(self._ids, ids), len(self._ids) - 1)
        same = (self._ids[at] == ids) & (self._prints[at] == fingerprints(vectors))
        places = self._places[at]
        capacity = self.segments[0].capacity
        for number, segment in enumerate(self.segments):
            here = same & (places // capacity == number)
            segment.revive(places[here] % capacity, vectors[here])
        others: NDArray[np.int64] = ids[~same]
        return others
