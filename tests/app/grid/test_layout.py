"""While tiles change their size, only what is in view is laid out; it must be what all would be."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.grid.geometry import GridGeometry
from app.grid.rows import add_up
from app.grid.view import GridView
from tests.app.grid.grids import photos
from tests.helpers.patience import PATIENCE_MS

COUNT = 200_000
SHAPES = np.array([0.67, 0.75, 1.0, 1.33, 1.5, 1.78], np.float32)
FAR = 150_000  # a photo that is nowhere near the beginning


@pytest.fixture(params=["square", "aspect"])
def large(grid: GridView, request: pytest.FixtureRequest) -> GridView:
    """Photos of many shapes and months, scrolled far down."""
    model = photos(grid)
    days = np.sort(np.random.default_rng(1).integers(10_000, 17_000, COUNT))[::-1].astype(np.int32)
    aspects = np.random.default_rng(2).choice(SHAPES, COUNT)
    model.group_by("month")
    model.show(np.arange(1, COUNT + 1, dtype=np.int64), days=days, aspects=aspects)
    grid.set_shape(request.param)
    grid.scrollTo(model.index(FAR, 0), GridView.ScrollHint.PositionAtCenter)
    return grid


def in_view(grid: GridView) -> dict[int, QRect]:
    """The photos in view, and where."""
    top = grid.verticalOffset()
    boxes = grid.drawn.boxes(top, top + grid.viewport().height())
    return {n: QRect(box.x, box.y - top, box.width, box.height) for n, box in boxes}


def headings(grid: GridView) -> list[tuple[int, int]]:
    """The headings in view, and how far down."""
    top = grid.verticalOffset()
    found = grid.drawn.headings(top, top + grid.viewport().height())
    return [(group, box.y - top) for group, box in found]


def turn_wheel(grid: GridView, delta: int) -> None:
    place = QPointF(200, 200)
    plain, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    wheel = QWheelEvent(
        place, place, QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton, plain, phase, False
    )
    QApplication.sendEvent(grid.viewport(), wheel)


@pytest.mark.parametrize("side", [90, 310])
def test_nothing_in_view_moves_when_the_rest_is_laid_out(
    large: GridView, side: int, qtbot: QtBot
) -> None:
    large.set_side(side)
    assert not large.settled
    shown, under = in_view(large), headings(large)
    drawn = large.grab().toImage()
    qtbot.waitUntil(lambda: large.settled, timeout=PATIENCE_MS)
    assert in_view(large) == shown
    assert headings(large) == under
    right = large.scrubber.width()  # it may say something else now
    part = QRect(0, 0, large.width() - right, large.height())
    assert large.grab().toImage().copy(part) == drawn.copy(part)


def test_the_photo_that_is_looked_at_stays_through_many_sizes(large: GridView) -> None:
    large.choice.only(FAR)
    before = in_view(large)[FAR].top()
    for side in (100, 140, 300, 92, 220):
        large.set_side(side)
        assert in_view(large)[FAR].top() == before
    assert large.tiles.box(FAR).y - large.verticalOffset() == before


def test_the_beginning_stays_the_beginning(large: GridView) -> None:
    large.scrubber.setValue(0)
    large.set_side(300)
    assert not large.settled
    assert min(in_view(large)) == 0
    shown = in_view(large)
    assert large.tiles.box(0).y == shown[0].y()
    assert in_view(large) == shown


def test_the_end_is_laid_out_at_once(large: GridView) -> None:
    large.scrubber.setValue(large.scrubber.maximum())
    large.set_side(90)
    assert large.settled
    assert max(in_view(large)) == COUNT - 1


def test_a_turn_of_the_wheel_goes_on_from_what_is_in_view(large: GridView) -> None:
    large.set_side(300)
    shown = in_view(large)
    value = large.scrubber.value()
    turn_wheel(large, -120)
    assert large.settled
    after = in_view(large)
    both = sorted(shown.keys() & after.keys())
    assert both
    moved = {after[n].top() - shown[n].top() for n in both}
    assert len(moved) == 1
    assert -large.viewport().height() < moved.pop() < 0
    assert large.scrubber.value() != value


def test_a_jump_leads_to_what_the_scroll_bar_said(large: GridView) -> None:
    there = large.scrubber.maximum() // 3
    expected = large.tiles.visible(there, there + 1)[0]
    large.set_side(300)
    large.scrubber.setValue(there)
    assert large.settled
    shown = in_view(large)
    assert shown[expected].top() == min(place.top() for place in shown.values())


def test_keys_lead_where_they_lead_when_all_is_laid_out(large: GridView) -> None:
    large.choice.only(FAR)
    large.set_side(130)
    whole = replace(large.drawn, laid_out=None)
    QTest.keyClick(large, Qt.Key.Key_Down)
    assert large.currentIndex().row() == whole.moved(FAR, "down", large.viewport().height())
    large.set_side(260)
    QTest.keyClick(large, Qt.Key.Key_End)
    assert large.currentIndex().row() == COUNT - 1
    assert COUNT - 1 in in_view(large)


def test_a_click_selects_what_is_under_it(large: GridView) -> None:
    large.set_side(130)
    position, place = list(in_view(large).items())[7]
    QTest.mouseClick(
        large.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place.center()
    )
    assert large.choice.ids() == [position + 1]


def test_other_photos_may_come_before_all_is_laid_out(large: GridView) -> None:
    large.choice.only(FAR)
    before = in_view(large)[FAR].top()
    large.set_side(200)
    photos(large).show(np.arange(-500, COUNT + 1, dtype=np.int64))
    assert large.settled
    assert large.choice.ids() == [FAR + 1]
    assert in_view(large)[large.currentIndex().row()].top() == before


@pytest.mark.parametrize("seed", range(6))
def test_what_is_near_is_what_the_whole_is(seed: int) -> None:
    chance = np.random.default_rng(seed)
    counts = chance.integers(1, 300, 60)
    count = int(counts.sum())
    shapes = chance.choice(np.array([0.3, 0.67, 1.0, 1.5, 3.0, 12.0], np.float32), count)
    bounds = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    compared = 0
    kinds: list[dict[str, Any]] = [{}, {"cut": count // 3}, {"bounds": bounds}]
    for kind in kinds:
        for aspects in (None, add_up(shapes)):
            whole = GridGeometry(count, 1200, 120, aspects=aspects, **kind)
            for position in chance.integers(0, count, 20).tolist():
                top = max(0, whole.box(position).y - 250)
                near = whole.near(position, whole.box(position).y + 7, top + 7, top + 707)
                if near is None:  # near the end, or rows that panoramas made few of
                    continue
                compared += 1
                boxes = list(whole.boxes(top, top + 1400))
                moved = [(n, box._replace(y=box.y + 7)) for n, box in boxes]
                assert list(near.boxes(top + 7, top + 1407)) == moved
                groups = [(n, box.y + 7) for n, box in whole.headings(top, top + 700)]
                assert [(n, box.y) for n, box in near.headings(top + 7, top + 707)] == groups
                divider = whole.divider
                if divider is not None and near.divider is not None:
                    assert near.divider.y == divider.y + 7
    assert compared > 60
