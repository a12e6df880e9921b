"""The main menu, made from the commands: one button at the left of the header opens it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QWidget

if TYPE_CHECKING:
    from app.commands import Commands

# Names of commands; None is a line between them. Those that a window lacks are left out.
Entries = Sequence[str | None]
FILE: Entries = (
    "folder.add",
    "album.new",
    "search.save",
    None,
    "photo.open",
    "photo.open_with",
    "photo.show",
    "photo.export",
    "tags.write",
    None,
    "app.settings",
    "app.quit",
)
EDIT: Entries = (
    "edit.undo",
    "edit.redo",
    None,
    "edit.select_all",
    "edit.select_less_likely",
    "photo.copy_picture",
    "photo.copy_path",
    "search.paste_photo",
    None,
    "search.focus",
    "search.similar",
    "search.clear_history",
)
PHOTO: Entries = (
    "photo.view",
    None,
    "photo.favourite",
    *(f"photo.rate_{stars}" for stars in range(6)),
    None,
    "photo.rotate_left",
    "photo.rotate_right",
    None,
    "photo.add_to_album",
    "photo.remove_from_album",
    None,
    "photo.copy_to",
    "photo.move_to",
    "photo.rename",
    "photo.trash",
)
LABELS: Entries = (
    "label.new",
    "label.sets",
    None,
    "label.teach",
    "label.prompts",
    "label.switch",
    "label.remove",
    None,
    "photo.label",
    "photo.label_yes",
    "photo.label_no",
    None,
    "label.import",
    "label.export",
    "label.export_tags",
)
VIEW: Entries = (
    "view.sidebar",
    "view.inspector",
    "view.labels",
    "view.filmstrip",
    None,
    "view.larger",
    "view.smaller",
    "view.go_to_name",
    None,
    "view.zoom_in",
    "view.zoom_out",
    "view.fit",
    "view.actual_size",
    None,
    "view.compare",
    "view.less_likely",
    "view.slide_show",
    "view.full_screen",
    None,
    "problems.show",
    "indexing.pause",
)


def main_menu(commands: Commands, parent: QWidget) -> QMenu:
    """Build the menu with everything that can be done."""
    menu = QMenu(parent)
    for title, entries in (
        (_tr("File"), FILE),
        (_tr("Edit"), EDIT),
        (_tr("Photo"), PHOTO),
        (_tr("Labels"), LABELS),
        (_tr("View"), VIEW),
    ):
        fill(menu.addMenu(title), commands, entries)
    return menu


def fill(menu: QMenu, commands: Commands, entries: Entries) -> None:
    """Add commands by name to a menu; lines at its ends and doubled ones are left out."""
    waiting = False
    for name in entries:
        if name is None:
            waiting = not menu.isEmpty()
        elif name in commands:
            if waiting:
                menu.addSeparator()
                waiting = False
            menu.addAction(commands[name])


def _tr(text: str) -> str:
    return QCoreApplication.translate("menus", text)
