"""Photos: content with one or more files, and what the person said about it."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.catalog.changes import Changes, json_ids
from core.catalog.files import FileKey, FileStat, attach_file, file_at
from core.catalog.listing import Sort, photo_ids
from core.catalog.metadata import Metadata, PhotoContent
from core.catalog.names import clean, from_stored, join_path
from core.catalog.told import as_told

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

__all__ = [
    "Metadata",
    "Photo",
    "PhotoContent",
    "PhotoFile",
    "Sort",
    "content_hashes",
    "get_photo",
    "get_photos",
    "has_byte_size",
    "known_contents",
    "photo_ids",
    "photo_with_content",
    "store_photo",
    "take_over",
]


@dataclass(frozen=True)
class PhotoFile:
    """One place of a photo: `path` is absolute, `size` bytes, `mtime` seconds since 1970.

    `problem`: why the photo cannot be read there now, one sentence; "" where it can. `size` and
    `mtime` are then those that the file had with the photo.
    """

    id: int
    path: str
    size: int
    mtime: float
    offline: bool
    problem: str = ""


@dataclass(frozen=True)
class Photo:
    """A photo as it is shown: what its content says, what the person said, and its files.

    `metadata` is what the file says; `rating` (0: none, else 1…5), `title` and `keywords` are what
    counts. `rotation` is how many quarter turns clockwise the person gave it; `width` and `height`
    are those of before. `added_at` is seconds since 1970. `offline`: all of its files are in
    offline folders.
    `files` lists online ones first, of those the ones that can be read, then by path: the same one
    comes first whatever was read first.
    """

    id: int
    content_hash: bytes
    byte_size: int
    format: str
    width: int
    height: int
    perceptual_hash: int | None
    metadata: Metadata
    rating: int
    favourite: bool
    rotation: int
    title: str | None
    keywords: tuple[str, ...]
    offline: bool
    added_at: float
    files: tuple[PhotoFile, ...]


# Everything a PhotoContent tells, by column of photos.
_CONTENT_COLUMNS = (
    "content_hash",
    "byte_size",
    "format",
    "width",
    "height",
    "perceptual_hash",
    "taken_at",
    "utc_offset_minutes",
    "camera",
    "lens",
    "exposure_seconds",
    "f_number",
    "focal_length_mm",
    "iso",
    "latitude",
    "longitude",
    "file_rating",
    "title",
    "keywords",
)

# Those of them that are fields of Metadata by the same name and of plain values.
_TOLD_COLUMNS = _CONTENT_COLUMNS[6:16]


def photo_with_content(c: sqlite3.Connection, content_hash: bytes) -> int | None:
    """Find the photo that has exactly this content, remembered ones too."""
    row = c.execute("SELECT id FROM photos WHERE content_hash = ?", (content_hash,)).fetchone()
    return None if row is None else int(row[0])


def has_byte_size(c: sqlite3.Connection, byte_size: int) -> bool:
    """Tell whether any photo, remembered ones too, is this large: else its content is new."""
    row = c.execute(
        "SELECT 1 FROM photos WHERE present IN (0, 1) AND byte_size = ? LIMIT 1", (byte_size,)
    ).fetchone()
    return row is not None


def store_photo(
    tx: sqlite3.Connection, key: FileKey, stat: FileStat, content: PhotoContent
) -> tuple[int, Changes]:
    """Record that the file `key` holds this content; returns the photo's id and what changed.

    - A content that is known, remembered photos included, gets one more file.
    - Else, if the file was the only one of its photo, that photo was edited: it keeps its id, and
      what the person set; its embeddings are of the old content and go.
    - Else it is a new photo. Where the file belonged to a photo that lives on elsewhere, all that
      the person said about that one, its albums and tags too, holds for this one as well.
    """
    content = as_told(tx, key, content)
    known = photo_with_content(tx, content.content_hash)
    if known is not None:
        return known, attach_file(tx, key, stat, known)
    old = file_at(tx, key)
    former = old[1] if old is not None else None
    if former is not None and _file_count(tx, former) == 1:
        values = dict(zip(_CONTENT_COLUMNS, _content_values(content), strict=True))
        _replace_content(tx, former, values)
        return former, attach_file(tx, key, stat, former)
    photo_id = _insert(tx, content, inherit_from=former)
    return photo_id, attach_file(tx, key, stat, photo_id)


def take_over(
    tx: sqlite3.Connection, key: FileKey, stat: FileStat, photo_id: int, *, since: float
) -> Changes | None:
    """Record that a file was moved over the one at `key`, as programs do that save a photo.

    They write another file first, which may have become a photo of its own: `photo_id`. Its content
    is then the new content of the photo at `key`, which keeps its id and what the person set; the
    other photo goes for good. Returns None, and does nothing, where that is not sure: where the
    other one was added before `since`, has another file or something that the person said about
    it, or where the photo at `key` has another file.
    """
    old = file_at(tx, key)
    former = old[1] if old is not None else None
    if former is None or former == photo_id or _file_count(tx, former) != 1:
        return None
    columns = ", ".join(_CONTENT_COLUMNS)
    row = tx.execute(
        f"""SELECT {columns} FROM photos WHERE id = :id AND added_at >= :since
            AND rated_by_person = 0 AND favourite = 0 AND rotation = 0
            AND person_title IS NULL AND person_keywords IS NULL
            AND NOT EXISTS (SELECT 1 FROM album_photos WHERE photo_id = :id)
            AND NOT EXISTS (SELECT 1 FROM hand_tags WHERE photo_id = :id)""",  # noqa: S608
        {"id": photo_id, "since": since},
    ).fetchone()
    if row is None or _file_count(tx, photo_id) > 1:
        return None
    tx.execute("DELETE FROM files WHERE photo_id = ?", (photo_id,))
    # Its row stays, hidden, because caches go by ids; no content leads to it any more.
    tx.execute("UPDATE photos SET content_hash = randomblob(16) WHERE id = ?", (photo_id,))
    _replace_content(tx, former, dict(zip(_CONTENT_COLUMNS, row, strict=True)))
    return Changes(removed=(photo_id,)) | attach_file(tx, key, stat, former)


def get_photo(c: sqlite3.Connection, photo_id: int) -> Photo | None:
    """One photo, or None where there is none or it is only remembered."""
    photos = get_photos(c, [photo_id])
    return photos[0] if photos else None


def get_photos(c: sqlite3.Connection, ids: Iterable[int]) -> list[Photo]:
    """Photos in the order of `ids`; those that are not there, or only remembered, are left out."""
    wanted = [int(i) for i in ids]
    listed = json_ids(wanted)
    files: dict[int, list[PhotoFile]] = {}
    for photo_id, file_id, root, offline, directory, name, size, mtime_ns, problem in c.execute(
        """SELECT f.photo_id, f.id, r.path, r.offline, d.path, f.name, f.size, f.mtime_ns, f.reason
            FROM files f
            JOIN directories d ON d.id = f.directory_id JOIN folders r ON r.id = d.folder_id
            WHERE f.photo_id IN (SELECT value FROM json_each(?)) AND f.photo_id IS NOT NULL
            ORDER BY r.offline, f.unread_size IS NOT NULL, r.path, d.path, f.name""",
        (listed,),
    ):
        path = join_path(from_stored(root), from_stored(directory), from_stored(name))
        file = PhotoFile(file_id, path, size, mtime_ns / 1e9, bool(offline), problem or "")
        files.setdefault(photo_id, []).append(file)
    photos = {
        row[0]: _photo(row, tuple(files[row[0]]))
        for row in c.execute(
            """SELECT id, content_hash, byte_size, format, width, height, perceptual_hash,
                taken_at, utc_offset_minutes, camera, lens, exposure_seconds, f_number,
                focal_length_mm, iso, latitude, longitude, file_rating, title, keywords,
                rating, favourite, rotation, person_title, person_keywords, added_at
                FROM photos WHERE id IN (SELECT value FROM json_each(?))""",
            (listed,),
        )
        if row[0] in files
    }
    return [photos[i] for i in wanted if i in photos]


def content_hashes(c: sqlite3.Connection, ids: Iterable[int]) -> dict[int, bytes]:
    """Content hash (16 bytes) of each of these photos, remembered ones too."""
    rows = c.execute(
        "SELECT id, content_hash FROM photos WHERE id IN (SELECT value FROM json_each(?))",
        (json_ids(ids),),
    )
    return dict(rows)


def known_contents(c: sqlite3.Connection, first: int) -> set[bytes]:
    """Content hashes that begin with the byte `first`, of remembered photos too."""
    rows = c.execute(
        "SELECT content_hash FROM photos WHERE content_hash BETWEEN ? AND ?",
        (bytes([first]) + bytes(15), bytes([first]) + b"\xff" * 15),
    )
    return {content_hash for (content_hash,) in rows}


def _file_count(c: sqlite3.Connection, photo_id: int) -> int:
    (count,) = c.execute("SELECT count(*) FROM files WHERE photo_id = ?", (photo_id,)).fetchone()
    return int(count)


# What the person said about a photo, by column of photos.
_PERSONS_COLUMNS = (
    "rating",
    "rated_by_person",
    "favourite",
    "rotation",
    "person_title",
    "person_keywords",
)


def _insert(tx: sqlite3.Connection, content: PhotoContent, inherit_from: int | None) -> int:
    file_rating = _rating(content.metadata)
    said: list[object] = [file_rating or 0, 0, 0, 0, None, None]
    if inherit_from is not None:
        said = list(
            tx.execute(
                f"SELECT {', '.join(_PERSONS_COLUMNS)} FROM photos WHERE id = ?",  # noqa: S608
                (inherit_from,),
            ).fetchone()
        )
        rated_by_person = said[1]
        if not rated_by_person and file_rating is not None:
            said[0] = file_rating
    columns = (*_CONTENT_COLUMNS, *_PERSONS_COLUMNS, "added_at")
    marks = ", ".join("?" * len(columns))
    made = tx.execute(
        f"INSERT INTO photos ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608
        (*_content_values(content), *said, time.time()),
    )
    photo_id = int(made.lastrowid or 0)
    if inherit_from is not None:
        tx.execute(
            """INSERT INTO album_photos (album_id, photo_id)
                SELECT album_id, ? FROM album_photos WHERE photo_id = ?""",
            (photo_id, inherit_from),
        )
        tx.execute(
            """INSERT INTO hand_tags (label_id, photo_id, fits)
                SELECT label_id, ?, fits FROM hand_tags WHERE photo_id = ?""",
            (photo_id, inherit_from),
        )
    return photo_id


def _replace_content(tx: sqlite3.Connection, photo_id: int, content: Mapping[str, object]) -> None:
    """Give a photo new content, by column, of which nothing is embedded yet."""
    values = {**content, "rating": content["file_rating"]}
    assignments = ", ".join(_ASSIGNMENTS.get(name, f"{name} = :{name}") for name in values)
    tx.execute(
        f"UPDATE photos SET {assignments} WHERE id = :id",  # noqa: S608
        {**values, "id": photo_id},
    )
    tx.execute(
        "DELETE FROM embeddings WHERE photo_id = ? AND model_id IN (SELECT id FROM models)",
        (photo_id,),
    )


# What a re-read file does not simply overwrite: a program that saves a photo may strip what was
# written in it, and the person's own rating counts more than the file's.
_ASSIGNMENTS = {
    "title": "title = coalesce(:title, title)",
    "keywords": "keywords = CASE :keywords WHEN '[]' THEN keywords ELSE :keywords END",
    "rating": """rating = CASE WHEN rated_by_person = 1 OR :rating IS NULL THEN rating
        ELSE :rating END""",
}


def _content_values(content: PhotoContent) -> tuple[object, ...]:
    """Values in the order of _CONTENT_COLUMNS, made fit for SQLite whatever a file claimed."""
    told = content.metadata
    unsigned = content.perceptual_hash
    keywords = [clean(word) for word in told.keywords]
    return (
        content.content_hash,
        content.byte_size,
        content.format,
        content.width,
        content.height,
        # SQLite's integers are signed.
        unsigned - 2**64 if unsigned is not None and unsigned >= 2**63 else unsigned,
        _text(told.taken_at),
        told.utc_offset_minutes,
        _text(told.camera),
        _text(told.lens),
        _number(told.exposure_seconds),
        _number(told.f_number),
        _number(told.focal_length_mm),
        _number(told.iso),
        _number(told.latitude),
        _number(told.longitude),
        _rating(told),
        _text(told.title),
        json.dumps(keywords, ensure_ascii=False),
    )


def _text(value: str | None) -> str | None:
    return None if value is None else clean(value)


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)


def _rating(metadata: Metadata) -> int | None:
    return None if metadata.rating is None else max(0, min(int(metadata.rating), 5))


def _photo(row: Sequence[Any], files: tuple[PhotoFile, ...]) -> Photo:
    (photo_id, content_hash, byte_size, format_name, width, height, signed, *told) = row
    (*plain, file_rating, title, words, rating, favourite, rotation, own_title, own, added) = told
    keywords = tuple(json.loads(words))
    return Photo(
        id=photo_id,
        content_hash=content_hash,
        byte_size=byte_size,
        format=format_name,
        width=width,
        height=height,
        perceptual_hash=signed if signed is None else signed % 2**64,
        metadata=Metadata(
            **dict(zip(_TOLD_COLUMNS, plain, strict=True)),
            rating=file_rating,
            title=title,
            keywords=keywords,
        ),
        rating=rating,
        favourite=bool(favourite),
        rotation=rotation,
        title=title if own_title is None else own_title or None,
        keywords=keywords if own is None else tuple(json.loads(own)),
        offline=all(file.offline for file in files),
        added_at=added,
        files=files,
    )
