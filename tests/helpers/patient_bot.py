"""pytest-qt's bot with patience: a machine that is slow and busy is no reason to give up."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.helpers.patience import PATIENCE_MS

FEWEST_LOOKS = 100


class PatientBot(QtBot):
    """Waits for `PATIENCE_MS` where nothing else is said, instead of for five seconds.

    Widgets that are added live until `close_widgets`, which comes after the fixtures that use them:
    what a session answers while it closes still finds them, as it does in the window.
    """

    def __init__(self, request: pytest.FixtureRequest) -> None:
        super().__init__(request)
        self._widgets: list[QWidget] = []

    def addWidget(  # noqa: N802
        self, widget: QWidget, *, before_close_func: Callable[[QWidget], None] | None = None
    ) -> None:
        """Have a widget closed and deleted at the end."""
        assert before_close_func is None
        self._widgets.append(widget)

    def close_widgets(self) -> None:
        """Close and delete what was added, here and now: nothing of it meets the next test."""
        for widget in self._widgets:
            if isValid(widget):
                widget.close()
                widget.deleteLater()
        self._widgets.clear()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def waitUntil(  # noqa: N802
        self, callback: Callable[[], Any], *, timeout: int = PATIENCE_MS
    ) -> None:
        """Wait until `callback` is true.

        Unlike QtBot's: by a clock that nobody sets, and never given up before the event loop had
        its turns, however long the whole machine stood still.
        """
        __tracebackhide__ = True
        deadline = time.monotonic() + timeout / 1000
        looks = 0
        while not callback():
            looks += 1
            if looks >= FEWEST_LOOKS and time.monotonic() > deadline:
                raise TimeoutError(f"it did not happen within {timeout / 1000:g} s")
            self.wait(10)

    def waitSignal(  # noqa: N802
        self, signal: Any, *, timeout: int = PATIENCE_MS, **more: Any
    ) -> Any:
        """Wait for a signal."""
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitActive(  # noqa: N802
        self, widget: QWidget, *, timeout: int = PATIENCE_MS
    ) -> Any:
        """Wait until a window is the one with the keyboard."""
        return super().waitActive(widget, timeout=timeout)

    def waitExposed(  # noqa: N802
        self, widget: QWidget, *, timeout: int = PATIENCE_MS
    ) -> Any:
        """Wait until a window is drawn."""
        return super().waitExposed(widget, timeout=timeout)

    def waitSignals(  # noqa: N802
        self, signals: Any, *, timeout: int = PATIENCE_MS, **more: Any
    ) -> Any:
        """Wait for several signals."""
        return super().waitSignals(signals, timeout=timeout, **more)
