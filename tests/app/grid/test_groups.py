from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.grid.geometry import HEADING
from app.grid.model import PhotoModel
from app.grid.view import GridView
from tests.app.grid.grids import LEFT, photos, row

Key = Qt.Key
Modifier = Qt.KeyboardModifier


def grouped(grid: GridView, *counts: int) -> PhotoModel:
    """Show so many photos of some days, newest first, by day."""
    model = photos(grid)
    taken = np.repeat(15_000 - np.arange(len(counts)), counts).astype(np.int32)
    model.group_by("day")
    model.show(np.arange(1, sum(counts) + 1, dtype=np.int64), days=taken)
    return model


def heading(grid: GridView, group: int) -> QPoint:
    top = grid.verticalOffset()
    boxes = dict(grid.tiles.headings(top, top + grid.viewport().height()))
    return QPoint(60, boxes[group].y - top + 15)


def test_a_click_on_a_heading_selects_its_group_and_ctrl_adds_one(grid: GridView) -> None:
    grouped(grid, 3, 4, 5)
    QTest.mouseClick(grid.viewport(), LEFT, Modifier.NoModifier, heading(grid, 1))
    assert grid.choice.ids() == [4, 5, 6, 7]
    QTest.mouseClick(grid.viewport(), LEFT, Modifier.ControlModifier, heading(grid, 0))
    assert grid.choice.ids() == [1, 2, 3, 4, 5, 6, 7]
    QTest.mouseClick(grid.viewport(), LEFT, Modifier.ControlModifier, heading(grid, 1))
    assert grid.choice.ids() == [1, 2, 3]


def test_groups_are_reached_and_selected_by_keys(grid: GridView) -> None:
    grouped(grid, 3, 4, 5)
    QTest.keyClick(grid, Key.Key_Home)
    QTest.keyClick(grid, Key.Key_Down, Modifier.AltModifier)
    assert grid.choice.ids() == [4]
    QTest.keyClick(grid, Key.Key_Space, Modifier.ControlModifier | Modifier.ShiftModifier)
    assert grid.choice.ids() == [4, 5, 6, 7]
    QTest.keyClick(grid, Key.Key_Right)
    QTest.keyClick(grid, Key.Key_Up, Modifier.AltModifier)
    assert grid.choice.ids() == [4]
    QTest.keyClick(grid, Key.Key_Up, Modifier.AltModifier)
    assert grid.choice.ids() == [1]


def test_a_heading_stays_over_its_photos_while_they_scroll(grid: GridView) -> None:
    grouped(grid, 300, 300)
    grid.verticalScrollBar().setValue(800)
    assert grid.headings.at(QPoint(60, 10)) == 0
    assert grid.position_at(QPoint(60, 100)) is not None


def test_the_current_photo_is_never_under_the_heading(grid: GridView) -> None:
    grouped(grid, 300)
    QTest.keyClick(grid, Key.Key_End)
    for _ in range(60):
        QTest.keyClick(grid, Key.Key_Up)
        assert grid.visualRect(grid.currentIndex()).top() >= HEADING


def test_screen_readers_hear_the_group(grid: GridView) -> None:
    model = grouped(grid, 2, 2)
    model.update_rows([row(1)])
    assert "in 26 January 2011" in model.spoken(0)


# Order, shape and place


def test_selection_and_place_stay_when_the_order_changes(grid: GridView) -> None:
    model = photos(grid)
    grid.scrollTo(model.index(500_000), GridView.ScrollHint.PositionAtCenter)
    for position in (500_000, 500_007, 3):
        grid.choice.toggle(position)
    grid.choice.go_to(500_000)
    before = grid.visualRect(model.index(500_000)).top()
    model.show(model.ids[::-1].copy())
    assert sorted(grid.choice.ids()) == [4, 500_001, 500_008]
    assert grid.currentIndex().row() == 499_999
    assert grid.visualRect(grid.currentIndex()).top() == before


def test_selection_stays_when_photos_arrive_or_are_filtered_out(grid: GridView) -> None:
    model = photos(grid)
    QTest.keyClick(grid, Key.Key_A, Modifier.ControlModifier)
    model.show(np.arange(-9, 1_000_001, dtype=np.int64))
    assert grid.choice.count == 1_000_000
    assert not grid.choice.has(5)
    model.show(np.arange(1, 11, dtype=np.int64))
    assert grid.choice.ids() == list(range(1, 11))


def test_at_the_top_one_stays_at_the_top_when_photos_arrive(grid: GridView) -> None:
    photos(grid).show(np.arange(-9, 1_000_001, dtype=np.int64))
    assert grid.verticalOffset() == 0
    assert photos(grid).id_at(grid._visible()[0]) == -9


def test_shape_and_size_keep_the_photo_one_is_at(grid: GridView) -> None:
    model = photos(grid)
    aspects = np.tile(np.array([1.5, 0.7, 1.3, 2.2], np.float32), 250_000)
    model.show(model.ids, aspects=aspects)
    grid.scrollTo(model.index(400_000), GridView.ScrollHint.PositionAtCenter)
    grid.choice.only(400_000)
    place = grid.visualRect(model.index(400_000)).top()
    grid.set_shape("aspect")
    assert grid.visualRect(model.index(400_000)).top() == place
    assert (
        grid.visualRect(model.index(400_000)).width()
        > grid.visualRect(model.index(400_001)).width()
    )
    QTest.keyClick(grid, Key.Key_Plus, Modifier.ControlModifier)
    assert grid.visualRect(model.index(400_000)).top() == place
    grid.resize(800, 500)
    assert grid.currentIndex().row() in grid._visible()


def test_a_line_of_time_is_there_only_for_the_order_of_time(grid: GridView) -> None:
    grouped(grid, 100, 100)
    assert grid.scrubber.dated
    assert grid.scrubber.date_text() == "January 2011"
    photos(grid).show(np.arange(1, 100, dtype=np.int64))
    assert not grid.scrubber.dated
