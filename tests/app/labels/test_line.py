"""The handles of a label's line, and the tiles beside it, by mouse and keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.labels.order import label_order
from app.labels.panel import LabelPanel
from app.labels.shown import LabelShown
from app.theme import DARK
from core.library import Label
from tests.app.fake_library import FakeLibrary
from tests.app.opening import session_on

Key = Qt.Key
LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
DOG = Label("dog", ("a dog",), id=3)


def shown(label: Label = DOG, count: int = 101, *, answered: int = 0) -> LabelShown:
    """Photos 1, 2, 3 …: each fits a hundredth less than the one before."""
    relevances = np.linspace(1.0, 0.0, count, dtype=np.float32)
    answers = np.zeros(count, np.int8)
    answers[-answered:] = 1 if answered else 0
    ids = np.arange(1, count + 1, dtype=np.int64)
    return LabelShown(label, label_order(ids, relevances, answers, np.ones(count, np.bool_)))


@pytest.fixture
def panel(qtbot: QtBot, tmp_path: Path) -> Iterator[LabelPanel]:
    library = FakeLibrary(tmp_path, 101)
    session = session_on(library)
    with qtbot.waitSignal(session.opened):
        session.open()
    made = LabelPanel(session, DARK, QMenu)
    qtbot.addWidget(made)
    made.resize(900, 520)
    made.set_room(760)
    made.show()
    made.show_label(shown())
    yield made
    made.leave()
    with qtbot.waitSignal(session.closed):
        session.close()


def ids(panel: LabelPanel, which: str) -> list[int]:
    return [one.photo_id for one in getattr(panel, which).shown]


def test_the_photos_nearest_to_the_line_are_shown_on_both_sides(panel: LabelPanel) -> None:
    assert panel.cut == 51
    assert ids(panel, "above")[-1] == 51
    assert ids(panel, "below")[0] == 52
    assert all(one.relevance < 0.5 for one in panel.below.shown)


def test_keys_move_the_line_by_relevance_by_photos_and_to_the_ends(panel: LabelPanel) -> None:
    cuts: list[int] = []
    panel.cut_moved.connect(cuts.append)
    for key in (Key.Key_Right, Key.Key_Left, Key.Key_Down, Key.Key_Up, Key.Key_End, Key.Key_Home):
        QTest.keyClick(panel.scale, key)
    assert cuts == [50, 51, 52, 51, 1, 101]


def test_both_handles_show_the_same_line_to_a_screen_reader(panel: LabelPanel) -> None:
    QTest.keyClick(panel.divider, Key.Key_Down)
    for handle in (panel.scale, panel.divider):
        reader = QAccessible.queryAccessibleInterface(handle)
        assert reader.text(QAccessible.Text.Name).startswith("Line of the label")
        assert reader.valueInterface().currentValue() == 485
        assert reader.text(QAccessible.Text.Description).startswith("0.48 and above: 52 photos")


def test_the_line_is_kept_once_it_is_let_go(panel: LabelPanel, qtbot: QtBot) -> None:
    kept = []
    panel.line_set.connect(lambda _label, line: kept.append(line))
    point = panel.scale.rect().center()
    QTest.mousePress(panel.scale, LEFT, NO_KEYS, point)
    for x in (700, 720, 740):
        QTest.mouseMove(panel.scale, QPoint(x, point.y()))
    assert panel.threshold > 0.7
    assert not kept
    QTest.mouseRelease(panel.scale, LEFT, NO_KEYS, QPoint(740, point.y()))
    assert kept == [panel.threshold]
    QTest.keyClick(panel.scale, Key.Key_Left)
    qtbot.waitUntil(lambda: kept[1:] == [panel.threshold])


def test_what_was_let_go_stays_until_the_library_says_the_same(panel: LabelPanel) -> None:
    QTest.keyClick(panel.scale, Key.Key_End)
    panel.keep()
    panel.show_label(shown())  # asked before the line was kept
    assert panel.threshold == 1.0
    panel.trust_library()  # it was taken back
    panel.show_label(shown())
    assert panel.threshold == 0.5


def test_leaving_keeps_a_line_that_was_moved(panel: LabelPanel) -> None:
    kept = []
    panel.line_set.connect(lambda label, line: kept.append((label.name, line)))
    QTest.keyClick(panel.scale, Key.Key_Home)
    panel.leave()
    assert kept == [("dog", 0.0)]
    assert panel.shown is None


def test_the_divider_is_pulled_photo_by_photo(panel: LabelPanel) -> None:
    middle = panel.divider.rect().center()
    QTest.mousePress(panel.divider, LEFT, NO_KEYS, middle)
    QTest.mouseMove(panel.divider, middle + QPoint(0, 45))
    assert panel.cut == 54
    QTest.mouseMove(panel.divider, middle - QPoint(0, 15))
    assert panel.cut == 50
    QTest.mouseRelease(panel.divider, LEFT, NO_KEYS, middle)


def test_the_line_of_a_group_stays_above_one_half(panel: LabelPanel) -> None:
    panel.show_label(shown(Label("night", ("at night",), group="light", id=4)))
    QTest.keyClick(panel.scale, Key.Key_Home)
    assert panel.threshold == 0.5


def test_a_label_that_is_off_is_carried_by_hand_alone(panel: LabelPanel) -> None:
    panel.show_label(shown(Label("dog", ("a dog",), active=False, id=5), answered=2))
    assert panel.cut == 2


def test_photos_are_judged_by_key_and_by_the_buttons_on_them(panel: LabelPanel) -> None:
    said: list[tuple[int, bool]] = []
    chosen: list[int] = []
    panel.answered.connect(lambda photo_id, yes: said.append((photo_id, yes)))
    panel.chosen.connect(chosen.append)
    first, second = ids(panel, "below")[:2]
    panel.below.setFocus()
    QTest.keyClick(panel.below, Key.Key_Right)
    assert chosen[-1] == second
    QTest.keyClick(panel.below, Key.Key_Y)
    QTest.keyClick(panel.below, Key.Key_Home)
    QTest.keyClick(panel.below, Key.Key_N)
    assert said == [(second, True), (first, False)]
    panel.below.set_judging(False)
    QTest.keyClick(panel.below, Key.Key_Y)
    assert len(said) == 2, "where nothing can be changed, nothing is said"


def test_a_window_can_be_made_small_again(panel: LabelPanel) -> None:
    panel.resize(1800, 1200)
    panel.set_room(1600)
    panel.set_room(500)
    assert panel.minimumSizeHint().height() < 420
