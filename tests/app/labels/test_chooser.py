"""Choosing one of very many labels by its name, and tagging photos with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.labels.chooser import LabelChooser
from app.labels.commands import MOST_IN_MENU
from app.theme import LIGHT
from app.window.window import MainWindow
from core.library import CreateLabels, Label
from tests.app.real_files import RealFiles
from tests.app.whole_window import whole_window

Key = Qt.Key
NAMES = ("Beach", "Dog", "Hot dog", "Old dog at the sea", "Receipt", "Sea", "鹭")


class Desk:
    """A window with a field, and the chooser over it; what it told is kept."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        self.before = QLineEdit()
        QVBoxLayout(self.window).addWidget(self.before)
        self.window.resize(900, 600)
        self.labels = [Label(name, (name,), id=n) for n, name in enumerate(NAMES, 1)]
        self.chooser = LabelChooser(self.window, LIGHT)
        self.chosen: list[str] = []
        self.new: list[str] = []
        self.chooser.chosen.connect(lambda n: self.chosen.append(NAMES[n - 1]))
        self.chooser.new_asked.connect(self.new.append)
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.before.setFocus()
        qtbot.waitUntil(self.before.hasFocus)

    def open(self, *used: str) -> None:
        self.chooser.open("Label for 2 photos", self.labels, used)

    def type_text(self, text: str) -> None:
        QTest.keyClicks(self.chooser.field, text)

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.chooser.field, key)

    @property
    def rows(self) -> list[str]:
        return [self.chooser.found.index(n).data() for n in range(self.chooser.found.rowCount())]

    @property
    def current(self) -> str:
        return str(self.chooser.list.currentIndex().data())


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_labels_that_were_used_last_come_first(desk: Desk) -> None:
    desk.open("Sea", "one that is gone", "Receipt")
    assert desk.rows == ["Sea", "Receipt", "Beach", "Dog", "Hot dog", "Old dog at the sea", "鹭"]
    assert desk.current == "Sea"
    assert (
        desk.chooser.found.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "Sea, used lately"
    )


def test_what_is_typed_finds_the_likeliest_first_and_enter_takes_it(desk: Desk) -> None:
    desk.open("Receipt", "Hot dog")
    desk.type_text("DOG")
    assert desk.rows == ["Dog", "Hot dog", "Old dog at the sea"]
    desk.press(Key.Key_Down, Key.Key_Return)
    assert (desk.chosen, desk.chooser.isVisible()) == (["Hot dog"], False)
    assert desk.before.hasFocus(), "the keyboard is where it was"
    desk.open()
    desk.type_text("sea d")
    assert desk.rows[0] == "Old dog at the sea", "words in any order"


def test_a_name_that_there_is_not_is_offered_as_a_new_label(desk: Desk) -> None:
    desk.open()
    desk.type_text("  till   slip ")
    assert desk.rows == ["New label “till slip”…"]
    desk.press(Key.Key_Return)
    assert (desk.new, desk.chosen) == (["till slip"], [])
    desk.open()
    assert desk.chooser.field.text() == ""
    desk.type_text("sea")
    assert desk.rows == ["Sea", "Old dog at the sea"], "there is one that is called just that"
    desk.type_text("s")
    assert desk.rows == ["New label “seas”…"]


def test_keys_stay_inside_the_list_and_escape_leaves_it(desk: Desk) -> None:
    desk.open()
    desk.press(Key.Key_Up)
    assert desk.current == "Beach"
    desk.press(Key.Key_Tab, Key.Key_Tab, Key.Key_Backtab)
    assert desk.current == "Dog"
    desk.press(Key.Key_PageDown)
    assert desk.current == "鹭"
    desk.press(Key.Key_Escape)
    assert not desk.chooser.isVisible()
    assert desk.before.hasFocus()
    assert not desk.chosen


def test_it_is_chosen_by_mouse_and_a_press_beside_it_only_closes_it(desk: Desk) -> None:
    desk.open()
    view = desk.chooser.list
    place = view.visualRect(desk.chooser.found.index(1)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.chosen == ["Dog"]
    desk.open()
    QTest.mouseClick(desk.chooser, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not desk.chooser.isVisible()
    assert desk.chosen == ["Dog"]


def test_it_stays_inside_a_window_that_becomes_small(desk: Desk) -> None:
    desk.open()
    desk.window.resize(300, 200)
    assert desk.window.rect().contains(desk.chooser.box.geometry())
    assert desk.chooser.box.isVisible()


@pytest.fixture
def opened(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[MainWindow, RealFiles]]:
    with whole_window(tmp_path, qtbot, monkeypatch) as opened:
        yield opened


def test_of_many_labels_one_is_chosen_by_its_name_and_undone(
    opened: tuple[MainWindow, RealFiles], qtbot: QtBot, tmp_path: Path
) -> None:
    window, files = opened
    settings = QSettings(str(tmp_path / "kept.ini"), QSettings.Format.IniFormat)
    window.labels.actions.keep_used(settings)
    many = tuple(Label(f"label {n}", ("a photo",), active=False) for n in range(MOST_IN_MENU + 1))
    window.undo.do(CreateLabels(many), "adding labels")
    qtbot.waitUntil(lambda: len(window.labels.actions.labels) == len(many))
    (photo,) = window.navigation.chosen()
    chooser = window.labels.chooser

    window.commands.run("photo.label")
    assert chooser.isVisible()
    assert chooser.title.text() == "Label for 1 photo"
    QTest.keyClicks(chooser.field, "label 17")
    QTest.keyClick(chooser.field, Key.Key_Return)

    def carried() -> list[str]:
        return [tag.label.name for tag in files.library.labels.tags_of([photo])[photo]]

    qtbot.waitUntil(lambda: carried() == ["label 17"])
    qtbot.waitUntil(lambda: window.undo.can_undo and not files.session.background.busy)
    window.commands.run("photo.label")
    assert chooser.found.index(0).data() == "label 17", "used lately"
    QTest.keyClick(chooser.field, Key.Key_Escape)
    window.undo.undo()
    qtbot.waitUntil(lambda: not carried())


def test_of_few_labels_one_is_chosen_in_a_menu(
    opened: tuple[MainWindow, RealFiles], qtbot: QtBot
) -> None:
    window, _ = opened
    few = tuple(Label(f"label {n}", ("a photo",), active=False) for n in range(MOST_IN_MENU))
    window.undo.do(CreateLabels(few), "adding labels")
    qtbot.waitUntil(lambda: len(window.labels.actions.labels) == len(few))
    window.commands.run("photo.label")
    assert not window.labels.chooser.isVisible()
    (menu,) = (each for each in window.findChildren(QMenu) if each.isVisible())
    assert len(menu.actions()) == len(few) + 2
    menu.close()
