"""The first start: one choice, and roughly what is there."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.background import Background
from app.theme import LIGHT
from app.window.first_start import FirstStart, Rough, folder_of, rough_count
from app.window.pages import MessagePage
from tests.app.opening import OpenWindow
from tests.helpers.deep_tree import deep_tree


@pytest.fixture
def page(background: Background, qtbot: QtBot) -> FirstStart:
    made = FirstStart(LIGHT, background)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "照片"
    (folder / "2011").mkdir(parents=True)
    (folder / ".cache").mkdir()
    for name in ("a.jpg", "b.HEIC", "notes.txt", "2011/c.png", ".cache/d.jpg"):
        (folder / name).touch()
    return folder


def primary(page: FirstStart) -> QPushButton:
    found = [b for b in page.findChildren(QPushButton) if b.property("primary")]
    assert len(found) == 1
    return found[0]


def test_it_says_roughly_how_many_photos_are_there(
    page: FirstStart, photos: Path, qtbot: QtBot
) -> None:
    page.propose(str(photos))
    assert page.count_text == "Looking…"
    qtbot.waitUntil(lambda: page.count_text == "About 3 photos")


def test_a_folder_that_is_not_there_is_no_trouble_yet(page: FirstStart, qtbot: QtBot) -> None:
    page.propose("/nowhere/at all")
    qtbot.waitUntil(lambda: page.count_text == "No photos there yet")


@pytest.mark.skipif(sys.platform != "linux", reason="says where pictures are as desktops here do")
def test_home_is_proposed_where_the_folder_of_pictures_is_not_there(
    background: Background, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    (tmp_path / "user-dirs.dirs").write_text('XDG_PICTURES_DIR="/nowhere/Pictures"\n')
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    page = FirstStart(LIGHT, background)
    qtbot.addWidget(page)
    assert page.folder == "/nowhere/Pictures"
    qtbot.waitUntil(lambda: page.folder == str(Path.home()))


def test_the_button_starts_with_the_folder(page: FirstStart, photos: Path, qtbot: QtBot) -> None:
    page.propose(str(photos))
    page.take_focus()
    assert page.folder == str(photos)
    with qtbot.waitSignal(page.accepted) as accepted:
        primary(page).click()
    assert accepted.args == [str(photos)]


def test_why_a_folder_cannot_be_used_is_told_until_another_is_chosen(
    page: FirstStart, photos: Path
) -> None:
    page.tell_problem("That disk is gone: plug it in.")
    assert page.problem == "That disk is gone: plug it in."
    page.propose(str(photos))
    assert page.problem == ""


@pytest.mark.parametrize("dropped", ["", "2011/c.png"])
def test_a_folder_is_dropped_on_the_page(
    page: FirstStart, photos: Path, qtbot: QtBot, dropped: str
) -> None:
    path = photos / dropped
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    at = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton)
    enter = QDragEnterEvent(QPointF(50, 50).toPoint(), *at, Qt.KeyboardModifier.NoModifier)
    page.dragEnterEvent(enter)
    assert enter.isAccepted()
    page.dropEvent(QDropEvent(QPointF(50, 50), *at, Qt.KeyboardModifier.NoModifier))
    wanted = path if path.is_dir() else path.parent
    qtbot.waitUntil(lambda: page.folder == str(wanted))


def test_text_cannot_be_dropped(page: FirstStart) -> None:
    mime = QMimeData()
    mime.setText("a folder")
    mime.setUrls([QUrl("https://example.org/photos")])
    enter = QDragEnterEvent(
        QPointF(50, 50).toPoint(),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter.ignore()
    page.dragEnterEvent(enter)
    assert not enter.isAccepted()


def test_counting_stops_when_its_time_is_up_or_nobody_waits(photos: Path) -> None:
    assert rough_count(photos, 60, lambda: False) == Rough(3, complete=True)
    assert not rough_count(photos, 60, lambda: True).complete
    assert not rough_count(photos, -1, lambda: False).complete
    assert folder_of(photos / "a.jpg") == str(photos)


def test_photos_at_any_depth_are_counted(tmp_path: Path) -> None:
    with deep_tree(tmp_path, 1500) as deepest:
        (deepest / "a.jpg").write_bytes(b"1")
        assert rough_count(tmp_path, 600, lambda: False) == Rough(1, complete=True)


def test_the_choice_is_all_there_is_and_leads_to_the_photos(
    open_window: OpenWindow, qtbot: QtBot, photos: Path
) -> None:
    window, library = open_window()
    assert window.pages.currentWidget() is window.first_start
    assert not window.status.isVisible()
    window.first_start.propose(str(photos))
    primary(window.first_start).click()
    qtbot.waitUntil(lambda: [f.path for f in library.folder_list] == [str(photos)])
    qtbot.waitUntil(lambda: window.pages.currentWidget() is not window.first_start)


def test_a_library_that_is_refused_offers_the_ways_on(qtbot: QtBot) -> None:
    page = MessagePage()
    qtbot.addWidget(page)
    page.show()
    page.show_problem("The library is in use", "Another Souvenir writes it.", can_look=True)
    buttons = {b.text(): b for b in page.findChildren(QPushButton)}
    assert list(buttons) == ["Try again", "Open to look and search only"]
    with qtbot.waitSignal(page.second_asked):
        buttons["Open to look and search only"].click()
    page.show_problem("It is damaged", "Put back a copy.", can_look=False)
    assert not buttons["Open to look and search only"].isVisible()
