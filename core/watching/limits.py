"""What limits watching: how many directories of a user Linux lets be watched, and how deep ones."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

# A path has at most 4,096 bytes on Linux, and so at most half as many levels.
_LEVELS = 4096
_DELETE_SELF = 0x400  # IN_DELETE_SELF: an event that a probe will never see


def watch_limit() -> int | None:
    """Return the number of inotify watches of one user; None where there is no such limit."""
    try:
        return int(Path("/proc/sys/fs/inotify/max_user_watches").read_text("ascii"))
    except (OSError, ValueError):
        return None


def watches_are_exhausted() -> bool:
    """Whether not even one more directory can be watched.

    Asked by trying: the watches of a user's other programs count, and no list tells them.
    """
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    handle = libc.inotify_init1(os.O_CLOEXEC)
    if handle < 0:
        return False
    try:
        watch = libc.inotify_add_watch(handle, b"/", _DELETE_SELF)
        return watch < 0 and ctypes.get_errno() == errno.ENOSPC
    finally:
        os.close(handle)


def count_directories(root: str, most: int) -> int:
    """Count the directories of a tree, the root included; stops counting above `most`."""
    count = 0
    pending = [root]
    while pending and count <= most:
        count += 1
        try:
            with os.scandir(pending.pop()) as listing:
                pending.extend(
                    entry.path for entry in listing if entry.is_dir(follow_symlinks=False)
                )
        except OSError:
            continue
    return count


def allow_for_deep_trees() -> None:
    """Let watchdog look through trees that are as deep as a path on Linux can be.

    It does so by os.walk, which up to Python 3.11 calls itself for every level: at a thousand it
    would fail, and in watchdog's own thread that would be the end of all events. Elsewhere paths
    are too short for that, or the stacks of threads too small.
    """
    if sys.platform == "linux":
        sys.setrecursionlimit(max(sys.getrecursionlimit(), _LEVELS))
