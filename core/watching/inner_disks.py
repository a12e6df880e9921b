"""Disks that are mounted inside of a watched folder: which are known, and which is another one."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.watching.changes import DiskInside
from core.watching.disks import disk_id, disk_of, is_another
from core.watching.relative import ancestors
from core.watching.sameness import at_or_below, is_mostly_there
from core.watching.unreadable import ABSENT_DISK

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from core.catalog.files import FileStat
    from core.catalog.folders import Disk, Folder


@dataclass(frozen=True)
class InnerDisks:
    """The disks that are known, by directory, and what the catalogue knows of the folder."""

    folder: Folder
    known_files: Callable[[str], Mapping[str, FileStat]]
    known_directories: Callable[[], Sequence[str]]
    disks: Mapping[str, Disk]

    def above(self, directory: str) -> tuple[str, str] | None:
        """What `directory` lies in and is not on its disk, and the reason; None: all are."""
        for each in ancestors(directory):
            reason = self._why_another(each)
            if reason is not None:
                return each, reason
        return None

    def look(self, directory: str, *, mounted: bool) -> DiskInside | str | None:
        """A disk that is new inside, or the reason why it is not the one that is known.

        `mounted`: whether the directory is on another device than the one that it lies in.
        """
        if directory in self.disks:
            return self._why_another(directory)
        path = self._absolute(directory)
        if not mounted or not os.path.ismount(path):
            return None
        disk = disk_of(path)
        if disk.id is None:
            return None
        if not self._is_mostly_there(directory):
            return _other_disk(disk, "")
        return DiskInside(self.folder.id, directory, disk)

    def is_away(self, directory: str) -> bool:
        """Whether a directory was a disk that is not there now, not even its mount point."""
        known = self.disks.get(directory)
        # Of a part of the folder's own disk the same would be recorded, see add_folder.
        return known is not None and known.id not in (
            disk_id(self._absolute(directory)),
            disk_id(self.folder.path),
        )

    def _why_another(self, directory: str) -> str | None:
        known = self.disks.get(directory)
        if known is None:
            return None
        path = self._absolute(directory)
        now = disk_id(path)
        unsure = now != known.id and not is_another(known.id, now)
        if now == known.id or (unsure and self._is_mostly_there(directory)):
            return None
        return _other_disk(disk_of(path), known.name) if os.path.ismount(path) else ABSENT_DISK

    def _is_mostly_there(self, directory: str) -> bool:
        directories = at_or_below(self.known_directories(), directory)
        return is_mostly_there(self.folder.path, self.known_files, directories)

    def _absolute(self, directory: str) -> str:
        return str(Path(self.folder.path, directory))


def _other_disk(disk: Disk, known: str) -> str:
    if not known:
        return f"Another disk is mounted here than before: {disk.name}."
    return f"Another disk is mounted here: {disk.name} in place of {known}."
