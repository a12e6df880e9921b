"""Camera RAW, with DNG files written here: a Bayer picture with a JPEG preview beside it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.errors import PhotoError
from core.imaging.model_input import ModelInput
from core.imaging.reading import read_photo
from tests.helpers.tiff import (
    BYTE,
    LONG,
    SHORT,
    SRATIONAL,
    Entry,
    directory,
    header,
    mosaic,
    text,
)

WIDTH, HEIGHT = 1200, 800


def write_dng(path: Path, *, orientation: int, preview: Image.Image) -> None:
    encoded = BytesIO()
    preview.save(encoded, "JPEG", quality=92)
    jpeg = encoded.getvalue().ljust(-(-len(encoded.getvalue()) // 2) * 2, b"\0")
    bayer = np.random.default_rng(0).integers(0, 4096, (HEIGHT, WIDTH)).astype("<u2").tobytes()
    exif_at, raw_at = 4096, 5120
    jpeg_at = 8192
    bayer_at = jpeg_at + len(jpeg)
    main: list[Entry] = [
        (254, LONG, [1]),
        (256, LONG, [preview.width]),
        (257, LONG, [preview.height]),
        (258, SHORT, [8, 8, 8]),
        (259, SHORT, [7]),
        (262, SHORT, [6]),
        text(271, "NIKON CORPORATION"),
        text(272, "NIKON D1"),
        (273, LONG, [jpeg_at]),
        (274, SHORT, [orientation]),
        (277, SHORT, [3]),
        (278, LONG, [preview.height]),
        (279, LONG, [len(jpeg)]),
        (330, LONG, [raw_at]),
        (34665, LONG, [exif_at]),
        (50706, BYTE, [1, 4, 0, 0]),
        text(50708, "Nikon D1"),
        (50721, SRATIONAL, [1, 1, 0, 1, 0, 1, 0, 1, 1, 1, 0, 1, 0, 1, 0, 1, 1, 1]),
    ]
    exif: list[Entry] = [text(36867, "2019:08:07 06:05:04"), text(36881, "+02:00")]
    raw: list[Entry] = [
        *mosaic(WIDTH, HEIGHT, bayer_at),
        (50714, SHORT, [0]),
        (50717, SHORT, [4095]),
    ]
    file = bytearray(bayer_at)
    for at, part in (
        (0, header()),
        (8, directory(main, 8)),
        (exif_at, directory(exif, exif_at)),
        (raw_at, directory(raw, raw_at)),
        (jpeg_at, jpeg),
    ):
        file[at : at + len(part)] = part
    path.write_bytes(bytes(file) + bayer)


def red_top(width: int, height: int) -> Image.Image:
    """A blue picture with a red band along the top."""
    image = Image.new("RGB", (width, height), (0, 0, 255))
    image.paste((255, 0, 0), (0, 0, width, height // 4))
    return image


@pytest.fixture
def dng(tmp_path: Path) -> Path:
    return tmp_path / "photo.dng"


def test_the_embedded_preview_is_what_is_seen(dng: Path) -> None:
    write_dng(dng, orientation=1, preview=red_top(900, 600))

    reading = read_photo(dng, model_input=ModelInput(64), thumbnail_dir=None)

    assert (reading.content.format, reading.content.width, reading.content.height) == (
        "RAW",
        WIDTH,
        HEIGHT,
    )
    assert reading.pixels is not None
    assert np.abs(reading.pixels[2, 32].astype(int) - (255, 0, 0)).max() < 16
    assert np.abs(reading.pixels[60, 32].astype(int) - (0, 0, 255)).max() < 16


def test_a_preview_is_turned_as_the_camera_was_held(dng: Path) -> None:
    stored = red_top(600, 900).transpose(Image.Transpose.ROTATE_90)  # orientation 6 undoes this
    write_dng(dng, orientation=6, preview=stored)

    reading = read_photo(dng, model_input=ModelInput(64), thumbnail_dir=None)

    assert (reading.content.width, reading.content.height) == (HEIGHT, WIDTH)
    assert reading.pixels is not None
    assert reading.pixels[1, 32, 0] > 200
    assert reading.pixels[60, 32, 2] > 200


def test_a_preview_that_is_upright_already_stays(dng: Path) -> None:
    write_dng(dng, orientation=6, preview=red_top(600, 900))

    reading = read_photo(dng, model_input=ModelInput(64), thumbnail_dir=None)

    assert reading.pixels is not None
    assert reading.pixels[1, 32, 0] > 200
    assert reading.pixels[60, 32, 2] > 200


def test_a_photo_without_a_useful_preview_is_developed(dng: Path) -> None:
    write_dng(dng, orientation=1, preview=red_top(160, 120))

    reading = read_photo(dng, model_input=ModelInput(64), thumbnail_dir=None)

    assert reading.pixels is not None
    assert reading.pixels[32:, :, 0].mean() > 60  # the noise of the sensor; the preview is blue


def test_the_container_tells_camera_and_time(dng: Path) -> None:
    write_dng(dng, orientation=1, preview=red_top(900, 600))

    metadata = read_photo(dng, model_input=None, thumbnail_dir=None).content.metadata

    assert metadata.camera == "Nikon D1"
    assert (metadata.taken_at, metadata.utc_offset_minutes) == ("2019-08-07T06:05:04", 120)


def test_a_damaged_raw_file_has_a_reason(dng: Path) -> None:
    write_dng(dng, orientation=1, preview=red_top(900, 600))
    dng.write_bytes(dng.read_bytes()[:3000])

    with pytest.raises(PhotoError, match="The RAW file is damaged"):
        read_photo(dng, model_input=None, thumbnail_dir=None)


def test_a_jpeg_that_calls_itself_raw_is_read_as_what_it_is(dng: Path) -> None:
    red_top(900, 600).save(dng, "JPEG")

    assert read_photo(dng, model_input=None, thumbnail_dir=None).content.format == "JPEG"
