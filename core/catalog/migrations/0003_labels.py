"""Labels: what they mean in words, what a person said about them by hand, and their scores.

`hand_tags` are the truth. `label_scores` is a cache: relevances of photos, block by block of ids,
see core.catalog.label_scores. `scored_labels` says what of it still holds, and `label_notes` what
it was made with. These three can be emptied at any time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

_TABLES = (
    """CREATE TABLE labels (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        folded TEXT NOT NULL UNIQUE,
        prompts TEXT NOT NULL,
        against TEXT NOT NULL DEFAULT '[]',
        templates TEXT NOT NULL DEFAULT '[]',
        parent_id INTEGER REFERENCES labels (id) ON DELETE SET NULL,
        exclusive_group TEXT NOT NULL DEFAULT '',
        label_set TEXT NOT NULL DEFAULT '',
        threshold REAL NOT NULL CHECK (threshold BETWEEN 0 AND 1),
        active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
    )""",
    """CREATE TABLE hand_tags (
        label_id INTEGER NOT NULL REFERENCES labels (id) ON DELETE CASCADE,
        photo_id INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
        fits INTEGER NOT NULL CHECK (fits IN (0, 1)),
        PRIMARY KEY (label_id, photo_id)
    ) WITHOUT ROWID""",
    """CREATE TABLE label_scores (
        label_id INTEGER NOT NULL REFERENCES labels (id) ON DELETE CASCADE,
        block INTEGER NOT NULL,
        relevances BLOB NOT NULL,
        PRIMARY KEY (label_id, block)
    )""",
    """CREATE TABLE scored_labels (
        label_id INTEGER PRIMARY KEY REFERENCES labels (id) ON DELETE CASCADE,
        mark TEXT NOT NULL,
        seq INTEGER NOT NULL
    )""",
    """CREATE TABLE label_notes (
        key TEXT PRIMARY KEY,
        content BLOB NOT NULL
    )""",
)

_INDEXES = (
    "CREATE INDEX hand_tags_by_photo ON hand_tags (photo_id)",
    "CREATE INDEX labels_by_parent ON labels (parent_id) WHERE parent_id IS NOT NULL",
)


def migrate(tx: sqlite3.Connection) -> None:
    """Add the tables; no library has a label yet."""
    for statement in (*_TABLES, *_INDEXES):
        tx.execute(statement)
