"""Selection and viewer end where the matches do; the less likely are a step of their own."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.widgets.question import Question
from app.window.window import MainWindow
from tests.app.opening import OpenWindow
from tests.helpers.agreement import disagreements

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PHOTOS, MATCHING = 1000, 38
ANSWERS = {
    "beach": (list(range(1, PHOTOS + 1)), np.linspace(0.9, 0.1, PHOTOS).tolist(), MATCHING),
    "unicorn": (list(range(1, PHOTOS + 1)), np.linspace(0.4, 0.1, PHOTOS).tolist(), 0),
    "-people": (list(range(1, PHOTOS + 1)), [1.0] * PHOTOS, PHOTOS),
    "photo": (list(range(1, 41)), np.linspace(0.9, 0.6, 40).tolist(), 40),
}


@pytest.fixture
def window(open_window: OpenWindow, qtbot: QtBot) -> MainWindow:
    opened, _library = open_window(PHOTOS, answers=ANSWERS)
    opened.browse.grid.setFocus()
    qtbot.waitUntil(lambda: rests(opened))
    return opened


def search(window: MainWindow, qtbot: QtBot, query: str) -> None:
    window.header.search.ask(query)
    qtbot.waitUntil(lambda: window.browse.shown.query == query and rests(window))
    window.browse.grid.setFocus()
    agree(window)


def rests(window: MainWindow) -> bool:
    """Whether all that was asked for is there."""
    busy = window.session.background.busy or window.sidebar_feed.waits
    return not (busy or window.browsing.waits or window.inspector.waits)


def agree(window: MainWindow) -> None:
    assert disagreements(window, catalogue=False) == []


def press(window: MainWindow, key: Qt.Key, keys: Qt.KeyboardModifier = CONTROL) -> None:
    QTest.keyClick(window.browse.grid, key, keys)
    agree(window)


def press_held(window: MainWindow, key: Qt.Key, keys: Qt.KeyboardModifier) -> None:
    """As the keyboard repeats a key that is held down."""
    event = QKeyEvent(QEvent.Type.KeyPress, key, keys, "", autorep=True)
    QApplication.sendEvent(window.browse.grid, event)
    agree(window)


def test_all_are_those_that_match_and_a_second_step_takes_the_others(
    window: MainWindow, qtbot: QtBot
) -> None:
    search(window, qtbot, "beach")
    heading, choice = window.browse.heading, window.browse.grid.choice
    press(window, Key.Key_A)
    assert choice.ids() == list(range(1, MATCHING + 1))
    assert window.navigation.chosen() == choice.ids()
    assert heading.end.startswith("38 selected")
    assert heading.offer.text() == "Also the 962 less likely"
    press(window, Key.Key_A)
    assert choice.count == PHOTOS
    assert heading.end.startswith("1,000 selected, 962 of them less likely")
    assert heading.offer.isHidden()
    press(window, Key.Key_A)
    assert choice.count == MATCHING


def test_the_heading_offers_the_less_likely(window: MainWindow, qtbot: QtBot) -> None:
    search(window, qtbot, "beach")
    press(window, Key.Key_A)
    window.browse.heading.offer.click()
    assert window.browse.grid.choice.count == PHOTOS
    agree(window)


def test_anything_else_that_is_selected_takes_the_offer_back(
    window: MainWindow, qtbot: QtBot
) -> None:
    search(window, qtbot, "beach")
    press(window, Key.Key_A)
    press(window, Key.Key_Home, Qt.KeyboardModifier.NoModifier)
    assert window.browse.heading.offer.isHidden()
    press(window, Key.Key_A)
    assert window.browse.grid.choice.count == MATCHING


def test_a_key_that_is_held_down_is_one_step(window: MainWindow, qtbot: QtBot) -> None:
    search(window, qtbot, "beach")
    assert not window.commands["edit.select_all"].autoRepeat()
    press(window, Key.Key_A)
    press_held(window, Key.Key_A, CONTROL)
    assert window.browse.grid.choice.count == MATCHING


def test_where_nothing_matches_nothing_is_selected_before_the_second_step(
    window: MainWindow, qtbot: QtBot
) -> None:
    search(window, qtbot, "unicorn")
    choice, heading = window.browse.grid.choice, window.browse.heading
    press(window, Key.Key_A)
    assert choice.count == 0
    assert heading.end.startswith("Nothing selected")
    assert heading.offer.text() == "Select these 1,000"
    assert not window.commands["photo.trash"].isEnabled()
    press(window, Key.Key_A)
    assert choice.count == PHOTOS


def test_where_all_match_or_nothing_is_searched_for_all_are_selected(
    window: MainWindow, qtbot: QtBot
) -> None:
    press(window, Key.Key_A)
    assert window.browse.grid.choice.count == PHOTOS
    assert window.browse.heading.offer.isHidden()
    search(window, qtbot, "photo")
    press(window, Key.Key_A)
    assert window.browse.grid.choice.count == 40
    assert window.browse.heading.offer.isHidden()


def test_the_menu_selects_the_less_likely_too(window: MainWindow, qtbot: QtBot) -> None:
    search(window, qtbot, "beach")
    window.commands.run("edit.select_all")
    assert window.browse.grid.choice.count == MATCHING
    window.commands.run("edit.select_less_likely")
    assert window.browse.grid.choice.count == PHOTOS


def test_a_range_by_key_stops_at_the_end_of_what_matches(window: MainWindow, qtbot: QtBot) -> None:
    search(window, qtbot, "beach")
    choice = window.browse.grid.choice
    press(window, Key.Key_Home, Qt.KeyboardModifier.NoModifier)
    press(window, Key.Key_End, SHIFT)
    assert choice.ids() == list(range(1, MATCHING + 1))
    press_held(window, Key.Key_End, SHIFT)
    assert choice.count == MATCHING
    press(window, Key.Key_End, SHIFT)
    assert choice.count == PHOTOS
    choice.only(MATCHING - 2)
    for _ in range(9):
        press_held(window, Key.Key_PageDown, SHIFT)
    assert choice.positions == [range(MATCHING - 2, MATCHING)]
    press(window, Key.Key_Right, SHIFT)
    assert choice.positions == [range(MATCHING - 2, MATCHING + 1)]
    assert window.browse.heading.end.startswith("3 selected, 1 of them less likely")


def test_the_end_is_that_of_what_matches_and_then_that_of_all(
    window: MainWindow, qtbot: QtBot
) -> None:
    search(window, qtbot, "beach")
    grid = window.browse.grid
    press(window, Key.Key_End, Qt.KeyboardModifier.NoModifier)
    assert grid.currentIndex().row() == MATCHING - 1
    press(window, Key.Key_End, Qt.KeyboardModifier.NoModifier)
    assert grid.currentIndex().row() == PHOTOS - 1
    search(window, qtbot, "unicorn")
    press(window, Key.Key_End, Qt.KeyboardModifier.NoModifier)
    assert grid.currentIndex().row() == PHOTOS - 1


def test_a_range_by_hand_may_reach_the_less_likely(window: MainWindow, qtbot: QtBot) -> None:
    search(window, qtbot, "beach")
    choice = window.browse.grid.choice
    choice.only(MATCHING - 3)
    choice.range_to(MATCHING + 1)
    assert choice.count == 5
    assert choice.less_likely == 2
    agree(window)


def test_all_photos_are_selected_before_all_of_them_are_here(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window, _library = open_window(5000)
    qtbot.waitUntil(lambda: rests(window))
    firsts = []

    def select(shown: object) -> None:
        if not getattr(shown, "complete", True):
            firsts.append(shown)
            window.browse.grid.choice.select_all()
            agree(window)

    window.browsing.shown.connect(select)
    window.browsing.set_order("name", False)
    qtbot.waitUntil(lambda: window.browse.shown.sort == "name" and rests(window))
    assert firsts
    assert window.browse.grid.choice.count == 5000


def test_the_trash_says_how_many_do_not_match(window: MainWindow, qtbot: QtBot) -> None:
    search(window, qtbot, "beach")
    window.browse.grid.choice.everything()
    ids = window.navigation.chosen()
    window.file_actions._ask_to_trash(ids, [window.model.row(0).path])  # type: ignore[union-attr]
    question = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Question))
    texts = " ".join(label.text() for label in question.findChildren(QLabel))
    question.reject()
    assert "Move 1,000 photos to the trash?" in texts
    assert "962 of them are less likely to match what you searched for." in texts


def test_the_inspector_tells_of_what_matches(window: MainWindow, qtbot: QtBot) -> None:
    search(window, qtbot, "beach")
    qtbot.waitUntil(lambda: window.inspector.name.text() == "38 photos")
    search(window, qtbot, "unicorn")
    less_likely = f"{len(window.model.ids):,} less likely photos"
    qtbot.waitUntil(lambda: window.inspector.name.text() == less_likely)


# The viewer


def view(window: MainWindow, key: Qt.Key) -> None:
    QTest.keyClick(window.viewer, key)
    agree(window)


def test_the_viewer_ends_with_what_matches(window: MainWindow, qtbot: QtBot) -> None:
    search(window, qtbot, "beach")
    viewer = window.viewer
    window.navigation.open_viewer(0)
    agree(window)
    assert viewer.bar.place == "1 of 38"
    assert viewer.strip.count == MATCHING
    view(window, Key.Key_End)
    assert viewer.bar.place == "38 of 38"
    assert not viewer.bar.button("view.less_likely").isHidden()
    for key in (Key.Key_PageDown, Key.Key_Space, Key.Key_Right):
        view(window, key)
    assert viewer.position == MATCHING - 1
    note = window.viewer.screen_use._note
    assert note.text() == "No more photos match. 962 are less likely. M goes on."
    view(window, Key.Key_M)
    assert viewer.bar.place == "39 of 1,000, less likely"
    view(window, Key.Key_End)
    assert viewer.position == PHOTOS - 1
    view(window, Key.Key_Home)
    assert viewer.bar.place == "1 of 1,000"
    viewer.leave()
    window.navigation.open_viewer(0)
    assert viewer.bar.place == "1 of 38"


def test_the_button_of_the_viewer_goes_on_to_the_less_likely(
    window: MainWindow, qtbot: QtBot
) -> None:
    search(window, qtbot, "beach")
    window.navigation.open_viewer(MATCHING - 1)
    window.viewer.bar.button("view.less_likely").click()
    assert window.viewer.position == MATCHING
    agree(window)


def test_a_less_likely_photo_that_is_opened_is_shown_among_all(
    window: MainWindow, qtbot: QtBot
) -> None:
    search(window, qtbot, "beach")
    window.navigation.open_viewer(MATCHING + 1)
    assert window.viewer.bar.place == "40 of 1,000, less likely"
    view(window, Key.Key_PageDown)
    assert window.viewer.position == MATCHING + 2


def test_a_slide_show_goes_round_what_matches(window: MainWindow, qtbot: QtBot) -> None:
    search(window, qtbot, "beach")
    window.navigation.open_viewer(MATCHING - 1)
    window.viewer.slide_show.start()
    window.viewer.slide_show.due.emit(False)
    assert window.viewer.position == 0
    agree(window)
    window.viewer.slide_show.stop()


def test_the_last_that_matches_is_compared_with_one_that_does(
    window: MainWindow, qtbot: QtBot
) -> None:
    search(window, qtbot, "beach")
    window.navigation.open_viewer(MATCHING - 1)
    window.commands.run("view.compare")
    assert window.compare.photo_ids == [MATCHING, MATCHING - 1]


def test_a_photo_that_matches_no_longer_leads_back_among_those_that_do(
    window: MainWindow, qtbot: QtBot
) -> None:
    search(window, qtbot, "beach")
    window.navigation.open_viewer(5)
    photo = window.viewer.photo_id
    ids = [i for i in range(1, PHOTOS + 1) if i != photo]
    ids.append(photo or 0)
    answer = (ids, np.linspace(0.9, 0.1, PHOTOS).tolist(), MATCHING - 1)
    library = window.session.library
    library.answers = {**library.answers, "beach": answer}  # type: ignore[attr-defined]
    window.browsing.ask_again_soon()
    qtbot.waitUntil(lambda: window.model.matching == MATCHING - 1)
    assert (window.viewer.photo_id, window.viewer.bar.place) == (photo, "less likely")
    view(window, Key.Key_PageDown)
    assert window.viewer.bar.place == "6 of 37"


def test_more_match_than_are_shown_where_no_photo_fits_better_than_another(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.search.answers.RESULTS", 450)
    monkeypatch.setattr("app.search.answers.MANY", 500)
    search(window, qtbot, "-people")
    assert len(window.model.ids) == 500
    assert window.browse.heading.title == "More than 500 photos match"
