"""The catalogue file: one writer, a read connection per thread, and transactions that hold."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from core.catalog.failures import primary_code, said_plainly
from core.catalog.migrations import MIGRATIONS, migrate
from core.errors import CatalogueError, LibraryVersionError
from core.private_files import make_private_folder, open_private

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_APPLICATION_ID = 0x536F7576  # "Souv"
_BUSY_SECONDS = 10.0
_CLOSE_SECONDS = 5.0


class Catalogue:
    """One SQLite database, safe to use from any thread.

    Opening creates or upgrades it, unless it is `read_only`, which works beside a process that
    writes. Raises CatalogueError when it cannot be opened and LibraryVersionError, leaving it
    untouched, when a newer Souvenir made it.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._write_lock = threading.Lock()
        self._writing_thread: int | None = None
        self._readers: dict[threading.Thread, _Reader] = {}
        self._idle = threading.Condition()
        self._closed = False
        self._writer: sqlite3.Connection | None = None
        with said_plainly(path):
            self._look_before_opening()
            if not read_only:
                self._writer = _open_writer(path)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write: commits at the end of the block, or takes everything back if anything raises.

        Blocks of different threads wait for each other. Raises CatalogueError when the disk is
        full or failing, the file is damaged or held by another program, or it is read-only.
        """
        if self._writing_thread == threading.get_ident():
            raise RuntimeError("a transaction inside a transaction")
        with self._write_lock, said_plainly(self.path):
            writer = self._writer
            if writer is None:
                raise CatalogueError(
                    f"The catalogue {self.path} is "
                    + ("closed" if self._closed else "open for reading only")
                    + ": open it for writing."
                )
            self._writing_thread = threading.get_ident()
            try:
                writer.execute("BEGIN IMMEDIATE")
                yield writer
                writer.execute("COMMIT")
            except BaseException:
                # SQLite itself has already rolled back after some errors, a full disk among them.
                if writer.in_transaction:
                    writer.execute("ROLLBACK")
                raise
            finally:
                self._writing_thread = None

    @contextmanager
    def reader(self) -> Iterator[sqlite3.Connection]:
        """Read on this thread's own connection; it sees what was committed before each statement.

        Raises CatalogueError when the catalogue is closed or cannot be read.
        """
        with said_plainly(self.path):
            mine = self._borrow()
            try:
                yield mine.connection
            finally:
                with self._idle:
                    mine.depth -= 1
                    self._idle.notify_all()

    def close(self) -> None:
        """Close every connection of every thread; reads still running are interrupted."""
        if self._writing_thread == threading.get_ident():
            raise RuntimeError("closing inside a transaction")
        with self._write_lock, self._idle:
            self._closed = True
            me = threading.current_thread()
            for thread, reader in self._readers.items():
                if reader.depth and thread is not me:
                    reader.connection.interrupt()
            self._idle.wait_for(
                lambda: not any(r.depth for t, r in self._readers.items() if t is not me),
                _CLOSE_SECONDS,
            )
            for reader in self._readers.values():
                reader.connection.close()
            self._readers.clear()
            # Last, so that it is the one that folds the write-ahead log into the file.
            if self._writer is not None:
                self._writer.close()
                self._writer = None

    def __enter__(self) -> Catalogue:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _borrow(self) -> _Reader:
        me = threading.current_thread()
        with self._idle:
            if self._closed:
                raise CatalogueError(f"The catalogue {self.path} is closed: open it again.")
            mine = self._readers.get(me)
            if mine is None:
                for thread in [t for t in self._readers if not t.is_alive()]:
                    self._readers.pop(thread).connection.close()
                mine = self._readers[me] = _Reader(_open_reader(self.path))
            mine.depth += 1
            return mine

    def _look_before_opening(self) -> None:
        """Check an existing file without changing a byte of it."""
        try:
            exists = self.path.exists()
        except OSError as error:
            raise CatalogueError(
                f"The folder {self.path.parent} cannot be read ({error.strerror}): check its "
                "permissions, or choose another folder for the library."
            ) from error
        if not exists:
            if self.read_only:
                raise CatalogueError(
                    f"There is no library in {self.path.parent}: index a folder first."
                )
            return
        if not self.path.is_file():
            raise CatalogueError(
                f"{self.path} is in the way of the catalogue: move it to another place."
            )
        try:
            connection = _open_reader(self.path)
        except sqlite3.OperationalError as error:
            # What a crash left half written only a writer can put right, and it checks again.
            if self.read_only or primary_code(error) != sqlite3.SQLITE_READONLY:
                raise
            return
        try:
            version = _check_version(connection, self.path)
        finally:
            connection.close()
        if self.read_only and version < len(MIGRATIONS):
            raise CatalogueError(
                f"The library in {self.path.parent} is not set up for this Souvenir yet: index it "
                "once, or open it in the window."
            )


class _Reader:
    """A connection and how many blocks of its thread are using it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.depth = 0


def _check_version(connection: sqlite3.Connection, path: Path) -> int:
    """Schema version of a catalogue that this Souvenir may work on; raises CatalogueError."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (objects,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if objects and application != _APPLICATION_ID:
        raise CatalogueError(
            f"The file {path} belongs to another program: choose another folder for the library."
        )
    if version > len(MIGRATIONS):
        raise LibraryVersionError(
            f"The library in {path.parent} was made by a newer Souvenir: update Souvenir to open "
            "it; nothing in it was changed."
        )
    return int(version)


def _open_writer(path: Path) -> sqlite3.Connection:
    try:
        make_private_folder(path.parent)
    except OSError as error:
        raise CatalogueError(
            f"The folder {path.parent} cannot be made ({error.strerror}): choose another folder "
            "for the library."
        ) from error
    with suppress(OSError):  # SQLite says better what is wrong
        # SQLite gives the files beside the catalogue the mode of the catalogue.
        open_private(path, "xb").close()
    writer = sqlite3.connect(
        path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        version = _check_version(writer, path)
        writer.execute("PRAGMA page_size = 8192")
        _use_wal(writer)
        for pragma in (
            "synchronous = NORMAL",
            "foreign_keys = ON",
            "cache_size = -65536",
            "temp_store = MEMORY",
            "journal_size_limit = 67108864",
        ):
            writer.execute(f"PRAGMA {pragma}")
        if version < len(MIGRATIONS):
            writer.execute("BEGIN IMMEDIATE")
            migrate(writer)
            writer.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
            writer.execute("COMMIT")
    except BaseException:
        writer.close()
        raise
    return writer


def _use_wal(writer: sqlite3.Connection) -> None:
    """Switch to a write-ahead log; waits for others, which SQLite itself does not do here."""
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            writer.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if primary_code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _open_reader(path: Path) -> sqlite3.Connection:
    """Connect for reading. Where nothing can be written beside the file, read it as it stands."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    try:
        return _connect_reader(uri)
    except sqlite3.OperationalError as error:
        logs = [path.with_name(path.name + suffix) for suffix in ("-wal", "-journal")]
        # The last one comes from a full disk; one that fails is found out by reading once more.
        unwritable = primary_code(error) in {
            sqlite3.SQLITE_CANTOPEN,
            sqlite3.SQLITE_READONLY,
            sqlite3.SQLITE_IOERR,
        }
        pending = any(log.exists() and log.stat().st_size for log in logs)
        if not unwritable or pending or not path.exists():
            raise
        return _connect_reader(uri + "&immutable=1")


def _connect_reader(uri: str) -> sqlite3.Connection:
    reader = sqlite3.connect(
        uri, uri=True, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        reader.execute("PRAGMA query_only = ON")
        reader.execute("PRAGMA cache_size = -16384")
        reader.execute("PRAGMA temp_store = MEMORY")
        # The first look at the file: only now is it known whether it can be read at all.
        reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        reader.close()
        raise
    return reader
