"""What a person says about photos: titles, keywords, turns, albums, searches, ignored failures.

And what lists of a million photos need beside their order: `photos.shown_day` (days since
1970-01-01 of `shown_at`) and `shown_aspect` (thousandths of width / height, as it is turned), read
from one narrow index; and names in their natural order. Kept by triggers, as before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.catalog.names import natural

if TYPE_CHECKING:
    import sqlite3

_COLUMNS = (
    # NULL: the person has said nothing, so what the file says counts.
    "ALTER TABLE photos ADD COLUMN person_title TEXT",
    "ALTER TABLE photos ADD COLUMN person_keywords TEXT",
    """ALTER TABLE photos ADD COLUMN rotation INTEGER NOT NULL DEFAULT 0
        CHECK (rotation BETWEEN 0 AND 3)""",
    "ALTER TABLE photos ADD COLUMN shown_day INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE photos ADD COLUMN shown_aspect INTEGER NOT NULL DEFAULT 1000",
    "ALTER TABLE files ADD COLUMN sort_key TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE files ADD COLUMN ignored INTEGER NOT NULL DEFAULT 0 CHECK (ignored IN (0, 1))",
)

_TABLES = (
    """CREATE TABLE albums (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        folded TEXT NOT NULL UNIQUE
    )""",
    """CREATE TABLE album_photos (
        album_id INTEGER NOT NULL REFERENCES albums (id) ON DELETE CASCADE,
        photo_id INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
        PRIMARY KEY (album_id, photo_id)
    ) WITHOUT ROWID""",
    """CREATE TABLE searches (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        folded TEXT NOT NULL UNIQUE,
        query TEXT NOT NULL
    )""",
    # The keywords that count of every photo, one by one, to be found and counted.
    """CREATE TABLE photo_keywords (
        word TEXT NOT NULL,
        photo_id INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
        PRIMARY KEY (word, photo_id)
    ) WITHOUT ROWID""",
)

_DAY = "coalesce(CAST(strftime('%s', substr({moment}, 1, 10)) AS INTEGER) / 86400, 0)"

# Between 1:100 and 65:1, so that a sliver of a picture still has a place in a list.
_ASPECT = """CASE rotation % 2
    WHEN 0 THEN max(10, min(65000, 1000 * width / max(height, 1)))
    ELSE max(10, min(65000, 1000 * height / max(width, 1))) END"""

_MOMENT = """coalesce(taken_at, (
    SELECT strftime('%Y-%m-%dT%H:%M:%S', min(mtime_ns) / 1000000000, 'unixepoch', 'localtime')
    FROM files WHERE photo_id = {photo}))"""

_REFRESH = f"""UPDATE photos SET
        present = EXISTS (SELECT 1 FROM files WHERE photo_id = {{photo}}),
        sort_name = (SELECT min(sort_key) FROM files WHERE photo_id = {{photo}}),
        shown_at = {_MOMENT},
        shown_day = {_DAY.format(moment=_MOMENT)},
        shown_aspect = {_ASPECT}
        WHERE id = {{photo}};"""  # noqa: S608 - of the expressions above

_KEYWORDS = """INSERT OR IGNORE INTO photo_keywords (word, photo_id)
    SELECT value, {photo}.id FROM json_each(coalesce({photo}.person_keywords, {photo}.keywords))"""

_TRIGGERS = (
    f"""CREATE TRIGGER files_photo_insert AFTER INSERT ON files WHEN new.photo_id IS NOT NULL
    BEGIN {_REFRESH.format(photo="new.photo_id")} END""",
    f"""CREATE TRIGGER files_photo_delete AFTER DELETE ON files WHEN old.photo_id IS NOT NULL
    BEGIN {_REFRESH.format(photo="old.photo_id")} END""",
    f"""CREATE TRIGGER files_photo_update AFTER UPDATE OF photo_id, sort_key, mtime_ns ON files
    WHEN new.photo_id IS NOT old.photo_id OR new.sort_key != old.sort_key
        OR new.mtime_ns != old.mtime_ns
    BEGIN
        {_REFRESH.format(photo="old.photo_id")}
        {_REFRESH.format(photo="new.photo_id")}
    END""",
    f"""CREATE TRIGGER photos_taken_update AFTER UPDATE OF taken_at ON photos
    WHEN new.taken_at IS NOT old.taken_at
    BEGIN {_REFRESH.format(photo="new.id")} END""",
    f"""CREATE TRIGGER photos_shape_update AFTER UPDATE OF width, height, rotation ON photos
    WHEN new.width != old.width OR new.height != old.height OR new.rotation != old.rotation
    BEGIN UPDATE photos SET shown_aspect = {_ASPECT} WHERE id = new.id; END""",  # noqa: S608
    f"""CREATE TRIGGER photos_keywords_insert AFTER INSERT ON photos
    BEGIN {_KEYWORDS.format(photo="new")}; END""",
    f"""CREATE TRIGGER photos_keywords_update AFTER UPDATE OF keywords, person_keywords ON photos
    WHEN coalesce(new.person_keywords, new.keywords)
        != coalesce(old.person_keywords, old.keywords)
    BEGIN
        DELETE FROM photo_keywords WHERE photo_id = new.id;
        {_KEYWORDS.format(photo="new")};
    END""",  # noqa: S608
)

_INDEXES = (
    "CREATE INDEX album_photos_by_photo ON album_photos (photo_id)",
    "CREATE INDEX photo_keywords_by_photo ON photo_keywords (photo_id)",
    "CREATE INDEX photos_by_name ON photos (present, sort_name) WHERE present = 1",
    # `present` leads for the same reason as in the first schema's indexes.
    """CREATE INDEX photos_listed ON photos (present, id, shown_day, shown_aspect)
        WHERE present = 1""",
)


def migrate(tx: sqlite3.Connection) -> None:
    """Add it all, and fill it in for the photos that are there."""
    for trigger in (
        "files_photo_insert",
        "files_photo_delete",
        "files_photo_update",
        "photos_taken_update",
    ):
        tx.execute(f"DROP TRIGGER {trigger}")
    tx.execute("DROP INDEX photos_by_name")  # every entry changes: it is quicker made anew
    for statement in (*_COLUMNS, *_TABLES):
        tx.execute(statement)
    tx.create_function("natural_key", 1, natural, deterministic=True)
    tx.execute("UPDATE files SET sort_key = natural_key(folded)")
    tx.create_function("natural_key", 1, None)
    tx.execute(
        f"""UPDATE photos SET
            sort_name = (SELECT min(sort_key) FROM files WHERE photo_id = photos.id),
            shown_day = {_DAY.format(moment="shown_at")},
            shown_aspect = {_ASPECT}"""  # noqa: S608 - of the expressions above
    )
    tx.execute(
        """INSERT INTO photo_keywords (word, photo_id)
            SELECT DISTINCT k.value, p.id FROM photos p, json_each(p.keywords) k
            WHERE p.keywords != '[]'"""
    )
    for statement in (*_TRIGGERS, *_INDEXES):
        tx.execute(statement)
