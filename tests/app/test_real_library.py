"""The window on a real library with the shipped model: from an empty start to a found photo."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.application import _open
from app.background import Background
from app.session import Session
from app.sidebar.places import Place
from app.theme import DARK
from app.window.screenshot import Screenshot
from app.window.window import MainWindow
from tests.helpers.patience import PATIENCE
from tests.helpers.sample_photos import copy_sample_photos


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    copy_sample_photos(tmp_path / "Pictures 照片")
    return tmp_path / "Pictures 照片"


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    session = Session(partial(_open, tmp_path / "library", None), Background())
    made = MainWindow(session, DARK)
    made.resize(1200, 800)
    made.show()
    yield made
    with qtbot.waitSignal(made.closed):
        made.close()


def test_from_the_first_start_to_a_found_photo(
    window: MainWindow, photos: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.first_start)
    window.first_start.propose(str(photos))
    start = next(b for b in window.first_start.findChildren(QPushButton) if b.property("primary"))
    start.click()
    qtbot.waitUntil(lambda: window.settled and len(window.model.ids) > 10)
    count = len(window.model.ids)
    assert window.browse.heading.title == f"{count} photos"

    # By name, then by description, with results while one types.
    window.header.search.setFocus()
    QTest.keyClicks(window.header.search.edit, "name:cat")
    qtbot.waitUntil(lambda: window.browse.shown.query == "name:cat")
    assert len(window.model.ids) == 1
    cat = window.model.id_at(0)
    QTest.keyClick(window.header.search.edit, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(window.model.ids) == count)
    QTest.keyClicks(window.header.search.edit, "a cat")
    qtbot.waitUntil(lambda: window.browse.shown.query == "a cat")
    assert cat in window.model.ids.tolist()
    relevances = window.browse.shown.relevances
    assert relevances is not None
    assert len(relevances) == len(window.model.ids)

    # Rated in the viewer, and the rating is there to be searched.
    window.browse.opened.emit(window.model.ids.tolist().index(cat))
    qtbot.waitUntil(lambda: window.viewer.picture is not None)
    QTest.keyClick(window.viewer, Qt.Key.Key_5)
    QTest.keyClick(window.viewer, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.session.background.busy)
    window.header.search.ask("rating:5")
    qtbot.waitUntil(lambda: window.model.ids.tolist() == [cat])

    # A file that is copied in appears by itself; its folder can be looked into.
    window.navigation.clear_search()
    shutil.copyfile(photos / "cat.png", photos / "again.png")  # the same photo twice
    shutil.copyfile(Path(__file__).parents[2] / "resources/icons/album.svg", photos / "no.svg")
    window.sidebar.choose(Place("folder", str(photos)))
    qtbot.waitUntil(lambda: window.browse.shown.place.value == str(photos))
    qtbot.waitUntil(lambda: len(window.model.ids) == count)

    qtbot.waitUntil(lambda: window.settled)
    picture = Screenshot(
        window, lambda: window.settled, tmp_path / "window.png", patience_seconds=PATIENCE
    )
    with qtbot.waitSignal(picture.taken):
        pass
    assert (tmp_path / "window.png").stat().st_size > 10_000
