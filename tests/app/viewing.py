"""What the tests of viewer and comparison stand on: real files in a library that needs no disk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.commands import Commands
from app.grid.model import PhotoModel
from tests.app.fake_library import FakeLibrary
from tests.app.opening import session_on


class Viewing:
    """A window with commands, a model of the files given, and the session that reads them.

    Photo n of the model is file n - 1; its row says how large the file is.
    """

    def __init__(self, qtbot: QtBot, folder: Path, files: list[Path], **facts: object) -> None:
        self.qtbot = qtbot
        paths = {len(files) - n: path for n, path in enumerate(files)}
        self.library = FakeLibrary(
            folder,
            len(files),
            paths_of=paths,
            names={n: path.name for n, path in paths.items()},
            **facts,  # type: ignore[arg-type]
        )
        self.session = session_on(self.library)
        self.model = PhotoModel()
        self.window = QWidget()
        self.commands = Commands(self.window)
        self.session.rows_read.connect(self.model.take_rows)
        self.model.rows_wanted.connect(self.session.read_rows)
        self.session.open()
        qtbot.waitUntil(lambda: self.session.state == "open")
        self.model.show(np.arange(len(files), 0, -1, dtype=np.int64))
        self.model.want(range(len(files)))
        qtbot.waitUntil(lambda: self.model.row(0) is not None)
        for row in self.model.known(range(1, len(files) + 1)):
            if row.path.exists() and row.path.stat().st_size:
                with Image.open(row.path) as image:
                    width, height = image.size
                self.model.update_rows([replace(row, width=width, height=height)])

    def show(self, page: QWidget, width: int = 900, height: int = 700) -> None:
        """Put a page into the window and show it."""
        page.setParent(self.window)
        self.window.resize(width, height)
        page.setGeometry(0, 0, width, height)
        page.show()
        self.window.show()
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        page.setFocus()

    def change(self, photo_id: int, **facts: object) -> None:
        """The library says other things of a photo."""
        (row,) = self.model.known([photo_id])
        self.model.update_rows([replace(row, **facts)])  # type: ignore[arg-type]

    def close(self) -> None:
        """End every thread."""
        with self.qtbot.waitSignal(self.session.closed):
            self.session.close()
        self.window.close()
        self.window.deleteLater()
