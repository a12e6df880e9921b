"""Lays the grid out anew: where tiles change their size, first what is in view, then the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, QSignalBlocker, QTimer, Slot

from app.grid.geometry import HEADING, GridGeometry
from app.grid.model import PhotoModel
from app.grid.place import Held
from app.grid.requests import GridRequests
from app.grid.scrubber import Dates, Scrubber

if TYPE_CHECKING:
    from app.grid.view import GridView

Shape = Literal["square", "aspect"]

LARGE = 20_000  # photos; fewer are all laid out before one could see it
REST_MS = 100


class GridLayout(QObject):
    """Where the tiles are, and what the scroll bar is to say of it.

    A million take longer to lay out than they may while one drags their size. So then only what is
    in view is laid out, exactly as it will be, and the scroll bar says what it said before. All the
    rest follows once one rests, or anything else is asked for; nothing that is seen moves by it.
    """

    def __init__(
        self,
        view: GridView,
        model: PhotoModel,
        bar: Scrubber,
        requests: GridRequests,
        wanted: int,
    ) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._bar = bar
        self._requests = requests
        self.shape: Shape = "square"
        self._whole = self._told = GridGeometry(wanted=wanted)  # `_told`: what the bar speaks of
        self._near: GridGeometry | None = None
        self._held: Held | None = None
        self._value = 0
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(REST_MS)
        self._resting.timeout.connect(self.settle)

    @property
    def settled(self) -> bool:
        """Whether everything is laid out."""
        return self._near is None

    @property
    def drawn(self) -> GridGeometry:
        """What is in view, by the scroll bar as it is; perhaps nothing else."""
        return self._near or self._whole

    @property
    def tiles(self) -> GridGeometry:
        """All tiles. The scroll bar may have another value after this."""
        self.settle()
        return self._whole

    @property
    def wanted(self) -> int:
        """About how high tiles are."""
        return self._whole.wanted

    def held(self) -> Held | None:
        """The photo to keep where it is: the current one if it is in view, else the first one."""
        top, drawn = self._view.verticalOffset(), self.drawn
        shown = drawn.visible(top, top + self._view.viewport().height())
        if top == 0 or not shown:
            return None
        current = self._view.currentIndex().row()
        position = current if current in shown else shown[0]
        return Held(self._model.id_at(position), position, drawn.box(position).y - top)

    def change_size(self, wanted: int, *, at_once: bool = False) -> None:
        """Lay out what is in view for another size of tiles; the rest once that rests, or too."""
        held, whole = self.held(), self._made(wanted)
        top, near = self._bar.value(), None
        if whole.count >= LARGE and not at_once and (held is not None or top == 0):
            position, y = (None, 0) if held is None else (held.position, top + held.above)
            near = whole.near(position, y, top, top + self._view.viewport().height())
        if near is None:
            self.lay_out(wanted, held)
            return
        self._requests.resized()  # first, so that nothing is read while this is drawn
        self._near, self._whole, self._held, self._value = near, whole, held, top
        self._resting.start()
        self._view.viewport().update()

    @Slot()
    def again(self) -> None:
        """Lay out all; the photo at the top stays there."""
        self.lay_out(self.wanted, self.held())

    def lay_out(self, wanted: int, held: Held | None) -> None:
        """Lay out all; a photo stays where it is."""
        self._requests.soon()  # first, so that nothing is read while this is done
        self._resting.stop()
        self._near = None
        self._whole = self._made(wanted)
        self._tell()
        if held is not None:
            self._bar.setValue(self._whole.box(held.position).y - held.above)
        self._view.viewport().update()

    @Slot()
    def settle(self) -> bool:
        """Lay out the rest, if only what is in view is; says whether it was so.

        Where one scrolled meanwhile, that is done now: by a little from what was in view, or to
        what the scroll bar said was there.
        """
        if self._near is None:
            return False
        near, self._near = self._near, None
        self._resting.stop()
        top, height = self._bar.value(), self._view.viewport().height()
        moved = top - self._value
        held = self._held
        if abs(moved) > height:
            first = self._told.visible(top, top + height)[0]
            held, moved = Held(self._model.id_at(first), first, self._told.box(first).y - top), 0
        # Nobody is told that it scrolled: what is in view is what it was.
        with QSignalBlocker(self._bar):
            self._tell()
            at = 0 if held is None else self._whole.box(held.position).y - held.above
            self._bar.setValue(at + moved)
        down = self._bar.value() - top
        if moved or held is not self._held or not _same(near, self._whole, top, height, down):
            self._view.viewport().update()
        self._requests.later()
        return True

    def _made(self, wanted: int) -> GridGeometry:
        groups = self._model.groups
        return GridGeometry(
            self._model.rowCount(),
            self._view.viewport().width(),
            wanted,
            self._model.cut,
            None if groups is None else groups.starts,
            self._model.aspects if self.shape == "aspect" else None,
        )

    def _tell(self) -> None:
        """Have the scroll bar speak of the layout."""
        bar, height = self._bar, self._view.viewport().height()
        self._told = self._whole
        bar.setRange(0, max(0, self._whole.height - height))
        bar.setEnabled(bar.maximum() > 0)
        bar.setPageStep(max(1, height))
        bar.setSingleStep(max(1, self._whole.side // 3))
        bar.set_dates(self._dates())

    def _dates(self) -> Dates | None:
        """Where months begin, for the line of time."""
        months = self._model.months
        if months is None:
            return None
        tops = self._whole.tops_of(months.starts[:-1])
        return Dates(tops - HEADING if self._whole.grouped else tops, months.days)


def _same(near: GridGeometry, whole: GridGeometry, top: int, height: int, down: int) -> bool:
    """Whether a view shows the same of both, when the other is scrolled `down` further."""
    before = [(n, box._replace(y=box.y + down)) for n, box in near.boxes(top, top + height)]
    return before == list(whole.boxes(top + down, top + down + height))
