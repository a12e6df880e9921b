"""A layout that puts small widgets into lines, as words are put."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from app.virtuals import contained


class FlowLayout(QLayout):
    """From left to right (or the other way), and on to the next line where there is no room."""

    def __init__(self, parent: QWidget | None = None, gap: int = 6) -> None:
        super().__init__(parent)
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    @contained()
    def addItem(self, item: QLayoutItem) -> None:
        """Take a widget's item at the end."""
        self._items.append(item)

    @contained(0)
    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    @contained(None)
    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them."""
        return self._items[index] if 0 <= index < len(self._items) else None

    @contained(None)
    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give one away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @contained(Qt.Orientation(0))
    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more room than it needs."""
        return Qt.Orientation(0)

    @contained(False)
    def hasHeightForWidth(self) -> bool:
        """Whether the height depends on the width."""
        return True

    @contained(0)
    def heightForWidth(self, width: int) -> int:
        """How high it is in this width."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    @contained()
    def setGeometry(self, rect: QRect) -> None:
        """Put the widgets into their places."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    @contained(QSize)
    def sizeHint(self) -> QSize:
        """The least it takes."""
        return self.minimumSize()

    @contained(QSize)
    def minimumSize(self) -> QSize:
        """The widest of them alone on a line."""
        size = QSize(0, 0)
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(QSize(24, item.minimumSize().height()))
        return size

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        parent = self.parentWidget()
        rightward = parent is None or parent.layoutDirection() == Qt.LayoutDirection.LeftToRight
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(max(rect.width(), 24), 1 << 16))
            if x > rect.x() and x + size.width() > rect.x() + rect.width():
                x, y, line = rect.x(), y + line + self._gap, 0
            if move:
                left = x if rightward else 2 * rect.x() + rect.width() - x - size.width()
                item.setGeometry(QRect(QPoint(left, y), size))
            x += size.width() + self._gap
            line = max(line, size.height())
        return y + line - rect.y()
