"""From what a scan sees to jobs and to changes of the catalogue."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from core.catalog import files, folders
from core.catalog.catalogue import Catalogue
from core.catalog.changes import Changes
from core.catalog.files import FileKey, FileStat
from core.catalog.folders import Folder
from core.catalog.unread_directories import (
    forget_unread_directory,
    known_unread,
    record_unread_directory,
)
from core.imaging.reading import why_not_a_photo
from core.indexing.jobs import FileJob, NotAPhoto, ScanRequest
from core.watching.changes import (
    DirectoryGone,
    DirectoryReadable,
    DirectoryUnreadable,
    FileFound,
    FilesGone,
    RootOffline,
    RootOnline,
    Unsettled,
)
from core.watching.scan import scan_folder

FolderEvent = FilesGone | DirectoryGone | RootOffline | RootOnline
DirectoryState = DirectoryUnreadable | DirectoryReadable
FeedItem = FileJob | NotAPhoto | FolderEvent | DirectoryState | Unsettled


def requests_for(watched: Sequence[Folder], paths: Iterable[Path]) -> list[ScanRequest]:
    """What to scan to look again at `paths`: a file's directory, a directory with all below it.

    Paths outside the watched folders are left out; those that are gone count as files.
    """
    wanted: dict[int, dict[str, bool]] = {}
    for path in paths:
        whole = os.path.isdir(path)  # noqa: PTH112 - False for what may not be looked at
        directory = path if whole else path.parent
        for folder in watched:
            if directory.is_relative_to(folder.path):
                relative = directory.relative_to(folder.path).as_posix()
                directories = wanted.setdefault(folder.id, {})
                name = "" if relative == "." else relative
                directories[name] = whole or directories.get(name, False)
    return [ScanRequest(folder_id, directories) for folder_id, directories in wanted.items()]


def scan_requests(
    catalogue: Catalogue,
    requests: Sequence[ScanRequest],
    *,
    ignore: Sequence[str],
    cancelled: Callable[[], bool],
) -> Iterator[FeedItem]:
    """Scan what is asked for, one folder after the other, yielding work as it is found.

    Runs on the scan's thread; reads the catalogue, never writes it.
    """
    with catalogue.reader() as connection:
        watched = {folder.id: folder for folder in folders.list_folders(connection)}
        for request in requests:
            folder = watched.get(request.folder_id)
            if folder is not None:
                yield from _scan_one(connection, folder, request, ignore, cancelled)


def _scan_one(
    connection: sqlite3.Connection,
    folder: Folder,
    request: ScanRequest,
    ignore: Sequence[str],
    cancelled: Callable[[], bool],
) -> Iterator[FeedItem]:
    def known_files(directory: str) -> dict[str, FileStat]:
        return files.known_files(connection, folder.id, directory)

    def known_directories() -> list[str]:
        return files.known_directories(connection, folder.id)

    def known_unreadable() -> set[str]:
        return known_unread(connection, folder.id)

    for event in scan_folder(
        folder,
        known_files,
        known_directories,
        ignore=ignore,
        directories=request.directories,
        cancelled=cancelled,
        known_unreadable=known_unreadable,
    ):
        yield _as_job(event) if isinstance(event, FileFound) else event


def _as_job(found: FileFound) -> FileJob | NotAPhoto:
    reason = why_not_a_photo(found.path)
    if reason is not None:
        return NotAPhoto(found.key, found.path, found.stat, reason)
    return FileJob(found.key, found.path, found.stat, found.known)


def apply_folder_event(tx: sqlite3.Connection, event: FolderEvent) -> Changes:
    """Write what a scan learned about a folder as a whole."""
    match event:
        case FilesGone(folder_id, directory, names):
            return files.remove_files(tx, folder_id, directory, names)
        case DirectoryGone(folder_id, directory):
            return files.remove_directory(tx, folder_id, directory)
        case RootOffline(folder_id):
            return folders.set_offline(tx, folder_id, offline=True)
        case RootOnline(folder_id, identity):
            folders.set_identity(tx, folder_id, identity)
            return folders.set_offline(tx, folder_id, offline=False)


def apply_directory_states(tx: sqlite3.Connection, states: Iterable[DirectoryState]) -> bool:
    """Write which directories cannot be looked at, and which can again; whether that is news."""
    news = False
    for state in states:
        match state:
            case DirectoryUnreadable(folder_id, directory, reason):
                news |= record_unread_directory(tx, folder_id, directory, reason)
            case DirectoryReadable(folder_id, directory):
                news |= forget_unread_directory(tx, folder_id, directory)
    return news


def files_given_up(connection: sqlite3.Connection, event: FolderEvent) -> int:
    """How many of the catalogue's files an event takes away: moved ones are no longer there."""
    match event:
        case FilesGone(folder_id, directory, names):
            return len(files.known_files(connection, folder_id, directory).keys() & set(names))
        case DirectoryGone(folder_id, directory):
            return sum(
                len(files.known_files(connection, folder_id, known))
                for known in files.known_directories(connection, folder_id)
                if known == directory or known.startswith(f"{directory}/")
            )
        case _:
            return 0


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


def is_gone(path: str, roots: Iterable[str]) -> bool:
    """Whether a file is surely not there although its folder is: one on a pulled disk may be."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return any(Path(path).is_relative_to(root) and Path(root).is_dir() for root in roots)
    except OSError:
        pass  # it lies where nobody may look
    return False
