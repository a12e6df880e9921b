"""Directories in the watched folders that could not be looked at: why, and since when.

They are kept so that one knows of them without a scan. A scan that looks into one forgets it.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.catalog.names import clean, from_stored, join_path, to_stored

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable


@dataclass(frozen=True)
class UnreadDirectory:
    """`path` is absolute, `directory` relative to the watched folder ("" for itself).

    `reason`: a sentence. `since`: seconds since 1970. `ignored`: the person set it aside.
    """

    folder_id: int
    directory: str
    path: str
    reason: str
    since: float
    ignored: bool = False


def unread_directories(c: sqlite3.Connection) -> list[UnreadDirectory]:
    """All of them, by path. In a folder that is offline only the folder itself counts."""
    rows = c.execute(
        """SELECT u.folder_id, r.path, u.path, u.reason, u.since, u.ignored
            FROM unread_directories u JOIN folders r ON r.id = u.folder_id
            WHERE r.offline = 0 OR u.path = '' ORDER BY r.path, u.path"""
    )
    return [
        UnreadDirectory(
            folder_id,
            from_stored(path),
            _absolute(from_stored(root), from_stored(path)),
            reason,
            since,
            bool(ignored),
        )
        for folder_id, root, path, reason, since, ignored in rows
    ]


def known_unread(c: sqlite3.Connection, folder_id: int) -> set[str]:
    """The directories of one folder that could not be looked at, ignored or not."""
    rows = c.execute("SELECT path FROM unread_directories WHERE folder_id = ?", (folder_id,))
    return {from_stored(path) for (path,) in rows}


def record_unread_directory(
    tx: sqlite3.Connection, folder_id: int, directory: str, reason: str
) -> bool:
    """Record why a directory could not be looked at; returns whether that is news."""
    return bool(
        tx.execute(
            """INSERT INTO unread_directories (folder_id, path, reason, since)
                VALUES (?, ?, ?, ?)
                ON CONFLICT (folder_id, path) DO UPDATE SET
                    reason = excluded.reason, since = excluded.since
                    WHERE reason != excluded.reason""",
            (folder_id, to_stored(directory), clean(reason), time.time()),
        ).rowcount
    )


def forget_unread_directory(tx: sqlite3.Connection, folder_id: int, directory: str) -> bool:
    """Record that a directory could be looked at; returns whether that is news."""
    return bool(
        tx.execute(
            "DELETE FROM unread_directories WHERE folder_id = ? AND path = ?",
            (folder_id, to_stored(directory)),
        ).rowcount
    )


def ignore_unread_directories(
    tx: sqlite3.Connection, paths: Iterable[str | os.PathLike[str]], *, ignored: bool
) -> int:
    """Set directories at these absolute paths aside, or count them again; returns how many."""
    wanted = {os.path.normpath(path) for path in paths}
    number = 0
    for each in unread_directories(tx):
        if os.path.normpath(each.path) in wanted:
            number += tx.execute(
                "UPDATE unread_directories SET ignored = ? WHERE folder_id = ? AND path = ?",
                (int(ignored), each.folder_id, to_stored(each.directory)),
            ).rowcount
    return number


def _absolute(root: str, directory: str) -> str:
    above, _, name = directory.rpartition("/")
    return join_path(root, above, name) if name else root
