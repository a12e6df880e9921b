"""The strip of photos that are like the one that is inspected."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app import wording
from app.inspector.feed import SIMILAR, Similar

COLUMNS = 3
GAP = 6


class SimilarStrip(QWidget):
    """Up to six photos; a click goes to one of them. It hides while there are none."""

    photo_asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(self.tr("Similar photos"))
        title.setProperty("role", "section")
        self.buttons = [self._button() for _ in range(SIMILAR)]
        self._ids = [0] * SIMILAR
        grid = QGridLayout()
        grid.setSpacing(GAP)
        for n, button in enumerate(self.buttons):
            grid.addWidget(button, n // COLUMNS, n % COLUMNS)
            button.clicked.connect(partial(self._asked, n))
        grid.setColumnStretch(COLUMNS, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(title)
        column.addLayout(grid)
        self.hide()

    def _button(self) -> QToolButton:
        button = QToolButton()
        button.setObjectName("similar")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def tile(self, width: int) -> QSize:
        """How large a tile is in a panel of this width."""
        side = max(48, (width - (COLUMNS - 1) * GAP) // COLUMNS)
        return QSize(side, round(side * 3 / 4))

    def set_width(self, width: int) -> None:
        """Fit into a panel of this width."""
        size = self.tile(width)
        for button in self.buttons:
            button.setFixedSize(size)
            button.setIconSize(size - QSize(4, 4))

    def show_photos(self, found: list[Similar]) -> None:
        """Show these photos."""
        for n, button in enumerate(self.buttons):
            button.setVisible(n < len(found))
            if n < len(found):
                self._ids[n] = found[n].row.id
                name = wording.shown(found[n].row.name)
                button.setIcon(QIcon(QPixmap.fromImage(found[n].image)))
                button.setToolTip(f"{name} · {found[n].relevance:.2f}")
                button.setAccessibleName(self.tr("Similar photo {name}").format(name=name))
        self.setVisible(bool(found))

    def _asked(self, n: int, _checked: bool = False) -> None:
        self.photo_asked.emit(self._ids[n])
