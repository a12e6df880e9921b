"""A list whose layout, keys and mouse are a subclass's own: what Qt would do to it is held off."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    Qt,
)
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QAbstractItemView, QListView

from app.virtuals import contained


class BareList(QListView):
    """A QListView by name, because Qt shows such to screen readers with an item for every row.

    None of QListView's own ways of laying out, finding and selecting is left: each would walk
    through a million items.
    """

    @contained()
    def doItemsLayout(self) -> None:
        """Nothing to lay out."""

    @contained()
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell screen readers; QListView would make a million indexes for one."""
        QAbstractItemView.selectionChanged(self, selected, deselected)

    @contained(0)
    def horizontalOffset(self) -> int:
        """Never scrolled sideways."""
        return 0

    @contained(0)
    def verticalOffset(self) -> int:
        """How far it is scrolled."""
        return self.verticalScrollBar().value()

    @contained(QModelIndex)
    def moveCursor(
        self, _action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """For Qt's own use; the subclass handles keys."""
        return self.currentIndex()

    @contained()
    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """For Qt's own use; the subclass handles clicks."""

    @contained(QRegion)
    def visualRegionForSelection(self, _selection: QItemSelection) -> QRegion:
        """Repaint what is in view: cheaper than finding out."""
        return QRegion(self.viewport().rect())

    @contained()
    def keyboardSearch(self, search: str) -> None:
        """For Qt's own use; the subclass handles typing."""
