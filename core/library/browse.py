"""What a library holds, in order and in numbers: all that lists, trees and completions show."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.catalog import directories, listing, statistics, summaries, values
from core.catalog.albums import Album, list_albums
from core.catalog.catalogue import Catalogue
from core.catalog.directories import DirectoryInfo
from core.catalog.files import photo_of_path
from core.catalog.filters import Filter
from core.catalog.labels import list_labels
from core.catalog.listing import Listing, Sort
from core.catalog.matching import matching_ids
from core.catalog.searches import SavedSearch, list_searches
from core.catalog.statistics import FailedFile
from core.catalog.summaries import Summary, Totals
from core.catalog.values import Field
from core.search.album_names import all_albums
from core.search.naming import NoSuchName, names_in, no_such_names

RECENT_SECONDS = 30 * 86400.0
"""How long a photo counts as recently added."""


@dataclass(frozen=True)
class Overview:
    """How much there is to browse: photos that are present, failures, albums, saved searches.

    `recent` are photos added in the last RECENT_SECONDS; `failed` are files that could not be read
    and `unread_folders` folders, but for ignored ones.
    """

    photos: int
    favourites: int
    recent: int
    failed: int
    unread_folders: int
    albums: tuple[Album, ...]
    searches: tuple[SavedSearch, ...]

    @property
    def problems(self) -> int:
        """How many files and folders could not be read."""
        return self.failed + self.unread_folders


class Browse:
    """Reads a catalogue for those who look around in it. Safe to use from several threads."""

    def __init__(
        self, catalogue: Catalogue, meant: Callable[[Sequence[Filter]], Sequence[Filter]]
    ) -> None:
        """`meant` puts albums in the place of their names."""
        self._catalogue = catalogue
        self._meant = meant

    def listing(
        self,
        sort: Sort = "taken",
        *,
        descending: bool = True,
        filters: Sequence[Filter] = (),
        limit: int | None = None,
    ) -> Listing:
        """All photos, or those that pass all filters, in order; at most the first `limit`."""
        filters = self._meant(filters)
        with self._catalogue.reader() as c:
            ids = listing.photo_ids(c, sort, descending, filters, limit=limit)
            return listing.listing_of(c, ids)

    def count(self, filters: Sequence[Filter]) -> int:
        """How many photos pass all filters, of which there must be one."""
        filters = self._meant(filters)
        with self._catalogue.reader() as c:
            passing = matching_ids(c, filters)
        if passing is None:
            raise ValueError("no filter to count by")
        return len(passing)

    def listing_of(self, ids: Sequence[int] | NDArray[np.int64]) -> Listing:
        """These photos in this order; those that are gone are left out."""
        with self._catalogue.reader() as c:
            return listing.listing_of(c, ids)

    def sorted_ids(
        self, ids: Sequence[int] | NDArray[np.int64], sort: Sort, descending: bool
    ) -> NDArray[np.int64]:
        """These photos, each once, in order; those that are gone are left out."""
        with self._catalogue.reader() as c:
            return listing.sorted_ids(c, ids, sort, descending)

    def overview(self) -> Overview:
        """Count everything that has a place of its own, and list albums and saved searches."""
        with self._catalogue.reader() as c:
            counted = statistics.browsing_counts(c, added_since=time.time() - RECENT_SECONDS)
            return Overview(*counted, tuple(list_albums(c)), tuple(list_searches(c)))

    def folder_tree(self) -> list[DirectoryInfo]:
        """The watched folders and the directories in them that hold photos, as a tree is shown."""
        with self._catalogue.reader() as c:
            return directories.folder_tree(c)

    def known_values(
        self, field: Field, prefix: str = "", limit: int = 20
    ) -> list[tuple[str, int | None]]:
        """Values that a filter can have here, with how many photos each, likeliest first.

        Those of automatic albums are not counted: None.
        """
        with self._catalogue.reader() as c:
            return values.known_values(c, field, prefix, limit)

    def no_such_names(self, query: str) -> tuple[NoSuchName, ...]:
        """Labels and albums that a query names and that are not there. Raises QueryError."""
        if not names_in(query):
            return ()
        with self._catalogue.reader() as c:
            labels = [label.name for label in list_labels(c)]
            albums = [album.name for album in all_albums(c)]
        return no_such_names(query, {"label": labels, "album": albums})

    def totals(self, ids: Sequence[int] | NDArray[np.int64] | None = None) -> Totals:
        """What these photos, or all of them, add up to."""
        with self._catalogue.reader() as c:
            return summaries.totals(c, ids)

    def summary(self, ids: Sequence[int]) -> Summary:
        """What these photos share, and what they add up to."""
        with self._catalogue.reader() as c:
            return summaries.summary(c, ids)

    def photo_at(self, path: Path) -> int | None:
        """The photo that is in a file; None where the file is none of the library's."""
        with self._catalogue.reader() as connection:
            return photo_of_path(connection, path.expanduser().absolute())

    def failures(self, *, ignored: bool = False) -> list[FailedFile]:
        """Files and folders that could not be read, by path; with `ignored` those set aside."""
        with self._catalogue.reader() as c:
            found = statistics.failures(c, ignored=ignored)
            found += statistics.unread_folders(c, ignored=ignored)
        return sorted(found, key=lambda each: each.path)
