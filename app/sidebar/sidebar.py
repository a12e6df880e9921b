"""The sidebar: everything that the library has to offer, as places to go to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from app.labels.words import label_texts, one_label_texts
from app.sidebar.model import SidebarModel
from app.sidebar.painter import SidebarPainter
from app.sidebar.places import ALL_PHOTOS, Place
from app.sidebar.tree import ALBUMS, FOLDERS, LABELS, NEW_ALBUM, NEW_LABEL, Node, place_key
from app.sidebar.view import SidebarView
from app.theme import Theme
from app.virtuals import contained
from app.widgets.icons import icon

if TYPE_CHECKING:
    from app.commands import Commands

WIDTH = 216
NARROWEST = 150
WIDEST = 480
PATIENCE_MS = 1500


class Sidebar(QWidget):
    """Emits what the person wants; shows what SidebarFeed tells it.

    `edit_asked` carries an edit of core.library and its name, to follow "Undo". `removed` is a
    sentence for a notice that offers to undo it. `label_asked`: "new", "sets", "import" and
    "export" for label 0; "teach", "prompts", "switch" and "remove" for one by its id.
    """

    chosen = Signal(object)  # Place
    clicked_on = Signal()  # the place that was just chosen, with the mouse
    add_folder_asked = Signal()
    remove_folder_asked = Signal(str)  # path of a watched folder
    new_disk_asked = Signal(str)  # the path of a watched folder that is offline
    show_in_files_asked = Signal(str)  # path of a directory
    edit_asked = Signal(object, str)
    removed = Signal(str)
    gather_asked = Signal(object)  # Place whose photos are to go into a folder
    photos_dropped = Signal(int, list)  # album id, photo ids
    photos_tagged = Signal(int, list)  # label id, photo ids
    label_asked = Signal(str, int)
    label_named = Signal(int, str)  # label id, its new name
    folders_dropped = Signal(list)  # paths dragged here from other programs

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(NARROWEST)
        self.setMaximumWidth(WIDEST)
        self._place = ALL_PHOTOS
        self._known = True  # whether the place has been among the rows
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._leave_what_is_gone)
        self._for_new_album: tuple[int, ...] = ()
        self._toggled: QAction | None = None
        self._model = SidebarModel(self)
        self._painter = SidebarPainter(theme, self._model, self)
        self._view = SidebarView(self._model, self._painter, self)
        self._view.setObjectName("places")
        self._view.setAccessibleName(self.tr("Places"))
        self._add = QPushButton(self.tr("Add folder…"))
        self._add.setObjectName("add_folder")
        self._add.setProperty("quiet", True)
        self._add.clicked.connect(self.add_folder_asked)
        box = QVBoxLayout(self)
        box.setContentsMargins(6, 10, 6, 8)
        box.setSpacing(6)
        box.addWidget(self._view, 1)
        box.addWidget(self._add)
        self._view.picked.connect(self._go)
        self._view.clicked_on.connect(self.clicked_on)
        self._view.menu_asked.connect(self._open_menu)
        self._view.dropped.connect(self._photos_dropped)
        self._view.folders_dropped.connect(self.folders_dropped)
        self._view.new_label_asked.connect(self._new_label)
        self._painter.named.connect(self._named)
        self._painter.closeEditor.connect(self._editor_closed)
        self.setFocusProxy(self._view)
        self.set_theme(theme)

    @contained(QSize)
    def sizeHint(self) -> QSize:
        """As wide as it begins."""
        return QSize(WIDTH, 600)

    def add_commands(self, commands: Commands) -> None:
        """Make the commands of the sidebar."""
        group = self.tr("Library")
        commands.add(
            "folder.add",
            self.tr("Add folder…"),
            self.add_folder_asked.emit,
            group=group,
            keys=("Ctrl+Shift+O",),
            icon="folder-plus",
        )
        commands.add(
            "album.new",
            self.tr("New album…"),
            self.new_album,
            group=group,
            keys=("Ctrl+N",),
            icon="album",
        )
        shown = commands.add(
            "view.sidebar",
            self.tr("Sidebar"),
            self.toggle,
            group=self.tr("View"),
            keys=("F9",),
            icon="panel-left",
            checkable=True,
        )
        shown.setChecked(not self.isHidden())
        self._toggled = shown
        places = (self._view,)
        commands.add(
            "sidebar.rename",
            self.tr("Rename label, album or search"),
            self.rename_current,
            group=group,
            keys=("F2",),
            where=places,
        )
        commands.add(
            "sidebar.remove",
            self.tr("Remove folder, label, album or search"),
            self.remove_current,
            group=group,
            keys=("Del",),
            where=places,
        )

    # What is shown

    @property
    def place(self) -> Place:
        """The place that is chosen."""
        return self._place

    @property
    def opened(self) -> tuple[str, ...]:
        """Which rows are opened, to be remembered."""
        return self._view.opened()

    def set_opened(self, keys: Iterable[str]) -> None:
        """Open the rows that were opened before."""
        self._view.open_only(keys)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._painter.theme = theme
        self._add.setIcon(icon("folder-plus", theme.colour("dim")))
        self._view.viewport().update()

    def set_changeable(self, changeable: bool) -> None:
        """Whether folders can be added, and albums made."""
        self._model.changeable = changeable
        self._add.setVisible(changeable)

    @Slot(dict)
    def set_counts(self, counts: dict[str, int]) -> None:
        """Show beside saved searches how many photos they find, by key of the row."""
        self._model.set_counts(counts)

    def count(self, place: Place) -> int | None:
        """How many photos the row of a place says are in it; None where it says nothing."""
        return self._model.count(place_key(place))

    def set_count(self, place: Place, count: int) -> None:
        """Say how many photos are in a place, until the library is counted again."""
        self._model.set_count(place_key(place), count)

    @Slot(list)
    def show_tree(self, rows: list[Node]) -> None:
        """Show these rows; if the place that was chosen is gone, all photos are."""
        self._model.update(rows)
        if self._model.holds(place_key(self._place)):
            self._known = True
            self._view.select(self._place)
        elif self._known:
            self._go(ALL_PHOTOS)
        elif not self._patience.isActive():
            self._patience.start()  # it may have been made since these rows were

    @Slot(object)
    def mark(self, place: Place) -> None:
        """Mark the place that is shown; nothing is emitted."""
        self._place = place
        self._known = self._model.holds(place_key(place))
        self._view.select(place)

    @Slot()
    def _leave_what_is_gone(self) -> None:
        if not self._model.holds(place_key(self._place)):
            self._go(ALL_PHOTOS)

    @Slot(object)
    def choose(self, place: Place) -> None:
        """Go to a place as if it was clicked, opening what is above it."""
        self._view.reveal(place)
        self._go(place)

    @Slot()
    def toggle(self) -> None:
        """Fold the sidebar away, or out again."""
        self.set_shown(self.isHidden())

    def set_shown(self, shown: bool) -> None:
        """Fold the sidebar out or away; the command says which it is."""
        self.setVisible(shown)
        if self._toggled is not None:
            self._toggled.setChecked(shown)

    @Slot(object)
    def _go(self, place: Place) -> None:
        self.mark(place)
        self.chosen.emit(place)

    # Albums, saved searches, folders

    @Slot()
    def new_album(self, photo_ids: Sequence[int] = ()) -> None:
        """Let the person name a new album, for photos or empty."""
        if not self._model.changeable:
            return
        self.set_shown(True)
        self._for_new_album = tuple(photo_ids)
        self._edit(NEW_ALBUM)

    @Slot()
    def rename_current(self) -> None:
        """Let the person change the name of the row that has the keyboard."""
        node = self._view.current()
        if node is not None:
            self._edit(node.key)

    @Slot()
    def remove_current(self) -> None:
        """Remove the label, album, saved search or watched folder that has the keyboard."""
        node = self._view.current()
        if node is not None:
            self._remove(node)

    def _edit(self, key: str) -> None:
        index = self._model.made(ALBUMS)
        if key == NEW_ALBUM and index.isValid():
            self._view.expand(index)
        index = self._model.make(key)
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self._view.setCurrentIndex(index)
            self._view.scrollTo(index)
            self._view.begin_edit(index)

    @Slot(str, str)
    def _named(self, key: str, name: str) -> None:
        # Imported here: the window is up before core is.
        from core.library import CreateAlbum, RenameAlbum, RenameSearch

        index = self._model.made(key)
        node = self._model.node(index)
        if node is None:
            return
        if key == NEW_ALBUM:
            asked = self.tr("new album “{name}”").format(name=name)
            self.edit_asked.emit(CreateAlbum(name, self._for_new_album), asked)
        elif node.place is not None and node.place.kind == "label":
            self._model.rename(index, name)
            self.label_named.emit(int(node.place.value), name)
        elif node.place is not None:
            rename = RenameAlbum if node.place.kind == "album" else RenameSearch
            asked = self.tr("renaming “{name}”").format(name=node.name)
            self._model.rename(index, name)
            self.edit_asked.emit(rename(int(node.place.value), name), asked)

    @Slot()
    def _editor_closed(self) -> None:
        self._for_new_album = ()

    @Slot(str, list)
    def _photos_dropped(self, key: str, photo_ids: list[int]) -> None:
        if key == NEW_ALBUM:
            self.new_album(photo_ids)
            return
        node = self._model.node(self._model.made(key))
        if node is not None and node.place is not None and photo_ids:
            album = node.place.kind == "album"
            told = self.photos_dropped if album else self.photos_tagged
            told.emit(int(node.place.value), photo_ids)

    @Slot()
    def _new_label(self) -> None:
        self.label_asked.emit("new", 0)

    def _remove(self, node: Node) -> None:
        from core.library import DeleteAlbum, RemoveSearch

        place = node.place
        if place is None or not self._model.changeable:
            return
        if place.kind == "label":
            self.label_asked.emit("remove", int(place.value))
        elif place.kind == "folder" and node.root:
            self.remove_folder_asked.emit(place.value)
        elif place.kind == "album":
            asked = self.tr("deleting album “{name}”").format(name=node.name)
            self.edit_asked.emit(DeleteAlbum(int(place.value)), asked)
            told = self.tr("Album “{name}” is deleted. Its photos stay in the library.")
            self.removed.emit(told.format(name=node.name))
        elif place.kind == "search":
            asked = self.tr("removing saved search “{name}”").format(name=node.name)
            self.edit_asked.emit(RemoveSearch(int(place.value)), asked)
            self.removed.emit(self.tr("Saved search “{name}” is removed.").format(name=node.name))

    # The menu of a row

    @Slot(str, QPoint)
    def _open_menu(self, key: str, point: QPoint) -> None:
        menu = self.menu_of(key)
        if menu.isEmpty():
            menu.deleteLater()
            return
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(point)

    def _add_folder_actions(self, menu: QMenu, node: Node, path: str) -> None:
        show = partial(self.show_in_files_asked.emit, path)
        menu.addAction(self.tr("Show in file manager"), show).setEnabled(not node.offline)
        if node.root and self._model.changeable:
            if node.offline:
                ask = partial(self.new_disk_asked.emit, path)
                menu.addAction(self.tr("It is on another disk now…"), ask)
            menu.addAction(self.tr("Remove folder…"), partial(self._remove, node))

    def menu_of(self, key: str) -> QMenu:
        """What can be done with a row; empty where nothing can."""
        menu = QMenu(self)
        node = self._model.node(self._model.made(key))
        changeable = self._model.changeable
        if node is None:
            return menu
        place = node.place
        if key == FOLDERS and changeable:
            menu.addAction(self.tr("Add folder…"), self.add_folder_asked.emit)
        elif key in (ALBUMS, NEW_ALBUM) and changeable:
            menu.addAction(self.tr("New album…"), self.new_album)
        elif place is not None and place.kind == "folder":
            self._add_folder_actions(menu, node, place.value)
        elif key in (LABELS, NEW_LABEL) and changeable:
            for asked, text in label_texts():
                menu.addAction(text, partial(self.label_asked.emit, asked, 0))
        elif place is not None and place.kind == "label" and changeable:
            for asked, text in one_label_texts(off=node.off):
                menu.addAction(text, partial(self.label_asked.emit, asked, int(place.value)))
            menu.insertAction(
                menu.actions()[2], menu.addAction(self.tr("Rename"), partial(self._edit, key))
            )
        elif place is not None and place.kind in ("album", "search") and changeable:
            menu.addAction(self.tr("Rename"), partial(self._edit, key))
            delete = self.tr("Delete album") if place.kind == "album" else self.tr("Remove search")
            menu.addAction(delete, partial(self._remove, node))
        if place is not None and place.kind in ("album", "search", "label"):
            if not menu.isEmpty():
                menu.addSeparator()
            gather = partial(self.gather_asked.emit, place)
            menu.addAction(self.tr("Copy or link into a folder…"), gather)
        return menu
