"""A folder inside of another, opened so that no link leads out of it, and what is done in it.

A name that was looked at may stand for something else a moment later. So the folder is opened, one
part of its path after the other, none of them by a link, and everything is done by names in what is
open, none of which is followed. Where the system cannot do that (Windows), each step looks first.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from core import private_files
from core.filing.placing import NO_LINKS, temporary_name
from core.filing.steps import FilingError
from core.imaging.regular_files import open_regular
from core.watching.root import is_real_directory

_BY_DESCRIPTOR = {os.open, os.stat, os.unlink, os.rename} <= os.supports_dir_fd
_EXISTING = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


@contextmanager
def opened_inside(root: Path, folder: Path) -> Iterator[Inside]:
    """Open `folder`, which is `root` or below it: `root` itself may be a link, nothing below.

    Raises FilingError("link") where a link is in the way, OSError.
    """
    parts = folder.relative_to(root).parts
    if not _BY_DESCRIPTOR:
        if not is_real_directory(str(root), "/".join(parts)):
            raise FilingError("link")
        yield Inside(folder, None)
        return
    descriptor = os.open(root, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        for part in parts:
            above, descriptor = descriptor, _opened(part, descriptor)
            os.close(above)
        yield Inside(folder, descriptor)
    finally:
        os.close(descriptor)


def _opened(part: str, above: int) -> int:
    try:
        return os.open(part, _EXISTING, dir_fd=above)
    except OSError:
        # What the system says of a link to a folder that is not to be followed differs.
        if stat.S_ISLNK(os.stat(part, dir_fd=above, follow_symlinks=False).st_mode):
            raise FilingError("link") from None
        raise


class Inside:
    """An open folder; names are those of files in it. Every method may raise OSError."""

    def __init__(self, folder: Path, descriptor: int | None) -> None:
        self.folder = folder
        self._descriptor = descriptor

    def look(self, name: str) -> os.stat_result:
        """How a file looks; of a link, the link."""
        return os.stat(self._at(name), dir_fd=self._descriptor, follow_symlinks=False)

    def open(self, name: str) -> BinaryIO:
        """Open a regular file for reading: OSError for anything else, a link among it."""
        return open_regular(self._at(name), links=False, folder=self._descriptor)

    @contextmanager
    def unfinished(self, *, private: bool) -> Iterator[tuple[str, BinaryIO]]:
        """A hidden name and a new file of that name to write to; what has it at the end goes.

        private: nobody else may read it until it is given other permissions.
        """
        name = temporary_name()
        mode = private_files.FILE if private else 0o666
        file = os.fdopen(os.open(self._at(name), _NEW, mode, dir_fd=self._descriptor), "wb")
        try:
            with file:
                yield name, file
        finally:
            with suppress(FileNotFoundError):
                self.remove(name)

    def look_alike(self, file: BinaryIO, temporary: str, other: str) -> None:
        """Give a new file the owner, permissions and times of another one.

        Some file systems keep none of these.
        """
        looked = self.look(other)
        if self._descriptor is None:
            with suppress(OSError):
                shutil.copystat(self._at(other), self._at(temporary))
            return
        with suppress(OSError):
            os.chown(file.fileno(), looked.st_uid, looked.st_gid)
        with suppress(OSError, TypeError), self.open(other) as source:
            shutil.copystat(source.fileno(), file.fileno())  # type: ignore[arg-type]

    def replace(self, name: str, other: str) -> None:
        """Put a file in the place of another one."""
        here = self._descriptor
        names = self._at(name), self._at(other)
        os.replace(*names, src_dir_fd=here, dst_dir_fd=here)

    def give_name(self, name: str, new: str) -> None:
        """Rename a file; FileExistsError when the name is taken, be it by a link that dangles."""
        if os.name == "nt":
            Path(self._at(name)).rename(self._at(new))  # refuses a name that is taken
            return
        at = {"src_dir_fd": self._descriptor, "dst_dir_fd": self._descriptor}
        try:
            os.link(self._at(name), self._at(new), **at, follow_symlinks=False)
        except OSError as error:
            if error.errno not in NO_LINKS:
                raise
            # Where there are no hard links: an empty file takes the name first, then gives way.
            os.close(os.open(self._at(new), _NEW, dir_fd=self._descriptor))
            try:
                self.replace(name, new)
            except OSError:
                self.remove(new)
                raise
        else:
            self.remove(name)

    def set_times(self, name: str, looked: os.stat_result | None) -> None:
        """Give a file the times that another one had; None: this moment."""
        times = None if looked is None else (looked.st_atime_ns, looked.st_mtime_ns)
        if times is None:
            os.utime(self._at(name), dir_fd=self._descriptor)
        else:
            os.utime(self._at(name), ns=times, dir_fd=self._descriptor)

    def remove(self, name: str) -> None:
        """Take a name away."""
        os.unlink(self._at(name), dir_fd=self._descriptor)

    def may_write(self) -> bool:
        """Whether files can be put here, as far as that can be seen."""
        if self._descriptor is None or os.access not in os.supports_dir_fd:
            return os.access(self.folder, os.W_OK)
        return os.access(".", os.W_OK, dir_fd=self._descriptor)

    def sync(self) -> None:
        """Have the disk keep the names in here, where the system lets a folder be synced."""
        if self._descriptor is not None:
            with suppress(OSError):
                os.fsync(self._descriptor)

    def _at(self, name: str) -> str:
        return name if self._descriptor is not None else str(self.folder / name)
