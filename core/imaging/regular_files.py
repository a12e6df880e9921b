"""Opening files that somebody else may put there: never a pipe or device, never by a link unasked.

What a name stands for may change between a look and an open. So it is opened first, in a way that
does not wait for anybody, and looked at then.
"""

from __future__ import annotations

import errno
import os
import stat
from io import BufferedReader, FileIO
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer

T = TypeVar("T")

_WITHOUT_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


def open_regular(
    path: Path | str, *, links: bool = True, folder: int | None = None
) -> BufferedReader:
    """Open a regular file for reading; IrregularFileError for a folder, pipe, device or socket.

    Without `links`, one is not followed: OSError with ELOOP. `folder`: the descriptor of the one
    that `path` is a name in. Raises OSError, as does reading what would have to be waited for.
    """
    if not links and not _NO_LINK and Path(path).is_symlink():
        raise link_error(path)
    flags = os.O_RDONLY | _WITHOUT_WAITING | (0 if links else _NO_LINK)
    descriptor = os.open(path, flags, dir_fd=folder)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise IrregularFileError(errno.EINVAL, "This is no regular file", str(path))
    except BaseException:
        os.close(descriptor)
        raise
    return BufferedReader(_WithoutWaiting(descriptor))


class _WithoutWaiting(FileIO):
    """A file in which nothing is there yet raises OSError: FileIO gives None, which is no bytes.

    Some files of /proc are like that.
    """

    def readall(self) -> bytes:
        return _must_be_there(super().readall())

    def readinto(self, buffer: Buffer, /) -> int:
        found: int | None = super().readinto(buffer)
        return _must_be_there(found)


def _must_be_there(found: T | None) -> T:
    if found is None:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
    return found


class IrregularFileError(OSError):
    """A folder, pipe, device or socket, where a file was looked for."""


def link_error(path: Path | str) -> OSError:
    """What the system says where a link is not followed."""
    return OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
