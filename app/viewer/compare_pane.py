"""One photo of a comparison: the picture, its name and stars under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app import wording
from app.inspector.stars import Stars
from app.viewer.picture_view import PictureView
from app.viewer.words import remark
from app.virtuals import contained
from app.widgets.elided_label import ElidedLabel
from app.widgets.icons import icon

if TYPE_CHECKING:
    from app.grid.photo_row import PhotoRow
    from app.session import Session
    from app.theme import Theme
    from app.viewer.picture_reader import PictureReader

EDGE = 8
ROOM_FOR_STARS = 260  # in less, the name comes first: keys rate as well


class ComparePane(QWidget):
    """Signals, each with the photo's id: `chosen`, `removed`, `rated(id, stars)`."""

    chosen = Signal(int)
    removed = Signal(int)
    rated = Signal(int, int)

    def __init__(self, session: Session, theme: Theme, photo_id: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.photo_id = photo_id
        self.setObjectName("compare_pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.view = PictureView(session, theme)
        self.view.set_ground("window", EDGE)
        self.view.clicked.connect(self.setFocus)
        self._name = ElidedLabel()
        self.stars = Stars(theme)
        self.stars.rated.connect(self._rated)
        self._remove = QToolButton()
        self._remove.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._remove.setIconSize(QSize(16, 16))
        self._remove.setAccessibleName(self.tr("Remove from the comparison"))
        self._remove.setToolTip(self.tr("Remove from the comparison (X)"))
        self._remove.clicked.connect(self._removed)
        foot = QHBoxLayout()
        foot.setContentsMargins(10, 4, 6, 4)
        foot.setSpacing(8)
        foot.addWidget(self._name, 1)
        foot.addWidget(self.stars)
        foot.addWidget(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addLayout(foot)
        self.set_theme(theme)

    @property
    def name(self) -> str:
        """What is said under the picture."""
        return self._name.text()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self.view.set_theme(theme)
        self.stars.set_theme(theme)
        self._remove.setIcon(icon("x", theme.colour("text")))
        self._room_for_stars = theme.px(ROOM_FOR_STARS)

    def show_row(self, row: PhotoRow, reader: PictureReader) -> None:
        """Show what is known of the photo by now."""
        picture = reader.picture(row)
        self.view.show_photo(row, picture)
        self.view.say(remark(row, picture, reader.failure(row)))
        self._name.setText(wording.shown(row.name))
        self.stars.set_rating(row.rating)
        stars = self.tr("1 star") if row.rating == 1 else self.tr("{n} stars").format(n=row.rating)
        self.setAccessibleName(f"{wording.shown(row.name)}, {stars}")

    def mark(self, *, active: bool) -> None:
        """Show whether keys are for this one."""
        if self.property("active") != active:
            self.setProperty("active", active)
            self.style().unpolish(self)
            self.style().polish(self)

    @Slot(int)
    def _rated(self, stars: int) -> None:
        self.rated.emit(self.photo_id, stars)

    @Slot()
    def _removed(self) -> None:
        self.removed.emit(self.photo_id)

    @contained()
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Keys are for this one."""
        super().focusInEvent(event)
        self.chosen.emit(self.photo_id)

    @contained()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the picture chooses as well."""
        super().mousePressEvent(event)
        self.setFocus()

    @contained()
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room it is the name's."""
        super().resizeEvent(event)
        self.stars.setVisible(self.width() >= self._room_for_stars)
