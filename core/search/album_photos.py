"""What `album:` means in a query: the photos of albums of both kinds, as they are at that moment.

An automatic album, which is a saved search, stands for the photos that it shows by itself: those
that pass its filters and, where it has words, come before the line in its own answer. How well they
fit it says nothing in another query, which ranks by words of its own or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from core.catalog.filters import AlbumFilter, AlbumNameFilter, AnyFilter, NotFilter, PhotosFilter
from core.catalog.matching import passing_ids
from core.errors import QueryError, SouvenirError
from core.search.album_names import MOST, AlbumNames, AnyAlbum, Inside
from core.search.query import Query, parse_query

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from core.catalog.catalogue import Catalogue
    from core.catalog.filters import Filter


class AlbumPhotos:
    """Finds, for one question and each once, what the albums in it stand for. Of one thread.

    `fitting` answers a query with words whose filters name no album: the photos before its line,
    sorted.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        names: AlbumNames,
        fitting: Callable[[Query], NDArray[np.int64]],
    ) -> None:
        self._catalogue = catalogue
        self._names = names
        self._fitting = fitting
        self._found: dict[tuple[int, frozenset[int]], NDArray[np.int64]] = {}
        self._begun = 0

    def filters(self, filters: Sequence[Filter], inside: Inside | None = None) -> list[Filter]:
        """The same filters, with the photos of albums in the place of their names.

        Raises SouvenirError for an automatic album that cannot be understood, leads back to itself
        or to too many others.
        """
        return [self._filter(each, inside or Inside()) for each in filters]

    def _filter(self, of: Filter, inside: Inside) -> Filter:
        match of:
            case NotFilter(inner):
                return NotFilter(self._filter(inner, inside))
            case AlbumNameFilter(name):
                meant = self._names.meant(name, inside)
                by_hand = (AlbumFilter(album_id) for album_id in meant.by_hand)
                shown = (self._shown_by(album, meant.inside) for album in meant.automatic)
                return AnyFilter((*by_hand, *map(PhotosFilter, shown)))
            case _:
                return of

    def _shown_by(self, album: AnyAlbum, inside: Inside) -> NDArray[np.int64]:
        """The photos of an automatic album: int64 (n,), sorted."""
        known = self._found.get((album.id, inside.barred))
        if known is not None:
            return known
        self._begun += 1
        if self._begun > MOST:
            raise SouvenirError(
                f"This query leads to more than {MOST} saved searches: name fewer of them, or such "
                "as name no others."
            )
        try:
            query = parse_query(album.query or "")
        except QueryError as error:
            raise SouvenirError(
                f'What is saved as "{album.name}" cannot be understood: {error}'
            ) from None
        filters = self.filters(query.filters, inside.entered(album))
        found = self._ids(replace(query, filters=tuple(filters)))
        self._found[album.id, inside.barred] = found
        return found

    def _ids(self, query: Query) -> NDArray[np.int64]:
        if query.text or query.excluded:
            return self._fitting(query)
        with self._catalogue.reader() as c:
            return passing_ids(c, query.filters)
