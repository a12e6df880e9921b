"""What the window's tests share beside fixtures."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Protocol

from app.window.window import MainWindow
from tests.app.fake_library import FakeLibrary


class OpenWindow(Protocol):
    """Opens the window on a fake library; see the fixture open_window."""

    def __call__(
        self, count: int = 0, photos: Path | None = None, **facts: object
    ) -> tuple[MainWindow, FakeLibrary]: ...


class LoggedErrors(logging.Handler):
    """Keeps what is logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(self.format(record))
