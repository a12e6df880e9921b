"""A picture of the window goes into a file, and nowhere else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.window.screenshot import Screenshot


def taking(qtbot: QtBot, file: Path) -> Screenshot:
    label = QLabel("hello")
    qtbot.addWidget(label)
    return Screenshot(label, lambda: True, file, patience_seconds=60)


def test_a_picture_is_written_over_the_one_before(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "new" / "window.png"
    for _ in range(2):
        with qtbot.waitSignal(taking(qtbot, file).taken, timeout=60_000):
            pass
    assert not QImage(str(file)).isNull()
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
@pytest.mark.timeout(60)
def test_a_pipe_is_not_waited_for(qtbot: QtBot, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "window.png")
    with qtbot.waitSignal(taking(qtbot, tmp_path / "window.png").failed, timeout=60_000) as failed:
        pass
    assert "cannot be written: choose another place" in failed.args[0]


def test_a_place_that_cannot_be_written_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    file = tmp_path / "file" / "window.png"
    with qtbot.waitSignal(taking(qtbot, file).failed, timeout=60_000) as failed:
        pass
    assert "cannot be written" in failed.args[0]
