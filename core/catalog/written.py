"""What was written of photos outside of the library: it can be taken back, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

from core.catalog.changes import json_ids
from core.catalog.files import FileStat
from core.catalog.folders import Writes
from core.catalog.names import from_stored, join_path, to_stored
from core.errors import SouvenirError

if TYPE_CHECKING:
    import sqlite3

Place = Literal["sidecar", "file"]


@dataclass(frozen=True)
class Written:
    """What of a sidecar's, or a file's, keywords, titles and rating is ours.

    `words`: ours by form, as in core.imaging.keywords. `hidden`: keywords that are read there only
    because of ours; they are no keywords of the file. `rating`: the one that we wrote, None for
    none; `rating_before`: what stood there. `created`: we made the sidecar. `titles`: ours by form
    ("xmp", "iptc"); `titles_before`: what stood there, where something did. `beneath`: the "title"
    and "rating" of places where we do not write, which are not read while ours stand before them.
    """

    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()
    rating: str | None = None
    rating_before: str | None = None
    created: bool = False
    titles: Mapping[str, str] = field(default_factory=dict)
    titles_before: Mapping[str, str] = field(default_factory=dict)
    beneath: Mapping[str, str] = field(default_factory=dict)

    def __or__(self, later: Written) -> Written:
        """What is ours of one or of the other: while it is not sure which of them is there."""
        forms = dict.fromkeys((*self.words, *later.words))
        return Written(
            {
                form: tuple(dict.fromkeys((*self.words.get(form, ()), *later.words.get(form, ()))))
                for form in forms
            },
            tuple(dict.fromkeys((*self.hidden, *later.hidden))),
            later.rating if later.rating is not None else self.rating,
            later.rating_before if later.rating is not None else self.rating_before,
            self.created or later.created,
            {**self.titles, **later.titles},
            {**self.titles_before, **later.titles_before},
            {**self.beneath, **later.beneath},
        )

    def __bool__(self) -> bool:
        ours = any(self.words.values()) or self.titles
        return bool(ours or self.rating is not None or self.created)


@dataclass(frozen=True)
class FileToWrite:
    """A present file of a photo, with what a person said of it.

    `rating`: the person's own, None where the file's counts. `title`: the person's own, "" where
    the file's counts, or none. `keywords`: the person's own.
    `file_keywords`: what file and sidecars say. `files`: how many files the photo has.
    """

    photo_id: int
    file_id: int
    path: str
    stat: FileStat
    content_hash: bytes
    format: str
    rating: int | None
    keywords: tuple[str, ...]
    file_keywords: tuple[str, ...]
    files: int
    title: str


def files_below(c: sqlite3.Connection, folder_id: int, directory: str) -> list[FileToWrite]:
    """Every file of a photo in a directory and below it, by path; "" for the whole folder."""
    path = to_stored(directory)
    low, high = (path + "/", path + "0") if path else ("", "\U0010ffff")
    rows = c.execute(
        """SELECT p.id, f.id, r.path, d.path, f.name, f.size, f.mtime_ns, f.inode, p.content_hash,
                p.format, CASE p.rated_by_person WHEN 1 THEN p.rating END,
                coalesce(p.person_keywords, '[]'), p.keywords,
                (SELECT count(*) FROM files WHERE photo_id = p.id), coalesce(p.person_title, '')
            FROM directories d CROSS JOIN files f ON f.directory_id = d.id
            JOIN photos p ON p.id = f.photo_id JOIN folders r ON r.id = d.folder_id
            WHERE d.folder_id = ? AND (d.path = ? OR (d.path >= ? AND d.path < ?))
            ORDER BY d.path, f.sort_key, f.name""",
        (folder_id, path, low, high),
    )
    return [
        FileToWrite(
            photo_id=row[0],
            file_id=row[1],
            path=join_path(from_stored(row[2]), from_stored(row[3]), from_stored(row[4])),
            stat=FileStat(*row[5:8]),
            content_hash=row[8],
            format=row[9],
            rating=row[10],
            keywords=tuple(json.loads(row[11])),
            file_keywords=tuple(json.loads(row[12])),
            files=row[13],
            title=row[14],
        )
        for row in rows
    ]


def set_writes(tx: sqlite3.Connection, folder_id: int, writes: Writes) -> None:
    """Choose whether tags of a folder's photos are written, and where."""
    if writes not in get_args(Writes):
        raise SouvenirError(f'"{writes}" is no place to write tags: choose off, sidecar or file.')
    tx.execute("UPDATE folders SET writes = ? WHERE id = ?", (writes, folder_id))


def written_of(c: sqlite3.Connection, file_ids: Iterable[int]) -> dict[tuple[int, Place], Written]:
    """What was written of these files, by file id and place."""
    rows = c.execute(
        """SELECT file_id, place, content FROM written
            WHERE file_id IN (SELECT value FROM json_each(?))""",
        (json_ids(file_ids),),
    )
    return {(file_id, place): _read(content) for file_id, place, content in rows}


def put_written(tx: sqlite3.Connection, file_id: int, place: Place, what: Written) -> None:
    """Remember what was written; nothing is forgotten."""
    if what:
        tx.execute(
            "INSERT OR REPLACE INTO written (file_id, place, content) VALUES (?, ?, ?)",
            (file_id, place, _stored(what)),
        )
    else:
        tx.execute("DELETE FROM written WHERE file_id = ? AND place = ?", (file_id, place))


def content_rewritten(
    tx: sqlite3.Connection, each: FileToWrite, stat: FileStat, content_hash: bytes
) -> bool:
    """Record that we wrote into a photo's only file: its picture, so its embedding, is the same.

    Tells whether it could be: the catalogue must know the photo and the file as `each` has them.
    """
    if tx.execute("SELECT 1 FROM photos WHERE content_hash = ?", (content_hash,)).fetchone():
        return False
    photo = tx.execute(
        """UPDATE photos SET content_hash = ?, byte_size = ? WHERE id = ? AND content_hash = ?
            AND (SELECT count(*) FROM files WHERE photo_id = photos.id) = 1""",
        (content_hash, stat.size, each.photo_id, each.content_hash),
    )
    file = tx.execute(
        """UPDATE files SET size = ?, mtime_ns = ?, inode = ?
            WHERE id = ? AND photo_id = ? AND size = ? AND mtime_ns = ?""",
        (
            stat.size,
            stat.mtime_ns,
            stat.inode,
            each.file_id,
            each.photo_id,
            each.stat.size,
            each.stat.mtime_ns,
        ),
    )
    return photo.rowcount == 1 and file.rowcount == 1


def _stored(what: Written) -> str:
    content = {
        "words": {form: list(words) for form, words in what.words.items() if words},
        "hidden": list(what.hidden),
        "rating": what.rating,
        "rating_before": what.rating_before,
        "created": what.created,
        "titles": dict(what.titles),
        "titles_before": dict(what.titles_before),
        "beneath": dict(what.beneath),
    }
    return json.dumps(content)


def _read(content: str) -> Written:
    known = json.loads(content)
    return Written(
        {form: tuple(words) for form, words in known["words"].items()},
        tuple(known["hidden"]),
        known["rating"],
        known["rating_before"],
        known["created"],
        known.get("titles", {}),  # earlier versions wrote no titles
        known.get("titles_before", {}),
        known.get("beneath", {}),
    )
