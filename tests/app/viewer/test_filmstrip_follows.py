"""The filmstrip keeps step with photos that come and go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.window.window import MainWindow
from core.events import PhotosChanged
from tests.app.real_files import RealFiles
from tests.app.whole_window import whole_window

Opened = tuple[MainWindow, RealFiles]


@pytest.fixture
def opened(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    with whole_window(tmp_path, qtbot, monkeypatch) as found:
        yield found


def test_the_photo_that_is_shown_stays_marked_when_others_come(
    opened: Opened, qtbot: QtBot
) -> None:
    window, files = opened
    window.navigation.open_viewer(1)
    shown = window.model.id_at(1)
    new = files.add("newer.png", "white")
    files.library.events.emit(PhotosChanged(added=(new,)))
    qtbot.waitUntil(lambda: window.model.id_at(0) == new)
    assert window.viewer.photo_id == shown
    assert window.viewer.position == 2
    assert window.viewer.strip.position == 2


def test_a_window_of_another_size_minds_no_photo_that_is_gone(opened: Opened, qtbot: QtBot) -> None:
    window, _ = opened
    window.navigation.open_viewer(3)
    window.viewer.leave()
    window.header.search.ask("name:1")
    qtbot.waitUntil(lambda: len(window.model.ids) == 1)
    window.resize(1000, 700)  # an error here is logged, and fails the test
    window.navigation.open_viewer(0)
    qtbot.waitUntil(lambda: window.viewer.strip.width() < 1200)
    assert window.viewer.strip.position == 0
