from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot

from app.search.answers import Question, Shown
from app.search.photo import LikePhoto
from app.search.saving import SaveSearch
from app.sidebar.places import Place
from app.theme import DARK
from app.window.header import Header

SAVED = Place("search", "5", "Sea")


@pytest.fixture
def header(qtbot: QtBot) -> Header:
    made = Header(DARK)
    qtbot.addWidget(made)
    made.resize(1280, 52)
    made.show()
    return made


def test_a_search_is_saved_under_a_name_that_is_asked(header: Header, qtbot: QtBot) -> None:
    header.show_search(Shown(question=Question(query="beach -dog")))
    header.save.click()
    question = header.findChild(SaveSearch)
    assert question is not None
    assert question.name.text() == "beach -dog"
    question.name.clear()
    assert question.primary is not None
    assert not question.primary.isEnabled()
    QTest.keyClicks(question.name, " At the sea ")
    with qtbot.waitSignal(header.save_asked) as asked:
        QTest.keyClick(question.name, Qt.Key.Key_Return)
    assert asked.args == ["At the sea", "beach -dog"]


@pytest.mark.parametrize(
    ("question", "saved", "button"),
    [
        (Question(), "", ""),
        (Question(query="beach"), "", "Save search"),
        (Question(like=LikePhoto(Path("/x.jpg"))), "", ""),
        (Question(SAVED, "beach"), "beach", ""),
        (Question(SAVED, "beach dog"), "beach", "Update search"),
    ],
)
def test_what_can_be_saved_has_a_button(
    header: Header, question: Question, saved: str, button: str
) -> None:
    header.show_search(Shown(question=question), saved)
    assert header.save.isVisible() == bool(button)
    assert not button or header.save.text() == button


def test_a_saved_search_is_updated_without_a_question(header: Header, qtbot: QtBot) -> None:
    header.show_search(Shown(question=Question(SAVED, "beach dog")), "beach")
    with qtbot.waitSignal(header.update_asked) as asked:
        header.ask_to_save()
    assert asked.args == ["5", "beach dog"]


def test_a_narrow_window_leaves_the_room_to_the_field(header: Header, qtbot: QtBot) -> None:
    header.set_end(QLabel("view"))
    header.show_search(Shown(question=Question(query="beach")))
    wide = header.search.x()
    header.resize(900, 52)
    qtbot.waitUntil(lambda: header.search.x() < wide)
    assert header.save.text() == ""
    assert header.save.accessibleName() == "Save search"


def test_the_name_opens_the_menu(header: Header) -> None:
    menu = QMenu(header)
    header.set_menu(menu)
    assert header.name.menu() is menu
