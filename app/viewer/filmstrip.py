"""The photos before and after the one in the viewer, in a row: only what is in view is read."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app.background import Background
from app.grid.model import PhotoModel
from app.grid.thumbnails import Thumbnails
from app.grid.tile_reading import Wanted
from app.theme import Theme
from app.virtuals import contained

SIDE = 56
GAP = 8
EDGE = 12
RADIUS = 4
BYTES_KEPT = 16 * 1024 * 1024
NOTCH = 120
STEP = SIDE + GAP


class Filmstrip(QWidget):
    """Shows the first photos of a PhotoModel around one position, in the middle where it can be.

    Signals: `chosen(position)`: a click.
    """

    chosen = Signal(int)

    def __init__(
        self,
        model: PhotoModel,
        background: Background,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("filmstrip")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Filmstrip"))
        self._model = model
        self._theme = theme
        self._position = -1
        self._count = 0  # photos, from the first of the model on
        self._offset = 0.0  # of the left edge, in pixels of the whole row
        self._hovered = -1
        self._thumbnails = Thumbnails(background, bytes_kept=BYTES_KEPT, threads=1, parent=self)
        self._thumbnails.arrived.connect(self._draw_again)
        model.rows_arrived.connect(self._look_soon)
        model.modelReset.connect(self._look_soon)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._look)
        self.setFixedHeight(SIDE + 2 * EDGE)

    @property
    def position(self) -> int:
        """The photo that is marked."""
        return self._position

    @property
    def count(self) -> int:
        """How many photos there are to go through; the model may have become shorter."""
        return min(self._count, len(self._model.ids))

    @property
    def in_view(self) -> range:
        """The positions that are seen."""
        if self._position < 0:
            return range(0)
        first = max(0, int(self._offset // STEP))
        last = min(self.count, int((self._offset + self.width()) // STEP) + 1)
        return range(first, max(first, last))

    def box(self, position: int) -> QRect:
        """Where the photo at a position is drawn."""
        return QRect(round(position * STEP - self._offset), EDGE, SIDE, SIDE)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.update()

    def show_position(self, position: int, count: int | None = None) -> None:
        """Mark a photo and bring it into the middle; `count`: with how many, None for all."""
        self._position = position
        self._count = len(self._model.ids) if count is None else count
        self._offset = self._bounded(position * STEP + SIDE / 2 - self.width() / 2)
        self.setAccessibleDescription(self._model.spoken(position))
        self._look_soon()

    def forget(self, photo_ids: list[int]) -> None:
        """Their content may have changed."""
        self._thumbnails.forget(photo_ids)
        self._look_soon()

    def _bounded(self, offset: float) -> float:
        whole = self.count * STEP - GAP
        if whole + 2 * EDGE <= self.width():
            return (whole - self.width()) / 2
        return max(-EDGE, min(offset, whole + EDGE - self.width()))

    @Slot()
    def _look_soon(self) -> None:
        if not self.isHidden():
            self._soon.start()
        self.update()

    @Slot()
    def _look(self) -> None:
        """Ask for what is in view."""
        seen = self.in_view
        if not seen or not self.isVisible():
            return
        self._model.want(seen)
        ratio = self.devicePixelRatioF()
        side = round(SIDE * ratio)
        middle = (seen.start + seen.stop) // 2
        wanted = [
            Wanted(row.id, row.thumbnail, side, side, RADIUS * ratio, row.rotation, ratio)
            for position in sorted(seen, key=lambda position: abs(position - middle))
            if (row := self._model.row(position)) is not None
        ]
        self._thumbnails.want(wanted)
        self.update()

    @Slot(list)
    def _draw_again(self, _photo_ids: list[int]) -> None:
        self.update()

    def _at(self, x: float) -> int:
        position = int((x + self._offset) // STEP)
        inside = (x + self._offset) % STEP < SIDE
        return position if inside and 0 <= position < self.count else -1

    @contained()
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what is in view."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._theme.colour("window"))
        for position in self.in_view:
            box = self.box(position)
            pixmap = self._thumbnails.pixmap(self._model.id_at(position))
            if pixmap is not None:
                painter.drawPixmap(box, pixmap)
            else:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.colour("field"))
                painter.drawRoundedRect(box, RADIUS, RADIUS)
            if position == self._position:
                self._frame(painter, box, "accent", 3)
            elif position == self._hovered:
                self._frame(painter, box, "dim", 1)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 4, 4)
        painter.end()

    def _frame(self, painter: QPainter, box: QRect, colour: str, width: int) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.colour(colour), width))
        out = width / 2 + 1
        painter.drawRoundedRect(QRectF(box).adjusted(-out, -out, out, out), RADIUS + 2, RADIUS + 2)

    @contained()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the photo under the pointer."""
        position = self._at(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and position >= 0:
            self.chosen.emit(position)

    @contained()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a click would go to."""
        super().mouseMoveEvent(event)
        hovered = self._at(event.position().x())
        if hovered != self._hovered:
            self._hovered = hovered
            self.update()

    @contained()
    def leaveEvent(self, _event: QEvent) -> None:
        """Nothing is under the pointer."""
        self._hovered = -1
        self.update()

    @contained()
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Look further without going there."""
        delta = event.angleDelta().x() or event.angleDelta().y()
        self._offset = self._bounded(self._offset - delta / NOTCH * 3 * STEP)
        self._look_soon()
        event.accept()

    @contained()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the marked one in the middle."""
        super().resizeEvent(event)
        # The model may have become shorter since one looked at a photo.
        if 0 <= self._position < len(self._model.ids):
            self.show_position(self._position, self._count)
