"""Comparing photos side by side: one zoom for all, stars, and one removed after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.theme import LIGHT
from app.viewer.compare import Compare
from core.events import PhotosChanged
from tests.app.viewing import Viewing

Key = Qt.Key
Open = Callable[..., tuple[Compare, Viewing]]


@pytest.fixture
def open_compare(qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    """Open the page on some of `count` photos of 1200 × 900 pixels."""
    opened: list[Viewing] = []

    def open_it(ids: list[int], count: int = 6) -> tuple[Compare, Viewing]:
        files = []
        for n in range(count):
            files.append(tmp_path / f"photo {n}.png")
            Image.new("RGB", (1200, 900), (40 * n, 90, 90)).save(files[-1])
        viewing = Viewing(qtbot, tmp_path, files)
        opened.append(viewing)
        compare = Compare(viewing.model, viewing.session, LIGHT)
        compare.add_commands(viewing.commands, lambda: ids, (viewing.window,))
        viewing.show(compare)
        compare.show_photos(ids)
        return compare, viewing

    yield open_it
    for viewing in opened:
        viewing.close()


def all_read(compare: Compare) -> bool:
    return all(pane.view.sharp for pane in compare.panes)


@pytest.mark.parametrize(("ids", "rows"), [([6, 5], 1), ([6, 5, 4], 1), ([6, 5, 4, 3, 2], 2)])
def test_two_to_four_photos_with_their_names(
    open_compare: Open, qtbot: QtBot, ids: list[int], rows: int
) -> None:
    compare, _ = open_compare(ids)
    qtbot.waitUntil(lambda: all_read(compare))
    assert compare.photo_ids == ids[:4]
    assert [pane.name for pane in compare.panes] == [f"photo {6 - i}.png" for i in ids[:4]]
    assert len({pane.y() for pane in compare.panes}) == rows
    assert compare.photo_id == 6


def test_zoom_and_place_are_those_of_all(open_compare: Open, qtbot: QtBot) -> None:
    compare, _ = open_compare([6, 5, 4])
    qtbot.waitUntil(lambda: all_read(compare))
    first, second, third = (pane.view for pane in compare.panes)
    second.actual_size()
    assert first.place.shown_zoom == pytest.approx(1)
    assert third.place.shown_zoom == pytest.approx(1)
    first.move_by(-80, -40)
    assert second.place.middle == first.place.middle
    QTest.keyClick(compare.panes[0], Key.Key_Z)
    assert [view.place.zoom for view in (first, second, third)] == [None, None, None]


def test_keys_choose_rate_and_remove(open_compare: Open, qtbot: QtBot) -> None:
    compare, _ = open_compare([6, 5, 4])
    qtbot.waitUntil(lambda: all_read(compare))
    QTest.keyClick(compare.panes[0], Key.Key_Right)
    assert compare.photo_id == 5
    with qtbot.waitSignal(compare.asked_rating) as rated:
        QTest.mouseClick(compare.panes[1].stars, Qt.MouseButton.LeftButton)
    assert rated.args == [[5], 3]
    QTest.keyClick(compare.panes[1], Key.Key_X)
    assert compare.photo_ids == [6, 4]
    assert compare.photo_id == 4
    with qtbot.waitSignal(compare.left) as left:
        QTest.keyClick(compare.panes[1], Key.Key_X)
    assert left.args == [6]


def test_a_rating_given_elsewhere_is_shown(open_compare: Open, qtbot: QtBot) -> None:
    compare, viewing = open_compare([6, 5])
    qtbot.waitUntil(lambda: all_read(compare))
    viewing.change(5, rating=4)
    assert compare.panes[1].stars.rating == 4


def test_photos_that_go_leave_the_comparison(open_compare: Open, qtbot: QtBot) -> None:
    compare, viewing = open_compare([6, 5, 4])
    active: list[int] = []
    compare.active_changed.connect(active.append)
    viewing.library.events.emit(PhotosChanged(removed=(6, 1)))
    qtbot.waitUntil(lambda: compare.photo_ids == [5, 4])
    assert active == [5]
    with qtbot.waitSignal(compare.left) as left:
        viewing.library.events.emit(PhotosChanged(removed=(5,)))
    assert left.args == [4]


def test_the_command_compares_one_photo_with_the_next(open_compare: Open, qtbot: QtBot) -> None:
    compare, viewing = open_compare([3])
    with qtbot.waitSignal(compare.compare_asked) as asked:
        viewing.commands["view.compare"].trigger()
    assert asked.args == [[3, 2]]


def test_esc_goes_back_to_the_photo_one_was_at(open_compare: Open, qtbot: QtBot) -> None:
    compare, _ = open_compare([6, 5])
    with qtbot.waitSignal(compare.left) as left:
        QTest.keyClick(compare.panes[0], Key.Key_Escape)
    assert left.args == [6]
    assert compare.panes == []
