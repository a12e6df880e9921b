"""What the sidebar lists: a tree of plain values, made on a thread from the library's answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from app.sidebar.places import Place

if TYPE_CHECKING:
    from core.library import DirectoryInfo, Label, Overview

FOLDERS, LABELS, ALBUMS, SEARCHES, NEW_LABEL, NEW_ALBUM = (
    "heading:folders",
    "heading:labels",
    "heading:albums",
    "heading:searches",
    "new_label",
    "new_album",
)
HEADINGS = (FOLDERS, LABELS, ALBUMS, SEARCHES)
NEW = (NEW_LABEL, NEW_ALBUM)  # rows that make something


@dataclass(eq=False, slots=True)
class Node:
    """One row. `key` tells it from every other and stays the same from answer to answer.

    `place` is where it leads, None for headings and for what makes something, as "New album…".
    `name` is what the person or the disk calls it, empty for rows that Souvenir names. `count` is
    None where there is none.
    `off`: a label that is switched off. `first`: nothing is there yet, and the row says what to do.
    `disk` and `other_disk`: of a folder, as in DirectoryInfo.
    """

    key: str
    place: Place | None = None
    name: str = ""
    count: int | None = None
    offline: bool = False
    root: bool = False
    off: bool = False
    first: bool = False
    disk: str = ""
    other_disk: str = ""
    children: list[Node] = field(default_factory=list)

    @property
    def heading(self) -> bool:
        """Whether it stands over a section."""
        return self.key in HEADINGS


def place_key(place: Place) -> str:
    """The key of the row that leads to a place."""
    return f"{place.kind}:{place.value}" if place.value else place.kind


def sidebar_tree(
    overview: Overview,
    directories: Sequence[DirectoryInfo],
    labels: Sequence[tuple[Label, int | None]] = (),
    *,
    changeable: bool,
) -> list[Node]:
    """The rows of the highest level, with everything below them.

    `labels`: each with how many photos carry it, None while that is not known. `changeable`:
    whether labels and albums can be made.
    """
    rows = [
        _fixed("all", overview.photos),
        _fixed("favourites", overview.favourites),
        _fixed("recent", overview.recent),
    ]
    if directories:
        rows.append(Node(FOLDERS, children=_folders(directories)))
    labelled = _labels(labels)
    if changeable:
        labelled.append(Node(NEW_LABEL, first=not labels))
    if labelled:
        rows.append(Node(LABELS, children=labelled))
    albums = [_named("album", str(a.id), a.name, a.photos) for a in overview.albums]
    if changeable:
        albums.append(Node(NEW_ALBUM))
    if albums:
        rows.append(Node(ALBUMS, children=albums))
    if overview.searches:
        searches = [_named("search", str(s.id), s.name, None) for s in overview.searches]
        rows.append(Node(SEARCHES, children=searches))
    rows.append(_fixed("problems", overview.problems))
    return rows


def _fixed(kind: Literal["all", "favourites", "recent", "problems"], count: int) -> Node:
    return Node(kind, Place(kind), count=count)


def _named(kind: Literal["album", "search"], value: str, name: str, count: int | None) -> Node:
    place = Place(kind, value, name)
    return Node(place_key(place), place, name, count)


def _labels(labels: Sequence[tuple[Label, int | None]]) -> list[Node]:
    """Labels under their parents, each level in the order in which they come."""
    nodes = {}
    for label, count in labels:
        place = Place("label", str(label.id), label.name)
        nodes[label.name] = Node(place_key(place), place, label.name, count, off=not label.active)
    highest: list[Node] = []
    for label, _ in labels:
        node, parent = nodes[label.name], nodes.get(label.parent)
        (highest if parent is None else parent.children).append(node)
    return highest


def _folders(directories: Sequence[DirectoryInfo]) -> list[Node]:
    """Nest directories, which come in the order of display, by their depth."""
    roots: list[Node] = []
    path: list[tuple[int, Node]] = []  # from a root to the last one, with depths
    for info in directories:
        name = info.name or Path(info.path).name or info.path
        place = Place("folder", info.path, name)
        node = Node(
            place_key(place),
            place,
            name,
            info.photos,
            info.offline,
            info.root,
            disk=info.disk,
            other_disk=info.other_disk,
        )
        while path and path[-1][0] >= info.depth:
            path.pop()
        (path[-1][1].children if path else roots).append(node)
        path.append((info.depth, node))
    return roots
