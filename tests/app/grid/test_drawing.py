from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import numpy as np
from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.grid.view import GridView
from app.theme import DARK, style_sheet
from tests.app.grid.grids import photos, row

A_LITTLE = 60  # pixels


class Drawn(QObject):
    """Counts the pixels that a widget is asked to draw."""

    def __init__(self, grid: GridView) -> None:
        super().__init__(grid)
        self.pixels = 0
        grid.viewport().installEventFilter(self)

    def eventFilter(  # noqa: N802
        self, _watched: QObject, event: QEvent
    ) -> bool:
        if isinstance(event, QPaintEvent):
            # PySide6's stubs do not know that a region can be walked.
            parts = cast("Iterable[QRect]", event.region())
            self.pixels += sum(one.width() * one.height() for one in parts)
        return False


def by_day(grid: GridView, qtbot: QtBot) -> None:
    """Show a thousand photos, some to a day, whose facts come; every third is selected.

    With the style sheet of the window: it changes what Qt believes has to be drawn.
    """
    grid.setStyleSheet(style_sheet(DARK))
    model = photos(grid)

    def answer(asked: list[int]) -> None:
        model.take_rows(asked, [row(n, rating=n % 6, favourite=n % 4 == 0) for n in asked])

    qtbot.waitUntil(lambda: not grid._requests.waits)
    model.take_rows([], [])  # what was asked before
    model.rows_wanted.connect(answer)
    model.group_by("day")
    days = np.repeat(np.arange(50, 0, -1, dtype=np.int32), 20)
    model.show(np.arange(1, 1001, dtype=np.int64), days=days)
    grid.choice.ranges([range(n, n + 1) for n in range(0, 1000, 3)])
    settle(grid, qtbot)


def settle(grid: GridView, qtbot: QtBot) -> None:
    """Draw until nothing more comes."""
    qtbot.waitUntil(lambda: grid.complete)
    QApplication.processEvents()


def on_screen(grid: GridView) -> QImage:
    return grid.screen().grabWindow(grid.winId()).toImage()


def anew(grid: GridView) -> QImage:
    return grid.grab().toImage().convertToFormat(on_screen(grid).format())


def test_scrolling_draws_what_comes_into_view_and_not_the_rest(
    grid: GridView, qtbot: QtBot
) -> None:
    by_day(grid, qtbot)
    drawn = Drawn(grid)
    grid.scrubber.setValue(A_LITTLE)
    QApplication.processEvents()
    everything = grid.viewport().width() * grid.viewport().height()
    assert 0 < drawn.pixels < everything / 3


def test_what_was_scrolled_looks_as_if_all_of_it_was_drawn(grid: GridView, qtbot: QtBot) -> None:
    by_day(grid, qtbot)
    for to in (A_LITTLE, 400, 390, 1000, 5000, 4600, 4601, 0, grid.scrubber.maximum()):
        grid.scrubber.setValue(to)
        settle(grid, qtbot)
        assert on_screen(grid) == anew(grid), to


def test_tiles_of_another_size_and_shape_leave_nothing_of_those_before(
    grid: GridView, qtbot: QtBot
) -> None:
    by_day(grid, qtbot)
    grid.scrubber.setValue(700)
    for side in (90, 300, 150):
        grid.set_side(side)
        settle(grid, qtbot)
        assert on_screen(grid) == anew(grid), side
