"""Folders: the watched roots. A folder that is not there is offline and keeps everything."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from core.catalog.changes import Changes, changes_since, json_ids, presence
from core.catalog.names import clean, fold, from_stored, relative_path, to_stored
from core.errors import FolderError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

Writes = Literal["off", "sidecar", "file"]


@dataclass(frozen=True, slots=True)
class Disk:
    """`id`: of the file system, None where it has none that lasts. `name`: "" where unknown."""

    id: str | None
    name: str = ""


UNKNOWN_DISK = Disk(None)


@dataclass(frozen=True)
class Folder:
    """A watched root. `identity` is "dev:ino" of its root at the last good scan.

    `writes`: whether tags of its photos may be written out of the library, and where. `disk` is the
    one that it is on. `other_disk`: what is called so is in its place, and it is offline for that.
    """

    id: int
    path: str
    added_at: float
    offline: bool
    identity: str | None
    writes: Writes = "off"
    disk: Disk = UNKNOWN_DISK
    other_disk: str = ""


def add_folder(tx: sqlite3.Connection, path: str | os.PathLike[str]) -> Folder:
    """Watch the folder at this absolute path; one that is watched already is returned as it is.

    A folder that holds watched ones takes over their files, which keep their ids. Raises
    FolderError for a relative path, a folder inside a watched one, and a folder that would take
    over an offline one (its photos would seem deleted at the next scan).
    """
    root = os.path.normpath(path)
    if not os.path.isabs(root):  # noqa: PTH117 - the path may be any platform's string
        raise FolderError(f"The folder {root} needs a full path: say where it is from the root on.")
    nested: list[tuple[Folder, str]] = []
    for folder in list_folders(tx):
        inside = relative_path(root, folder.path)
        if inside == "":
            return folder
        if inside is not None:
            raise FolderError(
                f"The folder {root} is inside {folder.path}, which is watched already: nothing "
                "needs to be added."
            )
        below = relative_path(folder.path, root)
        if below is not None:
            nested.append((folder, below))
    for folder, _ in nested:
        if folder.offline:
            raise FolderError(
                f"The folder {root} holds {folder.path}, which is offline: connect that one, or "
                "remove it, before adding the larger folder."
            )
    made = tx.execute(
        "INSERT INTO folders (path, folded, added_at) VALUES (?, ?, ?)",
        # The root directory itself has no name of its own.
        (to_stored(root), to_stored(fold(os.path.basename(root) or root)), time.time()),  # noqa: PTH119
    )
    folder_id = int(made.lastrowid or 0)
    for folder, below in nested:
        # It may be the place of a disk that the larger folder is not on.
        add_inner_disk(tx, folder_id, below, folder.disk)
        for inner, disk in inner_disks(tx, folder.id).items():
            add_inner_disk(tx, folder_id, f"{below}/{inner}", disk)
        _take_over(tx, folder.id, folder_id, below)
    return next(folder for folder in list_folders(tx) if folder.id == folder_id)


def remove_folder(
    tx: sqlite3.Connection, folder_id: int, *, at_most: int = 2000
) -> tuple[Changes, bool]:
    """Stop watching a folder: its photos are remembered, not shown. No file is touched.

    Forgets `at_most` of its files, a fraction of a second's work, so that others can write in
    between; returns what changed and whether more are left. The folder goes with the last of them.
    """
    some = tx.execute(
        """SELECT f.id, f.photo_id FROM directories d
            CROSS JOIN files f ON f.directory_id = d.id WHERE d.folder_id = ? LIMIT ?""",
        (folder_id, at_most),
    ).fetchall()
    before = presence(tx, {photo_id for _, photo_id in some if photo_id is not None})
    tx.execute(
        "DELETE FROM files WHERE id IN (SELECT value FROM json_each(?))",
        (json_ids(file_id for file_id, _ in some),),
    )
    left = len(some) == at_most
    if not left:
        tx.execute("DELETE FROM folders WHERE id = ?", (folder_id,))
    return changes_since(tx, before), left


def list_folders(c: sqlite3.Connection) -> list[Folder]:
    """All watched folders, by path."""
    rows = c.execute(
        """SELECT id, path, added_at, offline, identity, writes, file_system, disk, other_disk
            FROM folders ORDER BY path"""
    )
    return [
        Folder(
            folder_id,
            from_stored(path),
            added_at,
            bool(offline),
            identity,
            writes,
            Disk(file_system, disk or ""),
            other or "",
        )
        for folder_id, path, added_at, offline, identity, writes, file_system, disk, other in rows
    ]


def set_offline(
    tx: sqlite3.Connection, folder_id: int, offline: bool, *, other_disk: str = ""
) -> Changes:
    """Record whether a folder is there; everything in it is kept. Its photos count as updated.

    `other_disk`: what is in its place instead.
    """
    tx.execute(
        "UPDATE folders SET other_disk = ? WHERE id = ?", (clean(other_disk) or None, folder_id)
    )
    changed = tx.execute(
        "UPDATE folders SET offline = ? WHERE id = ? AND offline != ?",
        (int(offline), folder_id, int(offline)),
    ).rowcount
    if not changed:
        return Changes()
    rows = tx.execute(
        """SELECT DISTINCT photo_id FROM files WHERE photo_id IS NOT NULL
            AND directory_id IN (SELECT id FROM directories WHERE folder_id = ?)
            ORDER BY photo_id""",
        (folder_id,),
    )
    return Changes(updated=tuple(photo_id for (photo_id,) in rows))


def set_identity(tx: sqlite3.Connection, folder_id: int, identity: str) -> None:
    """Record which file system object the folder was, to know it again."""
    tx.execute("UPDATE folders SET identity = ? WHERE id = ?", (identity, folder_id))


def set_disk(tx: sqlite3.Connection, folder_id: int, disk: Disk) -> None:
    """Record which disk a folder is on; one without an id tells nothing."""
    if disk.id is not None:
        tx.execute(
            "UPDATE folders SET file_system = ?, disk = ?, other_disk = NULL WHERE id = ?",
            (clean(disk.id), clean(disk.name), folder_id),
        )


def inner_disks(c: sqlite3.Connection, folder_id: int) -> dict[str, Disk]:
    """Disks that are mounted inside of a folder, by directory."""
    rows = c.execute(
        "SELECT path, file_system, disk FROM inner_disks WHERE folder_id = ?", (folder_id,)
    )
    return {from_stored(path): Disk(file_system, disk or "") for path, file_system, disk in rows}


def add_inner_disk(tx: sqlite3.Connection, folder_id: int, directory: str, disk: Disk) -> None:
    """Record a disk that is mounted inside of a folder."""
    if disk.id is not None:
        tx.execute(
            """INSERT OR REPLACE INTO inner_disks (folder_id, path, file_system, disk)
                VALUES (?, ?, ?, ?)""",
            (folder_id, to_stored(directory), clean(disk.id), clean(disk.name)),
        )


def accept_disk(
    tx: sqlite3.Connection, folder_id: int, identity: str, disk: Disk, inside: Mapping[str, Disk]
) -> None:
    """Record that a folder is on this disk from now on, and these are mounted inside of it."""
    tx.execute(
        """UPDATE folders SET identity = ?, file_system = NULL, disk = NULL, other_disk = NULL
            WHERE id = ?""",
        (identity, folder_id),
    )
    set_disk(tx, folder_id, disk)
    tx.execute("DELETE FROM inner_disks WHERE folder_id = ?", (folder_id,))
    for directory, each in inside.items():
        add_inner_disk(tx, folder_id, directory, each)


def _take_over(tx: sqlite3.Connection, old: int, new: int, below: str) -> None:
    """Hang the directories of a folder at `below` in its new parent: no file row changes."""
    for directory_id, path in tx.execute(
        "SELECT id, path FROM directories WHERE folder_id = ?", (old,)
    ).fetchall():
        moved = f"{below}/{from_stored(path)}" if path else below
        tx.execute(
            "UPDATE directories SET folder_id = ?, path = ?, folded = ? WHERE id = ?",
            (new, to_stored(moved), to_stored(fold(moved)), directory_id),
        )
    tx.execute("DELETE FROM folders WHERE id = ?", (old,))
