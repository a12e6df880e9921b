"""The table of files and folders that could not be read; a click on a heading chooses its group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QContextMenuEvent, QFont, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.status.problem_model import NAME, PLACE, REASON, Grouping, ProblemModel
from app.virtuals import contained

ROW = 28
INSET = 8  # of headings: as far in as the text of cells

Command = QItemSelectionModel.SelectionFlag


class ProblemTable(QTableView):
    """Rows of one height, so that a hundred thousand of them are as quick as ten."""

    menu_asked = Signal(QPoint)  # where on the screen

    def __init__(self, model: ProblemModel) -> None:
        super().__init__()
        self.setObjectName("problems_list")
        self.setAccessibleName(self.tr("Files and folders that could not be read"))
        self._rows = model
        self.setModel(model)
        self.setItemDelegate(_HeadingPainter(model, self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        numbers = self.verticalHeader()
        numbers.hide()
        numbers.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        numbers.setDefaultSectionSize(max(ROW, self.fontMetrics().height() + 10))
        titles = self.horizontalHeader()
        titles.setHighlightSections(False)
        # One of its own: it would ask at every paint whether each row of a column is selected.
        titles.setSelectionModel(QItemSelectionModel(model, self))
        titles.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        titles.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.show_grouping("reason")
        self.clicked.connect(self._choose_group)

    def show_grouping(self, grouping: Grouping) -> None:
        """Leave out the column that the headings say already."""
        said, other = (REASON, PLACE) if grouping == "reason" else (PLACE, REASON)
        titles = self.horizontalHeader()
        titles.setSectionHidden(said, True)
        titles.setSectionHidden(other, False)

    def selected(self) -> list[str]:
        """The paths of the files that are selected, in order."""
        files = (self._rows.file(row) for row in self._selected_rows())
        return [file.path for file in files if file is not None]

    def top(self) -> str:
        """The path of the first file in view; "" where there is none."""
        first = max(0, self.rowAt(0))
        for row in range(first, min(first + 2, self._rows.rowCount())):  # a heading, then a file
            if (file := self._rows.file(row)) is not None:
                return file.path
        return ""

    def rows_came(self, selected: Iterable[str], top: str) -> None:
        """Other rows are there: select and scroll as before."""
        kept = set(selected)
        if kept:
            self._select(row for row, path in self._rows.by_row() if path in kept)
        row = self._rows.row_of(top) if top else -1
        if row >= 0:
            self.scrollTo(self._rows.index(row, 0), QAbstractItemView.ScrollHint.PositionAtTop)

    def as_text(self) -> str:
        """A line each for the selected files, or for all: path, tab, reason."""
        rows = self._selected_rows() or range(self._rows.rowCount())
        files = (self._rows.file(row) for row in rows)
        return "\n".join(f"{f.path}\t{f.reason}" for f in files if f is not None)

    def _selected_rows(self) -> list[int]:
        rows: set[int] = set()
        for part in self.selectionModel().selection().toList():
            rows.update(range(part.top(), part.bottom() + 1))
        return sorted(row for row in rows if self._rows.file(row) is not None)

    def _select(self, rows: Iterable[int]) -> None:
        selection = QItemSelection()
        for first, last in _runs(rows):
            selection.select(self._rows.index(first, 0), self._rows.index(last, REASON))
        self.selectionModel().select(selection, Command.ClearAndSelect)

    @Slot(QModelIndex)
    def _choose_group(self, index: QModelIndex) -> None:
        """A click on a heading selects what it stands over."""
        heading = self._rows.heading(index.row())
        if heading is not None:
            first = index.row() + 1
            self._select(range(first, first + heading.count))

    @contained()
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of what is selected."""
        self.menu_asked.emit(event.globalPos())


class _HeadingPainter(QStyledItemDelegate):
    """Draws headings across the columns: spans would make a large selection slow."""

    def __init__(self, rows: ProblemModel, table: QTableView) -> None:
        super().__init__(table)
        self._rows = rows
        self._table = table

    @contained()
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw a cell."""
        if self._rows.heading(index.row()) is None:
            super().paint(painter, option, index)
        elif index.column() == NAME:
            font = QFont(option.font)
            font.setWeight(QFont.Weight.DemiBold)
            painter.save()
            painter.setFont(font)
            painter.setPen(self._table.palette().color(QPalette.ColorRole.WindowText))
            room = QRect(option.rect)
            room.setWidth(self._table.viewport().width())
            room.adjust(INSET, 0, -INSET, 0)
            text = painter.fontMetrics().elidedText(
                str(index.data()), Qt.TextElideMode.ElideMiddle, room.width()
            )
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), text)
            painter.restore()


def _runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Rows in order as runs: first and last."""
    first = last = -2
    for row in rows:
        if row != last + 1:
            if last >= 0:
                yield first, last
            first = row
        last = row
    if last >= 0:
        yield first, last
