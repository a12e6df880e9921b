"""What FakeLibrary shows to those who browse in it, and what edits do to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.catalog.albums import Album
from core.catalog.directories import DirectoryInfo
from core.catalog.edits import (
    AddToAlbum,
    CreateAlbum,
    DeleteAlbum,
    Edit,
    RemoveFromAlbum,
    RemoveSearch,
    RenameAlbum,
    RenameSearch,
    SaveSearch,
    SetFavourite,
    SetKeywords,
    SetRating,
    SetRotation,
    SetTitle,
)
from core.catalog.filters import (
    AddedSince,
    AlbumFilter,
    AlbumNameFilter,
    CameraFilter,
    DateFilter,
    DirectoryFilter,
    FolderFilter,
    IsFavouriteFilter,
    NotFilter,
    RatingFilter,
)
from core.catalog.listing import Listing
from core.catalog.searches import SavedSearch
from core.catalog.statistics import FailedFile
from core.catalog.summaries import Summary, Totals
from core.library.browse import Overview
from core.search.naming import Named, NoSuchName, no_such_names

NAMED: tuple[Named, ...] = ("label", "album")


@dataclass
class Said:
    """All that the person said: about photos by id, and the albums and searches they made."""

    ratings: dict[int, int] = field(default_factory=dict)
    favourites: set[int] = field(default_factory=set)
    titles: dict[int, str | None] = field(default_factory=dict)
    keywords: dict[int, tuple[str, ...] | None] = field(default_factory=dict)
    rotations: dict[int, int] = field(default_factory=dict)
    albums: dict[int, tuple[str, tuple[int, ...]]] = field(default_factory=dict)
    searches: dict[int, tuple[str, str]] = field(default_factory=dict)

    def apply(self, edit: Edit) -> Edit:
        """Make a change; returns its inverse."""
        match edit:
            case SetRating(values):
                return SetRating(_swap(self.ratings, values, 0))
            case SetFavourite(values):
                marks = dict.fromkeys(self.favourites, True)
                inverse = SetFavourite(_swap(marks, values, False))
                self.favourites.clear()
                self.favourites.update(i for i, marked in marks.items() if marked)
                return inverse
            case SetTitle(values):
                return SetTitle(_swap(self.titles, values, None))
            case SetKeywords(values):
                return SetKeywords(_swap(self.keywords, values, None))
            case SetRotation(values):
                return SetRotation(_swap(self.rotations, values, 0))
        return self._apply_to_list(edit)

    def _apply_to_list(self, edit: Edit) -> Edit:
        match edit:
            case SaveSearch(name, query, search_id):
                search_id = search_id or max(self.searches, default=0) + 1
                self.searches[search_id] = (name, query)
                return RemoveSearch(search_id)
            case RenameSearch(search_id, name):
                old, query = self.searches[search_id]
                self.searches[search_id] = (name, query)
                return RenameSearch(search_id, old)
            case RemoveSearch(search_id):
                return SaveSearch(*self.searches.pop(search_id), search_id)
        return self._apply_to_album(edit)

    def _apply_to_album(self, edit: Edit) -> Edit:
        match edit:
            case CreateAlbum(name, photo_ids, album_id):
                album_id = album_id or max(self.albums, default=0) + 1
                self.albums[album_id] = (name, tuple(photo_ids))
                return DeleteAlbum(album_id)
            case RenameAlbum(album_id, name):
                old, members = self.albums[album_id]
                self.albums[album_id] = (name, members)
                return RenameAlbum(album_id, old)
            case DeleteAlbum(album_id):
                return CreateAlbum(*self.albums.pop(album_id), album_id)
            case AddToAlbum(album_id, photo_ids):
                name, members = self.albums[album_id]
                new = tuple(i for i in photo_ids if i not in members)
                self.albums[album_id] = (name, members + new)
                return RemoveFromAlbum(album_id, new)
            case RemoveFromAlbum(album_id, photo_ids):
                name, members = self.albums[album_id]
                gone = tuple(i for i in members if i in photo_ids)
                self.albums[album_id] = (name, tuple(i for i in members if i not in gone))
                return AddToAlbum(album_id, gone)
        raise TypeError(f"no edit: {edit!r}")


def _swap(held: dict[int, Any], values: Any, nothing: object) -> dict[int, Any]:
    before = {i: held.get(i, nothing) for i in values}
    held.update(values)
    return before


@dataclass
class FakeBrowse:
    """Browses a FakeLibrary. Photo n was taken on day n, the newest has the highest number.

    `values`: what `known_values` offers, by field. `tree`: the folder tree, where a test needs more
    than the watched folders.
    """

    library: Any
    values: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    tree: list[DirectoryInfo] = field(default_factory=list)

    def passing(self, filters: Sequence[Any]) -> list[int]:
        """Ids of the photos that pass all filters, ascending."""
        said = self.library.said
        ids = list(range(1, self.library.count + 1))
        for each in filters:
            match each:
                case IsFavouriteFilter():
                    ids = [i for i in ids if i in said.favourites]
                case AlbumFilter(album_id):
                    ids = [i for i in ids if i in said.albums[album_id][1]]
                case DirectoryFilter() | FolderFilter():
                    ids = [i for i in ids if i % 2]
                case AddedSince():
                    pass  # all of them are new
                case RatingFilter(low, high):
                    ids = [i for i in ids if low <= said.ratings.get(i, 0) <= high]
                case CameraFilter() | DateFilter() | AlbumNameFilter() | NotFilter():
                    ids = []  # asked as one types, where values to choose from come late
                case _:
                    raise TypeError(f"not known here: {each!r}")
        return ids

    def count(self, filters: Any) -> int:
        return len(self.listing(filters=filters).ids)

    def listing(
        self,
        sort: str = "taken",
        *,
        descending: bool = True,
        filters: Sequence[Any] = (),
        limit: int | None = None,
    ) -> Listing:
        self.library._note("listing")
        return self.listing_of(self.sorted_ids(self.passing(filters), sort, descending)[:limit])

    def listing_of(self, ids: Sequence[int] | NDArray[np.int64]) -> Listing:
        self.library._note("listing_of")
        there = np.array([i for i in ids if 1 <= i <= self.library.count], np.int64)
        turned = np.array([self.library.said.rotations.get(int(i), 0) % 2 for i in there], bool)
        aspects = np.where(turned, np.float32(0.75), np.float32(4 / 3)).astype(np.float32)
        return Listing(there, there.astype(np.int32), aspects)

    def sorted_ids(
        self, ids: Sequence[int] | NDArray[np.int64], sort: str, descending: bool
    ) -> NDArray[np.int64]:
        ratings = self.library.said.ratings
        order = sorted({int(i) for i in ids if 1 <= i <= self.library.count})
        if sort == "rating":
            order.sort(key=lambda i: ratings.get(i, 0))
        return np.array(order[::-1] if descending else order, np.int64)

    def overview(self) -> Overview:
        self.library._note("overview")
        said = self.library.said
        return Overview(
            photos=self.library.count,
            favourites=len(said.favourites),
            recent=self.library.count,
            failed=sum(not each.is_folder for each in self.library.failed),
            unread_folders=sum(each.is_folder for each in self.library.failed),
            albums=tuple(Album(i, name, len(ids)) for i, (name, ids) in said.albums.items()),
            searches=tuple(SavedSearch(i, *search) for i, search in said.searches.items()),
        )

    def folder_tree(self) -> list[DirectoryInfo]:
        self.library._note("folder_tree")
        return self.tree or [
            DirectoryInfo(f.path, f.path.rsplit("/", 1)[-1], 0, self.library.count, f.offline, True)
            for f in self.library.folder_list
        ]

    def known_values(self, field: str, prefix: str = "", limit: int = 20) -> list[tuple[str, int]]:
        self.library._note("known_values")
        found = self.values.get(field, [])
        return [pair for pair in found if pair[0].lower().startswith(prefix.lower())][:limit]

    def no_such_names(self, query: str) -> tuple[NoSuchName, ...]:
        """As the library: the labels and albums are those of `values`."""
        known = {kind: [name for name, _ in self.values.get(kind, [])] for kind in NAMED}
        return no_such_names(query, known)

    def totals(self, ids: Sequence[int] | NDArray[np.int64] | None = None) -> Totals:
        self.library._note("totals")
        count = self.library.count if ids is None else len(ids)
        return Totals(count, count * 4_000_000, "2021-06-05T14:03:22", "2021-06-05T14:03:22")

    def summary(self, ids: Sequence[int]) -> Summary:
        self.library._note("summary")
        said = self.library.said
        shared: dict[str, Any] = {"format": "JPEG", "width": 4000, "height": 3000}
        for name, given in (
            ("rating", [said.ratings.get(i, 0) for i in ids]),
            ("favourite", [i in said.favourites for i in ids]),
            ("title", [said.titles.get(i) for i in ids]),
        ):
            if len(set(given)) == 1:
                shared[name] = given[0]
        words = [word for i in ids for word in said.keywords.get(i) or ()]
        return Summary(self.totals(ids), shared, {word: words.count(word) for word in words})

    def failures(self, *, ignored: bool = False) -> list[FailedFile]:
        self.library._note("failures")
        return list(self.library.set_aside if ignored else self.library.failed)
