"""Which values occur among the photos, for filters and for completing what a person types."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from core.catalog.albums import list_albums
from core.catalog.directories import folder_tree
from core.catalog.labels import list_labels
from core.catalog.names import fold, natural
from core.catalog.searches import list_searches
from core.catalog.tags import counts

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

Field = Literal["camera", "lens", "type", "date", "folder", "album", "keyword", "label"]

_Named = Literal["camera", "lens", "type", "folder", "album", "keyword"]

_COLUMNS = {"camera": "camera", "lens": "lens", "type": "format"}


def known_values(
    c: sqlite3.Connection, field: Field, prefix: str = "", limit: int = 20
) -> list[tuple[str, int | None]]:
    """Values of a filter that begin with `prefix`, or have a word that does, with their counts.

    Those that begin with it come first; alike ones by how many photos they have. Folders are given
    from their watched folder's name on, or, where `prefix` is an absolute path, as such. Dates are
    years, in a year its months, in a month its days, the latest first. Labels that no photo carries
    are values, too; of very many, the first by name are counted. Automatic albums come with None:
    to count what they show would take as long as showing it.
    """
    if field == "date":
        return list(_dates(c, prefix, limit))
    wanted = fold(prefix)
    ranked = [
        (not fold(value).startswith(wanted), -(photos or 0), natural(fold(value)), value, photos)
        for value, photos in (
            _labels(c, wanted, limit)
            if field == "label"
            else _counted(c, field, wanted, absolute=Path(prefix).is_absolute())
        )
        if photos != 0 or field == "label"
    ]
    ranked.sort(key=lambda each: each[:4])
    return [(value, photos) for *_, value, photos in ranked[:limit]]


def distinct_values(c: sqlite3.Connection, what: Literal["camera", "lens", "type"]) -> list[str]:
    """Every camera, lens or format that occurs among present photos, sorted."""
    return _distinct(c, "photos", _COLUMNS[what], "present = 1 AND")


def keywords(c: sqlite3.Connection) -> list[str]:
    """Every keyword of any photo, remembered ones too, sorted."""
    return _distinct(c, "photo_keywords", "word", "")


def _dates(c: sqlite3.Connection, prefix: str, limit: int) -> list[tuple[str, int]]:
    length = next((part for part in (4, 7, 10) if len(prefix) < part), 10)
    rows = c.execute(
        """SELECT substr(shown_at, 1, ?), count(*) FROM photos
            WHERE present = 1 AND shown_at >= ? AND shown_at < ?
            GROUP BY 1 ORDER BY 1 DESC LIMIT ?""",
        (length, prefix, prefix + "\U0010ffff", limit),
    )
    return [(day, photos) for day, photos in rows]


def _counted(
    c: sqlite3.Connection, field: _Named, wanted: str, *, absolute: bool
) -> Sequence[tuple[str, int | None]]:
    match field:
        case "camera" | "lens" | "type":
            column = _COLUMNS[field]
            query = f"SELECT count(*) FROM photos WHERE present = 1 AND {column} = ?"  # noqa: S608
            values = _beginning(distinct_values(c, field), wanted)
            return [(value, _count(c, query, value)) for value in values]
        case "keyword":
            words = _beginning(keywords(c), wanted)
            return [(word, _count(c, _PHOTOS_WITH_KEYWORD, word)) for word in words]
        case "album":
            albums: dict[str, int | None] = {each.name: None for each in list_searches(c)}
            albums |= {album.name: album.photos for album in list_albums(c)}
            return [(name, albums[name]) for name in _beginning(list(albums), wanted)]
        case "folder":
            return _folders(c, wanted, absolute=absolute)


def _labels(c: sqlite3.Connection, wanted: str, limit: int) -> list[tuple[str, int]]:
    """The first labels that begin so, then those of which a word does: counting takes a moment."""
    labels = {label.name: label for label in list_labels(c)}
    begun = _beginning(list(labels), wanted)
    begun.sort(key=lambda name: not fold(name).startswith(wanted))
    named = [labels[name] for name in begun[:limit]]
    return [
        (label.name, counted)
        for label, counted in zip(named, counts(c, named).values(), strict=True)
    ]


# Few photos are only remembered: those are counted and taken away.
_PHOTOS_WITH_KEYWORD = """SELECT (SELECT count(*) FROM photo_keywords WHERE word = ?1) - (
    SELECT count(*) FROM photos p JOIN photo_keywords k ON k.photo_id = p.id
    WHERE p.present = 0 AND k.word = ?1)"""


def _folders(c: sqlite3.Connection, wanted: str, *, absolute: bool) -> list[tuple[str, int]]:
    found: dict[str, int] = {}
    names: list[str] = []
    for directory in folder_tree(c):
        names[directory.depth :] = [directory.name]
        value = directory.path if absolute else "/".join(names)
        if fold(value).startswith(wanted) or f"/{wanted}" in fold(value):
            found[value] = found.get(value, 0) + directory.photos
    return list(found.items())


def _beginning(values: list[str], wanted: str) -> list[str]:
    """Those of which a word begins so."""
    return [value for value in values if f" {wanted}" in f" {fold(value)}"]


def _distinct(c: sqlite3.Connection, table: str, column: str, only: str) -> list[str]:
    # Jumps through the index from one value to the next: SELECT DISTINCT would read all of it.
    rows = c.execute(
        f"""WITH RECURSIVE step (value) AS (
            SELECT min({column}) FROM {table} WHERE {only} {column} IS NOT NULL
            UNION ALL
            SELECT (SELECT min({column}) FROM {table} WHERE {only} {column} > step.value)
            FROM step WHERE step.value IS NOT NULL
        ) SELECT value FROM step WHERE value IS NOT NULL"""  # noqa: S608 - of names in here
    )
    return [value for (value,) in rows]


def _count(c: sqlite3.Connection, query: str, value: str) -> int:
    (number,) = c.execute(query, (value,)).fetchone()
    return int(number)
