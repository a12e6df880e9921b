"""The grid of the real window: order, groups, sizes, keyboard and mouse, what stays selected."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.e2e.real_window import Person
from tests.helpers.patience import PATIENCE_MS

Key, Keys = Qt.Key, Qt.KeyboardModifier


def test_everything_is_shown_with_its_thumbnail(person: Person) -> None:
    assert person.window.browse.heading.title == "15 photos"
    assert person.window.browse.grid.complete


def test_photos_are_put_into_another_order(person: Person) -> None:
    bar = person.window.view_bar
    bar.sort_changed.emit("name", False)
    person.settle()
    assert person.names() == sorted(person.names())
    bar.sort_changed.emit("size", True)
    person.settle()
    sizes = [person.photo(photo_id).byte_size for photo_id in person.window.model.ids.tolist()]
    assert sizes == sorted(sizes, reverse=True)


def test_what_is_selected_stays_so_in_another_order_and_when_photos_arrive(person: Person) -> None:
    chosen = set(person.select("cat.png", "rocket.jpg"))
    person.window.view_bar.sort_changed.emit("name", True)
    person.settle()
    assert set(person.window.browse.grid.choice.ids()) == chosen
    photo = person.folder / "travel" / "china.jpg"
    (person.folder / "newcomer.jpg").write_bytes(photo.read_bytes() + b"another photo")
    person.wait(lambda: person.count == 16)
    assert set(person.window.browse.grid.choice.ids()) == chosen


def test_photos_are_grouped_and_a_heading_selects_its_group(person: Person) -> None:
    window, grid = person.window, person.window.browse.grid
    window.view_bar.grouping_changed.emit("year")
    person.settle()
    groups = window.model.groups
    assert groups is not None
    _, box = next(iter(grid.tiles.headings(0, grid.viewport().height())))
    heading = QPoint(box.x + 30, box.y + box.height // 2)
    assert grid.headings.at(heading) == 0
    grid.headings.choose(0)
    assert grid.choice.count == len(groups.members(0))
    window.view_bar.grouping_changed.emit("none")
    person.settle()
    assert window.model.groups is None


def test_tiles_change_their_size_with_the_wheel_and_their_shape(person: Person) -> None:
    window, grid = person.window, person.window.browse.grid
    before = grid.tiles.wanted
    middle = QPointF(grid.viewport().rect().center())
    QApplication.sendEvent(
        grid.viewport(),
        QWheelEvent(
            middle,
            grid.viewport().mapToGlobal(middle),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Keys.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        ),
    )
    assert grid.tiles.wanted > before
    assert window.view_bar.state.side == grid.tiles.wanted
    square = grid.tiles.box(0)
    assert square.width == square.height
    window.view_bar.shape_changed.emit("aspect")
    person.settle()
    widths = {grid.tiles.box(n).width for n in range(person.count)}
    assert len(widths) > 1


def test_the_keyboard_goes_everywhere(person: Person) -> None:
    grid = person.window.browse.grid
    person.press(grid, Key.Key_Home)
    assert grid.currentIndex().row() == 0
    person.press(grid, Key.Key_Right)
    assert grid.currentIndex().row() == 1
    person.press(grid, Key.Key_End, Keys.ShiftModifier)
    assert grid.choice.count == 14
    person.press(grid, Key.Key_A, Keys.ControlModifier)
    assert grid.choice.count == 15
    person.press(grid, Key.Key_Home)
    assert grid.choice.count == 1
    grid.set_side(400)
    person.press(grid, Key.Key_End)
    assert grid.verticalOffset() > 0
    person.press(grid, Key.Key_Home)
    assert grid.verticalOffset() == 0


def test_typing_a_name_ahead_goes_to_the_photo(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.grid.keys.TYPING_MS", PATIENCE_MS)  # however slow the machine is
    grid = person.window.browse.grid
    person.press(grid, Key.Key_Home)
    QTest.keyClicks(grid, "rock")
    rocket = person.id_of("rocket.jpg")
    person.wait(lambda: grid.choice.ids() == [rocket])


def test_a_band_selects_what_it_touches(person: Person) -> None:
    grid = person.window.browse.grid
    last = grid.tiles.box(1)
    start = QPoint(2, 2)
    end = QPoint(last.x + last.width // 2, last.y + last.height // 2)
    QTest.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, Keys.NoModifier, start)
    for point in (start + QPoint(12, 12), end):
        QTest.mouseMove(grid.viewport(), point)
    QTest.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, Keys.NoModifier, end)
    assert grid.choice.count == 2


def test_a_file_that_is_copied_twice_is_one_photo(person: Person) -> None:
    cat = person.id_of("cat.png")
    shutil.copyfile(person.folder / "cat.png", person.folder / "cat again.png")
    person.wait(lambda: len(person.photo(cat).files) == 2)
    person.settle()
    assert person.count == 15
