"""Labels from a file and into one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app import wording
from app.language import core_text
from app.widgets.question import Question

if TYPE_CHECKING:
    from app.labels.actions import LabelActions
    from app.session import Session
    from core.library import Label, Library


@dataclass(frozen=True)
class Imported:
    """What is in a file: the labels that the library lacks, and how many it has already."""

    file: str
    missing: tuple[Label, ...]
    known: int
    notice: str


class LabelExchange(QObject):
    """Asks for a file and reads or writes it on a thread. `told`: a sentence that it is done."""

    told = Signal(str)

    def __init__(self, session: Session, actions: LabelActions, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._actions = actions
        self._window = window

    def ask_to_import(self) -> None:
        """Let the person point at a file of labels."""
        dialog = self._dialog(self.tr("Import labels"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.read)
        dialog.open()

    def ask_to_export(self) -> None:
        """Let the person name a file for all labels."""
        dialog = self._dialog(self.tr("Export labels"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("toml")
        dialog.selectFile("labels.toml")
        dialog.fileSelected.connect(self.write)
        dialog.open()

    def ask_to_export_tags(self) -> None:
        """Let the person name a file for the tags of all labels."""
        dialog = self._dialog(self.tr("Export tags"))
        dialog.setNameFilters([self.tr("Tables (*.csv)"), self.tr("JSON (*.json)")])
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile("tags.csv")
        dialog.fileSelected.connect(self.write_tags)
        dialog.open()

    def write_tags(self, file: str) -> None:
        """Write which photos carry which labels into a file; one that is there is replaced."""
        told = self.tr("The tags are written to {file}.").format(file=wording.shown(file))
        self._session.ask("files", partial(_write_tags, file), partial(self._tell, told))

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title, str(Path.home()))
        dialog.setNameFilters([self.tr("Labels (*.toml *.csv)"), self.tr("All files (*)")])
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def read(self, file: str) -> None:
        """Add the labels of a file that the library lacks."""
        self._session.ask("files", partial(_read, file), self._take)

    def _take(self, found: Imported) -> None:
        if not found.missing:
            text = self.tr("All labels of {file} are here already.")
            self.told.emit(text.format(file=wording.shown(Path(found.file).name)))
        elif found.notice:
            question = Question(
                self.tr("Before you add these labels"),
                core_text(found.notice),
                self.tr("Add labels"),
                self._window,
            )
            question.accepted.connect(partial(self._add, found))
            question.finished.connect(question.deleteLater)
            question.open()
        else:
            self._add(found)

    def _add(self, found: Imported) -> None:
        self._actions.create(found.missing)
        if found.known:
            text = self.tr("{n} labels of {file} were here already and stay as they are.")
            name = wording.shown(Path(found.file).name)
            self.told.emit(text.format(n=wording.number(found.known), file=name))

    def write(self, file: str) -> None:
        """Write all labels into a file."""
        labels = self._actions.labels
        told = self.tr("{n} labels are written to {file}.").format(
            n=wording.number(len(labels)), file=wording.shown(file)
        )
        self._session.ask("files", partial(_write, file, labels), partial(self._tell, told))

    def _tell(self, told: str, _done: None) -> None:
        self.told.emit(told)


def _read(file: str, library: Library) -> Imported:
    labels = library.labels.read_file(Path(file))
    missing = tuple(library.labels.missing(labels))
    notice = library.labels.notice(missing)
    return Imported(file, missing, len(labels) - len(missing), notice)


def _write_tags(file: str, library: Library) -> None:
    library.labels.write_tags(Path(file))


def _write(file: str, labels: Sequence[Label], library: Library) -> None:
    library.labels.write_file(Path(file), labels)
