"""The window's tests run off screen; a Qt warning or a logged error fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.background import Background
from app.session import Session
from app.theme import LIGHT
from app.window.window import MainWindow
from tests.app.fake_library import FakeFolder, FakeLibrary
from tests.app.opening import LoggedErrors, OpenWindow, nothing_complained_of
from tests.app.real_files import RealFiles
from tests.helpers.patient_bot import PatientBot


@pytest.fixture(scope="session", autouse=True)
def clipboard_left_empty(qapp: QApplication) -> Iterator[None]:
    """The off-screen clipboard outlives Python, and what Python put there must not."""
    yield
    qapp.clipboard().clear()


@pytest.fixture(autouse=True)
def nothing_wrong(qapp: QCoreApplication, qtlog: Any) -> Iterator[LoggedErrors]:
    """Fail on Qt's warnings and on errors that were logged."""
    QLocale.setDefault(QLocale(QLocale.Language.English))
    assert qapp is not None
    with nothing_complained_of(qtlog) as errors:
        yield errors


@pytest.fixture
def qtbot(qapp: QCoreApplication, request: pytest.FixtureRequest) -> Iterator[QtBot]:
    """pytest-qt's own, with patience."""
    assert qapp is not None
    bot = PatientBot(request)
    yield bot
    bot.close_widgets()


@pytest.fixture
def background(qapp: QCoreApplication) -> Iterator[Background]:
    """Threads that end with the test."""
    made = Background(qapp)
    yield made
    made.close()


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path) -> Iterator[OpenWindow]:
    """Open the window on a fake library with `count` photos; it is closed in order afterwards."""
    opened: list[MainWindow] = []

    def open_it(
        count: int = 0, photos: Path | None = None, **facts: object
    ) -> tuple[MainWindow, FakeLibrary]:
        folders = [FakeFolder(1, "/photos")] if count else []
        library = FakeLibrary(tmp_path, count, **{"folder_list": folders, **facts})  # type: ignore[arg-type]
        session = Session(lambda _write: library, Background())  # type: ignore[arg-type,return-value]
        window = MainWindow(session, LIGHT, photos=photos)
        opened.append(window)
        window.resize(1000, 700)
        window.show()
        qtbot.waitUntil(lambda: session.state == "open" and window.pages.currentIndex() > 0)
        if count:
            qtbot.waitUntil(lambda: len(window.model.ids) > 0)
        return window, library

    yield open_it
    for window in opened:
        with qtbot.waitSignal(window.closed):
            window.close()
        window.deleteLater()


@pytest.fixture
def thumbnail(tmp_path: Path) -> Callable[[int], Path]:
    """Make the thumbnail of a photo of the fake library: grey, 512 × 341."""

    def make(photo_id: int) -> Path:
        path = tmp_path / f"{photo_id}.jpg"
        Image.new("RGB", (512, 341), (photo_id % 200, 120, 120)).save(path)
        return path

    return make


@pytest.fixture
def files(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[RealFiles]:
    """Real photos in a real library, in an open session without model or indexing."""
    made = RealFiles(tmp_path, monkeypatch)
    made.open(qtbot)
    yield made
    made.close(qtbot)
