"""Directories that could not be looked at, with the reason: known without looking again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


def migrate(tx: sqlite3.Connection) -> None:
    """Make the table; the next scan fills it."""
    tx.execute(
        """CREATE TABLE unread_directories (
            folder_id INTEGER NOT NULL REFERENCES folders (id) ON DELETE CASCADE,
            path TEXT NOT NULL,
            reason TEXT NOT NULL,
            since REAL NOT NULL,
            ignored INTEGER NOT NULL DEFAULT 0 CHECK (ignored IN (0, 1)),
            PRIMARY KEY (folder_id, path)
        ) WITHOUT ROWID"""
    )
