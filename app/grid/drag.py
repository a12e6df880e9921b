"""Dragging photos out of the grid: to an album, to another program."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from app.files.drag import STACKED, photo_mime, stack
from app.grid.model import ROWS_KEPT, PhotoModel
from app.grid.selection import GridSelection
from app.grid.thumbnails import Thumbnails

if TYPE_CHECKING:
    from app.grid.view import GridView

Drags = Callable[[QWidget, QMimeData, QPixmap], None]
LOOKED_AT = 100  # of what is selected, to find pictures for the pile


class GridDrag:
    """Drags what is selected. `drags` lets it go: the grid, the photos, a picture of them."""

    def __init__(
        self,
        view: GridView,
        model: PhotoModel,
        thumbnails: Thumbnails,
        choice: GridSelection,
        drags: Drags,
    ) -> None:
        self._view = view
        self._model = model
        self._thumbnails = thumbnails
        self._choice = choice
        self._drags = drags

    def prepare(self) -> None:
        """What is selected may be dragged in a moment: its facts will be needed."""
        if self._choice.count <= ROWS_KEPT:
            self._model.want_ids(self._choice.ids())

    def start(self) -> None:
        """Drag what is selected: by id, and as files if all of those are known."""
        ids = self._choice.ids()
        rows = self._model.known(ids)
        mime = photo_mime(ids, rows if len(rows) == len(ids) else [])
        pixmaps = (self._thumbnails.pixmap(photo_id) for photo_id in ids[:LOOKED_AT])
        pictures = [pixmap for pixmap in pixmaps if pixmap is not None][:STACKED]
        accent = self._view.theme.colour("accent")
        picture = stack(pictures, len(ids), self._view.devicePixelRatioF(), accent)
        self._drags(self._view, mime, picture)
