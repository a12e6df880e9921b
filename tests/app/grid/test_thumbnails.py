from __future__ import annotations

import threading
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from app.background import Background
from app.grid.thumbnails import Thumbnails
from app.grid.tile_reading import TINY, Wanted, read_preview, read_tile
from tests.helpers.patience import PATIENCE


def wanted(photo_id: int, side: int = 20) -> Wanted:
    return Wanted(photo_id, Path(f"/{photo_id}.jpg"), side, side, 0)


def no_preview(_: Wanted) -> None:
    return None


class Reader:
    """Notes what is read; the first read waits for the gate."""

    def __init__(self) -> None:
        self.read: list[int] = []
        self.gate = threading.Event()
        self.begun = threading.Event()

    def __call__(self, one: Wanted) -> QImage | None:
        self.read.append(one.photo_id)
        self.begun.set()
        self.gate.wait(PATIENCE)
        if one.photo_id < 0:
            return None
        image = QImage(one.width, one.height, QImage.Format.Format_RGB32)
        image.fill(QColor("red"))
        return image


def test_what_is_in_view_now_is_read_and_what_was_scrolled_away_is_not(
    background: Background, qtbot: QtBot
) -> None:
    reader = Reader()
    thumbnails = Thumbnails(background, threads=1, read=reader, preview=no_preview)
    thumbnails.want([wanted(n) for n in range(1, 50)])
    qtbot.waitUntil(reader.begun.is_set)
    for page in range(2, 20):  # scrolling through, page by page
        thumbnails.want([wanted(page * 100 + n) for n in range(3)])
    reader.gate.set()
    qtbot.waitUntil(lambda: thumbnails.complete)
    assert reader.read == [1, 1900, 1901, 1902]


def test_nothing_more_is_begun_while_what_is_in_view_changes(
    background: Background, qtbot: QtBot
) -> None:
    reader = Reader()
    thumbnails = Thumbnails(background, threads=1, read=reader, preview=no_preview)
    thumbnails.want([wanted(n) for n in range(1, 50)])
    qtbot.waitUntil(reader.begun.is_set)
    thumbnails.hold()
    reader.gate.set()
    qtbot.waitUntil(lambda: thumbnails.pixmap(1) is not None)
    thumbnails.want([wanted(100), wanted(101)])
    qtbot.waitUntil(lambda: thumbnails.complete)
    assert reader.read == [1, 100, 101]


def test_a_thumbnail_that_is_being_read_is_not_read_twice(
    background: Background, qtbot: QtBot
) -> None:
    reader = Reader()
    thumbnails = Thumbnails(background, threads=2, read=reader, preview=no_preview)
    thumbnails.want([wanted(1)])
    qtbot.waitUntil(reader.begun.is_set)
    thumbnails.want([wanted(1), wanted(2)])
    reader.gate.set()
    qtbot.waitUntil(lambda: thumbnails.complete)
    thumbnails.want([wanted(1), wanted(2)])
    assert thumbnails.complete
    assert sorted(reader.read) == [1, 2]


KEPT = 12 * 20 * 20 * 4


def scroll_through(thumbnails: Thumbnails, photos: int, qtbot: QtBot, side: int = 20) -> None:
    for start in range(0, photos, 10):
        thumbnails.want([wanted(start + n, side) for n in range(10)])
        qtbot.waitUntil(lambda: thumbnails.complete)


def test_pixmaps_and_previews_stay_within_their_bound(background: Background, qtbot: QtBot) -> None:
    reader = Reader()
    reader.gate.set()
    thumbnails = Thumbnails(background, bytes_kept=KEPT, read=reader, preview=no_preview)
    scroll_through(thumbnails, 100, qtbot)
    once = thumbnails.bytes
    assert once <= KEPT
    assert thumbnails.pixmap(99) is not None
    assert thumbnails.pixmap(0) is None
    scroll_through(thumbnails, 100, qtbot)
    assert thumbnails.bytes == once


def test_the_bound_can_be_lowered_at_any_time(background: Background, qtbot: QtBot) -> None:
    reader = Reader()
    reader.gate.set()
    thumbnails = Thumbnails(background, read=reader, preview=no_preview)
    scroll_through(thumbnails, 50, qtbot)
    assert thumbnails.bytes > KEPT
    thumbnails.set_bytes_kept(KEPT)
    assert thumbnails.bytes <= KEPT
    assert thumbnails.pixmap(49) is not None


def test_of_what_was_never_seen_a_preview_comes_first(background: Background, qtbot: QtBot) -> None:
    reader = Reader()
    small = QImage(4, 4, QImage.Format.Format_RGB32)
    thumbnails = Thumbnails(background, threads=1, read=reader, preview=lambda _: small)
    told: list[int] = []
    thumbnails.arrived.connect(told.extend)
    thumbnails.want([wanted(1), wanted(2)])
    qtbot.waitUntil(lambda: told == [1, 2])
    assert thumbnails.preview(2) is not None
    assert thumbnails.pixmap(1) is None
    reader.gate.set()
    qtbot.waitUntil(lambda: thumbnails.complete)
    assert thumbnails.pixmap(2) is not None


def test_a_preview_of_what_was_seen_stays_when_its_thumbnail_goes(
    background: Background, qtbot: QtBot
) -> None:
    reader = Reader()
    reader.gate.set()
    read: list[int] = []

    def preview(one: Wanted) -> None:
        read.append(one.photo_id)

    ten = 10 * 100 * 100 * 4
    thumbnails = Thumbnails(background, bytes_kept=ten, read=reader, preview=preview)
    scroll_through(thumbnails, 20, qtbot, side=100)
    assert thumbnails.pixmap(5) is None
    assert thumbnails.preview(5) is not None
    read.clear()
    thumbnails.want([wanted(5, 100)])
    qtbot.waitUntil(lambda: thumbnails.complete)
    assert read == []


def test_another_size_is_read_while_the_old_one_is_shown(
    background: Background, qtbot: QtBot
) -> None:
    reader = Reader()
    reader.gate.set()
    thumbnails = Thumbnails(background, read=reader, preview=no_preview)
    thumbnails.want([wanted(1, side=20)])
    qtbot.waitUntil(lambda: thumbnails.complete)
    thumbnails.want([wanted(1, side=40)])
    before = thumbnails.pixmap(1)
    assert before is not None
    assert before.width() == 20
    qtbot.waitUntil(lambda: thumbnails.complete)
    after = thumbnails.pixmap(1)
    assert after is not None
    assert after.width() == 40


def test_a_missing_one_is_looked_for_once_until_its_photo_changes(
    background: Background, qtbot: QtBot
) -> None:
    reader = Reader()
    reader.gate.set()
    thumbnails = Thumbnails(background, read=reader, preview=no_preview)
    for _ in range(3):
        thumbnails.want([wanted(-1)])
        qtbot.waitUntil(lambda: thumbnails.complete)
    assert thumbnails.missing(-1)
    assert reader.read == [-1]
    thumbnails.forget([-1])
    thumbnails.want([wanted(-1)])
    qtbot.waitUntil(lambda: thumbnails.complete)
    assert reader.read == [-1, -1]


def striped(path: Path) -> Path:
    """A wide picture: blue, its middle red."""
    image = Image.new("RGB", (512, 341), "blue")
    image.paste("red", (128, 0, 384, 341))
    image.save(path)
    return path


def test_a_tile_is_the_middle_of_the_thumbnail_with_round_corners(tmp_path: Path) -> None:
    tile = read_tile(Wanted(1, striped(tmp_path / "wide.png"), 100, 100, 8))
    assert tile is not None
    assert (tile.width(), tile.height()) == (100, 100)
    assert tile.pixelColor(50, 50) == QColor("red")
    assert tile.pixelColor(0, 0).alpha() == 0


def test_a_tile_of_the_photos_own_shape_is_the_whole_photo(tmp_path: Path) -> None:
    tile = read_tile(Wanted(1, striped(tmp_path / "wide.png"), 150, 100, 0))
    assert tile is not None
    assert tile.pixelColor(10, 50) == QColor("blue")
    assert tile.pixelColor(140, 50) == QColor("blue")


def test_a_turned_photo_is_turned_before_it_is_cut(tmp_path: Path) -> None:
    image = Image.new("RGB", (400, 200), "blue")
    image.paste("red", (0, 0, 200, 200))
    image.save(tmp_path / "left half.png")
    tile = read_tile(Wanted(1, tmp_path / "left half.png", 100, 200, 0, rotation=1))
    assert tile is not None
    assert tile.pixelColor(50, 20) == QColor("red")  # what was at the left is at the top
    assert tile.pixelColor(50, 180) == QColor("blue")


def test_a_dense_screen_gets_more_pixels(tmp_path: Path) -> None:
    tile = read_tile(Wanted(1, striped(tmp_path / "wide.png"), 200, 200, 8, ratio=2.0))
    assert tile is not None
    assert tile.deviceIndependentSize().toSize().width() == 100


def test_a_preview_has_the_colours_of_the_photo_in_a_few_pixels(tmp_path: Path) -> None:
    preview = read_preview(Wanted(1, striped(tmp_path / "wide.png"), 100, 100, 8))
    assert preview is not None
    assert max(preview.width(), preview.height()) == TINY
    middle = preview.pixelColor(QPoint(preview.width() // 2, preview.height() // 2))
    assert middle.red() > 200


def test_what_is_no_image_has_no_tile(tmp_path: Path) -> None:
    (tmp_path / "text.jpg").write_text("not a picture")
    for name in ("text.jpg", "none.jpg"):
        assert read_tile(Wanted(1, tmp_path / name, 100, 100, 4)) is None
        assert read_preview(Wanted(1, tmp_path / name, 100, 100, 4)) is None
