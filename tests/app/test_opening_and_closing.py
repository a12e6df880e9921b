from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.application import left_in_order
from app.background import Background
from app.session import Session
from app.theme import LIGHT
from app.window.window import MainWindow
from core.catalog.edits import SetRating
from core.errors import LibraryInUseError, LibraryReadOnlyError
from tests.app.fake_library import FakeFolder, FakeLibrary
from tests.app.opening import LoggedErrors, OpenWindow
from tests.helpers.patience import PATIENCE

ANSWERS = {"beach": ([3, 1, 4], [0.9, 0.8, 0.2], 2)}


def test_a_library_in_use_offers_to_look_only(qtbot: QtBot, tmp_path: Path) -> None:
    library = FakeLibrary(tmp_path, 3, [FakeFolder(1, "/photos")], writable=False)

    def opener(write: bool) -> FakeLibrary:
        if write:
            raise LibraryInUseError("Another Souvenir (process 7) is writing this library.")
        return library

    session = Session(opener, Background())  # type: ignore[arg-type]
    window = MainWindow(session, LIGHT)
    window.show()
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.message)
    window.message.second_asked.emit()
    qtbot.waitUntil(lambda: len(window.model.ids) == 3)
    assert "start_watching" not in library.calls
    assert "look and search" in window.notice.text
    with qtbot.waitSignal(window.closed):
        window.close()


def test_a_library_that_cannot_be_written_offers_to_look_only(qtbot: QtBot, tmp_path: Path) -> None:
    library = FakeLibrary(tmp_path, 3, [FakeFolder(1, "/photos")], writable=False, only_read="full")

    def opener(write: bool) -> FakeLibrary:
        if write:
            raise LibraryReadOnlyError("There is no room left on the disk of the library.")
        return library

    session = Session(opener, Background())  # type: ignore[arg-type]
    window = MainWindow(session, LIGHT)
    window.show()
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.message)
    assert window.message.title.text() == "The library cannot be written"
    (look,) = [
        button
        for button in window.message.findChildren(QPushButton)
        if button.isVisible() and "look" in button.text()
    ]
    look.click()
    qtbot.waitUntil(lambda: len(window.model.ids) == 3)
    assert "start_watching" not in library.calls
    assert "disk of this library is full" in window.notice.text
    window.notice.clear()
    window.undo.do(SetRating({1: 1}), "rating")
    assert "disk of this library is full" in window.notice.text
    with qtbot.waitSignal(window.closed):
        window.close()


def test_closing_closes_the_library_and_leaves_no_thread(qtbot: QtBot, tmp_path: Path) -> None:
    before = set(threading.enumerate())
    library = FakeLibrary(tmp_path, 1000, [FakeFolder(1, "/photos")], search_seconds=2 * PATIENCE)
    window = MainWindow(Session(lambda _: library, Background()), LIGHT)  # type: ignore[arg-type,return-value]
    window.show()
    qtbot.waitUntil(lambda: len(window.model.ids) == 1000)
    window.header.search.ask("a long search")
    qtbot.waitUntil(lambda: library.searched == ["a long search"])
    with qtbot.waitSignal(window.closed):
        window.close()
    assert not window.isVisible()
    assert library.cancelled == ["a long search"]
    assert library.calls[-1] == "close"
    assert set(threading.enumerate()) == before


def test_what_fails_before_the_event_loop_leaves_no_thread_and_no_open_library(
    tmp_path: Path,
) -> None:
    before = set(threading.enumerate())
    library = FakeLibrary(tmp_path, 3, [FakeFolder(1, "/photos")])
    session = Session(lambda _: library, Background())  # type: ignore[arg-type,return-value]

    def show_a_window_with_a_bug() -> None:
        with left_in_order(session):
            session.open()
            raise AttributeError("a bug in the window")

    with pytest.raises(AttributeError):
        show_a_window_with_a_bug()
    assert library.calls in ([], ["close"])  # it was not opened yet, or it is closed
    assert session.state == "closed"
    assert set(threading.enumerate()) == before


def test_no_call_of_the_library_is_on_the_gui_thread(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window, library = open_window(50, answers=ANSWERS)
    window.header.search.ask("beach")
    qtbot.waitUntil(lambda: window.browse.shown.query == "beach")
    window.browse.to_photos()
    window.photo_actions.rate(3)
    window.session.add_folder(tmp_path)
    called = {"folders", "photos", "search", "status", "edit", "add_folder"}
    qtbot.waitUntil(lambda: called <= set(library.calls))
    assert "MainThread" not in library.threads


def test_the_window_remembers_its_size(qtbot: QtBot, tmp_path: Path) -> None:
    def open_one() -> MainWindow:
        library = FakeLibrary(tmp_path, 3, [FakeFolder(1, "/photos")])
        kept = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
        session = Session(lambda _: library, Background())  # type: ignore[arg-type,return-value]
        window = MainWindow(session, LIGHT, settings=kept)
        window.show()
        qtbot.waitUntil(lambda: len(window.model.ids) == 3)
        return window

    first = open_one()
    first.resize(777, 555)
    first.browse.grid.set_side(200)
    with qtbot.waitSignal(first.closed):
        first.close()
    second = open_one()
    assert (second.width(), second.height()) == (777, 555)
    assert second.browse.grid.tiles.wanted == 200
    with qtbot.waitSignal(second.closed):
        second.close()


def test_a_damaged_file_of_window_settings_is_no_trouble(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "window.ini").write_text("[window]\ngeometry=rubbish\n[grid]\nside=-3x\n")
    library = FakeLibrary(tmp_path, 3, [FakeFolder(1, "/photos")])
    kept = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    session = Session(lambda _: library, Background())  # type: ignore[arg-type,return-value]
    window = MainWindow(session, LIGHT, settings=kept)
    window.show()
    qtbot.waitUntil(lambda: len(window.model.ids) == 3)
    with qtbot.waitSignal(window.closed):
        window.close()


@pytest.mark.parametrize("call", ["photos", "folders"])
def test_a_bug_in_the_library_is_said_and_nothing_dies(
    call: str, open_window: OpenWindow, qtbot: QtBot, nothing_wrong: LoggedErrors
) -> None:
    window, library = open_window(10)

    def broken(*_args: object, **_options: object) -> None:
        raise ZeroDivisionError

    setattr(library, call, broken)
    window.model.forget(range(11))
    window.browsing.show()
    window.session.list_folders()
    qtbot.waitUntil(lambda: bool(nothing_wrong.messages))
    qtbot.waitUntil(lambda: window.notice.text + window.browse.heading.problem != "")
    delattr(library, call)  # the bug is mended
    qtbot.waitUntil(lambda: not window.session.background.busy and not window.browsing.waits)
    nothing_wrong.messages.clear()
