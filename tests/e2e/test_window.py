"""The real window over a real library: first start, searching, new arrivals, coming back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.choices import read_choices
from app.desktop.single_instance import Request, SingleInstance
from app.search.saving import SaveSearch
from tests.e2e.conftest import OpenWindow, Prepared, close_window
from tests.e2e.real_window import Person
from tests.helpers.sample_photos import copy_sample_photos

Key = Qt.Key


@pytest.fixture
def newcomer(open_window: OpenWindow, tmp_path: Path, qtbot: QtBot) -> Person:
    """Somebody who starts for the first time, with photos that are not watched yet."""
    copy_sample_photos(tmp_path / "photos")
    window = open_window(tmp_path / "library")
    assert window.pages.currentWidget() is window.first_start
    return Person(window, tmp_path / "photos", qtbot)


def test_the_main_job_in_the_window(newcomer: Person) -> None:
    person, window = newcomer, newcomer.window
    late = person.folder.parent / "late.jpg"
    shutil.move(next(person.folder.rglob("flower.jpg")), late)

    window.first_start.propose(str(person.folder))
    buttons = window.first_start.findChildren(QPushButton)
    person.click(next(button for button in buttons if button.property("primary")))
    person.wait(lambda: person.count == 14)
    person.settle()

    person.search("a red motorcycle")
    assert "match" in window.browse.heading.title
    assert "motorcycle" in person.names()[0]

    person.press(window.header.search.edit, Key.Key_Escape)
    person.wait(lambda: person.count == 14)
    shutil.copyfile(late, person.folder / "late.jpg")
    person.wait(lambda: person.count == 15)
    person.settle()


def test_a_wrong_query_is_told_under_the_field(person: Person) -> None:
    person.window.to_search()
    person.type_text(person.window.header.search.edit, "date:yesteryear ")
    person.wait(lambda: "yesteryear" in person.window.browse.heading.problem)
    assert person.count == 15


def test_likely_photos_come_first_and_the_rest_below_a_line(person: Person) -> None:
    person.search("a red motorcycle")
    shown = person.window.browse.shown
    assert all("motorcycle" in name for name in person.names()[:2])
    assert shown.relevances is not None
    assert shown.cut is not None
    assert (shown.relevances[:-1] >= shown.relevances[1:]).all()
    assert 0 < shown.cut < len(shown.ids)


def test_esc_returns_to_the_very_place(person: Person) -> None:
    grid = person.window.browse.grid
    grid.set_side(400)
    person.settle()
    (rocket,) = person.select_at(9)
    before = grid.verticalOffset()
    assert before > 0
    person.search("a cat")
    person.press(person.window.header.search.edit, Key.Key_Escape)
    person.wait(lambda: person.count == 15)
    person.settle()
    assert grid.choice.ids() == [rocket]
    assert grid.verticalOffset() == before


def test_a_search_is_saved_and_found_again(person: Person) -> None:
    window = person.window
    person.search("name:motorcycle")
    person.press(window, Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    dialog = person.dialog(SaveSearch)
    dialog.name.setText("Wheels")
    assert dialog.primary is not None
    person.click(dialog.primary)
    person.wait(lambda: window.session.library.browse.overview().searches)
    person.press(window.header.search.edit, Key.Key_Escape)
    person.wait(lambda: person.count == 15)
    person.settle()
    (saved,) = window.session.library.browse.overview().searches
    assert (saved.name, saved.query) == ("Wheels", "name:motorcycle")
    person.go("search", str(saved.id))
    assert sorted(person.names()) == ["motorcycle from the right.png", "motorcycle.png"]
    assert window.header.search.text() == "name:motorcycle"


def test_a_photo_that_is_dropped_on_the_field_is_searched_by(person: Person) -> None:
    field = person.window.header.search
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(person.folder / "motorcycle.png"))])
    middle = field.rect().center()
    action, button, keys = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enters = QDragEnterEvent(middle, action, mime, button, keys)
    QApplication.sendEvent(field, enters)
    assert enters.isAccepted()
    QApplication.sendEvent(field, QDropEvent(QPointF(middle), action, mime, button, keys))
    person.wait(lambda: person.window.browse.shown.like is not None)
    person.settle()
    assert person.names()[0] == "motorcycle from the right.png"
    assert "motorcycle.png" not in person.names()  # what is searched by is not found again
    person.press(field.edit, Key.Key_Escape)
    person.wait(lambda: person.window.browse.shown.like is None)
    person.settle()


def test_the_window_comes_back_as_it_was_left(
    open_window: OpenWindow, prepared: Prepared, tmp_path: Path, qtbot: QtBot
) -> None:
    prepared.fresh()
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    first = Person(open_window(prepared.library, settings), prepared.photos, qtbot)
    first.wait(lambda: first.count == 15)
    first.go("folder", str(prepared.photos / "travel"))
    first.window.browse.grid.set_side(300)
    first.window.view_bar.set_side(300)
    first.command("view.sidebar")
    close_window(first.window, qtbot)

    again = Person(open_window(prepared.library, settings), prepared.photos, qtbot)
    again.wait(lambda: again.window.browse.shown.place.kind == "folder")
    again.settle()
    assert sorted(again.names()) == ["china.jpg", "motorcycle from the right.png"]
    assert again.window.browse.grid.tiles.wanted == 300
    assert again.window.sidebar.isHidden()


def test_theme_and_language_are_chosen_in_the_settings(
    open_window: OpenWindow, prepared: Prepared, tmp_path: Path, qtbot: QtBot
) -> None:
    prepared.fresh()
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    person = Person(open_window(prepared.library, settings), prepared.photos, qtbot)
    dialog = person.window.settings_dialog
    dialog.show_page("appearance")
    page = dialog.pages["appearance"]
    with qtbot.waitSignal(dialog.theme_changed) as told:
        page.themes.button(2).click()  # type: ignore[attr-defined]
    assert told.args == ["dark"]
    page.languages.setCurrentIndex(2)  # type: ignore[attr-defined]
    page.languages.activated.emit(2)  # type: ignore[attr-defined]
    assert (read_choices(settings).theme, read_choices(settings).language) == ("dark", "zh_CN")
    for name in dialog.pages:
        dialog.show_page(name)
        person.wait(lambda: not person.window.session.background.busy)
    dialog.close()
    person.settle()


def test_a_photo_that_souvenir_is_started_with_is_shown(
    open_window: OpenWindow, prepared: Prepared, tmp_path: Path, qtbot: QtBot
) -> None:
    prepared.fresh()
    window = open_window(prepared.library, photo=prepared.photos / "cat.png")
    person = Person(window, prepared.photos, qtbot)
    person.wait(lambda: window.desk.page is window.viewer)
    cat = window.session.library.browse.photo_at(prepared.photos / "cat.png")
    person.wait(lambda: window.viewer.photo_id == cat)
    # Another start, with a photo from elsewhere: those that look like it.
    elsewhere = tmp_path / "elsewhere.png"
    elsewhere.write_bytes((prepared.photos / "cat.png").read_bytes() + b"\0")
    window.called(Request(photo=str(elsewhere)))
    person.wait(lambda: window.desk.page is window.browse)
    person.wait(lambda: window.header.search.like is not None)
    person.settle()


def test_a_second_start_raises_the_first_and_hands_over_its_folder(
    open_window: OpenWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    copy_sample_photos(tmp_path / "photos")
    window = open_window(tmp_path / "library")
    person = Person(window, tmp_path / "photos", qtbot)
    first, second = SingleInstance(tmp_path / "library"), SingleInstance(tmp_path / "library")
    first.called.connect(window.called)
    assert first.claim()
    window.hide()
    try:
        assert not second.claim()
        called: list[object] = []
        first.called.connect(called.append)
        # On a thread: the first one's loop runs on while the second calls.
        lane = window.session.background.lane("second start")
        lane.submit(lambda: second.hand_over(Request(str(person.folder))), called.append)
        person.wait(lambda: window.isVisible() and person.count == 15)
        assert Request(str(person.folder)) in called
    finally:
        first.close()
        second.close()
    person.settle()
