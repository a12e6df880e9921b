"""Showing files where they are: in the system's file manager, with the file selected there."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QUrl, Slot
from PySide6.QtGui import QDesktopServices

SERVICE = "org.freedesktop.FileManager1"
PATH = "/org/freedesktop/FileManager1"
PATIENCE_MS = 3000


class FileManager(QObject):
    """Asks the file manager; where none answers, the folder is opened."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked: dict[QObject, list[Path]] = {}

    def show(self, files: Sequence[Path]) -> None:
        """Show files, selected; in the folder of the first where that cannot be asked for."""
        if not files:
            return
        if sys.platform == "win32":
            QProcess.startDetached("explorer", [f"/select,{files[0]}"])
        elif sys.platform == "darwin":
            QProcess.startDetached("open", ["-R", *map(str, files)])
        elif not self._ask(list(files)):
            open_folder(files[0])

    def _ask(self, files: list[Path]) -> bool:
        """Ask on the session's bus; False where there is none."""
        try:
            from PySide6.QtDBus import (
                QDBusConnection,
                QDBusMessage,
                QDBusPendingCallWatcher,
            )
        except ImportError:
            return False
        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return False
        call = QDBusMessage.createMethodCall(SERVICE, PATH, SERVICE, "ShowItems")
        call.setArguments([[file.as_uri() for file in files], ""])
        watcher = QDBusPendingCallWatcher(bus.asyncCall(call, PATIENCE_MS), self)
        self._asked[watcher] = files
        watcher.finished.connect(self._answered)
        return True

    @Slot(object)
    def _answered(self, watcher: QObject) -> None:
        files = self._asked.pop(watcher, [])
        failed = getattr(watcher, "isError", None)
        if files and failed is not None and failed():
            open_folder(files[0])
        watcher.deleteLater()


def open_folder(file: Path) -> bool:
    """Open the folder of a file."""
    return QDesktopServices.openUrl(url_of(file.parent))


def open_file(file: Path) -> bool:
    """Open a file with the program that the system has for it; False where there is none."""
    return QDesktopServices.openUrl(url_of(file))


def url_of(file: Path) -> QUrl:
    """The address of a file, byte for byte: also of one whose name is no text."""
    return QUrl.fromEncoded(file.as_uri().encode("ascii"))
