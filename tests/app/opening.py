"""What the window's tests share beside fixtures."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from app.background import Background
from app.session import Session
from app.window.window import MainWindow
from core.library import Library
from tests.app.fake_library import FakeLibrary

# What the off-screen platform says of itself, and no fault of ours.
HARMLESS = ("This plugin does not support",)


class OpenWindow(Protocol):
    """Opens the window on a fake library; see the fixture open_window."""

    def __call__(
        self, count: int = 0, photos: Path | None = None, **facts: object
    ) -> tuple[MainWindow, FakeLibrary]: ...


def session_on(library: FakeLibrary | Library) -> Session:
    """A session for parts of the window alone, to be opened.

    Nothing in it waits for the first photos to be shown, for nobody shows any.
    """
    session = Session(lambda _write: library, Background())  # type: ignore[arg-type,return-value]
    session.opened.connect(session.begin)
    return session


class LoggedErrors(logging.Handler):
    """Keeps what is logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(self.format(record))


@contextmanager
def nothing_complained_of(qtlog: Any) -> Iterator[LoggedErrors]:
    """Fail on Qt's warnings, as pytest-qt's fixture has them, and on errors that are logged."""
    errors = LoggedErrors()
    logging.getLogger().addHandler(errors)
    yield errors
    logging.getLogger().removeHandler(errors)
    warnings = [r.message for r in qtlog.records if not (r.message or "").startswith(HARMLESS)]
    assert not warnings, warnings
    assert not errors.messages, errors.messages
