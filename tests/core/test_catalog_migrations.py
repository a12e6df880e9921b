"""Catalogues of earlier versions: opening one brings it up to date and loses nothing."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.catalog import embeddings
from core.catalog.albums import list_albums
from core.catalog.catalogue import Catalogue
from core.catalog.check import check_catalogue
from core.catalog.edits import SetKeywords, apply_edit
from core.catalog.files import (
    FileKey,
    FileStat,
    attach_file,
    known_files,
    move_file,
    record_unread,
)
from core.catalog.filters import KeywordFilter, NameFilter
from core.catalog.folders import (
    UNKNOWN_DISK,
    Disk,
    inner_disks,
    list_folders,
    set_offline,
)
from core.catalog.label_edits import CreateLabels
from core.catalog.labels import Label, list_labels
from core.catalog.listing import listing_of, photo_ids
from core.catalog.matching import matching_ids
from core.catalog.migrations import MIGRATIONS
from core.catalog.photos import Photo, get_photos
from core.catalog.searches import list_searches
from core.catalog.statistics import counts, failures, skipped
from core.catalog.tags import hand_tags
from core.catalog.written import Written, put_written, set_writes, written_of
from core.errors import CatalogueError, LibraryVersionError

CATALOGUES = Path(__file__).parent / "catalogues"


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A catalogue as the first schema kept it: four photos, one more remembered, two failures."""
    return Path(shutil.copy(CATALOGUES / "0001.sqlite", tmp_path / "c.sqlite"))


@pytest.fixture
def tx(first: Path) -> Iterator[sqlite3.Connection]:
    """A transaction on that catalogue, brought up to date; found sound at its end."""
    with Catalogue(first) as catalogue, catalogue.transaction() as tx:
        yield tx
        assert check_catalogue(tx) == []


def named(tx: sqlite3.Connection) -> dict[str, Photo]:
    ids = photo_ids(tx, "added", descending=False)
    return {photo.files[0].path.rpartition("/")[2]: photo for photo in get_photos(tx, ids)}


def test_photos_keep_all_that_was_known_and_said(tx: sqlite3.Connection) -> None:
    assert [name for (name,) in tx.execute("SELECT name FROM migrations")] == list(MIGRATIONS)
    photos = named(tx)
    assert sorted(photos) == ["IMG_10.JPG", "IMG_2.JPG", "holiday.heic", "Ünder 007.png"]
    lake = photos["IMG_2.JPG"]
    assert (lake.id, lake.title, lake.keywords) == (1, "Am See", ("lake", "子ども"))
    assert (lake.rating, lake.favourite, lake.rotation) == (4, True, 0)
    assert lake.metadata.camera == "Canon EOS 5D"
    assert [file.path for file in lake.files] == [
        "/home/ana/Pictures/2021/Lake/IMG_2.JPG",
        "/media/disk/a/copy of 2.jpg",
    ]
    assert (photos["IMG_10.JPG"].rating, photos["holiday.heic"].offline) == (5, True)
    assert lake.added_at == 1_600_000_001.0
    total = counts(tx, embeddings.find_model_id(tx, "starter@1"))
    assert (total.photos, total.files, total.failed, total.skipped) == (4, 5, 1, 1)
    assert total.embedded == 4
    assert failures(tx)[0].path == "/home/ana/Pictures/2021/broken.jpg"
    assert skipped(tx)[0].reason == "It is a text."


def test_embeddings_are_those_that_were_made(tx: sqlite3.Connection) -> None:
    model = embeddings.find_model_id(tx, "starter@1")
    assert model is not None
    ids, vectors = embeddings.embeddings_of(tx, model, [1, 2, 3, 4, 5])
    assert ids.tolist() == [1, 2, 3, 4, 5]
    assert np.allclose(vectors, np.eye(5, 4) + 0.25)


def test_only_wide_photos_are_embedded_anew(first: Path) -> None:
    with sqlite3.connect(first) as connection:
        connection.execute("UPDATE photos SET width = 3000, height = 1000 WHERE id = 2")
        connection.execute("UPDATE photos SET width = 1000, height = 1800 WHERE id = 3")
        connection.execute("UPDATE photos SET width = 3000, height = 2000 WHERE id = 4")
    connection.close()
    with Catalogue(first) as catalogue, catalogue.reader() as c:
        model = embeddings.find_model_id(c, "starter@1")
        assert model is not None
        assert embeddings.lacking_embedding(c, model, [1, 2, 3, 4, 5]) == {2, 3}


def test_what_lists_need_is_filled_in(tx: sqlite3.Connection) -> None:
    assert photo_ids(tx, "name", descending=False).tolist() == [1, 4, 2, 3]
    listed = listing_of(tx, [1, 2, 4])
    assert [str(np.datetime64(int(day), "D")) for day in listed.days] == [
        "2021-06-05",
        "1969-07-20",
        "2020-02-29",
    ]
    assert np.allclose(listed.aspects, [4 / 3, 3 / 4, 4 / 3], atol=0.001)
    found = matching_ids(tx, [KeywordFilter("lake")])
    assert found is not None
    assert found.tolist() == [1, 2]


def test_a_remembered_photo_comes_back_with_its_rating(tx: sqlite3.Connection) -> None:
    pictures = list_folders(tx)[0]
    attach_file(tx, FileKey(pictures.id, "", "back.jpg"), FileStat(5000, 1, 1), 5)
    (photo,) = get_photos(tx, [5])
    assert (photo.rating, photo.title, photo.keywords) == (3, "Gone", ("old",))


def test_what_was_kept_in_step_still_is(tx: sqlite3.Connection) -> None:
    disk = list_folders(tx)[1]
    set_offline(tx, disk.id, False)
    apply_edit(tx, SetKeywords({2: ("apollo",)}))
    (file,) = named(tx)["holiday.heic"].files
    move_file(tx, file.id, FileKey(disk.id, "a", "IMG_3.heic"))
    assert photo_ids(tx, "name", descending=False).tolist() == [1, 4, 2, 3]
    found = matching_ids(tx, [NameFilter("img_3")])
    assert found is not None
    assert found.tolist() == [4]


def test_what_a_person_organized_is_kept(tmp_path: Path) -> None:
    second = Path(shutil.copy(CATALOGUES / "0002.sqlite", tmp_path / "c.sqlite"))
    with Catalogue(second) as catalogue, catalogue.transaction() as tx:
        assert [(a.name, a.photos) for a in list_albums(tx)] == [("Family", 2), ("Zoo 动物", 0)]
        assert [(s.name, s.query) for s in list_searches(tx)] == [("Lakes", "lake date:2021")]
        photos = named(tx)
        assert photos["IMG_10.JPG"].title == "Moon landing"
        assert photos["holiday.heic"].keywords == ("snow", "Ünder")
        assert photos["IMG_2.JPG"].rotation == 1
        assert (photos["Ünder 007.png"].rating, photos["Ünder 007.png"].favourite) == (2, True)
        assert failures(tx) == []
        assert len(failures(tx, ignored=True)) == 1
        assert list_labels(tx) == []
        apply_edit(tx, CreateLabels((Label("Moon", ("the moon",)),)))
        assert check_catalogue(tx) == []


def test_nothing_is_written_outside_of_it_and_sidecars_are_looked_at_again(first: Path) -> None:
    with sqlite3.connect(first) as connection:
        connection.execute(
            """INSERT INTO files (directory_id, name, folded, size, mtime_ns, inode, state, reason,
                since) VALUES (1, 'IMG_2.xmp', 'img_2.xmp', 7, 8, 9, 'skipped', 'no photo', 0)"""
        )
    connection.close()
    with Catalogue(first) as catalogue, catalogue.transaction() as tx:
        assert {folder.writes for folder in list_folders(tx)} == {"off"}
        row = tx.execute("SELECT size, mtime_ns FROM files WHERE name = 'IMG_2.xmp'").fetchone()
        assert row == (-1, 0)
        others = tx.execute("SELECT count(*) FROM files WHERE size = -1").fetchone()
        assert others == (1,)
        assert check_catalogue(tx) == []
        set_writes(tx, list_folders(tx)[0].id, "sidecar")
        file_id = tx.execute("SELECT id FROM files WHERE name = 'IMG_2.JPG'").fetchone()[0]
        put_written(tx, file_id, "file", Written({"subject": ("a",)}, rating="3"))
        assert written_of(tx, [file_id])[file_id, "file"].words == {"subject": ("a",)}
        tx.execute("DELETE FROM files WHERE id = ?", (file_id,))
        assert written_of(tx, [file_id]) == {}


def test_labels_what_was_written_and_disks_are_kept(tmp_path: Path) -> None:
    """Nothing says of an older catalogue which disk its folders were on, or what was unread."""
    fifth = Path(shutil.copy(CATALOGUES / "0005.sqlite", tmp_path / "c.sqlite"))
    with Catalogue(fifth) as catalogue, catalogue.transaction() as tx:
        (moon,) = list_labels(tx)
        ids, fits = hand_tags(tx, moon.id)
        assert (ids.tolist(), fits.tolist()) == ([2, 3], [True, False])
        home, disk = list_folders(tx)
        assert (home.identity, home.writes, home.disk, home.other_disk) == (
            "2049:77",
            "sidecar",
            UNKNOWN_DISK,
            "",
        )
        assert (disk.identity, disk.offline) == ("2065:2", True)
        assert inner_disks(tx, home.id) == {}
        lake = named(tx)["IMG_2.JPG"]
        assert written_of(tx, [lake.files[0].id])[lake.files[0].id, "sidecar"].created
        assert {file.problem for photo in named(tx).values() for file in photo.files} == {""}
        assert len(failures(tx, ignored=True)) == 1
        unread = FileStat(7, 7, 7)
        record_unread(tx, FileKey(home.id, "2021/Lake", "IMG_2.JPG"), unread, "failed", "Cut.")
        assert named(tx)["IMG_2.JPG"].rating == lake.rating
        assert check_catalogue(tx) == []


def test_disks_and_photos_that_cannot_be_read_are_kept(tmp_path: Path) -> None:
    seventh = Path(shutil.copy(CATALOGUES / "0007.sqlite", tmp_path / "c.sqlite"))
    with Catalogue(seventh) as catalogue, catalogue.transaction() as tx:
        home, disk = list_folders(tx)
        assert home.disk.name == "/dev/sda2 (3eadaf28)"
        assert disk.disk == Disk("uuid:d0cd1121-5c88-4410-a3ba-ceef60db3e58", "Photos 2019")
        assert (disk.offline, disk.other_disk) == (True, "BACKUP")
        assert inner_disks(tx, home.id) == {"2021": Disk("share:nas:/2021", "nas:/2021")}
        photo = named(tx)["IMG_10.JPG"]
        assert photo.rating == 5
        assert photo.files[0].problem == "The file ends too early: it may be incomplete."
        assert [each.path for each in failures(tx)] == [photo.files[0].path]
        assert known_files(tx, home.id, "2021/Lake")["IMG_10.JPG"].size == 77
        assert check_catalogue(tx) == []


def test_a_reader_does_not_bring_a_catalogue_up_to_date(first: Path) -> None:
    before = first.read_bytes()
    with pytest.raises(CatalogueError, match="not set up for this Souvenir"):
        Catalogue(first, read_only=True)
    assert first.read_bytes() == before


def test_a_step_that_fails_leaves_the_catalogue_as_it_was(first: Path) -> None:
    with sqlite3.connect(first) as connection:
        connection.execute("CREATE TABLE searches (in_the_way)")
    connection.close()
    with pytest.raises(sqlite3.OperationalError):
        Catalogue(first)
    with sqlite3.connect(first) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        connection.execute("DROP TABLE searches")
    connection.close()
    with Catalogue(first) as catalogue, catalogue.reader() as c:
        assert check_catalogue(c) == []


def test_a_catalogue_of_a_newer_souvenir_is_left_untouched(first: Path) -> None:
    with sqlite3.connect(first) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    before = first.read_bytes()
    for read_only in (False, True):
        with pytest.raises(LibraryVersionError, match="newer Souvenir"):
            Catalogue(first, read_only=read_only)
    assert first.read_bytes() == before
