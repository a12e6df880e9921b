"""One process writes a library at a time; a second one is told which."""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from core.errors import LibraryInUseError
from core.private_files import FILE, write_private


class WriterLock:
    """The right to write a library; the system takes it back when the process dies."""

    def __init__(self, lock: FileLock, note: Path) -> None:
        self._lock = lock
        self._note = note

    @classmethod
    def acquire(cls, path: Path) -> WriterLock:
        """Take it, or raise LibraryInUseError that names the holder."""
        lock, note = FileLock(path, mode=FILE), path.with_suffix(".json")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise LibraryInUseError(
                f"Another Souvenir ({_holder(note)}) is writing this library: close it first, or "
                "search beside it."
            ) from error
        with suppress(OSError):  # without a note, others are told less: no reason to fail
            told = {"pid": os.getpid(), "since": time.time()}
            write_private(note, json.dumps(told).encode())
        return cls(lock, note)

    def release(self) -> None:
        """Give it back; nothing happens a second time."""
        if self._lock.is_locked:
            self._note.unlink(missing_ok=True)
            self._lock.release()


def _holder(note: Path) -> str:
    try:
        told = json.loads(note.read_text("utf-8"))
        since = time.strftime("%H:%M on %d %B", time.localtime(float(told["since"])))
        return f"process {int(told['pid'])}, since {since}"
    except (OSError, ValueError, KeyError, TypeError):
        return "a process that did not say which"
