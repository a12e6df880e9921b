"""The inspector tells of what is chosen wherever one comes from; the tray keeps the place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.sidebar.places import ALL_PHOTOS
from app.window.window import MainWindow
from core.events import PhotosChanged
from tests.app.real_files import RealFiles
from tests.app.whole_window import whole_window

Opened = tuple[MainWindow, RealFiles]


@pytest.fixture
def opened(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    with whole_window(tmp_path, qtbot, monkeypatch) as found:
        yield found


def by_escape(window: MainWindow) -> None:
    QTest.keyClick(window.problems, Qt.Key.Key_Escape)


def by_the_sidebar(window: MainWindow) -> None:
    window.sidebar.choose(ALL_PHOTOS)


def by_a_search(window: MainWindow) -> None:
    window.header.search.ask("name:png")


@pytest.mark.parametrize("back", [by_escape, by_the_sidebar, by_a_search])
def test_after_the_problems_the_inspector_tells_of_the_chosen_photo_again(
    back: Callable[[MainWindow], None], opened: Opened, qtbot: QtBot
) -> None:
    window, _ = opened
    chosen = window.navigation.chosen()
    name = window.model.known(chosen)[0].name
    qtbot.waitUntil(lambda: window.inspector.name.text() == name)
    window.commands.run("problems.show")
    qtbot.waitUntil(lambda: window.inspector.name.text() != name)
    back(window)
    qtbot.waitUntil(lambda: window.desk.page is window.browse)
    qtbot.waitUntil(lambda: not window.browsing.waits and not window.session.background.busy)
    assert window.navigation.chosen() == chosen
    qtbot.waitUntil(lambda: window.inspector.name.text() == name)


def test_a_window_that_comes_back_from_the_tray_is_as_it_was(
    opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, files = opened
    monkeypatch.setattr(type(window.tray), "on", True)
    window.navigation.open_viewer(2)
    qtbot.waitUntil(lambda: window.viewer.view.sharp)
    window.close()
    assert window.isHidden()
    assert window.session.state == "open"

    # What comes while nobody looks is there when somebody does.
    new = files.add("4.png", "white")
    files.library.events.emit(_added(new))
    window.tray.open_asked.emit()
    assert window.isVisible()
    assert window.desk.page is window.viewer
    qtbot.waitUntil(lambda: new in window.model.ids.tolist())
    assert window.viewer.photo_id == window.navigation.chosen()[0]
    assert window.focusWidget() is window.viewer  # keys go on where they went
    window.viewer.escape()
    qtbot.waitUntil(lambda: window.desk.page is window.browse)
    monkeypatch.undo()


def test_the_tray_can_hide_and_show_again_and_again(
    opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, _ = opened
    monkeypatch.setattr(type(window.tray), "on", True)
    for _ in range(3):
        window.close()
        assert not [w for w in QApplication.topLevelWidgets() if w.isVisible()]
        window.tray.open_asked.emit()
        assert window.isVisible()
        window.header.search.ask("name:1")
        qtbot.waitUntil(lambda: len(window.model.ids) == 1)
        window.header.search.ask("")
        qtbot.waitUntil(lambda: len(window.model.ids) == 4)
    monkeypatch.undo()


def _added(photo_id: int) -> PhotosChanged:
    return PhotosChanged(added=(photo_id,))
