from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.grid.scrubber import PLAIN_WIDTH, WIDTH, Dates, Scrubber
from app.theme import DARK

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


def days(*dates: str) -> np.ndarray:
    return np.array(dates, "datetime64[D]").astype(np.int32)


MONTHS = Dates(
    np.array([0, 1000, 2000, 6000, 9000], np.int64),
    days("2012-08-11", "2012-07-02", "2011-12-24", "2011-03-01", "2009-05-05"),
)


@pytest.fixture
def scrubber(qtbot: QtBot) -> Iterator[Scrubber]:
    area = QScrollArea()
    made = Scrubber(DARK, area)
    area.setVerticalScrollBar(made)
    inside = QWidget()
    inside.setFixedSize(100, 10_000)
    area.setWidget(inside)
    area.resize(400, 500)
    with qtbot.waitExposed(area):
        area.show()
    made.set_dates(MONTHS)
    yield made
    area.close()


def test_without_dates_it_is_a_plain_scroll_bar(scrubber: Scrubber) -> None:
    assert scrubber.width() == WIDTH
    scrubber.set_dates(None)
    assert not scrubber.dated
    assert scrubber.width() == PLAIN_WIDTH
    assert scrubber.date_text() == ""
    QTest.keyClick(scrubber, Key.Key_Down)
    assert scrubber.value() == scrubber.singleStep()


def test_it_says_in_which_month_one_is(scrubber: Scrubber) -> None:
    assert scrubber.date_text() == "August 2012"
    scrubber.setValue(2500)
    assert scrubber.date_text() == "December 2011"
    assert scrubber.date_text(9000) == "May 2009"


def test_pressing_leads_there_and_a_bubble_says_the_month(scrubber: Scrubber) -> None:
    middle = QPoint(WIDTH // 2, scrubber.height() * 7 // 10)
    QTest.mousePress(scrubber, LEFT, Qt.KeyboardModifier.NoModifier, middle)
    assert scrubber.isSliderDown()
    assert 6000 < scrubber.value() < 8000
    assert scrubber.bubble.isVisible()
    assert scrubber.bubble.text() == "March 2011"
    QTest.mouseMove(scrubber, QPoint(WIDTH // 2, 2))
    assert scrubber.value() == 0
    assert scrubber.bubble.text() == "August 2012"
    QTest.mouseRelease(scrubber, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(-50, 2))
    assert not scrubber.bubble.isVisible()


def test_pointing_tells_the_month_without_going_there(scrubber: Scrubber) -> None:
    QTest.mouseMove(scrubber, QPoint(WIDTH // 2, scrubber.height() - 2))
    assert scrubber.bubble.text() == "May 2009"
    assert scrubber.value() == 0


def test_the_bubble_is_beside_the_bar_and_within_the_grid(scrubber: Scrubber) -> None:
    QTest.mouseMove(scrubber, QPoint(WIDTH // 2, 1))
    bubble, bar = scrubber.bubble, scrubber
    right = bubble.mapToGlobal(bubble.rect().topRight()).x()
    assert right < bar.mapToGlobal(QPoint(0, 0)).x()
    assert scrubber.bubble.y() >= 0


def test_up_and_down_go_by_months_and_pages_by_years(scrubber: Scrubber) -> None:
    QTest.keyClick(scrubber, Key.Key_Down)
    QTest.keyClick(scrubber, Key.Key_Down)
    assert scrubber.date_text() == "December 2011"
    scrubber.setValue(2300)
    QTest.keyClick(scrubber, Key.Key_Up)
    assert scrubber.value() == 2000
    QTest.keyClick(scrubber, Key.Key_PageDown)
    assert scrubber.date_text() == "May 2009"
    QTest.keyClick(scrubber, Key.Key_PageUp)
    assert scrubber.value() == 2000
    QTest.keyClick(scrubber, Key.Key_End)
    assert scrubber.value() == scrubber.maximum()
    QTest.keyClick(scrubber, Key.Key_Home)
    assert scrubber.value() == 0


def test_years_are_written_where_they_begin_unless_there_is_no_room(scrubber: Scrubber) -> None:
    places = scrubber.year_places()
    assert [text for _, text in places] == ["2012", "2011", "2009"]
    assert places[0][0] < places[1][0] < places[2][0]
    crowded = Dates(np.arange(400, dtype=np.int64) * 25, np.arange(400, dtype=np.int32)[::-1] * 365)
    scrubber.set_dates(crowded)
    heights = [y for y, _ in scrubber.year_places()]
    assert len(heights) < 40
    assert min(np.diff(heights)) >= 20


def test_screen_readers_hear_the_month(scrubber: Scrubber) -> None:
    scrubber.setValue(6500)
    accessible = QAccessible.queryAccessibleInterface(scrubber)
    assert accessible.role() == QAccessible.Role.ScrollBar
    assert accessible.text(QAccessible.Text.Name) == "Scroll through time"
    assert accessible.text(QAccessible.Text.Description) == "March 2011"
    assert accessible.valueInterface().currentValue() == 6500
