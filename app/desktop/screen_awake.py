"""Keeping the screen awake while a slide show runs, in the way of each platform.

Whatever becomes of Souvenir, the screen may sleep again: every way ends with the process at the
latest.
"""

from __future__ import annotations

import ctypes
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import count

from PySide6.QtCore import QObject, Slot

log = logging.getLogger(__name__)

LetGo = Callable[[], None]

# org.freedesktop.ScreenSaver of the Idle Inhibition Service; KDE, GNOME, Xfce and others have it.
SERVICE = "org.freedesktop.ScreenSaver"
PATH = "/org/freedesktop/ScreenSaver"
# winbase.h: SetThreadExecutionState
ES_CONTINUOUS, ES_SYSTEM_REQUIRED, ES_DISPLAY_REQUIRED = 0x80000000, 0x1, 0x2

_connections = count(1)


class ScreenAwake(QObject):
    """Whether the screen is kept awake. `keep`: does it, and returns what ends it."""

    def __init__(
        self, keep: Callable[[], LetGo] | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._keep = keep or keep_awake
        self._let_go: LetGo | None = None

    @Slot(bool)
    def set_awake(self, awake: bool) -> None:
        """Keep the screen awake from now on, or no longer."""
        if awake and self._let_go is None:
            self._let_go = self._keep()
        elif not awake and self._let_go is not None:
            let_go, self._let_go = self._let_go, None
            let_go()


def keep_awake() -> LetGo:
    """Keep the screen awake until what is returned is called; nothing where nobody can be asked."""
    try:
        if sys.platform == "win32":
            return _by_windows()
        if sys.platform == "darwin":
            return _by_caffeinate()
        return _by_bus()
    except (OSError, ImportError, AttributeError) as error:
        log.info("the screen cannot be kept awake: %s", error)
        return _nothing


def _by_bus() -> LetGo:
    """Ask on a connection of its own: the service lets go when that is closed.

    So there is no cookie to wait for, nor one to lose.
    """
    from PySide6.QtDBus import QDBusConnection, QDBusMessage

    name = f"souvenir-slide-show-{next(_connections)}"
    bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, name)

    def let_go() -> None:
        QDBusConnection.disconnectFromBus(name)

    if not bus.isConnected():
        let_go()
        return _nothing
    call = QDBusMessage.createMethodCall(SERVICE, PATH, SERVICE, "Inhibit")
    call.setArguments(["Souvenir", "Slide show"])
    bus.asyncCall(call)
    return let_go


def _by_windows() -> LetGo:
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined, unused-ignore]
    kernel.SetThreadExecutionState(ES_CONTINUOUS | ES_SYSTEM_REQUIRED | ES_DISPLAY_REQUIRED)
    return lambda: kernel.SetThreadExecutionState(ES_CONTINUOUS)


def _by_caffeinate() -> LetGo:
    """-d: the display does not sleep; -w: no longer than this process lives."""
    process = subprocess.Popen(["caffeinate", "-d", "-w", str(os.getpid())])  # noqa: S603, S607

    def let_go() -> None:
        process.terminate()
        process.wait()

    return let_go


def _nothing() -> None:
    """Let go of nothing."""
