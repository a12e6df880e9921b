"""Filters over photos: plain values that the query language and places make and SQL answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class FolderFilter:
    """Photos with a file in a folder whose name or path holds `text`; case does not matter.

    An absolute path means that folder and all below it.
    """

    text: str


@dataclass(frozen=True)
class DirectoryFilter:
    """Photos with a file in the directory of exactly this absolute path, or below it."""

    path: str


@dataclass(frozen=True)
class NameFilter:
    """Photos with a file whose name holds `text`, literally; case does not matter."""

    text: str


@dataclass(frozen=True)
class NameStartFilter:
    """Photos with a file whose name begins with `text`; case does not matter."""

    text: str


@dataclass(frozen=True)
class TypeFilter:
    """Photos of a format, by its name or the usual suffix ("jpg", "JPEG", "heic", "raw")."""

    text: str


@dataclass(frozen=True)
class CameraFilter:
    """Photos whose camera's name holds `text`; case does not matter."""

    text: str


@dataclass(frozen=True)
class LensFilter:
    """Photos whose lens's name holds `text`; case does not matter."""

    text: str


@dataclass(frozen=True)
class DateFilter:
    """Photos taken from `start` up to but not at `end`, ISO dates or times; None is unbounded.

    A photo that does not say when it was taken counts by its oldest file's modification time.
    """

    start: str | None
    end: str | None


@dataclass(frozen=True)
class RatingFilter:
    """Photos rated from `low` to `high`, both inclusive, 0…5."""

    low: int
    high: int


@dataclass(frozen=True)
class SizeFilter:
    """Photos of `low` to `high`, both inclusive, bytes or pixels (width × height)."""

    low: int | None
    high: int | None
    unit: Literal["bytes", "pixels"]


@dataclass(frozen=True)
class HasGpsFilter:
    """Photos that say where they were taken."""


@dataclass(frozen=True)
class IsFavouriteFilter:
    """Photos marked as favourites."""


@dataclass(frozen=True)
class IsOfflineFilter:
    """Photos all of whose files are in offline folders."""


@dataclass(frozen=True)
class AlbumFilter:
    """Photos in the album of this id."""

    id: int


@dataclass(frozen=True)
class AlbumNameFilter:
    """Photos in the album called `text`, or where none is, in those whose name holds it.

    Albums that are saved searches count too, which the catalogue does not understand: before it is
    asked, `core.library.albums` puts an AnyFilter in the place of this.
    """

    text: str


@dataclass(frozen=True)
class KeywordFilter:
    """Photos with the keyword `text`, or where none has it, with those that hold it."""

    text: str


@dataclass(frozen=True)
class LabelFilter:
    """Photos that carry the label called `text`, or where none is, those whose name holds it.

    With `low` and `high`, both inclusive: photos that such a label fits with that relevance (0…1)
    instead, wherever its line is. What a person said by hand counts as 1 or 0.
    """

    text: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class AddedSince:
    """Photos that came into the library at `seconds` (since 1970) or later."""

    seconds: float


@dataclass(frozen=True, eq=False)
class PhotosFilter:
    """Those of these photos, int64 (n,), sorted and unique, that are present."""

    ids: NDArray[np.int64]


@dataclass(frozen=True)
class AnyFilter:
    """Photos that pass at least one of `filters`; without any, no photo does."""

    filters: tuple[Filter, ...]


@dataclass(frozen=True)
class NotFilter:
    """Photos that `filter` does not match."""

    filter: Filter


Filter = (
    FolderFilter
    | DirectoryFilter
    | NameFilter
    | NameStartFilter
    | TypeFilter
    | CameraFilter
    | LensFilter
    | DateFilter
    | RatingFilter
    | SizeFilter
    | HasGpsFilter
    | IsFavouriteFilter
    | IsOfflineFilter
    | AlbumFilter
    | AlbumNameFilter
    | KeywordFilter
    | LabelFilter
    | AddedSince
    | PhotosFilter
    | AnyFilter
    | NotFilter
)
