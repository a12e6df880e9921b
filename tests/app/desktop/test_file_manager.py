"""Showing files in the file manager, by way of the session's bus of a desktop."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from tests.helpers.patience import PATIENCE

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("dbus-run-session") is None,
    reason="needs a session bus",
)

SHOW = """
import sys
from pathlib import Path
from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, QTimer, Slot
from PySide6.QtDBus import QDBusConnection
import app.desktop.file_manager as file_manager

application = QCoreApplication([])
file_manager.open_folder = lambda file: (print("opened", file.parent), application.quit())


@ClassInfo(**{"D-Bus Interface": "org.freedesktop.FileManager1"})
class Service(QObject):
    @Slot("QStringList", str)
    def ShowItems(self, uris, _startup):
        print("shown", *uris)
        application.quit()


service = Service()
bus = QDBusConnection.sessionBus()
if sys.argv[1] == "there":
    bus.registerObject(
        file_manager.PATH, service, QDBusConnection.RegisterOption.ExportAllSlots
    )
    bus.registerService(file_manager.SERVICE)
manager = file_manager.FileManager()
QTimer.singleShot(0, lambda: manager.show([Path("/photos/a b 照.jpg")]))
QTimer.singleShot(100_000, application.quit)
application.exec()
"""


def show(service: str) -> str:
    ran = subprocess.run(
        ["dbus-run-session", "--", sys.executable, "-c", SHOW, service],
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    return ran.stdout.strip()


def test_the_file_manager_is_asked_to_select_the_file() -> None:
    assert show("there") == "shown file:///photos/a%20b%20%E7%85%A7.jpg"


def test_where_there_is_no_file_manager_the_folder_is_opened() -> None:
    assert show("nowhere") == "opened /photos"
