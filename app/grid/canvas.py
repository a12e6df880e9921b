"""Draws what is in view of the grid, and only what has to be drawn anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent

from app import wording
from app.grid.geometry import Box
from app.grid.model import PhotoModel
from app.grid.mouse import GridMouse
from app.grid.selection import GridSelection
from app.grid.thumbnails import Thumbnails
from app.grid.tile_painter import OUTSIDE, Tile, TilePainter
from app.theme import Theme

if TYPE_CHECKING:
    from app.grid.view import GridView


class GridCanvas:
    """Puts together what each tile shows, and has it painted."""

    def __init__(
        self,
        view: GridView,
        model: PhotoModel,
        thumbnails: Thumbnails,
        choice: GridSelection,
        mouse: GridMouse,
        theme: Theme,
    ) -> None:
        self._view = view
        self._model = model
        self._thumbnails = thumbnails
        self._choice = choice
        self._mouse = mouse
        self.relevance_shown = False
        self._painter = TilePainter(theme, view.font())
        # Every pixel is drawn. Else Qt would have all of it drawn anew for each step one scrolls.
        view.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._painter = TilePainter(theme, self._view.font())

    def paint(self, event: QPaintEvent) -> None:
        """Draw the parts of the viewport that need it."""
        view = self._view
        painter = QPainter(view.viewport())
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        self._painter.use_density(view.devicePixelRatioF())
        painter.fillRect(event.rect(), self._painter.theme.colour("window"))
        top = view.verticalOffset()
        region, places = event.region(), []
        around = event.rect().adjusted(-OUTSIDE, -OUTSIDE, OUTSIDE, OUTSIDE)
        for n, box in view.drawn.boxes(top + around.top(), top + around.bottom() + 1):
            place = _in_view(box, top)
            if region.intersects(place.adjusted(-OUTSIDE, -OUTSIDE, OUTSIDE, OUTSIDE)):
                places.append((n, place))
        current = view.currentIndex().row() if view.hasFocus() else -1
        if current >= 0 and self._choice.has(current) and self._choice.count == 1:
            current = -1  # the frame of the selection says it already
        self._painter.tiles(painter, [(box, self._tile(n, current)) for n, box in places])
        divider = view.drawn.divider
        if divider is not None and _in_view(divider, top).intersects(event.rect()):
            self._painter.divider(painter, _in_view(divider, top), self._divider_text())
        self._headings(painter, event.rect(), top)
        self._mouse.draw(painter, self._painter.theme)
        painter.end()

    def _tile(self, position: int, current: int) -> Tile:
        photo_id = self._model.id_at(position)
        cut = self._model.cut
        pixmap = self._thumbnails.pixmap(photo_id)
        return Tile(
            row=self._model.row(position),
            pixmap=pixmap,
            preview=self._thumbnails.preview(photo_id) if pixmap is None else None,
            missing=pixmap is None and self._thumbnails.missing(photo_id),
            relevance=self._model.relevance(position) if self.relevance_shown else None,
            less_likely=bool(cut) and position >= (cut or 0),
            selected=self._choice.has(position),
            current=position == current,
            hovered=position == self._mouse.hovered,
            answer=self._model.answer(position),
        )

    def _headings(self, painter: QPainter, dirty: QRect, top: int) -> None:
        groups = self._model.groups
        if groups is None:
            return
        bottom = top + self._view.viewport().height()
        for group, box in self._view.drawn.headings(top, bottom):
            place = _in_view(box, top)
            if place.intersects(dirty):
                members = groups.members(group)
                self._painter.heading(
                    painter,
                    place,
                    groups.title(group),
                    wording.photos(len(members)),
                    ticked=self._choice.has_all(members),
                    hovered=group == self._mouse.hovered_group,
                )

    def _divider_text(self) -> str:
        below = self._view.drawn.count - (self._model.cut or 0)
        if below == 1:
            return QCoreApplication.translate("GridCanvas", "below the line: 1 less likely photo")
        text = QCoreApplication.translate("GridCanvas", "below the line: {n} less likely photos")
        return text.format(n=wording.number(below))


def _in_view(box: Box, top: int) -> QRect:
    return QRect(box.x, box.y - top, box.width, box.height)
