"""Rows of photos with the relevance of each, to be looked at closely and judged: yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from app import wording
from app.files.drag import photo_mime, run_drag, stack
from app.grid.tile_painter import Tile, TilePainter
from app.labels.pictures import LabelPictures
from app.virtuals import contained
from app.widgets.icons import icon_image

if TYPE_CHECKING:
    from app.grid.drag import Drags
    from app.theme import Theme

GAP = 6
FRAME = 4  # around the tiles: what is selected is framed outside of itself
BUTTON = 24  # yes and no on the tile under the pointer
SMALLEST_WITH_BUTTONS = 72
SMALLEST = 48

Key = Qt.Key


@dataclass(frozen=True)
class Judged:
    """A photo as a tile shows it. `answer`: 1 by hand yes, -1 by hand no, 0 nothing said."""

    photo_id: int
    relevance: float
    answer: int = 0


class LabelTiles(QWidget):
    """Square tiles in rows. `title` is what a screen reader calls them, `empty` stands for none.

    `chosen` when one has the keyboard or is clicked, `opened` by Enter or a double click,
    `answered` by Y and N or the buttons on the tile under the pointer. `room_changed`: another
    number fits.
    """

    chosen = Signal(int)  # photo id
    opened = Signal(int)
    answered = Signal(int, bool)
    room_changed = Signal()

    def __init__(
        self,
        pictures: LabelPictures,
        theme: Theme,
        title: str,
        parent: QWidget | None = None,
        *,
        empty: str = "",
        dim: bool = False,
        drags: Drags = run_drag,
    ) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._title = title
        self._empty = empty
        self._dim = dim
        self._drags = drags
        self._side = self._wanted = 120
        self._rows = 1
        self._height = 0
        self._shown: list[Judged] = []
        self._current = 0
        self._hovered = -1
        self._pressed: QPoint | None = None
        self._judging = True
        self.set_theme(theme)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(title)
        self._fit()
        pictures.arrived.connect(self._arrived)

    # What is shown

    @property
    def fits(self) -> int:
        """How many tiles there is room for."""
        return self._columns * self._rows

    @property
    def side(self) -> int:
        """How high tiles are."""
        return self._side

    @property
    def shown(self) -> list[Judged]:
        """The photos that are shown."""
        return list(self._shown)

    @property
    def current(self) -> int | None:
        """The photo that keys are for."""
        return self._shown[self._current].photo_id if self._shown else None

    @property
    def wanted(self) -> list[tuple[int, int]]:
        """Ids and sides of the tiles, for LabelPictures."""
        return [(one.photo_id, self._side) for one in self._shown]

    @property
    def _columns(self) -> int:
        return max(1, (self.width() - 2 * FRAME + GAP) // (self._side + GAP))

    def _fill(self) -> None:
        """Make tiles a little smaller than was wanted, so that they fill the width."""
        room = self.width() - 2 * FRAME + GAP
        columns = max(1, -(-room // (self._wanted + GAP)))
        self._side = max(SMALLEST, min(self._wanted, room // columns - GAP))
        self._rows = max(1, (self._height - 2 * FRAME + GAP) // (self._side + GAP))
        self._fit()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        self._painter = TilePainter(theme, self.font())
        self.update()

    def set_judging(self, judging: bool) -> None:
        """Whether photos can be judged here."""
        self._judging = judging
        self.update()

    def set_room(self, side: int, height: int = 0) -> None:
        """Make tiles no higher than `side`, in as many rows as `height` has room for, or one."""
        if (side, height) != (self._wanted, self._height):
            self._wanted, self._height = side, height
            self._fill()
            self.room_changed.emit()
            self.update()

    def show_photos(self, shown: Sequence[Judged]) -> None:
        """Show these; the one that has the keyboard keeps it while it is shown."""
        before = self.current
        self._shown = list(shown)
        at = [n for n, one in enumerate(self._shown) if one.photo_id == before]
        self._current = at[0] if at else max(0, min(self._current, len(self._shown) - 1))
        self._hovered = self._at(self.mapFromGlobal(self.cursor().pos()))
        self._tell_name()
        self.update()

    def _fit(self) -> None:
        self.setMaximumHeight(self._rows * (self._side + GAP) - GAP + 2 * FRAME)
        self.updateGeometry()

    def _arrived(self) -> None:
        if self.isVisible():
            self._tell_name()
            self.update()

    def _tell_name(self) -> None:
        name = self._title if self._shown else f"{self._title}: {self._empty}".rstrip(": ")
        if self._shown and self.hasFocus():
            name = f"{self._title}: {self._spoken(self._current)}"
        if name != self.accessibleName():
            self.setAccessibleName(name)

    def _spoken(self, at: int) -> str:
        one = self._shown[at]
        row = self._pictures.row(one.photo_id)
        parts = [wording.shown(row.name)] if row is not None else []
        parts.append(self.tr("relevance {n}").format(n=f"{one.relevance:.2f}"))
        if one.answer:
            yes, no = self.tr("tagged by hand"), self.tr("refused by hand")
            parts.append(yes if one.answer > 0 else no)
        place = self.tr("{n} of {total}")
        parts.append(place.format(n=at + 1, total=len(self._shown)))
        return ", ".join(parts)

    # Drawing

    def _box(self, at: int) -> QRect:
        step = self._side + GAP
        column, row = at % self._columns, at // self._columns
        return QRect(FRAME + column * step, FRAME + row * step, self._side, self._side)

    def _at(self, point: QPoint) -> int:
        """The tile at a point, or -1."""
        return next((n for n in range(len(self._shown)) if self._box(n).contains(point)), -1)

    @contained()
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tiles that fit."""
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        self._painter.use_density(self.devicePixelRatioF())
        if not self._shown:
            painter.setPen(self._theme.colour("dim"))
            centred = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect(), centred, self._empty)
        drawn = range(min(len(self._shown), self.fits))
        self._painter.tiles(painter, [(self._box(at), self._tile(at)) for at in drawn])
        if self._hovered in drawn and self._has_buttons:
            self._draw_buttons(painter, self._hovered)
        painter.end()

    def _tile(self, at: int) -> Tile:
        one, thumbnails = self._shown[at], self._pictures.thumbnails
        pixmap = thumbnails.pixmap(one.photo_id)
        return Tile(
            row=self._pictures.row(one.photo_id),
            pixmap=pixmap,
            preview=thumbnails.preview(one.photo_id) if pixmap is None else None,
            missing=pixmap is None and thumbnails.missing(one.photo_id),
            relevance=one.relevance,
            less_likely=self._dim,
            selected=self.hasFocus() and at == self._current,
            current=False,
            hovered=at == self._hovered,
            answer=one.answer,
        )

    @property
    def _has_buttons(self) -> bool:
        return self._judging and self._side >= SMALLEST_WITH_BUTTONS

    def _buttons(self, at: int) -> tuple[QRect, QRect]:
        """Where yes and no are, on the tile under the pointer."""
        box = self._box(at).adjusted(0, 6, -6, 0)
        no = QRect(box.right() - BUTTON + 1, box.top(), BUTTON, BUTTON)
        return no.translated(-BUTTON - 4, 0), no

    def _draw_buttons(self, painter: QPainter, at: int) -> None:
        scale = self.devicePixelRatioF()
        signs = (("check", "good"), ("x", "danger"))
        pointer = self.mapFromGlobal(self.cursor().pos())
        for place, (sign, colour) in zip(self._buttons(at), signs, strict=True):
            under = place.contains(pointer)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("hover" if under else "pane"))
            painter.drawRoundedRect(place, 6, 6)
            image = icon_image(sign, self._theme.colour(colour), round(16 * scale))
            painter.drawImage(place.adjusted(4, 4, -4, -4), image)

    # Mouse and keys

    def _choose(self, at: int) -> None:
        self._current = at
        self._tell_name()
        self.update()
        self.chosen.emit(self._shown[at].photo_id)

    @contained()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a photo, or judge it by its buttons."""
        point = event.position().toPoint()
        at = self._at(point)
        if at < 0 or event.button() != Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self._has_buttons:
            yes, no = self._buttons(at)
            if yes.contains(point) or no.contains(point):
                self.answered.emit(self._shown[at].photo_id, yes.contains(point))
                return
        self._pressed = point
        self._choose(at)

    @contained()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the tile under the pointer, or drag it."""
        point = event.position().toPoint()
        far = QApplication.startDragDistance()
        if self._pressed is not None and (point - self._pressed).manhattanLength() >= far:
            self._pressed = None
            self._drag()
            return
        self._hovered = self._at(point)
        self.update()

    def _drag(self) -> None:
        photo_id = self.current
        if photo_id is None:
            return
        row = self._pictures.row(photo_id)
        pixmap = self._pictures.thumbnails.pixmap(photo_id)
        picture = stack(
            [] if pixmap is None else [pixmap],
            1,
            self.devicePixelRatioF(),
            self._theme.colour("accent"),
        )
        self._drags(self, photo_mime([photo_id], [] if row is None else [row]), picture)

    @contained()
    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Nothing is dragged any more."""
        self._pressed = None

    @contained()
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a photo."""
        at = self._at(event.position().toPoint())
        if at >= 0:
            self.opened.emit(self._shown[at].photo_id)

    @contained()
    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at."""
        super().leaveEvent(event)
        self._hovered = -1
        self.update()

    @contained(False)
    def event(self, event: QEvent) -> bool:
        """Name the photo under the pointer; Y and N are for the photo that has the keyboard."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._at(event.pos())
            QToolTip.showText(event.globalPos(), self._spoken(at) if at >= 0 else "", self)
            return True
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and self._judges(event):
            event.accept()
            return True
        return super().event(event)

    def _judges(self, event: QKeyEvent) -> bool:
        return self._judging and bool(self._shown) and event.key() in (Key.Key_Y, Key.Key_N)

    @contained()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from photo to photo, Enter opens, Y and N judge."""
        step = {
            Key.Key_Left: -1,
            Key.Key_Right: 1,
            Key.Key_Up: -self._columns,
            Key.Key_Down: self._columns,
            Key.Key_Home: -len(self._shown),
            Key.Key_End: len(self._shown),
        }.get(Key(event.key()))
        one = self.current
        if one is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif step is not None and (self._rows > 1 or abs(step) in (1, len(self._shown))):
            at = self._current + step
            if 0 <= at < len(self._shown) or abs(step) == len(self._shown):
                self._choose(max(0, min(len(self._shown) - 1, at)))
        elif event.key() in (Key.Key_Return, Key.Key_Enter):
            self.opened.emit(one)
        elif self._judges(event):
            self.answered.emit(one, event.key() == Key.Key_Y)
        else:
            super().keyPressEvent(event)

    @contained()
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Frame the photo that keys are for, and tell who follows."""
        super().focusInEvent(event)
        if self._shown and event.reason() != Qt.FocusReason.MouseFocusReason:
            self._choose(self._current)

    @contained()
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keys are for something else."""
        super().focusOutEvent(event)
        self._tell_name()
        self.update()

    @contained()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fewer fit, or more."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fill()
            self.room_changed.emit()

    @contained(QSize)
    def sizeHint(self) -> QSize:
        """All rows."""
        return QSize(self._side + 2 * FRAME, self.maximumHeight())

    @contained(QSize)
    def minimumSizeHint(self) -> QSize:
        """One small tile: a window can always be made smaller."""
        return QSize(SMALLEST + 2 * FRAME, SMALLEST + 2 * FRAME)
