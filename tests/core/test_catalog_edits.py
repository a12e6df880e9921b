"""Edits: what a person changes, that its inverse restores it exactly, and that it lasts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.catalog.albums import Album, album_members, list_albums
from core.catalog.catalogue import Catalogue
from core.catalog.changes import Changes
from core.catalog.check import check_catalogue
from core.catalog.edits import (
    AddToAlbum,
    CreateAlbum,
    DeleteAlbum,
    Edit,
    RemoveFromAlbum,
    RemoveSearch,
    RenameAlbum,
    RenameSearch,
    SaveSearch,
    SetFavourite,
    SetKeywords,
    SetRating,
    SetRotation,
    SetTitle,
    apply_edit,
)
from core.catalog.files import FileKey, FileStat
from core.catalog.filters import Filter, KeywordFilter
from core.catalog.folders import add_folder, remove_folder
from core.catalog.listing import listing_of
from core.catalog.matching import matching_ids
from core.catalog.metadata import Metadata, PhotoContent
from core.catalog.photos import Photo, get_photo, store_photo
from core.catalog.searches import SavedSearch, list_searches
from core.errors import SouvenirError


@pytest.fixture
def tx(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A transaction on a new catalogue, found sound at its end."""
    with Catalogue(tmp_path / "c.sqlite") as catalogue, catalogue.transaction() as tx:
        yield tx
        assert check_catalogue(tx) == []


def store(tx: sqlite3.Connection, name: str, shows: str = "", **told: object) -> int:
    """The id of the photo in the file `name`, which shows what its name says unless told."""
    folder = add_folder(tx, "/photos")
    content = PhotoContent(
        (shows or name).encode().ljust(16, b"."),
        9,
        "JPEG",
        40,
        30,
        metadata=Metadata(**told),  # type: ignore[arg-type]
    )
    return store_photo(tx, FileKey(folder.id, "", name), FileStat(9, 10**18, 0), content)[0]


def shown(tx: sqlite3.Connection, photo_id: int) -> Photo:
    photo = get_photo(tx, photo_id)
    assert photo is not None
    return photo


def everything(tx: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    """All that the tables of photos, albums and searches hold."""
    tables = ("photos", "albums", "album_photos", "searches", "photo_keywords")
    return [tx.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables]


def found(tx: sqlite3.Connection, *filters: Filter) -> list[int]:
    ids = matching_ids(tx, filters)
    assert ids is not None
    return [int(photo_id) for photo_id in ids]


@pytest.mark.parametrize(
    "edit",
    [
        SetRating({1: 5, 2: 0, 3: 1}),
        SetFavourite({1: True, 2: False}),
        SetTitle({1: "A", 2: "", 3: None}),
        SetKeywords({1: ("b", "c"), 2: (), 3: None}),
        SetRotation({1: 3, 2: 0}),
        CreateAlbum("Lakes", (1, 3)),
        RenameAlbum(1, "Other"),
        RenameAlbum(1, "FIRST"),
        DeleteAlbum(1),
        AddToAlbum(1, (1, 2, 3)),
        RemoveFromAlbum(1, (1, 2)),
        SaveSearch("Dusk", "lake at dusk"),
        RenameSearch(1, "Other"),
        RemoveSearch(1),
    ],
    ids=lambda edit: type(edit).__name__,
)
def test_the_inverse_restores_exactly_and_its_inverse_makes_it_again(
    tx: sqlite3.Connection, edit: Edit
) -> None:
    store(tx, "a.jpg", rating=4, title="See", keywords=("x", "y"))
    store(tx, "b.jpg")
    store(tx, "c.jpg")
    for earlier in (
        SetRating({3: 2}),
        SetTitle({3: "C"}),
        SetKeywords({3: ("old",)}),
        SetRotation({2: 1}),
        CreateAlbum("First", (2,)),
        SaveSearch("One", "date:2021 lake"),
    ):
        apply_edit(tx, earlier)
    before = everything(tx)
    undo, _ = apply_edit(tx, edit)
    after = everything(tx)
    assert after != before
    redo, _ = apply_edit(tx, undo)
    assert everything(tx) == before
    apply_edit(tx, redo)
    assert everything(tx) == after


def test_an_edit_says_which_photos_look_different(tx: sqlite3.Connection) -> None:
    first, second = store(tx, "a.jpg"), store(tx, "b.jpg")
    gone = store(tx, "c.jpg")
    store(tx, "c.jpg", shows="other")  # edited: it keeps its id
    values = dict.fromkeys((first, second, gone, 999), 3)
    undo, changes = apply_edit(tx, SetRating(values))
    assert changes == Changes(updated=(first, second, gone))
    assert isinstance(undo, SetRating)
    assert undo.values == dict.fromkeys((first, second, gone), 0)
    assert apply_edit(tx, SetRating(values)) == (SetRating({}), Changes())
    numbers = np.array([first, second])
    assert apply_edit(tx, SetFavourite(dict.fromkeys(numbers, True)))[1].updated == (first, second)


def test_values_that_no_photo_can_have_are_bugs(tx: sqlite3.Connection) -> None:
    with pytest.raises(ValueError, match="0 to 5"):
        apply_edit(tx, SetRating({1: 6}))
    with pytest.raises(ValueError, match="quarter turns"):
        apply_edit(tx, SetRotation({1: 4}))


def test_taking_a_rating_back_lets_the_file_speak_again(tx: sqlite3.Connection) -> None:
    photo_id = store(tx, "a.jpg", rating=2)
    undo, _ = apply_edit(tx, SetRating({photo_id: 5}))
    store(tx, "a.jpg", shows="edited", rating=3)
    assert shown(tx, photo_id).rating == 5
    apply_edit(tx, undo)
    store(tx, "a.jpg", shows="edited again", rating=4)
    assert shown(tx, photo_id).rating == 4


def test_what_the_person_said_survives_an_edit_of_the_file(tx: sqlite3.Connection) -> None:
    photo_id = store(tx, "a.jpg", title="Of the file", keywords=("file",))
    apply_edit(tx, SetTitle({photo_id: "  Mine\nnow "}))
    apply_edit(tx, SetKeywords({photo_id: ("Lake", " lake", "", "sea")}))
    apply_edit(tx, SetRotation({photo_id: 1}))
    assert store(tx, "a.jpg", shows="edited", title="New", keywords=("new",)) == photo_id
    photo = shown(tx, photo_id)
    assert (photo.title, photo.keywords, photo.rotation) == ("Mine now", ("Lake", "sea"), 1)
    assert (photo.metadata.title, photo.metadata.keywords) == ("New", ("new",))
    apply_edit(tx, SetTitle({photo_id: None}))
    apply_edit(tx, SetKeywords({photo_id: None}))
    photo = shown(tx, photo_id)
    assert (photo.title, photo.keywords) == ("New", ("new",))
    apply_edit(tx, SetTitle({photo_id: ""}))
    assert shown(tx, photo_id).title is None


def test_an_edited_copy_is_a_photo_of_which_all_the_same_is_said(tx: sqlite3.Connection) -> None:
    first = store(tx, "a.jpg", shows="lake")
    assert store(tx, "b.jpg", shows="lake") == first
    apply_edit(tx, SetTitle({first: "Mine"}))
    apply_edit(tx, SetKeywords({first: ("sea",)}))
    apply_edit(tx, SetRotation({first: 3}))
    apply_edit(tx, CreateAlbum("Lakes", (first,)))
    copy = store(tx, "b.jpg", shows="lake in grey")
    assert copy != first
    photo = shown(tx, copy)
    assert (photo.title, photo.keywords, photo.rotation) == ("Mine", ("sea",), 3)
    assert list_albums(tx) == [Album(1, "Lakes", 2)]


def test_a_photo_is_found_by_the_keywords_that_count(tx: sqlite3.Connection) -> None:
    first = store(tx, "a.jpg", keywords=("lake", "子ども"))
    second = store(tx, "b.jpg", keywords=("lakeside",))
    assert found(tx, KeywordFilter("LAKE")) == [first]  # the very word counts, where there is one
    assert found(tx, KeywordFilter("lak")) == [first, second]
    assert found(tx, KeywordFilter("子ども")) == [first]
    undo, _ = apply_edit(tx, SetKeywords({first: ("sea",)}))
    assert found(tx, KeywordFilter("lake")) == [second]
    assert found(tx, KeywordFilter("sea")) == [first]
    apply_edit(tx, undo)
    assert found(tx, KeywordFilter("sea")) == []


def test_turning_a_photo_turns_its_shape(tx: sqlite3.Connection) -> None:
    photo_id = store(tx, "a.jpg")
    aspects = []
    for turns in range(4):
        apply_edit(tx, SetRotation({photo_id: turns}))
        aspects.append(round(float(listing_of(tx, [photo_id]).aspects[0]), 2))
    assert aspects == [1.33, 0.75, 1.33, 0.75]


# --- albums --------------------------------------------------------------------------------------


def test_an_album_keeps_photos_whose_folder_is_removed(tx: sqlite3.Connection) -> None:
    stays, goes = store(tx, "a.jpg", shows="a"), store(tx, "b.jpg", shows="b")
    folder = add_folder(tx, "/photos")
    made, _ = apply_edit(tx, CreateAlbum("Lakes", (stays, goes, 999)))
    assert made == DeleteAlbum(1)
    assert list_albums(tx) == [Album(1, "Lakes", 2)]
    remove_folder(tx, folder.id)
    assert list_albums(tx) == [Album(1, "Lakes", 0)]
    assert album_members(tx, 1) == (stays, goes)
    undo, _ = apply_edit(tx, DeleteAlbum(1))
    apply_edit(tx, undo)
    store(tx, "again.jpg", shows="b")
    assert list_albums(tx) == [Album(1, "Lakes", 1)]


def test_the_same_content_in_two_files_counts_once(tx: sqlite3.Connection) -> None:
    photo_id = store(tx, "a.jpg", shows="lake")
    store(tx, "b.jpg", shows="lake")
    apply_edit(tx, CreateAlbum("Lakes", (photo_id, photo_id)))
    assert apply_edit(tx, AddToAlbum(1, (photo_id,)))[0] == RemoveFromAlbum(1, ())
    assert list_albums(tx) == [Album(1, "Lakes", 1)]


def test_the_id_of_a_deleted_album_is_not_given_to_another(tx: sqlite3.Connection) -> None:
    apply_edit(tx, CreateAlbum("Lakes"))
    undo, _ = apply_edit(tx, DeleteAlbum(1))
    assert apply_edit(tx, CreateAlbum("Seas"))[0] == DeleteAlbum(2)
    apply_edit(tx, undo)
    assert [album.id for album in list_albums(tx)] == [1, 2]


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (CreateAlbum(" LAKES\t"), 'An album called "Lakes" is there already'),
        (CreateAlbum(" \n"), "An album needs a name"),
        (CreateAlbum("x" * 201), "may have 200 characters"),
        (RenameAlbum(2, "lakes"), 'An album called "Lakes" is there already'),
        (RenameAlbum(9, "New"), "This album is not there any more"),
        (AddToAlbum(9, (1,)), "This album is not there any more"),
        (RemoveFromAlbum(9, (1,)), "This album is not there any more"),
        (DeleteAlbum(9), "This album is not there any more"),
        (SaveSearch("one", "x"), 'A saved search called "One" is there already'),
        (SaveSearch("", "x"), "A saved search needs a name"),
        (RenameSearch(9, "New"), "This saved search is not there any more"),
        (RemoveSearch(9), "This saved search is not there any more"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    tmp_path: Path, edit: Edit, sentence: str
) -> None:
    with Catalogue(tmp_path / "c.sqlite") as catalogue:
        with catalogue.transaction() as tx:
            for earlier in (CreateAlbum("Lakes"), CreateAlbum("Seas"), SaveSearch("One", "1")):
                apply_edit(tx, earlier)
            before = everything(tx)
        with pytest.raises(SouvenirError, match=sentence), catalogue.transaction() as tx:
            apply_edit(tx, edit)
        with catalogue.reader() as c:
            assert everything(c) == before


def test_saved_searches_are_kept_as_they_were_typed(tx: sqlite3.Connection) -> None:
    query = 'lake  "at dusk" -rating:<3 子ども'
    assert apply_edit(tx, SaveSearch("Dusk", query))[0] == RemoveSearch(1)
    apply_edit(tx, SaveSearch("äpfel", "apples"))
    assert list_searches(tx) == [SavedSearch(1, "Dusk", query), SavedSearch(2, "äpfel", "apples")]
