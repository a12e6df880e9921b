"""What is never indexed: other programs' leftovers, unfinished downloads, the person's patterns."""

from __future__ import annotations

import fnmatch
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.watching.relative import relative_path

if TYPE_CHECKING:
    from collections.abc import Sequence

# Previews, recycle bins and bookkeeping of NAS systems, Windows, macOS and Linux; all lower case.
# Names that begin with a dot (AppleDouble "._x", ".Trash-1000", ".thumbnails") are hidden anyway.
_NAMES = frozenset(
    {
        "@eadir",
        "@recently-snapshot",
        "@recycle",
        "@tmp",
        "#recycle",
        "#snapshot",
        "$recycle.bin",
        "recycler",
        "system volume information",
        "__macosx",
        "lost+found",
        "thumbs.db",
        "ehthumbs.db",
        "desktop.ini",
        "icon\r",
    }
)
_SUFFIXES = (".part", ".partial", ".crdownload", ".tmp", ".!ut", ".filepart")


@dataclass(frozen=True)
class IgnoreRules:
    """The rules for one folder. Paths are relative to it, with "/", as in FileKey.directory."""

    pattern: re.Pattern[str] | None
    directories: frozenset[str]

    def ignores_name(self, name: str) -> bool:
        """Whether a file or directory of this name is left out, wherever it is."""
        if name.startswith("."):
            return True
        lower = name.lower()
        if lower in _NAMES or lower.endswith(_SUFFIXES):
            return True
        return self.pattern is not None and self.pattern.match(lower) is not None

    def ignores_path(self, path: str) -> bool:
        """Whether this file or directory, or one that it lies in, is left out."""
        if not path:
            return False
        if any(self.ignores_name(name) for name in path.split("/")):
            return True
        return any(
            path == left_out or path.startswith(left_out + "/") for left_out in self.directories
        )


def ignore_rules(root: str, ignore: Sequence[str]) -> IgnoreRules:
    """Rules for the folder at `root` (absolute).

    `ignore` holds fnmatch patterns of names, whose case does not matter, and absolute paths of
    directories that are left out whole, such as the library itself.
    """
    real_root = os.path.realpath(root)
    patterns: list[str] = []
    directories: set[str] = set()
    for entry in ignore:
        if Path(entry).is_absolute():
            relative = relative_path(os.path.realpath(entry), real_root)
            if relative:
                directories.add(relative)
        else:
            patterns.append(fnmatch.translate(entry.lower()))
    return IgnoreRules(
        re.compile("|".join(patterns)) if patterns else None,
        frozenset(directories),
    )
