"""Places: what the sidebar leads to and the grid shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["all", "favourites", "recent", "folder", "album", "label", "search", "problems"]


@dataclass(frozen=True)
class Place:
    """One place of the library; `title` is what it is called on screen, empty for the fixed ones.

    `value`: the absolute path of a folder, or the id of an album, a label or a saved search, as
    text.
    """

    kind: Kind = "all"
    value: str = ""
    title: str = ""


ALL_PHOTOS = Place()
