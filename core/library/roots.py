"""The watched folders of a library: which may be added, and which one a path names."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from core.catalog.folders import Disk, Folder
from core.errors import FolderError
from core.watching.disks import disk_of
from core.watching.mounts import mount_points_below
from core.watching.root import root_identity


def folder_to_add(path: Path, known: Iterable[Folder], library: Path) -> Path:
    """The folder at `path` as it is to be watched; one that is known keeps the path it has.

    Raises FolderError for what is no folder, or the `library`'s own.
    """
    path = path.expanduser().absolute()
    if not path.is_dir():
        raise FolderError(f"{path} is not a folder: check the name, or plug its disk in.")
    if path.is_relative_to(library):
        raise FolderError(f"{path} is the library's own folder: choose one with photos.")
    for folder in known:
        watched = Path(folder.path)
        if watched.is_dir() and watched.samefile(path):  # by way of a symbolic link
            path = watched
    return path


def disks_now(folder: Folder) -> tuple[str, Disk, dict[str, Disk]]:
    """Identity and disk of a folder that is there, and the disks inside of it, by directory.

    Raises FolderError where it is not there, or holds nothing: its disk may not be connected.
    """
    identity = root_identity(folder.path)
    try:
        empty = identity is None or next(Path(folder.path).iterdir(), None) is None
    except OSError:
        empty = True
    if identity is None or empty:
        raise FolderError(
            f"There is nothing in {folder.path} at the moment: connect its disk, or copy its "
            "files there first."
        )
    inside = {
        point: disk_of(str(Path(folder.path, point))) for point in mount_points_below(folder.path)
    }
    return identity, disk_of(folder.path), inside


def watched_folder(path: Path, known: Iterable[Folder]) -> Folder:
    """The watched folder at `path`; raises FolderError where there is none."""
    path = path.expanduser().absolute()
    for folder in known:
        if Path(folder.path) == path:
            return folder
    raise FolderError(f"{path} is not a watched folder: 'souvenir folders list' names them.")
