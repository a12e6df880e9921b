"""Lists of photos in order, however many: their ids, and what it takes to lay them out.

SQLite joins the numbers of a list into one text, which is read at once: that is quicker than a
row for each and, unlike rows, does not keep the other threads of this process waiting.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from core.catalog.changes import json_ids
from core.catalog.filters import Filter
from core.catalog.matching import ids_from, matching_ids

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from numpy.typing import NDArray

Sort = Literal["taken", "added", "name", "size", "rating"]

_ORDERS: dict[Sort, str] = {
    "taken": "shown_at {0}, photos.id {0}",
    "added": "added_at {0}, photos.id {0}",
    "name": "sort_name {0}, photos.id {0}",
    "size": "byte_size {0}, photos.id {0}",
    "rating": "rating {0}, shown_at {0}, photos.id {0}",
}

# Up to so many photos are looked up one by one; for more, all photos are read in one go.
_FEW_TO_SORT = 50_000
_FEW_TO_LIST = 100_000


@dataclass(frozen=True, eq=False)
class Listing:
    """Photos in order, with what a grid needs of each to have a place: arrays of one length.

    `ids` int64; `days` int32, days since 1970-01-01 of when it was taken (else of its oldest file);
    `aspects` float32, width / height as it is shown, turned as the person turned it.
    """

    ids: NDArray[np.int64]
    days: NDArray[np.int32]
    aspects: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.ids)


def photo_ids(
    c: sqlite3.Connection,
    sort: Sort,
    descending: bool,
    filters: Sequence[Filter] = (),
    *,
    limit: int | None = None,
) -> NDArray[np.int64]:
    """Ids of all present photos that pass all filters, or of the first `limit`: int64 (n,).

    Photos that sort alike follow by id, so the order is always the same.
    """
    passing = matching_ids(c, filters)
    if passing is not None:
        return sorted_ids(c, passing, sort, descending)[:limit]
    query = f"SELECT id FROM photos WHERE present = 1 ORDER BY {_order(sort, descending)}"  # noqa: S608
    if limit is None:
        return ids_from(c, query)
    return ids_from(c, f"{query} LIMIT ?", [limit])


def sorted_ids(
    c: sqlite3.Connection, ids: Sequence[int] | NDArray[np.int64], sort: Sort, descending: bool
) -> NDArray[np.int64]:
    """Those of these photos that are present, in order: int64 (n,)."""
    wanted = np.unique(np.asarray(ids, np.int64))
    if len(wanted) > _FEW_TO_SORT:
        everything = photo_ids(c, sort, descending)
        return everything[_places(wanted, everything) >= 0]
    # CROSS JOIN is SQLite's word for joining in this order: look these up, then sort them.
    return ids_from(
        c,
        f"""SELECT photos.id FROM json_each(?) AS wanted
            CROSS JOIN photos ON photos.id = wanted.value
            WHERE present = 1 ORDER BY {_order(sort, descending)}""",  # noqa: S608
        [json_ids(wanted)],
    )


def listing_of(c: sqlite3.Connection, ids: Sequence[int] | NDArray[np.int64]) -> Listing:
    """List these photos as they are ordered; those that are not present are left out."""
    wanted = np.asarray(ids, np.int64)
    known, days, aspects = _facts(c, wanted if len(wanted) <= _FEW_TO_LIST else None)
    at = _places(known, wanted)
    if len(at) and at.min() < 0:
        wanted, at = wanted[at >= 0], at[at >= 0]
    return Listing(wanted, days[at], aspects[at])


def _order(sort: Sort, descending: bool) -> str:
    return _ORDERS[sort].format("DESC" if descending else "ASC")


def _places(among: NDArray[np.int64], ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each of `ids` is in `among`, -1 for none; ids are small enough to be an index."""
    highest = max(int(among.max(initial=0)), int(ids.max(initial=0)))
    places = np.full(highest + 1, -1, np.int64)
    places[among] = np.arange(len(among))
    return places[ids]


def _facts(
    c: sqlite3.Connection, wanted: NDArray[np.int64] | None
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]:
    """Ids, days and aspects of those of these photos (None: of all) that are present, by id."""
    of_these, values = "", []
    if wanted is not None:
        of_these, values = "AND id IN (SELECT value FROM json_each(?))", [json_ids(wanted)]
    # Day and aspect (always less than 2^16) travel as one number.
    row = c.execute(
        f"""SELECT group_concat(id), group_concat(shown_day * 65536 + shown_aspect)
            FROM (SELECT id, shown_day, shown_aspect FROM photos INDEXED BY photos_listed
                WHERE present = 1 {of_these} ORDER BY id)""",  # noqa: S608
        values,
    ).fetchone()
    ids, both = (np.fromstring(text or "", np.int64, sep=",") for text in row)
    return ids, (both >> 16).astype(np.int32), (both & 0xFFFF).astype(np.float32) / np.float32(1000)
