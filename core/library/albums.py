"""Albums of both kinds: put together by hand, and automatic ones, which are saved searches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from core.catalog.catalogue import Catalogue
from core.catalog.filters import AlbumFilter, Filter
from core.catalog.listing import photo_ids
from core.catalog.names import fold
from core.errors import SouvenirError
from core.library.fitting import FittingPhotos
from core.search.album_names import AlbumNames, AnyAlbum, all_albums, names_of_albums
from core.search.album_photos import AlbumPhotos
from core.search.query import parse_query
from core.search.ranking import never

if TYPE_CHECKING:
    from core.library.answers import Answers


class Albums:
    """What `Library.albums` gives. Safe from any thread."""

    def __init__(self, catalogue: Catalogue, answers: Callable[[], Answers]) -> None:
        self._catalogue = catalogue
        self._answers = answers
        self._fitting = FittingPhotos(catalogue, answers)

    def albums(self) -> list[AnyAlbum]:
        """All of them, by name, those put together first."""
        with self._catalogue.reader() as c:
            return all_albums(c)

    def album(self, name: str) -> AnyAlbum:
        """The one of that name, case aside. Raises SouvenirError where there is none."""
        found = [each for each in self.albums() if fold(each.name) == fold(" ".join(name.split()))]
        if not found:
            raise SouvenirError(
                f"There is no album \"{name}\": 'souvenir albums list' shows those there are."
            )
        return found[0]

    def photos(self, album: AnyAlbum) -> list[int]:
        """Its photos, by id: as they were taken, or the best first; only those that fit well.

        Raises SouvenirError where the query of an automatic one cannot be understood.
        """
        if album.query is None:
            with self._catalogue.reader() as c:
                wanted = [AlbumFilter(album.id)]
                return [int(i) for i in photo_ids(c, "taken", descending=False, filters=wanted)]
        return [int(i) for i in self._answers().fitting(parse_query(album.query))]

    def meant(
        self, filters: Sequence[Filter], cancelled: Callable[[], bool] = never
    ) -> tuple[Filter, ...]:
        """The same filters, with the photos that albums hold now in the place of their names.

        `core.search.album_photos` says what that means. Raises SouvenirError.
        """
        if not any(names_of_albums(filters)):
            return tuple(filters)
        photos = AlbumPhotos(
            self._catalogue,
            AlbumNames(self.albums()),
            lambda query: self._fitting.find(query, cancelled),
        )
        return tuple(photos.filters(filters))

    def describe(self, filters: Sequence[Filter]) -> bool:
        """Whether filters lead to an automatic album that photos are compared with words for.

        Raises SouvenirError.
        """
        return any(names_of_albums(filters)) and AlbumNames(self.albums()).describe(filters)
