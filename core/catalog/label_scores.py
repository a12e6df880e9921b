"""Scores of labels: the relevance of every photo that was judged, a cache that can be deleted.

Photos are kept in blocks of 4,000 ids, one blob for each label and block, which is one page of the
file: new photos rewrite little, and all scores of a label over a million photos are 2 MB that NumPy
reads as they are. A relevance is a uint16 little-endian: 0 for a photo that was not judged, else
1 + 65,534 times the relevance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

BLOCK = 4000
"""Photos in a block: those with ids from block × BLOCK on. Two bytes each fit into 8,192."""

_STORED = np.dtype("<u2")
_MOST = 65_534


def put_relevances(
    tx: sqlite3.Connection,
    label_ids: Sequence[int],
    photo_ids: NDArray[np.int64],
    relevances: NDArray[np.float32],
    *,
    anew: bool = False,
) -> None:
    """Store relevances, float32 (labels, photos), of photos given by sorted ids.

    `anew`: blocks that these photos are in hold nothing else yet, or nothing that is to be kept.
    """
    put_stored(tx, label_ids, photo_ids, to_stored(relevances), anew=anew)


def put_stored(
    tx: sqlite3.Connection,
    label_ids: Sequence[int],
    photo_ids: NDArray[np.int64],
    stored: NDArray[np.uint16],
    *,
    anew: bool = False,
) -> None:
    """As put_relevances, of what to_stored made."""
    blocks, starts = np.unique(photo_ids // BLOCK, return_index=True)
    ends = [*starts[1:].tolist(), len(photo_ids)]
    for block, start, end in zip(blocks.tolist(), starts.tolist(), ends, strict=True):
        rows = photo_ids[start:end] - block * BLOCK
        for label_id, values in zip(label_ids, stored, strict=True):
            kept = np.zeros(BLOCK, _STORED) if anew else _block(tx, label_id, block)
            kept[rows] = values[start:end]
            tx.execute(
                "INSERT OR REPLACE INTO label_scores VALUES (?, ?, ?)",
                (label_id, block, kept.tobytes()),
            )


def has_label(c: sqlite3.Connection, label_id: int) -> bool:
    """Whether a label is still there: it may be deleted while it is judged."""
    return c.execute("SELECT 1 FROM labels WHERE id = ?", (label_id,)).fetchone() is not None


def drop_relevances(tx: sqlite3.Connection, label_ids: Sequence[int]) -> None:
    """Forget all scores of labels, and that they were judged."""
    for label_id in label_ids:
        tx.execute("DELETE FROM label_scores WHERE label_id = ?", (label_id,))
        tx.execute("DELETE FROM scored_labels WHERE label_id = ?", (label_id,))


def relevances_of(
    c: sqlite3.Connection, label_id: int
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """All photos that were judged, remembered ones too: ids int64 (n,), sorted, and relevances."""
    ids, found = _judged(c, label_id)
    return ids, from_stored(found)


def at_least(
    c: sqlite3.Connection, label_id: int, low: float, high: float = 1.0
) -> NDArray[np.int64]:
    """Photos whose relevance is `low` to `high`, both inclusive: ids int64 (n,), sorted."""
    first, last = bounds(low, high)
    return np.concatenate(
        [
            np.flatnonzero((kept >= first) & (kept <= last)) + block * BLOCK
            for block, kept in _blocks(c, label_id)
        ]
        or [np.empty(0, np.int64)]
    )


def relevances_at(
    c: sqlite3.Connection, label_id: int, photo_ids: Sequence[int]
) -> dict[int, float]:
    """Relevances of those of these photos that were judged, by id."""
    found: dict[int, float] = {}
    by_block: dict[int, list[int]] = {}
    for photo_id in photo_ids:
        by_block.setdefault(photo_id // BLOCK, []).append(photo_id)
    for block, ids in by_block.items():
        kept = _block(c, label_id, block)
        for photo_id in ids:
            value = kept[photo_id - block * BLOCK]
            if value:
                found[photo_id] = float(from_stored(value))
    return found


def scored(c: sqlite3.Connection) -> dict[int, tuple[str, int]]:
    """Which labels have scores, by id: what they were made by, and up to which embedding's seq."""
    rows = c.execute("SELECT label_id, mark, seq FROM scored_labels")
    return {label_id: (mark, seq) for label_id, mark, seq in rows}


def set_scored(tx: sqlite3.Connection, marks: Mapping[int, str], seq: int) -> None:
    """Note that the scores of labels, by id, are up to date; see `scored`."""
    tx.executemany(
        "INSERT OR REPLACE INTO scored_labels (label_id, mark, seq) VALUES (?, ?, ?)",
        [(label_id, mark, seq) for label_id, mark in marks.items()],
    )


def note(c: sqlite3.Connection, key: str) -> bytes | None:
    """What was kept under `key`, None where nothing is."""
    row = c.execute("SELECT content FROM label_notes WHERE key = ?", (key,)).fetchone()
    return None if row is None else bytes(row[0])


def keep_notes(tx: sqlite3.Connection, notes: Mapping[str, bytes]) -> None:
    """Keep what scores were made with, so that the next process need not make it again."""
    tx.executemany("INSERT OR REPLACE INTO label_notes (key, content) VALUES (?, ?)", notes.items())


def drop_scores(tx: sqlite3.Connection) -> None:
    """Forget all scores and what they were made with: they are made anew."""
    for table in ("label_scores", "scored_labels", "label_notes"):
        tx.execute(f"DELETE FROM {table}")  # noqa: S608 - of the names above


def to_stored(relevances: NDArray[np.float32]) -> NDArray[np.uint16]:
    """Relevances as they are kept; those that are not finite count as not judged."""
    good = np.isfinite(relevances)
    scaled = 1 + np.rint(np.clip(np.where(good, relevances, 0), 0, 1) * _MOST)
    stored: NDArray[np.uint16] = np.where(good, scaled, 0).astype(_STORED)
    return stored


def from_stored(stored: NDArray[np.uint16]) -> NDArray[np.float32]:
    """Undo to_stored for photos that were judged."""
    # Not below zero for those that were not: callers leave them out.
    return ((stored.astype(np.float32) - 1) / _MOST).astype(np.float32)


def reaches(relevance: float, line: float) -> bool:
    """Whether a relevance that was kept is at or above a line, as `at_least` has it."""
    return round(relevance * _MOST) >= round(line * _MOST)


def bounds(low: float, high: float = 1.0) -> tuple[int, int]:
    """The least and the greatest kept number that are from `low` to `high`."""
    # As to_stored rounds, so that a photo shown at the very threshold is above it.
    return 1 + int(np.rint(low * _MOST)), 1 + int(np.rint(high * _MOST))


def _judged(c: sqlite3.Connection, label_id: int) -> tuple[NDArray[np.int64], NDArray[np.uint16]]:
    ids, values = [np.empty(0, np.int64)], [np.empty(0, _STORED)]
    for block, kept in _blocks(c, label_id):
        rows = np.flatnonzero(kept)
        ids.append(rows + block * BLOCK)
        values.append(kept[rows])
    return np.concatenate(ids), np.concatenate(values)


def _blocks(c: sqlite3.Connection, label_id: int) -> Iterator[tuple[int, NDArray[np.uint16]]]:
    for block, blob in c.execute(
        "SELECT block, relevances FROM label_scores WHERE label_id = ? ORDER BY block", (label_id,)
    ):
        kept = np.frombuffer(blob, _STORED)
        if len(kept) == BLOCK:  # else it is damaged, and made anew by and by
            yield block, kept


def _block(c: sqlite3.Connection, label_id: int, block: int) -> NDArray[np.uint16]:
    row = c.execute(
        "SELECT relevances FROM label_scores WHERE label_id = ? AND block = ?", (label_id, block)
    ).fetchone()
    if row is None or len(row[0]) != BLOCK * _STORED.itemsize:
        return np.zeros(BLOCK, _STORED)
    return np.frombuffer(row[0], _STORED).copy()
