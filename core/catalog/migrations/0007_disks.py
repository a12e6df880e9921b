"""Folders know their disk: what is on another disk in the same place is another folder.

`file_system` is the file system's own id, `disk` what a person calls it, `other_disk` what is in
its place while the folder is offline for that. `inner_disks` are disks that are mounted inside of
folders. NULL: it is not known; the next scan finds it out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

_STATEMENTS = (
    "ALTER TABLE folders ADD COLUMN file_system TEXT",
    "ALTER TABLE folders ADD COLUMN disk TEXT",
    "ALTER TABLE folders ADD COLUMN other_disk TEXT",
    """CREATE TABLE inner_disks (
        folder_id INTEGER NOT NULL REFERENCES folders (id) ON DELETE CASCADE,
        path TEXT NOT NULL,
        file_system TEXT NOT NULL,
        disk TEXT,
        PRIMARY KEY (folder_id, path)
    ) WITHOUT ROWID""",
)


def migrate(tx: sqlite3.Connection) -> None:
    """Add what is needed; the disks of the folders that are watched are not known yet."""
    for statement in _STATEMENTS:
        tx.execute(statement)
