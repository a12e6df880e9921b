"""The viewer's commands and their keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.viewer.picture_view import STEP

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.commands import Commands
    from app.viewer.viewer import Viewer


def add_viewer_commands(viewer: Viewer, commands: Commands) -> None:
    """Make them; keys work while the viewer has the keyboard."""
    view, show = viewer.view, viewer.slide_show

    def add(name: str, text: str, run: Callable[[], object], *keys: str, icon: str = "") -> None:
        commands.add(name, text, run, keys=keys, icon=icon, where=(viewer,), group=_tr("Viewer"))

    add("view.back", _tr("Back to the photos"), viewer.escape, "Esc", icon="chevron-left")
    add("view.next", _tr("Next photo"), partial(viewer.go_on, 1), "PgDown")
    add("view.previous", _tr("Previous photo"), partial(viewer.go_on, -1), "PgUp", "Backspace")
    add("view.first", _tr("First photo"), partial(viewer.go_to_end, last=False), "Home")
    add("view.last", _tr("Last photo"), partial(viewer.go_to_end, last=True), "End")
    add("view.less_likely", _tr("Go on to the less likely photos"), viewer.to_less_likely, "M")
    add("view.left", _tr("Previous photo, or left in it"), partial(viewer.arrow, -1, 0), "Left")
    add("view.right", _tr("Next photo, or right in it"), partial(viewer.arrow, 1, 0), "Right")
    add("view.up", _tr("Previous photo, or up in it"), partial(viewer.arrow, 0, -1), "Up")
    add("view.down", _tr("Next photo, or down in it"), partial(viewer.arrow, 0, 1), "Down")
    zoom_in = partial(view.zoom_by, STEP)
    zoom_out = partial(view.zoom_by, 1 / STEP)
    add("view.zoom_in", _tr("Zoom in"), zoom_in, "+", "=", "Ctrl++", "Ctrl+=", icon="zoom-in")
    add("view.zoom_out", _tr("Zoom out"), zoom_out, "-", "Ctrl+-", icon="zoom-out")
    add("view.fit", _tr("Fit to the window"), view.fit, "Ctrl+0", icon="minimize")
    add("view.actual_size", _tr("Actual size, 100 %"), view.actual_size, "Ctrl+1", icon="maximize")
    add("view.toggle_zoom", _tr("Fit or actual size"), viewer.toggle_zoom, "Z")
    add("view.play", _tr("Play or hold an animation"), view.toggle_play, "K", icon="play")
    add("view.full_screen", _tr("Full screen"), viewer.screen_use.toggle, "F11", icon="fullscreen")
    add("view.slide_show", _tr("Slide show"), viewer.toggle_slide_show, "F5", icon="play")
    add("view.pause", _tr("Pause the slide show"), show.toggle_pause, "P", icon="pause")
    add("view.slower", _tr("Slide show: longer for each photo"), show.slower, ",")
    add("view.faster", _tr("Slide show: shorter for each photo"), show.faster, ".")
    strip = commands.add(
        "view.filmstrip",
        _tr("Filmstrip"),
        viewer.toggle_strip,
        keys=("T",),
        icon="panel-bottom",
        where=(viewer,),
        checkable=True,
        group=_tr("Viewer"),
    )
    strip.setChecked(True)


def _tr(text: str) -> str:
    return QCoreApplication.translate("viewer", text)
