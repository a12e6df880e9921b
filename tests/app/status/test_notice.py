"""Notices: what is told stays, what is mentioned goes and can be undone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.status.notice import MOST, Notice
from app.theme import DARK, LIGHT


@pytest.fixture
def notice(qtbot: QtBot) -> Notice:
    made = Notice(LIGHT)
    qtbot.addWidget(made)
    made.setGeometry(0, 0, 600, 120)
    QCursor.setPos(700, 500)  # not on it
    return made


def action(notice: Notice) -> QPushButton:
    return next(b for b in notice.findChildren(QPushButton) if b.objectName() == "notice_action")


def test_nothing_is_there_until_something_is_told(notice: Notice) -> None:
    assert notice.isHidden()
    notice.tell("The disk is full: make room.")
    assert notice.text == "The disk is full: make room."
    assert notice.isVisible()


def test_the_newest_are_kept_and_none_stands_there_twice(notice: Notice) -> None:
    for n in range(MOST + 2):
        notice.tell(f"Trouble {n}.")
    notice.tell("Trouble 3.")
    assert notice.texts == ["Trouble 2.", "Trouble 4.", "Trouble 3."]


def test_what_is_mentioned_goes_by_itself(notice: Notice, qtbot: QtBot) -> None:
    notice.tell("The disk is full: make room.")
    notice.mention("Copied.", seconds=0.05)
    assert notice.text == "Copied."
    qtbot.waitUntil(lambda: notice.texts == ["The disk is full: make room."])


def test_it_waits_while_the_keyboard_is_on_it(notice: Notice, qtbot: QtBot) -> None:
    notice.mention("Album “Sylt” is deleted.", "Undo", lambda: None)
    button = action(notice)
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    (line,) = notice._lines
    line.leave_after(0.01)
    with qtbot.waitSignal(line._timer.timeout):
        pass  # that was its time
    assert notice.text == "Album “Sylt” is deleted."
    button.clearFocus()
    qtbot.waitUntil(lambda: notice.text == "")


def test_the_button_does_what_it_says_once(notice: Notice) -> None:
    done: list[str] = []
    notice.mention("Album “Sylt” is deleted.", "Undo", lambda: done.append("undone"))
    button = action(notice)
    assert button.text() == "Undo"
    assert button.accessibleDescription() == "Album “Sylt” is deleted."
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert done == ["undone"]
    assert notice.isHidden()


def test_esc_and_the_cross_close_it(notice: Notice) -> None:
    notice.mention("One.", "Undo", lambda: None)
    QTest.keyClick(action(notice), Qt.Key.Key_Escape)
    assert notice.text == ""
    notice.tell("Two.")
    close = next(b for b in notice.findChildren(QPushButton) if b.isVisible())
    assert close.accessibleName() == "Close this notice"
    close.click()
    assert notice.isHidden()


def test_offers_are_withdrawn_when_something_else_was_done(notice: Notice) -> None:
    notice.tell("The disk is full: make room.")
    notice.mention("Album “Sylt” is deleted.", "Undo", lambda: None)
    notice.withdraw()
    assert notice.texts == ["The disk is full: make room."]
    notice.set_theme(DARK)
    notice.clear()
    assert notice.isHidden()
