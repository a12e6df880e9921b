"""Files that moved, or were moved over another one: their photos keep what is known of them."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from core.catalog import files, folders, photos
from core.catalog.changes import Changes
from core.catalog.files import FileKey, FileStat
from core.catalog.folders import Disk
from core.errors import FileAccessError, PhotoError
from core.indexing.jobs import FileJob
from core.watching.disks import disk_id, is_another
from core.watching.relative import ancestors, relative_path

# A file that is moved over another one within this time is how a program saved that one.
SAVING_SECONDS = 600.0


@dataclass(frozen=True)
class Root:
    """A watched folder that was online when it was last looked at.

    `disks`: those mounted inside of it, by directory.
    """

    path: str
    disk: Disk
    disks: Mapping[str, Disk]

    def is_here(self, path: str) -> bool:
        """Whether the disk that holds this absolute path is here; False for one elsewhere."""
        relative = relative_path(path, self.path)
        if relative is None or not _is_on(self.path, self.disk):
            return False
        above = (each for each in ancestors(relative) if each in self.disks)
        return all(_is_on(str(Path(self.path, each)), self.disks[each]) for each in above)


def roots_here(c: sqlite3.Connection) -> dict[int, Root]:
    """The watched folders that are not offline, by id."""
    return {
        folder.id: Root(folder.path, folder.disk, folders.inner_disks(c, folder.id))
        for folder in folders.list_folders(c)
        if not folder.offline
    }


def _is_on(directory: str, disk: Disk) -> bool:
    return Path(directory).is_dir() and not is_another(disk.id, disk_id(directory))


def moved_from(
    connection: sqlite3.Connection, stat: FileStat, key: FileKey, roots: Mapping[int, Root]
) -> int | None:
    """The id of the file that was surely moved to `key`, without reading it; None: not sure.

    Same inode, size and time, gone from its old place, and either the same name or a time finer
    than a second: archives and cameras write whole seconds, and inodes are used again, so those
    prove too little. Anything less sure is settled by content. `roots`: by folder id.
    """
    for file_id, old in files.find_moved(connection, stat):
        sure = old.name == key.name or stat.mtime_ns % 1_000_000_000 != 0
        root = roots.get(old.folder_id)
        if not sure or old == key or root is None:
            continue
        if is_gone(str(Path(root.path, old.directory, old.name)), [root]):
            return file_id
    return None


def lost_from(
    connection: sqlite3.Connection, stat: FileStat, roots: Mapping[int, Root]
) -> int | None:
    """The id of the file that was moved and could not be read in its old place; None: none was.

    Same size and time, and gone from there: a disk that has other inodes tells no more of a move,
    and no content can be compared.
    """
    for file_id, old in files.find_lost(connection, stat):
        root = roots.get(old.folder_id)
        if root and is_gone(str(Path(root.path, old.directory, old.name)), [root]):
            return file_id
    return None


def is_gone(path: str, roots: Iterable[Root]) -> bool:
    """Whether a file is surely not there although its disk is: one on a pulled disk may be."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return any(root.is_here(path) for root in roots)
    except OSError:
        pass  # it lies where nobody may look
    return False


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
