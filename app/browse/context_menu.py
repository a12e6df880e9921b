"""The menu under the pointer: what can be done with the photos that are meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from app import wording
from app.browse.photo_actions import PhotoActions
from app.widgets.dialog import Dialog
from app.window.menus import fill

if TYPE_CHECKING:
    from app.commands import Commands
    from app.sidebar.places import Place

LOOK = ("photo.view", "photo.open", "photo.show", "search.similar")
SAY = ("photo.favourite", "photo.rotate_left", "photo.rotate_right")
RATINGS = tuple(f"photo.rate_{stars}" for stars in range(6))
HAND_OVER = ("photo.copy_picture", "photo.copy_path", "photo.export")
FILES = ("photo.copy_to", "photo.move_to", "photo.rename")
LAST = ("photo.trash",)
# What needs a file that is here.
NEEDS_FILE = frozenset({"photo.open", "photo.open_with", "photo.show", *HAND_OVER, *FILES, *LAST})


@dataclass(frozen=True)
class Meant:
    """What the menu is about: how many photos, whether any has a file that is here.

    `listed`: they are chosen in the grid, not open already.
    """

    count: int
    here: bool = True
    listed: bool = True


class ContextMenu(QObject):
    """Builds the menu of photos from the commands, and the menu of albums.

    `commands` that a window lacks are left out. `meant` tells what is chosen when a menu opens.
    """

    def __init__(
        self,
        commands: Commands,
        actions: PhotoActions,
        meant: Callable[[], Meant],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._commands = commands
        self._actions = actions
        self._meant = meant
        self._window = window
        self._albums: list[tuple[int, str]] = []
        self._place: Place | None = None
        self._programs: Callable[[QWidget], QMenu] | None = None

    def offer_programs(self, menu: Callable[[QWidget], QMenu]) -> None:
        """Have `menu` make the one of programs to open photos with, for a parent."""
        self._programs = menu

    def add_commands(self, commands: Commands, where: Sequence[QWidget]) -> None:
        """Make the commands of albums, which open a menu or ask for a name."""
        group = self.tr("Photo")
        commands.add(
            "photo.add_to_album",
            self.tr("Add to album…"),
            self.choose_album,
            keys=("Ctrl+Shift+A",),
            icon="album",
            where=where,
            group=group,
        )
        commands.add(
            "photo.remove_from_album",
            self.tr("Remove from this album"),
            self.remove_from_album,
            keys=("Shift+Del",),
            where=where,
            group=group,
        )
        commands["photo.remove_from_album"].setEnabled(False)

    @Slot(list)
    def set_albums(self, albums: Sequence[tuple[int, str]]) -> None:
        """These albums are there, by id and name."""
        self._albums = list(albums)

    @Slot(object)
    def set_place(self, place: Place) -> None:
        """This place is shown: photos can be taken out of an album only there."""
        self._place = place
        if "photo.remove_from_album" in self._commands:
            self._commands["photo.remove_from_album"].setEnabled(place.kind == "album")

    @Slot(QPoint)
    def open(self, point: QPoint) -> None:
        """Open the menu at a point of the screen."""
        menu = self.build()
        menu.aboutToHide.connect(menu.deleteLater, Qt.ConnectionType.QueuedConnection)
        menu.popup(point)

    def build(self) -> QMenu:
        """The menu for what is chosen now."""
        menu = QMenu(self._window)
        menu.setToolTipsVisible(True)
        meant = self._meant()
        self.enable(meant)
        self._group(menu, LOOK[:2])
        if self._programs is not None:
            programs = menu.addMenu(self._programs(menu))
            programs.setEnabled(meant.count > 0 and meant.here)
        fill(menu, self._commands, LOOK[2:])
        self._group(menu, SAY[:1])
        self._add_menu(menu, self.tr("Rating"), RATINGS, meant)
        if "photo.add_to_album" in self._commands:
            albums = self.album_menu(menu)
            albums.menuAction().setEnabled(meant.count > 0)
            menu.addMenu(albums)
            if self._place is not None and self._place.kind == "album":
                menu.addAction(self._commands["photo.remove_from_album"])
        fill(menu, self._commands, ("photo.label", *SAY[1:]))
        for names in (HAND_OVER, FILES, LAST):
            self._group(menu, names)
        return menu

    def enable(self, meant: Meant) -> None:
        """Let only those commands be used that apply to what is chosen.

        Where the library is only read, what would change it stays, and says why it cannot.
        """
        for name in (
            *LOOK,
            "photo.open_with",
            *SAY,
            *RATINGS,
            *HAND_OVER,
            *FILES,
            *LAST,
            "photo.label",
            "photo.add_to_album",
        ):
            if name in self._commands:
                applies = meant.count > 0 and (meant.here or name not in NEEDS_FILE)
                self._commands[name].setEnabled(applies)
        if "photo.view" in self._commands:
            self._commands["photo.view"].setEnabled(meant.count > 0 and meant.listed)

    def album_menu(self, parent: QWidget) -> QMenu:
        """A menu of the albums, and a new one."""
        menu = QMenu(self.tr("Add to album"), parent)
        for album_id, name in self._albums:
            action = QAction(wording.shown(name).replace("&", "&&"), menu)
            action.triggered.connect(partial(self._add, album_id, name))
            menu.addAction(action)
        if self._albums:
            menu.addSeparator()
        new = QAction(self.tr("New album…"), menu)
        new.triggered.connect(self.new_album)
        menu.addAction(new)
        return menu

    @Slot()
    def choose_album(self) -> None:
        """Open the menu of albums in the middle of the window, for the keyboard."""
        if self._meant().count:
            menu = self.album_menu(self._window)
            menu.aboutToHide.connect(menu.deleteLater, Qt.ConnectionType.QueuedConnection)
            middle = self._window.mapToGlobal(self._window.rect().center())
            menu.popup(middle - QPoint(menu.sizeHint().width() // 2, 0))
            if menu.actions():
                menu.setActiveAction(menu.actions()[0])

    @Slot()
    def new_album(self) -> None:
        """Ask for a name and make an album of what is chosen."""
        dialog = Dialog(self.tr("New album"), self._window, primary=self.tr("Make album"))
        name = QLineEdit()
        name.setObjectName("album_name")
        name.setPlaceholderText(self.tr("Name of the album"))
        name.setAccessibleName(self.tr("Name of the album"))
        dialog.content.addWidget(name)
        dialog.accepted.connect(partial(self._create, name))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        name.setFocus()

    @Slot()
    def remove_from_album(self) -> None:
        """Take what is chosen out of the album that is shown."""
        if self._place is not None and self._place.kind == "album":
            self._actions.remove_from_album(int(self._place.value), self._place.title)

    def _add(self, album_id: int, name: str, _checked: bool = False) -> None:
        self._actions.add_to_album(album_id, name)

    def _create(self, field: QLineEdit) -> None:
        name = " ".join(field.text().split())
        if name:
            self._actions.create_album(name)

    def _group(self, menu: QMenu, names: Sequence[str]) -> None:
        if not menu.isEmpty():
            menu.addSeparator()
        fill(menu, self._commands, names)

    def _add_menu(self, menu: QMenu, title: str, names: Sequence[str], meant: Meant) -> None:
        inner = menu.addMenu(title)
        fill(inner, self._commands, names)
        inner.menuAction().setEnabled(meant.count > 0)
