"""Memory that was freed goes back to the system, where the C library would keep it."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress


def give_back() -> None:
    """Give back what lies unused between what is in use: glibc does that only when it is told.

    Takes some milliseconds, in which others may wait for memory: after much was freed, on a thread.
    """
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):  # another C library, which does as it likes
            ctypes.CDLL(None).malloc_trim(0)
