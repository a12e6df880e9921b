"""Files: where the bytes of photos are, and what the last look at each one found."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from core.catalog.changes import Changes, changes_since, json_ids, presence
from core.catalog.names import (
    clean,
    fold,
    from_stored,
    join_path,
    natural,
    relative_path,
    to_stored,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

# "skipped" is a file that is not a photo; its reason says what it is.
State = Literal["indexed", "failed", "skipped"]

_INT64_MAX = 2**63 - 1

# Size and time at the last look: of a file that lost its photo's content they are kept apart. A
# size that is to be read again by every scan is kept inverted (~), so that no file has it.
_SEEN = "coalesce(unread_size, size), coalesce(unread_mtime_ns, mtime_ns)"
_SEEN_SO = "coalesce(unread_mtime_ns, mtime_ns) = ? AND coalesce(unread_size, size) IN (?, ?)"
# Files that could not be read, whether they keep a photo or never had one.
_FAILED = "(state = 'failed' OR unread_size IS NOT NULL)"


@dataclass(frozen=True, slots=True)
class FileStat:
    """Size in bytes, modification time and inode (0: the file system has none) of a file.

    Values that SQLite cannot hold are brought into range here, so that what was stored compares
    equal to what is seen again: inodes keep their low 63 bits, sizes and times are clamped.
    """

    size: int
    mtime_ns: int
    inode: int

    def __post_init__(self) -> None:
        if not 0 <= self.inode <= _INT64_MAX:
            object.__setattr__(self, "inode", self.inode & _INT64_MAX)
        if not -_INT64_MAX <= self.mtime_ns <= _INT64_MAX:
            clamped = max(-_INT64_MAX, min(self.mtime_ns, _INT64_MAX))
            object.__setattr__(self, "mtime_ns", clamped)


@dataclass(frozen=True, slots=True)
class FileKey:
    """Where a file is: its watched folder, the directory below it and its name.

    `directory` is "" for the folder itself, else relative with "/" ("a/b"). Names may hold lone
    surrogates as os.fsdecode makes them.
    """

    folder_id: int
    directory: str
    name: str


def known_files(c: sqlite3.Connection, folder_id: int, directory: str) -> dict[str, FileStat]:
    """Every file of one directory, whatever its state, with its stat at the last look."""
    rows = c.execute(
        f"""SELECT name, {_SEEN}, inode FROM files WHERE directory_id =
            (SELECT id FROM directories WHERE folder_id = ? AND path = ?)""",  # noqa: S608
        (folder_id, to_stored(directory)),
    )
    return {
        from_stored(name): FileStat(size, mtime_ns, inode) for name, size, mtime_ns, inode in rows
    }


def known_directories(c: sqlite3.Connection, folder_id: int) -> list[str]:
    """Every directory of a folder that has files in the catalogue, sorted."""
    rows = c.execute("SELECT path FROM directories WHERE folder_id = ? ORDER BY path", (folder_id,))
    return [from_stored(path) for (path,) in rows]


def file_at(c: sqlite3.Connection, key: FileKey) -> tuple[int, int | None] | None:
    """Id of the file at `key` and of its photo (None: it never held one); None: unknown."""
    row: tuple[int, int | None] | None = c.execute(
        """SELECT id, photo_id FROM files WHERE name = ? AND directory_id =
            (SELECT id FROM directories WHERE folder_id = ? AND path = ?)""",
        (to_stored(key.name), key.folder_id, to_stored(key.directory)),
    ).fetchone()
    return row


def attach_file(tx: sqlite3.Connection, key: FileKey, stat: FileStat, photo_id: int) -> Changes:
    """Record that the file `key` holds the content of this photo, whatever it was before."""
    return _put(tx, key, stat, photo_id)


def record_unread(
    tx: sqlite3.Connection,
    key: FileKey,
    stat: FileStat,
    state: Literal["failed", "skipped"],
    reason: str,
    *,
    again: bool = False,
) -> Changes:
    """Record why a file is not a photo, or could not be read.

    A file that has a photo keeps it: what the person said of it, and its embedding, wait for good
    content. `again`: what hinders may pass without a trace, so every scan reads the file again.
    """
    looked = FileStat(~stat.size, stat.mtime_ns, stat.inode) if again else stat
    file_id, photo_id = file_at(tx, key) or (None, None)
    if photo_id is None:
        return _put(tx, key, looked, None, state=state, reason=clean(reason))
    tx.execute(
        """UPDATE files SET unread_size = :size, unread_mtime_ns = :mtime_ns, inode = :inode,
            since = CASE WHEN reason IS :reason THEN since ELSE :now END, reason = :reason
            WHERE id = :id""",
        {
            "size": looked.size,
            "mtime_ns": looked.mtime_ns,
            "inode": looked.inode,
            "reason": clean(reason),
            "now": time.time(),
            "id": file_id,
        },
    )
    return Changes(updated=(photo_id,))


def move_file(
    tx: sqlite3.Connection, file_id: int, key: FileKey, stat: FileStat | None = None
) -> Changes:
    """Record that a file is now at `key`; a file that was there before is overwritten.

    `stat` is how it looks there, where that changed: another disk gives it another inode. Whether
    it can be read does not change.
    """
    row = tx.execute("SELECT photo_id, directory_id FROM files WHERE id = ?", (file_id,)).fetchone()
    if row is None:
        return Changes()
    photo_id, left = row
    overwritten = file_at(tx, key)
    if overwritten is not None and overwritten[0] == file_id:
        overwritten = None
    before = presence(
        tx, {p for p in (photo_id, overwritten[1] if overwritten else None) if p is not None}
    )
    if overwritten is not None:
        tx.execute("DELETE FROM files WHERE id = ?", (overwritten[0],))
    tx.execute(
        "UPDATE files SET directory_id = ?, name = ?, folded = ?, sort_key = ? WHERE id = ?",
        (_directory_id(tx, key), *_names(key), file_id),
    )
    if stat is not None:
        tx.execute(
            """UPDATE files SET inode = :inode,
                size = iif(unread_size IS NULL, :size, size),
                mtime_ns = iif(unread_size IS NULL, :mtime_ns, mtime_ns),
                unread_size = CASE WHEN unread_size < 0 THEN ~:size
                    WHEN unread_size >= 0 THEN :size END,
                unread_mtime_ns = iif(unread_size IS NULL, NULL, :mtime_ns)
                WHERE id = :id""",
            {"size": stat.size, "mtime_ns": stat.mtime_ns, "inode": stat.inode, "id": file_id},
        )
    _drop_if_empty(tx, left)
    return changes_since(tx, before)


def find_moved(c: sqlite3.Connection, stat: FileStat) -> list[tuple[int, FileKey]]:
    """Files last seen with the same inode, size and modification time. Inode 0 never matches.

    Whether one moved, and is not a hard link or a stale row, shows when its old path is gone.
    """
    if stat.inode == 0:
        return []
    return _places(c, f"f.inode = ? AND f.inode != 0 AND {_SEEN_SO}", stat.inode, *_seen(stat))


def find_lost(c: sqlite3.Connection, stat: FileStat) -> list[tuple[int, FileKey]]:
    """Files that keep a photo which could not be read there, seen with this size and time."""
    return _places(c, f"f.unread_size IS NOT NULL AND {_SEEN_SO}", *_seen(stat))


def remove_files(
    tx: sqlite3.Connection, folder_id: int, directory: str, names: Iterable[str]
) -> Changes:
    """Forget files of one directory that are gone; photos that lose their last are remembered."""
    row = tx.execute(
        "SELECT id FROM directories WHERE folder_id = ? AND path = ?",
        (folder_id, to_stored(directory)),
    ).fetchone()
    if row is None:
        return Changes()
    ids: list[int] = []
    photos: set[int] = set()
    for name in names:
        found = tx.execute(
            "SELECT id, photo_id FROM files WHERE directory_id = ? AND name = ?",
            (row[0], to_stored(name)),
        ).fetchone()
        if found is not None:
            ids.append(found[0])
            if found[1] is not None:
                photos.add(found[1])
    before = presence(tx, photos)
    tx.execute("DELETE FROM files WHERE id IN (SELECT value FROM json_each(?))", (json_ids(ids),))
    _drop_if_empty(tx, row[0])
    return changes_since(tx, before)


def remove_directory(tx: sqlite3.Connection, folder_id: int, directory: str) -> Changes:
    """Forget a directory that is gone, with all below it; "" empties the whole folder."""
    path = to_stored(directory)
    # Everything below "a/b" sorts from "a/b/" up to "a/b0", the character after "/".
    low, high = (path + "/", path + "0") if path else ("", "\U0010ffff")
    doomed = tx.execute(
        """SELECT id FROM directories WHERE folder_id = ?
            AND (path = ? OR (path >= ? AND path < ?))""",
        (folder_id, path, low, high),
    ).fetchall()
    ids = json_ids(directory_id for (directory_id,) in doomed)
    rows = tx.execute(
        """SELECT DISTINCT photo_id FROM files WHERE photo_id IS NOT NULL
            AND directory_id IN (SELECT value FROM json_each(?))""",
        (ids,),
    )
    before = {photo_id: True for (photo_id,) in rows}
    tx.execute("DELETE FROM directories WHERE id IN (SELECT value FROM json_each(?))", (ids,))
    return changes_since(tx, before)


def is_lost(c: sqlite3.Connection, path: str | os.PathLike[str]) -> bool:
    """Whether the file at this absolute path keeps a photo that cannot be read there now."""
    return any(
        c.execute(
            "SELECT 1 FROM files WHERE id = ? AND unread_size IS NOT NULL", (found[0],)
        ).fetchone()
        for key in keys_of_paths(c, [path])
        if (found := file_at(c, key)) is not None
    )


def retry_failed(tx: sqlite3.Connection, keys: Sequence[FileKey]) -> int:
    """Forget the stat of failed files, so that the next scan reads them again; returns how many.

    They are not ignored any more.
    """
    return tx.execute(
        f"""UPDATE files SET ignored = 0,
            size = iif(unread_size IS NULL AND size >= 0, ~size, size),
            unread_size = iif(unread_size >= 0, ~unread_size, unread_size)
            WHERE {_FAILED} AND id IN (SELECT value FROM json_each(?))""",  # noqa: S608
        (json_ids(_file_ids(tx, keys)),),
    ).rowcount


def ignore_failures(tx: sqlite3.Connection, keys: Sequence[FileKey]) -> int:
    """Set failed files aside for good, until they can be read or are retried; returns how many."""
    return tx.execute(
        f"""UPDATE files SET ignored = 1
            WHERE {_FAILED} AND id IN (SELECT value FROM json_each(?))""",  # noqa: S608
        (json_ids(_file_ids(tx, keys)),),
    ).rowcount


def keys_of_paths(c: sqlite3.Connection, paths: Iterable[str | os.PathLike[str]]) -> list[FileKey]:
    """Where the files at these absolute paths are; those in no watched folder are left out."""
    roots = [(i, from_stored(root)) for i, root in c.execute("SELECT id, path FROM folders")]
    keys: list[FileKey] = []
    for path in paths:
        wanted = os.path.normpath(path)
        for folder_id, root in roots:
            relative = relative_path(wanted, root)
            if relative:
                directory, _, name = relative.rpartition("/")
                keys.append(FileKey(folder_id, directory, name))
    return keys


def paths_of(c: sqlite3.Connection, photo_ids: Iterable[int]) -> dict[int, list[str]]:
    """Absolute paths of the files of each photo that has any; online, readable ones first."""
    rows = c.execute(
        """SELECT f.photo_id, r.path, d.path, f.name FROM files f
            JOIN directories d ON d.id = f.directory_id JOIN folders r ON r.id = d.folder_id
            WHERE f.photo_id IN (SELECT value FROM json_each(?)) AND f.photo_id IS NOT NULL
            ORDER BY r.offline, f.unread_size IS NOT NULL, r.path, d.path, f.name""",
        (json_ids(photo_ids),),
    )
    paths: dict[int, list[str]] = {}
    for photo_id, root, directory, name in rows:
        path = join_path(from_stored(root), from_stored(directory), from_stored(name))
        paths.setdefault(photo_id, []).append(path)
    return paths


def photo_of_path(c: sqlite3.Connection, path: str | os.PathLike[str]) -> int | None:
    """Tell which photo the file at this absolute path holds, None when that is not known."""
    for key in keys_of_paths(c, [path]):
        found = file_at(c, key)
        if found is not None:
            return found[1]
    return None


def _seen(stat: FileStat) -> tuple[int, int, int]:
    """What _SEEN_SO asks for."""
    return stat.mtime_ns, stat.size, ~stat.size


def _places(c: sqlite3.Connection, seen: str, *values: int) -> list[tuple[int, FileKey]]:
    """Ids and places of the files that pass a condition."""
    rows = c.execute(
        f"""SELECT f.id, d.folder_id, d.path, f.name
            FROM files f JOIN directories d ON d.id = f.directory_id
            WHERE {seen} ORDER BY f.id""",  # noqa: S608
        values,
    )
    return [
        (file_id, FileKey(folder_id, from_stored(directory), from_stored(name)))
        for file_id, folder_id, directory, name in rows
    ]


def _file_ids(c: sqlite3.Connection, keys: Iterable[FileKey]) -> list[int]:
    return [found[0] for key in keys if (found := file_at(c, key)) is not None]


def _put(
    tx: sqlite3.Connection,
    key: FileKey,
    stat: FileStat,
    photo_id: int | None,
    *,
    state: State = "indexed",
    reason: str | None = None,
) -> Changes:
    old = file_at(tx, key)
    before = presence(tx, {p for p in (old[1] if old else None, photo_id) if p is not None})
    tx.execute(
        """INSERT INTO files (directory_id, name, folded, sort_key, size, mtime_ns, inode, state,
                reason, since, photo_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (directory_id, name) DO UPDATE SET
                size = excluded.size, mtime_ns = excluded.mtime_ns, inode = excluded.inode,
                state = excluded.state, reason = excluded.reason, photo_id = excluded.photo_id,
                unread_size = NULL, unread_mtime_ns = NULL,
                ignored = CASE excluded.state WHEN 'failed' THEN ignored ELSE 0 END,
                since = CASE WHEN state = excluded.state AND reason IS excluded.reason
                    THEN since ELSE excluded.since END""",
        (
            _directory_id(tx, key),
            *_names(key),
            stat.size,
            stat.mtime_ns,
            stat.inode,
            state,
            reason,
            time.time(),
            photo_id,
        ),
    )
    return changes_since(tx, before)


def _directory_id(tx: sqlite3.Connection, key: FileKey) -> int:
    where = (key.folder_id, to_stored(key.directory))
    found = tx.execute(
        "SELECT id FROM directories WHERE folder_id = ? AND path = ?", where
    ).fetchone()
    if found is None:
        made = tx.execute(
            "INSERT INTO directories (folder_id, path, folded) VALUES (?, ?, ?)",
            (*where, to_stored(fold(key.directory))),
        )
        return int(made.lastrowid or 0)
    return int(found[0])


def _names(key: FileKey) -> tuple[str, str, str]:
    """What `name`, `folded` and `sort_key` hold for a file."""
    folded = to_stored(fold(key.name))
    return to_stored(key.name), folded, natural(folded)


def _drop_if_empty(tx: sqlite3.Connection, directory_id: int) -> None:
    tx.execute(
        "DELETE FROM directories WHERE id = ?1 AND NOT EXISTS"
        " (SELECT 1 FROM files WHERE directory_id = ?1)",
        (directory_id,),
    )
