"""From what a scan sees to jobs and to changes of the catalogue."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from core.catalog import files, folders
from core.catalog.catalogue import Catalogue
from core.catalog.changes import Changes
from core.catalog.files import FileStat
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
    DiskInside,
    FileFound,
    FilesGone,
    RootOffline,
    RootOnline,
    Unsettled,
)
from core.watching.scan import scan_folder

FolderEvent = FilesGone | DirectoryGone | RootOffline | RootOnline | DiskInside
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
        disks=folders.inner_disks(connection, folder.id),
        ignore=ignore,
        directories=request.directories,
        cancelled=cancelled,
        known_unreadable=known_unreadable,
    ):
        yield _as_job(connection, event) if isinstance(event, FileFound) else event


def _as_job(connection: sqlite3.Connection, found: FileFound) -> FileJob | NotAPhoto:
    reason = why_not_a_photo(found.path)
    if reason is not None and not _holds_photo(connection, found):
        return NotAPhoto(found.key, found.path, found.stat, reason)
    return FileJob(found.key, found.path, found.stat, found.known)


def _holds_photo(connection: sqlite3.Connection, found: FileFound) -> bool:
    """Whether a file held a photo: whatever it looks like now, that one is not given up."""
    known = files.file_at(connection, found.key) if found.known else None
    return known is not None and known[1] is not None


def apply_folder_event(tx: sqlite3.Connection, event: FolderEvent) -> Changes:
    """Write what a scan learned about a folder as a whole."""
    match event:
        case FilesGone(folder_id, directory, names):
            return files.remove_files(tx, folder_id, directory, names)
        case DirectoryGone(folder_id, directory):
            return files.remove_directory(tx, folder_id, directory)
        case RootOffline(folder_id, other):
            name = (other.name or other.id or "") if other is not None else ""
            return folders.set_offline(tx, folder_id, offline=True, other_disk=name)
        case DiskInside(folder_id, directory, disk):
            folders.add_inner_disk(tx, folder_id, directory, disk)
            return Changes()
        case RootOnline(folder_id, identity, disk):
            folders.set_identity(tx, folder_id, identity)
            folders.set_disk(tx, folder_id, disk)
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
