"""Shows one picture: fitted or enlarged, moved by hand, sharp where it is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import (
    QImage,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QLabel, QWidget

from app.viewer.picture_place import PicturePlace, reduction_for
from app.viewer.picture_player import PicturePlayer
from app.viewer.picture_tiles import PictureTiles, Tile
from app.virtuals import contained

if TYPE_CHECKING:
    from app.grid.photo_row import PhotoRow
    from app.session import Session
    from app.theme import Theme
    from app.viewer.picture import Picture

MARGIN = 16
STEP = 1.25  # of the zoom, by key or by a notch of the wheel
NOTCH = 120.0
PLATE_EDGE = 14
PLATE_WIDEST = 560
PLATE_PADDING = 30


class PictureView(QWidget):
    """A picture and where it is looked at.

    Signals: `changed`: zoom or place are others; `moved_by_hand`: the person did that, so what is
    linked to it follows; `clicked`.
    """

    changed = Signal()
    moved_by_hand = Signal()
    clicked = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("picture_view")
        self._theme = theme
        self._ground = "window"
        self._margin = MARGIN
        self._place = PicturePlace()
        self._row: PhotoRow | None = None
        self._picture: Picture | None = None
        self._pixmap = QPixmap()
        self._grip: QPointF | None = None
        self._tiles = PictureTiles(session, parent=self)
        self._tiles.arrived.connect(self._tiles_arrived)
        self._player = PicturePlayer(session, self)
        self._player.frame.connect(self._show_frame)
        self._remark = QLabel(self)
        self._remark.setObjectName("picture_remark")
        self._remark.setTextFormat(Qt.TextFormat.PlainText)
        self._remark.setWordWrap(True)
        self._remark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._remark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._remark.hide()

    # What is shown

    @property
    def picture(self) -> Picture | None:
        """What was read of the photo."""
        return self._picture

    @property
    def place(self) -> PicturePlace:
        """Where it is looked at."""
        return self._place

    @property
    def tiles(self) -> PictureTiles:
        """Its parts at full resolution."""
        return self._tiles

    @property
    def player(self) -> PicturePlayer:
        """What plays it where it moves."""
        return self._player

    @property
    def remark(self) -> str:
        """What is said under the picture."""
        return self._remark.text() if not self._remark.isHidden() else ""

    @property
    def sharp(self) -> bool:
        """Whether everything in view is drawn as well as it can be."""
        return self._picture is not None and not self._picture.preview and self._tiles.complete

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.update()

    def set_ground(self, name: str, margin: int = MARGIN) -> None:
        """Which colour of the theme is around the picture, or "black", and how much of it."""
        self._ground, self._margin = name, margin
        self._settle()

    def end(self) -> None:
        """Show nothing any more: the view is about to be deleted, and its threads end."""
        self.show_photo(None, None)
        self._tiles.end()
        self._player.end()

    def show_photo(self, row: PhotoRow | None, picture: Picture | None) -> None:
        """Show what was read of a photo; another photo is fitted, the same stays where it is."""
        before, self._row = self._row, row
        another = row is None or before is None or row.id != before.id
        if another or row is None or before is None or row.thumbnail != before.thumbnail:
            # A thumbnail is named by its photo's content: the file was edited.
            self._player.stop()
            self._tiles.show(None, QSize())
        if another:
            self._grip = None
        if picture is not self._picture:
            self._picture = picture
            self._pixmap = QPixmap() if picture is None else QPixmap.fromImage(picture.image)
        whole = QSize() if picture is None else picture.whole
        if whole.isEmpty() and row is not None:
            whole = QSize(row.width, row.height)
        turns = 0 if row is None else row.rotation % 4
        place = self._place
        if another or turns != place.turns or QSizeF(whole) != place.whole:
            zoomed = None if another or turns != place.turns else place
            self._place = PicturePlace(QSizeF(whole), turns=turns)
            self._settle()
            if zoomed is not None:
                self._place = self._place.like(zoomed)
        still = row is None or picture is None or picture.preview or picture.moving
        self._tiles.show(None if still or row is None else row.path, whole)
        if row is not None and picture is not None and picture.moving:
            self._player.play(row.path, self.room_for_pictures())
        self._look()
        self.changed.emit()

    def say(self, remark: str) -> None:
        """Say something at the foot of the picture, or nothing."""
        self._remark.setText(remark)
        self._remark.setVisible(bool(remark))
        self._set_remark()

    def room_for_pictures(self) -> QSize:
        """How large a picture is read that is fitted here, in screen pixels."""
        ratio = self.devicePixelRatioF()
        room = QSizeF(self.width() - 2 * self._margin, self.height() - 2 * self._margin) * ratio
        return room.toSize().expandedTo(QSize(1, 1))

    # Where it is looked at

    def fit(self) -> None:
        """Show all of it."""
        self._go(self._place.fitted())

    def actual_size(self, at: QPointF | None = None) -> None:
        """Show a pixel of the picture as one of the screen."""
        self._go(self._place.zoomed(1.0, at))

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Enlarge; the point under `at` stays where it is."""
        self._go(self._place.zoomed(self._place.shown_zoom * factor, at))

    def toggle_play(self) -> None:
        """Hold an animation, or let it go on."""
        self._player.pause(paused=self._player.playing)

    def move_by(self, across: float, down: float) -> None:
        """Move the picture, as far as it goes."""
        self._go(self._place.moved(across, down))

    def follow(self, other: PicturePlace) -> None:
        """Look at the same part as another view, as much enlarged."""
        if not self._place.empty:
            self._place = self._place.like(other)
            self._look()
            self.changed.emit()

    def _go(self, place: PicturePlace) -> None:
        if self._place.empty:
            return
        self._place = place
        self._look()
        self.changed.emit()
        self.moved_by_hand.emit()

    def _settle(self) -> None:
        room, ratio = QSizeF(self.size()), self.devicePixelRatioF()
        if not self._place.whole.isEmpty():
            self._place = self._place.in_room(room, ratio, self._margin)
        self._set_remark()
        self._look()

    def _look(self) -> None:
        """Something else is in view: have it read where the picture is too coarse, and draw."""
        self._seen_tiles()
        self._set_cursor()
        self.update()

    def _seen_tiles(self) -> list[Tile]:
        picture = self._picture
        if picture is None or picture.preview or picture.moving or self._place.empty:
            return []
        zoom = self._place.shown_zoom
        if zoom <= 1.02 * picture.image.width() / picture.whole.width():
            return self._tiles.want(QRectF(), 1)
        return self._tiles.want(self._place.visible(), reduction_for(zoom))

    def _set_cursor(self) -> None:
        if self._grip is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif any(self._place.movable):
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()

    @Slot()
    def _tiles_arrived(self) -> None:
        self.update()

    @Slot(QImage)
    def _show_frame(self, image: QImage) -> None:
        self._pixmap = QPixmap.fromImage(image)
        self.update()

    def _set_remark(self) -> None:
        if self._remark.isHidden():
            return
        widest = min(PLATE_WIDEST, max(80, self.width() - 2 * PLATE_EDGE))
        text = self._remark.fontMetrics().horizontalAdvance(self._remark.text())
        self._remark.ensurePolished()
        width = min(widest, text + PLATE_PADDING)
        height = self._remark.heightForWidth(width)
        top = self.height() - height - PLATE_EDGE
        self._remark.setGeometry((self.width() - width) // 2, top, width, height)

    # Drawing

    @contained()
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture, and over it the parts that are sharper."""
        painter = QPainter(self)
        black = self._ground == "black"
        ground = Qt.GlobalColor.black if black else self._theme.colour(self._ground)
        painter.fillRect(self.rect(), ground)
        if not self._pixmap.isNull() and not self._place.empty:
            place = self._place.transform()
            drawn = [(tile, self._tiles.tile(tile)) for tile in self._seen_tiles()]
            painter.setRenderHint(
                QPainter.RenderHint.SmoothPixmapTransform, self._place.shown_zoom < 4
            )
            if not drawn or any(pixmap is None for _, pixmap in drawn):
                self._draw_whole(painter, place)
            for tile, pixmap in drawn:
                if pixmap is not None:
                    self._draw_tile(painter, place, tile, pixmap)
        painter.end()

    def _draw_whole(self, painter: QPainter, place: QTransform) -> None:
        whole = self._place.whole
        across = whole.width() / self._pixmap.width()
        down = whole.height() / self._pixmap.height()
        # Within a pixel of its own size it is drawn in its own size: sharp, and fast.
        if abs(across * self._place.shown_zoom - 1) * self._pixmap.width() < 1.5:
            across = down = 1 / self._place.shown_zoom
        painter.setWorldTransform(QTransform.fromScale(across, down) * place)
        painter.drawPixmap(0, 0, self._pixmap)
        painter.resetTransform()

    def _draw_tile(self, painter: QPainter, place: QTransform, tile: Tile, pixmap: QPixmap) -> None:
        area = tile.area(self._place.whole.toSize())
        painter.setWorldTransform(place)
        painter.drawPixmap(QRectF(area), pixmap, QRectF(pixmap.rect()))
        painter.resetTransform()

    # By hand

    @contained()
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Enlarge what is under the pointer."""
        delta = event.angleDelta().y() or event.angleDelta().x()
        if delta:
            self.zoom_by(STEP ** (delta / NOTCH), event.position())
        event.accept()

    @contained(False)
    def event(self, event: QEvent) -> bool:
        """Enlarge by two fingers on a touch pad, too; be as sharp as another screen."""
        if isinstance(event, QNativeGestureEvent) and (
            event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        ):
            self.zoom_by(1 + event.value(), event.position())
            return True
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._settle()
        return super().event(event)

    @contained()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of it."""
        if event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self.clicked.emit()
        if any(self._place.movable):
            self._grip = event.position()
            self._set_cursor()

    @contained()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move it along."""
        if self._grip is None:
            super().mouseMoveEvent(event)
            return
        way = event.position() - self._grip
        self._grip = event.position()
        self.move_by(way.x(), way.y())

    @contained()
    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go of it."""
        self._grip = None
        self._set_cursor()

    @contained()
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Change between all of it and its actual size."""
        if self._place.zoom is None:
            self.actual_size(event.position())
        else:
            self.fit()

    @contained()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is in the middle there."""
        super().resizeEvent(event)
        self._settle()
        self.changed.emit()
