"""Selecting in the grid: one, a range, another one, a box, a group, or a million at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Signal

from app.grid.model import PhotoModel

Flag = QItemSelectionModel.SelectionFlag
TOLD_RANGES = 1000


@dataclass(frozen=True, eq=False)
class Chosen:
    """A selection by photo, which outlives the order shown: ids, int64 (n,)."""

    ids: NDArray[np.int64]
    current: int | None
    anchor: int | None


class GridSelection(QObject):
    """One bit for each photo, so that nothing takes longer the more is selected.

    `anchor` is where a range starts. Qt's own selection model has the current photo, and repeats
    the selection for screen readers as long as it is made of few ranges.
    """

    changed = Signal()

    def __init__(
        self, model: PhotoModel, selection: QItemSelectionModel, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._selection = selection
        self._chosen = np.zeros(model.rowCount(), np.bool_)
        self._offers = False
        self.anchor = 0

    @property
    def offers_less_likely(self) -> bool:
        """Whether all that matches was selected just now: the next step takes the others too."""
        chosen, matching = self._chosen, self._model.matching
        still = self._offers and matching < len(chosen) and not self.less_likely
        return bool(still and chosen[:matching].all())

    def only(self, position: int) -> None:
        """Select this one alone and go there."""
        self.anchor = position
        self.go_to(position)
        self.ranges([range(position, position + 1)])

    def range_to(self, position: int, *, add: bool = False) -> None:
        """Select everything between the anchor and this one."""
        first, last = sorted((self.anchor, position))
        self.go_to(position)
        self.ranges([range(first, last + 1)], add=add)

    def toggle(self, position: int) -> None:
        """Add this one, or take it away."""
        self.anchor = position
        self.go_to(position)
        self._chosen[position] = not self._chosen[position]
        self._tell()

    def go_to(self, position: int) -> None:
        """Move the frame without selecting."""
        self._selection.setCurrentIndex(self._model.index(position), Flag.NoUpdate)

    def select_all(self) -> None:
        """Select all photos that match; asked a second time, the less likely ones as well.

        Where nothing matches, nothing is selected at first.
        """
        if self.offers_less_likely:
            self.everything()
        else:
            self._chosen[:] = False
            self._chosen[: self._model.matching] = True
            self._tell(offers=True)

    def everything(self) -> None:
        """Select all photos, the less likely ones too."""
        self.ranges([range(len(self._chosen))])

    def ranges(self, ranges: Iterable[range], *, add: bool = False) -> None:
        """Select these ranges, on top of what is selected or instead."""
        if not add:
            self._chosen[:] = False
        for one in ranges:
            self._chosen[one.start : one.stop] = True
        self._tell()

    def group(self, members: range, *, add: bool) -> None:
        """Select a group alone; with `add` as well, or not any more if all of it was."""
        if add and self._chosen[members.start : members.stop].all():
            self._chosen[members.start : members.stop] = False
            self._tell()
        else:
            self.ranges([members], add=add)
        self.anchor = members.start
        self.go_to(members.start)

    def clear(self) -> None:
        """Select nothing; the frame stays."""
        self.ranges([])

    def has(self, position: int) -> bool:
        """Whether a photo is selected."""
        return bool(self._chosen[position])

    def has_all(self, members: range) -> bool:
        """Whether every one of these is selected."""
        return bool(self._chosen[members.start : members.stop].all())

    @property
    def positions(self) -> list[range]:
        """What is selected, as ranges in order."""
        edges = self._edges().tolist()
        return [range(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]

    @property
    def count(self) -> int:
        """How many are selected."""
        return int(np.count_nonzero(self._chosen))

    def __len__(self) -> int:
        """How many photos there are to select from."""
        return len(self._chosen)

    @property
    def less_likely(self) -> int:
        """How many are selected that do not match."""
        return int(np.count_nonzero(self._chosen[self._model.matching :]))

    def ids(self) -> list[int]:
        """The photos that are selected, in the order shown."""
        return [int(i) for i in self._model.ids[self._chosen]]

    def select_ids(self, photo_ids: Sequence[int] | NDArray[np.int64]) -> None:
        """Select these photos where they are now, and no other."""
        self._chosen[:] = False
        self._chosen[self._model.positions_of(photo_ids)] = True
        self._tell(offers=self._offers)  # as long as these are all that matches

    def keep(self) -> Chosen:
        """What is selected now, to come back to after other photos were shown."""
        count, current = len(self._model.ids), self._selection.currentIndex().row()
        return Chosen(
            self._model.ids[self._chosen],
            self._model.id_at(current) if 0 <= current < count else None,
            self._model.id_at(self.anchor) if self.anchor < count else None,
        )

    def restore(self, chosen: Chosen) -> None:
        """Select what was selected, as far as it is shown."""
        if len(self._chosen) != self._model.rowCount():
            self._chosen = np.zeros(self._model.rowCount(), np.bool_)
        current, anchor = self._found(chosen.current), self._found(chosen.anchor)
        self.anchor = anchor or 0
        if current is not None:
            self.go_to(current)
        self.select_ids(chosen.ids)

    def _found(self, photo_id: int | None) -> int | None:
        found = self._model.positions_of([] if photo_id is None else [photo_id])
        return int(found[0]) if len(found) else None

    def _edges(self) -> NDArray[np.int64]:
        """Where what is selected begins and ends, in turn."""
        padded = np.zeros(len(self._chosen) + 2, np.bool_)
        padded[1:-1] = self._chosen
        return np.flatnonzero(padded[1:] != padded[:-1])

    def _tell(self, *, offers: bool = False) -> None:
        self._offers = offers
        told = QItemSelection()
        few = len(self._edges()) <= 2 * TOLD_RANGES
        for one in self.positions if few else ():
            told.select(self._model.index(one.start), self._model.index(one.stop - 1))
        self._selection.select(told, Flag.ClearAndSelect)
        self.changed.emit()
