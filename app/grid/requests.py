"""What the grid asks for: facts and thumbnails of what stays in view, not of what flies past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Slot

from app.grid.model import PhotoModel
from app.grid.thumbnails import Thumbnails
from app.grid.tile_pictures import RADIUS
from app.grid.tile_reading import Wanted

if TYPE_CHECKING:
    from app.grid.view import GridView

FAST_MS = 120  # two whole screens within this time are scrolling fast
SETTLE_MS = 60
LONGEST_MS = 200


class GridRequests(QObject):
    """Asks once Qt has done what is at hand; while one scrolls fast, once that slows down."""

    def __init__(self, view: GridView, model: PhotoModel, thumbnails: Thumbnails) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._thumbnails = thumbnails
        self._asked_at = 0
        self._jumped = QElapsedTimer()
        self._waiting = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ask)

    @property
    def waits(self) -> bool:
        """Whether something will be asked for in a moment."""
        return self._timer.isActive()

    @property
    def filled(self) -> bool:
        """Whether every photo in view can be drawn as it is to stay."""
        top, ids = self._view.verticalOffset(), self._model.ids
        shown = self._view.drawn.visible(top, top + self._view.viewport().height())
        return all(
            self._thumbnails.pixmap(photo_id) or self._thumbnails.missing(photo_id)
            for photo_id in ids[shown.start : shown.stop].tolist()
        )

    @Slot()
    def soon(self) -> None:
        """Other photos are in view, or other facts of them: ask once that is drawn."""
        if not self._timer.isActive():
            self._thumbnails.hold()
            self._waiting.restart()
            self._timer.start(0)

    def later(self) -> None:
        """Ask in a moment for what comes next; what is in view is what it was."""
        if not self._timer.isActive():
            self._waiting.restart()
            self._timer.start(SETTLE_MS)

    @Slot()
    def scrolled(self) -> None:
        """Another stretch is in view."""
        far = abs(self._view.verticalOffset() - self._asked_at) >= self._view.viewport().height()
        if not (far and self._again_soon()):
            self.soon()
        elif not self._timer.isActive() or self._waiting.elapsed() < LONGEST_MS:
            if not self._timer.isActive():
                self._waiting.restart()
            self._timer.start(SETTLE_MS)

    def resized(self) -> None:
        """Tiles have another size: while that goes on, none is read that may be of no use."""
        often = self._again_soon()
        self.soon()  # which holds back what was asked for
        if often and self._waiting.elapsed() < LONGEST_MS:
            self._timer.start(SETTLE_MS)

    def _again_soon(self) -> bool:
        """Whether all that is in view is something else for the second time in a moment."""
        fast = self._jumped.isValid() and self._jumped.elapsed() < FAST_MS
        self._jumped.restart()
        return fast

    @Slot()
    def _ask(self) -> None:
        """Ask for facts and thumbnails in view, then for the next screen's if tiles keep a size."""
        view = self._view
        self._asked_at = view.verticalOffset()
        top, height = self._asked_at, view.viewport().height()
        below = top + (2 if view.settled else 1) * height
        shown = view.drawn.visible(top, top + height)
        ahead = view.drawn.visible(top + height, below) if shown else range(0)
        self._model.want(range(shown.start, max(shown.stop, ahead.stop)))
        after = [one for one in self._wanted(top + height, below) if one[0] not in shown]
        self._thumbnails.want(
            [wanted for _, wanted in self._wanted(top, top + height)],
            [wanted for _, wanted in after],
        )

    def _wanted(self, top: int, bottom: int) -> list[tuple[int, Wanted]]:
        ratio = self._view.devicePixelRatioF()
        found = []
        for n, box in self._view.drawn.boxes(top, bottom):
            row = self._model.row(n)
            if row is not None:
                width, height = round(box.width * ratio), round(box.height * ratio)
                one = Wanted(
                    row.id, row.thumbnail, width, height, RADIUS * ratio, row.rotation, ratio
                )
                found.append((n, one))
        return found
