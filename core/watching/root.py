"""The root of a watched folder: whether it is there, and whether it is still the same one."""

from __future__ import annotations

import stat
from pathlib import Path

from core.watching.disks import disk_id
from core.watching.unreadable import can_be_read


def root_identity(path: str) -> str | None:
    """Return "dev:ino" of the directory at `path`; None where there is none that can be read."""
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return None
    if not stat.S_ISDIR(status.st_mode) or not can_be_read(path):
        return None
    return f"{status.st_dev}:{status.st_ino}"


def root_now(path: str) -> tuple[str, str | None] | None:
    """What tells whether it is still the same: identity, and id of the disk; None: not there."""
    identity = root_identity(path)
    return None if identity is None else (identity, disk_id(path))


def is_real_directory(root: str, directory: str) -> bool:
    """Whether `directory` (relative, "/") is below `root` without a symbolic link in between.

    Raises OSError where that cannot be told: what it lies in may not be looked into.
    """
    path = Path(root)
    for name in directory.split("/") if directory else ():
        path /= name
        try:
            if not stat.S_ISDIR(path.lstat().st_mode):
                return False
        except (FileNotFoundError, NotADirectoryError):
            return False
    return True
