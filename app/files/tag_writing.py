"""Tags and ratings for other programs: where they go, what would be written, and then writing it.

Nothing is written before it was switched on for the folder and shown here.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from app import wording
from app.background import CancelToken
from app.files.wording import problem_sentence
from app.session import Session, sentence
from app.widgets.dialog import Dialog

if TYPE_CHECKING:
    from app.commands import Commands
    from core.library import FolderInfo, Library
    from core.library.tag_writing import TagChange, Writes

ROWS_SHOWN = 300
TELL_SECONDS = 0.1


@dataclass(frozen=True)
class Looked:
    """What would be written, or was: the first changes, how many there are, and problems."""

    shown: tuple[TagChange, ...]
    changes: int
    problems: int


class TagWriting(QObject):
    """Opens the dialog for a folder, from its command or from the settings."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window

    def add_commands(self, commands: Commands) -> None:
        """Make the command."""
        commands.add(
            "tags.write",
            self.tr("Write tags for other programs…"),
            self.open,
            group=self.tr("Files"),
            icon="tag",
        )

    @Slot()
    def open(self, folder: str = "") -> None:
        """Show what would be written of a folder, the first one where none is named."""
        self._session.ask("reading", _folders, partial(self._open, folder))

    def _open(self, folder: str, folders: list[FolderInfo]) -> None:
        here = [info for info in folders if not info.folder.offline]
        if here:
            dialog = WriteTagsDialog(self._session, here, folder, self._window)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()


class WriteTagsDialog(Dialog):
    """What would be written in a folder, and a button that writes it.

    `waits`: whether it looks or writes; it then shows how far it is.
    """

    def __init__(
        self,
        session: Session,
        folders: list[FolderInfo],
        chosen: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            self.tr("Write tags for other programs"),
            parent,
            text=self.tr(
                "Labels, your keywords, titles and ratings, as XMP that digiKam, Lightroom and "
                "others read. What others wrote stays; what you take back goes again."
            ),
            primary=self.tr("Write"),
            cancel=self.tr("Close"),
        )
        self._session = session
        self._writes = {info.folder.path: info.folder.writes for info in folders}
        self._token = CancelToken()
        self._stop = CancelToken()
        self.waits = False
        self.writing = False
        self.told = ""  # what the last writing came to
        self.folder = QComboBox()
        for path in self._writes:
            self.folder.addItem(wording.shown(path), path)
        self.folder.setCurrentIndex(max(0, self.folder.findData(chosen)))
        self.where = QComboBox()
        for value, text in (
            ("off", self.tr("Write nothing")),
            ("sidecar", self.tr("Beside the photos, in .xmp files")),
            ("file", self.tr("Into JPEGs, beside other photos")),
        ):
            self.where.addItem(text, value)
        self.preview = self._made_preview()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("How far it is"))
        self.summary = QLabel()
        self.summary.setProperty("class", "dim")
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Folder"), self.folder)
        form.addRow(self.tr("Tags go"), self.where)
        self.content.addLayout(form)
        self.content.addWidget(self.preview, 1)
        self.content.addWidget(self.progress)
        self.content.addWidget(self.summary)
        self.folder.activated.connect(self._look_elsewhere)
        self.where.activated.connect(self._choose)
        self._look_elsewhere()

    def _made_preview(self) -> QTreeWidget:
        made = QTreeWidget()
        made.setObjectName("tags_preview")
        made.setAccessibleName(self.tr("What would be written"))
        made.setHeaderLabels([self.tr("File"), self.tr("Change"), ""])
        made.setRootIsDecorated(False)
        made.setUniformRowHeights(True)
        made.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        made.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        made.setMinimumSize(640, 240)
        header = made.header()
        header.setStretchLastSection(False)
        for column in (0, 1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        return made

    # What is chosen

    @property
    def path(self) -> Path:
        """The folder that is looked at."""
        return Path(self.folder.currentData())

    @Slot()
    def _look_elsewhere(self) -> None:
        self.told = ""
        self.where.setCurrentIndex(self.where.findData(self._writes[str(self.path)]))
        self._look()

    @Slot()
    def _choose(self) -> None:
        writes: Writes = self.where.currentData()
        self.told = ""
        self._begin()
        self._session.ask(
            "files",
            partial(_choose, self.path, writes),
            partial(self._chosen, str(self.path)),
            self._failed,
            self._token,
        )

    def _chosen(self, path: str, writes: Writes) -> None:
        self._writes[path] = writes
        self._look()

    # Looking and writing

    def _begin(self) -> None:
        """Leave what was asked for; show that something is coming."""
        self._token.cancel()
        self._token, self._stop = CancelToken(), CancelToken()
        self.waits = True
        self.tell_problem("")
        self.progress.setRange(0, 0)
        self.progress.show()
        self._enable(0)

    def _look(self) -> None:
        self._begin()
        self._ask("preview", self._show)

    def accept(self) -> None:
        """Write; the dialog stays and shows how far it is."""
        self._begin()
        self.writing = True
        for box in (self.folder, self.where):
            box.setEnabled(False)
        self.cancel.setText(self.tr("Cancel"))
        self._ask("write", self._written)

    def _ask(self, what: Literal["preview", "write"], answer: Callable[[Looked], None]) -> None:
        token, stop = self._token, self._stop
        background = self._session.background

        def step(done: int, total: int) -> None:
            background.tell(token, partial(self._show_step, done, total))

        work = partial(_work, what, self.path, lambda: token() or stop(), step)
        self._session.ask("files", work, answer, self._failed, token)

    def reject(self) -> None:
        """Stop writing after the file under way; where nothing is written, close."""
        if self.writing:
            self._stop.cancel()
        else:
            super().reject()

    def done(self, result: int) -> None:
        """Whatever the answer: nothing is wanted any more."""
        self._token.cancel()
        super().done(result)

    # What comes back

    def _show_step(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    def _written(self, looked: Looked) -> None:
        parts = [self.tr("Written: {files}").format(files=wording.files(looked.changes))]
        if looked.problems:
            parts.append(
                self.tr("could not be written: {files}").format(
                    files=wording.files(looked.problems)
                )
            )
        if self._stop():
            parts.append(self.tr("cancelled"))
        self.told = " · ".join(parts)
        self._rest()
        self._look()

    def _show(self, looked: Looked) -> None:
        self._rest()
        self.preview.clear()
        self.preview.addTopLevelItems([self._row(change) for change in looked.shown])
        if self.told:
            self.summary.setText(self.told)
        elif looked.changes or looked.problems:
            parts = [self.tr("To be written: {files}").format(files=wording.files(looked.changes))]
            if looked.problems:
                cannot = self.tr("cannot be written: {files}")
                parts.append(cannot.format(files=wording.files(looked.problems)))
            self.summary.setText(" · ".join(parts))
        else:
            self.summary.setText(self.tr("There is nothing to write."))
        self._enable(looked.changes)

    def _failed(self, error: Exception) -> None:
        self._rest()
        self.tell_problem(sentence(error))

    def _rest(self) -> None:
        self.waits = self.writing = False
        self.progress.hide()
        for box in (self.folder, self.where):
            box.setEnabled(True)
        self.cancel.setText(self.tr("Close"))

    def _enable(self, changes: int) -> None:
        if self.primary is not None:
            on = self._writes[str(self.path)] != "off"
            self.primary.setEnabled(on and changes > 0 and self._session.writable)
        self.where.setEnabled(self._session.writable)

    def _row(self, change: TagChange) -> QTreeWidgetItem:
        target = change.target or change.path
        note = self._note(change)
        if change.problem is not None:
            note = problem_sentence(change.problem)
        texts = (wording.shown(target.name), self._words(change), note)
        row = QTreeWidgetItem(list(texts))
        for column, text in enumerate(texts):
            row.setToolTip(column, text)
        return row

    def _words(self, change: TagChange) -> str:
        words = [f"+{word}" for word in change.added] + [f"−{word}" for word in change.removed]
        before, after = change.rating
        if before != after:
            rating = self.tr("rating {before} → {after}")
            none = self.tr("none")
            words.append(rating.format(before=before or none, after=after or none))
        before, after = change.title
        if before != after:
            title = self.tr("title {before} → {after}")
            none = self.tr("none")
            words.append(title.format(before=before or none, after=after or none))
        return wording.shown("  ".join(words))

    def _note(self, change: TagChange) -> str:
        return {
            "": "",
            "format": self.tr("Beside it: only JPEGs are written into"),
            "copies": self.tr("Beside it: there are copies of this photo"),
            "link": self.tr("Beside it: the file is a link, or has several names"),
            "parts": self.tr("Beside it: it has parts that a change could harm"),
        }[change.note]


def _work(
    what: Literal["preview", "write"],
    path: Path,
    cancelled: Callable[[], bool],
    step: Callable[[int, int], None],
    library: Library,
) -> Looked:
    """Go through a folder, on a thread; problems come first in what is shown."""
    shown: list[TagChange] = []
    problems: list[TagChange] = []
    changes = 0
    told = 0.0
    writing = library.tag_writing
    begun = writing.write if what == "write" else writing.preview
    for change in begun(path, cancelled):
        if change.problem is not None:
            problems.append(change)
        elif change.target is not None:
            changes += 1
            if len(shown) < ROWS_SHOWN:
                shown.append(change)
        if time.monotonic() - told >= TELL_SECONDS:
            told = time.monotonic()
            step(change.done, change.total)
    return Looked((*problems[:ROWS_SHOWN], *shown), changes, len(problems))


def _choose(path: Path, writes: Writes, library: Library) -> Writes:
    library.tag_writing.choose(path, writes)
    return writes


def _folders(library: Library) -> list[FolderInfo]:
    return library.folders()
