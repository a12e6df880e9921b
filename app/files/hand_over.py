"""Photos handed over: to another program, the file manager, the clipboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from app import wording
from app.desktop.file_manager import FileManager, open_file, url_of
from app.session import Session

if TYPE_CHECKING:
    from app.commands import Commands
    from core.library import Library
    from core.library.pictures import Picture

COPIED_SIDE = 8192  # pixels: larger pictures are made smaller for the clipboard


class HandOver(QObject):
    """Hands what is `chosen` over. `told`, `similar_asked`: as in FileActions."""

    told = Signal(str)
    similar_asked = Signal(int)

    def __init__(self, session: Session, chosen: Callable[[], list[int]], parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._chosen = chosen
        self._manager = FileManager(self)
        self._pictures = session.background.lane("clipboard")

    def add_commands(self, commands: Commands, where: Sequence[QWidget]) -> None:
        """Make the commands; their keys work inside the widgets of `where`."""
        add = partial(commands.add, where=where, group=self.tr("Files"))
        add(
            "photo.open",
            self.tr("Open in another program"),
            self.open,
            keys=("Ctrl+Return",),
            icon="external-link",
        )
        add(
            "photo.show",
            self.tr("Show in file manager"),
            self.show_in_manager,
            keys=("Ctrl+Shift+R",),
            icon="folder-open",
        )
        add(
            "photo.copy_picture",
            self.tr("Copy picture"),
            self.copy_picture,
            keys=("Ctrl+C",),
            icon="copy",
        )
        add(
            "photo.copy_path",
            self.tr("Copy path"),
            self.copy_path,
            keys=("Ctrl+Shift+C",),
            icon="clipboard-copy",
        )
        add(
            "search.similar",
            self.tr("Find similar photos"),
            self.find_similar,
            keys=("Ctrl+Shift+F",),
            icon="scan-search",
        )

    @Slot()
    def open(self) -> None:
        """Open the first chosen photo with the program that the system has for it."""
        self._with_files(self._chosen()[:1], self._open)

    @Slot()
    def show_in_manager(self) -> None:
        """Show what is chosen in the file manager."""
        self._with_files(self._chosen(), self._manager.show)

    @Slot(str)
    def show_path(self, path: str) -> None:
        """Show one file in the file manager."""
        self._manager.show([Path(path)])

    @Slot()
    def copy_path(self) -> None:
        """Put the paths of what is chosen on the clipboard, one a line."""
        self._with_files(self._chosen(), self._copy_paths)

    @Slot()
    def copy_picture(self) -> None:
        """Put the picture of the first chosen photo, and the files of all, on the clipboard."""
        self._with_files(self._chosen(), self._copy_picture)

    @Slot()
    def find_similar(self) -> None:
        """Look for photos like the first one that is chosen."""
        ids = self._chosen()
        if ids:
            self.similar_asked.emit(ids[0])

    def _with_files(self, ids: list[int], then: Callable[[list[Path]], None]) -> None:
        if ids:
            self._session.ask("reading", partial(_files, ids), partial(self._found, then))

    def _found(self, then: Callable[[list[Path]], None], files: list[Path]) -> None:
        if files:
            then(files)
        else:
            self.told.emit(self.tr("The disk of this photo is not here: plug it in first."))

    def _open(self, files: list[Path]) -> None:
        if not open_file(files[0]):
            text = self.tr("No program opens {name}: choose one in the file manager.")
            self.told.emit(text.format(name=wording.shown(files[0].name)))

    def _copy_paths(self, files: list[Path]) -> None:
        QGuiApplication.clipboard().setText("\n".join(str(file) for file in files))

    def _copy_picture(self, files: list[Path]) -> None:
        self._pictures.submit(
            partial(_picture, self._session.library, files[0]), partial(self._put_picture, files)
        )

    def _put_picture(self, files: list[Path], image: QImage) -> None:
        mime = QMimeData()
        mime.setImageData(image)
        mime.setUrls([url_of(file) for file in files])
        QGuiApplication.clipboard().setMimeData(mime)


def _files(ids: list[int], library: Library) -> list[Path]:
    return library.filing.shown_files(ids)


def _picture(library: Library, path: Path) -> QImage:
    picture: Picture | None = library.pictures.whole(path, COPIED_SIDE, COPIED_SIDE)
    if picture is None:
        return QImage()
    shown = QImage(
        picture.pixels,
        picture.width,
        picture.height,
        picture.width * 3,
        QImage.Format.Format_RGB888,
    )
    return shown.copy()
