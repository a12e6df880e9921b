"""Several photos at once: what they add up to, and what they share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from core.catalog.changes import json_ids

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

# What a person says counts more than what the file says; "" is no title at all.
_TITLE = "nullif(coalesce(person_title, title), '')"
_COMPARED = {
    "format": "format",
    "width": "width",
    "height": "height",
    "taken_at": "taken_at",
    "camera": "camera",
    "lens": "lens",
    "exposure_seconds": "exposure_seconds",
    "f_number": "f_number",
    "focal_length_mm": "focal_length_mm",
    "iso": "iso",
    "rating": "rating",
    "favourite": "favourite",
    "title": _TITLE,
}


@dataclass(frozen=True)
class Totals:
    """How many photos, bytes of them, and their first and last moment, "2021-06-05T14:03:22"."""

    photos: int = 0
    bytes: int = 0
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True)
class Summary:
    """Some photos together.

    `shared`: the value that all of them have, by name as in Metadata, with format, width, height,
    rating, favourite and title; None where none has any; what differs is not in it. `keywords`:
    how many have each.
    """

    totals: Totals
    shared: Mapping[str, Any] = field(default_factory=dict)
    keywords: Mapping[str, int] = field(default_factory=dict)


_MANY = 10_000  # photos: fewer are looked up without counting whether they are all
_TOTALS = """SELECT count(*), coalesce(sum(byte_size), 0), min(shown_at), max(shown_at)
    FROM photos"""
# These are looked up one by one: the plus keeps SQLite from going through all that are present.
_THESE = "+present = 1 AND id IN (SELECT value FROM json_each(?))"


def totals(c: sqlite3.Connection, ids: Sequence[int] | NDArray[np.int64] | None) -> Totals:
    """Add up these photos, None for all; as many as there are at all count as all."""
    which, values = _which(c, ids)
    if values:
        return Totals(*c.execute(f"{_TOTALS} WHERE {which}", values).fetchone())
    # Each of these is answered from an index alone.
    return Totals(
        *c.execute(
            "SELECT count(*), coalesce(sum(byte_size), 0) FROM photos WHERE present = 1"
        ).fetchone(),
        *c.execute("SELECT min(shown_at) FROM photos WHERE present = 1").fetchone(),
        *c.execute("SELECT max(shown_at) FROM photos WHERE present = 1").fetchone(),
    )


def summary(c: sqlite3.Connection, ids: Sequence[int]) -> Summary:
    """Compare these photos; those that are gone are left out. All are taken as in `totals`."""
    which, values = _which(c, ids)
    columns = ", ".join(f"min({x}), max({x}), count({x})" for x in _COMPARED.values())
    added_up = totals(c, ids)
    compared = c.execute(f"SELECT {columns} FROM photos WHERE {which}", values).fetchone()  # noqa: S608
    shared: dict[str, Any] = {}
    for n, name in enumerate(_COMPARED):
        low, high, known = compared[3 * n : 3 * n + 3]
        if low == high and known in (0, added_up.photos):
            shared[name] = bool(low) if name == "favourite" else low
    words = c.execute(
        f"""SELECT word, count(*) FROM photo_keywords
            WHERE photo_id IN (SELECT id FROM photos WHERE {which})
            GROUP BY word ORDER BY count(*) DESC, word""",  # noqa: S608
        values,
    )
    return Summary(added_up, shared, dict(words.fetchall()))


def _which(
    c: sqlite3.Connection, ids: Sequence[int] | NDArray[np.int64] | None
) -> tuple[str, list[str]]:
    """The condition for these photos, and its values: none where it is all that are present."""
    if ids is not None and len(ids) >= _MANY:
        (count,) = c.execute("SELECT count(*) FROM photos WHERE present = 1").fetchone()
        ids = None if len(ids) >= count else ids
    return ("present = 1", []) if ids is None else (_THESE, [json_ids(ids)])
