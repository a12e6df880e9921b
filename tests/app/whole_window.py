"""The whole window on a real library of four photos, without model or indexing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.theme import LIGHT
from app.window.window import MainWindow
from core.library import Library
from tests.app.real_files import RealFiles

COLOURS = ("red", "green", "blue", "gray")


@contextmanager
def whole_window(
    base: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[MainWindow, RealFiles]]:
    """Open it with 0.png … 3.png, the second one chosen; it is closed in order afterwards."""
    files = RealFiles(base, monkeypatch)
    # The real one again: the whole window asks it.
    monkeypatch.setattr(files.library, "status", partial(Library.status, files.library))
    for number, colour in enumerate(COLOURS):
        files.add(f"{number}.png", colour)
    window = MainWindow(files.session, LIGHT)
    window.resize(1200, 800)
    window.show()
    qtbot.waitUntil(lambda: len(window.model.ids) == len(COLOURS))
    window.browse.grid.choice.only(1)
    qtbot.waitUntil(lambda: not files.session.background.busy)
    yield window, files
    with qtbot.waitSignal(window.closed):
        window.quit()
    window.deleteLater()
