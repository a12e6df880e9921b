"""Which of a photo's files is shown: the one that the query asked for, where it asked for one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from core.catalog.filters import Filter, FolderFilter, NameFilter
from core.catalog.names import fold, relative_path

if TYPE_CHECKING:
    from core.catalog.photos import Photo


def shown_path(photo: Photo, filters: Sequence[Filter], roots: Sequence[str]) -> str:
    """The path of the first file that passes most `name:` and `folder:` filters.

    `photo` has files; `roots` are the paths of the watched folders. A photo passes filters with
    any of its files, so none of them need pass all.
    """
    best = max(photo.files, key=lambda file: sum(_passes(file.path, f, roots) for f in filters))
    return best.path


def _passes(path: str, condition: Filter, roots: Sequence[str]) -> bool:
    """Whether a file passes, as the catalogue's filters have it."""
    directory, name = os.path.split(path)
    match condition:
        case NameFilter(text):
            return fold(text) in fold(name)
        case FolderFilter(text) if Path(text).is_absolute():
            return relative_path(fold(directory), fold(os.path.normpath(text))) is not None
        case FolderFilter(text):
            wanted = fold(text).replace(os.sep, "/").strip("/")
            return any(wanted in fold(inside) for inside in _inside(directory, roots))
        case _:
            return False


def _inside(directory: str, roots: Sequence[str]) -> list[str]:
    """`directory` from its watched folder's own name on."""
    return [
        f"{Path(root).name}/{below}"
        for root in roots
        if (below := relative_path(directory, root)) is not None
    ]
