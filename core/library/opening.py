"""Opening what a library consists of: the right to write it, its settings, its catalogue."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from core.catalog.catalogue import Catalogue
from core.errors import CatalogueError, SouvenirError
from core.library.lock import WriterLock
from core.paths import LibraryPaths
from core.settings import Settings, load_settings


@dataclass(frozen=True)
class Opened:
    """An open library's parts. `lock` is None where it is only read."""

    paths: LibraryPaths
    catalogue: Catalogue
    settings: Settings
    lock: WriterLock | None

    def close(self) -> None:
        """Close the catalogue, then let another process write."""
        self.catalogue.close()
        if self.lock is not None:
            self.lock.release()


def open_parts(paths: LibraryPaths, *, write: bool) -> Opened:
    """Open a library, making it when writing; what was taken is given back on any error.

    Raises LibraryInUseError, CatalogueError and other SouvenirErrors.
    """
    lock = None
    try:
        if paths.root.is_file():
            raise SouvenirError(f"{paths.root} is a file: name a folder for the library.")
        if write:
            paths.root.mkdir(parents=True, exist_ok=True)
            lock = WriterLock.acquire(paths.lock)
        elif not paths.catalogue.exists():
            raise SouvenirError(
                f"There is no library in {paths.root} yet: index a folder of photos first."
            )
        _refuse_emptied(paths)
        settings = load_settings(paths.settings)
        return Opened(paths, Catalogue(paths.catalogue, read_only=not write), settings, lock)
    except BaseException as error:
        if lock is not None:
            lock.release()
        if isinstance(error, OSError):
            raise SouvenirError(
                f"The library in {paths.root} cannot be opened ({error.strerror}): choose another "
                "place for it."
            ) from error
        raise


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
