"""What the window remembers from one day to the next; what is damaged there counts as not there."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import get_args

from PySide6.QtCore import QByteArray, QRect, QSettings, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QSplitter

from app.sidebar.places import ALL_PHOTOS, Kind, Place
from core.private_files import make_private_folder, open_private

log = logging.getLogger(__name__)

LONGEST = 1_000_000  # characters of one value: more was not written by us
MOST_TEXTS = 5000
NUMBER = re.compile(r"[0-9]{1,18}")  # of an album or a saved search
SMALLEST = QSize(640, 420)
GRIP = 48  # px of the window that must be on a screen, to be taken hold of

Value = bool | int | float | str | Sequence[str] | Sequence[int]


def private_settings(file: Path) -> QSettings:
    """Values in an INI file that nobody else can read: Qt makes it as the umask says."""
    with suppress(OSError):  # then nothing is kept
        make_private_folder(file.parent)
        open_private(file, "ab").close()
    return QSettings(str(file), QSettings.Format.IniFormat)


class WindowState:
    """Values by key ("grid/side"), and whole widgets.

    `settings`: where they are kept, or None to keep them nowhere. Reads never raise and answer the
    default for anything that is missing, damaged or out of range.
    """

    def __init__(self, settings: QSettings | None) -> None:
        self._settings = settings

    # Values

    def save(self, key: str, value: Value) -> None:
        """Remember a value."""
        if self._settings is not None:
            stored = value if isinstance(value, bool | int | float | str) else list(value)
            self._settings.setValue(key, json.dumps(stored, ensure_ascii=False))

    def forget(self, key: str) -> None:
        """Remember nothing under a key."""
        if self._settings is not None:
            self._settings.remove(key)

    def sync(self) -> None:
        """Write what was saved to the disk."""
        if self._settings is not None:
            self._settings.sync()

    def truth(self, key: str, default: bool) -> bool:
        """Yes or no."""
        value = self._read(key)
        return value if isinstance(value, bool) else default

    def whole(self, key: str, default: int, least: int = 0, most: int = 2**31 - 1) -> int:
        """A whole number from `least` to `most`."""
        value = self._read(key)
        fits = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
        return value if fits and isinstance(value, int) else default

    def share(self, key: str, default: float) -> float:
        """A number from 0 to 1."""
        value = self._read(key)
        fits = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1
        return float(value) if fits and isinstance(value, int | float) else default

    def text(self, key: str, default: str = "", among: Sequence[str] = ()) -> str:
        """A text; one of `among` where that is given."""
        value = self._read(key)
        if not isinstance(value, str) or (among and value not in among):
            return default
        return value

    def texts(self, key: str, default: Sequence[str] = ()) -> tuple[str, ...]:
        """A list of texts."""
        value = self._read(key)
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            return tuple(default)
        return tuple(value[:MOST_TEXTS])

    def _read(self, key: str) -> object:
        if self._settings is None:
            return None
        try:
            stored = self._settings.value(key)
            if not isinstance(stored, str) or len(stored) > LONGEST:
                return None
            return json.loads(stored)
        except Exception:  # whatever lies there, the window opens
            log.info("what is remembered as %s cannot be read", key)
            return None

    # Places

    def save_place(self, place: Place) -> None:
        """Remember where one is."""
        self.save("window/place", [place.kind, place.value, place.title])

    def place(self) -> Place:
        """Where one was; whether it is still there is for others to find out."""
        found = self.texts("window/place")
        if len(found) != 3:
            return ALL_PHOTOS
        for kind in get_args(Kind):
            if kind == found[0] != "problems":
                numbered = kind not in ("album", "label", "search") or NUMBER.fullmatch(found[1])
                return Place(kind, found[1], found[2]) if numbered else ALL_PHOTOS
        return ALL_PHOTOS

    # Widgets

    def save_window(self, window: QMainWindow) -> None:
        """Remember size, place on the screen, and whether it is maximised."""
        self._save_bytes("window/geometry", window.saveGeometry())

    def restore_window(self, window: QMainWindow, usual: QSize) -> None:
        """As it was; on a screen that is there, and large enough to be used."""
        self._restore_bytes("window/geometry", window.restoreGeometry)
        if self._settings is None or not self._settings.contains("window/geometry"):
            window.resize(usual)
        if not window.isMaximized() and not window.isFullScreen():
            wanted = window.geometry()
            room = brought_back(wanted, [s.availableGeometry() for s in QGuiApplication.screens()])
            if room != wanted:
                window.setGeometry(room)

    def save_splitter(self, key: str, splitter: QSplitter) -> None:
        """Remember how a splitter divides its room."""
        self.save(key, splitter.sizes())

    def restore_splitter(self, key: str, splitter: QSplitter) -> None:
        """Divide as before, if there are as many parts as then."""
        sizes = self._read(key)
        if (
            isinstance(sizes, list)
            and len(sizes) == splitter.count()
            and all(type(size) is int and 0 <= size < 100_000 for size in sizes)
            and sum(sizes) > 0
        ):
            splitter.setSizes(sizes)

    def _save_bytes(self, key: str, value: QByteArray) -> None:
        if self._settings is not None:
            self._settings.setValue(key, value)

    def _restore_bytes(self, key: str, restore: Callable[[QByteArray], object]) -> None:
        if self._settings is not None:
            value = self._settings.value(key)
            if isinstance(value, QByteArray) and value.size() <= LONGEST:
                restore(value)


def brought_back(window: QRect, screens: Sequence[QRect]) -> QRect:
    """The place of a window so that it can be seen and taken hold of.

    It is left alone where enough of its upper edge is on a screen; else it goes to the middle of
    the nearest one. It is no larger than the screen it is on.
    """
    if not screens:
        return window
    top = QRect(window.left(), window.top(), max(1, window.width()), GRIP)
    on = [s for s in screens if _seen(top, s)]
    screen = on[0] if on else min(screens, key=lambda s: _apart(window, s))
    size = window.size().expandedTo(SMALLEST).boundedTo(screen.size())
    if on and size == window.size():
        return window
    placed = QRect(window.topLeft(), size)
    if not on:
        placed.moveCenter(screen.center())
    placed.moveLeft(max(screen.left(), min(placed.left(), screen.right() - size.width() + 1)))
    placed.moveTop(max(screen.top(), min(placed.top(), screen.bottom() - size.height() + 1)))
    return placed


def _seen(top: QRect, screen: QRect) -> bool:
    part = top.intersected(screen)
    return part.width() >= GRIP and top.top() >= screen.top() and part.height() >= GRIP // 2


def _apart(window: QRect, screen: QRect) -> int:
    return (window.center() - screen.center()).manhattanLength()
