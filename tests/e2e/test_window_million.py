"""The real window over a library of a million photos: scrolling, jumping, selecting, searching."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.e2e.conftest import OpenWindow
from tests.e2e.real_window import Person
from tests.helpers.large_library import file_name, make_large_library, remove_large_library

COUNT = 1_000_000
Key, Keys = Qt.Key, Qt.KeyboardModifier


@pytest.fixture(scope="module")
def million(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A library of a million photos, made of three thumbnails."""
    folder = tmp_path_factory.mktemp("million")
    thumbnails = []
    for number, size in enumerate([(512, 341), (341, 512), (512, 200)]):
        thumbnails.append(folder / f"{number}.jpg")
        Image.new("RGB", size, (100, 80 * number, 60)).save(thumbnails[-1])
    make_large_library(folder / "library", COUNT, thumbnails)
    yield folder / "library"
    remove_large_library(folder / "library")  # not to lie about until pytest clears up


@pytest.fixture
def person(open_window: OpenWindow, million: Path, qtbot: QtBot) -> Person:
    """Somebody at a window with a million photos."""
    person = Person(open_window(million), million.parent, qtbot)
    person.arrive(COUNT)
    return person


def test_scrolling_and_jumping_shows_every_tile(person: Person) -> None:
    grid, bar = person.window.browse.grid, person.window.browse.grid.scrubber
    assert person.window.browse.heading.title == "1,000,000 photos"
    for share in (0.5, 0.01, 0.99, 0.31):
        bar.setValue(int(bar.maximum() * share))
        person.wait(lambda: grid.complete)
        top = grid.place().top_id
        assert top is not None
        (first,) = person.window.model.positions_of([top])
        assert abs(first / COUNT - share) < 0.01
        assert bar.date_text()
    for _ in range(20):
        bar.triggerAction(bar.SliderAction.SliderPageStepAdd)
    person.wait(lambda: grid.complete)
    person.press(grid, Key.Key_End)
    person.wait(lambda: grid.complete)
    assert grid.currentIndex().row() == COUNT - 1
    person.press(grid, Key.Key_Home)
    assert grid.verticalOffset() == 0


def test_memory_is_bounded_while_one_scrolls(person: Person) -> None:
    grid, thumbnails = person.window.browse.grid, person.window.thumbnails
    most = 8 * 2**20
    thumbnails.set_bytes_kept(most)
    for share in np.linspace(0, 1, 60):
        grid.scrubber.setValue(int(grid.scrubber.maximum() * share))
        person.wait(lambda: grid.complete)
        assert thumbnails.bytes <= most + most // 8


def test_a_heading_selects_its_year_and_everything_can_be_selected(person: Person) -> None:
    window, grid = person.window, person.window.browse.grid
    window.view_bar.grouping_changed.emit("year")
    person.settle()
    groups = window.model.groups
    assert groups is not None
    assert len(groups) >= 20
    person.press(grid, Key.Key_Home)
    top = next(box for _, box in grid.tiles.headings(0, 100))
    QTest.mouseClick(
        grid.viewport(),
        Qt.MouseButton.LeftButton,
        Keys.NoModifier,
        QPoint(top.x + 24, top.y + top.height // 2),
    )
    assert grid.choice.count == len(groups.members(0))
    person.press(grid, Key.Key_A, Keys.ControlModifier)
    assert grid.choice.count == COUNT
    person.settle()


def test_a_filter_and_a_name_find_photos_among_a_million(person: Person) -> None:
    person.search("is:favourite")
    assert person.count == sum(1 for n in range(1, COUNT + 1) if n % 97 == 0)
    person.press(person.window.header.search.edit, Key.Key_Escape)
    person.wait(lambda: person.count == COUNT)
    person.search("name:IMG_0123456")
    assert person.window.model.ids.tolist() == [123_456]
    assert person.names() == [file_name(123_456)]


def test_what_is_selected_stays_where_it_is_in_another_order(person: Person) -> None:
    grid = person.window.browse.grid
    grid.go_to(700_000)
    (chosen,) = grid.choice.ids()
    person.window.view_bar.sort_changed.emit("name", False)
    person.wait(lambda: person.window.browse.shown.sort == "name")
    person.wait(lambda: person.count == COUNT and grid.complete)
    person.settle()
    assert grid.choice.ids() == [chosen]
