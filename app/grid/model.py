"""The photos of the grid: an array of ids, and the rows of those that were looked at lately."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app import wording
from app.grid.groups import Grouping, Groups, group_by, in_time_order
from app.grid.photo_row import PhotoRow
from app.grid.rows import Aspects, add_up
from app.virtuals import contained

ROWS_KEPT = 10_000
AnyIndex = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class PhotoModel(QAbstractListModel):
    """Ids in order; a row's facts are fetched when it comes into view.

    Rows that are missing are asked for with `rows_wanted`, one request at a time: whoever fetches
    them answers with `take_rows`. By then the view may have moved on, and asks for what it needs.

    Days (int32, days since 1970-01-01) are for photos in order of time, which can be grouped;
    aspects (float32, width by height as shown) for tiles of the photos' own shape.
    """

    rows_wanted = Signal(list)  # of photo ids
    rows_arrived = Signal(list)  # of photo ids whose facts are new, or to be asked for again
    regrouped = Signal()
    cut_moved = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: NDArray[np.int64] = np.empty(0, np.int64)
        self._relevances: NDArray[np.float32] | None = None
        self._cut: int | None = None
        self._matching = 0
        self._answers: NDArray[np.int8] | None = None
        self._days: NDArray[np.int32] | None = None
        self._aspects: NDArray[np.float32] | None = None
        self._added_up: Aspects | None = None
        self._grouping: Grouping = "none"
        self._groups: Groups | None = None
        self._months: Groups | None = None
        self._rows: OrderedDict[int, PhotoRow] = OrderedDict()
        self._gone: set[int] = set()
        self._stale: set[int] = set()
        self._asked: frozenset[int] | None = None
        self._also: list[int] = []

    @property
    def ids(self) -> NDArray[np.int64]:
        """Photo ids, int64 (n,), in the order shown."""
        return self._ids

    @property
    def cut(self) -> int | None:
        """How many come before the line below which photos are less likely; None: no line."""
        return self._cut

    @property
    def matching(self) -> int:
        """How many match, which come first: all that is done with "all photos" ends there.

        The others are only less likely; where nothing matches, all of them are.
        """
        return self._matching

    def less_likely(self, photo_ids: Sequence[int] | NDArray[np.int64]) -> int:
        """How many of these are shown without matching."""
        return int(np.count_nonzero(self.positions_of(photo_ids) >= self._matching))

    @property
    def days(self) -> NDArray[np.int32] | None:
        """When the photos were taken, where they are shown in order of time."""
        return self._days

    @property
    def groups(self) -> Groups | None:
        """The photos by day, month or year, where they are grouped."""
        return self._groups

    @property
    def months(self) -> Groups | None:
        """The photos by month, where they are shown in order of time."""
        return self._months

    @property
    def aspects(self) -> Aspects | None:
        """The shapes of the photos, once they are known."""
        if self._added_up is None and self._aspects is not None:
            self._added_up = add_up(self._aspects)
        return self._added_up

    @property
    def complete(self) -> bool:
        """Whether no request for rows is under way."""
        return self._asked is None

    def show(
        self,
        ids: NDArray[np.int64],
        relevances: NDArray[np.float32] | None = None,
        cut: int | None = None,
        *,
        days: NDArray[np.int32] | None = None,
        aspects: NDArray[np.float32] | None = None,
        answers: NDArray[np.int8] | None = None,
        matching: int | None = None,
    ) -> None:
        """Show other photos; facts that are known stay known.

        `matching`: how many of them match, where not those before the line, or without one all.
        `answers`: what was said by hand of a label and each photo, 1 yes, -1 no, 0 nothing.
        `days` only where the order is that of time. With a `cut` there are no groups.
        """
        self.beginResetModel()
        self._ids = ids
        self._relevances = relevances
        self._cut = cut
        usual = len(ids) if cut is None else cut
        self._matching = min(len(ids), usual if matching is None else matching)
        self._answers = answers
        self._gone.clear()
        self._also.clear()
        self._take(days, aspects)
        self.endResetModel()

    def move_cut(self, cut: int) -> None:
        """Draw the line below which photos are less likely elsewhere; the photos stay."""
        if cut != self._cut:
            self._cut = self._matching = min(cut, len(self._ids))
            self.regrouped.emit()
            self.cut_moved.emit()

    def group_by(self, grouping: Grouping) -> None:
        """Group photos that are in order of time, or not ("none")."""
        if grouping != self._grouping:
            self._grouping = grouping
            self._regroup()
            self.regrouped.emit()

    def _take(self, days: NDArray[np.int32] | None, aspects: NDArray[np.float32] | None) -> None:
        in_order = days is not None and self._cut is None and in_time_order(days)
        self._days = days if in_order else None
        self._months = None if self._days is None else group_by(self._days, "month")
        self._aspects = aspects
        self._added_up = None
        self._regroup()

    def _regroup(self) -> None:
        self._groups = None if self._days is None else group_by(self._days, self._grouping)

    def id_at(self, position: int) -> int:
        """The photo at a position."""
        return int(self._ids[position])

    def positions_of(self, photo_ids: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
        """Where some photos are, ascending; those not shown are left out."""
        if not len(photo_ids):
            return np.empty(0, np.int64)
        return np.flatnonzero(np.isin(self._ids, np.asarray(photo_ids, np.int64)))

    def row(self, position: int) -> PhotoRow | None:
        """What is known of the photo at a position, if it was fetched."""
        return self._rows.get(self.id_at(position))

    def known(self, photo_ids: Iterable[int]) -> list[PhotoRow]:
        """What is known of some photos; of others nothing was fetched."""
        return [row for i in photo_ids if (row := self._rows.get(i)) is not None]

    def relevance(self, position: int) -> float | None:
        """How well it fits the query, 0…1, or None where nothing was searched."""
        return None if self._relevances is None else float(self._relevances[position])

    def answer(self, position: int) -> int:
        """What was said by hand of the label that is looked at: 1 yes, -1 no, 0 nothing."""
        return 0 if self._answers is None else int(self._answers[position])

    def want(self, positions: range) -> None:
        """These are in view: ask for the facts that are missing."""
        ids = self._ids[positions.start : positions.stop].tolist()
        for photo_id in ids:
            if photo_id in self._rows:
                self._rows.move_to_end(photo_id)
        if self._asked is None:
            also, self._also = self._also, []
            self._ask_for([*ids, *also])

    def want_ids(self, photo_ids: Sequence[int]) -> None:
        """Ask for the facts of these too, wherever they are; as many as are kept at most."""
        if self._asked is not None:
            self._also = list(photo_ids[:ROWS_KEPT])
        else:
            self._ask_for(photo_ids[:ROWS_KEPT])

    def _ask_for(self, photo_ids: Iterable[int]) -> None:
        missing = [
            i
            for i in dict.fromkeys(photo_ids)
            if (i not in self._rows or i in self._stale) and i not in self._gone
        ]
        if missing:
            self._asked = frozenset(missing)
            self._stale.difference_update(missing)
            self.rows_wanted.emit(missing)

    def take_rows(self, asked: Iterable[int], rows: Iterable[PhotoRow]) -> None:
        """Answer to `rows_wanted`: what was found of what was asked for."""
        self._asked = None
        self._gone.update(asked)
        self.update_rows(rows)

    def update_rows(self, rows: Iterable[PhotoRow]) -> None:
        """These facts are newer."""
        arrived = []
        for row in rows:
            self._gone.discard(row.id)
            self._rows[row.id] = row
            self._rows.move_to_end(row.id)
            arrived.append(row.id)
        while len(self._rows) > ROWS_KEPT:
            self._rows.popitem(last=False)
        self.rows_arrived.emit(arrived)

    def forget(self, photo_ids: Iterable[int]) -> None:
        """The facts of these photos changed: fetch them again when they are in view.

        Until then the old ones are shown, so that nothing flickers.
        """
        changed = set(photo_ids)
        known = changed & (self._rows.keys() | (self._asked or frozenset()))
        self._stale.update(known)
        self._gone.difference_update(changed)
        self.rows_arrived.emit(list(known))  # an edit may change a million: others are not drawn

    def forget_all(self) -> None:
        """The facts of all photos are to be fetched again."""
        self.forget(list(self._rows))

    @contained(0)
    def rowCount(self, parent: AnyIndex = NOWHERE) -> int:
        """How many photos."""
        return 0 if parent.isValid() else len(self._ids)

    @contained(None)
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name, tooltip and what a screen reader says."""
        if not 0 <= index.row() < len(self._ids):
            return None
        row = self.row(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return wording.shown(row.name) if row else ""
        if role == Qt.ItemDataRole.ToolTipRole and row:
            return self._tooltip(row)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return self.spoken(index.row())
        return None

    def spoken(self, position: int) -> str:
        """A photo in words, for a screen reader."""
        row = self.row(position)
        if row is None:
            return self.tr("Photo {n}").format(n=wording.number(position + 1))
        parts = [wording.shown(row.name)]
        if row.taken_at:
            parts.append(self.tr("taken {when}").format(when=wording.moment(row.taken_at)))
        if row.rating:
            parts.append(
                self.tr("1 star") if row.rating == 1 else self.tr("{n} stars").format(n=row.rating)
            )
        if row.favourite:
            parts.append(self.tr("favourite"))
        if row.offline:
            parts.append(self.tr("offline"))
        if row.labels:
            names = ", ".join(wording.shown(name) for name in row.labels)
            parts.append(self.tr("labels {names}").format(names=names))
        if row.files > 1:
            parts.append(self.tr("{n} files").format(n=row.files))
        if self.answer(position):
            by_hand = self.tr("tagged by hand"), self.tr("refused by hand")
            parts.append(by_hand[0] if self.answer(position) > 0 else by_hand[1])
        if position >= self._matching:
            parts.append(self.tr("less likely"))
        if self._groups is not None:
            group = self._groups.title(self._groups.of(position))
            parts.append(self.tr("in {group}").format(group=group))
        place = self.tr("{n} of {total}")
        total = wording.number(len(self._ids))
        parts.append(place.format(n=wording.number(position + 1), total=total))
        return ", ".join(parts)

    def _tooltip(self, row: PhotoRow) -> str:
        lines = [wording.shown(row.name), wording.shown(str(row.path.parent))]
        facts = [f"{row.width} × {row.height}", row.format]
        if row.taken_at:
            facts.insert(0, wording.moment(row.taken_at))
        lines.append(" · ".join(facts))
        if row.labels:
            lines.append(", ".join(wording.shown(name) for name in row.labels))
        if row.offline:
            lines.append(self.tr("Its disk is not here: plug it in to open the original."))
        return "\n".join(lines)
