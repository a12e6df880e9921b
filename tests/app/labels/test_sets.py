"""Built-in label sets are switched on and off as a whole, in the language of the window."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QObject, Qt, QTranslator
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.labels.actions import LabelActions
from app.labels.built_in import own_word, those_missing, those_there
from app.labels.sets import LabelSetsDialog, SetRow
from app.language import speak
from app.undo import Undo
from core.catalog.labels import Label
from core.library import CreateLabels
from core.tagging.sets import built_in
from tests.app.real_files import RealFiles


@pytest.fixture
def chinese(qapp: QCoreApplication) -> Iterator[QObject]:
    """The window speaks 简体中文."""
    owner, before = QObject(qapp), QLocale()
    speak("zh_CN", owner)
    yield owner
    for translator in owner.findChildren(QTranslator):
        QCoreApplication.removeTranslator(translator)
    QLocale.setDefault(before)
    owner.deleteLater()


@pytest.mark.usefixtures("chinese")
def test_every_label_has_a_name_of_its_own_in_chinese() -> None:
    labels = [label for each in built_in() for label in each.labels]
    names = [own_word(label.name) for label in labels]
    assert all(not name.isascii() for name in names)
    assert len(set(names)) == len(names)


@pytest.mark.usefixtures("chinese")
def test_names_are_in_chinese_prompts_stay_what_models_read() -> None:
    sets = {each.key: each.labels for each in built_in()}
    dog = those_missing(sets["animals"], [])[0]
    assert (dog.name, dog.prompts[0]) == ("狗", "a dog")
    pizza = next(label for label in those_missing(sets["food"], []) if label.name == "披萨")
    assert pizza.parent == "食物"
    day = next(label for label in those_missing(sets["places"], []) if label.name == "白天")
    assert day.group == "时段"


@pytest.mark.usefixtures("chinese")
def test_what_is_there_under_its_english_name_stays_so() -> None:
    food = next(each.labels for each in built_in() if each.key == "food")
    there = [label for label in food if label.name == "Food"]
    missing = those_missing(food, there)
    assert "食物" not in {label.name for label in missing}
    assert next(label for label in missing if label.name == "披萨").parent == "Food"
    places = next(each.labels for each in built_in() if each.key == "places")
    missing = those_missing(places, [label for label in places if label.name == "Day"])
    assert next(label for label in missing if label.name == "夜晚").group == "time of day"


@pytest.mark.usefixtures("chinese")
def test_a_label_of_the_persons_own_that_is_called_so_is_taken_for_it() -> None:
    animals = built_in()[0].labels
    mine = Label("狗", ("our dog",))
    assert those_there(animals, [mine])["Dog"] is mine


class Sets:
    """The dialog on a real library, followed as the window does."""

    def __init__(self, files: RealFiles, qtbot: QtBot) -> None:
        self.library = files.library
        self._qtbot = qtbot
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(900, 700)
        self.undo = Undo(files.session)
        self.actions = LabelActions(files.session, self.undo, self.window)
        self.actions.take(self.library.labels.labels())
        self.dialog = LabelSetsDialog(files.session, self.actions, self.window)
        self.dialog.open()
        qtbot.waitUntil(lambda: bool(self.dialog.rows))

    def row(self, key: str) -> SetRow:
        return next(row for row in self.dialog.rows if row.label_set.key == key)

    def click(self, key: str, count: int) -> None:
        """Click on a switch, and wait for so many labels that are on."""
        self.row(key).switch.click()
        self.becomes(count)

    def becomes(self, count: int) -> None:
        def on() -> int:
            return sum(label.active for label in self.library.labels.labels())

        self._qtbot.waitUntil(lambda: on() == count)
        self.actions.take(self.library.labels.labels())
        self.dialog.show_labels()


STATES = {Qt.CheckState.Checked: "on", Qt.CheckState.Unchecked: "off"}


def test_a_set_is_switched_on_and_off_and_on_again(files: RealFiles, qtbot: QtBot) -> None:
    at = Sets(files, qtbot)
    row = at.row("places")
    assert STATES.get(row.switch.checkState()) == "off"
    along = [label for label in row.label_set.labels if label.active]
    at.click("places", len(along))
    assert STATES.get(row.switch.checkState()) == "on", "day and night are for those who want them"
    assert len(at.library.labels.labels()) == len(row.label_set.labels)
    at.click("places", 0)
    assert STATES.get(row.switch.checkState()) == "off"
    at.click("places", len(along))
    at.undo.undo()
    at.becomes(0)
    assert STATES.get(row.switch.checkState()) == "off"
    at.dialog.reject()


def test_a_set_that_was_switched_on_in_chinese_is_on_in_english_too(
    files: RealFiles, qtbot: QtBot, chinese: QObject
) -> None:
    at = Sets(files, qtbot)
    assert at.row("animals").switch.text() == "动物"
    count = len(at.row("animals").label_set.labels)
    at.click("animals", count)
    assert "狗" in [label.name for label in at.library.labels.labels()]
    at.dialog.reject()
    for translator in chinese.findChildren(QTranslator):
        QCoreApplication.removeTranslator(translator)
    again = Sets(files, qtbot)
    assert again.row("animals").switch.text() == "Animals"
    assert STATES.get(again.row("animals").switch.checkState()) == "on"
    assert at.library.labels.missing(built_in()[0].labels) == ()
    again.dialog.reject()


def test_a_part_of_a_set_is_shown_as_a_part(files: RealFiles, qtbot: QtBot) -> None:
    animals = built_in()[0].labels
    files.library.edit(CreateLabels(animals[:2]))
    at = Sets(files, qtbot)
    assert STATES.get(at.row("animals").switch.checkState(), "a part") == "a part"
    at.click("animals", len(animals))
    assert STATES.get(at.row("animals").switch.checkState()) == "on"
    at.dialog.reject()


def test_closed_before_its_sets_have_come_it_waits_for_none(
    files: RealFiles, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    window, busy = QWidget(), threading.Event()
    qtbot.addWidget(window)
    files.session.ask("reading", lambda _: busy.wait())
    actions = LabelActions(files.session, Undo(files.session), window)
    dialog = LabelSetsDialog(files.session, actions, window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()
    busy.set()
    qtbot.waitUntil(lambda: not files.session.background.busy)
    assert not caplog.records
