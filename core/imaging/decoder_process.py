"""What a decoder's process is: gentle, bounded in memory and time, and gone with its parent."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from core.imaging.decoding import register_decoders
from core.imaging.processes import settle_in

T = TypeVar("T")


def start_decoder(memory_bytes: int, niceness: int) -> None:
    """Set this process up. Must not raise: the pool would start it again and again."""
    settle_in(niceness)
    if sys.platform != "win32":
        _limit_memory(memory_bytes)
    _silence_libraries()
    register_decoders()


def ready() -> None:
    """Answer; the process has then been set up."""


def run_task(task: Callable[[], T], seconds: float) -> T:
    """Run one task, bounded in processor time.

    The pool keeps the wall clock; this bound holds even when nobody is left to do that, inside a
    decoder that lets no other thread run.
    """
    if sys.platform != "win32":
        import resource

        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        soft = int(used + 2 * seconds) + 2
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
    return task()


def _silence_libraries() -> None:
    """Keep what C libraries print (libtiff, on every damaged file) off the person's terminal.

    What Python writes to stderr still arrives.
    """
    with suppress(OSError, ValueError):
        sys.stderr = os.fdopen(os.dup(2), "w", buffering=1, encoding="utf-8", errors="replace")
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 2)
        os.close(silent)


def _limit_memory(memory_bytes: int) -> None:
    """Bound what this process may allocate beyond what it starts with, where the system can."""
    import resource

    mapped = 0
    with suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        mapped = pages * resource.getpagesize()
    with suppress(ValueError, OSError):
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        wanted = mapped + memory_bytes
        limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
