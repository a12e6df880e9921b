"""Pictures as the window draws them, made from what the library reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor

from app.viewer.picture import image_of, read_preview, read_whole
from core.errors import PhotoError
from tests.app.fake_library import FakeLibrary

ROOM = QSize(400, 300)


def never() -> bool:
    return False


def test_a_photo_is_read_no_larger_than_asked_and_knows_its_whole_size(tmp_path: Path) -> None:
    Image.new("RGB", (1600, 800), "red").save(tmp_path / "large.jpg")
    picture = read_whole(FakeLibrary(tmp_path), tmp_path / "large.jpg", ROOM, never)  # type: ignore[arg-type]
    assert picture is not None
    assert picture.image.size() == QSize(400, 200)
    assert picture.whole == QSize(1600, 800)
    assert not picture.preview


def test_what_cannot_be_read_gives_the_reason(tmp_path: Path) -> None:
    (tmp_path / "odd.heic").write_bytes(b"\0\0\0\x18ftypheic" + bytes(100))
    with pytest.raises(PhotoError, match="damaged"):
        read_whole(FakeLibrary(tmp_path), tmp_path / "odd.heic", ROOM, never)  # type: ignore[arg-type]


def test_a_thumbnail_stands_in_for_a_photo_of_its_size(tmp_path: Path) -> None:
    Image.new("RGB", (512, 341), "red").save(tmp_path / "thumbnail.jpg")
    picture = read_preview(tmp_path / "thumbnail.jpg", QSize(6000, 4000))
    assert picture is not None
    assert picture.preview
    assert picture.whole == QSize(6000, 4000)
    assert read_preview(tmp_path / "none.jpg", QSize(6000, 4000)) is None


def test_rows_whose_bytes_are_no_multiple_of_four_come_out_straight() -> None:
    image = image_of(bytes([255, 0, 0] * 5 + [0, 0, 255] * 5), 5, 2)
    assert [image.pixelColor(4, y) for y in (0, 1)] == [QColor("red"), QColor("blue")]
