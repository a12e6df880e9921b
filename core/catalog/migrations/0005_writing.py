"""Tags go out of the program: whether, folder by folder, and what was written, to take it back.

Sidecars that are known are looked at again: what they say of their photos counts from now on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

_STATEMENTS = (
    """ALTER TABLE folders ADD COLUMN writes TEXT NOT NULL DEFAULT 'off'
        CHECK (writes IN ('off', 'sidecar', 'file'))""",
    # Of what we wrote nothing is known any more once the file is gone: it then counts as others'.
    """CREATE TABLE written (
        file_id INTEGER NOT NULL REFERENCES files (id) ON DELETE CASCADE,
        place TEXT NOT NULL CHECK (place IN ('sidecar', 'file')),
        content TEXT NOT NULL,
        PRIMARY KEY (file_id, place)
    ) WITHOUT ROWID""",
    """UPDATE files SET size = -1, mtime_ns = 0, inode = 0
        WHERE state = 'skipped' AND folded LIKE '%.xmp'""",
)


def migrate(tx: sqlite3.Connection) -> None:
    """Add what is needed; nothing is written anywhere until a person switches it on."""
    for statement in _STATEMENTS:
        tx.execute(statement)
