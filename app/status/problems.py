"""The page of what could not be read, each with its reason, and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from app import wording
from app.session import Session, sentence
from app.status.problem_model import Grouping, Heading, ProblemModel, grouped
from app.status.problem_table import ProblemTable
from app.status.words import failed_text
from app.virtuals import contained
from app.widgets.elided_label import ElidedLabel
from app.window.pages import Page

if TYPE_CHECKING:
    from app.commands import Commands
    from core.library import FailedFile, Library


class ProblemsPage(QWidget):
    """Asks the session while it is seen. Choosing several works as in any list.

    `mentioned`: a sentence for a notice, the text of its button and what that does.
    """

    show_in_files_asked = Signal(str)  # path of a file
    mentioned = Signal(str, str, object)
    left = Signal()  # Esc

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problems")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._grouping: Grouping = "reason"
        self._waits = False
        self._model = ProblemModel(self)
        self._table = ProblemTable(self._model)
        self._table.menu_asked.connect(self._menu)
        self._title = QLabel()
        self._title.setObjectName("heading_title")
        self._note = ElidedLabel(mode=Qt.TextElideMode.ElideRight)
        self._note.setText(self.tr("The files are as they were: Souvenir never changes them."))
        self._note.setObjectName("heading_note")
        self._by_reason = _switch(self.tr("By reason"), self._group)
        self._by_folder = _switch(self.tr("By folder"), self._group)
        self._by_reason.setChecked(True)
        self._retry = _button("problems_retry", self.retry)
        self._show = _button("problems_show", self.show_in_files)
        self._show.setText(self.tr("Show"))
        self._show.setToolTip(self.tr("Show in the file manager"))
        self._ignore = _button("problems_ignore", self.ignore)
        self._copy = _button("problems_copy", self.copy)
        self._empty = Page("problems_empty")
        self._empty.tell(
            self.tr("No problems"),
            self.tr("Every file and every folder in your folders could be read."),
        )
        self._ignored = _switch(self.tr("Ignored"), self.read)
        self._ignored.setAutoExclusive(False)
        self._build()
        self._table.selectionModel().selectionChanged.connect(self._selected)
        session.events.failures_changed.connect(self.read)
        session.events.photos_changed.connect(self._read_if_seen)
        self._selected()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._title)
        top.addWidget(self._note, 1)
        for switch in (self._by_reason, self._by_folder, self._ignored):
            top.addWidget(switch)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        for button in (self._retry, self._show, self._ignore, self._copy):
            bottom.addWidget(button)
        bottom.addStretch(1)
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self._table, 1)
        column.addLayout(bottom)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(listed)

    def add_commands(self, commands: Commands) -> None:
        """Make the commands of the list."""
        where = (self._table,)
        group = self.tr("Problems")
        for name, text, run, keys, sign in (
            ("problems.retry", self.tr("Read again"), self.retry, "Ctrl+R", "refresh-cw"),
            ("problems.ignore", self.tr("Ignore"), self.ignore, "Del", "eye-off"),
            ("problems.copy", self.tr("Copy the list"), self.copy, "Ctrl+C", "copy"),
        ):
            commands.add(name, text, run, group=group, keys=(keys,), icon=sign, where=where)

    @property
    def waits(self) -> bool:
        """Whether an answer is still to come."""
        return self._waits

    @property
    def count(self) -> int:
        """How many files and folders are listed."""
        return len(self._model.paths)

    @property
    def chosen(self) -> list[str]:
        """The paths of what is selected; of all where nothing is."""
        return self._table.selected() or self._model.paths

    def _counted(self, paths: Sequence[str]) -> str:
        """How many files and folders are listed at these paths."""
        folders = len(self._model.folders.intersection(paths))
        return wording.files_and_folders(len(paths) - folders, folders)

    @contained()
    def showEvent(self, event: QShowEvent) -> None:
        """Read the list anew whenever the page is opened."""
        super().showEvent(event)
        self.read()

    @Slot()
    def read(self) -> None:
        """Read what could not be read."""
        if not self._waits and self._session.state == "open":
            self._waits = True
            question = partial(_failures, self._grouping, self._ignored.isChecked())
            self._session.ask("counting", question, self._answer, self._fail)

    @Slot()
    def _read_if_seen(self) -> None:
        if self.isVisible():
            self.read()

    def take_count(self, count: int) -> None:
        """So many files could not be read: read the list anew if it is seen and has others."""
        if self.isVisible() and not self._ignored.isChecked() and count != self.count:
            self.read()

    def _answer(self, found: tuple[list[Heading | FailedFile], Grouping, bool, int]) -> None:
        self._waits = False
        rows, grouping, ignored, set_aside = found
        if (grouping, ignored) != (self._grouping, self._ignored.isChecked()):
            self.read()  # the person chose otherwise meanwhile
            return
        kept, top = self._table.selected(), self._table.top()
        self._model.show(rows)
        self._table.show_grouping(grouping)
        self._table.rows_came(kept, top)
        count = len(self._model.paths)
        folders = len(self._model.folders)
        name = _ignored_text if ignored else failed_text
        self._title.setText(name(count - folders, folders))
        self._ignored.setVisible(ignored or set_aside > 0)
        self._ignored.setText(self.tr("Ignored: {n}").format(n=wording.number(set_aside)))
        self._stack.setCurrentIndex(1 if count or set_aside or ignored else 0)
        self._selected()

    def _fail(self, error: Exception) -> None:
        self._waits = False
        self._session.problem.emit(sentence(error))

    # What the person wants

    @Slot()
    def retry(self) -> None:
        """Have the selected files and folders, or all, read again."""
        if self.count:
            paths = self.chosen
            self._change(partial(_read_again, paths), partial(self._retried, self._counted(paths)))

    @Slot()
    def ignore(self) -> None:
        """Set what is selected aside, or all: it is no problem any more."""
        paths = self.chosen
        if paths and not self._ignored.isChecked():
            self._change(
                partial(_ignore, paths), partial(self._set_aside, paths, self._counted(paths))
            )

    @Slot()
    def show_in_files(self) -> None:
        """Show the first selected file where it lies."""
        paths = self._table.selected()
        if paths:
            self.show_in_files_asked.emit(paths[0])

    @Slot()
    def copy(self) -> None:
        """Copy the selected files, or all, with their reasons: a line each."""
        QGuiApplication.clipboard().setText(self._table.as_text())

    def _change(self, change: Callable[[Library], int], answer: Callable[[int], None]) -> None:
        self._session.ask("changes", change, answer)

    def _retried(self, counted: str, _count: int) -> None:
        text = self.tr("{number} will be read again.")
        self.mentioned.emit(text.format(number=counted), "", None)

    def _set_aside(self, paths: list[str], counted: str, count: int) -> None:
        one = self.tr("{number} is ignored from now on.")
        text = one if count == 1 else self.tr("{number} are ignored from now on.")
        undo = partial(self._change, partial(_read_again, paths), partial(self._retried, counted))
        self.mentioned.emit(text.format(number=counted), self.tr("Undo"), undo)

    @Slot()
    def _group(self) -> None:
        self._grouping = "folder" if self._by_folder.isChecked() else "reason"
        self.read()

    @Slot()
    def _selected(self) -> None:
        count, writable = len(self._table.selected()), self._session.writable
        some = bool(count)
        self._retry.setText(self.tr("Read again") if some else self.tr("Read all again"))
        self._ignore.setText(self.tr("Ignore") if some else self.tr("Ignore all"))
        self._copy.setText(self.tr("Copy") if some else self.tr("Copy all"))
        self._show.setEnabled(some)
        for button in (self._retry, self._ignore):
            button.setVisible(writable)
        self._ignore.setEnabled(not self._ignored.isChecked())

    @Slot(QPoint)
    def _menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for button in (self._retry, self._show, self._ignore, self._copy):
            if not button.isHidden():
                menu.addAction(button.text(), button.click).setEnabled(button.isEnabled())
        menu.popup(point)

    @contained()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the page."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _ignored_text(files: int, folders: int) -> str:
    text = QCoreApplication.translate("ProblemsPage", "{files} ignored")
    return text.format(files=wording.files_and_folders(files, folders))


def _failures(
    grouping: Grouping, ignored: bool, library: Library
) -> tuple[list[Heading | FailedFile], Grouping, bool, int]:
    aside = library.browse.failures(ignored=True)
    files = aside if ignored else library.browse.failures()
    return grouped(files, grouping), grouping, ignored, len(aside)


def _read_again(paths: Sequence[str], library: Library) -> int:
    return library.retry([Path(path) for path in paths])


def _ignore(paths: Sequence[str], library: Library) -> int:
    return library.ignore_failures([Path(path) for path in paths])


def _button(name: str, pressed: Callable[[], None]) -> QPushButton:
    button = QPushButton()
    button.setObjectName(name)
    button.clicked.connect(pressed)
    return button


def _switch(text: str, pressed: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("quiet", True)
    button.setCheckable(True)
    button.setAutoExclusive(True)
    button.clicked.connect(pressed)
    return button
