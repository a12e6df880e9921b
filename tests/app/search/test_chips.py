from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.search.chips import finished_chips, load_language
from app.search.edit import SearchEdit
from app.search.line import LONGEST
from app.theme import DARK

Key = Qt.Key


@pytest.fixture
def edit(qtbot: QtBot) -> SearchEdit:
    made = SearchEdit(DARK)
    qtbot.addWidget(made)
    made.set_language(load_language())
    made.resize(600, 32)
    made.show()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def write(edit: SearchEdit, text: str) -> None:
    QTest.keyClicks(edit, text)


def press(edit: SearchEdit, *keys: Key) -> None:
    for key in keys:
        QTest.keyClick(edit, key)


def chosen(edit: SearchEdit) -> str:
    """The chip that is selected, by what it says."""
    return "" if edit.chosen is None else edit.chosen.label


def click(edit: SearchEdit, chip: str, *, at_end: bool, twice: bool = False) -> None:
    """Click on a chip's words, or on its cross."""
    piece = next(p for p in edit.pieces if p.label == chip)
    cursor = QTextCursor(edit.document())
    cursor.setPosition(piece.at)
    left = edit.cursorRect(cursor).left()
    cursor.setPosition(piece.at + 1)
    right = edit.cursorRect(cursor).left()
    point = QPoint(right - 12 if at_end else left + 14, edit.height() // 2)
    do = QTest.mouseDClick if twice else QTest.mouseClick
    do(edit.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)


# What becomes a chip, and how it reads


def test_a_chip_alone_is_as_high_as_one_beside_words(edit: SearchEdit) -> None:
    heights = []
    for query in ("rating:5", "a dog rating:5"):
        edit.set_query(query)
        edit.clearFocus()
        cursor = QTextCursor(edit.document())
        cursor.setPosition(edit.pieces[-1].at)
        x = edit.cursorRect(cursor).left() + 8  # before the chip's words
        picture = edit.grab().toImage()
        column = [picture.pixelColor(x, y).name() for y in range(picture.height())]
        heights.append(column.count(DARK.hover))
    assert heights[0] == heights[1] > 16


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        ("kids at the beach", []),
        ("beach date:2009..2012 -dog", ["date: 2009–2012", "not dog"]),
        ("-type:raw rating:>=4", ["not type: raw", "rating: >=4"]),
        ('camera:"Canon EOS 60D" -"red tent"', ["camera: Canon EOS 60D", "not red tent"]),
        ("海边的孩子 album:“家庭 照片” -狗", ["album: 家庭 照片", "not 狗"]),
        ("ילדים בים date:2012", ["date: 2012"]),
        ('"a phrase -kept: as it is"', []),
        ("3:2 http://x.org/?a t-shirt", []),
    ],
)
def test_filters_and_what_is_left_out_are_chips(
    edit: SearchEdit, query: str, labels: list[str]
) -> None:
    edit.set_query(query)
    assert edit.labels == labels
    assert edit.query == query  # what the field holds is the query


def test_a_part_is_no_chip_while_it_is_being_written(edit: SearchEdit) -> None:
    write(edit, "beach date:2021")
    assert edit.labels == []
    write(edit, " ")
    assert edit.labels == ["date: 2021"]
    assert edit.query == "beach date:2021 "
    write(edit, "-dog")
    assert edit.labels == ["date: 2021"]
    press(edit, Key.Key_Return)
    assert edit.labels == ["date: 2021", "not dog"]


def test_keys_that_come_before_the_keyboard_does_are_one_part(qtbot: QtBot) -> None:
    edit = SearchEdit(DARK)
    qtbot.addWidget(edit)
    edit.set_language(load_language())
    assert not edit.hasFocus()
    QTest.keyClicks(edit, "label:motorcycle -label:our")
    assert edit.query == "label:motorcycle -label:our"
    assert edit.labels == ["label: motorcycle"]
    QTest.keyClick(edit, Key.Key_Return)
    assert edit.labels == ["label: motorcycle", "not label: our"]


def test_what_is_not_understood_stays_text(edit: SearchEdit) -> None:
    for wrong in ("date:20x1", 'camera:"Canon', "colour:red", "beach -", "size:5"):
        edit.set_query(f"{wrong}")
        assert edit.labels == []
        assert edit.query == wrong


def test_hostile_queries_are_taken_in_and_not_drawn_as_anything_else(edit: SearchEdit) -> None:
    edit.set_query("x" * 50_000)
    assert len(edit.query) == LONGEST
    edit.set_query("a\x00b\x07\u2028c\nd\ud800\ufffc \u202edlrow")
    assert "\n" not in edit.query
    assert "\x00" not in edit.query
    assert edit.document().blockCount() == 1
    assert edit.labels == []
    edit.set_query("-dog " * 500)
    assert len(edit.labels) == 500
    edit.grab()


def test_without_the_language_there_is_only_text(qtbot: QtBot) -> None:
    edit = SearchEdit(DARK)
    qtbot.addWidget(edit)
    edit.set_query("beach -dog")
    assert edit.labels == []
    edit.set_language(load_language())
    assert edit.labels == ["not dog"]


def test_finished_chips_leave_out_where_the_caret_is() -> None:
    language = load_language()
    found = finished_chips("-dog date:2021", language, 4)
    assert [(chip.start, chip.end, chip.label) for chip in found] == [(5, 14, "date: 2021")]


# Keys


def test_backspace_behind_a_chip_takes_it_away(edit: SearchEdit) -> None:
    write(edit, "beach date:2021 -dog ")
    press(edit, Key.Key_Backspace)
    assert edit.labels == ["date: 2021"]
    press(edit, Key.Key_Backspace)
    assert edit.labels == []
    assert edit.query == "beach "


def test_left_reaches_a_chip_and_enter_opens_it(edit: SearchEdit, qtbot: QtBot) -> None:
    write(edit, "beach date:2021 ")
    press(edit, Key.Key_Left)
    assert not chosen(edit)
    press(edit, Key.Key_Left)
    assert chosen(edit)
    with qtbot.assertNotEmitted(edit.entered):
        press(edit, Key.Key_Return)
    assert edit.labels == []
    press(edit, Key.Key_Backspace)
    write(edit, "0 ")
    assert edit.labels == ["date: 2020"]
    assert edit.query.split() == ["beach", "date:2020"]


def test_right_reaches_it_from_the_other_side_and_delete_takes_it_away(edit: SearchEdit) -> None:
    edit.set_query("-dog beach")
    press(edit, Key.Key_Home, Key.Key_Right)
    assert chosen(edit)
    press(edit, Key.Key_Delete)
    assert edit.query.strip() == "beach"


def test_a_chip_that_touches_words_is_still_apart_in_the_query(edit: SearchEdit) -> None:
    edit.set_query("beach -dog lake")
    press(edit, Key.Key_Home, Key.Key_Right, Key.Key_Right, Key.Key_Right, Key.Key_Right)
    press(edit, Key.Key_Right, Key.Key_Delete)
    assert edit.query == "beach -dog lake"


def test_undo_goes_back_to_what_was_typed(edit: SearchEdit) -> None:
    write(edit, "beach -dog ")
    assert edit.labels == ["not dog"]
    edit.undo()
    assert edit.labels == []
    assert edit.query == "beach -dog "
    edit.redo()
    assert edit.labels == ["not dog"]
    edit.undo()
    edit.undo()
    assert edit.query == ""


# Mouse and clipboard


def test_a_click_on_the_cross_takes_a_chip_away(edit: SearchEdit) -> None:
    edit.set_query("beach date:2021 -dog")
    click(edit, "date: 2021", at_end=True)
    assert edit.labels == ["not dog"]
    assert edit.query.split() == ["beach", "-dog"]


def test_a_click_selects_a_chip_and_two_open_it(edit: SearchEdit) -> None:
    edit.set_query("beach date:2021")
    click(edit, "date: 2021", at_end=False)
    assert chosen(edit)
    click(edit, "date: 2021", at_end=False, twice=True)
    assert edit.labels == []
    assert edit.query == "beach date:2021"


def test_what_is_copied_is_the_query_and_what_is_pasted_one_line(edit: SearchEdit) -> None:
    edit.set_query('beach camera:"Canon EOS 60D" -dog')
    edit.selectAll()
    edit.copy()
    assert QGuiApplication.clipboard().text() == 'beach camera:"Canon EOS 60D" -dog'
    edit.set_query("")
    mime = QMimeData()
    mime.setText("kids\nat\tthe beach -dog ")
    edit.insertFromMimeData(mime)
    assert edit.query == "kids at the beach -dog "
    assert edit.labels == ["not dog"]


@pytest.mark.parametrize("make", [lambda e: e.setFixedHeight(40), lambda e: e.set_theme(DARK)])
def test_other_sizes_and_colours_are_no_edits(
    edit: SearchEdit, qtbot: QtBot, make: Callable[[SearchEdit], None]
) -> None:
    edit.set_query("beach -dog")
    with qtbot.assertNotEmitted(edit.edited, wait=50):
        make(edit)
