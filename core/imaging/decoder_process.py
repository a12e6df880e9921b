"""What a decoder's process is: gentle, bounded in memory and time, and gone with its parent."""

from __future__ import annotations

import ctypes
import gc
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from core.errors import PhotoError
from core.imaging.allowance import allowing
from core.imaging.decoding import register_decoders
from core.imaging.processes import settle_in

T = TypeVar("T")

# What a process may map beyond what its task is allowed: pools of threads, which are mapped and
# never used, and what a header does not tell.
_SLACK_BYTES = 512 << 20


def start_decoder(niceness: int) -> None:
    """Set this process up. Must not raise: the pool would start it again and again."""
    settle_in(niceness)
    if sys.platform != "win32":
        _leave_no_core()
    _silence_libraries()
    register_decoders()


def ready() -> None:
    """Answer; the process has then been set up."""


def run_task(task: Callable[[], T], seconds: float, memory_bytes: int, *, tidy: bool = False) -> T:
    """Run one task, bounded in processor time and memory.

    The pool keeps the wall clock; this bound holds even when nobody is left to do that, inside a
    decoder that lets no other thread run. Of `memory_bytes` the task is to ask for more before it
    takes it (core.imaging.allowance); a task that does not cannot take much more either. `tidy`:
    memory is given back to the system before the answer, which takes tens of milliseconds.
    """
    if sys.platform != "win32":
        import resource

        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        soft = int(used + 2 * seconds) + 2
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
        _limit_memory(memory_bytes + _SLACK_BYTES)
    try:
        with allowing(memory_bytes):
            return task()
    except PhotoError as error:
        # The frames that it was raised in hold the photo's pixels.
        error.__traceback__ = error.__context__ = error.__cause__ = None
        raise
    finally:
        if tidy:
            _give_back()


def _give_back() -> None:
    """Give the memory of a large photo back to the system, for the next one, here or elsewhere."""
    gc.collect()  # Pillow's images and their metadata refer to each other
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library, which does as it likes
            ctypes.CDLL(None).malloc_trim(0)


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
    """Bound what this process may allocate beyond what it has now, where the system can."""
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


def _leave_no_core() -> None:
    import resource

    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
