from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication

import app as app_package
from app.widgets.icons import ICONS, icon, icon_image

RED = QColor("#ff0000")


def colours(image: QImage) -> set[str]:
    pixels = [(x, y) for x in range(image.width()) for y in range(image.height())]
    return {image.pixelColor(*at).name() for at in pixels if image.pixelColor(*at).alpha() > 250}


def coverage(image: QImage) -> float:
    pixels = [(x, y) for x in range(image.width()) for y in range(image.height())]
    return sum(image.pixelColor(*at).alphaF() for at in pixels) / len(pixels)


@pytest.mark.parametrize("name", [path.stem for path in sorted(ICONS.glob("*.svg"))])
def test_every_icon_is_drawn_in_the_colour_asked_for(name: str, qapp: QApplication) -> None:
    assert qapp is not None
    found = colours(icon(name, RED, 32).pixmap(32, 32).toImage())
    assert found == {"#ff0000"} or name == "souvenir"


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_an_icon_has_a_drawing_of_its_own_for_every_scale(scale: float, qapp: QApplication) -> None:
    assert qapp is not None
    pixmap = icon("search", RED, 16).pixmap(QSize(16, 16), scale)
    assert pixmap.width() == 16 * scale
    drawn = icon_image("search", RED, round(16 * scale))
    assert coverage(pixmap.toImage()) == pytest.approx(coverage(drawn), abs=0.01)


def test_disabled_is_paler(qapp: QApplication) -> None:
    assert qapp is not None
    star = icon("star", RED, 16)
    normal = coverage(star.pixmap(16, 16).toImage())
    disabled = coverage(star.pixmap(QSize(16, 16), QIcon.Mode.Disabled).toImage())
    assert 0.3 * normal < disabled < 0.5 * normal


def test_a_filled_star_covers_more_than_its_outline(qapp: QApplication) -> None:
    assert qapp is not None
    outline, filled = (icon_image("star", RED, 32, filled=filled) for filled in (False, True))
    assert coverage(filled) > 1.3 * coverage(outline)


def test_a_colour_half_transparent_is_drawn_so(qapp: QApplication) -> None:
    assert qapp is not None
    half = QColor(255, 0, 0, 128)
    whole, pale = coverage(icon_image("x", RED, 24)), coverage(icon_image("x", half, 24))
    assert pale == pytest.approx(whole / 2, rel=0.05)


def test_the_set_comes_with_its_licence() -> None:
    assert "Lucide" in (ICONS / "LICENSE").read_text("utf-8")


def test_the_set_holds_what_the_window_draws_and_nothing_else() -> None:
    app = Path(app_package.__file__).parent
    sources = "".join(path.read_text("utf-8") for path in app.rglob("*.py"))
    there = {path.stem for path in ICONS.glob("*.svg")}
    assert {name for name in there if f'"{name}"' not in sources} == set()
    assert set(re.findall(r'icon(?:_image|_name)?\s?(?:\(|=\s?)"([a-z0-9-]+)"', sources)) <= there


STANDS_STILL = """
import faulthandler, sys, threading
from PySide6.QtGui import QColor, QGuiApplication, QImageReader
from app.widgets import icons

application = QGuiApplication(["icons", "-platform", "offscreen"])
faulthandler.dump_traceback_later(60, exit=True)  # a thread of C, that needs no lock of Python's
over = threading.Event()

def read() -> None:
    while not over.is_set():
        QImageReader(sys.argv[1]).size()

threads = [threading.Thread(target=read) for _ in range(2)]
for thread in threads:
    thread.start()
for pixels in range(8, 308):
    icons.icon_image("star", QColor("red"), pixels)
over.set()
for thread in threads:
    thread.join()
"""


def test_icons_are_drawn_while_threads_read_thumbnails(tmp_path: Path) -> None:
    """In a process of its own, which two locks taken in two orders would stop for ever."""
    picture = QImage(64, 64, QImage.Format.Format_RGB32)
    picture.fill(RED)
    picture.save(str(tmp_path / "photo.jpg"))
    command = [sys.executable, "-c", STANDS_STILL, str(tmp_path / "photo.jpg")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
