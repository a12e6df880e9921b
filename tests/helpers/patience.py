"""How tests wait: for exactly what they assert, and long enough for a slow machine that is busy.

What another thread or process is still producing is never asserted, it is waited for. That nothing
happens is not shown by a pause either: have something else happen after it, wait for that, look.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE = 240.0
"""Seconds until a test gives up: starting the encoder was seen to take a hundred."""
PATIENCE_MS = int(1000 * PATIENCE)

T = TypeVar("T")


def until(condition: Callable[[], T | None], seconds: float = PATIENCE) -> T:
    """Wait until `condition` gives something true; returns that."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, f"it did not happen within {seconds:g} s: {found!r}"
        time.sleep(0.01)
    return found


def until_equal(look: Callable[[], T], wanted: T, seconds: float = PATIENCE) -> None:
    """Wait until `look` gives what is wanted; what it gave last is told where it never does."""
    deadline = time.monotonic() + seconds
    while (seen := look()) != wanted:
        assert time.monotonic() < deadline, f"{seen!r} did not become {wanted!r}"
        time.sleep(0.01)
