"""Albums: photos that a person put together under a name. Remembered photos stay in theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.catalog.changes import json_ids
from core.catalog.given_names import given_name, refuse_taken
from core.errors import SouvenirError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable


@dataclass(frozen=True)
class Album:
    """A named set of photos; `photos` counts the present ones, each content once."""

    id: int
    name: str
    photos: int


def list_albums(c: sqlite3.Connection) -> list[Album]:
    """All albums with their counts, by name."""
    rows = c.execute(
        # Few photos are only remembered: counting those and taking them away is much quicker than
        # looking at every photo.
        """SELECT id, name, (SELECT count(*) FROM album_photos WHERE album_id = albums.id) - (
                SELECT count(*) FROM photos p JOIN album_photos a ON a.photo_id = p.id
                WHERE p.present = 0 AND a.album_id = albums.id)
            FROM albums ORDER BY folded"""
    )
    return [Album(*row) for row in rows]


def album_names(c: sqlite3.Connection) -> list[tuple[int, str]]:
    """Ids and names of all albums, by name."""
    return list(c.execute("SELECT id, name FROM albums ORDER BY folded"))


def album_members(c: sqlite3.Connection, album_id: int) -> tuple[int, ...]:
    """Every photo of an album, remembered ones too, by id."""
    rows = c.execute(
        "SELECT photo_id FROM album_photos WHERE album_id = ? ORDER BY photo_id", (album_id,)
    )
    return tuple(photo_id for (photo_id,) in rows)


def create_album(
    tx: sqlite3.Connection, name: str, photo_ids: Iterable[int] = (), album_id: int | None = None
) -> int:
    """Make an album, where it is brought back with the id it had; returns its id.

    Raises SouvenirError for an empty name and one that another album has.
    """
    named = given_name(name, "An album")
    refuse_taken(tx, "albums", named, "An album")
    made = tx.execute("INSERT INTO albums (id, name, folded) VALUES (?, ?, ?)", (album_id, *named))
    new_id = int(made.lastrowid or 0)
    add_to_album(tx, new_id, photo_ids)
    return new_id


def rename_album(tx: sqlite3.Connection, album_id: int, name: str) -> str:
    """Give an album another name; returns the one it had."""
    old = album_name(tx, album_id)
    named = given_name(name, "An album")
    refuse_taken(tx, "albums", named, "An album", but=album_id)
    tx.execute("UPDATE albums SET name = ?, folded = ? WHERE id = ?", (*named, album_id))
    return old


def delete_album(tx: sqlite3.Connection, album_id: int) -> tuple[str, tuple[int, ...]]:
    """Delete an album, not its photos; returns its name and which photos were in it."""
    name, members = album_name(tx, album_id), album_members(tx, album_id)
    tx.execute("DELETE FROM albums WHERE id = ?", (album_id,))
    return name, members


def add_to_album(
    tx: sqlite3.Connection, album_id: int, photo_ids: Iterable[int]
) -> tuple[int, ...]:
    """Put photos into an album; returns those that were not in it before."""
    album_name(tx, album_id)
    rows = tx.execute(
        """SELECT id FROM photos WHERE id IN (SELECT value FROM json_each(?))
            AND id NOT IN (SELECT photo_id FROM album_photos WHERE album_id = ?) ORDER BY id""",
        (json_ids(photo_ids), album_id),
    )
    new = tuple(photo_id for (photo_id,) in rows)
    tx.executemany(
        "INSERT INTO album_photos (album_id, photo_id) VALUES (?, ?)",
        ((album_id, photo_id) for photo_id in new),
    )
    return new


def remove_from_album(
    tx: sqlite3.Connection, album_id: int, photo_ids: Iterable[int]
) -> tuple[int, ...]:
    """Take photos out of an album; returns those that were in it."""
    album_name(tx, album_id)
    where = "album_id = ? AND photo_id IN (SELECT value FROM json_each(?))"
    which = (album_id, json_ids(photo_ids))
    rows = tx.execute(
        f"SELECT photo_id FROM album_photos WHERE {where} ORDER BY photo_id",  # noqa: S608
        which,
    )
    gone = tuple(photo_id for (photo_id,) in rows)
    tx.execute(f"DELETE FROM album_photos WHERE {where}", which)  # noqa: S608
    return gone


def album_name(c: sqlite3.Connection, album_id: int) -> str:
    """Name of an album; SouvenirError where there is none of that id."""
    row = c.execute("SELECT name FROM albums WHERE id = ?", (album_id,)).fetchone()
    if row is None:
        raise SouvenirError("This album is not there any more: choose another one.")
    return str(row[0])
