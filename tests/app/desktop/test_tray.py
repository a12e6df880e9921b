from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from app.desktop.tray import BIG_IMPORT, Tray
from core.events import PhotosChanged, Progress

WORKING = Progress(phase="indexing", done=20, total=4000)
IDLE = Progress(phase="idle")


@pytest.fixture
def tray(qtbot: QtBot) -> Tray:
    window = QWidget()
    qtbot.addWidget(window)
    return Tray(window)


@pytest.fixture
def notices(tray: Tray) -> list[str]:
    told: list[str] = []
    tray.noticed.connect(lambda title, _text: told.append(title))
    return told


def action(tray: Tray, text: str) -> None:
    window = tray.parent()
    assert window is not None
    (menu,) = window.findChildren(QMenu)
    (found,) = [action for action in menu.actions() if action.text() == text]
    found.trigger()


def test_a_big_import_is_told_once_it_is_done(tray: Tray, notices: list[str]) -> None:
    tray.take_progress(WORKING)
    tray.take_photos(PhotosChanged(added=tuple(range(60))))
    tray.take_photos(PhotosChanged(added=tuple(range(60, 120))))
    assert notices == []
    tray.take_progress(IDLE)
    assert notices == ["120 photos added"]
    tray.take_progress(IDLE)
    assert len(notices) == 1


def test_a_small_one_is_not(tray: Tray, notices: list[str]) -> None:
    tray.take_photos(PhotosChanged(added=tuple(range(BIG_IMPORT - 1))))
    tray.take_progress(IDLE)
    tray.take_photos(PhotosChanged(added=tuple(range(BIG_IMPORT - 1))))
    tray.take_progress(IDLE)
    assert notices == []


def test_photos_that_changed_are_no_import(tray: Tray, notices: list[str]) -> None:
    tray.take_photos(PhotosChanged(updated=tuple(range(500)), removed=tuple(range(500))))
    tray.take_progress(IDLE)
    assert notices == []


def test_who_looks_at_the_window_needs_no_notice(
    tray: Tray, notices: list[str], qtbot: QtBot
) -> None:
    window = tray.parent()
    assert isinstance(window, QWidget)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    tray.take_photos(PhotosChanged(added=tuple(range(500))))
    tray.take_progress(IDLE)
    assert notices == []


def test_the_menu_opens_pauses_and_quits(tray: Tray, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tray.open_asked):
        action(tray, "Open Souvenir")
    with qtbot.waitSignal(tray.pause_asked):
        action(tray, "Pause indexing")
    tray.take_progress(Progress(phase="paused"))
    with qtbot.waitSignal(tray.resume_asked):
        action(tray, "Go on indexing")
    with qtbot.waitSignal(tray.quit_asked):
        action(tray, "Quit")


def test_without_a_tray_the_window_does_not_rely_on_one(tray: Tray) -> None:
    if not QSystemTrayIcon.isSystemTrayAvailable():
        tray.set_on(True)
    assert not tray.on
    tray.set_on(False)
    assert not tray.on
