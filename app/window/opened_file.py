"""A photo that Souvenir was started with, by a file manager or on the command line."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app import wording
from app.desktop.single_instance import Request
from app.session import sentence

if TYPE_CHECKING:
    from app.window.window import MainWindow
    from core.library import Library


class OpenedFile(QObject):
    """Shows the photo in a file: its own in the library, else those that look like it."""

    def __init__(self, first: Path | None, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._first = first
        self._file = Path()

    def begin(self) -> None:
        """The library is open: show what the window was started with."""
        if self._first is not None:
            self.show(self._first)

    def take(self, request: Request) -> None:
        """Do what another start was asked for."""
        if request.folder and self._session.writable:
            self._session.add_folder(Path(request.folder))
        if request.photo:
            self.show(Path(request.photo))

    def show(self, file: Path) -> None:
        """Find out whether the library has it, and show what there is."""
        self._file = file
        self._session.ask("reading", partial(_photo_at, file), self._show, self._fail)

    def _show(self, photo_id: int | None) -> None:
        if photo_id is not None:
            self._window.navigation.open_photo(photo_id)
            return
        text = self.tr("{name} is not in the library. These photos look like it.")
        self._window.notice.tell(text.format(name=wording.shown(self._file.name)))
        self._window.navigation.close_pictures()
        self._window.assistant.search_by(self._file)

    def _fail(self, error: Exception) -> None:
        self._window.notice.tell(sentence(error))


def _photo_at(file: Path, library: Library) -> int | None:
    return library.browse.photo_at(file)
