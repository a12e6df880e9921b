"""A file of a photo that cannot be read any more keeps its photo.

`files.size` and `mtime_ns` then stay those of the content that the photo has. `unread_size` and
`unread_mtime_ns` are those of the look that failed, and `reason` says why. Both are NULL for every
other file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

_STATEMENTS = (
    "ALTER TABLE files ADD COLUMN unread_size INTEGER",
    "ALTER TABLE files ADD COLUMN unread_mtime_ns INTEGER",
    "CREATE INDEX files_lost ON files (photo_id) WHERE unread_size IS NOT NULL",
)


def migrate(tx: sqlite3.Connection) -> None:
    """Add the columns; no file that is known needs them yet."""
    for statement in _STATEMENTS:
        tx.execute(statement)
