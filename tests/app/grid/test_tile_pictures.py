from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPixmap

from app.grid.photo_row import PhotoRow
from app.grid.tile_painter import Tile, TilePainter
from app.grid.tile_pictures import covering
from app.theme import DARK
from tests.app.grid.grids import row

pytestmark = pytest.mark.usefixtures("qtbot")

SIDE = 100
BOX = QRect(50, 50, SIDE, SIDE)
RED = QColor(200, 30, 30)


def tile(
    pixmap: QPixmap | None = None,
    preview: QImage | None = None,
    facts: PhotoRow | None = None,
    **more: bool,
) -> Tile:
    plain = dict.fromkeys(("missing", "less_likely", "selected", "current", "hovered"), False)
    return Tile(facts, pixmap, preview, relevance=None, **{**plain, **more})


def red(width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(RED)
    return image


def drawn(*tiles: Tile) -> QImage:
    """The tiles beside each other, on the window's colour."""
    paper = QImage(SIDE * 2 * len(tiles), SIDE * 2, QImage.Format.Format_RGB32)
    paper.fill(DARK.colour("window"))
    painter = QPainter(paper)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    places = [BOX.translated(n * SIDE * 2, 0) for n in range(len(tiles))]
    TilePainter(DARK, QFont()).tiles(painter, list(zip(places, tiles, strict=True)))
    painter.end()
    return paper


@pytest.mark.parametrize("side", [SIDE, SIDE - 30, SIDE + 50, 3 * SIDE])
def test_a_picture_of_any_size_fills_its_tile(side: int) -> None:
    paper = drawn(tile(QPixmap.fromImage(red(side, side))))
    assert paper.pixelColor(BOX.center()) == RED
    assert paper.pixelColor(BOX.topLeft() + QPoint(2, SIDE // 2)) == RED
    assert paper.pixelColor(BOX.topLeft() - QPoint(1, -SIDE // 2)) == DARK.colour("window")


def test_the_middle_of_a_picture_of_another_shape_is_shown() -> None:
    wide = red(3 * SIDE, SIDE)
    painter = QPainter(wide)
    painter.fillRect(0, 0, SIDE, SIDE, Qt.GlobalColor.blue)
    painter.fillRect(2 * SIDE, 0, SIDE, SIDE, Qt.GlobalColor.blue)
    painter.end()
    paper = drawn(tile(QPixmap.fromImage(wide)))
    assert paper.pixelColor(BOX.topLeft() + QPoint(2, SIDE // 2)) == RED
    assert paper.pixelColor(BOX.topRight() + QPoint(-2, SIDE // 2)) == RED


def test_the_preview_of_a_picture_has_round_corners() -> None:
    paper = drawn(tile(preview=red(14, 14)))
    assert paper.pixelColor(BOX.center()) == RED
    for corner in (BOX.topLeft(), BOX.topRight(), BOX.bottomLeft(), BOX.bottomRight()):
        assert paper.pixelColor(corner) == DARK.colour("window")


def test_a_picture_that_is_not_there_yet_has_its_place() -> None:
    paper = drawn(tile(), tile(facts=row(1), missing=True))
    assert paper.pixelColor(BOX.center()) == DARK.colour("field")
    lost = BOX.translated(SIDE * 2, 0)
    assert paper.copy(lost) != paper.copy(BOX)


def test_each_picture_is_as_pale_as_its_photo_asks() -> None:
    pixmap = QPixmap.fromImage(red(SIDE, SIDE))
    paper = drawn(
        tile(pixmap),
        tile(pixmap, facts=row(1, offline=True)),
        tile(pixmap, less_likely=True),
        tile(pixmap, less_likely=True, selected=True),
        tile(pixmap),
    )
    plain, offline, unlikely, selected, last = (
        paper.pixelColor(BOX.center() + QPoint(n * SIDE * 2, 0)).red() for n in range(5)
    )
    assert plain == selected == last == RED.red()
    assert plain > offline > unlikely > DARK.colour("window").red()


@pytest.mark.parametrize("whole", [QSize(512, 341), QSize(100, 900), QSize(7, 7)])
@pytest.mark.parametrize("box", [QSize(152, 152), QSize(300, 90), QSize(1, 480)])
def test_what_covers_a_box_has_its_shape_and_is_in_the_middle(whole: QSize, box: QSize) -> None:
    part = covering(whole, box)
    assert QRect(QPoint(), whole).contains(part)
    assert part.width() == whole.width() or part.height() == whole.height()
    assert abs(part.width() * box.height() - part.height() * box.width()) <= max(
        box.width(), box.height()
    )
    assert abs(whole.width() - part.width() - 2 * part.x()) <= 1
    assert abs(whole.height() - part.height() - 2 * part.y()) <= 1
