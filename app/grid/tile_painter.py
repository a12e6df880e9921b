"""Draws what is in the grid: tiles with their badges, headings of groups, the divider."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPen, QPixmap

from app import wording
from app.grid.badges import Badges
from app.grid.geometry import MARGIN
from app.grid.photo_row import PhotoRow
from app.grid.tile_pictures import RADIUS, SMALL_TILE, TilePictures
from app.theme import Theme

INSET = 6
BETWEEN = 4
OUTSIDE = 3  # how far the frame of a selected tile reaches into the gap
# Formats that behave differently from what people expect of a photo.
TOLD_FORMATS = {"RAW": "RAW", "GIF": "GIF", "TIFF": "TIFF", "PSD": "PSD"}


class Tile(NamedTuple):
    """What one tile shows.

    `preview`: a tiny image to show until `pixmap` comes. `missing`: there is no thumbnail;
    `relevance` 0…1 or None. `answer`: 1 or -1 where a person said that a label fits or not.
    """

    row: PhotoRow | None
    pixmap: QPixmap | None
    preview: QImage | None
    missing: bool
    relevance: float | None
    less_likely: bool
    selected: bool
    current: bool
    hovered: bool
    answer: int = 0


class TilePainter:
    """Draws with one theme and font."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        self.theme = theme
        self._font = QFont(font)
        self._bold = QFont(font)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._bold_metrics = QFontMetrics(self._bold)
        self._metrics = QFontMetrics(self._font)
        self._badges = Badges(font, 1.0, theme.scale)
        self._pictures = TilePictures(theme, font, self._badges)
        self._offline = wording.offline()  # asking for a translation takes long for each tile
        self._frames: dict[tuple[QSize, bool], QPixmap] = {}

    def use_density(self, ratio: float) -> None:
        """Draw for a screen with this many pixels per pixel."""
        if ratio != self._badges.ratio:
            self._badges = Badges(self._font, ratio, self.theme.scale)
            self._pictures = TilePictures(self.theme, self._font, self._badges)
            self._frames.clear()

    def tiles(self, painter: QPainter, placed: Sequence[tuple[QRect, Tile]]) -> None:
        """Draw tiles into their boxes, which do not overlap."""
        self._pictures.draw(painter, placed)
        badges: list[tuple[int, int, QPixmap]] = []
        for box, tile in placed:
            if tile.row is not None:
                self._lay_badges(badges, box, tile, tile.row)
        for left, top, badge in badges:
            painter.drawPixmap(left, top, badge)
        for box, tile in placed:
            self._frame(painter, box, tile)

    def divider(self, painter: QPainter, box: QRect, text: str) -> None:
        """Draw the line below which photos are less likely, with `text` in its middle."""
        painter.setFont(self._font)
        width = self._metrics.horizontalAdvance(text) + 28
        middle = box.center()
        painter.setPen(QPen(self.theme.colour("line"), 1))
        painter.drawLine(box.left(), middle.y(), middle.x() - width // 2, middle.y())
        painter.drawLine(middle.x() + width // 2, middle.y(), box.right(), middle.y())
        painter.setPen(self.theme.colour("dim"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def heading(
        self, painter: QPainter, box: QRect, title: str, note: str, *, ticked: bool, hovered: bool
    ) -> None:
        """Draw the heading of a group; `ticked`: all of it is selected."""
        ground = box.adjusted(0, 0, 0, -OUTSIDE)  # the frames of selected tiles reach up to it
        painter.fillRect(ground, self.theme.colour("window"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        line = box.adjusted(MARGIN, 2, -MARGIN, -2)
        painter.setFont(self._bold)
        painter.setPen(self.theme.colour("text"))
        painter.drawText(line, flags, title)
        left = line.left() + self._bold_metrics.horizontalAdvance(title) + 10
        painter.setFont(self._font)
        painter.setPen(self.theme.colour("dim"))
        painter.drawText(QRect(left, line.top(), line.width(), line.height()), flags, note)
        left += self._metrics.horizontalAdvance(note) + 18
        if ticked or hovered:
            self._tick(painter, QPointF(left, box.center().y() + 0.5), ticked=ticked)

    def _tick(self, painter: QPainter, centre: QPointF, *, ticked: bool) -> None:
        colour = self.theme.colour("accent" if ticked else "dim")
        painter.setPen(QPen(colour, 1.3))
        painter.setBrush(colour if ticked else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, 7.5, 7.5)
        painter.setPen(QPen(self.theme.colour("on_accent" if ticked else "dim"), 1.6))
        corner = centre + QPointF(-1, 2.8)
        painter.drawLine(centre + QPointF(-3.6, 0.2), corner)
        painter.drawLine(corner, centre + QPointF(3.8, -2.8))

    def _lay_badges(
        self, laid: list[tuple[int, int, QPixmap]], box: QRect, tile: Tile, row: PhotoRow
    ) -> None:
        badges, small = self._badges, box.width() < SMALL_TILE
        top, bottom = box.top() + INSET, box.bottom() + 1 - INSET - badges.height
        left, right = box.left() + INSET, box.right() + 1 - INSET
        line = _Line(laid, left, right, top)
        if row.favourite:
            line.right(badges.favourite())
        if row.offline:
            line.left(badges.offline("" if small else self._offline))
        if small:
            return
        if row.format in TOLD_FORMATS:
            line.left(badges.text(TOLD_FORMATS[row.format]))
        if row.labels:
            more = f" +{len(row.labels) - 1}" if len(row.labels) > 1 else ""
            line.left(badges.label(wording.shown(row.labels[0]), more, line.room))
        line = _Line(laid, left, right, bottom)
        if tile.relevance is not None:
            line.left(badges.text(f"{tile.relevance:.2f}"))
        if tile.answer:
            line.right(badges.answer(yes=tile.answer > 0))
        if row.rating:
            line.right(badges.rating(row.rating))
        if row.files > 1:
            line.left(badges.files(row.files))

    def _frame(self, painter: QPainter, box: QRect, tile: Tile) -> None:
        if tile.selected:
            frame = self._selection(box.size(), current=tile.current)
            painter.drawPixmap(box.topLeft() - QPoint(OUTSIDE, OUTSIDE), frame)
        elif tile.current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.theme.colour("text"), 2, Qt.PenStyle.DotLine))
            painter.drawRoundedRect(QRectF(box).adjusted(-1, -1, 1, 1), RADIUS + 1, RADIUS + 1)
        elif tile.hovered:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(128, 128, 128, 150), 1))
            painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def _selection(self, size: QSize, *, current: bool) -> QPixmap:
        """The frame of a selected tile; drawn once, as strokes with round corners take long."""
        made = self._frames.get((size, current))
        if made is None:
            around = QSize(2 * OUTSIDE, 2 * OUTSIDE)
            made = self._blank(size + around)
            inside = QRectF(OUTSIDE, OUTSIDE, size.width(), size.height())
            stroke = QPainter(made)
            stroke.setRenderHint(QPainter.RenderHint.Antialiasing)
            stroke.setPen(QPen(self.theme.colour("window"), 2))
            stroke.drawRoundedRect(inside.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
            stroke.setPen(QPen(self.theme.colour("accent"), 3))
            edge = inside.adjusted(-1.5, -1.5, 1.5, 1.5)
            stroke.drawRoundedRect(edge, RADIUS + 1.5, RADIUS + 1.5)
            if current:
                stroke.setPen(QPen(self.theme.colour("text"), 1, Qt.PenStyle.DotLine))
                stroke.drawRoundedRect(inside.adjusted(-1.5, -1.5, 1.5, 1.5), RADIUS, RADIUS)
            stroke.end()
            self._keep(size, current, made)
        return made

    def _blank(self, size: QSize) -> QPixmap:
        made = QPixmap(size * self._badges.ratio)
        made.setDevicePixelRatio(self._badges.ratio)
        made.fill(Qt.GlobalColor.transparent)
        return made

    def _keep(self, size: QSize, current: bool, made: QPixmap) -> None:
        if len(self._frames) > 64:  # tiles of the photos' own shape come in many sizes
            self._frames.clear()
        self._frames[(size, current)] = made


class _Line:
    """Badges side by side from both ends, as long as there is room."""

    def __init__(
        self, laid: list[tuple[int, int, QPixmap]], left: int, right: int, top: int
    ) -> None:
        self._laid = laid
        self._left, self._right, self._top = left, right, top

    @property
    def room(self) -> int:
        """Pixels between what is there already."""
        return self._right - self._left

    def left(self, badge: QPixmap) -> None:
        """Add one at the left."""
        width = round(badge.width() / badge.devicePixelRatio())
        if self._left + width <= self._right:
            self._laid.append((self._left, self._top, badge))
            self._left += width + BETWEEN

    def right(self, badge: QPixmap) -> None:
        """Add one at the right."""
        width = round(badge.width() / badge.devicePixelRatio())
        if self._right - width >= self._left:
            self._right -= width
            self._laid.append((self._right, self._top, badge))
            self._right -= BETWEEN
