"""What is opened again and again leaves nothing behind: no object, no thread, no picture."""

from __future__ import annotations

import gc
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

import app.viewer.viewer
from app.sidebar.tree import FOLDERS
from app.window.window import MainWindow
from tests.app.whole_window import whole_window

TIMES = 6
FIRST = 2  # what is made once, at the first time, may stay


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """The whole window on real photos, one of them chosen."""
    with whole_window(tmp_path, qtbot, monkeypatch) as (made, _files):
        yield made


def command(name: str) -> Callable[[MainWindow], None]:
    return lambda window: window.commands.run(name)


def tell_two_failures(window: MainWindow) -> None:
    window.file_work.ended.emit("0 of 2 were done.", ["a.jpg is gone.", "b.jpg is gone."])
    window.file_panel.details.click()


def search_and_save(window: MainWindow) -> None:
    window.header.save.show()
    window.header.ask_to_save()


OPENED: dict[str, Callable[[MainWindow], None]] = {
    "settings": command("app.settings"),
    "renaming": command("photo.rename"),
    "exporting": command("photo.export"),
    "copying": command("photo.copy_to"),
    "moving": command("photo.move_to"),
    "adding a folder": command("folder.add"),
    "the trash": command("photo.trash"),
    "a new album": lambda window: window.context_menu.new_album(),
    "the albums": command("photo.add_to_album"),
    "the menu of photos": lambda w: w.open_context_menu(w.browse.grid, QPoint(10, 10)),
    "the menu of a row": lambda w: w.sidebar._view.menu_asked.emit(FOLDERS, QPoint(10, 10)),
    "what could not be done": tell_two_failures,
    "a search to save": search_and_save,
    "the status": lambda window: window.status.details_asked.emit(20),
    "the main menu": lambda window: window.header.name.menu().popup(QPoint(3, 3)),
}


def others(window: MainWindow) -> list[QWidget]:
    """What is open beside the window."""
    return [w for w in QApplication.topLevelWidgets() if w is not window and w.isVisible()]


def settle(window: MainWindow, qtbot: QtBot) -> None:
    """Let everything be answered, and what is to be deleted go."""
    qtbot.waitUntil(lambda: not others(window) and not window.session.background.busy)
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def objects() -> Counter[str]:
    """How many there are of every kind of QObject that Python knows, and of every widget."""
    gc.collect()
    known = [one for one in Shiboken.getAllValidWrappers() if isinstance(one, QObject)]
    return Counter(type(one).__name__ for one in known) + Counter(
        "widget " + widget.metaObject().className() for widget in QApplication.allWidgets()
    )


@pytest.mark.parametrize("what", OPENED)
def test_what_is_opened_and_closed_again_and_again_leaves_no_object(
    what: str, window: MainWindow, qtbot: QtBot
) -> None:
    counts = []
    for _ in range(FIRST + TIMES):
        OPENED[what](window)
        qtbot.waitUntil(lambda: bool(others(window)))
        for one in others(window):
            one.close()
        settle(window, qtbot)
        counts.append(objects())
    assert counts[-1] == counts[FIRST]


def test_comparisons_end_their_threads(window: MainWindow, qtbot: QtBot) -> None:
    def compare_in_detail() -> None:
        window.navigation.open_compare(window.model.ids.tolist()[:2])
        qtbot.waitUntil(lambda: all(pane.view.sharp for pane in window.compare.panes))
        window.commands.run("compare.actual_size")
        window.commands.run("compare.zoom_in")
        qtbot.waitUntil(lambda: any(pane.view.tiles.bytes > 0 for pane in window.compare.panes))
        qtbot.waitUntil(lambda: all(pane.view.sharp for pane in window.compare.panes))
        window.compare.leave()

    def threads() -> set[str]:
        return {t.name for t in threading.enumerate() if "details" in t.name}

    for _ in range(3):
        compare_in_detail()
        qtbot.waitUntil(lambda: not threads())


def test_the_viewer_gives_its_pictures_back_some_time_after_it_was_left(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, qtbot: QtBot
) -> None:
    monkeypatch.setattr(app.viewer.viewer, "KEEP_MS", 50)
    window: MainWindow = request.getfixturevalue("window")
    window.navigation.open_viewer(1)
    qtbot.waitUntil(lambda: window.viewer.view.sharp and not window.session.background.busy)
    assert window.viewer.reader.bytes > 0
    window.viewer.leave()
    qtbot.waitUntil(lambda: window.viewer.reader.bytes == 0)
    window.navigation.open_viewer(2)
    qtbot.waitUntil(lambda: window.viewer.view.sharp)
    assert window.viewer.reader.bytes > 0
