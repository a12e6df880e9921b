"""A real library of real files for tests of what is done with them, without model or indexing."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from app.session import Session
from core.catalog import folders
from core.catalog.metadata import Metadata
from core.library import Library
from tests.app.opening import session_on
from tests.helpers.taking_in import take_in


class RealFiles:
    """A watched folder in an open session; `add` puts a photo there and into the catalogue."""

    def __init__(self, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = base / "Pictures"
        self.folder.mkdir()
        (base / "home").mkdir()
        monkeypatch.setenv("XDG_DATA_HOME", str(base / "home"))  # a trash for these files alone
        self.library = Library.open(base / "library")
        # Indexing would load the model; these tests say themselves what is in the catalogue.
        monkeypatch.setattr(self.library, "start_watching", lambda: None)
        monkeypatch.setattr(self.library, "status", lambda **_: SimpleNamespace(failed=()))
        self.looked: list[Path] = []
        monkeypatch.setattr(self.library.filing, "_rescan", self.looked.extend)
        self.session = session_on(self.library)
        with self.library._catalogue.transaction() as tx:
            self._folder_id = folders.add_folder(tx, self.folder).id

    def add(self, name: str, colour: str, metadata: Metadata | None = None) -> int:
        """Make a photo of one colour; returns its id."""
        path = self.folder / name
        Image.new("RGB", (600, 400), colour).save(path)
        return self.take_in(path, metadata)

    def take_in(self, path: Path, metadata: Metadata | None = None) -> int:
        """Put a photo that is in the folder into the catalogue, with its thumbnail."""
        thumbnails = self.library.paths.thumbnails
        with self.library._catalogue.transaction() as tx:
            return take_in(tx, self._folder_id, path, metadata=metadata, thumbnails=thumbnails)

    def names(self) -> list[str]:
        """What is in the folder."""
        return sorted(path.name for path in self.folder.iterdir())

    def open(self, qtbot: QtBot) -> Session:
        """Open the session."""
        with qtbot.waitSignal(self.session.opened):
            self.session.open()
        return self.session

    def close(self, qtbot: QtBot) -> None:
        """Close it in order."""
        if self.session.state != "closed":
            with qtbot.waitSignal(self.session.closed):
                self.session.close()
        QCoreApplication.processEvents()
