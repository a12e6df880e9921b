from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.grid.view import GridView
from tests.app.grid.grids import LEFT, Drops, drag, photos, row

Key = Qt.Key
Modifier = Qt.KeyboardModifier


def centre(grid: GridView, position: int) -> QPoint:
    return grid.visualRect(grid.model().index(position, 0)).center()


def pull(grid: GridView, position: int) -> None:
    QTest.mousePress(grid.viewport(), LEFT, Modifier.NoModifier, centre(grid, position))
    drag(grid, centre(grid, position) + QPoint(30, 30))
    QTest.mouseRelease(grid.viewport(), LEFT, Modifier.NoModifier, centre(grid, position))


def test_a_photo_that_is_pulled_goes_out_as_id_and_file(grid: GridView, drops: Drops) -> None:
    photos(grid).update_rows([row(3)])
    pull(grid, 2)
    assert drops.taken == [([3], ["/p/IMG_3.JPG"])]


def test_all_that_is_selected_goes_out_together(grid: GridView, drops: Drops) -> None:
    photos(grid).update_rows([row(1), row(2), row(3, offline=True)])
    grid.choice.only(0)
    grid.choice.range_to(2)
    pull(grid, 1)
    assert drops.taken == [([1, 2, 3], ["/p/IMG_1.JPG", "/p/IMG_2.JPG"])]
    assert grid.choice.ids() == [1, 2, 3]


def test_files_that_are_not_known_yet_are_asked_for_and_none_is_left_out(
    grid: GridView, drops: Drops, qtbot: QtBot
) -> None:
    model = photos(grid)
    qtbot.waitUntil(lambda: not model.complete)
    model.take_rows([], [])
    asked: list[int] = []
    model.rows_wanted.connect(asked.extend)
    grid.choice.everything()
    grid.choice.ranges([range(3), range(5000, 5002)])
    QTest.mousePress(grid.viewport(), LEFT, Modifier.NoModifier, centre(grid, 1))
    assert asked == [1, 2, 3, 5001, 5002]
    model.take_rows(asked, [row(1), row(2), row(3)])
    drag(grid, centre(grid, 1) + QPoint(30, 30))
    assert drops.taken == [([1, 2, 3, 5001, 5002], [])]


def test_a_click_on_one_of_several_selected_selects_it_alone(grid: GridView) -> None:
    grid.choice.ranges([range(5)])
    QTest.mouseClick(grid.viewport(), LEFT, Modifier.NoModifier, centre(grid, 3))
    assert grid.choice.ids() == [4]


def test_a_box_that_is_drawn_beyond_the_edge_scrolls_along(grid: GridView, qtbot: QtBot) -> None:
    gap = QPoint(5, 100)
    QTest.mousePress(grid.viewport(), LEFT, Modifier.NoModifier, gap)
    drag(grid, QPoint(400, 400))
    drag(grid, QPoint(400, grid.viewport().height() + 60))
    qtbot.waitUntil(lambda: grid.verticalOffset() > 700)
    selected = grid.choice.count
    assert selected > 3 * 6
    qtbot.waitUntil(lambda: grid.choice.count > selected)
    QTest.mouseRelease(grid.viewport(), LEFT, Modifier.NoModifier, gap)
    assert not grid._mouse.boxing


def test_alt_draws_a_box_from_a_photo(grid: GridView, drops: Drops) -> None:
    QTest.mousePress(grid.viewport(), LEFT, Modifier.AltModifier, centre(grid, 0))
    drag(grid, centre(grid, 1))
    assert grid.choice.ids() == [1, 2]
    assert drops.taken == []


def test_a_right_click_is_about_what_is_under_it(grid: GridView) -> None:
    right = Qt.MouseButton.RightButton
    grid.choice.ranges([range(3)])
    QTest.mouseClick(grid.viewport(), right, Modifier.NoModifier, centre(grid, 1))
    assert grid.choice.ids() == [1, 2, 3]
    QTest.mouseClick(grid.viewport(), right, Modifier.NoModifier, centre(grid, 5))
    assert grid.choice.ids() == [6]
