"""What a scan tells: how a folder on disk differs from what the catalogue knows of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.catalog.folders import UNKNOWN_DISK, Disk

if TYPE_CHECKING:
    from pathlib import Path

    from core.catalog.files import FileKey, FileStat


@dataclass(frozen=True, slots=True)
class FileFound:
    """A file that is new (`known` false) or whose size or time differs from what is known."""

    key: FileKey
    path: Path
    stat: FileStat
    known: bool


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A new or changed file that is still being written: look at its directory again soon."""

    key: FileKey
    path: Path


@dataclass(frozen=True, slots=True)
class FilesGone:
    """Known files that are no longer in a directory that is there."""

    folder_id: int
    directory: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DirectoryGone:
    """A directory that is no longer there, with everything below it."""

    folder_id: int
    directory: str


@dataclass(frozen=True, slots=True)
class DirectoryUnreadable:
    """A directory that cannot be looked at; what is known below it stays. `reason`: a sentence."""

    folder_id: int
    directory: str
    reason: str


@dataclass(frozen=True, slots=True)
class DirectoryReadable:
    """A directory that could not be looked at, and can be by now, or is not there any more."""

    folder_id: int
    directory: str


@dataclass(frozen=True, slots=True)
class RootOnline:
    """The root is there after it was offline, for the first time, or with another identity."""

    folder_id: int
    identity: str
    disk: Disk = UNKNOWN_DISK


@dataclass(frozen=True, slots=True)
class RootOffline:
    """The root is not there, or only its empty mount point is: everything known stays.

    `other`: the disk that is in its place, with files on it.
    """

    folder_id: int
    other: Disk | None = None


@dataclass(frozen=True, slots=True)
class DiskInside:
    """A disk that is mounted inside of the folder is seen for the first time."""

    folder_id: int
    directory: str
    disk: Disk


Change = (
    FileFound
    | Unsettled
    | FilesGone
    | DirectoryGone
    | DirectoryReadable
    | DirectoryUnreadable
    | RootOnline
    | RootOffline
    | DiskInside
)
