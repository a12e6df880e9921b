"""All commands of the window: those of its parts, and its own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.files.tag_writing import TagWriting
from app.grid.name_finder import NameFinder
from app.labels.commands import add_label_commands
from app.window.menus import main_menu

if TYPE_CHECKING:
    from app.window.window import MainWindow


def add_commands(window: MainWindow) -> None:
    """Let every part add its commands, and make the menu of them."""
    commands, chosen = window.commands, window.navigation.chosen
    grid, viewer = window.browse.grid, window.viewer
    photos = (grid, viewer, window.compare)
    for part in (window.sidebar, window.problems, viewer, window.feed, window.undo):
        part.add_commands(commands)
    window.assistant.add_commands(commands, browse=window.browse)
    window.compare.add_commands(commands, chosen, (grid, viewer))
    for actions in (window.photo_actions, window.context_menu, window.file_actions):
        actions.add_commands(commands, photos)
    add_label_commands(window.labels, commands, chosen, (grid, viewer), window)
    TagWriting(window.session, window).add_commands(commands)
    _add_own_commands(window)
    window.header.set_menu(main_menu(commands, window))


def _add_own_commands(window: MainWindow) -> None:
    """The inspector, selecting, the size of photos, settings and the end."""
    commands, grid, desk = window.commands, window.browse.grid, window.desk
    view, program = _tr("View"), _tr("Program")
    inspector = commands.add(
        "view.inspector",
        _tr("Inspector"),
        lambda: desk.set_inspector_shown(not desk.shows_inspector),
        group=view,
        keys=("I", "F10"),
        icon="panel-right",
        where=(grid, window.viewer),
        checkable=True,
    )
    desk.inspector_shown.connect(inspector.setChecked)
    for name, text, steps, keys, icon in (
        ("view.larger", _tr("Larger photos"), 1, ("Ctrl++", "Ctrl+="), "zoom-in"),
        ("view.smaller", _tr("Smaller photos"), -1, ("Ctrl+-",), "zoom-out"),
    ):
        commands.add(
            name, text, partial(grid.zoom, steps), group=view, keys=keys, icon=icon, where=(grid,)
        )
    commands.add(
        "photo.view",
        _tr("Open"),
        window.navigation.open_chosen,
        group=_tr("Photo"),
        keys=("Return",),
        where=(grid,),
    )
    select_all = commands.add(
        "edit.select_all",
        _tr("Select all"),
        grid.choice.select_all,
        group=_tr("Photo"),
        keys=("Ctrl+A",),
        where=(grid,),
    )
    select_all.setAutoRepeat(False)  # pressed twice it selects more
    commands.add(
        "edit.select_less_likely",
        _tr("Select all, the less likely too"),
        grid.choice.everything,
        group=_tr("Photo"),
        where=(grid,),
    )
    commands.add(
        "view.go_to_name",
        _tr("Go to name…"),
        NameFinder(grid, window.browse).open,
        group=view,
        keys=("Ctrl+G",),
        where=(grid,),
    )
    commands.add(
        "app.settings",
        _tr("Settings…"),
        window.settings_dialog.show_page,
        group=program,
        keys=("Ctrl+,",),
        icon="settings",
    )
    commands.add("app.quit", _tr("Quit"), window.quit, group=program, keys=("Ctrl+Q",), icon="x")


def _tr(text: str) -> str:
    return QCoreApplication.translate("window_commands", text)
