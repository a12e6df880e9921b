"""Whether a window can be shown at all, found out before Qt, which would end the process.

Qt aborts when its platform plugin lacks a library or finds no display. So the plugin is loaded, and
the display reached, by hand first. Only Linux needs this.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from core.errors import SouvenirError

COMMAND_LINE = 'use the command line: souvenir index FOLDER, then souvenir search "…"'

# Debian's and Ubuntu's packages of the libraries that PySide6 leaves to the system.
PACKAGES = (
    "libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1 libglib2.0-0 "
    "libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 "
    "libxcb-render-util0 libxcb-shape0 libxcb-xkb1"
)


class NoWindowError(SouvenirError):
    """A window cannot be shown here; the sentence says why and what to do instead."""


def choose_platform(environment: Mapping[str, str], *, off_screen: bool) -> str | None:
    """The Qt platform to ask for; None leaves it to Qt. Raises NoWindowError without a display."""
    if environment.get("QT_QPA_PLATFORM"):
        return None
    if off_screen:
        return "offscreen"
    if sys.platform != "linux":
        return None
    if not environment.get("DISPLAY") and not environment.get("WAYLAND_DISPLAY"):
        raise NoWindowError(f"There is no display to open the window on: {COMMAND_LINE}.")
    return None


def check_libraries() -> None:
    """Load Qt. Raises NoWindowError that names what the system lacks."""
    try:
        importlib.import_module("PySide6.QtWidgets")
    except ImportError as error:
        raise _lacking(error) from error
    if sys.platform == "linux":
        for plugin in _plugins(os.environ):
            try:
                ctypes.CDLL(str(plugin))
            except OSError as error:
                raise _lacking(error) from error


def check_display(environment: Mapping[str, str]) -> None:
    """Reach the display. Raises NoWindowError when the X server does not answer."""
    platform = environment.get("QT_QPA_PLATFORM", "")
    wayland = environment.get("WAYLAND_DISPLAY") and platform in ("", "wayland")
    if sys.platform != "linux" or wayland or platform not in ("", "xcb"):
        return
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    if refused:
        name = environment.get("DISPLAY", "")
        raise NoWindowError(f"The display {name} cannot be reached: {COMMAND_LINE}.")


def _plugins(environment: Mapping[str, str]) -> list[Path]:
    """The platform plugin that Qt will load first."""
    spec = importlib.util.find_spec("PySide6")
    if spec is None or spec.origin is None:
        return []
    name = environment.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if not name:
        name = "wayland" if environment.get("WAYLAND_DISPLAY") else "xcb"
    plugin = Path(spec.origin).parent / "Qt" / "plugins" / "platforms" / f"libq{name}.so"
    return [plugin] if plugin.exists() else []


def _lacking(error: Exception) -> NoWindowError:
    found = re.search(r"lib[\w.+-]+\.so[\w.]*", str(error))
    what = found[0] if found else str(error)
    return NoWindowError(
        f"The window needs {what}, which this system lacks: sudo apt-get install {PACKAGES} "
        f"(or the like elsewhere). Without a window, {COMMAND_LINE}."
    )
