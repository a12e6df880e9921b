"""Which photos pass filters: each filter as SQL, and how their answers are put together."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from core.catalog.embeddings import embedded_ids
from core.catalog.filters import (
    AddedSince,
    AlbumFilter,
    AnyFilter,
    CameraFilter,
    DateFilter,
    DirectoryFilter,
    Filter,
    FolderFilter,
    HasGpsFilter,
    IsFavouriteFilter,
    IsOfflineFilter,
    KeywordFilter,
    LabelFilter,
    LensFilter,
    NameFilter,
    NameStartFilter,
    NotFilter,
    PhotosFilter,
    RatingFilter,
    SizeFilter,
    TypeFilter,
)
from core.catalog.labels import list_labels
from core.catalog.names import fold, from_stored, relative_path, to_stored
from core.catalog.tags import between, carrying
from core.catalog.values import distinct_values, keywords

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from numpy.typing import NDArray

# SQL and the values for its question marks.
_Sql = tuple[str, list[object]]

_LONGEST_NAME = 1024  # characters; no file system allows as many


def matching_ids(
    c: sqlite3.Connection, filters: Sequence[Filter], *, model: int | None = None
) -> NDArray[np.int64] | None:
    """Present photos that pass every filter: int64 (n,), sorted, unique; None without a filter.

    With `model` (an id), only photos that have an embedding under it.
    """
    return passing_ids(c, filters, model=model) if filters or model is not None else None


def passing_ids(
    c: sqlite3.Connection, filters: Sequence[Filter], *, model: int | None = None
) -> NDArray[np.int64]:
    """As matching_ids, and all present photos without a filter: int64 (n,), sorted, unique."""
    conditions: list[_Sql] = []
    sets: list[NDArray[np.int64]] = [] if model is None else [embedded_ids(c, model)]
    unwanted: list[NDArray[np.int64]] = []
    for each in filters:
        if isinstance(each, NotFilter):
            unwanted.append(passing_ids(c, [each.filter]))
        elif isinstance(each, AnyFilter):
            sets.append(_any(c, each.filters))
        elif (condition := _about_photo(c, each)) is not None:
            conditions.append(condition)
        else:
            sets.append(_as_set(c, each))
    if conditions or not sets:
        passes = " AND ".join(["present = 1", *(sql for sql, _ in conditions)])
        values = [value for _, some in conditions for value in some]
        sets.append(_ids(c, (f"SELECT id FROM photos WHERE {passes}", values)))  # noqa: S608
    # Sets are combined here rather than in SQL, which would look up every photo of each one.
    found, *others = sorted(sets, key=len)
    for ids in others:
        found = found[np.isin(found, ids, assume_unique=True)]
    for ids in unwanted:
        found = found[np.isin(found, ids, assume_unique=True, invert=True)]
    return found


def ids_from(c: sqlite3.Connection, query: str, values: Sequence[object] = ()) -> NDArray[np.int64]:
    """The integers, none of them NULL, of a query for one column, in its order: int64 (n,)."""
    # SQLite keeps the order of a subquery for group_concat, and works while other threads run.
    joined = f"WITH listed (i) AS ({query}) SELECT group_concat(i) FROM listed"  # noqa: S608
    (text,) = c.execute(joined, values).fetchone()
    return np.fromstring(text or "", np.int64, sep=",")


def _ids(c: sqlite3.Connection, query: _Sql) -> NDArray[np.int64]:
    return _each_once(ids_from(c, *query))


def _each_once(ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sort them. Not np.unique, which hashes: that is much slower."""
    found = np.sort(ids, kind="stable")  # quickest where sorted parts stand in a row
    first = np.ones(len(found), np.bool_)
    first[1:] = found[1:] != found[:-1]
    return found[first]


def _about_photo(c: sqlite3.Connection, of: Filter) -> _Sql | None:
    """Give the condition on a row of photos that a filter means, None if other tables tell."""
    condition: _Sql | None = None
    match of:
        case TypeFilter(text):
            formats = _formats(c, text)
            condition = _one_of("format", formats) if formats else None
        case CameraFilter(text):
            condition = _one_of("camera", _holding(c, "camera", text))
        case LensFilter(text):
            condition = _one_of("lens", _holding(c, "lens", text))
        case DateFilter(start, end):
            condition = _between("shown_at", start, end, "<")
        case RatingFilter(low, high):
            condition = _between("rating", low, high, "<=")
        case SizeFilter(low, high, unit):
            condition = _between("byte_size" if unit == "bytes" else "pixels", low, high, "<=")
        case HasGpsFilter():
            condition = "latitude IS NOT NULL AND longitude IS NOT NULL", []
        case IsFavouriteFilter():
            condition = "favourite = 1", []
        case AddedSince(seconds):
            condition = "added_at >= ?", [seconds]
    return condition


def _as_set(c: sqlite3.Connection, of: Filter) -> NDArray[np.int64]:
    """Present photos that pass a filter about more than a row of photos."""
    match of:
        case AlbumFilter(album_id):
            return _present(c, "album_photos", "album_id", [album_id])
        case PhotosFilter(ids):
            return _without_hidden(c, ids)
        case KeywordFilter(text):
            return _present(c, "photo_keywords", "word", called(keywords(c), text))
        case LabelFilter():
            return _labelled(c, of)
        case FolderFilter(text):
            query = _in_folder(c, text)
        case DirectoryFilter(path):
            query = _in_directories(_below(c, path))
        case NameStartFilter(text):
            holding, values = _named(text)
            start = to_stored(fold(text))
            query = f"{holding} AND substr(folded, 1, ?) = ?", [*values, len(start), start]
        case NameFilter(text):
            query = _named(text)
        case TypeFilter(text):
            # No format is called so ("nef" where all camera RAW is one): then the suffix tells.
            suffix = "." + to_stored(fold(text)).lstrip(".")
            query = f"{_SCAN} AND substr(folded, ?) = ?", [-len(suffix), suffix]
        case IsOfflineFilter():
            offline = _ids(c, (_IN_FOLDERS, [1]))
            online = _ids(c, (_IN_FOLDERS, [0])) if len(offline) else offline
            return np.setdiff1d(offline, online, assume_unique=True)
        case _:
            raise TypeError(f"no filter: {of!r}")
    sql, values = query
    return _ids(c, (f"SELECT photo_id FROM files WHERE {sql}", values))  # noqa: S608


def _any(c: sqlite3.Connection, filters: Sequence[Filter]) -> NDArray[np.int64]:
    """Present photos that pass one of these at least."""
    found = [passing_ids(c, [each]) for each in filters]
    if len(found) == 1:
        return found[0]
    return _each_once(np.concatenate([np.empty(0, np.int64), *found]))


def called(names: Sequence[str], text: str) -> list[str]:
    """Those of these names that are `text`, else those that hold it; case does not matter."""
    wanted = fold(text)
    return [name for name in names if fold(name) == wanted] or [
        name for name in names if wanted in fold(name)
    ]


def _present(
    c: sqlite3.Connection, table: str, column: str, values: Sequence[object]
) -> NDArray[np.int64]:
    """Present photos that a table, which has remembered ones too, gives one of these values."""
    listed = "SELECT value FROM json_each(?)"
    query = f"SELECT photo_id FROM {table} WHERE {column} IN ({listed})"  # noqa: S608
    return _without_hidden(c, _ids(c, (query, [json.dumps(values)])))


def _labelled(c: sqlite3.Connection, of: LabelFilter) -> NDArray[np.int64]:
    """Present photos with any of the labels that are called so."""
    labels = {label.name: label for label in list_labels(c)}
    found = [np.empty(0, np.int64)]
    for name in called(list(labels), of.text):
        if of.low is None and of.high is None:
            found.append(carrying(c, labels[name]))
        else:
            low, high = (of.low or 0.0, 1.0 if of.high is None else of.high)
            found.append(between(c, labels[name], low, high))
    return _without_hidden(c, _each_once(np.concatenate(found)))


def _without_hidden(c: sqlite3.Connection, ids: NDArray[np.int64]) -> NDArray[np.int64]:
    hidden = _ids(c, ("SELECT id FROM photos WHERE present = 0", []))
    return np.setdiff1d(ids, hidden, assume_unique=True)


# CROSS JOIN is SQLite's word for joining in this order: from the few to the many.
_IN_FOLDERS = """SELECT f.photo_id FROM folders r CROSS JOIN directories d ON d.folder_id = r.id
    CROSS JOIN files f ON f.directory_id = d.id WHERE r.offline = ? AND f.photo_id IS NOT NULL"""
# Where every file is looked at: asking for photo_id instead would walk an index in random order.
_SCAN = "state = 'indexed'"


def _between(column: str, low: object, high: object, below: str) -> _Sql:
    parts = [f"{column} >= ?"] * (low is not None) + [f"{column} {below} ?"] * (high is not None)
    return " AND ".join(parts) or "1", [value for value in (low, high) if value is not None]


def _one_of(column: str, values: list[str]) -> _Sql:
    return f"{column} IN (SELECT value FROM json_each(?))", [json.dumps(values)]  # noqa: S608


def _named(text: str) -> _Sql:
    wanted = to_stored(fold(text))
    if len(wanted) > _LONGEST_NAME:
        return "0", []
    if len(wanted) < 3:
        # Trigrams know nothing shorter than three characters.
        return f"{_SCAN} AND instr(folded, ?) > 0", [wanted]
    phrase = '"' + wanted.replace('"', '""') + '"'
    hits = "SELECT rowid FROM file_names WHERE file_names MATCH ?"
    return f"{_SCAN} AND id IN ({hits})", [phrase]


def _in_folder(c: sqlite3.Connection, text: str) -> _Sql:
    absolute = Path(text).is_absolute()
    wanted = to_stored(fold(os.path.normpath(text) if absolute else text)).replace(os.sep, "/")
    wanted = wanted.rstrip("/") + "/" if absolute else wanted.strip("/")
    found: list[int] = []
    for directory_id, root, root_name, directory in c.execute(
        """SELECT d.id, r.path, r.folded, d.folded
            FROM directories d JOIN folders r ON r.id = d.folder_id"""
    ):
        if absolute:
            above = to_stored(fold(from_stored(root))).replace(os.sep, "/").rstrip("/")
            matches = f"{above}/{directory}/".startswith(wanted)
        else:
            matches = wanted in f"{root_name}/{directory}"
        if matches:
            found.append(directory_id)
    return _in_directories(found)


def _below(c: sqlite3.Connection, path: str) -> list[int]:
    """Ids of the directory at this absolute path and of all below it, in any watched folder."""
    wanted = os.path.normpath(path)
    found: list[int] = []
    for folder_id, stored in c.execute("SELECT id, path FROM folders").fetchall():
        root = from_stored(stored)
        inside = relative_path(wanted, root)
        if inside is None and relative_path(root, wanted) is None:
            continue
        top = to_stored(inside or "")  # "" where the watched folder itself is below
        # Everything below "a/b" sorts from "a/b/" up to "a/b0", the character after "/".
        low, high = (top + "/", top + "0") if top else ("", "\U0010ffff")
        rows = c.execute(
            """SELECT id FROM directories
                WHERE folder_id = ? AND (path = ? OR (path >= ? AND path < ?))""",
            (folder_id, top, low, high),
        )
        found.extend(directory_id for (directory_id,) in rows)
    return found


def _in_directories(ids: list[int]) -> _Sql:
    condition = "photo_id IS NOT NULL AND directory_id IN (SELECT value FROM json_each(?))"
    return condition, [json.dumps(ids)]


# Names and suffixes of one format, as _squeezed writes them.
_SAME_FORMAT = tuple(
    frozenset(words.split())
    for words in (
        "jpeg jpg jpe jif jfif mpo",
        "heic heif hif heics heifs",
        "jp2 jpeg2000 j2k j2c jpc jpf jpx",
        "jxl jpegxl",
        "tiff tif",
        "png apng",
        "avif avifs",
        "bmp dib",
        "pnm pbm pgm ppm pfm",
    )
)


def _formats(c: sqlite3.Connection, text: str) -> list[str]:
    word = _squeezed(text)
    wanted = next((words for words in _SAME_FORMAT if word in words), frozenset((word,)))
    return [name for name in distinct_values(c, "type") if _squeezed(name) in wanted]


def _squeezed(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalnum())


def _holding(c: sqlite3.Connection, what: Literal["camera", "lens"], text: str) -> list[str]:
    wanted = fold(text)
    return [value for value in distinct_values(c, what) if wanted in fold(value)]
