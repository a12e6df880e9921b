"""Draws the pictures of tiles, like with like, so that many of them take little time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter, QPixmap

from app import wording
from app.grid.badges import Badges
from app.theme import Theme

if TYPE_CHECKING:
    from app.grid.tile_painter import Tile

RADIUS = 4.0
LESS_LIKELY = 0.55
OFFLINE = 0.6
SMALL_TILE = 88  # below this, a name or plates would hide the photo


class TilePictures:
    """Draws with one theme and font, for screens of the density of its badges.

    What Python needs to draw a tile is driven out of the processor's caches by the pixels of the
    one before. So it is first found out for all of them how each is drawn, and then only drawn.
    """

    def __init__(self, theme: Theme, font: QFont, badges: Badges) -> None:
        self._theme = theme
        self._badges = badges
        self._small = QFont(font)
        self._small.setPixelSize(theme.px(11))
        self._metrics = QFontMetrics(self._small)
        self._corners = self._make_corners()

    def draw(self, painter: QPainter, placed: Sequence[tuple[QRect, Tile]]) -> None:
        """Draw the pictures of tiles into their boxes, smoothly where they are scaled."""
        alike: dict[float, list[tuple[QRect, Tile]]] = defaultdict(list)
        for one in placed:
            alike[_opacity(one[1])].append(one)
        for opacity, some in alike.items():
            painter.setOpacity(opacity)
            self._draw_pixmaps(painter, some)
            self._draw_empty(painter, some)
        painter.setOpacity(1.0)
        self._round(painter, placed)

    def _draw_pixmaps(self, painter: QPainter, placed: Sequence[tuple[QRect, Tile]]) -> None:
        ratio = self._badges.ratio
        whole: list[tuple[QPoint, QPixmap]] = []
        smooth: list[tuple[QRect, QPixmap, QRect]] = []
        coarse: list[tuple[QRect, QPixmap, QRect]] = []
        previews: list[tuple[QRect, QImage, QRect]] = []
        for box, tile in placed:
            pixmap, width = tile.pixmap, round(box.width() * ratio)
            if pixmap is not None:
                if pixmap.width() == width and pixmap.height() == round(box.height() * ratio):
                    whole.append((box.topLeft(), pixmap))
                    continue
                part = covering(pixmap.size(), box.size())
                # Below half its size, Qt would skip pixels with a smooth transformation as it
                # does without, and take several times as long.
                (smooth if part.width() <= 2 * width else coarse).append((box, pixmap, part))
            elif tile.preview is not None:
                previews.append((box, tile.preview, covering(tile.preview.size(), box.size())))
        for corner, pixmap in whole:
            painter.drawPixmap(corner, pixmap)
        for box, pixmap, part in smooth:
            painter.drawPixmap(box, pixmap, part)
        for box, preview, part in previews:
            painter.drawImage(box, preview, part)
        if coarse:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            for box, pixmap, part in coarse:
                painter.drawPixmap(box, pixmap, part)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)

    def _draw_empty(self, painter: QPainter, placed: Sequence[tuple[QRect, Tile]]) -> None:
        """Draw the places of pictures that are not there, or not yet."""
        empty = [(box, tile) for box, tile in placed if tile.pixmap is None and not tile.preview]
        if not empty:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("field"))
        for box, _ in empty:
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        for box, tile in empty:
            if tile.missing and tile.row is not None:
                self._lost(painter, box, tile.row.name)

    def _lost(self, painter: QPainter, box: QRect, name: str) -> None:
        """Say that there is no thumbnail."""
        badge = self._badges.lost()
        place = QRect(QPoint(), badge.deviceIndependentSize().toSize())
        place.moveCenter(box.center())
        if box.width() >= SMALL_TILE:
            place.translate(0, -12)
            painter.setFont(self._small)
            painter.setPen(self._theme.colour("dim"))
            height = self._metrics.height() + 4
            inside = QRect(box.left() + 10, place.bottom() + 4, box.width() - 20, height)
            text = self._metrics.elidedText(
                wording.shown(name), Qt.TextElideMode.ElideMiddle, inside.width()
            )
            painter.drawText(inside, Qt.AlignmentFlag.AlignCenter, text)
        painter.drawPixmap(place.topLeft(), badge)

    def _round(self, painter: QPainter, placed: Sequence[tuple[QRect, Tile]]) -> None:
        """Make the corners of previews round: thumbnails were read with round ones."""
        side = round(RADIUS)
        for box, tile in placed:
            if tile.pixmap is None and tile.preview is not None:
                left, top = box.left(), box.top()
                right, bottom = left + box.width() - side, top + box.height() - side
                places = (left, top), (right, top), (left, bottom), (right, bottom)
                for (x, y), corner in zip(places, self._corners, strict=True):
                    painter.drawPixmap(x, y, corner)

    def _make_corners(self) -> list[QPixmap]:
        """The window's colour outside of round corners: left and right, first those at the top."""
        side = round(RADIUS)
        return [self._corner(x, y) for y in (0, -side) for x in (0, -side)]

    def _corner(self, x: int, y: int) -> QPixmap:
        side, ratio = round(RADIUS), self._badges.ratio
        made = QPixmap(QSize(side, side) * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(self._theme.colour("window"))
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOut)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.GlobalColor.black)
        painter.drawEllipse(QRectF(x, y, 2 * side, 2 * side))
        painter.end()
        return made


def _opacity(tile: Tile) -> float:
    opacity = LESS_LIKELY if tile.less_likely and not tile.selected else 1.0
    return opacity * OFFLINE if tile.row is not None and tile.row.offline else opacity


def covering(whole: QSize, box: QSize) -> QRect:
    """The largest part around the middle of a picture that has the shape of a box."""
    wide, high = whole.width(), whole.height()
    across, down = max(1, box.width()), max(1, box.height())
    width = high * across // down
    if width <= wide:
        return QRect((wide - width) // 2, 0, max(1, width), max(1, high))
    height = wide * down // across
    return QRect(0, (high - height) // 2, max(1, wide), max(1, height))
