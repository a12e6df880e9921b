"""The screen stays awake as long as a slide show runs, and no longer."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from app.desktop.screen_awake import LetGo, ScreenAwake
from app.theme import LIGHT
from app.viewer.viewer import Viewer
from tests.app.viewing import Viewing
from tests.helpers.patience import PATIENCE


class Screen:
    """A screen that says how often it is kept awake at the moment."""

    def __init__(self) -> None:
        self.kept = 0

    def keep(self) -> LetGo:
        self.kept += 1
        return self.let_go

    def let_go(self) -> None:
        self.kept -= 1


def test_it_is_kept_once_and_let_go_once() -> None:
    screen = Screen()
    awake = ScreenAwake(screen.keep)
    seen = []
    for on in (False, True, True, False, False, True):
        awake.set_awake(on)
        seen.append(screen.kept)
    assert seen == [0, 1, 1, 0, 0, 1]


@pytest.fixture
def viewing(tmp_path: Path, qtbot: QtBot) -> Iterator[Viewing]:
    files = [tmp_path / f"{n}.png" for n in range(3)]
    for file in files:
        Image.new("RGB", (60, 40), "teal").save(file)
    made = Viewing(qtbot, tmp_path, files)
    yield made
    made.close()


def test_a_slide_show_keeps_it_awake_until_it_rests_ends_or_is_hidden(
    viewing: Viewing,
) -> None:
    viewer = Viewer(viewing.model, viewing.session, LIGHT)
    screen = Screen()
    viewer.awake = ScreenAwake(screen.keep, viewer)
    viewing.show(viewer)
    viewer.open(0)
    assert screen.kept == 0
    viewer.toggle_slide_show()
    assert screen.kept == 1
    viewer.slide_show.toggle_pause()
    assert screen.kept == 0
    viewer.slide_show.toggle_pause()
    assert screen.kept == 1
    viewer.escape()
    assert screen.kept == 0
    viewer.toggle_slide_show()
    viewer.leave()
    assert screen.kept == 0
    viewer.open(0)
    viewer.toggle_slide_show()
    viewing.window.hide()  # as closing does where an icon in the tray stays
    assert screen.kept == 0
    assert not viewer.slide_show.running
    assert not viewer.screen_use.full


# By the bus of a desktop

SERVICE = """
import sys
from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, QTimer, Slot
from PySide6.QtDBus import QDBusConnection
import app.desktop.screen_awake as screen_awake

application = QCoreApplication([])
awake = screen_awake.ScreenAwake()


@ClassInfo(**{"D-Bus Interface": screen_awake.SERVICE})
class Service(QObject):
    @Slot(str, str, result="uint")
    def Inhibit(self, name, reason):
        print("kept awake for", name, reason)
        QTimer.singleShot(0, lambda: awake.set_awake(False))
        return 42


def left(name, old, new):
    if name.startswith(":") and not new:
        print("let go")
        application.quit()


bus = QDBusConnection.sessionBus()
bus.interface().serviceOwnerChanged.connect(left)
service = Service()
bus.registerObject(screen_awake.PATH, service, QDBusConnection.RegisterOption.ExportAllSlots)
if sys.argv[1] == "there":
    bus.registerService(screen_awake.SERVICE)
else:
    QTimer.singleShot(0, lambda: awake.set_awake(False))
awake.set_awake(True)
QTimer.singleShot(100_000, application.quit)
application.exec()
"""
needs_bus = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("dbus-run-session") is None,
    reason="needs a session bus",
)


def run(*command: str) -> list[str]:
    ran = subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE)
    return ran.stdout.splitlines()


@needs_bus
def test_the_desktop_is_asked_and_let_go_by_closing_the_connection() -> None:
    told = run("dbus-run-session", "--", sys.executable, "-c", SERVICE, "there")
    assert told == ["kept awake for Souvenir Slide show", "let go"]


@needs_bus
def test_a_desktop_without_the_service_does_no_harm() -> None:
    assert run("dbus-run-session", "--", sys.executable, "-c", SERVICE, "nowhere") == ["let go"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no bus to be missing")
def test_without_a_bus_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    code = (
        "from app.desktop.screen_awake import ScreenAwake\n"
        "awake = ScreenAwake(); awake.set_awake(True); awake.set_awake(False); print('fine')"
    )
    assert run(sys.executable, "-c", code) == ["fine"]
