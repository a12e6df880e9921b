"""Badges on photos: small signs on dark plates, each drawn once and kept."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap

PLATE = QColor(0, 0, 0, 170)
ON_PLATE = QColor(255, 255, 255)
STAR = QColor("#ffcf5c")
HEART = QColor("#ff7a8a")
YES = QColor("#7ddb95")
NO = QColor("#ff9a92")
HEIGHT = 18
RADIUS = 4.0

Draw = Callable[[QPainter], None]


class Badges:
    """Makes badges in one font for screens of one density, pixels of the screen per pixel.

    `scale`: how much larger than usual the system writes; badges grow with it.
    """

    def __init__(self, font: QFont, ratio: float, scale: float) -> None:
        self.ratio = ratio
        self.height = round(HEIGHT * scale)
        self._scale = scale
        self.font = QFont(font)
        self.font.setPixelSize(11)
        self._metrics = QFontMetrics(self.font)  # before scaling, as badges are drawn
        self._made: dict[tuple[str, str], QPixmap] = {}
        self._widths: dict[str, int] = {}

    def text(self, text: str) -> QPixmap:
        """A word or a number."""
        return self._badge(("text", text), self._width(text) + 10, 0, text)

    def favourite(self) -> QPixmap:
        """A heart."""
        return self._badge(("favourite", ""), 20, 10, "", _heart)

    def label(self, name: str, more: str, room: int) -> QPixmap:
        """A label that a photo carries, shortened to so many pixels, and how many more."""
        widest = round(max(0, room - 10) / self._scale) - self._width(more)
        return self.text(self._metrics.elidedText(name, Qt.TextElideMode.ElideRight, widest) + more)

    def answer(self, *, yes: bool) -> QPixmap:
        """A tick or a cross: a person said so."""
        return self._badge(("answer", str(yes)), 20, 10, "", _tick if yes else _cross)

    def rating(self, stars: int) -> QPixmap:
        """As many stars."""
        width = 12 * stars + 8
        return self._badge(("rating", str(stars)), width, 10, "", _Stars(stars))

    def offline(self, text: str) -> QPixmap:
        """A disk with a stroke through it, and `text` where there is room for one."""
        width = 20 + (self._width(text) + 5 if text else 0)
        return self._badge(("offline", text), width, 10, text, _unplugged)

    def files(self, count: int) -> QPixmap:
        """Two sheets, and how many files there are."""
        text = str(count)
        return self._badge(("files", text), 25 + self._width(text), 11, text, _sheets)

    def lost(self) -> QPixmap:
        """A picture with a stroke through it: there is no thumbnail."""
        return self._badge(("lost", ""), 22, 11, "", _no_picture)

    def _width(self, text: str) -> int:
        known = self._widths.get(text)
        if known is None:  # measuring takes as long as drawing the badge, and each tile asks
            known = self._widths[text] = self._metrics.horizontalAdvance(text)
        return known

    def _badge(
        self, key: tuple[str, str], width: int, centre: int, text: str, sign: Draw | None = None
    ) -> QPixmap:
        """Find the badge, or draw it: `sign` around `centre`, `text` behind it."""
        if (known := self._made.get(key)) is not None:
            return known
        larger = self.ratio * self._scale
        made = QPixmap(QSize(round(width * larger), round(HEIGHT * larger)))
        made.setDevicePixelRatio(self.ratio)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self._scale, self._scale)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(PLATE)
        painter.drawRoundedRect(QRectF(0, 0, width, HEIGHT), RADIUS, RADIUS)
        if sign is not None:
            painter.save()
            painter.translate(QPointF(centre, HEIGHT / 2))
            sign(painter)
            painter.restore()
        if text:
            painter.setFont(self.font)
            painter.setPen(ON_PLATE)
            left = 0 if sign is None else 2 * centre - 2
            right = width if sign is None else width - 4
            place = QRectF(left, 0, right - left, HEIGHT)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
        self._made[key] = made
        return made


class _Stars:
    def __init__(self, count: int) -> None:
        self._count = count

    def __call__(self, painter: QPainter) -> None:
        painter.setBrush(STAR)
        path = star(5.2)
        for n in range(self._count):
            painter.drawPath(path.translated(QPointF(12 * n, 0.4)))


def star(radius: float) -> QPainterPath:
    """A five-pointed star around the origin."""
    turns = (
        (0.0, -1.0), (0.235, -0.324), (0.951, -0.309), (0.38, 0.124), (0.588, 0.809),
        (0.0, 0.4), (-0.588, 0.809), (-0.38, 0.124), (-0.951, -0.309), (-0.235, -0.324),
    )  # fmt: skip
    path = QPainterPath()
    for n, (x, y) in enumerate(turns):
        point = QPointF(x, y) * radius
        if n:
            path.lineTo(point)
        else:
            path.moveTo(point)
    path.closeSubpath()
    return path


def _heart(painter: QPainter) -> None:
    def at(x: float, y: float) -> QPointF:
        return QPointF(x, y) * 5.5

    path = QPainterPath(at(0, 0.9))
    path.cubicTo(at(-1.5, -0.1), at(-0.9, -1.15), at(0, -0.45))
    path.cubicTo(at(0.9, -1.15), at(1.5, -0.1), at(0, 0.9))
    painter.setBrush(HEART)
    painter.drawPath(path)


def _pen(painter: QPainter) -> None:
    painter.setPen(QPen(ON_PLATE, 1.3))
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _tick(painter: QPainter) -> None:
    painter.setPen(QPen(YES, 1.8))
    painter.drawPolyline([QPointF(-4, 0.3), QPointF(-1.2, 3.2), QPointF(4.2, -3)])


def _cross(painter: QPainter) -> None:
    painter.setPen(QPen(NO, 1.8))
    painter.drawLine(QPointF(-3.2, -3.2), QPointF(3.2, 3.2))
    painter.drawLine(QPointF(-3.2, 3.2), QPointF(3.2, -3.2))


def _unplugged(painter: QPainter) -> None:
    _pen(painter)
    painter.drawEllipse(QPointF(0, 0), 4.2, 4.2)
    painter.drawLine(QPointF(-3, 3), QPointF(3, -3))


def _sheets(painter: QPainter) -> None:
    _pen(painter)
    painter.drawRoundedRect(QRectF(-2, -5, 7, 7), 1.2, 1.2)
    corner = QPainterPath(QPointF(-4.5, -2))
    corner.lineTo(-4.5, 4.5)
    corner.lineTo(2, 4.5)
    painter.drawPath(corner)


def _no_picture(painter: QPainter) -> None:
    _pen(painter)
    painter.drawRoundedRect(QRectF(-6, -4.5, 12, 9), 1.5, 1.5)
    painter.drawLine(QPointF(-5, 6), QPointF(5, -6))
