"""The real window on a real library, with real photos and the model that comes with Souvenir."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QSettings, QTimer
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.background import Background
from app.session import Session
from app.theme import LIGHT
from app.window.window import MainWindow
from core.library import Library
from tests.app.opening import nothing_complained_of
from tests.e2e.real_window import Person
from tests.helpers.patient_bot import PatientBot
from tests.helpers.sample_photos import copy_sample_photos

OpenWindow = Callable[..., MainWindow]


@dataclass(frozen=True)
class Prepared:
    """Photos that are indexed already; `fresh` makes both folders as they were."""

    photos: Path
    library: Path
    kept: Path

    def fresh(self) -> None:
        for folder in (self.photos, self.library):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(self.kept / folder.name, folder)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """The sample photos, indexed once for all tests."""
    base = tmp_path_factory.mktemp("prepared")
    made = Prepared(base / "Pictures 照片", base / "library", base / "kept")
    copy_sample_photos(made.photos)
    with Library.open(made.library) as library:
        library.add_folder(made.photos)
        library.index()
    for folder in (made.photos, made.library):
        shutil.copytree(folder, made.kept / folder.name)
    return made


@pytest.fixture
def qtbot(qapp: QCoreApplication, request: pytest.FixtureRequest) -> Iterator[QtBot]:
    """pytest-qt's own, with patience."""
    assert qapp is not None
    bot = PatientBot(request)
    yield bot
    bot.close_widgets()


@pytest.fixture
def nothing_wrong(qapp: QCoreApplication, qtlog: Any) -> Iterator[None]:
    """Fail on Qt's warnings, on errors that were logged and on timers that still run."""
    QLocale.setDefault(QLocale(QLocale.Language.English))
    assert qapp is not None
    before = running_timers()
    with nothing_complained_of(qtlog):
        yield
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not running_timers() - before


def running_timers() -> set[QTimer]:
    """The timers that are set."""
    # By type alone: isinstance asks every object for its class, and one of torch's warns at that.
    found = (each for each in gc.get_objects() if issubclass(type(each), QTimer))
    return {timer for timer in found if isValid(timer) and timer.isActive()}


@pytest.fixture
def open_window(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[OpenWindow]:
    """Open the window on a library; it is closed in order afterwards."""
    request.getfixturevalue("nothing_wrong")
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))  # the trash of a test alone
    opened: list[MainWindow] = []

    def open_it(library: Path, settings: QSettings | None = None, **more: Any) -> MainWindow:
        session = Session(partial(_open, library), Background())
        window = MainWindow(session, LIGHT, settings=settings, **more)
        opened.append(window)
        window.resize(1280, 800)
        window.show()
        qtbot.waitUntil(lambda: window.pages.currentIndex() > 0)
        return window

    yield open_it
    for window in opened:
        close_window(window, qtbot)


def close_window(window: MainWindow, qtbot: QtBot) -> None:
    """Close in order, if it is not yet."""
    if not isValid(window):
        return
    if window.session.state != "closed":
        with qtbot.waitSignal(window.closed):
            window.quit()
    window.deleteLater()


@pytest.fixture
def person(open_window: OpenWindow, prepared: Prepared, qtbot: QtBot) -> Person:
    """Somebody at a window with the sample photos, all indexed."""
    prepared.fresh()
    person = Person(open_window(prepared.library), prepared.photos, qtbot)
    person.arrive(len(list(prepared.photos.rglob("*.*"))))
    person.settle()
    return person


def _open(directory: Path, write: bool) -> Library:
    return Library.open(directory, write=write)
