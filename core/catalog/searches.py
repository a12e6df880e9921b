"""Saved searches: queries that a person gave a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.catalog.given_names import given_name, refuse_taken
from core.catalog.names import clean
from core.errors import SouvenirError

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True)
class SavedSearch:
    """A query under a name; it is understood anew each time it is used."""

    id: int
    name: str
    query: str


def list_searches(c: sqlite3.Connection) -> list[SavedSearch]:
    """All saved searches, by name."""
    rows = c.execute("SELECT id, name, query FROM searches ORDER BY folded")
    return [SavedSearch(*row) for row in rows]


def save_search(tx: sqlite3.Connection, name: str, query: str, search_id: int | None = None) -> int:
    """Keep a query under a name, where it is brought back with the id it had; returns its id.

    Raises SouvenirError for an empty name and one that another search has.
    """
    named = given_name(name, "A saved search")
    refuse_taken(tx, "searches", named, "A saved search")
    made = tx.execute(
        "INSERT INTO searches (id, name, folded, query) VALUES (?, ?, ?, ?)",
        (search_id, *named, clean(query)),
    )
    return int(made.lastrowid or 0)


def rename_search(tx: sqlite3.Connection, search_id: int, name: str) -> str:
    """Give a saved search another name; returns the one it had."""
    old = saved_search(tx, search_id)
    named = given_name(name, "A saved search")
    refuse_taken(tx, "searches", named, "A saved search", but=search_id)
    tx.execute("UPDATE searches SET name = ?, folded = ? WHERE id = ?", (*named, search_id))
    return old.name


def change_search(tx: sqlite3.Connection, search_id: int, query: str) -> str:
    """Give a saved search another query; returns the one it had."""
    old = saved_search(tx, search_id)
    tx.execute("UPDATE searches SET query = ? WHERE id = ?", (clean(query), search_id))
    return old.query


def remove_search(tx: sqlite3.Connection, search_id: int) -> SavedSearch:
    """Forget a saved search; returns what it was."""
    gone = saved_search(tx, search_id)
    tx.execute("DELETE FROM searches WHERE id = ?", (search_id,))
    return gone


def saved_search(c: sqlite3.Connection, search_id: int) -> SavedSearch:
    """One saved search; SouvenirError where there is none of that id."""
    row = c.execute("SELECT id, name, query FROM searches WHERE id = ?", (search_id,)).fetchone()
    if row is None:
        raise SouvenirError("This saved search is not there any more: choose another one.")
    return SavedSearch(*row)
