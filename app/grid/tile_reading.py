"""Reading a thumbnail for a tile: turned, cut to shape, corners round. For any thread."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QImage, QImageReader, QPainter, QTransform

from app.grid.tile_pictures import covering

TINY = 14  # the long side of a preview
KEPT_TALL = Qt.AspectRatioMode.KeepAspectRatioByExpanding


class Wanted(NamedTuple):
    """A thumbnail for a tile: `width`, `height` and `radius` in pixels of the screen.

    `rotation`: quarter turns clockwise by which it is turned first.
    """

    photo_id: int
    path: Path
    width: int
    height: int
    radius: float
    rotation: int = 0
    ratio: float = 1.0


def read_tile(wanted: Wanted) -> QImage | None:
    """Read a thumbnail as its tile shows it; None where there is none."""
    size = QSize(wanted.width, wanted.height)
    image = _read(wanted, _turned(size, wanted.rotation))
    if image is None:
        return None
    part = image.copy(covering(image.size(), size))
    if part.size() != size:
        part = part.scaled(
            size,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    rounded = _rounded(part, wanted.radius)
    rounded.setDevicePixelRatio(wanted.ratio)
    return rounded


def read_preview(wanted: Wanted) -> QImage | None:
    """Read a thumbnail at an eighth of its size, which is quick, and make a preview of it."""
    image = _read(wanted, QSize(TINY, TINY))
    return None if image is None else tiny(image)


def tiny(image: QImage) -> QImage:
    """Make a preview of an image, a few pixels wide."""
    return image.scaled(
        QSize(TINY, TINY),
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    ).convertToFormat(QImage.Format.Format_RGB32)


def _read(wanted: Wanted, least: QSize) -> QImage | None:
    """Read no more of a file than is needed to cover `least`, and turn it."""
    reader = QImageReader(str(wanted.path))
    whole = reader.size()
    if not whole.isValid() or whole.isEmpty():
        return None
    scaled = whole.scaled(least, KEPT_TALL)
    if scaled.width() < whole.width():
        reader.setScaledSize(scaled)
    image = reader.read()
    if image.isNull():
        return None
    return (
        image.transformed(QTransform().rotate(90 * wanted.rotation)) if wanted.rotation else image
    )


def _turned(size: QSize, rotation: int) -> QSize:
    return size.transposed() if rotation % 2 else size


def _rounded(image: QImage, radius: float) -> QImage:
    rounded = QImage(image.size(), QImage.Format.Format_ARGB32_Premultiplied)
    rounded.fill(Qt.GlobalColor.transparent)
    painter = QPainter(rounded)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(image))
    painter.drawRoundedRect(QRectF(rounded.rect()), radius, radius)
    painter.end()
    return rounded
