"""What counts of all that a file and its sidecars say: theirs together, without what we wrote."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from core.catalog.changes import Changes
from core.catalog.files import FileKey, file_at
from core.catalog.metadata import Metadata, PhotoContent
from core.catalog.names import clean
from core.catalog.written import Written, written_of

if TYPE_CHECKING:
    import sqlite3

_PLAIN = tuple(
    field.name for field in fields(Metadata) if field.name not in {"rating", "title", "keywords"}
)


def as_told(c: sqlite3.Connection, key: FileKey | None, content: PhotoContent) -> PhotoContent:
    """The content with what counts of what the file at `key` and its sidecars say.

    A rating or title in a sidecar is a person's later word; how a photo was taken, its file knows
    best; keywords are all of theirs.
    """
    found = file_at(c, key) if key is not None else None
    ours = written_of(c, [found[0]]) if found is not None else {}
    file = content.metadata
    if found is not None:
        file = _theirs(file, ours.get((found[0], "file")))
    if content.sidecar is None:
        return replace(content, metadata=file)
    beside = content.sidecar
    if found is not None:
        beside = _theirs(beside, ours.get((found[0], "sidecar")))
    merged: dict[str, Any] = {
        name: _first(getattr(file, name), getattr(beside, name)) for name in _PLAIN
    }
    if file.latitude is None:  # a place is from one of them whole
        merged |= {"latitude": beside.latitude, "longitude": beside.longitude}
    metadata = Metadata(
        **merged,
        rating=_first(beside.rating, file.rating),
        title=beside.title or file.title,
        keywords=tuple(dict.fromkeys((*file.keywords, *beside.keywords))),
    )
    return replace(content, metadata=metadata, sidecar=None)


def store_told(
    tx: sqlite3.Connection, photo_id: int, key: FileKey, content: PhotoContent
) -> Changes:
    """Record what is said of a photo whose content is as it was, after its sidecars changed."""
    told = as_told(tx, key, content).metadata
    rating = None if told.rating is None else max(0, min(int(told.rating), 5))
    values = {name: getattr(told, name) for name in _PLAIN}
    values |= {
        "title": None if told.title is None else clean(told.title),
        "keywords": json.dumps([clean(word) for word in told.keywords], ensure_ascii=False),
        "file_rating": rating,
    }
    changed = tx.execute(
        f"""UPDATE photos SET {", ".join(f"{name} = :{name}" for name in values)},
            rating = CASE rated_by_person WHEN 1 THEN rating ELSE coalesce(:file_rating, 0) END
            WHERE id = :id AND content_hash = :hash""",  # noqa: S608 - of names in here
        {**values, "id": photo_id, "hash": content.content_hash},
    )
    return Changes(updated=(photo_id,) if changed.rowcount else ())


def _theirs(said: Metadata, ours: Written | None) -> Metadata:
    """What others say: a rating or title of ours stands for the one that was there before."""
    if ours is None:
        return said
    hidden = set(ours.hidden)
    words = tuple(word for word in said.keywords if word not in hidden)
    rating = said.rating
    if ours.rating is not None and str(rating) == ours.rating:
        before = (ours.rating_before or "", ours.beneath.get("rating", ""))
        rating = next((int(stars) for stars in before if stars.isdecimal()), None)
    title = said.title
    if title is not None and title in ours.titles.values():
        before_ours = (*map(ours.titles_before.get, ("xmp", "iptc")), ours.beneath.get("title"))
        title = next(filter(None, before_ours), None)
    return replace(said, keywords=words, rating=rating, title=title)


def _first(one: Any, other: Any) -> Any:
    return other if one is None else one
