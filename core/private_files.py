"""Files and folders that are for one person alone: 0600 and 0700, whatever the umask says.

What Souvenir keeps for itself is made by these. What a person asks for (exports, tables, sidecars)
is not: it is made as the person's other files are. Windows has no such modes; there a person's own
folders are closed to others anyway.
"""

from __future__ import annotations

import os
import stat
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

FOLDER = 0o700
FILE = 0o600
_OTHERS = 0o077
# So long the opening of a library may take for closing what an older Souvenir left open.
MOST_SECONDS = 0.5


def make_private_folder(path: Path) -> None:
    """Make a folder, and those that it lies in where they are missing; raises OSError.

    A folder that is there keeps its mode.
    """
    missing = [path]
    while not missing[-1].parent.exists():
        missing.append(missing[-1].parent)
    for folder in reversed(missing):
        folder.mkdir(mode=FOLDER, exist_ok=True)


def open_private(path: Path, mode: str = "wb") -> IO[bytes]:
    """Open a file for writing as `open` does; one that is made here is private. Raises OSError."""
    return open(path, mode, opener=_open)


def write_private(path: Path, content: bytes) -> None:
    """Write a whole file; one that is made here is private. Raises OSError."""
    with open_private(path) as file:
        file.write(content)


def make_private(places: Iterable[Path], seconds: float = MOST_SECONDS) -> None:
    """Close files and folders to others, folders with all that is in them.

    A folder that was open is closed first, and with it all below: so after `seconds` the rest may
    stay as it is. One that is closed already is not looked into, and what links lead to is not
    touched. What cannot be closed (it is another person's, or its disk has no modes) stays open:
    that is no reason not to work.
    """
    if os.name == "nt":
        return
    deadline = time.monotonic() + seconds
    pending = list(places)[::-1]
    while pending:
        place = pending.pop()
        if _close(place) and time.monotonic() < deadline:
            with suppress(OSError):
                pending.extend(place.iterdir())


def _close(place: Path) -> bool:
    """Close one place; returns whether it is a folder that was open."""
    try:
        status = place.lstat()
        if stat.S_ISLNK(status.st_mode) or not status.st_mode & _OTHERS:
            return False
        # What its owner may not do with it (a folder made read-only) stays so.
        place.chmod(stat.S_IMODE(status.st_mode) & ~_OTHERS)
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode)


def _open(path: str, flags: int) -> int:
    return os.open(path, flags, FILE)
