"""Photos that are dragged: to an album inside the window, as files to other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QRectF, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QDrag, QFont, QPainter, QPen, QPixmap

from app import wording

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.grid.photo_row import PhotoRow

PHOTOS = "application/x-souvenir-photos"
STACK_SIDE = 84
SHIFT = 7  # between two pictures of the stack
STACKED = 3


def photo_mime(photo_ids: Sequence[int], rows: Sequence[PhotoRow]) -> QMimeData:
    """Name photos for this window by id, and for other programs the files of those in `rows`."""
    mime = QMimeData()
    mime.setData(PHOTOS, ",".join(str(photo_id) for photo_id in photo_ids).encode("ascii"))
    mime.setUrls([QUrl.fromLocalFile(str(row.path)) for row in rows if not row.offline])
    return mime


def dragged_ids(mime: QMimeData) -> list[int]:
    """The photos that were dragged from a window of ours; none where it was anything else."""
    try:
        text = bytes(mime.data(PHOTOS).data()).decode("ascii")
        return [int(photo_id) for photo_id in text.split(",")] if text else []
    except ValueError:
        return []


def run_drag(source: QWidget, mime: QMimeData, picture: QPixmap) -> None:
    """Let photos be dragged from a widget until they are dropped: copied, never moved away."""
    drag = QDrag(source)
    drag.setMimeData(mime)
    drag.setPixmap(picture)
    drag.setHotSpot(QPoint(STACK_SIDE // 2, STACK_SIDE // 2))
    drag.exec(Qt.DropAction.CopyAction)


def stack(pictures: Sequence[QPixmap], count: int, ratio: float, accent: QColor) -> QPixmap:
    """Draw what follows the pointer: up to three pictures on a pile, and how many there are."""
    shown = list(pictures[:STACKED])
    whole = STACK_SIDE + SHIFT * (STACKED - 1) + 14
    made = QPixmap(QSize(whole, whole) * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    for n in reversed(range(min(count, STACKED))):
        place = QRectF(SHIFT * n, 8 + SHIFT * n, STACK_SIDE, STACK_SIDE)
        painter.setPen(QPen(QColor(255, 255, 255), 2))
        painter.setBrush(QColor(96, 96, 96))
        painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 4, 4)
        if n < len(shown):
            side = min(shown[n].width(), shown[n].height())
            part = QRectF((shown[n].width() - side) / 2, (shown[n].height() - side) / 2, side, side)
            painter.drawPixmap(place.adjusted(2, 2, -2, -2), shown[n], part)
    if count > 1:
        _count(painter, wording.number(count), accent)
    painter.end()
    return made


def _count(painter: QPainter, text: str, accent: QColor) -> None:
    font = QFont(painter.font())
    font.setPixelSize(12)
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    width = max(22, painter.fontMetrics().horizontalAdvance(text) + 12)
    place = QRectF(STACK_SIDE - width / 2 - 4, 0, width, 22)
    painter.setPen(QPen(QColor(255, 255, 255), 1.5))
    painter.setBrush(accent.darker(130))
    painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 10, 10)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
