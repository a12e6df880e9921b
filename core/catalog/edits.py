"""Edits: every change that a person makes to the library, as a value that can be taken back.

Applying one returns its inverse, which is an edit again and restores exactly what was before: ids
of albums too, and whether a rating was the person's or the file's.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.catalog import albums, searches
from core.catalog.changes import Changes, json_ids
from core.catalog.label_edits import LabelEdit, edit_labels
from core.catalog.names import clean, fold

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True)
class SetRating:
    """Rate photos, by id: 0 (none) to 5. From now on what their files say does not count.

    It does go on counting for those in `of_file`: theirs is set back to a rating of the file.
    """

    values: Mapping[int, int]
    of_file: frozenset[int] = frozenset()


@dataclass(frozen=True)
class SetFavourite:
    """Mark photos as favourites, or not, by id."""

    values: Mapping[int, bool]


@dataclass(frozen=True)
class SetTitle:
    """Give photos a title, by id; "" for no title at all, None for what the file says."""

    values: Mapping[int, str | None]


@dataclass(frozen=True)
class SetKeywords:
    """Give photos these keywords in place of any, by id; None for what the file says."""

    values: Mapping[int, tuple[str, ...] | None]


@dataclass(frozen=True)
class SetRotation:
    """Turn photos, by id, so many quarters (0 to 3) clockwise from how their files show them."""

    values: Mapping[int, int]


@dataclass(frozen=True)
class CreateAlbum:
    """Make an album; its inverse, DeleteAlbum, tells its id. `id`: that of one brought back."""

    name: str
    photo_ids: tuple[int, ...] = ()
    id: int | None = None


@dataclass(frozen=True)
class RenameAlbum:
    """Give an album another name."""

    id: int
    name: str


@dataclass(frozen=True)
class DeleteAlbum:
    """Delete an album; its photos stay."""

    id: int


@dataclass(frozen=True)
class AddToAlbum:
    """Put photos into an album."""

    id: int
    photo_ids: tuple[int, ...]


@dataclass(frozen=True)
class RemoveFromAlbum:
    """Take photos out of an album."""

    id: int
    photo_ids: tuple[int, ...]


@dataclass(frozen=True)
class SaveSearch:
    """Keep a query under a name; its inverse, RemoveSearch, tells its id."""

    name: str
    query: str
    id: int | None = None


@dataclass(frozen=True)
class RenameSearch:
    """Give a saved search another name."""

    id: int
    name: str


@dataclass(frozen=True)
class ChangeSearch:
    """Give a saved search another query."""

    id: int
    query: str


@dataclass(frozen=True)
class RemoveSearch:
    """Forget a saved search."""

    id: int


PhotoEdit = SetRating | SetFavourite | SetTitle | SetKeywords | SetRotation
AlbumEdit = CreateAlbum | RenameAlbum | DeleteAlbum | AddToAlbum | RemoveFromAlbum
SearchEdit = SaveSearch | RenameSearch | ChangeSearch | RemoveSearch
Edit = PhotoEdit | AlbumEdit | SearchEdit | LabelEdit


def apply_edit(tx: sqlite3.Connection, edit: Edit) -> tuple[Edit, Changes]:
    """Make a change; returns its inverse, and which photos look different now.

    Photos that are gone are passed over. Raises SouvenirError for a name that cannot be used and
    for an album, search or label that is gone, ValueError for values that no photo can have.
    """
    match edit:
        case SetRating() | SetFavourite() | SetTitle() | SetKeywords() | SetRotation():
            return _edit_photos(tx, edit)
        case CreateAlbum() | RenameAlbum() | DeleteAlbum() | AddToAlbum() | RemoveFromAlbum():
            return _edit_albums(tx, edit), Changes()
        case SaveSearch() | RenameSearch() | ChangeSearch() | RemoveSearch():
            return _edit_searches(tx, edit), Changes()
        case _:
            return edit_labels(tx, edit), Changes()


def _edit_photos(tx: sqlite3.Connection, edit: PhotoEdit) -> tuple[PhotoEdit, Changes]:
    match edit:
        case SetRating(values, of_file):
            if not all(0 <= rating <= 5 for rating in values.values()):
                raise ValueError("a rating is 0 to 5")
            new = {i: (int(rating), int(i not in of_file)) for i, rating in values.items()}
            old, changes = _set(tx, ("rating", "rated_by_person"), new)
            by_file = frozenset(i for i, (_, by_person) in old.items() if not by_person)
            return SetRating({i: rating for i, (rating, _) in old.items()}, by_file), changes
        case SetFavourite(values):
            marks = {i: (int(bool(favourite)),) for i, favourite in values.items()}
            old, changes = _set(tx, ("favourite",), marks)
            return SetFavourite({i: bool(mark) for i, (mark,) in old.items()}), changes
        case SetTitle(values):
            titles = {i: (None if text is None else _line(text),) for i, text in values.items()}
            old, changes = _set(tx, ("person_title",), titles)
            return SetTitle({i: title for i, (title,) in old.items()}), changes
        case SetKeywords(values):
            # Of a hundred thousand photos most have the same few lists: each is written once.
            written = {words: (_written(words),) for words in set(values.values())}
            old, changes = _set(
                tx, ("person_keywords",), {i: written[words] for i, words in values.items()}
            )
            read = {text: _read(text) for (text,) in set(old.values())}
            return SetKeywords({i: read[text] for i, (text,) in old.items()}), changes
        case SetRotation(values):
            if not all(0 <= turns <= 3 for turns in values.values()):
                raise ValueError("a rotation is 0 to 3 quarter turns")
            quarters = {i: (int(turns),) for i, turns in values.items()}
            old, changes = _set(tx, ("rotation",), quarters)
            return SetRotation({i: turns for i, (turns,) in old.items()}), changes


def _set(
    tx: sqlite3.Connection, columns: tuple[str, ...], new: Mapping[int, tuple[Any, ...]]
) -> tuple[dict[int, tuple[Any, ...]], Changes]:
    """Set columns of photos; returns what those that changed held before."""
    old: dict[int, tuple[Any, ...]] = {}
    shown: list[int] = []
    for photo_id, present, *held in tx.execute(
        f"""SELECT id, present, {", ".join(columns)} FROM photos
            WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id""",  # noqa: S608
        (json_ids(new),),
    ):
        before = tuple(held)
        if before != new[photo_id]:
            old[photo_id] = before
            if present:
                shown.append(photo_id)
    assignments = ", ".join(f"{column} = ?" for column in columns)
    tx.executemany(
        f"UPDATE photos SET {assignments} WHERE id = ?",  # noqa: S608
        ((*new[photo_id], photo_id) for photo_id in old),
    )
    return old, Changes(updated=tuple(shown))


def _edit_albums(tx: sqlite3.Connection, edit: AlbumEdit) -> AlbumEdit:
    match edit:
        case CreateAlbum(name, photo_ids, album_id):
            return DeleteAlbum(albums.create_album(tx, name, photo_ids, album_id))
        case RenameAlbum(album_id, name):
            return RenameAlbum(album_id, albums.rename_album(tx, album_id, name))
        case DeleteAlbum(album_id):
            name, members = albums.delete_album(tx, album_id)
            return CreateAlbum(name, members, album_id)
        case AddToAlbum(album_id, photo_ids):
            return RemoveFromAlbum(album_id, albums.add_to_album(tx, album_id, photo_ids))
        case RemoveFromAlbum(album_id, photo_ids):
            return AddToAlbum(album_id, albums.remove_from_album(tx, album_id, photo_ids))


def _edit_searches(tx: sqlite3.Connection, edit: SearchEdit) -> SearchEdit:
    match edit:
        case SaveSearch(name, query, search_id):
            return RemoveSearch(searches.save_search(tx, name, query, search_id))
        case RenameSearch(search_id, name):
            return RenameSearch(search_id, searches.rename_search(tx, search_id, name))
        case ChangeSearch(search_id, query):
            return ChangeSearch(search_id, searches.change_search(tx, search_id, query))
        case RemoveSearch(search_id):
            gone = searches.remove_search(tx, search_id)
            return SaveSearch(gone.name, gone.query, gone.id)


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _read(text: str | None) -> tuple[str, ...] | None:
    return None if text is None else tuple(json.loads(text))


def _written(words: Iterable[str] | None) -> str | None:
    """Keywords as they are kept: one line each, none empty, none twice; None stays None."""
    if words is None:
        return None
    kept: dict[str, str] = {}
    for word in map(_line, words):
        kept.setdefault(fold(word), word)
    return json.dumps([word for folded, word in kept.items() if folded], ensure_ascii=False)
