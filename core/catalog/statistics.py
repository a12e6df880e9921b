"""Numbers about the whole catalogue, and the files in it that are no photo or cannot be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.catalog.names import from_stored, join_path
from core.catalog.unread_directories import unread_directories

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True)
class Counts:
    """How much there is. `photos` are present ones, `offline` and `embedded` count among them.

    `files` are those that hold photos. `failed` could not be read, but for those whose failure the
    person ignores; where they held photos before, they count among `files`, too. `skipped` are not
    photos.
    """

    photos: int
    files: int
    failed: int
    skipped: int
    offline: int
    embedded: int


@dataclass(frozen=True)
class FolderCounts:
    """How many files that hold photos are in a folder, and how many different photos."""

    photos: int
    files: int


@dataclass(frozen=True)
class FailedFile:
    """A file that could not be read, or is not a photo: why, and since when (seconds, 1970).

    `is_folder`: it is a folder that could not be read, with all that is in it.
    """

    path: str
    reason: str
    since: float
    is_folder: bool = False


def counts(c: sqlite3.Connection, model_id: int | None) -> Counts:
    """Count everything; `embedded` under this model (None: 0)."""
    present = _count(c, "SELECT count(*) FROM photos WHERE present = 1")
    return Counts(
        photos=present,
        files=_count(c, "SELECT count(*) FROM files WHERE photo_id IS NOT NULL"),
        failed=_failed(c),
        skipped=_count(c, f"SELECT count(*) FROM files WHERE {_SKIPPED}"),  # noqa: S608
        offline=present - _online(c) if _any_offline(c) else 0,
        embedded=_count(
            c,
            """SELECT (SELECT count(*) FROM embeddings WHERE model_id = ?1) - (
                SELECT count(*) FROM photos p JOIN embeddings e ON e.photo_id = p.id
                WHERE p.present = 0 AND e.model_id = ?1)""",
            model_id,
        ),
    )


def browsing_counts(c: sqlite3.Connection, *, added_since: float) -> tuple[int, int, int, int, int]:
    """How many photos there are, favourites, added since a time, unread files, unread folders."""
    return (
        _count(c, "SELECT count(*) FROM photos WHERE present = 1"),
        _count(c, "SELECT count(*) FROM photos WHERE present = 1 AND favourite = 1"),
        _count(c, "SELECT count(*) FROM photos WHERE present = 1 AND added_at >= ?", added_since),
        _failed(c),
        len(unread_folders(c)),
    )


def folder_counts(c: sqlite3.Connection) -> dict[int, FolderCounts]:
    """Count photos and files of every folder, by its id."""
    counted = {
        folder_id: FolderCounts(photos, files)
        for folder_id, photos, files in c.execute(
            """SELECT d.folder_id, count(DISTINCT f.photo_id), count(*)
                FROM directories d CROSS JOIN files f ON f.directory_id = d.id
                WHERE f.photo_id IS NOT NULL GROUP BY d.folder_id"""
        )
    }
    folders = c.execute("SELECT id FROM folders ORDER BY id")
    return {folder_id: counted.get(folder_id, FolderCounts(0, 0)) for (folder_id,) in folders}


def failures(c: sqlite3.Connection, *, ignored: bool = False) -> list[FailedFile]:
    """Files that look like photos but could not be read, by path: the ignored, or the others.

    Those among them that held a photo before still belong to it.
    """
    never, lost = (_unread(c, condition, ignored=ignored) for condition in (_NEVER_READ, _LOST))
    return sorted([*never, *lost], key=lambda file: file.path)


def unread_folders(c: sqlite3.Connection, *, ignored: bool = False) -> list[FailedFile]:
    """Folders that could not be read, by path: the ignored, or the others."""
    return [
        FailedFile(each.path, each.reason, each.since, is_folder=True)
        for each in unread_directories(c)
        if each.ignored == ignored
    ]


def skipped(c: sqlite3.Connection) -> list[FailedFile]:
    """Files that are not photos, by path."""
    return _unread(c, _SKIPPED)


# Each names the condition of an index first.
_NEVER_READ = "state != 'indexed' AND state = 'failed'"
_SKIPPED = "state != 'indexed' AND state = 'skipped'"
_LOST = "unread_size IS NOT NULL"


def _failed(c: sqlite3.Connection) -> int:
    return sum(
        _count(c, f"SELECT count(*) FROM files WHERE {condition} AND ignored = 0")  # noqa: S608
        for condition in (_NEVER_READ, _LOST)
    )


def failures_mark(c: sqlite3.Connection) -> tuple[tuple[int, float], ...]:
    """What differs as soon as other files than before could not be read: their count, their ids."""
    return tuple(
        c.execute(f"SELECT count(*), total(id) FROM files WHERE {condition}").fetchone()  # noqa: S608
        for condition in (_NEVER_READ, _LOST)
    )


def _any_offline(c: sqlite3.Connection) -> bool:
    return _count(c, "SELECT count(*) FROM folders WHERE offline = 1") > 0


def _online(c: sqlite3.Connection) -> int:
    # CROSS JOIN is SQLite's word for joining in this order.
    return _count(
        c,
        """SELECT count(DISTINCT f.photo_id) FROM folders r
            CROSS JOIN directories d ON d.folder_id = r.id
            CROSS JOIN files f ON f.directory_id = d.id
            WHERE r.offline = 0 AND f.photo_id IS NOT NULL""",
    )


def _count(c: sqlite3.Connection, query: str, *values: object) -> int:
    (number,) = c.execute(query, values).fetchone()
    return int(number)


def _unread(c: sqlite3.Connection, condition: str, *, ignored: bool = False) -> list[FailedFile]:
    rows = c.execute(
        f"""SELECT r.path, d.path, f.name, f.reason, f.since FROM files f
            JOIN directories d ON d.id = f.directory_id JOIN folders r ON r.id = d.folder_id
            WHERE {condition} AND f.ignored = ?
            ORDER BY r.path, d.path, f.name""",  # noqa: S608
        (ignored,),
    )
    return [
        FailedFile(
            join_path(from_stored(root), from_stored(directory), from_stored(name)),
            reason or "",
            since,
        )
        for root, directory, name, reason, since in rows
    ]
