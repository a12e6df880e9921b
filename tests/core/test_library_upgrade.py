"""A library goes from one Souvenir to the next, and one from a newer Souvenir is left alone."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from core.catalog.migrations import MIGRATIONS
from core.cli import main
from core.errors import LibraryVersionError
from core.library import Library

CATALOGUES = sorted((Path(__file__).parent / "catalogues").glob("*.sqlite"))


def library_with(catalogue: Path, folder: Path) -> Path:
    folder.mkdir()
    shutil.copy(catalogue, folder / "catalogue.sqlite")
    return folder


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.stem)
def test_a_library_of_an_earlier_version_opens_with_all_that_was_said(
    catalogue: Path, tmp_path: Path
) -> None:
    folder = library_with(catalogue, tmp_path / "library")
    with Library.open(folder) as library:
        status = library.status()
        assert (status.photos, status.files) == (4, 5)
        (lake,) = library.photos([1])
        assert (lake.rating, lake.favourite, lake.keywords) == (4, True, ("lake", "子ども"))
    with Library.open(folder, write=False) as library:  # it is up to date now, for readers too
        assert library.status().photos == 4


def test_a_library_of_a_newer_souvenir_is_refused_and_untouched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = library_with(CATALOGUES[-1], tmp_path / "library")
    with sqlite3.connect(folder / "catalogue.sqlite") as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.close()
    (folder / "settings.json").write_text('{"model": "one that comes in a later version"}')
    before = content(folder)
    for write in (True, False):
        with pytest.raises(LibraryVersionError):
            Library.open(folder, write=write)
    assert main(["--library", str(folder), "status"]) == 1
    said = capsys.readouterr().err
    assert "newer Souvenir" in said
    assert said.count("\n") == 1
    after = content(folder)
    assert {name: after[name] for name in before} == before
    assert after.keys() - before.keys() <= {"writer.lock"}
