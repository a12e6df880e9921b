"""How processes of our own are started, and what all of them have in common."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import sys
import threading
from contextlib import suppress
from typing import Any

_PRELOADED = ["core.imaging.decoder_process", "core.imaging.reading", "pillow_heif", "pillow_jxl"]


def clean_context() -> Any:
    """Processes forked from a clean one where that exists: cheap, and safe beside threads."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


def settle_in(niceness: int) -> None:
    """Begin a process of ours: it leaves Ctrl+C to its parent, ends with it, and is nice."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # ends at once, even inside a C library
    if sys.platform != "win32" and niceness > 0:
        with suppress(OSError):
            os.nice(niceness)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    """End with the parent, however it ended."""
    multiprocessing.connection.wait([sentinel])
    os._exit(1)
