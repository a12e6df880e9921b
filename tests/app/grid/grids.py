"""What tests of the grid share: rows, what is dragged out, the mouse with a button held."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from app.files.drag import dragged_ids
from app.grid.model import PhotoModel
from app.grid.photo_row import PhotoRow
from app.grid.view import GridView

LEFT = Qt.MouseButton.LeftButton


def row(photo_id: int, **facts: object) -> PhotoRow:
    """What is known of a photo, with other facts where they are given."""
    name = f"IMG_{photo_id}.JPG"
    plain = PhotoRow(photo_id, name, Path("/p") / name, Path("/t"), None, 40, 30, "JPEG")
    return PhotoRow(**{**plain.__dict__, **facts})


class Drops:
    """Takes what is dragged out of the grid."""

    def __init__(self) -> None:
        self.taken: list[tuple[list[int], list[str]]] = []

    def __call__(self, _source: QWidget, mime: QMimeData, _picture: QPixmap) -> None:
        paths = [url.toLocalFile() for url in mime.urls()]
        self.taken.append((dragged_ids(mime), paths))


def photos(grid: GridView) -> PhotoModel:
    """The model of a grid."""
    model = grid.model()
    assert isinstance(model, PhotoModel)
    return model


def drag(grid: GridView, to: QPoint) -> None:
    """Move with the button held, which QTest's mouseMove does not say."""
    place = QPointF(to)
    everywhere = QPointF(grid.viewport().mapToGlobal(to))
    QApplication.sendEvent(
        grid.viewport(),
        QMouseEvent(
            QEvent.Type.MouseMove, place, everywhere, LEFT, LEFT, Qt.KeyboardModifier.NoModifier
        ),
    )
