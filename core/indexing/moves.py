"""Files that moved, or were moved over another one: their photos keep what is known of them."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from core.catalog import files, photos
from core.catalog.changes import Changes
from core.catalog.files import FileKey, FileStat
from core.errors import FileAccessError, PhotoError
from core.indexing.jobs import FileJob

# A file that is moved over another one within this time is how a program saved that one.
SAVING_SECONDS = 600.0


def moved_from(
    connection: sqlite3.Connection, stat: FileStat, key: FileKey, roots: Mapping[int, str]
) -> int | None:
    """The id of the file that was surely moved to `key`, without reading it; None: not sure.

    Same inode, size and time, gone from its old place, and either the same name or a time finer
    than a second: archives and cameras write whole seconds, and inodes are used again, so those
    prove too little. Anything less sure is settled by content. `roots`: folder id to path.
    """
    for file_id, old in files.find_moved(connection, stat):
        sure = old.name == key.name or stat.mtime_ns % 1_000_000_000 != 0
        root = roots.get(old.folder_id)
        if not sure or old == key or root is None:
            continue
        if is_gone(str(Path(root, old.directory, old.name)), [root]):
            return file_id
    return None


def lost_from(
    connection: sqlite3.Connection, stat: FileStat, roots: Mapping[int, str]
) -> int | None:
    """The id of the file that was moved and could not be read in its old place; None: none was.

    Same size and time, and gone from there: a disk that has other inodes tells no more of a move,
    and no content can be compared.
    """
    for file_id, old in files.find_lost(connection, stat):
        root = roots.get(old.folder_id)
        if root and is_gone(str(Path(root, old.directory, old.name)), [root]):
            return file_id
    return None


def is_gone(path: str, roots: Iterable[str]) -> bool:
    """Whether a file is no longer there although its folder is: a file on a pulled disk is not."""
    return not os.path.lexists(path) and any(
        Path(path).is_relative_to(root) and Path(root).is_dir() for root in roots
    )


def attach(tx: sqlite3.Connection, job: FileJob, photo_id: int, *, over: bool) -> Changes:
    """Record that a file holds a known photo; `over`: that photo's file was moved over it."""
    taken = None
    if over:
        since = time.time() - SAVING_SECONDS
        taken = photos.take_over(tx, job.key, job.stat, photo_id, since=since)
    return files.attach_file(tx, job.key, job.stat, photo_id) if taken is None else taken


def set_aside(
    tx: sqlite3.Connection, job: FileJob, error: PhotoError, moved: int | None
) -> Changes:
    """Record that a file cannot be read; `moved`: the file that it was, as lost_from tells."""
    changes = Changes()
    if moved is not None:
        changes = files.move_file(tx, moved, job.key, job.stat)
    again = isinstance(error, FileAccessError)
    return changes | files.record_unread(tx, job.key, job.stat, "failed", str(error), again=again)
