"""The tree of directories that hold photos, with how many are in and below each."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.catalog.folders import Folder, list_folders
from core.catalog.names import fold, from_stored, join_path, natural

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from numpy.typing import NDArray


@dataclass(frozen=True)
class DirectoryInfo:
    """A directory with photos in or below it, or a watched folder (`root`), with or without any.

    `path` is absolute, `depth` 0 for a watched folder. `photos` counts those in and below it, each
    content once. `offline`: its watched folder is; `disk` is the name of the disk of that, and
    `other_disk` that of another one in its place.
    """

    path: str
    name: str
    depth: int
    photos: int
    offline: bool
    root: bool
    disk: str = ""
    other_disk: str = ""


def folder_tree(c: sqlite3.Connection) -> list[DirectoryInfo]:
    """Every directory in the order of a tree: each before what is in it, those by natural name."""
    branches = {folder.id: _Branch(folder) for folder in list_folders(c)}
    nodes: dict[int, _Branch] = {}
    for directory_id, folder_id, path in c.execute("SELECT id, folder_id, path FROM directories"):
        names = from_stored(path).split("/") if path else []
        nodes[directory_id] = branches[folder_id].below(names)
    for directory_id, files in c.execute(
        """SELECT directory_id, count(*) FROM files
            WHERE photo_id IS NOT NULL GROUP BY directory_id"""
    ):
        for node in nodes[directory_id].upwards():
            node.photos += files
    _count_copies_once(c, nodes)
    return [info for branch in branches.values() for info in branch.listed()]


class _Branch:
    """One directory while the tree is put together."""

    def __init__(self, folder: Folder, path: str = "", above: _Branch | None = None) -> None:
        self.folder = folder
        self.path = path
        self.above = above
        self.inside: dict[str, _Branch] = {}
        self.photos = 0

    def below(self, names: list[str]) -> _Branch:
        """The directory at these names from here, made where it is not known yet."""
        node = self
        for name in names:
            if name not in node.inside:
                path = f"{node.path}/{name}" if node.path else name
                node.inside[name] = _Branch(self.folder, path, node)
            node = node.inside[name]
        return node

    def upwards(self) -> Iterator[_Branch]:
        """This one and all that it is in, up to the watched folder."""
        node: _Branch | None = self
        while node is not None:
            yield node
            node = node.above

    def listed(self) -> Iterator[DirectoryInfo]:
        """This one and all below it that holds photos, as it is shown: however deep that is."""
        pending = [(self, 0)]
        while pending:
            branch, depth = pending.pop()
            yield branch.as_shown(depth)
            inside = sorted(branch.inside.items(), key=_by_name, reverse=True)
            pending.extend((inner, depth + 1) for _, inner in inside if inner.photos)

    def as_shown(self, depth: int) -> DirectoryInfo:
        """This directory alone."""
        root = self.folder.path
        parent, _, name = self.path.rpartition("/")
        return DirectoryInfo(
            path=join_path(root, parent, name) if name else root,
            name=name or os.path.basename(root) or root,  # noqa: PTH119 - any platform's string
            depth=depth,
            photos=self.photos,
            offline=self.folder.offline,
            root=depth == 0,
            disk=self.folder.disk.name,
            other_disk=self.folder.other_disk,
        )


def _by_name(item: tuple[str, _Branch]) -> tuple[str, str]:
    return natural(fold(item[0])), item[0]


def _count_copies_once(c: sqlite3.Connection, nodes: dict[int, _Branch]) -> None:
    """Take from every count of files those of photos that have another file in the same branch."""
    pairs = c.execute(
        """SELECT f.directory_id, f.photo_id FROM (
                SELECT photo_id FROM files INDEXED BY files_by_photo WHERE photo_id IS NOT NULL
                GROUP BY photo_id HAVING count(*) > 1
            ) several CROSS JOIN files f ON f.photo_id = several.photo_id"""
    ).fetchall()
    if not pairs:
        return
    lines = {directory_id: list(node.upwards())[::-1] for directory_id, node in nodes.items()}
    photos = np.unique(np.array([photo for _, photo in pairs], np.int64), return_inverse=True)[1]
    for depth in range(max(map(len, lines.values()))):
        _count_copies_at(depth, [lines[directory_id] for directory_id, _ in pairs], photos)


def _count_copies_at(depth: int, lines: list[list[_Branch]], photos: NDArray[np.int64]) -> None:
    """Do it for the directories at one depth; `lines` lead down to each file of `photos`."""
    numbers: dict[_Branch, int] = {}
    there = np.array(
        [
            numbers.setdefault(line[depth], len(numbers)) if depth < len(line) else -1
            for line in lines
        ],
        np.int64,
    )
    in_some = there >= 0
    count = int(photos.max()) + 1
    different = np.unique(there[in_some] * count + photos[in_some]) // count
    files = np.bincount(there[in_some], minlength=len(numbers))
    copies = files - np.bincount(different, minlength=len(numbers))
    for node, number in numbers.items():
        node.photos -= int(copies[number])
