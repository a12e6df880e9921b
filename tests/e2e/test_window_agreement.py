"""What is restored is always today's: a search is left while the library has changed."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt

from app.search.answers import Question
from app.sidebar.places import ALL_PHOTOS, Place
from core.catalog.edits import AddToAlbum, CreateAlbum
from tests.e2e.real_window import Person
from tests.helpers.agreement import disagreements

Key = Qt.Key


def add_photos(folder: Path, count: int, seed: int = 1) -> None:
    """Put photos of noise into a folder: each is a photo of its own."""
    noise = np.random.default_rng(seed)
    for number in range(count):
        pixels = noise.integers(0, 256, (48, 64, 3), np.uint8)
        Image.fromarray(pixels).save(folder / f"noise {seed} {number:02}.png")


def leave_search(person: Person) -> None:
    """Esc in the grid, or where it would be, until the place is shown."""
    browse = person.window.browse
    person.press(browse.grid if person.count else browse.empty.button, Key.Key_Escape)
    person.wait(lambda: not person.window.browse.shown.query)


def test_photos_that_come_while_one_searches_are_there_when_the_search_is_left(
    person: Person,
) -> None:
    before = person.count
    person.search("people on a beach")
    add_photos(person.folder, 12)
    person.wait(lambda: person.window.session.library.browse.overview().photos == before + 12)
    person.catch_up()
    leave_search(person)
    assert person.count == before + 12
    person.settle()
    assert person.count == before + 12
    assert person.window.browse.heading.title == f"{before + 12} photos"


def test_photos_that_go_while_one_searches_are_not_there_when_the_search_is_left(
    person: Person,
) -> None:
    before = person.count
    person.search("date:1990..2030 -zzz")
    for file in sorted(person.folder.rglob("*.jpg"))[:3]:
        file.unlink()
    person.wait(lambda: person.window.session.library.browse.overview().photos < before)
    person.catch_up()
    leave_search(person)
    there = person.window.session.library.browse.overview().photos
    assert person.count == there < before
    person.settle()


def test_an_album_that_is_filled_meanwhile_is_shown_as_it_is(person: Person) -> None:
    window = person.window
    ids = window.model.ids[:6].tolist()
    window.undo.do(CreateAlbum("Trip", tuple(ids[:2])), "new album")
    person.wait(lambda: window.session.library.browse.overview().albums)
    album = window.session.library.browse.overview().albums[0]
    person.settle()
    person.go("album", str(album.id))
    assert person.count == 2
    person.search("people")
    window.undo.do(AddToAlbum(album.id, tuple(ids)), "adding")
    person.settle()
    leave_search(person)
    assert person.count == 6
    window.undo.undo()
    person.becomes(lambda: person.count, 2)
    person.settle()


def test_what_is_undone_while_one_searches_is_undone_where_one_comes_back_to(
    person: Person,
) -> None:
    window = person.window
    person.select_at(0)
    person.command("photo.favourite")
    person.settle()
    person.go("favourites")
    assert person.count == 1
    person.search("people")
    window.undo.undo()
    person.settle()
    leave_search(person)
    person.settle()
    assert person.count == 0
    assert window.sidebar.count(Place("favourites")) == 0


def test_a_file_that_cannot_be_read_is_counted_everywhere(person: Person) -> None:
    window = person.window
    person.settle()
    (person.folder / "broken.jpg").write_bytes(b"\xff\xd8 no photo at all")
    person.wait(lambda: window.sidebar.count(Place("problems")) == 1)
    person.settle()
    assert window.status.failed == "1 file not read"
    (person.folder / "broken.jpg").unlink()
    person.wait(lambda: window.sidebar.count(Place("problems")) == 0)
    person.settle()
    assert window.status.failed == ""


def test_a_view_that_is_out_of_date_is_found_out(person: Person) -> None:
    """The check itself: a photo that is missing from the grid, and numbers that differ."""
    window = person.window
    person.settle()
    shown = window.browse.shown
    window.model.show(shown.ids[1:])
    assert any("photos listed and in the grid" in said for said in disagreements(window))
    window.model.show(shown.ids)
    window.sidebar.set_count(ALL_PHOTOS, 5)
    assert any("sidebar of ('all', '')" in said for said in disagreements(window))
    window.sidebar.set_count(ALL_PHOTOS, len(shown.ids))
    window.inspector.feed._ids = [3]
    assert any("inspected" in said for said in disagreements(window))
    window.inspector.feed._ids = []
    person.settle()


def test_a_listing_without_some_photos_is_found_out(person: Person) -> None:
    window = person.window
    person.settle()
    shown = window.browse.shown
    # As a stale listing was: everything in the window comes from it and is of one mind.
    window.browsing.shown.emit(type(shown)(shown.ids[2:], question=Question()))
    found = disagreements(window)
    assert found == []  # the inspector still reads
    with pytest.raises(pytest.fail.Exception, match="2 photos are missing"):
        person.settle()
    window.browsing.show()
    person.settle()


def test_a_disk_that_goes_while_another_page_is_shown(person: Person) -> None:
    window = person.window
    person.settle()
    window.navigation.show_problems()
    away = person.folder.with_name("away")
    shutil.move(person.folder, away)
    try:
        window.session.library.rescan([person.folder])
        person.wait(lambda: any(i.folder.offline for i in window.session.library.folders()))
        person.settle()
        window.problems.left.emit()
        person.settle()
    finally:
        shutil.move(away, person.folder)
