"""Whether what is in a place is what was there: as far as names, sizes and times tell."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from core.watching.relative import ancestors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from core.catalog.files import FileStat


def is_mostly_there(
    root: str,
    known_files: Callable[[str], Mapping[str, FileStat]],
    directories: Sequence[str],
) -> bool:
    """Whether at least half of the files that are known are there, each as it was.

    One camera calls its photos like another: names alone prove nothing. Nothing known is there.
    """
    same = total = 0
    for path, stat in _files(root, known_files, directories):
        total += 1
        try:
            now = path.stat()
        except (OSError, ValueError):
            continue
        size = stat.size if stat.size >= 0 else ~stat.size  # to be read again by every scan
        same += (now.st_size, now.st_mtime_ns) == (size, stat.mtime_ns)
    return 2 * same >= total


def is_nothing_left(
    root: str,
    known_files: Callable[[str], Mapping[str, FileStat]],
    directories: Sequence[str],
) -> bool:
    """Whether files are known, and none of their names is there."""
    found = False
    for path, _ in _files(root, known_files, directories):
        if os.path.lexists(path):
            return False
        found = True
    return found


def at_or_below(directories: Sequence[str], directory: str) -> list[str]:
    """Those of these directories that are `directory` or in it, and itself."""
    return [directory, *(each for each in directories if directory in ancestors(each))]


def _files(
    root: str,
    known_files: Callable[[str], Mapping[str, FileStat]],
    directories: Sequence[str],
) -> Iterator[tuple[Path, FileStat]]:
    for directory in sorted(set(directories)):
        for name, stat in known_files(directory).items():
            yield Path(root, directory, name), stat
