from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.browse.view_bar import ViewBar, ViewState
from app.theme import DARK, LIGHT


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[ViewBar]:
    made = ViewBar(DARK)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def action(button: QToolButton, text: str) -> QAction:
    return next(a for a in button.menu().actions() if a.text() == text)


def test_another_order_is_told_with_the_end_it_begins_at(bar: ViewBar) -> None:
    told: list[tuple[str, bool]] = []
    bar.sort_changed.connect(lambda sort, descending: told.append((sort, descending)))
    action(bar.sort_button, "Name").trigger()
    action(bar.sort_button, "Z to A").trigger()
    action(bar.sort_button, "Rating").trigger()
    assert told == [("name", False), ("name", True), ("rating", True)]
    assert bar.sort_button.text() == "Rating"
    assert action(bar.sort_button, "Highest first").isChecked()


def test_choosing_what_is_chosen_changes_nothing(bar: ViewBar) -> None:
    told: list[str] = []
    bar.sort_changed.connect(lambda sort, _: told.append(sort))
    action(bar.sort_button, "Time taken").trigger()
    assert told == []
    assert action(bar.sort_button, "Time taken").isChecked()


def test_groups_are_for_the_order_of_time(bar: ViewBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.grouping_changed) as told:
        action(bar.group_button, "Days").trigger()
    assert told.args == ["day"]
    assert bar.group_button.text() == "Days"
    action(bar.sort_button, "Size of the file").trigger()
    assert not bar.group_button.isEnabled()
    action(bar.sort_button, "Time taken").trigger()
    assert bar.group_button.isEnabled()
    assert bar.state.grouping == "day"


def test_relevance_is_offered_while_one_searches(bar: ViewBar) -> None:
    assert not action(bar.sort_button, "Relevance").isVisible()
    bar.set_searching(True)
    action(bar.sort_button, "Relevance").trigger()
    assert bar.state.sort == "relevance"
    assert not action(bar.sort_button, "Best last").isEnabled()


def test_shape_and_size_are_told(bar: ViewBar) -> None:
    told: list[object] = []
    bar.shape_changed.connect(told.append)
    bar.side_changed.connect(told.append)
    bar.shape_button.click()
    bar.side.setValue(200)
    bar.shape_button.click()
    assert told == ["aspect", 200, "square"]


def test_a_state_that_is_set_is_shown_without_a_signal(bar: ViewBar) -> None:
    told: list[object] = []
    for signal in (bar.sort_changed, bar.grouping_changed, bar.shape_changed, bar.side_changed):
        signal.connect(lambda *args: told.append(args))
    state = ViewState("name", False, "year", "aspect", 240)
    bar.set_state(state)
    assert bar.state == state
    assert bar.sort_button.text() == "Name"
    assert bar.shape_button.isChecked()
    assert bar.side.value() == 240
    bar.set_side(100)
    assert bar.state.side == 100
    assert told == []


def test_a_state_survives_being_kept_as_text() -> None:
    state = ViewState("rating", True, "none", "aspect", 300)
    assert ViewState.from_text(state.to_text()) == state


@pytest.mark.parametrize(
    "text",
    ["", "[]", "not json", '{"sort": "colour", "side": 9999, "descending": 1, "shape": null}'],
)
def test_what_makes_no_sense_is_as_usual(text: str) -> None:
    assert ViewState.from_text(text) == ViewState()


def test_every_control_has_a_name_and_can_be_reached_by_tab(bar: ViewBar) -> None:
    for control in (bar.sort_button, bar.group_button, bar.shape_button, bar.side):
        assert control.accessibleName()
        assert control.focusPolicy().value & 1
    bar.set_theme(LIGHT)
    assert not bar.sort_button.icon().isNull()
