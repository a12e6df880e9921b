"""The list of the sidebar: keys, clicks, what is opened, and photos that are dropped on a row."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeView, QWidget

from app.files.drag import PHOTOS, dragged_ids
from app.sidebar.model import Index, SidebarModel
from app.sidebar.painter import DOTS_WIDTH, GUTTER, SidebarPainter, has_menu
from app.sidebar.places import Place
from app.sidebar.tree import ALBUMS, HEADINGS, LABELS, NEW_ALBUM, NEW_LABEL, Node, place_key
from app.virtuals import contained

CALM_MS = 150  # the arrow keys may pass many rows: only where they stop is gone to
MOST_REMEMBERED = 2000  # opened rows

Command = QItemSelectionModel.SelectionFlag


class SidebarView(QTreeView):
    """Says what the person wants. What is selected is the place that is shown."""

    picked = Signal(object)  # Place
    clicked_on = Signal()  # what was picked, with the mouse
    menu_asked = Signal(str, QPoint)  # key of the row, where on the screen
    dropped = Signal(str, list)  # key of a label, an album or of "New album…", photo ids
    new_label_asked = Signal()
    folders_dropped = Signal(list)  # paths from other programs

    def __init__(self, model: SidebarModel, painter: SidebarPainter, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = model
        self._painter = painter
        self._opened: dict[str, None] = dict.fromkeys(HEADINGS)
        self._shown = ""
        self.setModel(model)
        self.setItemDelegate(painter)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(0)  # the painter moves names in: a row is as wide as the sidebar
        self.setRootIsDecorated(False)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setAcceptDrops(True)
        self.setTabKeyNavigation(False)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM_MS)
        self._calm.timeout.connect(self._pick_selected)
        model.rowsInserted.connect(self._open_again)
        model.reshaped.connect(self.scheduleDelayedItemsLayout)
        model.recounted.connect(self.viewport().update)
        self.expanded.connect(self._note_opened)
        self.collapsed.connect(self._note_closed)

    # What is shown

    def select(self, place: Place) -> None:
        """Mark a place as the one that is shown; nothing is emitted."""
        self._shown = place_key(place)
        index = self._rows.made(self._shown)
        selection = self.selectionModel()
        if not index.isValid():
            selection.clearSelection()
        elif not selection.isSelected(index):
            selection.select(index, Command.ClearAndSelect)
            if not self.hasFocus():
                selection.setCurrentIndex(index, Command.NoUpdate)

    def reveal(self, place: Place) -> None:
        """Open what is above a place and scroll to it."""
        index = self._rows.make(place_key(place))
        if index.isValid():
            above = index.parent()
            while above.isValid():
                self.expand(above)
                above = above.parent()
            self.scrollTo(index)

    def current(self) -> Node | None:
        """The row that has the keyboard."""
        return self._rows.node(self.currentIndex())

    def begin_edit(self, index: QModelIndex) -> None:
        """Let the person change a name; nothing where one is being changed already."""
        if self.state() != QAbstractItemView.State.EditingState:
            self.edit(index)

    # What is opened

    def opened(self) -> tuple[str, ...]:
        """The keys of the rows that are opened."""
        return tuple(self._opened)[-MOST_REMEMBERED:]

    def open_only(self, keys: Iterable[str]) -> None:
        """Open these rows, now or when they come, and close the others."""
        self.collapseAll()  # tells of each, which empties what was opened
        self._opened = dict.fromkeys(keys)
        self._open_below(QModelIndex(), 0, self._rows.rowCount() - 1)

    @Slot(QModelIndex, int, int)
    def _open_again(self, parent: QModelIndex, first: int, last: int) -> None:
        self._open_below(parent, first, last)

    def _open_below(self, parent: QModelIndex, first: int, last: int) -> None:
        for index in self._rows.openable(parent, first, last, self._opened):
            self.scheduleDelayedItemsLayout()  # once for all that is opened, not for each
            self.expand(index)
            if self._rows.canFetchMore(index):
                self._rows.fetchMore(index)  # and so on, as these rows come
            else:
                self._open_below(index, 0, self._rows.rowCount(index) - 1)

    @Slot(QModelIndex)
    def _note_opened(self, index: QModelIndex) -> None:
        node = self._rows.node(index)
        if node is not None:
            self._opened[node.key] = None

    @Slot(QModelIndex)
    def _note_closed(self, index: QModelIndex) -> None:
        node = self._rows.node(index)
        if node is not None:
            self._opened.pop(node.key, None)

    # Mouse and keys

    @contained(Command.NoUpdate)
    def selectionCommand(self, index: Index, event: object = None) -> Command:
        """Only places are selected: on a heading the keyboard passes by."""
        node = self._rows.node(index)
        if node is None or node.place is None:
            return Command.NoUpdate
        return super().selectionCommand(index, event)  # type: ignore[arg-type]

    @contained()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A row leads to its place, its arrow opens it, its dots open the menu."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        node = self._rows.node(index)
        if node is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if self._arrow_at(point, index, node):
            self._toggle(index)
        elif has_menu(node) and point.x() > self.viewport().width() - DOTS_WIDTH:
            self.menu_asked.emit(node.key, self.viewport().mapToGlobal(point))
        elif node.key == NEW_ALBUM:
            self.setCurrentIndex(index)
            self.edit(index)
        elif node.key == NEW_LABEL:
            self.new_label_asked.emit()
        else:
            super().mousePressEvent(event)
            if node.place is not None:
                self._calm.stop()
                self.picked.emit(node.place)
                self.clicked_on.emit()

    @contained()
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Twice on a row opens it; on an arrow it is two clicks."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        node = self._rows.node(index)
        if node is not None and self._arrow_at(point, index, node):
            self.mousePressEvent(event)
        else:
            self._load(index)
            super().mouseDoubleClickEvent(event)

    def _toggle(self, index: QModelIndex) -> None:
        self._load(index)
        self.setExpanded(index, not self.isExpanded(index))

    def _load(self, index: QModelIndex) -> None:
        """Make the rows below one before it opens: then Qt lays them out once, not twice."""
        if self._rows.canFetchMore(index):
            self._rows.fetchMore(index)

    def _arrow_at(self, point: QPoint, index: QModelIndex, node: Node) -> bool:
        begin = self._painter.indent(index)
        return bool(node.children) and (node.heading or begin - GUTTER <= point.x() < begin)

    @contained()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go up and down, open and close; Enter goes there, or opens a heading."""
        node = self.current()
        if self.state() == QAbstractItemView.State.EditingState:
            event.accept()  # Enter in the field ends there
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and node:
            self._enter(node)
        elif event.key() == Qt.Key.Key_Asterisk:
            event.ignore()  # Qt would open every directory there is
        else:
            if event.key() == Qt.Key.Key_Right:
                self._load(self.currentIndex())
            super().keyPressEvent(event)
            now = self.current()
            if now is not None and now is not node and now.place is not None:
                self._calm.start()

    def _enter(self, node: Node) -> None:
        index = self.currentIndex()
        if node.key == NEW_ALBUM:
            self.edit(index)
        elif node.key == NEW_LABEL:
            self.new_label_asked.emit()
        elif node.place is None:
            self._toggle(index)
        else:
            self._calm.stop()
            self.picked.emit(node.place)

    @Slot()
    def _pick_selected(self) -> None:
        node = self.current()
        if node is not None and node.place is not None and node.key != self._shown:
            self.picked.emit(node.place)

    @contained()
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the row under the pointer, or of the one that has the keyboard."""
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if keyboard else self.indexAt(event.pos())
        node = self._rows.node(index)
        if node is not None:
            point = self.visualRect(index).center() if keyboard else event.pos()
            self.menu_asked.emit(node.key, self.viewport().mapToGlobal(point))

    # Photos that are dropped

    @contained()
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Photos of ours go onto labels and albums; folders from other programs anywhere."""
        if event.mimeData().hasFormat(PHOTOS) or event.mimeData().hasUrls():
            event.acceptProposedAction()

    @contained()
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show what the photos would be dropped on."""
        super().dragMoveEvent(event)  # scrolls near the edges
        self.aim_at(event)

    def aim_at(self, event: QDropEvent) -> None:
        """Take or refuse what is dragged over a row."""
        if event.mimeData().hasFormat(PHOTOS):
            node = self._rows.node(self.indexAt(event.position().toPoint()))
            if node is not None and node.key in (ALBUMS, LABELS):
                self.expand(self._rows.made(node.key))
            self._aim(node.key if node is not None and self._takes_photos(node) else "")
            accepted = bool(self._painter.target)
        else:
            accepted = event.mimeData().hasUrls()
        if accepted:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    @contained()
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        super().dragLeaveEvent(event)
        self._aim("")

    @contained()
    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was dropped on what."""
        target = self._painter.target
        self._aim("")
        self.stopAutoScroll()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if not event.mimeData().hasFormat(PHOTOS):
            paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
            self.folders_dropped.emit(paths)
        elif target:
            self.dropped.emit(target, dragged_ids(event.mimeData()))

    def _takes_photos(self, node: Node) -> bool:
        takes = node.place is not None and node.place.kind in ("album", "label")
        return self._rows.changeable and (takes or node.key == NEW_ALBUM)

    def _aim(self, key: str) -> None:
        if key != self._painter.target:
            self._painter.target = key
            self.viewport().update()
