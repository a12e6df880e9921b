"""What indexing writes: the catalogue first, then the caches that follow from it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from core.catalog import embeddings, files, photos
from core.catalog.catalogue import Catalogue
from core.catalog.changes import Changes
from core.catalog.metadata import PhotoContent
from core.catalog.statistics import failures_mark
from core.catalog.told import store_told
from core.events import Event, FailuresChanged, PhotosChanged, PhotosEmbedded
from core.indexing.jobs import FileJob, PhotoJob, ReadJob, ToEmbed
from core.indexing.report import Tally
from core.indexing.scanning import DirectoryState, apply_directory_states
from core.vectors.index import VectorIndex

Operation = Callable[[sqlite3.Connection], Changes]

OPERATIONS_AT_ONCE = 64


class Committer:
    """Writes batches, each in one transaction, and tells the vector index and the listeners.

    Photos are written as soon as they are read, their embeddings when these are there: a photo is
    on screen before it can be found by description. A batch is in the catalogue whole or not at
    all; the vector index follows after the commit and catches up from the catalogue when a crash
    came between. Used by one thread.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        index: VectorIndex,
        model_id: int,
        tally: Tally,
        emit: Callable[[Event], None],
    ) -> None:
        self._catalogue = catalogue
        self._index = index
        self._model_id = model_id
        self._tally = tally
        self.emit = emit
        self._operations: list[Operation] = []

    def add(self, operation: Operation) -> None:
        """Have `operation` done with the next transaction, at the latest after 64 of them."""
        self._operations.append(operation)
        if len(self._operations) >= OPERATIONS_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """Do the waiting operations now, in one transaction."""
        if not self._operations:
            return
        changes = Changes()
        with self._catalogue.transaction() as tx:
            failed = failures_mark(tx)
            for operation in self._operations:
                changes |= operation(tx)
            others_fail = failures_mark(tx) != failed
        self._operations.clear()
        self._follow(changes)
        if others_fail:
            self.emit(FailuresChanged())

    def store(self, batch: Sequence[ReadJob]) -> list[ToEmbed | None]:
        """Store photos that were read; per photo, what is to be embedded of it, if anything is."""
        self.flush()
        changes = Changes()
        ids: list[int | None] = []
        with self._catalogue.transaction() as tx:
            failed = failures_mark(tx)
            for read in batch:
                photo_id, change = self._store(tx, read)
                ids.append(photo_id)
                changes |= change
            wanted = {
                i for i, read in zip(ids, batch, strict=True) if i and read.pixels is not None
            }
            lacking = embeddings.lacking_embedding(tx, self._model_id, wanted)
            others_fail = failures_mark(tx) != failed
        for read in batch:
            if read.reading.content.sidecar is not None:
                self._tally.with_sidecar.add(read.job.path)
            if isinstance(read.job, FileJob):
                self._tally.updated += read.job.known
                self._tally.added += not read.job.known
        self._follow(changes)
        if others_fail:
            self.emit(FailuresChanged())
        return [
            ToEmbed(photo_id, read.reading.content.content_hash, read.pixels, read.job.path)
            if photo_id in lacking and read.pixels is not None
            else None
            for photo_id, read in zip(ids, batch, strict=True)
        ]

    def embed(self, batch: Sequence[ToEmbed], vectors: NDArray[np.float32]) -> None:
        """Store embeddings, float32 (n, dim); not of photos that were edited in the meantime."""
        with self._catalogue.transaction() as tx:
            now = photos.content_hashes(tx, [each.photo_id for each in batch])
            valid = [now.get(each.photo_id) == each.content_hash for each in batch]
            ids = np.array([each.photo_id for each in batch], np.int64)[valid]
            rows = vectors[valid].astype(np.float32, copy=False)
            if len(ids):
                embeddings.put_embeddings(tx, self._model_id, ids, rows)
        if len(ids):
            self._index.add(ids, rows)
            self._tally.embedded += len(ids)
            self.emit(PhotosEmbedded(tuple(ids.tolist())))

    def record(self, states: Sequence[DirectoryState]) -> None:
        """Record which directories cannot be looked at, and which can be again."""
        if not states:
            return
        with self._catalogue.transaction() as tx:
            news = apply_directory_states(tx, states)
        if news:
            self.emit(FailuresChanged())

    @staticmethod
    def _store(tx: sqlite3.Connection, read: ReadJob) -> tuple[int | None, Changes]:
        """Write one photo; its id is None where its file changed since the catalogue saw it."""
        content = read.reading.content
        if isinstance(read.job, FileJob):
            return photos.store_photo(tx, read.job.key, read.job.stat, content)
        if content.content_hash != read.job.content_hash:
            return None, Changes()
        if read.job.beside:
            return read.job.photo_id, _store_beside(tx, read.job, content)
        return read.job.photo_id, Changes(updated=() if read.job.embed else (read.job.photo_id,))

    def _follow(self, changes: Changes) -> None:
        """Bring the vector index and the listeners up to what the catalogue now says."""
        if not changes:
            return
        with self._catalogue.reader() as connection:
            # A remembered photo that came back has its embedding; an edited one has lost it.
            back, rows = embeddings.embeddings_of(connection, self._model_id, changes.added)
            lost = embeddings.lacking_embedding(connection, self._model_id, changes.updated)
        gone = sorted(lost.union(changes.removed))
        if gone:
            self._index.remove(np.array(gone, np.int64))
        if len(back):
            self._index.add(back, rows)
        self.emit(PhotosChanged(changes.added, changes.updated, changes.removed))


def _store_beside(tx: sqlite3.Connection, job: PhotoJob, content: PhotoContent) -> Changes:
    """Record what is said of a photo, and with it that its sidecars were looked at."""
    changes = Changes()
    for key in files.keys_of_paths(tx, [job.path]):
        changes |= store_told(tx, job.photo_id, key, content)
    for each in job.beside:
        changes |= files.record_unread(tx, each.key, each.stat, "skipped", each.reason)
    return changes
