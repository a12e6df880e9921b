"""Five stars that can be clicked and set by key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme import Theme
from app.virtuals import contained
from app.widgets.icons import icon_image

STARS = 5
SIDE = 16
STEP = 20
PAD = 4


class Stars(QWidget):
    """A rating, 0 to 5. `rated` comes when a person sets another one.

    Keys: 0 to 5, left and right. Clicking the star that is set takes it off. Several photos whose
    ratings differ have none: `None`.
    """

    rated = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rating: int | None = 0
        self._over = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._say()

    @property
    def rating(self) -> int | None:
        """What is shown."""
        return self._rating

    def set_rating(self, rating: int | None) -> None:
        """Show another rating; None: several ones."""
        if rating != self._rating:
            self._rating = rating
            self._say()
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.update()

    def _say(self) -> None:
        """Tell a screen reader."""
        texts = [
            self.tr("No rating"),
            self.tr("1 star"),
            self.tr("2 stars"),
            self.tr("3 stars"),
            self.tr("4 stars"),
            self.tr("5 stars"),
        ]
        said = self.tr("various") if self._rating is None else texts[self._rating]
        self.setAccessibleName(self.tr("Rating: {stars}").format(stars=said))
        self.setToolTip(said)

    def _set(self, rating: int) -> None:
        rating = max(0, min(rating, STARS))
        if rating != self._rating and self.isEnabled():
            self.set_rating(rating)
            self.rated.emit(rating)

    def _star_at(self, position: QPointF) -> int:
        return max(1, min(STARS, int((position.x() - PAD) // STEP) + 1))

    @contained(QSize)
    def sizeHint(self) -> QSize:
        """Five stars in a row."""
        return QSize(2 * PAD + STARS * STEP, SIDE + 2 * PAD)

    @contained()
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw filled stars up to the rating, and outlines for the rest."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pixels = round(SIDE * self.devicePixelRatioF())
        shown = self._over or self._rating or 0
        for star in range(STARS):
            filled = star < shown
            colour = self._theme.colour("text" if filled else "dim")
            image = icon_image("star", colour, pixels, filled=filled)
            painter.drawImage(QRectF(PAD + star * STEP, PAD, SIDE, SIDE), image)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    @contained()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a click would set."""
        self._over = self._star_at(event.position()) if self.isEnabled() else 0
        self.update()

    @contained()
    def leaveEvent(self, _event: QEvent) -> None:
        """Show the rating again."""
        self._over = 0
        self.update()

    @contained()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Set the rating, or take it off."""
        if event.button() == Qt.MouseButton.LeftButton:
            star = self._star_at(event.position())
            self._over = 0
            self._set(0 if star == self._rating else star)
            self.update()

    @contained()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Set the rating by key."""
        key, now = event.key(), self._rating or 0
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_5:
            self._set(key - Qt.Key.Key_0)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Plus):
            self._set(now + 1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Minus):
            self._set(now - 1)
        else:
            super().keyPressEvent(event)

    @contained()
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that it has the keyboard."""
        super().focusInEvent(event)
        self.update()

    @contained()
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that it has not."""
        super().focusOutEvent(event)
        self.update()
