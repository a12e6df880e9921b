"""Whether the catalogue is whole and agrees with itself."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from core.catalog.failures import primary_code

if TYPE_CHECKING:
    from collections.abc import Iterator

_RULES = {
    "photos that are marked present or remembered against what their files say": """
        SELECT count(*) FROM photos
        WHERE present != EXISTS (SELECT 1 FROM files WHERE photo_id = photos.id)""",
    "photos that are sorted under another name than that of their first file": """
        SELECT count(*) FROM photos WHERE present = 1
        AND sort_name IS NOT (SELECT min(sort_key) FROM files WHERE photo_id = photos.id)""",
    "photos that are listed under another time than the one at which they were taken": """
        SELECT count(*) FROM photos WHERE present = 1
        AND taken_at IS NOT NULL AND shown_at IS NOT taken_at""",
    "photos that are listed under another day or shape than theirs": """
        SELECT count(*) FROM photos WHERE present = 1 AND NOT (
            shown_day = coalesce(
                CAST(strftime('%s', substr(shown_at, 1, 10)) AS INTEGER) / 86400, 0)
            AND shown_aspect = max(10, min(65000, CASE rotation % 2
                WHEN 0 THEN 1000 * width / max(height, 1)
                ELSE 1000 * height / max(width, 1) END)))""",
    "photos that are found by other keywords than theirs": """
        SELECT count(*) FROM photos p WHERE EXISTS (
            SELECT value FROM json_each(coalesce(p.person_keywords, p.keywords))
            EXCEPT SELECT word FROM photo_keywords WHERE photo_id = p.id
        ) OR EXISTS (
            SELECT word FROM photo_keywords WHERE photo_id = p.id
            EXCEPT SELECT value FROM json_each(coalesce(p.person_keywords, p.keywords)))""",
    "files that cannot be read without a reason, or with one although they can": """
        SELECT count(*) FROM files WHERE (unread_size IS NULL) != (unread_mtime_ns IS NULL)
        OR (unread_size IS NOT NULL AND state != 'indexed')
        OR (state = 'indexed' AND (unread_size IS NULL) != (reason IS NULL))""",
    "embeddings of a size that is not their model's": """
        SELECT count(*) FROM embeddings e JOIN models m ON m.id = e.model_id
        WHERE length(e.vector) != 2 * m.dim""",
    "files that are missing from the index of names": """
        SELECT count(*) FROM files WHERE id NOT IN (SELECT id FROM file_names_docsize)""",
    "names in the index of names that belong to no file": """
        SELECT count(*) FROM file_names_docsize WHERE id NOT IN (SELECT id FROM files)""",
}

# Tables whose names are no words.
_CALLED = {
    "album_photos": "places in albums",
    "photo_keywords": "keywords",
    "hand_tags": "tags",
    "label_scores": "scores",
    "scored_labels": "scores",
    "unread_directories": "folders that could not be read",
}


def check_catalogue(c: sqlite3.Connection) -> list[str]:
    """Look for damage and for parts that disagree: one sentence for each, none when all is well.

    Reads the whole file. In a transaction the index of names is also compared word by word.
    """
    # What a torn file says about itself means nothing.
    return list(_damage(c)) or [*_dangling(c), *_broken_rules(c), *_names_out_of_step(c)]


def _damage(c: sqlite3.Connection) -> Iterator[str]:
    try:
        found = [str(row[0]) for row in c.execute("PRAGMA integrity_check(10)")]
    except sqlite3.DatabaseError as error:
        found = [str(error)]
    yield from (f"The catalogue file is damaged: {line}." for line in found if line != "ok")


def _dangling(c: sqlite3.Connection) -> Iterator[str]:
    lost: dict[tuple[str, str], int] = {}
    for table, _, parent, _ in c.execute("PRAGMA foreign_key_check"):
        lost[table, parent] = lost.get((table, parent), 0) + 1
    for (table, parent), number in lost.items():
        what = _CALLED.get(table, table)
        yield f"The catalogue has {what} that belong to {parent} it does not have: {number:,}."


def _broken_rules(c: sqlite3.Connection) -> Iterator[str]:
    for what, query in _RULES.items():
        (number,) = c.execute(query).fetchone()
        if number:
            yield f"The catalogue has {what}: {number:,}."


def _names_out_of_step(c: sqlite3.Connection) -> Iterator[str]:
    try:
        c.execute("INSERT INTO file_names (file_names, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        if primary_code(error) == sqlite3.SQLITE_READONLY:
            return  # it is asked for by way of an INSERT
        if primary_code(error) != sqlite3.SQLITE_CORRUPT:
            raise
        yield "The catalogue's index of names disagrees with the names of the files."
