"""What SQLite's errors mean to a person."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from core.errors import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SENTENCES = {
    sqlite3.SQLITE_FULL: "There is no room left for the catalogue {path}: free some space on "
    "its disk and try again; nothing that was stored before is lost.",
    sqlite3.SQLITE_BUSY: "Another program is holding the catalogue {path}: close it and try again.",
    sqlite3.SQLITE_LOCKED: "Another program is holding the catalogue {path}: close it and try "
    "again.",
    sqlite3.SQLITE_CORRUPT: "The catalogue {path} is damaged ({detail}): put back a copy of it, "
    "or move it away and index your folders again.",
    sqlite3.SQLITE_NOTADB: "The file {path} is not a catalogue, or is damaged: put back a copy "
    "of it, or move it away and index your folders again.",
    sqlite3.SQLITE_READONLY: "The catalogue {path} cannot be written: check the permissions of "
    "the file and of its folder.",
    sqlite3.SQLITE_PERM: "The catalogue {path} cannot be opened: check the permissions of the "
    "file and of its folder.",
    sqlite3.SQLITE_CANTOPEN: "The catalogue {path} cannot be opened: check that its folder "
    "exists and that you may read and write it.",
    sqlite3.SQLITE_IOERR: "The disk failed while the catalogue {path} was read or written "
    "({detail}): check that the disk is connected, healthy and not full, then try again.",
    sqlite3.SQLITE_INTERRUPT: "The catalogue {path} was closed while it was being read: open it "
    "again.",
}


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's primary result code of an error, 0 when it has none."""
    code: int = getattr(error, "sqlite_errorcode", 0) or 0
    return code & 0xFF


@contextmanager
def said_plainly(path: Path) -> Iterator[None]:
    """Turn what the disk or other programs did to the catalogue into a CatalogueError.

    Errors that only a bug in Souvenir can cause (a wrong statement, a broken constraint) pass.
    """
    try:
        yield
    except sqlite3.Error as error:
        sentence = _SENTENCES.get(primary_code(error))
        if sentence is None:
            raise
        raise CatalogueError(sentence.format(path=path, detail=error)) from error
