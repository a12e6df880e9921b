"""The files that could not be read as rows of a table, grouped under headings, however many."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app import wording
from app.language import core_text
from app.virtuals import contained

if TYPE_CHECKING:
    from core.library import FailedFile

Grouping = Literal["reason", "folder"]
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NAME, PLACE, REASON = range(3)


@dataclass(frozen=True, slots=True)
class Heading:
    """Stands over `count` files and folders that share a reason or a folder.

    `folders`: how many of them are folders.
    """

    text: str
    count: int
    folders: int = 0


def grouped(files: Iterable[FailedFile], grouping: Grouping) -> list[Heading | FailedFile]:
    """Rows in order: each group's heading, then its files. The largest group comes first."""
    groups: dict[str, list[FailedFile]] = {}
    said: dict[str, str] = {}  # in the language of the window
    for each in files:
        reason = said.get(each.reason) or said.setdefault(each.reason, core_text(each.reason))
        file = each if reason == each.reason else replace(each, reason=reason)
        group = reason if grouping == "reason" else os.path.dirname(file.path)  # noqa: PTH120
        groups.setdefault(group, []).append(file)
    by_size = grouping == "reason"
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]) * by_size, group[0]))
    rows: list[Heading | FailedFile] = []
    for text, members in ordered:
        rows.append(Heading(text, len(members), sum(each.is_folder for each in members)))
        rows.extend(members)
    return rows


class ProblemModel(QAbstractTableModel):
    """Name, folder, reason. Only the first cell of a heading has words."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Heading | FailedFile] = ()

    @property
    def paths(self) -> list[str]:
        """Every file, in order."""
        return [path for _, path in self.by_row()]

    @property
    def folders(self) -> set[str]:
        """Those of the paths that are folders."""
        rows = (row for row in self._rows if not isinstance(row, Heading))
        return {row.path for row in rows if row.is_folder}

    def show(self, rows: Sequence[Heading | FailedFile]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def file(self, row: int) -> FailedFile | None:
        """The file in a row; None for a heading."""
        if not 0 <= row < len(self._rows):
            return None
        found = self._rows[row]
        return None if isinstance(found, Heading) else found

    def heading(self, row: int) -> Heading | None:
        """The heading in a row; None for a file."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, Heading) else None

    def by_row(self) -> Iterator[tuple[int, str]]:
        """Every file with its row."""
        for number, row in enumerate(self._rows):
            if not isinstance(row, Heading):
                yield number, row.path

    def row_of(self, path: str) -> int:
        """The row of a file; -1 where there is none."""
        return next((row for row, found in self.by_row() if found == path), -1)

    @contained(0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Headings and files."""
        return 0 if parent.isValid() else len(self._rows)

    @contained(3)
    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Three."""
        return 3

    @contained()
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        """What the columns are."""
        if role != Role.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (self.tr("File"), self.tr("Folder"), self.tr("Reason"))[section]

    @contained()
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """The words of a cell; its tip is the whole path and reason."""
        heading = self.heading(index.row())
        if heading is not None:
            shown = f"{wording.shown(heading.text)}   {wording.number(heading.count)}"
            spoken = f"{wording.shown(heading.text)}, {_counted(heading)}"
            return {Role.DisplayRole: shown, Role.AccessibleTextRole: spoken}.get(Role(role))
        file = self.file(index.row())
        if file is None:
            return None
        if role == Role.DisplayRole:
            return self._cell(file, index.column())
        if role == Role.ToolTipRole:
            return f"{wording.shown(file.path)}\n{file.reason}"
        if role == Role.AccessibleTextRole and index.column() == NAME:
            return f"{_name(file)}, {file.reason}"
        return None

    def _cell(self, file: FailedFile, column: int) -> str:
        path = PurePath(file.path)
        if column == NAME:
            return _name(file)
        return wording.shown(str(path.parent)) if column == PLACE else file.reason


def _name(file: FailedFile) -> str:
    """The last part of a path; that of a folder ends as paths of folders do."""
    name = wording.shown(PurePath(file.path).name)
    return f"{name}{os.sep}" if file.is_folder else name


def _counted(heading: Heading) -> str:
    return wording.files_and_folders(heading.count - heading.folders, heading.folders)
