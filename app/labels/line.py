"""The line of a label, to be taken hold of: on the histogram of the library, and between photos."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from app.labels.order import FINEST, bars
from app.virtuals import contained

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.theme import Theme

STEP = 0.01  # of relevance, by an arrow key
BAR = 13  # pixels from one bar to the next
KNOB = 6
ABOVE = 8  # over the bars: half of the knob stands out
BELOW = 18  # under the bars: what the ends mean
PULL = 14  # pixels that the line between photos is pulled for one photo
BETWEEN_HEIGHT = 28
LEAST = 64  # pixels, of the histogram

Key = Qt.Key


class LineHandle(QAbstractSlider):
    """What both have in common: the keys, and a value that screen readers follow.

    `moved_to` a relevance, `moved_by` so many photos more (fewer with less than none), and
    `let_go` when the mouse button is.
    """

    moved_to = Signal(float)
    moved_by = Signal(int)
    let_go = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._threshold = 0.5
        self.page = 8  # photos that a page key moves
        self.setRange(0, FINEST)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def threshold(self) -> float:
        """Where the line is, a relevance."""
        return self._threshold

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self.update()

    def set_line(self, threshold: float) -> None:
        """Draw the line at a relevance; nothing is emitted but for screen readers."""
        self._threshold = threshold
        self.setValue(round(threshold * FINEST))
        self.update()

    @contained()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right by relevance, up and down by photos, Home and End to the ends."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        match event.key():
            case Key.Key_Left:
                self.moved_to.emit(max(0.0, self._threshold - STEP))
            case Key.Key_Right:
                self.moved_to.emit(min(1.0, self._threshold + STEP))
            case Key.Key_Up:
                self.moved_by.emit(-1)
            case Key.Key_Down:
                self.moved_by.emit(1)
            case Key.Key_PageUp:
                self.moved_by.emit(-self.page)
            case Key.Key_PageDown:
                self.moved_by.emit(self.page)
            case Key.Key_Home:
                self.moved_to.emit(0.0)
            case Key.Key_End:
                self.moved_to.emit(1.0)
            case _:
                event.ignore()

    @contained()
    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel never moves it: one rolls by on the way down the page."""
        event.ignore()


class LabelScale(LineHandle):
    """The whole library by relevance, as a histogram, with the line through it.

    What is told stands beside the line.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(self.tr("Line of the label, on the histogram of the library"))
        self.setAccessibleDescription(
            self.tr("Left and right move it by relevance, up and down photo by photo.")
        )
        self.setToolTip(
            self.tr(
                "All photos by how well they fit: taller bars are more photos (by logarithm).\n"
                "Drag the line, or move it with the arrow keys; Home and End go to the ends."
            )
        )
        self._counts: NDArray[np.int64] = np.zeros(FINEST, np.int64)
        self._heights: NDArray[np.float64] = np.zeros(0)
        self._texts: tuple[str, ...] = ()
        self._was: float | None = None
        self.set_height(120)

    def set_height(self, height: int) -> None:
        """Be this high, where there is room."""
        self._height = height
        self.setMaximumHeight(height)
        self.updateGeometry()

    @contained(QSize)
    def sizeHint(self) -> QSize:
        """As high as it may be."""
        return QSize(200, self._height)

    @contained(QSize)
    def minimumSizeHint(self) -> QSize:
        """A window can always be made smaller."""
        return QSize(80, LEAST)

    def show_counts(self, counts: NDArray[np.int64]) -> None:
        """Show these, int64 (FINEST,): photos by relevance from 0 to 1."""
        self._counts = counts
        self._heights = np.zeros(0)
        self.update()

    def tell(self, texts: tuple[str, ...], was: float | None) -> None:
        """Say the first of these for which there is room beside the line.

        `was`: where the line is as long as it is not kept here.
        """
        self._texts = texts
        self._was = was
        self.update()

    def _x(self, relevance: float) -> float:
        return KNOB + relevance * (self.width() - 2 * KNOB)

    def _relevance(self, x: float) -> float:
        return float(min(1.0, max(0.0, (x - KNOB) / max(1, self.width() - 2 * KNOB))))

    @contained()
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw bars, ends and line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        number = max(10, (self.width() - 2 * KNOB) // BAR)
        if len(self._heights) != number:
            self._heights = bars(self._counts, number)
        foot = self.height() - BELOW
        self._draw_bars(painter, foot)
        small = QFont(self.font())
        small.setPixelSize(max(9, self._theme.px(11)))
        painter.setFont(small)
        painter.setPen(self._theme.colour("dim"))
        ends = QRectF(KNOB, foot + 2, self.width() - 2 * KNOB, BELOW - 2)
        painter.drawText(ends, Qt.AlignmentFlag.AlignLeft, self.tr("unlikely"))
        painter.drawText(ends, Qt.AlignmentFlag.AlignRight, self.tr("certain"))
        painter.setFont(self.font())
        self._draw_line(painter, foot)
        painter.end()

    def _draw_bars(self, painter: QPainter, foot: int) -> None:
        step = (self.width() - 2 * KNOB) / len(self._heights)
        line = self._x(self._threshold)
        painter.setPen(Qt.PenStyle.NoPen)
        below, above = self._theme.colour("handle"), self._theme.colour("good")
        for n, height in enumerate(self._heights.tolist()):
            if not height:
                continue
            tall = max(2.0, height * (foot - ABOVE - KNOB))
            left, right = KNOB + n * step + 1, KNOB + (n + 1) * step - 1
            parts = ((left, min(right, line), below), (max(left, line), right, above))
            for begin, end, colour in parts:
                if end > begin:
                    painter.fillRect(QRectF(begin, foot - tall, end - begin, tall), colour)

    def _draw_line(self, painter: QPainter, foot: int) -> None:
        if self._was is not None:
            painter.setPen(QPen(self._theme.colour("dim"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(self._x(self._was), ABOVE), QPointF(self._x(self._was), foot))
        x, accent = self._x(self._threshold), self._theme.colour("accent")
        painter.setPen(QPen(accent, 2))
        painter.drawLine(QPointF(x, ABOVE), QPointF(x, foot))
        painter.setBrush(accent)
        painter.setPen(
            QPen(self._theme.colour("text"), 2) if self.hasFocus() else Qt.PenStyle.NoPen
        )
        painter.drawEllipse(QPointF(x, ABOVE), KNOB, KNOB)
        self._draw_text(painter, x)

    def _draw_text(self, painter: QPainter, x: float) -> None:
        metrics = painter.fontMetrics()
        right, room = x + KNOB + 4, max(x, self.width() - x) - KNOB - 4
        fitting = [t for t in self._texts if metrics.horizontalAdvance(t) + 12 <= room]
        text = fitting[0] if fitting else self._texts[-1] if self._texts else ""
        width = metrics.horizontalAdvance(text) + 12
        left = right if right + width <= self.width() else x - KNOB - 4 - width
        plate = QRectF(left, 0, width, metrics.height() + 4)
        ground = self._theme.colour("window")
        ground.setAlpha(215)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(plate, 4, 4)
        painter.setPen(self._theme.colour("text"))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)

    @contained()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The line comes to the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.setSliderDown(True)
            self.moved_to.emit(self._relevance(event.position().x()))

    @contained()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It goes along."""
        if self.isSliderDown():
            self.moved_to.emit(self._relevance(event.position().x()))

    @contained()
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It stays where it is."""
        if self.isSliderDown() and event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)
            self.let_go.emit()


class LabelDivider(LineHandle):
    """The line between the photos just above and those just below: down takes in more."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setCursor(Qt.CursorShape.SplitVCursor)
        self.setFixedHeight(theme.px(BETWEEN_HEIGHT))
        self.setAccessibleName(self.tr("Line of the label, between photos"))
        self.setToolTip(
            self.tr(
                "Pull the line down to take in more photos, up to take in fewer: photo by photo."
            )
        )
        self._from = 0.0
        self._pulled = 0

    @contained()
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line with what can be done to it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, text = self.rect().center(), self.tr("drag the line")
        half = painter.fontMetrics().horizontalAdvance(text) / 2 + 14
        lively = self.hasFocus() or self.underMouse() or self.isSliderDown()
        painter.setPen(QPen(self._theme.colour("accent" if lively else "line"), 1.5))
        y = middle.y() + 0.5
        painter.drawLine(QPointF(0, y), QPointF(middle.x() - half, y))
        painter.drawLine(QPointF(middle.x() + half, y), QPointF(self.width(), y))
        painter.setPen(self._theme.colour("link"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)
        painter.end()

    @contained(QSize)
    def sizeHint(self) -> QSize:
        """As wide as it may be."""
        return QSize(200, self.height())

    @contained()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.setSliderDown(True)
            self._from, self._pulled = event.globalPosition().y(), 0

    @contained()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull: one photo for every few pixels."""
        if self.isSliderDown():
            pulled = int((event.globalPosition().y() - self._from) / PULL)
            if pulled != self._pulled:
                by, self._pulled = pulled - self._pulled, pulled
                self.moved_by.emit(by)

    @contained()
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """It stays where it is."""
        if self.isSliderDown() and event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)
            self.let_go.emit()
