from __future__ import annotations

import subprocess
import sys

import pytest

# Counts the threads of a process before and after a picture is drawn larger than it is.
DRAWING = """
from pathlib import Path
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from app.desktop.painting import draw_on_one_thread

{first}
application = QGuiApplication([])
paper = QImage(600, 600, QImage.Format.Format_RGB32)
photo = QImage(200, 200, QImage.Format.Format_ARGB32_Premultiplied)
photo.fill(0xff336699)
before = set(Path("/proc/self/task").iterdir())
painter = QPainter(paper)
painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
painter.drawImage(QRect(0, 0, 600, 600), photo)
painter.end()
print(len(set(Path("/proc/self/task").iterdir()) - before))
"""


def threads_started_to_draw(first: str) -> int:
    said = subprocess.run(
        [sys.executable, "-c", DRAWING.format(first=first)],
        capture_output=True,
        text=True,
        check=True,
    )
    return int(said.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="threads of Qt's own are counted in /proc")
def test_a_frame_waits_for_no_other_thread() -> None:
    assert threads_started_to_draw("draw_on_one_thread()") == 0
