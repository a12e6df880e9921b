"""Why a directory cannot be looked at, in a sentence, and whether one can be by now."""

from __future__ import annotations

import errno
import os

ABSENT_DISK = "The disk that belongs here is not plugged in."
FILES_CLOSED = "The files in this folder cannot be looked at: check its permissions."
_DENIED = "This folder cannot be read: check its permissions."
_TOO_DEEP = (
    "This folder lies too deep to be read, its path is longer than the system allows: move it up, "
    "or give the folders that it lies in shorter names."
)


def why_unreadable(error: OSError) -> str:
    """What kept a directory from being listed, and what to do."""
    if isinstance(error, PermissionError):
        return _DENIED
    if error.errno == errno.ENAMETOOLONG:
        return _TOO_DEEP
    reason = error.strerror or str(error)
    return f"This folder cannot be read ({reason}): check the disk, or the share, that it is on."


def why_files_unreadable(error: OSError) -> str:
    """What kept a directory that could be listed from showing its files, and what to do."""
    return FILES_CLOSED if isinstance(error, PermissionError) else why_unreadable(error)


def why_root_unreadable(path: str) -> str | None:
    """Why the root of a watched folder cannot be looked at; None where it can, or is not there."""
    try:
        with os.scandir(path):
            pass
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    except OSError as error:
        return why_unreadable(error)
    return None if can_be_entered(path) else FILES_CLOSED


def can_be_read(path: str) -> bool:
    """Whether a directory can be listed, and its files looked at."""
    try:
        with os.scandir(path):
            return can_be_entered(path)
    except (OSError, ValueError):
        return False


def can_be_entered(path: str) -> bool:
    """Whether what is in a directory can be looked at, by those who know its name."""
    try:
        os.stat(os.path.join(path, os.curdir))  # noqa: PTH116, PTH118 - pathlib drops the dot
    except (OSError, ValueError):
        return False
    return True
