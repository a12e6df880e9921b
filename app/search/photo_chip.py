"""The small picture in the search field that stands for the photo that is searched by."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QToolButton, QWidget

from app.search.photo import LikePhoto
from app.theme import Theme
from app.widgets.icons import icon

SIDE = 22
RADIUS = 3


class PhotoChip(QToolButton):
    """Pressing it takes the photo out of the search."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search_photo")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(SIDE, SIDE))
        self.setText("×")
        self.setFixedWidth(theme.px(SIDE + 24))
        self._like: LikePhoto | None = None
        self.set_theme(theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._nothing = icon("image", theme.colour("dim"), SIDE)
        self._draw()

    def show_photo(self, like: LikePhoto | None) -> None:
        """Stand for a photo, or (None) for none."""
        if like is not self._like:
            self._like = like
            self._draw()
        self.setVisible(like is not None)

    def _draw(self) -> None:
        if self._like is None:
            return
        name = self._like.name or self.tr("a pasted picture")
        small = self._like.image
        drawn = None if small is None else _rounded(small, self.devicePixelRatioF())
        self.setIcon(drawn or self._nothing)
        self.setToolTip(self.tr("Photos like {name}. Click: without it").format(name=name))
        spoken = self.tr("Photos like {name}: press to search without it")
        self.setAccessibleName(spoken.format(name=name))


def _rounded(image: QImage, ratio: float) -> QIcon | None:
    """A square from the middle, its corners rounded."""
    if image.isNull():
        return None
    side = round(SIDE * ratio)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    corners = QPainterPath()
    corners.addRoundedRect(QRectF(0, 0, side, side), RADIUS * ratio, RADIUS * ratio)
    painter.setClipPath(corners)
    edge = min(image.width(), image.height())
    middle = QRect((image.width() - edge) // 2, (image.height() - edge) // 2, edge, edge)
    painter.drawImage(QRectF(0, 0, side, side), image, QRectF(middle))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return QIcon(pixmap)
