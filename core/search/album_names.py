"""Which albums a name in a query means: of both kinds, also inside the searches of automatic ones.

Albums may name albums. An automatic album that leads back to itself by its name alone has no
meaning, and that is said. Where a name means other albums too, since it is part of all their names
or that of one put together by hand, those are meant, and not what it stands in: for the automatic
album "All trips", which searches for album:trip, they are all other trips.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.catalog.albums import album_names
from core.catalog.filters import AlbumNameFilter, Filter, NotFilter
from core.catalog.matching import called
from core.catalog.names import fold
from core.catalog.searches import list_searches
from core.errors import QueryError, SouvenirError
from core.search.query import Query, parse_query

if TYPE_CHECKING:
    import sqlite3

MOST = 100
"""Automatic albums that one query may lead to."""


@dataclass(frozen=True)
class AnyAlbum:
    """An album; `query`: what an automatic one shows, None for one that was put together."""

    id: int
    name: str
    query: str | None


@dataclass(frozen=True)
class Inside:
    """Where a name stands: in the search of the last of the automatic albums `under`.

    `barred`: ids of automatic albums that a name which means several does not mean here.
    """

    under: tuple[AnyAlbum, ...] = ()
    barred: frozenset[int] = frozenset()

    def entered(self, album: AnyAlbum) -> Inside:
        """Where names of this album's own search stand."""
        return Inside((*self.under, album), self.barred)


@dataclass(frozen=True)
class Meant:
    """The albums of a name: ids of those put together, automatic ones, and where these stand."""

    by_hand: tuple[int, ...]
    automatic: tuple[AnyAlbum, ...]
    inside: Inside


def all_albums(c: sqlite3.Connection) -> list[AnyAlbum]:
    """Albums of both kinds, by name, those put together first."""
    by_hand = [AnyAlbum(album_id, name, None) for album_id, name in album_names(c)]
    automatic = [AnyAlbum(each.id, each.name, each.query) for each in list_searches(c)]
    return [*by_hand, *automatic]


def names_of_albums(filters: Sequence[Filter]) -> Iterator[str]:
    """The names that filters give albums."""
    for each in filters:
        named = each.filter if isinstance(each, NotFilter) else each
        if isinstance(named, AlbumNameFilter):
            yield named.text


class AlbumNames:
    """Knows all albums of a library as they are at one moment."""

    def __init__(self, albums: Sequence[AnyAlbum]) -> None:
        self._albums = albums
        self._names = list(dict.fromkeys(album.name for album in albums))

    def meant(self, name: str, inside: Inside) -> Meant:
        """The albums called `name`, else those whose name holds it.

        Raises SouvenirError where the only one is one that it stands inside of.
        """
        names = set(called(self._names, name))
        albums = [album for album in self._albums if album.name in names]
        by_hand = tuple(album.id for album in albums if album.query is None)
        automatic = [album for album in albums if album.query is not None]
        barred = inside.barred
        if by_hand or not any(fold(each) == fold(name) for each in names):
            automatic = [
                each for each in automatic if each not in inside.under and each.id not in barred
            ]
            barred |= {album.id for album in automatic}
        for album in automatic:
            if album in inside.under:
                raise SouvenirError(_circle(inside.under[inside.under.index(album) :]))
        return Meant(by_hand, tuple(automatic), Inside(inside.under, barred))

    def describe(self, filters: Sequence[Filter]) -> bool:
        """Whether a search with words is among the automatic albums that filters lead to."""
        for album in self._reached(filters, Inside(), set()):
            asked = understood(album)
            if asked is not None and (asked.text or asked.excluded):
                return True
        return False

    def check(self, search_id: int) -> None:
        """Raise SouvenirError if the automatic album of this id leads to one that leads back."""
        for album in self._albums:
            asked = understood(album) if album.id == search_id else None
            if asked is not None:
                inside = Inside().entered(album)
                for _ in self._reached(asked.filters, inside, {(album.id, inside.barred)}):
                    pass  # all are looked at; one in a circle raises

    def _reached(
        self,
        filters: Sequence[Filter],
        inside: Inside,
        seen: set[tuple[int, frozenset[int]]],
    ) -> Iterator[AnyAlbum]:
        """Automatic albums that filters name, and those that these name: the first MOST."""
        for name in names_of_albums(filters):
            meant = self.meant(name, inside)
            for album in meant.automatic:
                here = (album.id, meant.inside.barred)
                if here in seen or len(seen) >= MOST:
                    continue
                seen.add(here)
                yield album
                asked = understood(album)
                if asked is not None:
                    yield from self._reached(asked.filters, meant.inside.entered(album), seen)


def understood(album: AnyAlbum) -> Query | None:
    """What an automatic album searches for; None where that cannot be understood, or it is none."""
    try:
        return None if album.query is None else parse_query(album.query)
    except QueryError:  # saved by an older Souvenir, or a newer one
        return None


def _circle(albums: Sequence[AnyAlbum]) -> str:
    """The sentence for albums of which each names the next, and the last one the first."""
    if len(albums) == 1:
        return (
            f'The saved search "{albums[0].name}" names itself: have it search for something '
            "else, or give it another name."
        )
    names = " → ".join(album.name for album in (*albums, albums[0]))
    return (
        f'Saved searches name each other in a circle, "{names}": have one of them search for '
        "something else."
    )
