"""Photos and files: what storing, moving, losing and finding files again does to photos."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.catalog import embeddings, files, photos
from core.catalog.catalogue import Catalogue
from core.catalog.changes import Changes
from core.catalog.check import check_catalogue
from core.catalog.edits import SetFavourite, SetRating, apply_edit
from core.catalog.files import FileKey, FileStat
from core.catalog.filters import Filter, FolderFilter, NameFilter
from core.catalog.folders import (
    Folder,
    add_folder,
    list_folders,
    remove_folder,
    set_identity,
    set_offline,
)
from core.catalog.matching import matching_ids
from core.catalog.photos import Metadata, Photo, PhotoContent, store_photo
from core.catalog.statistics import failures, skipped
from core.errors import FolderError

STAT = FileStat(size=1000, mtime_ns=1_600_000_000_000_000_000, inode=7)


@pytest.fixture
def tx(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A transaction on a new catalogue, found sound at its end."""
    with Catalogue(tmp_path / "c.sqlite") as catalogue, catalogue.transaction() as tx:
        yield tx
        assert check_catalogue(tx) == []


@pytest.fixture
def folder(tx: sqlite3.Connection) -> Folder:
    return add_folder(tx, "/photos")


def content(pixels: str, **told: object) -> PhotoContent:
    """The content of a photo that shows `pixels`."""
    digest = hashlib.blake2b(pixels.encode(), digest_size=16).digest()
    return PhotoContent(digest, len(pixels), "JPEG", 40, 30, metadata=Metadata(**told))  # type: ignore[arg-type]


def key(folder: Folder, path: str) -> FileKey:
    directory, _, name = path.rpartition("/")
    return FileKey(folder.id, directory, name)


def store(tx: sqlite3.Connection, where: FileKey, pixels: str, **told: object) -> int:
    return store_photo(tx, where, STAT, content(pixels, **told))[0]


def embed(tx: sqlite3.Connection, photo_id: int) -> int:
    model = embeddings.model_id(tx, "model@1", 4)
    embeddings.put_embeddings(tx, model, [photo_id], np.ones((1, 4), np.float32))
    return model


def shown(tx: sqlite3.Connection, photo_id: int) -> Photo:
    photo = photos.get_photo(tx, photo_id)
    assert photo is not None
    return photo


def rate(tx: sqlite3.Connection, ids: Iterable[int], rating: int) -> Changes:
    return apply_edit(tx, SetRating(dict.fromkeys(ids, rating)))[1]


def favour(tx: sqlite3.Connection, ids: Iterable[int], favourite: bool) -> Changes:
    return apply_edit(tx, SetFavourite(dict.fromkeys(ids, favourite)))[1]


def found(tx: sqlite3.Connection, *filters: Filter) -> list[int]:
    ids = matching_ids(tx, filters)
    assert ids is not None
    return [int(photo_id) for photo_id in ids]


# --- storing -------------------------------------------------------------------------------------


def test_a_new_photo_tells_all_that_was_read(tx: sqlite3.Connection, folder: Folder) -> None:
    told = Metadata(
        taken_at="2021-06-05T14:03:22",
        utc_offset_minutes=120,
        camera="Canon EOS 5D",
        lens="EF 24-70mm",
        exposure_seconds=0.005,
        f_number=2.8,
        focal_length_mm=35.0,
        iso=400.0,
        latitude=48.1,
        longitude=-11.5,
        rating=4,
        title="Am See",
        keywords=("lake", "子ども"),
    )
    read = PhotoContent(b"0123456789abcdef", 1000, "JPEG", 4000, 3000, 2**64 - 5, told)
    photo_id, changes = store_photo(tx, key(folder, "a/b.jpg"), STAT, read)
    assert changes == Changes(added=(photo_id,))
    photo = shown(tx, photo_id)
    assert photo.metadata == told
    assert (photo.content_hash, photo.byte_size, photo.format) == (
        b"0123456789abcdef",
        1000,
        "JPEG",
    )
    assert (photo.width, photo.height, photo.perceptual_hash) == (4000, 3000, 2**64 - 5)
    assert (photo.rating, photo.favourite, photo.offline) == (4, False, False)
    assert (photo.title, photo.keywords) == ("Am See", ("lake", "子ども"))
    (file,) = photo.files
    assert (file.path, file.size, file.mtime) == ("/photos/a/b.jpg", 1000, 1_600_000_000.0)


def test_hostile_metadata_is_made_storable(tx: sqlite3.Connection, folder: Folder) -> None:
    told = {"title": "a\udc80\0b", "camera": "\ud800", "rating": 99, "keywords": ("\udfff",)}
    photo = shown(tx, store(tx, key(folder, "a.jpg"), "lake", iso=10**30, **told))
    assert (photo.title, photo.metadata.camera, photo.keywords) == ("a?b", "?", ("?",))
    assert (photo.rating, photo.metadata.iso) == (5, 1e30)


def test_the_same_bytes_twice_are_one_photo_with_two_files(
    tx: sqlite3.Connection, folder: Folder
) -> None:
    first = store(tx, key(folder, "a.jpg"), "lake")
    second, changes = store_photo(tx, key(folder, "copy/a.jpg"), STAT, content("lake"))
    assert second == first
    assert changes == Changes(updated=(first,))
    assert [f.path for f in shown(tx, first).files] == ["/photos/a.jpg", "/photos/copy/a.jpg"]


def test_an_edited_photo_keeps_its_id_and_rating_and_loses_its_embeddings(
    tx: sqlite3.Connection, folder: Folder
) -> None:
    photo_id = store(tx, key(folder, "a.jpg"), "lake", title="At the lake", keywords=("red",))
    rate(tx, [photo_id], 4)
    favour(tx, [photo_id], True)
    model = embed(tx, photo_id)
    edited, changes = store_photo(tx, key(folder, "a.jpg"), STAT, content("lake, brighter"))
    assert edited == photo_id
    assert changes == Changes(updated=(photo_id,))
    photo = shown(tx, photo_id)
    assert photo.content_hash == content("lake, brighter").content_hash
    assert (photo.rating, photo.favourite, photo.title) == (4, True, "At the lake")
    assert photo.keywords == ("red",)
    assert embeddings.embedded_ids(tx, model).tolist() == []
    assert embeddings.photos_without_embedding(tx, model) == [(photo_id, "/photos/a.jpg")]


def test_an_edited_photo_takes_a_new_time_title_and_keywords_from_the_file(
    tx: sqlite3.Connection, folder: Folder
) -> None:
    old = {"taken_at": "2001-01-01T00:00:00", "title": "old", "keywords": ("old",)}
    new = {"taken_at": "2002-02-02T00:00:00", "title": "new", "keywords": ("new", "er")}
    where = key(folder, "a.jpg")
    store(tx, where, "lake", **old)
    photo = shown(tx, store(tx, where, "lake, brighter", **new))
    assert (photo.title, photo.keywords) == ("new", ("new", "er"))
    assert photo.metadata.taken_at == "2002-02-02T00:00:00"


def test_a_copy_that_is_edited_becomes_its_own_photo_with_the_rating_of_the_first(
    tx: sqlite3.Connection, folder: Folder
) -> None:
    first = store(tx, key(folder, "a.jpg"), "lake")
    store(tx, key(folder, "b.jpg"), "lake")
    rate(tx, [first], 5)
    favour(tx, [first], True)
    model = embed(tx, first)
    second, changes = store_photo(tx, key(folder, "b.jpg"), STAT, content("lake, brighter"))
    assert second != first
    assert changes == Changes(added=(second,), updated=(first,))
    assert (shown(tx, second).rating, shown(tx, second).favourite) == (5, True)
    assert [f.path for f in shown(tx, first).files] == ["/photos/a.jpg"]
    assert embeddings.embedded_ids(tx, model).tolist() == [first]


def test_a_file_that_turns_into_a_known_photo_joins_it(
    tx: sqlite3.Connection, folder: Folder
) -> None:
    lake = store(tx, key(folder, "a.jpg"), "lake")
    tent = store(tx, key(folder, "b.jpg"), "tent")
    joined, changes = store_photo(tx, key(folder, "b.jpg"), STAT, content("lake"))
    assert joined == lake
    assert changes == Changes(updated=(lake,), removed=(tent,))
    assert photos.get_photo(tx, tent) is None


def test_reading_a_file_again_unchanged_records_its_new_time(
    tx: sqlite3.Connection, folder: Folder
) -> None:
    photo_id = store(tx, key(folder, "a.jpg"), "lake")
    touched = replace(STAT, mtime_ns=STAT.mtime_ns + 5)
    again, changes = store_photo(tx, key(folder, "a.jpg"), touched, content("lake"))
    assert (again, changes) == (photo_id, Changes(updated=(photo_id,)))
    assert files.known_files(tx, folder.id, "") == {"a.jpg": touched}


# --- ratings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("in_file", "by_person", "in_edited_file", "counts"),
    [
        (3, None, None, 3),  # what was known stays where the edited file is silent
        (3, None, 5, 5),  # the file's rating counts while the person has set none
        (3, 1, 5, 1),  # the person's rating counts from then on
        (3, 0, 5, 0),  # taking a rating away is a choice too
        (None, None, None, 0),
    ],
)
def test_the_rating_of_a_person_outlives_that_of_the_file(
    tx: sqlite3.Connection,
    folder: Folder,
    in_file: int | None,
    by_person: int | None,
    in_edited_file: int | None,
    counts: int,
) -> None:
    where = key(folder, "a.jpg")
    photo_id = store(tx, where, "lake", rating=in_file)
    assert shown(tx, photo_id).rating == (in_file or 0)
    if by_person is not None:
        assert rate(tx, [photo_id], by_person) == Changes(updated=(photo_id,))
    store(tx, where, "lake, brighter", rating=in_edited_file)
    assert shown(tx, photo_id).rating == counts
    assert shown(tx, photo_id).metadata.rating == in_edited_file


def test_ratings_and_favourites_of_many_and_of_unknown_photos(
    tx: sqlite3.Connection, folder: Folder
) -> None:
    ids = [store(tx, key(folder, f"{n}.jpg"), f"photo {n}") for n in range(3)]
    assert rate(tx, np.array([*ids, 99]), 2) == Changes(updated=tuple(ids))
    assert favour(tx, ids[:2], True) == Changes(updated=tuple(ids[:2]))
    assert [p.favourite for p in photos.get_photos(tx, ids)] == [True, True, False]
    with pytest.raises(ValueError, match="0 to 5"):
        rate(tx, ids, 6)


def test_photos_come_in_the_order_asked_for(tx: sqlite3.Connection, folder: Folder) -> None:
    a, b, c = (store(tx, key(folder, f"{n}.jpg"), f"photo {n}") for n in range(3))
    assert [p.id for p in photos.get_photos(tx, np.array([c, 99, a, b]))] == [c, a, b]
    hashes = photos.content_hashes(tx, [a, 99])
    assert hashes == {a: content("photo 0").content_hash}
    assert photos.photo_with_content(tx, hashes[a]) == a
    assert photos.has_byte_size(tx, len("photo 0"))
    assert not photos.has_byte_size(tx, 12345)


# --- files that come, go and move ----------------------------------------------------------------


def test_a_photo_whose_files_are_gone_is_remembered_and_comes_back_as_it_was(
    tx: sqlite3.Connection, folder: Folder
) -> None:
    photo_id = store(tx, key(folder, "a.jpg"), "lake")
    rate(tx, [photo_id], 4)
    model = embed(tx, photo_id)
    assert files.remove_files(tx, folder.id, "", ["a.jpg", "never.jpg"]) == Changes(
        removed=(photo_id,)
    )
    assert photos.get_photo(tx, photo_id) is None
    assert photos.photo_ids(tx, "taken", descending=True).tolist() == []
    assert embeddings.embedded_ids(tx, model).tolist() == []
    assert list(embeddings.iterate_embeddings(tx, model)) == []
    assert files.known_directories(tx, folder.id) == []

    back, changes = store_photo(tx, key(folder, "found/again.jpg"), STAT, content("lake"))
    assert back == photo_id
    assert changes == Changes(added=(photo_id,))
    assert shown(tx, photo_id).rating == 4
    assert embeddings.embedded_ids(tx, model).tolist() == [photo_id]


def test_a_photo_with_a_file_left_stays(tx: sqlite3.Connection, folder: Folder) -> None:
    photo_id = store(tx, key(folder, "a.jpg"), "lake")
    store(tx, key(folder, "b.jpg"), "lake")
    assert files.remove_files(tx, folder.id, "", ["a.jpg"]) == Changes(updated=(photo_id,))
    assert [f.path for f in shown(tx, photo_id).files] == ["/photos/b.jpg"]


def test_a_moved_file_is_found_by_its_inode_and_keeps_everything(
    tx: sqlite3.Connection, folder: Folder
) -> None:
    photo_id = store(tx, key(folder, "old/a.jpg"), "lake")
    rate(tx, [photo_id], 3)
    ((file_id, was_at),) = files.find_moved(tx, STAT)
    assert was_at == key(folder, "old/a.jpg")
    changes = files.move_file(tx, file_id, key(folder, "new/deeper/b.jpg"))
    assert changes == Changes(updated=(photo_id,))
    assert shown(tx, photo_id).files[0].path == "/photos/new/deeper/b.jpg"
    assert shown(tx, photo_id).files[0].id == file_id
    assert shown(tx, photo_id).rating == 3
    assert files.known_directories(tx, folder.id) == ["new/deeper"]
    assert found(tx, NameFilter("b.jp")) == [photo_id]
    assert found(tx, NameFilter("a.jp")) == []
    assert files.move_file(tx, 99, key(folder, "x.jpg")) == Changes()


def test_a_file_moved_to_another_disk_has_another_stat_there(
    tx: sqlite3.Connection, folder: Folder
) -> None:
    photo_id = store(tx, key(folder, "a.jpg"), "lake")
    there = add_folder(tx, "/media/disk")
    copied = FileStat(STAT.size, STAT.mtime_ns // 10**9 * 10**9, 99)
    file_id = shown(tx, photo_id).files[0].id
    for _ in range(2):  # told twice is the same
        changes = files.move_file(tx, file_id, key(there, "a.jpg"), copied)
        assert changes == Changes(updated=(photo_id,))
        assert files.known_files(tx, there.id, "") == {"a.jpg": copied}


@pytest.mark.parametrize(
    "other", [replace(STAT, inode=8), replace(STAT, size=1), replace(STAT, mtime_ns=1)]
)
def test_a_file_with_another_stat_did_not_move(
    tx: sqlite3.Connection, folder: Folder, other: FileStat
) -> None:
    store(tx, key(folder, "a.jpg"), "lake")
    assert files.find_moved(tx, other) == []


def test_without_inodes_nothing_seems_moved(tx: sqlite3.Connection, folder: Folder) -> None:
    nameless = replace(STAT, inode=0)
    store_photo(tx, key(folder, "a.jpg"), nameless, content("lake"))
    assert files.find_moved(tx, nameless) == []


def test_a_file_moved_over_another_replaces_it(tx: sqlite3.Connection, folder: Folder) -> None:
    lake = store(tx, key(folder, "a.jpg"), "lake")
    tent = store(tx, key(folder, "b.jpg"), "tent")
    file_id = shown(tx, lake).files[0].id
    changes = files.move_file(tx, file_id, key(folder, "b.jpg"))
    assert changes == Changes(updated=(lake,), removed=(tent,))
    assert list(files.known_files(tx, folder.id, "")) == ["b.jpg"]


def test_a_directory_goes_with_all_below_it_and_nothing_beside_it(
    tx: sqlite3.Connection, folder: Folder
) -> None:
    paths = ["a/1.jpg", "a/b/2.jpg", "a/b/c/3.jpg", "a/b0/4.jpg", "a/b-c/5.jpg", "ab/6.jpg"]
    odd = "a/b\udc80/7.jpg"
    ids = {path: store(tx, key(folder, path), path) for path in [*paths, ascii(odd)]}
    ids[odd] = store(tx, key(folder, odd), "odd")
    changes = files.remove_directory(tx, folder.id, "a/b")
    assert changes == Changes(removed=(ids["a/b/2.jpg"], ids["a/b/c/3.jpg"]))
    assert files.remove_directory(tx, folder.id, "none") == Changes()
    assert len(files.remove_directory(tx, folder.id, "").removed) == len(ids) - 2
    assert list_folders(tx) == [folder]


def test_a_file_that_turns_unreadable_keeps_its_photo_and_says_why(
    tx: sqlite3.Connection, folder: Folder
) -> None:
    photo_id = store(tx, key(folder, "a.jpg"), "lake")
    seen = FileStat(STAT.size + 1, STAT.mtime_ns + 1, STAT.inode)
    for state in ("failed", "skipped"):
        changes = files.record_unread(tx, key(folder, "a.jpg"), seen, state, "It is cut short.")
        assert changes == Changes(updated=(photo_id,))
    assert files.known_files(tx, folder.id, "") == {"a.jpg": seen}
    (file,) = shown(tx, photo_id).files
    assert (file.path, file.size, file.problem) == ("/photos/a.jpg", STAT.size, "It is cut short.")
    assert [(each.path, each.reason) for each in failures(tx)] == [(file.path, file.problem)]
    assert skipped(tx) == []
    assert files.is_lost(tx, "/photos/a.jpg")
    assert files.find_moved(tx, seen) == files.find_lost(tx, seen)
    assert files.find_moved(tx, STAT) == []
    assert store(tx, key(folder, "a.jpg"), "lake") == photo_id
    assert shown(tx, photo_id).files[0].problem == ""
    assert files.find_lost(tx, seen) == []
    assert failures(tx) == []


def test_failed_files_can_be_tried_again(tx: sqlite3.Connection, folder: Folder) -> None:
    for name in ("a.jpg", "b.jpg"):
        files.record_unread(tx, key(folder, name), STAT, "failed", "It is cut short.")
    files.record_unread(tx, key(folder, "c.txt"), STAT, "skipped", "It is a text.")
    store(tx, key(folder, "d.jpg"), "lake")
    assert files.retry_failed(tx, [key(folder, "a.jpg"), key(folder, "d.jpg")]) == 1
    changed = [name for name, s in files.known_files(tx, folder.id, "").items() if s != STAT]
    assert changed == ["a.jpg"]
    assert files.retry_failed(tx, [key(folder, "b.jpg"), key(folder, "c.txt")]) == 1


def test_what_a_disk_may_claim_compares_equal_when_seen_again(
    tx: sqlite3.Connection, folder: Folder
) -> None:
    odd = FileStat(size=5, mtime_ns=2**80, inode=2**127 + 3)
    store_photo(tx, key(folder, "a.jpg"), odd, content("lake"))
    assert files.known_files(tx, folder.id, "") == {"a.jpg": odd}
    assert odd == FileStat(size=5, mtime_ns=2**80, inode=2**127 + 3)
    assert len(files.find_moved(tx, odd)) == 1


# --- names ---------------------------------------------------------------------------------------

ODD_NAMES = [
    os.fsdecode(b"caf\xe9.jpg"),  # Latin-1
    os.fsdecode(b"\xff\xfe\x80.jpg"),
    "\U0010fffd00dc80.jpg",  # looks like an escape
    "\U0010fffd.jpg",
    "e\u0301.jpg",  # decomposed, as macOS writes
    "\u00e9.jpg",  # composed: another file
    "照片.jpg",
    "new\nline 'quote' \"double\".jpg",
    "back\\slash%_*.jpg",
    " .jpg",
]


def test_names_of_any_bytes_come_back_as_they_were(tx: sqlite3.Connection, folder: Folder) -> None:
    ids = [store(tx, FileKey(folder.id, name, name), ascii(name)) for name in ODD_NAMES]
    for photo_id, name in zip(ids, ODD_NAMES, strict=True):
        path = f"/photos/{name}/{name}"
        assert files.known_files(tx, folder.id, name) == {name: STAT}
        assert shown(tx, photo_id).files[0].path == path
        assert files.paths_of(tx, [photo_id]) == {photo_id: [path]}
        assert files.photo_of_path(tx, path) == photo_id
        assert photo_id in found(tx, NameFilter(name))
    assert sorted(files.known_directories(tx, folder.id)) == sorted(ODD_NAMES)
    assert {k.name for _, k in files.find_moved(tx, STAT)} == set(ODD_NAMES)


def test_the_photo_of_a_path(tx: sqlite3.Connection, folder: Folder) -> None:
    photo_id = store(tx, key(folder, "a/b.jpg"), "lake")
    assert files.photo_of_path(tx, Path("/photos/a/b.jpg")) == photo_id
    assert files.photo_of_path(tx, "/photos/x/../a/b.jpg") == photo_id
    for unknown in ("/photos", "/photos/b.jpg", "/photosa/b.jpg", "/elsewhere/a/b.jpg"):
        assert files.photo_of_path(tx, unknown) is None


# --- folders -------------------------------------------------------------------------------------


def test_a_folder_added_again_is_the_same_folder(tx: sqlite3.Connection, folder: Folder) -> None:
    assert add_folder(tx, Path("/photos/")) == folder
    assert add_folder(tx, "/photos/x/..") == folder
    set_identity(tx, folder.id, "8:77")
    assert [f.identity for f in list_folders(tx)] == ["8:77"]


@pytest.mark.parametrize(
    ("path", "says"), [("/photos/2021", "inside /photos"), ("photos", "full path")]
)
def test_a_folder_that_cannot_be_watched_is_said(
    tx: sqlite3.Connection, folder: Folder, path: str, says: str
) -> None:
    with pytest.raises(FolderError, match=says):
        add_folder(tx, path)
    assert list_folders(tx) == [folder]


@pytest.mark.parametrize("parent", ["/home/ann", "/home", "/"])
def test_a_parent_takes_over_the_files_of_watched_folders(
    tx: sqlite3.Connection, parent: str
) -> None:
    lakes = add_folder(tx, "/home/ann/lakes")
    tents = add_folder(tx, "/home/ann/tents\udc80")
    beside = add_folder(tx, "/homework")
    lake = store(tx, key(lakes, "2021/a.jpg"), "lake")
    tent = store(tx, key(tents, "b.jpg"), "tent")
    other = store(tx, key(beside, "c.jpg"), "other")
    before = photos.get_photos(tx, [lake, tent])

    taken = add_folder(tx, parent)
    assert photos.get_photos(tx, [lake, tent]) == before  # ids, paths and all
    below = "/home/ann"[len(parent.rstrip("/")) :].lstrip("/")
    directories = [f"{below}/{rest}".lstrip("/") for rest in ("lakes/2021", "tents\udc80")]
    kept = [*directories] if parent != "/" else [*directories, "homework"]
    assert files.known_directories(tx, taken.id) == kept
    assert [f.path for f in list_folders(tx)] == ([parent, "/homework"] if parent != "/" else ["/"])
    assert found(tx, FolderFilter("lakes/2021")) == [lake]
    assert shown(tx, other).files[0].path == "/homework/c.jpg"


def test_a_parent_does_not_take_over_a_folder_that_is_offline(
    tx: sqlite3.Connection,
) -> None:
    disk = add_folder(tx, "/media/disk")
    set_offline(tx, disk.id, True)
    with pytest.raises(FolderError, match="offline"):
        add_folder(tx, "/media")
    assert [f.path for f in list_folders(tx)] == ["/media/disk"]


def test_removing_a_folder_hides_its_photos_and_adding_it_again_brings_them_back(
    tx: sqlite3.Connection, folder: Folder
) -> None:
    elsewhere = add_folder(tx, "/elsewhere")
    lake = store(tx, key(folder, "a.jpg"), "lake")
    both = store(tx, key(folder, "b.jpg"), "both")
    store(tx, key(elsewhere, "b.jpg"), "both")
    rate(tx, [lake], 2)
    assert remove_folder(tx, folder.id) == (Changes(updated=(both,), removed=(lake,)), False)
    assert list_folders(tx) == [elsewhere]
    again = add_folder(tx, "/photos")
    assert again.id != folder.id
    assert store(tx, key(again, "a.jpg"), "lake") == lake
    assert shown(tx, lake).rating == 2


def test_a_folder_is_removed_in_steps(tx: sqlite3.Connection, folder: Folder) -> None:
    ids = [store(tx, key(folder, f"{name}/{name}.jpg"), name) for name in "abc"]
    store(tx, key(folder, "c/copy.jpg"), "a")
    steps = []
    left = True
    while left:
        assert list_folders(tx) == [folder]
        changes, left = remove_folder(tx, folder.id, at_most=2)
        steps.append(changes)
    assert list_folders(tx) == []
    total = Changes(added=tuple(ids))
    for changes in steps:
        total |= changes
    assert total == Changes()
    assert len(steps) == 3


def test_an_offline_folder_keeps_everything(tx: sqlite3.Connection, folder: Folder) -> None:
    disk = add_folder(tx, "/media/disk")
    only = store(tx, key(disk, "a.jpg"), "lake")
    both = store(tx, key(disk, "b.jpg"), "both")
    store(tx, key(folder, "b.jpg"), "both")
    assert set_offline(tx, disk.id, True) == Changes(updated=(only, both))
    assert set_offline(tx, disk.id, True) == Changes()
    assert [p.offline for p in photos.get_photos(tx, [only, both])] == [True, False]
    # Online files come first: they are the ones that can be opened.
    assert files.paths_of(tx, [both]) == {both: ["/photos/b.jpg", "/media/disk/b.jpg"]}
    assert [f.offline for f in shown(tx, both).files] == [False, True]
    model = embeddings.model_id(tx, "model@1", 4)
    assert embeddings.photos_without_embedding(tx, model) == [(both, "/photos/b.jpg")]
    assert set_offline(tx, disk.id, False) == Changes(updated=(only, both))
    assert [p.offline for p in photos.get_photos(tx, [only, both])] == [False, False]


# --- changes -------------------------------------------------------------------------------------


def test_changes_merge_to_their_net_effect() -> None:
    moved = Changes(removed=(1,)) | Changes(added=(1,))
    assert moved == Changes(updated=(1,))
    assert Changes(added=(2,)) | Changes(updated=(2,)) == Changes(added=(2,))
    assert Changes(added=(2,)) | Changes(removed=(2,)) == Changes()
    assert Changes(updated=(3,)) | Changes(removed=(3,)) == Changes(removed=(3,))
    assert Changes(added=(5, 9)) | Changes(added=(7,), updated=(1,)) == Changes((5, 7, 9), (1,))
    assert not Changes()
    assert Changes(removed=(1,))
