"""Opening what a library consists of: the right to write it, its settings, its catalogue."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from core.catalog.catalogue import Catalogue
from core.errors import CatalogueError, LibraryReadOnlyError, SouvenirError
from core.library.lock import WriterLock
from core.paths import LibraryPaths, own_model_cache
from core.private_files import make_private, make_private_folder
from core.settings import Settings, load_settings

# Another process writes it; its folder or file system takes no writing; its disk is full.
OnlyRead = Literal["in_use", "denied", "full"]
_LEAST_ROOM = 1 << 20  # bytes: SQLite's log alone begins with some tens of thousands


@dataclass(frozen=True)
class Opened:
    """An open library's parts. Where it is only read, `lock` is None and `only_read` says why."""

    paths: LibraryPaths
    catalogue: Catalogue
    settings: Settings
    lock: WriterLock | None
    only_read: OnlyRead | None = None

    def close(self) -> None:
        """Close the catalogue, then let another process write."""
        self.catalogue.close()
        if self.lock is not None:
            self.lock.release()


def open_parts(paths: LibraryPaths, *, write: bool) -> Opened:
    """Open a library, making it when writing; what was taken is given back on any error.

    Raises LibraryInUseError and LibraryReadOnlyError where it can still be opened for reading,
    CatalogueError and other SouvenirErrors.
    """
    lock = None
    try:
        if paths.root.is_file():
            raise SouvenirError(f"{paths.root} is a file: name a folder for the library.")
        if write:
            make_private_folder(paths.root)
            close_to_others(paths)
            lock = WriterLock.acquire(paths.lock)
        elif not paths.catalogue.exists():
            raise SouvenirError(
                f"There is no library in {paths.root} yet: index a folder of photos first."
            )
        else:
            close_to_others(paths)
        _refuse_emptied(paths)
        settings = load_settings(paths.settings)
        only_read = None if write else unwritable(paths.root) or "in_use"
        catalogue = Catalogue(paths.catalogue, read_only=not write)
        return Opened(paths, catalogue, settings, lock, only_read)
    except BaseException as error:
        if lock is not None:
            lock.release()
        if write and isinstance(error, OSError | CatalogueError):
            _refuse_writing(paths, error)
        if isinstance(error, OSError):
            raise SouvenirError(
                f"The library in {paths.root} cannot be opened ({error.strerror}): choose another "
                "place for it."
            ) from error
        raise


def close_to_others(paths: LibraryPaths) -> None:
    """Take from other users of the computer what an older Souvenir, or a person, left to them.

    A folder that holds other things besides the library keeps its mode, and so do they.
    """
    try:
        there = list(paths.root.iterdir())
    except OSError:
        return
    own = [place for place in there if paths.is_own(place.name)]
    alone = [paths.root.resolve()] if len(own) == len(there) else []
    make_private([*alone, *own, paths.catalogue.resolve(), own_model_cache().resolve()])


def unwritable(root: Path) -> OnlyRead | None:
    """Why nothing can be written into a folder, as far as can be seen without trying."""
    try:
        if not os.access(root, os.W_OK | os.X_OK):
            return "denied"
        return "full" if shutil.disk_usage(root).free < _LEAST_ROOM else None
    except OSError:
        return None


def why_only_read(why: OnlyRead | None) -> str:
    """The sentence that refuses a change of a library that is only read."""
    match why:
        case "denied":
            return "This library is open for reading only: check the permissions of its folder."
        case "full":
            return (
                "This library is open for reading only: free some space on its disk, then open it "
                "again."
            )
        case _:
            return "This library is open for reading only: another Souvenir writes."


def _refuse_writing(paths: LibraryPaths, error: Exception) -> None:
    """Raise LibraryReadOnlyError where a library is there that only cannot be written."""
    why = unwritable(paths.root)
    if why is None or not _has_bytes(paths.catalogue):
        return
    if why == "full":
        raise LibraryReadOnlyError(
            f"There is no room left on the disk of the library in {paths.root}: free some space, "
            "or open it to look and search only."
        ) from error
    raise LibraryReadOnlyError(
        f"The library in {paths.root} cannot be written: check the permissions of its folder, or "
        "open it to look and search only."
    ) from error


def _has_bytes(file: Path) -> bool:
    try:
        return file.stat().st_size > 0
    except OSError:
        return False


def _refuse_emptied(paths: LibraryPaths) -> None:
    """Raise CatalogueError for a catalogue that lost all it had: it would pass for a new one."""
    catalogue = paths.catalogue
    log = catalogue.with_name(catalogue.name + "-wal")
    emptied = catalogue.is_file() and not catalogue.stat().st_size
    if emptied and not (log.is_file() and log.stat().st_size) and _has_files(paths.thumbnails):
        raise CatalogueError(
            f"The catalogue {catalogue} is empty although photos were indexed with it: put back a "
            f"copy of it, or move {paths.root} away and index your folders again."
        )


def _has_files(directory: Path) -> bool:
    return any(names for _, _, names in os.walk(directory))
