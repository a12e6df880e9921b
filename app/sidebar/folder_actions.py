"""Adding and removing folders, with the questions that go with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app import wording
from app.session import Session
from app.sidebar.folder_dialog import folder_dialog
from app.widgets.question import Question

if TYPE_CHECKING:
    from core.library import FolderInfo


class FolderActions(QObject):
    """Asks the person, then the session. `window` is what the questions belong to."""

    picked = Signal(str)  # the path of a folder that the person pointed at

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._to_remove = Path()
        self._moved = Path()
        self._known: dict[str, FolderInfo] = {}
        session.folders_listed.connect(self._listed)

    @Slot(list)
    def _listed(self, folders: list[FolderInfo]) -> None:
        self._known = {info.folder.path: info for info in folders}

    @Slot(list)
    def add(self, paths: list[str]) -> None:
        """Watch these folders."""
        for path in paths:
            self._session.add_folder(Path(path))

    def pick(self, start: str) -> None:
        """Let the person point at a folder; answers `picked`."""
        dialog = folder_dialog(self._window, self.tr("Choose a folder of photos"), start)
        dialog.fileSelected.connect(self.picked)
        dialog.open()

    @Slot(str)
    def ask_to_remove(self, folder: str) -> None:
        """Stop watching a folder if the person confirms."""
        if folder not in self._known:
            return
        self._to_remove = Path(folder)
        name = wording.shown(self._to_remove.name or folder)
        text = self.tr(
            "Its {photos} leave the library. The files stay where they are, and your ratings "
            "come back if you add the folder again."
        )
        question = Question(
            self.tr("Remove “{name}” from Souvenir?").format(name=name),
            text.format(photos=wording.photos(self._known[folder].photos)),
            self.tr("Remove"),
            self._window,
        )
        question.accepted.connect(self._remove)
        question.finished.connect(question.deleteLater)
        question.open()

    @Slot(str)
    def ask_about_disk(self, folder: str) -> None:
        """Take a folder for the same one on the disk that is there now, if the person confirms."""
        if folder not in self._known:
            return
        info = self._known[folder]
        self._moved = Path(folder)
        text = self.tr(
            "Say yes if its photos were copied or restored to the disk that is in {folder} now. "
            "They keep your ratings and albums. Photos that are not on that disk leave the "
            "library, and come back with their ratings if their files do."
        )
        why = wording.offline_folder(info.folder.disk.name, info.folder.other_disk)
        question = Question(
            self.tr("Is “{name}” the same folder, on another disk?").format(
                name=wording.shown(self._moved.name or folder)
            ),
            why + "\n\n" + text.format(folder=wording.shown(folder)),
            self.tr("Yes, the same folder"),
            self._window,
        )
        question.accepted.connect(self._accept_disk)
        question.finished.connect(question.deleteLater)
        question.open()

    @Slot()
    def _accept_disk(self) -> None:
        self._session.accept_disk(self._moved)

    @Slot()
    def _remove(self) -> None:
        self._session.remove_folder(self._to_remove)
