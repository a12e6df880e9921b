"""Going to a name, also one that begins with a letter or a digit that is a command in the grid."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.grid.name_finder import NameFinder
from app.window.window import MainWindow
from tests.app.opening import OpenWindow

Key = Qt.Key
NAMES = {7: "Fjord.jpg", 12: "Flag.jpg", 20: "5th avenue.jpg", 33: "Igloo.jpg"}


def open_finder(window: MainWindow, qtbot: QtBot) -> NameFinder:
    window.activateWindow()
    grid = window.browse.grid
    grid.setFocus()
    qtbot.waitUntil(grid.hasFocus)
    QTest.keyClick(grid, Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    finder = window.findChild(NameFinder)
    assert finder is not None
    qtbot.waitUntil(finder.field.hasFocus)
    return finder


def is_chosen(window: MainWindow, photo: int) -> bool:
    return window.browse.grid.choice.ids() == [photo]


def test_a_name_that_begins_with_a_command_is_gone_to(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window, library = open_window(50, names=NAMES)
    chosen = window.browse.grid.choice
    for typed, photo in (("fl", 12), ("5", 20), ("igl", 33)):
        finder = open_finder(window, qtbot)
        QTest.keyClicks(finder.field, typed)
        qtbot.waitUntil(partial(is_chosen, window, photo))
        QTest.keyClick(finder.field, Key.Key_Return)
        assert finder.isHidden()
        assert QApplication.focusWidget() is window.browse.grid
        assert chosen.ids() == [photo]
    assert window.desk.page is window.browse  # Enter opened nothing
    assert not library.favourites
    assert not library.ratings


def test_escape_goes_back_to_where_one_was(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, _ = open_window(50, names=NAMES)
    grid = window.browse.grid
    grid.choice.only(3)
    before = grid.choice.ids()
    finder = open_finder(window, qtbot)
    QTest.keyClicks(finder.field, "fj")
    qtbot.waitUntil(lambda: grid.choice.ids() == [7])
    QTest.keyClick(finder.field, Key.Key_Escape)
    assert grid.choice.ids() == before
    assert finder.isHidden()


def test_a_name_that_nothing_has_is_said(open_window: OpenWindow, qtbot: QtBot) -> None:
    window, _ = open_window(50, names=NAMES)
    finder = open_finder(window, qtbot)
    assert finder.note.isHidden()
    QTest.keyClicks(finder.field, "zebra")
    qtbot.waitUntil(finder.note.isVisible)
    for _ in range(5):
        QTest.keyClick(finder.field, Key.Key_Backspace)
    QTest.keyClicks(finder.field, "fl")
    qtbot.waitUntil(lambda: window.browse.grid.choice.ids() == [12])
    assert finder.note.isHidden()


def test_it_ends_where_one_goes_elsewhere_and_stays_in_its_corner(
    open_window: OpenWindow, qtbot: QtBot
) -> None:
    window, _ = open_window(50, names=NAMES)
    finder = open_finder(window, qtbot)
    grid = window.browse.grid

    def gap() -> int:
        end = grid.geometry().right() - grid.scrubber.width()
        return end - finder.geometry().right()

    for width in (700, 1100):
        window.resize(width, 600)
        qtbot.waitUntil(lambda: gap() == 14)
        assert window.browse.rect().contains(finder.geometry())
    window.to_search()
    qtbot.waitUntil(finder.isHidden)
