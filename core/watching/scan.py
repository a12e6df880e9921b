"""The reconciling scan: what differs between a folder on disk and what the catalogue knows of it.

Only names, sizes and times are looked at; no file is opened. One directory is held at a time.
"""

from __future__ import annotations

import os
import stat
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from core.catalog.files import FileKey, FileStat
from core.watching.changes import (
    Change,
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
from core.watching.disks import disk_of, is_another
from core.watching.ignore import IgnoreRules, ignore_rules
from core.watching.inner_disks import InnerDisks
from core.watching.mounts import mount_is_absent
from core.watching.placeholder import directories_need_a_look, is_junction, is_placeholder
from core.watching.relative import ancestors
from core.watching.root import is_real_directory, root_identity, root_now
from core.watching.sameness import is_mostly_there, is_nothing_left
from core.watching.unreadable import (
    ABSENT_DISK,
    can_be_entered,
    why_files_unreadable,
    why_root_unreadable,
    why_unreadable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence

    from core.catalog.folders import Disk, Folder

__all__ = [
    "Change",
    "DirectoryGone",
    "DirectoryReadable",
    "DirectoryUnreadable",
    "DiskInside",
    "FileFound",
    "FilesGone",
    "RootOffline",
    "RootOnline",
    "Unsettled",
    "scan_folder",
]

LIBRARY_MARK = "catalogue.sqlite"


def scan_folder(
    folder: Folder,
    known_files: Callable[[str], Mapping[str, FileStat]],
    known_directories: Callable[[], Sequence[str]],
    *,
    disks: Mapping[str, Disk] | None = None,
    ignore: Sequence[str] = (),
    directories: Mapping[str, bool] | None = None,
    settle_seconds: float = 1.0,
    cancelled: Callable[[], bool] = lambda: False,
    known_unreadable: Callable[[], Collection[str]] = tuple,
) -> Iterator[Change]:
    """Yield how `folder` differs from what is known.

    `known_files(directory)`, `known_directories()` and `known_unreadable()` (directories that could
    not be looked at before) ask the catalogue. `disks`: those that are known to be mounted inside
    of the folder, by directory. `ignore`: see ignore_rules. `directories` limits the scan to those
    ({"a/b": recursive}); None scans all, and so does a root that is new here or was offline. A file
    written less than `settle_seconds` ago is Unsettled. Gone events come after all found ones, so
    that a moved file is seen in its new place first, and what cannot be looked at comes last; a
    scan that is cancelled or loses its root yields none of them.
    """
    rules = ignore_rules(folder.path, ignore)
    identity = root_identity(folder.path)
    disk = disk_of(folder.path)
    if identity is None or not _is_the_same(folder, identity, disk, known_files, known_directories):
        other = identity is not None and folder.disk.id != disk.id and _holds_anything(folder.path)
        yield RootOffline(folder.id, disk if other else None)
        reason = why_root_unreadable(folder.path)
        if reason is not None:
            yield DirectoryUnreadable(folder.id, "", reason)
        elif "" in known_unreadable():
            yield DirectoryReadable(folder.id, "")
        return
    known_disk = disk.id is None or folder.disk == disk
    if folder.offline or folder.identity != identity or not known_disk:
        yield RootOnline(folder.id, identity, disk)
        directories = None
    root = identity, disk.id
    inside = InnerDisks(folder, known_files, known_directories, disks or {})
    walk = _Walk(folder, known_files, inside, rules, settle_seconds, cancelled)
    starts = _starts(directories, rules)
    for directory, recursive in starts.items():
        yield from walk.look(directory, recursive)
    if cancelled():
        return
    if root_now(folder.path) != root:
        yield RootOffline(folder.id)
        return
    for event in walk.gone(starts):
        if root_now(folder.path) != root:
            yield RootOffline(folder.id)
            return
        yield event
    yield from walk.unreadable(starts, known_unreadable())


def _is_the_same(
    folder: Folder,
    identity: str,
    disk: Disk,
    known_files: Callable[[str], Mapping[str, FileStat]],
    known_directories: Callable[[], Sequence[str]],
) -> bool:
    """Whether the root is the one that is known, and no mount point without its disk.

    Another disk in the same place looks like a folder with other files in it. Its id tells; where
    that is not known yet, or cannot be learnt, the files do.
    """
    if is_another(folder.disk.id, disk.id):
        return False
    if folder.disk.id != disk.id:
        return is_mostly_there(folder.path, known_files, ["", *known_directories()])
    if folder.identity is not None and folder.identity != identity:
        return not is_nothing_left(folder.path, known_files, ["", *known_directories()])
    return True


def _holds_anything(path: str) -> bool:
    try:
        with os.scandir(path) as listing:
            return next(listing, None) is not None
    except OSError:
        return False


def _starts(directories: Mapping[str, bool] | None, rules: IgnoreRules) -> dict[str, bool]:
    """Where to begin: without what is left out, and without what another start covers."""
    if directories is None:
        return {"": True}
    wide = {directory for directory, recursive in directories.items() if recursive}
    return {
        directory: recursive
        for directory, recursive in sorted(directories.items())
        if not rules.ignores_path(directory) and not wide.intersection(ancestors(directory))
    }


@dataclass
class _Walk:
    """One pass over a folder, and what it has to remember until its end."""

    folder: Folder
    known_files: Callable[[str], Mapping[str, FileStat]]
    inside: InnerDisks
    rules: IgnoreRules
    settle_seconds: float
    cancelled: Callable[[], bool]
    seen: set[str] = field(default_factory=set)
    kept: dict[str, str | None] = field(default_factory=dict)  # not looked at, and why
    thinned: list[str] = field(default_factory=list)  # lack files that are known

    def look(self, start: str, recursive: bool) -> Iterator[Change]:
        """Yield what is found in `start`, and below it when `recursive`."""
        try:
            if not is_real_directory(self.folder.path, start):
                return
        except OSError as error:
            closed = [d for d in ancestors(start) if not can_be_entered(self._absolute(d))]
            self.kept[closed[0] if closed else start] = why_unreadable(error)
            return
        held = self.inside.above(start)
        if held is not None:
            self.kept[held[0]] = held[1]
            return
        parent = start.rpartition("/")[0]
        pending = [(start, _device(self._absolute(parent)))]
        while pending and not self.cancelled():
            directory, around = pending.pop()
            device = _device(self._absolute(directory))
            below = yield from self._look_into(directory, mounted=device != around)
            if recursive:
                pending.extend((each, device) for each in reversed(below))

    def _look_into(self, directory: str, *, mounted: bool) -> Generator[Change, None, list[str]]:
        """Yield what is found in one directory; returns the directories in it.

        `mounted`: whether it is on another device than the directory that it lies in.
        """
        path = self._absolute(directory)
        try:
            entries = _entries(path)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            self.kept[directory] = why_unreadable(error)
            return []
        known = self.known_files(directory)
        disk = self.inside.look(directory, mounted=mounted) if directory else None
        if known and not entries and mount_is_absent(path):
            disk = ABSENT_DISK
        if isinstance(disk, str):
            self.kept[directory] = disk
            return []
        if disk is not None:
            yield disk
        self.seen.add(directory)
        missing = set(known)
        below: list[str] = []
        for entry in entries:
            if self.cancelled():
                return []
            if self.rules.ignores_name(entry.name):
                continue
            if _is_directory(entry):
                relative = f"{directory}/{entry.name}" if directory else entry.name
                if relative not in self.rules.directories and not self._is_elsewhere(entry):
                    below.append(relative)
                continue
            event = self._look_at(directory, entry, known, missing)
            if event is not None:
                yield event
        if missing:
            self.thinned.append(directory)
        return below

    def _status(self, directory: str, entry: os.DirEntry[str]) -> os.stat_result | None:
        """Look at an entry, or the file it links to; None where there is nothing to see."""
        try:
            return _status(entry)
        except OSError as error:
            self.kept[directory] = why_files_unreadable(error)
            return None

    def _look_at(
        self,
        directory: str,
        entry: os.DirEntry[str],
        known: Mapping[str, FileStat],
        missing: set[str],
    ) -> FileFound | Unsettled | None:
        """What is new of one file; a known one is not `missing`."""
        status = self._status(directory, entry)
        if status is not None and not stat.S_ISREG(status.st_mode):
            return None
        missing.discard(entry.name)
        before = known.get(entry.name)
        if status is None or _is_same(status, before):
            return None
        return self._differing(directory, entry, status, before)

    def _differing(
        self,
        directory: str,
        entry: os.DirEntry[str],
        status: os.stat_result,
        before: FileStat | None,
    ) -> FileFound | Unsettled | None:
        if is_placeholder(status):
            return None
        found = FileStat(status.st_size, status.st_mtime_ns, status.st_ino)
        # FileStat brings what SQLite cannot hold into range, so they may be equal after all.
        if before is not None and (found.size, found.mtime_ns) == (before.size, before.mtime_ns):
            return None
        key = FileKey(self.folder.id, directory, entry.name)
        path = Path(entry.path)
        if _is_settled(status, self.settle_seconds):
            return FileFound(key, path, found, before is not None)
        return Unsettled(key, path)

    def gone(self, starts: Mapping[str, bool]) -> Iterator[Change]:
        """Yield what is known and no longer there, looked at a second time."""
        for directory in self.thinned:
            names = self._still_missing(directory)
            if names:
                yield FilesGone(self.folder.id, directory, names)
        wide = {directory for directory, recursive in starts.items() if recursive} & self.seen
        candidates = {start for start in starts if start not in self.seen}
        if wide:
            for directory in self.inside.known_directories():
                if directory not in self.seen and wide.intersection(ancestors(directory)):
                    candidates.add(directory)
        reported: set[str] = set()
        for directory in sorted(candidates):
            line = [*ancestors(directory), directory]
            if reported.intersection(line) or self.kept.keys() & set(line):
                continue
            left_out = self.rules.ignores_path(directory)
            if not left_out and self._may_be_there(directory):
                continue  # it came back, or was not readable for a moment
            absent = next((d for d in line[1:] if self._is_unplugged(d)), None)
            if absent is not None and not left_out:
                self.kept[absent] = ABSENT_DISK
                continue
            reported.add(directory)
            yield DirectoryGone(self.folder.id, directory)

    def _is_unplugged(self, directory: str) -> bool:
        """Whether a directory is the place of a disk that is not there."""
        return self.inside.is_away(directory) or mount_is_absent(self._absolute(directory))

    def _still_missing(self, directory: str) -> tuple[str, ...]:
        """Names that are known and not there now; none when the directory cannot be listed."""
        try:
            with os.scandir(self._absolute(directory)) as listing:
                there = {entry.name for entry in listing}
        except OSError:
            return ()
        return tuple(
            name
            for name in sorted(self.known_files(directory))
            if name not in there
            or self.rules.ignores_name(name)
            or not _may_be_file(Path(self._absolute(directory), name))
        )

    def unreadable(
        self, starts: Mapping[str, bool], known: Collection[str]
    ) -> Iterator[DirectoryUnreadable | DirectoryReadable]:
        """Yield what cannot be looked at, and what of the `known` that is no longer so."""
        for directory, reason in sorted(self.kept.items()):
            if reason is not None:
                yield DirectoryUnreadable(self.folder.id, directory, reason)
        wide = {directory for directory, recursive in starts.items() if recursive}
        for directory in sorted(known):
            asked = directory in starts or wide.intersection(ancestors(directory))
            if asked and self.kept.get(directory) is None:
                yield DirectoryReadable(self.folder.id, directory)

    def _may_be_there(self, directory: str) -> bool:
        """Whether a directory is there, or nobody can tell."""
        try:
            return is_real_directory(self.folder.path, directory)
        except OSError:
            return True

    def _is_elsewhere(self, entry: os.DirEntry[str]) -> bool:
        """Whether a directory is a junction, or so far only a name in the cloud."""
        if not directories_need_a_look():
            return False
        status = entry.stat(follow_symlinks=False)
        if is_placeholder(status):
            self.kept[os.path.relpath(entry.path, self.folder.path).replace(os.sep, "/")] = None
            return True
        return is_junction(status)

    def _absolute(self, directory: str) -> str:
        return str(Path(self.folder.path, directory))


def _device(path: str) -> int | None:
    try:
        return Path(path).stat().st_dev
    except OSError:
        return None


def _entries(path: str) -> list[os.DirEntry[str]]:
    """List a directory, by name; a library of Souvenir counts as empty: it holds no photos."""
    # Listed at once: an open directory would keep its disk from being unmounted.
    with os.scandir(path) as listing:
        entries = sorted(listing, key=lambda entry: entry.name)
    return [] if any(entry.name == LIBRARY_MARK for entry in entries) else entries


def _status(entry: os.DirEntry[str]) -> os.stat_result | None:
    """Look at an entry or the file it links to; None for a link to nothing, or what just went.

    Raises OSError where the entry itself cannot be looked at.
    """
    linked = entry.is_symlink()
    try:
        return entry.stat(follow_symlinks=linked)
    except FileNotFoundError:
        return None
    except OSError:
        if linked:  # where it leads to is somebody else's trouble
            return None
        raise


def _is_directory(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a directory, and not a link to one; False when it cannot be told."""
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _is_same(status: os.stat_result, before: FileStat | None) -> bool:
    """Whether size and time are as known; another inode alone (a restored copy) is no change."""
    return (
        before is not None
        and status.st_mtime_ns == before.mtime_ns
        and status.st_size == before.size
    )


def _may_be_file(path: Path) -> bool:
    """Whether a name still stands for a file: a regular one, or a link that dangles for now."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return True


def _is_settled(status: os.stat_result, seconds: float) -> bool:
    """Whether the file was last written at least `seconds` ago.

    A modification time in the future says nothing, so the time of the last status change decides
    then. Otherwise that one is left alone: renaming a finished file changes it, too.
    """
    now = time.time()
    written = status.st_mtime if status.st_mtime <= now else status.st_ctime
    return now - written >= seconds or written > now + seconds
