"""The first schema: folders, directories, files, photos, models and embeddings.

`photos.present` (a file has this content), `shown_at` (when it was taken, else when its oldest file
was last changed, local time) and `sort_name` (the first of its file names) are kept by triggers on
files, so that every list of a million photos is one scan of one index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

_TABLES = (
    """CREATE TABLE folders (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        path TEXT NOT NULL UNIQUE,
        folded TEXT NOT NULL,
        added_at REAL NOT NULL,
        offline INTEGER NOT NULL DEFAULT 0 CHECK (offline IN (0, 1)),
        identity TEXT
    )""",
    """CREATE TABLE directories (
        id INTEGER PRIMARY KEY,
        folder_id INTEGER NOT NULL REFERENCES folders (id) ON DELETE CASCADE,
        path TEXT NOT NULL,
        folded TEXT NOT NULL,
        UNIQUE (folder_id, path)
    )""",
    """CREATE TABLE photos (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        content_hash BLOB NOT NULL UNIQUE CHECK (length(content_hash) = 16),
        byte_size INTEGER NOT NULL,
        format TEXT NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        pixels INTEGER NOT NULL GENERATED ALWAYS AS (width * height) STORED,
        perceptual_hash INTEGER,
        taken_at TEXT,
        utc_offset_minutes INTEGER,
        camera TEXT,
        lens TEXT,
        exposure_seconds REAL,
        f_number REAL,
        focal_length_mm REAL,
        iso REAL,
        latitude REAL,
        longitude REAL,
        file_rating INTEGER,
        title TEXT,
        keywords TEXT NOT NULL,
        rating INTEGER NOT NULL CHECK (rating BETWEEN 0 AND 5),
        rated_by_person INTEGER NOT NULL DEFAULT 0 CHECK (rated_by_person IN (0, 1)),
        favourite INTEGER NOT NULL DEFAULT 0 CHECK (favourite IN (0, 1)),
        added_at REAL NOT NULL,
        present INTEGER NOT NULL DEFAULT 0 CHECK (present IN (0, 1)),
        shown_at TEXT,
        sort_name TEXT
    )""",
    """CREATE TABLE files (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        directory_id INTEGER NOT NULL REFERENCES directories (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        folded TEXT NOT NULL,
        size INTEGER NOT NULL,
        mtime_ns INTEGER NOT NULL,
        inode INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('indexed', 'failed', 'skipped')),
        reason TEXT,
        since REAL NOT NULL,
        photo_id INTEGER REFERENCES photos (id),
        UNIQUE (directory_id, name),
        CHECK ((state = 'indexed') = (photo_id IS NOT NULL))
    )""",
    """CREATE TABLE models (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL UNIQUE,
        dim INTEGER NOT NULL CHECK (dim > 0)
    )""",
    """CREATE TABLE embeddings (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        photo_id INTEGER NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
        model_id INTEGER NOT NULL REFERENCES models (id) ON DELETE CASCADE,
        vector BLOB NOT NULL,
        UNIQUE (model_id, photo_id)
    )""",
    # Names are folded before they are stored, so the tokenizer must not fold them its own way.
    """CREATE VIRTUAL TABLE file_names USING fts5(
        folded, content='files', content_rowid='id', tokenize='trigram case_sensitive 1'
    )""",
)

_INDEXES = (
    "CREATE INDEX files_by_photo ON files (photo_id) WHERE photo_id IS NOT NULL",
    """CREATE INDEX files_by_directory ON files (directory_id, photo_id)
        WHERE photo_id IS NOT NULL""",
    "CREATE INDEX files_by_inode ON files (inode) WHERE inode != 0",
    "CREATE INDEX files_unread ON files (state) WHERE state != 'indexed'",
    # `present` leads each of these although it is always 1 in them: without it SQLite would look
    # every photo up in the table as well.
    "CREATE INDEX photos_by_taken ON photos (present, shown_at) WHERE present = 1",
    "CREATE INDEX photos_by_added ON photos (present, added_at) WHERE present = 1",
    "CREATE INDEX photos_by_name ON photos (present, sort_name) WHERE present = 1",
    "CREATE INDEX photos_by_rating ON photos (present, rating, shown_at) WHERE present = 1",
    "CREATE INDEX photos_by_pixels ON photos (present, pixels) WHERE present = 1",
    "CREATE INDEX photos_by_format ON photos (present, format) WHERE present = 1",
    """CREATE INDEX photos_by_camera ON photos (present, camera)
        WHERE present = 1 AND camera IS NOT NULL""",
    "CREATE INDEX photos_by_lens ON photos (present, lens) WHERE present = 1 AND lens IS NOT NULL",
    """CREATE INDEX photos_favourite ON photos (present, favourite)
        WHERE present = 1 AND favourite = 1""",
    """CREATE INDEX photos_with_gps ON photos (present, latitude, longitude)
        WHERE present = 1 AND latitude IS NOT NULL AND longitude IS NOT NULL""",
    "CREATE INDEX photos_remembered ON photos (present) WHERE present = 0",
    # Not only the present ones: a new file whose size no photo ever had is new without hashing.
    "CREATE INDEX photos_by_size ON photos (present, byte_size)",
    "CREATE INDEX embeddings_by_model ON embeddings (model_id)",
)

_REFRESH = """UPDATE photos SET
        present = EXISTS (SELECT 1 FROM files WHERE photo_id = {photo}),
        sort_name = (SELECT min(folded) FROM files WHERE photo_id = {photo}),
        shown_at = coalesce(taken_at, (
            SELECT strftime(
                '%Y-%m-%dT%H:%M:%S', min(mtime_ns) / 1000000000, 'unixepoch', 'localtime')
            FROM files WHERE photo_id = {photo}))
        WHERE id = {photo};"""

_TRIGGERS = (
    f"""CREATE TRIGGER files_photo_insert AFTER INSERT ON files WHEN new.photo_id IS NOT NULL
    BEGIN {_REFRESH.format(photo="new.photo_id")} END""",
    f"""CREATE TRIGGER files_photo_delete AFTER DELETE ON files WHEN old.photo_id IS NOT NULL
    BEGIN {_REFRESH.format(photo="old.photo_id")} END""",
    f"""CREATE TRIGGER files_photo_update AFTER UPDATE OF photo_id, folded, mtime_ns ON files
    WHEN new.photo_id IS NOT old.photo_id OR new.folded != old.folded
        OR new.mtime_ns != old.mtime_ns
    BEGIN
        {_REFRESH.format(photo="old.photo_id")}
        {_REFRESH.format(photo="new.photo_id")}
    END""",
    f"""CREATE TRIGGER photos_taken_update AFTER UPDATE OF taken_at ON photos
    WHEN new.taken_at IS NOT old.taken_at
    BEGIN {_REFRESH.format(photo="new.id")} END""",
    """CREATE TRIGGER files_name_insert AFTER INSERT ON files
    BEGIN INSERT INTO file_names (rowid, folded) VALUES (new.id, new.folded); END""",
    """CREATE TRIGGER files_name_delete AFTER DELETE ON files
    BEGIN
        INSERT INTO file_names (file_names, rowid, folded) VALUES ('delete', old.id, old.folded);
    END""",
    """CREATE TRIGGER files_name_update AFTER UPDATE OF folded ON files
    WHEN new.folded != old.folded
    BEGIN
        INSERT INTO file_names (file_names, rowid, folded) VALUES ('delete', old.id, old.folded);
        INSERT INTO file_names (rowid, folded) VALUES (new.id, new.folded);
    END""",
)


def migrate(tx: sqlite3.Connection) -> None:
    """Make all tables, indexes and triggers in an empty database."""
    for statement in (*_TABLES, *_INDEXES, *_TRIGGERS):
        tx.execute(statement)
