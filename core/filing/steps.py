"""What filing tells while it works: steps, what was done, and what could not be done and why."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Reason = Literal[
    "gone",  # the file is no longer there
    "offline",  # the disk of the photo is not here
    "folder_gone",  # the folder it should go to is not there
    "denied",  # permission is missing, or the disk can only be read
    "full",  # no room, or the file is larger than may be written there
    "taken",  # something else has the name by now
    "name",  # the file system does not take the name
    "changed",  # the file was written to while it was copied
    "not_equal",  # what was written is not what was read: the disk fails
    "not_a_photo",  # it cannot be decoded
    "not_xmp",  # the sidecar is damaged, hostile or too large: it is left as it is
    "link",  # a link that is not followed: it might lead out of the folder
    "no_link",  # another disk, or one that knows no such links
    "not_indexed",  # the file is another one than the library knows
    "no_trash",  # there is no trash where the file is
    "disk",  # anything else that the disk reports
]

_BY_ERRNO: dict[int, Reason] = {
    errno.ENOENT: "gone",
    errno.ENOTDIR: "gone",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EROFS: "denied",
    errno.EEXIST: "taken",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",
    errno.ENAMETOOLONG: "name",
    errno.ELOOP: "link",
    errno.EINVAL: "name",
    errno.EILSEQ: "name",
}


@dataclass(frozen=True)
class Transfer:
    """A file that went from one place to another; for a copy, both are there."""

    source: Path
    target: Path

    @property
    def reversed(self) -> Transfer:
        """The way back."""
        return Transfer(self.target, self.source)


@dataclass(frozen=True)
class Problem:
    """A file that could not be dealt with; `detail` is what the system said, where it said more."""

    path: Path
    reason: Reason
    detail: str = ""


@dataclass(frozen=True)
class Step:
    """One file was dealt with: `done` of `total`. `transfers` has its sidecar files too."""

    done: int
    total: int
    path: Path
    transfers: tuple[Transfer, ...] = ()
    problem: Problem | None = None


class FilingError(Exception):
    """One file cannot be dealt with, for a reason that a person understands."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


class CancelledError(Exception):
    """Somebody wants no more of it; nothing of the file under way is left behind."""


def problem_of(path: Path, error: OSError | FilingError) -> Problem:
    """Say why the file at `path` could not be dealt with."""
    if isinstance(error, FilingError):
        return Problem(path, error.reason, error.detail)
    return Problem(path, _BY_ERRNO.get(error.errno or 0, "disk"), error.strerror or "")
