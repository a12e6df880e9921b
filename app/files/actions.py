"""What can be done to the files of photos: copied, moved, renamed, exported, put into the trash."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QSettings, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from app import wording
from app.background import CancelToken
from app.files.export_dialog import ExportChoice, ExportDialog
from app.files.gathering import GatherActions
from app.files.hand_over import HandOver
from app.files.open_with import OpenWith
from app.files.rename_dialog import RenameDialog
from app.files.wording import some_names
from app.files.work import FileWork, Task, to_trash
from app.session import Session
from app.sidebar.folder_dialog import folder_dialog
from app.widgets.question import Question

if TYPE_CHECKING:
    from app.commands import Commands
    from core.filing.renaming import Renaming
    from core.filing.steps import Step
    from core.library import Library

    Cancelled = Callable[[], bool]

LAST_FOLDER = "files/last_folder"
PATTERN = "files/rename_pattern"


class FileActions(QObject):
    """Asks the person, then has `work` do it.

    `chosen` tells which photos are meant, by id, in the order shown; `said_of_others` has a
    sentence about those of them that do not match, or "". `settings`: where the last folder and the
    like are kept. `told` is a sentence for the person; `similar_asked` carries the photo whose like
    are looked for.
    """

    told = Signal(str)
    similar_asked = Signal(int)

    def __init__(
        self,
        session: Session,
        work: FileWork,
        chosen: Callable[[], list[int]],
        window: QWidget,
        settings: QSettings | None = None,
        *,
        said_of_others: Callable[[list[int]], str] = lambda _ids: "",
    ) -> None:
        super().__init__(window)
        self._said_of_others = said_of_others
        self._session = session
        self._work = work
        self._chosen = chosen
        self._window = window
        self._settings = settings
        self._disks = session.background.lane("disks")
        self._hand_over = HandOver(session, chosen, self)
        self._hand_over.told.connect(self.told)
        self._hand_over.similar_asked.connect(self.similar_asked)
        self.open_with = OpenWith(session, chosen, window)
        self.open_with.told.connect(self.told)
        keep = partial(self._remember, LAST_FOLDER)
        self.gathering = GatherActions(session, work, self._last_folder, keep, window)
        self.gathering.told.connect(self.told)

    def add_commands(self, commands: Commands, where: Sequence[QWidget]) -> None:
        """Make the commands; their keys work inside the widgets of `where`."""
        self._hand_over.add_commands(commands, where)
        self.open_with.add_commands(commands, where)
        group = self.tr("Files")
        add = partial(commands.add, where=where, group=group)
        add(
            "photo.copy_to",
            self.tr("Copy to folder…"),
            self.copy_to_folder,
            keys=("Ctrl+Alt+C",),
            icon="files",
        )
        add(
            "photo.move_to",
            self.tr("Move to folder…"),
            self.move_to_folder,
            keys=("Ctrl+Alt+M",),
            icon="folder-input",
        )
        add("photo.rename", self.tr("Rename…"), self.rename, keys=("F2",), icon="file-pen")
        add("photo.export", self.tr("Export…"), self.export, keys=("Ctrl+E",), icon="image-down")
        add("photo.trash", self.tr("Move to trash"), self.trash, keys=("Del",), icon="trash-2")

    @Slot(str)
    def show_path(self, path: str) -> None:
        """Show one file in the file manager."""
        self._hand_over.show_path(path)

    # Copying and moving

    @Slot()
    def copy_to_folder(self) -> None:
        """Ask for a folder and copy what is chosen there."""
        self._to_folder("copy", self.tr("Copy to"))

    @Slot()
    def move_to_folder(self) -> None:
        """Ask for a folder and move what is chosen there."""
        if not self._refused():
            self._to_folder("move", self.tr("Move to"))

    def _to_folder(self, kind: Literal["copy", "move"], title: str) -> None:
        ids = self._chosen()
        if not ids:
            return
        dialog = folder_dialog(self._window, title, self._last_folder())
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, title)
        dialog.fileSelected.connect(partial(self.put_into, kind, ids))
        dialog.open()

    def put_into(self, kind: Literal["copy", "move"], ids: list[int], folder: str) -> None:
        """Copy or move photos into a folder; names that are taken are told first."""
        self._remember(LAST_FOLDER, folder)
        self._session.ask(
            "reading",
            partial(_conflicts, ids, Path(folder)),
            partial(self._ask_about, kind, ids, folder),
        )

    def _ask_about(
        self, kind: Literal["copy", "move"], ids: list[int], folder: str, found: _Conflicts
    ) -> None:
        """Ask where names are taken, and where photos would leave the library; else go on."""
        go_on = partial(self._put, kind, ids, folder)
        title = self.tr("Already there: {files} of the same name").format(
            files=wording.files(len(found.taken))
        )
        texts = []
        if kind == "move" and not found.watched:
            title = self.tr("Move {photos} out of the library?").format(
                photos=wording.photos(len(ids))
            )
            left = self.tr(
                "“{folder}” is not a folder of this library: photos that go there are no longer "
                "shown here. What you said of them is kept until you add that folder."
            )
            texts.append(left.format(folder=wording.shown(Path(folder).name or folder)))
        if found.taken:
            numbered = self.tr(
                "Nothing is overwritten: of these names, the newcomers get a number, as in "
                "“IMG_1 (2).jpg”."
            )
            names = some_names([Path(name) for name in found.taken])
            texts.append(f"{numbered}\n\n{names}")
        if texts:
            yes = self.tr("Move") if kind == "move" else self.tr("Copy")
            self._ask(title, "\n\n".join(texts), yes, go_on)
        else:
            go_on()

    def _put(self, kind: Literal["copy", "move"], ids: list[int], folder: str) -> None:
        photos, name = wording.photos(len(ids)), wording.shown(Path(folder).name or folder)
        texts = (
            (
                self.tr("Copying {photos} to “{folder}”"),
                self.tr("copying {photos}"),
                self.tr("{photos} copied to “{folder}”."),
            )
            if kind == "copy"
            else (
                self.tr("Moving {photos} to “{folder}”"),
                self.tr("moving {photos}"),
                self.tr("{photos} moved to “{folder}”."),
            )
        )
        title, undo, done = texts
        task = Task(
            title.format(photos=photos, folder=name),
            undo.format(photos=photos),
            lambda count: done.format(photos=wording.photos(count), folder=name),
            kind,
        )
        self._work.run(task, partial(_put, kind, ids, Path(folder)))

    # Renaming

    @Slot()
    def rename(self) -> None:
        """Ask for a pattern, show what it does, and rename what is chosen."""
        ids = self._chosen()
        if ids and not self._refused():
            dialog = RenameDialog(self._session, ids, self._kept(PATTERN), self._window)
            dialog.accepted.connect(partial(self._rename, dialog))
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def _rename(self, dialog: RenameDialog) -> None:
        self._remember(PATTERN, dialog.pattern.text())
        plan = dialog.plan
        files = wording.files(sum(1 for r in plan if r.problem is None and r.note != "same"))
        done = self.tr("{files} renamed.")
        task = Task(
            self.tr("Renaming {files}").format(files=files),
            self.tr("renaming {files}").format(files=files),
            lambda count: done.format(files=wording.files(count)),
            "move",
        )
        self._work.run(task, partial(_rename, plan))

    # Exporting

    @Slot()
    def export(self) -> None:
        """Ask how, and export what is chosen."""
        ids = self._chosen()
        if ids:
            wanted = CancelToken()
            look = partial(self._look, wanted)
            dialog = ExportDialog(len(ids), self._last_folder(), self._settings, look, self._window)
            dialog.accepted.connect(partial(self._export, ids, dialog))
            dialog.finished.connect(wanted.cancel)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def _look(self, wanted: CancelToken, folder: str, answer: Callable[[bool], None]) -> None:
        """Find out whether a folder is there, unless nobody wants to know any more."""
        self._disks.submit(partial(_is_there, Path(folder)), answer, token=wanted)

    def _export(self, ids: list[int], dialog: ExportDialog) -> None:
        self._remember(LAST_FOLDER, dialog.folder)
        folder = Path(dialog.folder)
        photos, name = wording.photos(len(ids)), wording.shown(folder.name or str(folder))
        done = self.tr("{photos} exported to “{folder}”.")
        task = Task(
            self.tr("Exporting {photos} to “{folder}”").format(photos=photos, folder=name),
            "",
            lambda count: done.format(photos=wording.photos(count), folder=name),
            "copy",
        )
        self._work.run(task, partial(_export, ids, dialog.choice, folder))

    # The trash

    @Slot()
    def trash(self) -> None:
        """Ask, and move every file of what is chosen to the system's trash."""
        ids = self._chosen()
        if ids and not self._refused():
            self._session.ask("reading", partial(_all_files, ids), partial(self._ask_to_trash, ids))

    def _ask_to_trash(self, ids: list[int], files: list[Path]) -> None:
        if not files:
            self.told.emit(self.tr("The disk of this photo is not here: plug it in first."))
            return
        photos = wording.photos(len(ids))
        text = (
            self.tr("{files} go to the trash of the system, and can come back from there.")
            if len(files) != len(ids)
            else self.tr("They can come back from there.")
        )
        text = text.format(files=wording.files(len(files)))
        others = self._said_of_others(ids)
        if others:
            text = others + "\n" + text
        self._ask(
            self.tr("Move {photos} to the trash?").format(photos=photos),
            some_names(files) + "\n\n" + text,
            self.tr("Move to trash"),
            partial(self._trash, files, photos),
        )

    def _trash(self, files: list[Path], photos: str) -> None:
        done = self.tr("{files} moved to the trash.")
        task = Task(
            self.tr("Moving {photos} to the trash").format(photos=photos),
            self.tr("moving {photos} to the trash").format(photos=photos),
            lambda count: done.format(files=wording.files(count)),
            "trash",
        )
        self._work.run(task, partial(to_trash, files))

    # Inside

    def _refused(self) -> bool:
        """Whether files must stay as they are, as the library could not follow; says so."""
        why = self._session.only_read
        if why:
            self.told.emit(why)
        return bool(why)

    def _ask(self, title: str, text: str, yes: str, then: Callable[[], None]) -> None:
        question = Question(title, text, yes, self._window)
        question.accepted.connect(then)
        question.finished.connect(question.deleteLater)
        question.open()

    def _last_folder(self) -> str:
        kept = self._kept(LAST_FOLDER)
        pictures = QStandardPaths.StandardLocation.PicturesLocation
        return kept or QStandardPaths.writableLocation(pictures)

    def _kept(self, key: str) -> str:
        return "" if self._settings is None else str(self._settings.value(key, ""))

    def _remember(self, key: str, value: str) -> None:
        if self._settings is not None:
            self._settings.setValue(key, value)


# On threads


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:
        return False


def _all_files(ids: list[int], library: Library) -> list[Path]:
    return library.filing.all_files(ids)


@dataclass(frozen=True)
class _Conflicts:
    """Names that are taken in a folder, and whether photos there are part of the library."""

    taken: list[str]
    watched: bool


def _conflicts(ids: list[int], folder: Path, library: Library) -> _Conflicts:
    return _Conflicts(library.filing.conflicts(ids, folder), library.filing.watches(folder))


def _put(
    kind: Literal["copy", "move"],
    ids: list[int],
    folder: Path,
    library: Library,
    cancelled: Cancelled,
) -> Iterator[Step]:
    work = library.filing.copy if kind == "copy" else library.filing.move
    return work(ids, folder, cancelled)


def _rename(plan: list[Renaming], library: Library, cancelled: Cancelled) -> Iterator[Step]:
    return library.filing.rename(plan, cancelled)


def _export(
    ids: list[int], choice: ExportChoice, folder: Path, library: Library, cancelled: Cancelled
) -> Iterator[Step]:
    return library.filing.export(ids, choice.options(), folder, cancelled)
