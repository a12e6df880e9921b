"""One file to one place: complete or not at all, and never over anything that is there.

A file is written under a hidden name in the folder it goes to, forced to the disk, and only then
given its name. So whatever ends the process, the source is whole until the target is.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from core.errors import SouvenirError
from core.filing.steps import CancelledError, FilingError
from core.imaging.regular_files import IrregularFileError, open_regular
from core.private_files import open_private

CHUNK = 1 << 20
_PREFIX = ".souvenir-"
_SUFFIX = ".tmp"
_STALE_SECONDS = 3600.0
# What os.link raises where the file system has no hard links, or the sandbox allows none.
NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EOPNOTSUPP, errno.EMLINK, errno.EACCES}

Cancelled = Callable[[], bool]


def temporary_name() -> str:
    """A hidden name that nothing has."""
    return f"{_PREFIX}{secrets.token_hex(8)}{_SUFFIX}"


@contextmanager
def unfinished(folder: Path) -> Iterator[Path]:
    """A hidden name in `folder` to write to; what is there at the end goes."""
    temporary = folder / temporary_name()
    try:
        yield temporary
    finally:
        with contextlib.suppress(FileNotFoundError):
            temporary.unlink()


def remove_leftovers(folder: Path) -> None:
    """Remove what a process that was killed left half written here: never more than copies."""
    with contextlib.suppress(OSError), os.scandir(folder) as listing:
        for entry in listing:
            ours = entry.name.startswith(_PREFIX) and entry.name.endswith(_SUFFIX)
            if ours and time.time() - entry.stat(follow_symlinks=False).st_mtime > _STALE_SECONDS:
                Path(entry.path).unlink()


def must_be_no_link(path: Path) -> None:
    """Raise SouvenirError where a file that is to be written is a link, which leads elsewhere."""
    if path.is_symlink():
        raise SouvenirError(f"{path} is a link, which is never written through: name another file.")


def copy_file(source: Path, target: Path, cancelled: Cancelled) -> None:
    """Copy the content, times and permissions of a file, or of what it links to.

    Raises OSError, FilingError, and CancelledError when it was cancelled.
    """
    _must_have_folder(target)
    with unfinished(target.parent) as temporary:
        _write_copy(source, temporary, cancelled)
        give_name(temporary, target)


def hard_link(source: Path, target: Path, _: Cancelled) -> None:
    """Give a file, or what it links to, one more name on its disk. Raises as `copy_file`."""
    _must_have_folder(target)
    try:
        os.link(os.path.realpath(source, strict=True), target)
    except OSError as error:
        if error.errno == errno.EXDEV or (error.errno in NO_LINKS and error.errno != errno.EACCES):
            raise FilingError("no_link") from error
        raise


def symbolic_link(source: Path, target: Path, _: Cancelled) -> None:
    """Make a link to a file, by its whole path. Raises as `copy_file`."""
    _must_have_folder(target)
    source.stat()  # a link that leads nowhere is of no use
    target.symlink_to(os.path.realpath(source, strict=True))


def move_file(source: Path, target: Path, cancelled: Cancelled) -> None:
    """Give a file another place or name.

    To another disk, the copy is read again and compared before the source goes. A symbolic link
    itself is moved, and still leads where it led. Raises as `copy_file`.
    """
    _must_have_folder(target)
    if source.is_symlink() and source.parent != target.parent:
        _move_link(source, target)
        return
    if _differ_in_case_only(source, target):
        source.rename(target)
        return
    if source.lstat().st_dev == target.parent.stat().st_dev:
        try:
            give_name(source, target)
        except OSError as error:
            if error.errno != errno.EXDEV:  # a bind mount has the same number
                raise
        else:
            return
    _move_across(source, target, cancelled)


def give_name(file: Path, target: Path) -> None:
    """Rename a file; FileExistsError when the name is taken, which is never overwritten."""
    if os.name == "nt":
        file.rename(target)  # refuses a name that is taken
        return
    try:
        os.link(file, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        _reserve_and_replace(file, target)
    else:
        # From here to the next line the file has both names: what ends us loses nothing.
        try:
            file.unlink()
        except OSError:
            target.unlink()  # it may not leave its folder: it is only where it was
            raise


def force_to_disk(file: IO[bytes]) -> None:
    """Wait until everything written is on the disk: full disks tell of it here at the latest."""
    file.flush()
    os.fsync(file.fileno())


def _reserve_and_replace(file: Path, target: Path) -> None:
    """Where there are no hard links: an empty file takes the name first, then gives way."""
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    try:
        file.replace(target)
    except OSError:
        target.unlink()
        raise


def _write_copy(
    source: Path, temporary: Path, cancelled: Cancelled
) -> tuple[bytes, os.stat_result]:
    """Write a copy; returns the hash of what was read, and how the source looked before."""
    digest = hashlib.blake2b(digest_size=16)
    try:
        opened = open_regular(source)
    except IrregularFileError as error:
        raise FilingError("not_a_photo") from error
    # Nobody may read the copy of a private photo before it has the modes of the photo.
    with opened as reader, open_private(temporary, "xb") as writer:
        before = os.fstat(reader.fileno())
        while chunk := reader.read(CHUNK):
            if cancelled():
                raise CancelledError
            digest.update(chunk)
            writer.write(chunk)
        force_to_disk(writer)
        after = os.fstat(reader.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise FilingError("changed")
    with contextlib.suppress(OSError):  # some file systems keep neither times nor permissions
        shutil.copystat(source, temporary)
    return digest.digest(), before


def _move_across(source: Path, target: Path, cancelled: Cancelled) -> None:
    with unfinished(target.parent) as temporary:
        digest, before = _write_copy(source, temporary, cancelled)
        if _hash_from_disk(temporary) != digest:
            raise FilingError("not_equal")
        give_name(temporary, target)
    sync_folder(target.parent)  # before the source goes, the copy's name must be on the disk
    # Only the very file that was copied may go: not one that was saved anew meanwhile.
    now = source.stat()
    same = (now.st_ino, now.st_size, now.st_mtime_ns) == (
        before.st_ino,
        before.st_size,
        before.st_mtime_ns,
    )
    try:
        if not same:
            raise FilingError("changed")
        source.unlink()
    except (OSError, FilingError):
        target.unlink()  # our own copy of a moment ago; the source is where it was
        raise


def _hash_from_disk(path: Path) -> bytes:
    with path.open("rb") as file:
        if hasattr(os, "posix_fadvise"):  # not from memory, if the system can help it
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).digest()


def _move_link(source: Path, target: Path) -> None:
    """Make the link anew where it goes: a relative one would lead astray from there.

    Unless it leads nowhere from here: then it goes as it is, as out of the trash, back to where it
    was right.
    """
    leads_to = source.parent / source.readlink()
    target.symlink_to(leads_to if leads_to.exists() else source.readlink())
    try:
        source.unlink()
    except OSError:
        target.unlink()
        raise


def _differ_in_case_only(source: Path, target: Path) -> bool:
    """Whether the target is the source under another case, where the disk takes both for one."""
    return (
        source.parent == target.parent
        and source.name != target.name
        and source.name.casefold() == target.name.casefold()
        and os.path.lexists(target)
        and all(entry.name != target.name for entry in target.parent.iterdir())
    )


def _must_have_folder(target: Path) -> None:
    if not target.parent.is_dir():
        raise FilingError("folder_gone")


def sync_folder(folder: Path) -> None:
    """Have the disk keep the names in a folder, where the system lets a folder be synced."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
