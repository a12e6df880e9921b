"""Icons from resources/icons (Lucide's names), drawn in a colour of the theme."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage, QPainter, QPixmap

import resources
from app.theme import TEXT_PIXELS

ICONS = Path(resources.__file__).parent / "icons"
SIDES = re.compile(rb'(?<=\s)(width|height)="\d+"')
PALE = 0.4  # opacity of what is disabled


def icon(name: str, colour: QColor, size: int = 16, *, filled: bool = False) -> QIcon:
    """The icon `size` pixels wide in `colour`, paler where what shows it is disabled.

    `filled` paints the inside too: a star that is set, against one that is not.
    """
    made = QIcon()
    # Drawn for the very scales of the screens, 1.25 and the like too, and for larger text: no
    # line is blurred.
    scales = {1.0, 2.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())}
    text = max(1.0, QGuiApplication.font().pixelSize() / TEXT_PIXELS)
    for scale in sorted(scales):
        for width in sorted({size, round(size * text)}):
            image = icon_image(name, colour, round(width * scale), filled=filled)
            made.addPixmap(_pixmap(image, scale), QIcon.Mode.Normal)
            made.addPixmap(_pixmap(_paler(image, PALE), scale), QIcon.Mode.Disabled)
    return made


def icon_image(name: str, colour: QColor, pixels: int, *, filled: bool = False) -> QImage:
    """The icon for what paints itself: `pixels` device pixels wide. Not to be drawn on."""
    image = _drawn(name, colour.name(), pixels, filled)
    # Opacity goes on the whole, so that lines which cross are not darker there.
    return image if colour.alpha() == 255 else _paler(image, colour.alphaF())


@lru_cache(maxsize=1024)  # one of 16 pixels takes a kilobyte; no QPixmap: it would outlive Qt
def _drawn(name: str, colour: str, pixels: int, filled: bool) -> QImage:
    drawing = (ICONS / f"{name}.svg").read_bytes()
    if filled:
        drawing = drawing.replace(b'fill="none"', b'fill="currentColor"')
    drawing = drawing.replace(b"currentColor", colour.encode())
    drawing = SIDES.sub(rb'\1="%d"' % pixels, drawing, count=2)
    # Not by a QImageReader on a QBuffer: Qt holds a lock over all image formats while it asks that
    # device, which asks for Python's lock; a thread that reads a thumbnail takes them the other way
    # round, and the window stands still for ever.
    return QImage.fromData(drawing, "svg")  # type: ignore[arg-type]  # it refuses bytes


def _pixmap(image: QImage, scale: float) -> QPixmap:
    pixmap = QPixmap.fromImage(image)
    pixmap.setDevicePixelRatio(scale)
    return pixmap


def _paler(image: QImage, opacity: float) -> QImage:
    paler = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(paler)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.fillRect(paler.rect(), QColor.fromRgbF(0, 0, 0, opacity))
    painter.end()
    return paler
