"""Embeddings: one vector per photo content and model, float16 little-endian in the database.

Each put gets the next `seq` (never used twice), so a vector index that knows the last one it has
seen can catch up.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from core.catalog.changes import json_ids
from core.catalog.names import from_stored, join_path
from core.errors import CatalogueError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

_STORED = np.dtype("<f2")


def model_id(tx: sqlite3.Connection, key: str, dim: int) -> int:
    """Id under which embeddings of the model `key` (of `dim` numbers each) are kept; made if new.

    Raises CatalogueError when the same key is known with another `dim`.
    """
    row = tx.execute("SELECT id, dim FROM models WHERE key = ?", (key,)).fetchone()
    if row is None:
        made = tx.execute("INSERT INTO models (key, dim) VALUES (?, ?)", (key, dim))
        return int(made.lastrowid or 0)
    if row[1] != dim:
        raise CatalogueError(
            f"The model {key} makes vectors of {dim} numbers but was stored with {row[1]}: "
            "install it again under another name."
        )
    return int(row[0])


def find_model_id(c: sqlite3.Connection, key: str) -> int | None:
    """Id of the model `key`, None when nothing was ever stored for it."""
    row = c.execute("SELECT id FROM models WHERE key = ?", (key,)).fetchone()
    return None if row is None else int(row[0])


def retire_model(tx: sqlite3.Connection, key: str) -> None:
    """Let nothing find the embeddings of the model `key` any more; no row of them is touched.

    Deleting a million of them would hold up everybody who writes.
    """
    tx.execute("UPDATE OR IGNORE models SET key = key || ' retired' WHERE key = ?", (key,))


def put_embeddings(
    tx: sqlite3.Connection,
    model_id: int,
    photo_ids: Sequence[int] | NDArray[np.int64],
    vectors: NDArray[np.float32],
    *,
    content_hashes: Sequence[bytes] | None = None,
) -> None:
    """Store `vectors`, float32 (n, dim), of these photos in place of any they had.

    With `content_hashes`, a vector is stored only where the photo still has that content: the file
    may have been edited while it was being embedded. Raises ValueError for a wrong shape and for
    numbers that float16 cannot hold.
    """
    (dim,) = tx.execute("SELECT dim FROM models WHERE id = ?", (model_id,)).fetchone()
    if vectors.shape != (len(photo_ids), dim):
        raise ValueError(f"expected {(len(photo_ids), dim)} numbers, got {vectors.shape}")
    with np.errstate(over="ignore"):
        halves = vectors.astype(_STORED)
    if not np.isfinite(halves).all():
        raise ValueError("an embedding holds numbers that cannot be stored")
    # REPLACE, not an update in place: the row must get a new seq.
    rows: Iterable[tuple[object, ...]]
    if content_hashes is None:
        rows = zip(map(int, photo_ids), itertools.repeat(model_id), map(bytes, halves))
        tx.executemany(
            "INSERT OR REPLACE INTO embeddings (photo_id, model_id, vector) VALUES (?, ?, ?)", rows
        )
    else:
        hashes = content_hashes
        rows = zip(
            itertools.repeat(model_id),
            map(bytes, halves),
            map(int, photo_ids),
            hashes,
            strict=False,
        )
        tx.executemany(
            """INSERT OR REPLACE INTO embeddings (photo_id, model_id, vector)
                SELECT id, ?, ? FROM photos WHERE id = ? AND content_hash = ?""",
            rows,
        )


def drop_unusable(tx: sqlite3.Connection, model_id: int) -> int:
    """Delete embeddings that are no vector of this model; returns how many. They are made again.

    That is: not a blob, of another length, all zero, or with numbers that are not finite.
    """
    (dim,) = tx.execute("SELECT dim FROM models WHERE id = ?", (model_id,)).fetchone()
    bad = [
        (photo_id, model_id)
        for photo_id, vector in tx.execute(
            "SELECT photo_id, vector FROM embeddings WHERE model_id = ?", (model_id,)
        )
        if not _usable(vector, dim)
    ]
    tx.executemany("DELETE FROM embeddings WHERE photo_id = ? AND model_id = ?", bad)
    return len(bad)


def _usable(vector: object, dim: int) -> bool:
    if not isinstance(vector, bytes) or len(vector) != dim * _STORED.itemsize:
        return False
    halves = np.frombuffer(vector, _STORED)
    return bool(np.isfinite(halves).all() and halves.any())


def embedded_ids(c: sqlite3.Connection, model_id: int) -> NDArray[np.int64]:
    """Present photos that have an embedding under this model: int64 (n,), sorted."""
    rows = c.execute(
        "SELECT photo_id FROM embeddings WHERE model_id = ? ORDER BY photo_id", (model_id,)
    )
    ids = np.fromiter(itertools.chain.from_iterable(rows), np.int64)
    hidden = c.execute("SELECT id FROM photos WHERE present = 0")
    return np.setdiff1d(
        ids, np.fromiter(itertools.chain.from_iterable(hidden), np.int64), assume_unique=True
    )


def embeddings_of(
    c: sqlite3.Connection, model_id: int, ids: Iterable[int]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Embeddings of those of these photos that have one: int64 (n,), sorted, float32 (n, dim)."""
    rows = c.execute(
        """SELECT photo_id, vector FROM embeddings
            WHERE model_id = ? AND photo_id IN (SELECT value FROM json_each(?))
            ORDER BY photo_id""",
        (model_id, json_ids(ids)),
    ).fetchall()
    return (
        np.array([photo_id for photo_id, _ in rows], np.int64),
        _vectors(c, model_id, [vector for _, vector in rows]),
    )


def lacking_embedding(c: sqlite3.Connection, model_id: int, ids: Iterable[int]) -> set[int]:
    """Those of these photos that this model has not seen."""
    rows = c.execute(
        """SELECT value FROM json_each(?) WHERE NOT EXISTS (
            SELECT 1 FROM embeddings WHERE model_id = ? AND photo_id = value)""",
        (json_ids(ids), model_id),
    )
    return {photo_id for (photo_id,) in rows}


def iterate_embeddings(
    c: sqlite3.Connection, model_id: int, *, after_seq: int = 0, chunk: int = 8192
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32], int]]:
    """Yield the embeddings of present photos put after `after_seq`, oldest first, in chunks.

    Each is (ids int64 (n,), vectors float32 (n, dim), the last seq among them). No read stays open
    between two chunks.
    """
    while True:
        rows = c.execute(
            """SELECT seq, photo_id, vector FROM embeddings WHERE model_id = ? AND seq > ?
                AND photo_id NOT IN (SELECT id FROM photos WHERE present = 0)
                ORDER BY seq LIMIT ?""",
            (model_id, after_seq, chunk),
        ).fetchall()
        if not rows:
            return
        after_seq = rows[-1][0]
        ids = np.array([photo_id for _, photo_id, _ in rows], np.int64)
        yield ids, _vectors(c, model_id, [vector for _, _, vector in rows]), after_seq


def all_embeddings(
    c: sqlite3.Connection, model_id: int, *, after_seq: int = 0, chunk: int = 8192
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32], int]]:
    """As iterate_embeddings, of remembered photos too; vectors of a wrong size are left out."""
    (dim,) = c.execute("SELECT dim FROM models WHERE id = ?", (model_id,)).fetchone()
    while True:
        rows = c.execute(
            """SELECT seq, photo_id, vector FROM embeddings WHERE model_id = ? AND seq > ?
                ORDER BY seq LIMIT ?""",
            (model_id, after_seq, chunk),
        ).fetchall()
        if not rows:
            return
        after_seq = rows[-1][0]
        size = dim * _STORED.itemsize
        sound = [(i, v) for _, i, v in rows if isinstance(v, bytes) and len(v) == size]
        ids = np.array([photo_id for photo_id, _ in sound], np.int64)
        yield ids, _vectors(c, model_id, [vector for _, vector in sound]), after_seq


def count_embeddings(c: sqlite3.Connection, model_id: int) -> int:
    """How many embeddings of this model there are, of remembered photos too."""
    (number,) = c.execute(
        "SELECT count(*) FROM embeddings WHERE model_id = ?", (model_id,)
    ).fetchone()
    return int(number)


def last_seq(c: sqlite3.Connection, model_id: int) -> int:
    """Seq of the newest embedding of this model, 0 when there is none."""
    (seq,) = c.execute("SELECT max(seq) FROM embeddings WHERE model_id = ?", (model_id,)).fetchone()
    return int(seq or 0)


def photos_without_embedding(
    c: sqlite3.Connection, model_id: int, *, after_id: int = 0, limit: int = 256
) -> list[tuple[int, str]]:
    """Next photos after `after_id` that this model has not seen, each with an online path.

    Photos that cannot be read now are left out.
    """
    rows = c.execute(
        """SELECT p.id, r.path, d.path, f.name FROM photos p
            JOIN files f ON f.id = (
                SELECT f2.id FROM files f2 JOIN directories d2 ON d2.id = f2.directory_id
                JOIN folders r2 ON r2.id = d2.folder_id
                WHERE f2.photo_id = p.id AND r2.offline = 0 AND f2.unread_size IS NULL
                ORDER BY r2.path, d2.path, f2.name LIMIT 1)
            JOIN directories d ON d.id = f.directory_id JOIN folders r ON r.id = d.folder_id
            WHERE p.id > ? AND NOT EXISTS (
                SELECT 1 FROM embeddings e WHERE e.model_id = ? AND e.photo_id = p.id)
            ORDER BY p.id LIMIT ?""",
        (after_id, model_id, limit),
    )
    return [
        (photo_id, join_path(from_stored(root), from_stored(directory), from_stored(name)))
        for photo_id, root, directory, name in rows
    ]


def _vectors(c: sqlite3.Connection, model_id: int, blobs: list[bytes]) -> NDArray[np.float32]:
    row = c.execute("SELECT dim FROM models WHERE id = ?", (model_id,)).fetchone()
    dim = int(row[0]) if row else 0
    if any(len(blob) != dim * _STORED.itemsize for blob in blobs):
        raise CatalogueError(
            "Some embeddings in the catalogue are damaged: 'souvenir rebuild' makes them again."
        )
    flat = np.frombuffer(b"".join(blobs), _STORED)
    return flat.reshape(len(blobs), dim).astype(np.float32)
