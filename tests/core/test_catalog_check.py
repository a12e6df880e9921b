"""Checking a catalogue: planted damage is found and named, a sound one passes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.catalog.catalogue import Catalogue
from core.catalog.check import check_catalogue
from core.catalog.edits import CreateAlbum, apply_edit
from core.catalog.embeddings import model_id, put_embeddings
from core.catalog.files import FileKey, FileStat, remove_files
from core.catalog.folders import add_folder
from core.catalog.photos import Metadata, PhotoContent, store_photo


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    """Two hundred photos with embeddings, one of them remembered."""
    with Catalogue(tmp_path / "c.sqlite") as catalogue:
        with catalogue.transaction() as tx:
            folder = add_folder(tx, "/photos")
            model = model_id(tx, "starter@1", 4)
            for number in range(1, 201):
                told = Metadata(taken_at="2021-06-05T14:03:22", keywords=("lake", f"{number}"))
                content = PhotoContent(
                    number.to_bytes(16, "big"), number, "JPEG", 4, 3, metadata=told
                )
                key = FileKey(folder.id, "a", f"photo {number}.jpg")
                photo, _ = store_photo(tx, key, FileStat(number, number, number), content)
                put_embeddings(tx, model, [photo], np.ones((1, 4), np.float32))
            remove_files(tx, folder.id, "a", ["photo 7.jpg"])
            apply_edit(tx, CreateAlbum("Lakes", (3, 7)))
        yield catalogue


def test_a_sound_catalogue_passes_from_both_sides(catalogue: Catalogue) -> None:
    with catalogue.reader() as c:
        assert check_catalogue(c) == []
    with catalogue.transaction() as tx:
        assert check_catalogue(tx) == []


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        ("UPDATE photos SET present = 0 WHERE id IN (3, 4)", "their files say: 2."),
        ("UPDATE photos SET present = 1 WHERE id = 7", "photos that are marked present"),
        ("UPDATE photos SET sort_name = 'zzz' WHERE id = 3", "sorted under another name"),
        ("UPDATE photos SET shown_at = '1999' WHERE id = 3", "under another time"),
        ("UPDATE photos SET shown_day = 0 WHERE id = 3", "under another day or shape"),
        ("UPDATE photos SET shown_aspect = 750 WHERE id = 3", "under another day or shape"),
        ("DELETE FROM photo_keywords WHERE photo_id = 3", "other keywords than theirs: 1."),
        (
            "INSERT INTO photo_keywords VALUES ('odd', 3), ('odd', 4)",
            "other keywords than theirs: 2.",
        ),
        ("DELETE FROM albums", "places in albums that belong to albums it does not have: 2."),
        ("UPDATE embeddings SET vector = x'0000' WHERE photo_id = 3", "embeddings of a size"),
        ("DELETE FROM photos WHERE id = 3", "files that belong to photos it does not have: 1."),
        ("DELETE FROM models", "embeddings that belong to models it does not have: 200."),
        (
            """INSERT INTO file_names (file_names, rowid, folded)
                VALUES ('delete', 3, 'photo 3.jpg')""",
            "files that are missing from the index of names: 1.",
        ),
        (
            "INSERT INTO file_names (rowid, folded) VALUES (999, 'ghost')",
            "names in the index of names that belong to no file: 1.",
        ),
    ],
)
def test_planted_damage_is_named(catalogue: Catalogue, damage: str, sentence: str) -> None:
    # Not through the catalogue, whose connections enforce what is broken here.
    connection = sqlite3.connect(catalogue.path, isolation_level=None)
    connection.execute(damage)
    connection.close()
    with catalogue.reader() as c:
        found = check_catalogue(c)
    assert any(sentence in line for line in found), found
    assert all(line.endswith(".") for line in found)


def test_names_that_changed_behind_the_index_are_found_by_a_writer(catalogue: Catalogue) -> None:
    with catalogue.transaction() as tx:
        tx.execute("DROP TRIGGER files_name_update")
        tx.execute("UPDATE files SET folded = 'other.jpg' WHERE id = 3")
        assert any("index of names" in line for line in check_catalogue(tx))


def test_a_torn_page_is_found(tmp_path: Path, catalogue: Catalogue) -> None:
    with catalogue.reader() as c:
        (page,) = c.execute("SELECT rootpage FROM sqlite_master WHERE name = 'files'").fetchone()
        (size,) = c.execute("PRAGMA page_size").fetchone()
    catalogue.close()
    content = bytearray((tmp_path / "c.sqlite").read_bytes())
    content[(page - 1) * size + 100 : page * size] = bytes(size - 100)
    (tmp_path / "c.sqlite").write_bytes(content)
    with Catalogue(tmp_path / "c.sqlite", read_only=True) as damaged, damaged.reader() as c:
        assert any("damaged" in line for line in check_catalogue(c))
