"""Albums of both kinds: put together by hand, and automatic ones, which are saved searches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.catalog import albums, searches
from core.catalog.catalogue import Catalogue
from core.catalog.filters import AlbumFilter
from core.catalog.listing import photo_ids
from core.catalog.names import fold
from core.errors import SouvenirError
from core.search.query import parse_query
from core.search.ranking import SearchResults

_MOST_LIKE = 100_000  # photos that are compared with words: their vectors are in memory


@dataclass(frozen=True)
class AnyAlbum:
    """An album; `query`: what an automatic one shows, None for one that was put together."""

    id: int
    name: str
    query: str | None


class Albums:
    """What `Library.albums` gives. Safe from any thread."""

    def __init__(self, catalogue: Catalogue, search: Callable[[str, int], SearchResults]) -> None:
        self._catalogue = catalogue
        self._search = search

    def albums(self) -> list[AnyAlbum]:
        """All of them, by name, those put together first."""
        with self._catalogue.reader() as c:
            by_hand = [AnyAlbum(each.id, each.name, None) for each in albums.list_albums(c)]
            live = [AnyAlbum(each.id, each.name, each.query) for each in searches.list_searches(c)]
        return [*by_hand, *live]

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

        Raises QueryError where the query of an automatic one cannot be understood.
        """
        if album.query is None:
            with self._catalogue.reader() as c:
                wanted = [AlbumFilter(album.id)]
                return [int(i) for i in photo_ids(c, "taken", descending=False, filters=wanted)]
        with self._catalogue.reader() as c:
            most = len(photo_ids(c, "added", descending=True))
        asked = parse_query(album.query)
        if asked.text or asked.excluded:
            most = min(most, _MOST_LIKE)
        found = self._search(album.query, max(1, most))
        return [int(i) for i in found.ids[: found.cut]]
