"""Names that a person gives to albums, searches, labels: readable, not too long, each used once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from core.catalog.names import clean, fold
from core.errors import SouvenirError

if TYPE_CHECKING:
    import sqlite3

LONGEST = 200
"""Characters in the name of an album, a saved search or a label."""


def given_name(name: str, whose: str) -> tuple[str, str]:
    """A name as it is kept, and folded; `whose` ("An album") begins the SouvenirError about it."""
    kept = " ".join(clean(name).split())
    if not kept:
        raise SouvenirError(f"{whose} needs a name: write one.")
    if len(kept) > LONGEST:
        raise SouvenirError(f"{whose}'s name may have {LONGEST} characters: write a shorter one.")
    return kept, fold(kept)


def refuse_taken(
    c: sqlite3.Connection,
    table: Literal["albums", "searches", "labels"],
    named: tuple[str, str],
    whose: str,
    *,
    but: int | None = None,
) -> None:
    """Raise SouvenirError where another row of the table than `but` has this name, folded."""
    row = c.execute(
        f"SELECT name FROM {table} WHERE folded = ? AND id IS NOT ?",  # noqa: S608
        (named[1], but),
    ).fetchone()
    if row is not None:
        raise SouvenirError(f'{whose} called "{row[0]}" is there already: choose another name.')
