"""The scroll bar of the grid, which is a line of time where photos are sorted by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QEnterEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QLabel, QScrollBar, QWidget

from app import dates
from app.grid.groups import EPOCH, date_title
from app.theme import Theme
from app.virtuals import contained

PLAIN_WIDTH = 12
WIDTH = 46
HANDLE = 6
SHORTEST = 30
BETWEEN_YEARS = 22  # pixels at least between two years that are written out
BUBBLE_GAP = 8
NO_INTS: NDArray[np.int64] = np.empty(0, np.int64)


@dataclass(frozen=True, eq=False)
class Dates:
    """Where months begin: `tops`, int64 (m,), in pixels of the content, ascending, and `days`."""

    tops: NDArray[np.int64]
    days: NDArray[np.int32]

    def at(self, top: int) -> int:
        """A day of the month that is at a height of the content."""
        return int(self.days[self._month(top)])

    def moved(self, top: int, months: int) -> int:
        """Where the month begins that is so many further down than the one at `top`."""
        month = self._month(top)
        if months < 0 and top > self.tops[month]:
            month += 1  # first back to where this one begins
        return int(self.tops[min(max(0, month + months), len(self.tops) - 1)])

    def year_moved(self, top: int, step: int) -> int:
        """Where the year begins that is one further down (or up) than the one at `top`."""
        starts = self.years[0]
        year = max(0, int(np.searchsorted(starts, top, "right")) - 1)
        if step < 0 and top > starts[year]:
            year += 1
        return int(starts[min(max(0, year + step), len(starts) - 1)])

    @cached_property
    def years(self) -> tuple[NDArray[np.int64], list[int]]:
        """Where years begin, and a day of each."""
        if not len(self.days):
            return NO_INTS, []
        numbers = self.days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
        begins = np.concatenate(([0], np.flatnonzero(numbers[1:] != numbers[:-1]) + 1))
        return self.tops[begins], self.days[begins].tolist()

    def _month(self, top: int) -> int:
        return max(0, int(np.searchsorted(self.tops, top, "right")) - 1)


class Scrubber(QScrollBar):
    """A plain scroll bar until `set_dates` says where months begin.

    Then it shows the years, leads at once to where it is pressed, tells the month in a bubble
    beside the pointer, and its keys go by months (Up, Down) and years (Page Up, Page Down).
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme = theme
        self._around = parent
        self._dates: Dates | None = None
        self._pointer: int | None = None
        self._small = QFont(self.font())
        self._small.setPixelSize(theme.px(11))
        self._written: dict[str, QPixmap] = {}
        self._ground = QPixmap()
        self._grounds: tuple[object, ...] = ()  # what it was drawn for
        self.bubble = QLabel(parent)
        self.bubble.setObjectName("scrub_bubble")
        self.bubble.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.bubble.hide()
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Scroll through the photos"))
        self.valueChanged.connect(self._scrolled)

    @property
    def dated(self) -> bool:
        """Whether it is a line of time now."""
        return self._dates is not None and len(self._dates.days) > 0

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self._small.setPixelSize(theme.px(11))
        self._written.clear()
        self._grounds = ()
        self.update()

    def set_dates(self, dates: Dates | None) -> None:
        """Say where months begin; None makes it a plain scroll bar."""
        before, self._dates = self.dated, dates
        if self.dated != before:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus if self.dated else Qt.FocusPolicy.NoFocus)
            name = self.tr("Scroll through time") if self.dated else ""
            self.setAccessibleName(name or self.tr("Scroll through the photos"))
            self.setFixedWidth(self._theme.px(WIDTH) if self.dated else PLAIN_WIDTH)
            # Else Qt would first draw what is behind, with the style sheet, at each step.
            self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, self.dated)
            # At once: who goes back to a place in the view next needs the width that it will have.
            QCoreApplication.sendEvent(self._around, QEvent(QEvent.Type.LayoutRequest))
            self.bubble.hide()
        self._tell_value()
        self.update()

    def date_text(self, value: int | None = None) -> str:
        """The month at a value (default: where one is), in words; empty without dates."""
        if self._dates is None or not self.dated:
            return ""
        return date_title(self._dates.at(self.value() if value is None else value), "month")

    def year_places(self) -> list[tuple[int, str]]:
        """The years that are written out, and how far down."""
        if self._dates is None:
            return []
        tops, days = self._dates.years
        places: list[tuple[int, str]] = []
        for y, day in zip(self._heights(tops), days, strict=True):
            if not places or y - places[-1][0] >= BETWEEN_YEARS:
                places.append((y, dates.year_number(EPOCH.addDays(day))))
        return places

    # Pixels and values

    def _handle(self) -> tuple[int, int]:
        """Top and height of the handle."""
        room = max(1, self.height())
        span = self.maximum() - self.minimum() + self.pageStep()
        height = min(room, max(SHORTEST, round(room * self.pageStep() / max(1, span))))
        steps = max(1, self.maximum() - self.minimum())
        return round((self.value() - self.minimum()) / steps * (room - height)), height

    def _heights(self, tops: NDArray[np.int64]) -> list[int]:
        """The middles of the handle when heights of the content are scrolled to."""
        handle = self._handle()[1]
        shares = np.minimum(1.0, tops / max(1, self.maximum()))
        middles = np.rint(shares * (self.height() - handle)).astype(np.int64) + handle // 2
        return [int(middle) for middle in middles]

    def _value_at(self, y: int) -> int:
        handle = self._handle()[1]
        share = (y - handle / 2) / max(1, self.height() - handle)
        return round(min(1.0, max(0.0, share)) * self.maximum())

    # What happens

    @contained(QSize)
    def sizeHint(self) -> QSize:
        """Wider where years are shown."""
        return QSize(
            self._theme.px(WIDTH) if self.dated else PLAIN_WIDTH, super().sizeHint().height()
        )

    @contained()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to what is pressed."""
        if not self.dated or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self.setSliderDown(True)
        self._scrub(round(event.position().y()))

    @contained()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on, or tell what is pointed at."""
        if not self.dated:
            super().mouseMoveEvent(event)
        elif self.isSliderDown():
            self._scrub(round(event.position().y()))
        else:
            self._point_at(round(event.position().y()))

    @contained()
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Stay where it leads."""
        if not self.dated:
            super().mouseReleaseEvent(event)
            return
        self.setSliderDown(False)
        if not self.rect().contains(event.position().toPoint()):
            self._point_at(None)
        self.update()

    @contained()
    def enterEvent(self, event: QEnterEvent) -> None:
        """Tell what is pointed at."""
        super().enterEvent(event)
        if self.dated:
            self._point_at(round(event.position().y()))

    @contained()
    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at."""
        super().leaveEvent(event)
        if not self.isSliderDown():
            self._point_at(None)

    @contained()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go by months and years."""
        if self._dates is None or not self.dated:
            super().keyPressEvent(event)
            return
        top = self.value()
        keys: dict[int, Callable[[], int]] = {
            Qt.Key.Key_Up: lambda: self._moved(top, -1),
            Qt.Key.Key_Down: lambda: self._moved(top, 1),
            Qt.Key.Key_PageUp: lambda: self._year_moved(top, -1),
            Qt.Key.Key_PageDown: lambda: self._year_moved(top, 1),
            Qt.Key.Key_Home: self.minimum,
            Qt.Key.Key_End: self.maximum,
        }
        if event.key() in keys:
            self.setValue(keys[event.key()]())
        else:
            event.ignore()

    @contained()
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw years and the handle; a plain scroll bar is drawn by the style."""
        if not self.dated:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(0, 0, self._years_on_ground())
        if self.maximum() > 0:
            active = self.isSliderDown() or self.hasFocus() or self._pointer is not None
            top, height = self._handle()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("accent" if active else "dim"))
            place = QRectF(self.width() - HANDLE - 3, top + 2, HANDLE, height - 4)
            painter.drawRoundedRect(place, HANDLE / 2, HANDLE / 2)
        painter.end()

    def _years_on_ground(self) -> QPixmap:
        """All that stays as it is while one scrolls."""
        ratio = self.devicePixelRatioF()
        grounds = (self._dates, self.maximum(), self.pageStep(), self.size(), ratio)
        if grounds != self._grounds:
            self._grounds = grounds
            self._ground = QPixmap(self.size() * ratio)
            self._ground.setDevicePixelRatio(ratio)
            self._ground.fill(self._theme.colour("window"))
            painter = QPainter(self._ground)
            self._draw_years(painter)
            painter.end()
        return self._ground

    def _draw_years(self, painter: QPainter) -> None:
        right = self.width() - HANDLE - 8
        line = QColor(self._theme.colour("line"))
        if self._dates is not None:
            for y in self._heights(self._dates.years[0]):
                painter.fillRect(right + 1, y, 4, 1, line)
        half = QFontMetrics(self._small).height() // 2
        size = QSize(right - 2, 2 * half)
        for y, text in self.year_places():
            above = min(max(0, y - half), self.height() - 2 * half)
            painter.drawPixmap(0, above, self._write(text, size))

    def _write(self, text: str, size: QSize) -> QPixmap:
        """A year, drawn once: writing one takes as long as drawing a thumbnail."""
        made, ratio = self._written.get(text), self.devicePixelRatioF()
        if made is None or made.devicePixelRatio() != ratio or made.size() != size * ratio:
            made = self._written[text] = QPixmap(size * ratio)
            made.setDevicePixelRatio(ratio)
            made.fill(Qt.GlobalColor.transparent)
            painter = QPainter(made)
            painter.setFont(self._small)
            painter.setPen(self._theme.colour("dim"))
            aligned = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRect(QPoint(), size), aligned, text)
            painter.end()
        return made

    def _moved(self, top: int, months: int) -> int:
        return top if self._dates is None else self._dates.moved(top, months)

    def _year_moved(self, top: int, step: int) -> int:
        return top if self._dates is None else self._dates.year_moved(top, step)

    def _scrub(self, y: int) -> None:
        self.setSliderPosition(self._value_at(y))
        self.setValue(self.sliderPosition())
        self._point_at(y)

    def _point_at(self, y: int | None) -> None:
        """Show the bubble beside a height of this bar, or hide it."""
        self._pointer = y
        if y is None:
            self.bubble.hide()
        else:
            self.bubble.setText(self.date_text(self._value_at(y)))
            self.bubble.ensurePolished()  # or its size is that before the style sheet
            self.bubble.adjustSize()
            corner = self.mapTo(self._around, QPoint(0, y))
            highest = self._around.height() - self.bubble.height()
            top = min(max(0, corner.y() - self.bubble.height() // 2), highest)
            self.bubble.move(corner.x() - self.bubble.width() - BUBBLE_GAP, top)
            self.bubble.show()
            self.bubble.raise_()
        self.update()

    @Slot()
    def _scrolled(self) -> None:
        if self.dated:
            self.update()
            self._tell_value()

    def _tell_value(self) -> None:
        """Let screen readers say the month rather than a number of pixels."""
        text = self.date_text()
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)
            if QAccessible.isActive():
                change = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
                QAccessible.updateAccessibility(change)
