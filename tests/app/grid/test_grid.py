from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QKeyEvent, QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.grid.model import PhotoModel
from app.grid.view import GridView
from app.theme import DARK
from tests.app.grid.grids import LEFT, drag, photos, row
from tests.helpers.patience import PATIENCE_MS

Key = Qt.Key
Modifier = Qt.KeyboardModifier


def test_the_model_keeps_the_rules_of_qt_models() -> None:
    model = PhotoModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(np.array([5, 3, 9], np.int64))
    model.update_rows([row(3)])
    assert model.rowCount() == 3
    assert model.index(1).data() == "IMG_3.JPG"
    model.show(np.empty(0, np.int64))
    assert model.rowCount() == 0


def test_only_facts_of_what_is_in_view_are_asked_for_and_once(grid: GridView, qtbot: QtBot) -> None:
    asked: list[list[int]] = []
    photos(grid).rows_wanted.connect(asked.append)
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum() // 2)
    qtbot.waitUntil(lambda: not grid._requests.waits)
    grid.verticalScrollBar().setValue(0)
    qtbot.waitUntil(lambda: not grid._requests.waits)
    assert sum(map(len, asked)) < 200  # one request is under way: the next waits for its answer
    photos(grid).take_rows(asked[-1] if asked else [], [])
    qtbot.waitUntil(lambda: bool(asked) and asked[-1][0] == 1)


def test_rows_stay_known_but_not_all_of_a_million(grid: GridView) -> None:
    model = photos(grid)
    model.update_rows(row(n) for n in range(1, 12_001))
    assert model.row(11_999) is not None
    assert model.row(0) is None


def test_changed_facts_are_asked_for_again_while_the_old_ones_are_shown() -> None:
    model = PhotoModel()
    model.show(np.array([1, 2], np.int64))
    model.update_rows([row(1), row(2)])
    asked: list[list[int]] = []
    model.rows_wanted.connect(asked.append)
    model.forget([2])
    model.want(range(2))
    assert asked == [[2]]
    assert model.row(1) == row(2)
    model.take_rows([2], [row(2, rating=5)])
    assert model.row(1) == row(2, rating=5)


def test_arrows_move_and_shift_selects_a_range(grid: GridView) -> None:
    columns = grid.tiles.columns
    QTest.keyClick(grid, Key.Key_Home)
    QTest.keyClick(grid, Key.Key_Right)
    QTest.keyClick(grid, Key.Key_Down)
    assert grid.choice.ids() == [columns + 2]
    QTest.keyClick(grid, Key.Key_Down, Modifier.ShiftModifier)
    assert grid.choice.ids() == list(range(columns + 2, 2 * columns + 3))
    QTest.keyClick(grid, Key.Key_Up, Modifier.ShiftModifier)
    assert grid.choice.ids() == [columns + 2]


def test_end_and_page_keys_scroll_along(grid: GridView) -> None:
    bar = grid.verticalScrollBar()
    QTest.keyClick(grid, Key.Key_End)
    assert grid.currentIndex().row() == 999_999
    assert bar.value() >= bar.maximum() - 20
    QTest.keyClick(grid, Key.Key_PageUp)
    assert grid.currentIndex().row() < 999_999
    QTest.keyClick(grid, Key.Key_Home)
    assert bar.value() <= 4


def test_selecting_a_million_is_one_range(grid: GridView) -> None:
    QTest.keyClick(grid, Key.Key_A, Modifier.ControlModifier)
    assert grid.choice.count == 1_000_000
    assert len(grid.choice.positions) == 1


def test_clicks_with_shift_and_ctrl(grid: GridView) -> None:
    def click(position: int, modifier: Modifier = Modifier.NoModifier) -> None:
        point = grid.visualRect(grid.model().index(position, 0)).center()
        QTest.mouseClick(grid.viewport(), LEFT, modifier, point)

    click(2)
    click(5, Modifier.ShiftModifier)
    assert grid.choice.ids() == [3, 4, 5, 6]
    click(4, Modifier.ControlModifier)
    click(9, Modifier.ControlModifier)
    assert grid.choice.ids() == [3, 4, 6, 10]
    gap = QPoint(3, 3)
    QTest.mouseClick(grid.viewport(), LEFT, Modifier.NoModifier, gap)
    assert grid.choice.ids() == []


def test_a_box_selects_the_tiles_it_touches(grid: GridView) -> None:
    columns = grid.tiles.columns
    start = grid.visualRect(grid.model().index(0, 0)).topLeft() - QPoint(5, 3)
    end = grid.visualRect(grid.model().index(columns + 1, 0)).center()
    QTest.mousePress(grid.viewport(), LEFT, Modifier.NoModifier, start)
    drag(grid, start + QPoint(20, 20))
    drag(grid, end)
    QTest.mouseRelease(grid.viewport(), LEFT, Modifier.NoModifier, end)
    assert grid.choice.ids() == [1, 2, columns + 1, columns + 2]


def test_enter_and_a_double_click_open(grid: GridView, qtbot: QtBot) -> None:
    grid.choice.only(7)
    with qtbot.waitSignal(grid.opened) as opened:
        QTest.keyClick(grid, Key.Key_Return)
    assert opened.args == [7]
    with qtbot.waitSignal(grid.opened) as opened:
        point = grid.visualRect(grid.model().index(3, 0)).center()
        QTest.mouseDClick(grid.viewport(), LEFT, Modifier.NoModifier, point)
    assert opened.args == [3]


def test_ctrl_and_the_wheel_change_the_size_and_keep_the_place(grid: GridView) -> None:
    grid.scrollTo(grid.model().index(500_000, 0), GridView.ScrollHint.PositionAtCenter)
    top = grid._visible()[0]
    wheel = QWheelEvent(
        QPointF(50, 50),
        QPointF(50, 50),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Modifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    before = grid.tiles.side
    QApplication.sendEvent(grid.viewport(), wheel)
    assert grid.tiles.side > before
    assert top in grid._visible()


def test_one_comes_back_to_the_same_photo_with_the_same_selection(grid: GridView) -> None:
    grid.scrollTo(grid.model().index(5000, 0), GridView.ScrollHint.PositionAtCenter)
    grid.choice.only(5001)
    place, value = grid.place(), grid.verticalScrollBar().value()
    photos(grid).show(np.arange(7, 30, dtype=np.int64))
    assert grid.choice.ids() == []
    photos(grid).show(np.arange(1, 1_000_001, dtype=np.int64))
    grid.go_back(place)
    assert grid.choice.ids() == [5002]
    assert grid.currentIndex().row() == 5001
    assert grid.verticalScrollBar().value() == value


def test_photos_that_came_meanwhile_do_not_push_away_what_one_looks_at(grid: GridView) -> None:
    grid.scrollTo(grid.model().index(5000, 0), GridView.ScrollHint.PositionAtCenter)
    place = grid.place()
    photos(grid).show(np.arange(-99, 1_000_001, dtype=np.int64))  # a hundred new ones on top
    grid.go_back(place)
    assert photos(grid).id_at(grid._visible()[0]) in range(4900, 5100)


def test_photos_show_how_well_they_fit_only_where_that_is_wanted(grid: GridView) -> None:
    model = photos(grid)
    model.show(np.array([1, 2], np.int64), np.array([0.91, 0.4], np.float32), 1)
    assert grid._canvas._tile(0, -1).relevance is None
    grid.show_relevance(True)
    assert grid._canvas._tile(0, -1).relevance == pytest.approx(0.91)
    assert grid._canvas._tile(1, -1).less_likely
    grid.show_relevance(False)
    assert grid._canvas._tile(0, -1).relevance is None


def test_screen_readers_hear_what_a_photo_is(grid: GridView) -> None:
    model = photos(grid)
    model.show(np.array([1, 2], np.int64), np.array([0.91, 0.4], np.float32), 1)
    taken = "2021-06-05T14:03:22"
    model.update_rows([row(1, taken_at=taken, rating=4, favourite=True, offline=True)])
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "IMG_1.JPG" in spoken
    for part in ("4 stars", "favourite", "offline", "1 of 2"):
        assert part in spoken
    accessible = QAccessible.queryAccessibleInterface(grid)
    assert accessible.text(QAccessible.Text.Name) == "Photos"
    assert accessible.role() == QAccessible.Role.List
    item = accessible.child(0)
    assert item.role() == QAccessible.Role.ListItem
    assert item.text(QAccessible.Text.Name) == spoken


def test_a_grid_with_results_badges_and_a_line_can_be_drawn(grid: GridView) -> None:
    model = photos(grid)
    model.show(np.array([1, 2, 3], np.int64), np.array([0.9, 0.5, 0.1], np.float32), 2)
    model.update_rows([row(1, rating=5, favourite=True), row(2, offline=True), row(3)])
    grid.choice.only(0)
    image = grid.grab().toImage()
    shown = grid.visualRect(model.index(0))
    assert image.pixelColor(shown.center()) == DARK.colour("field")  # a placeholder
    assert image.pixelColor(shown.right() - 10, shown.bottom() - 12) != DARK.colour("field")


# Typing a name


@pytest.fixture
def slow_typing(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long it takes to type them, letters go together."""
    monkeypatch.setattr("app.grid.keys.TYPING_MS", PATIENCE_MS)


@pytest.mark.usefixtures("slow_typing")
def test_letters_make_the_beginning_of_a_name(grid: GridView) -> None:
    typed: list[str] = []
    grid.type_ahead.connect(typed.append)
    QTest.keyClicks(grid, "img 7")
    assert typed == ["i", "im", "img", "img ", "img 7"]
    grid.go_to_first(np.array([700, 70, 90_000], np.int64))
    assert grid.choice.ids() == [70]
    grid.choice.only(100)
    grid.go_to_first(np.array([700, 70, 90_000], np.int64))
    assert grid.choice.ids() == [700]
    grid.go_to_first(np.array([], np.int64))
    assert grid.choice.ids() == [700]


@pytest.mark.usefixtures("slow_typing")
def test_letters_of_a_name_are_no_other_command(grid: GridView) -> None:
    def override(key: Key, text: str) -> bool:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Modifier.NoModifier, text)
        event.ignore()
        QApplication.sendEvent(grid, event)
        return event.isAccepted()

    assert not override(Key.Key_F, "f")
    QTest.keyClicks(grid, "i")
    assert override(Key.Key_F, "f")


def test_space_opens_and_ctrl_space_toggles(grid: GridView, qtbot: QtBot) -> None:
    grid.choice.only(7)
    with qtbot.waitSignal(grid.opened) as opened:
        QTest.keyClick(grid, Key.Key_Space)
    assert opened.args == [7]
    QTest.keyClick(grid, Key.Key_Space, Modifier.ControlModifier)
    assert grid.choice.ids() == []


def test_scrolling_fast_asks_only_for_where_one_stops(grid: GridView, qtbot: QtBot) -> None:
    asked: list[list[int]] = []
    qtbot.waitUntil(lambda: not grid._requests.waits)
    model = photos(grid)
    model.rows_wanted.connect(asked.append)
    model.take_rows([], [])
    for n in range(1, 40):
        grid.verticalScrollBar().setValue(n * 100_000)
        model.take_rows([], [])
    qtbot.waitUntil(lambda: not grid._requests.waits)
    model.take_rows([], [])
    assert len(asked) <= 2
    assert asked[-1][0] in range(model.id_at(grid._visible()[0]), 10**6)
