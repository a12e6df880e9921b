"""Draw one small picture and write it in every format that Souvenir reads, for the self-test.

    python -m tests.helpers.selftest_photos

Writes resources/selftest. Run it by hand when a format comes; the files are kept, so that the
self-test tries the decoders of an installation on files that were written elsewhere.
"""

from __future__ import annotations

import struct
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pillow_heif
import pillow_jxl  # noqa: F401 - lets Pillow write JPEG XL
from numpy.typing import NDArray
from PIL import Image

from tests.helpers import tiff

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "selftest"
WIDTH, HEIGHT = 192, 128
# What Pillow writes, and how.
WRITTEN: dict[str, dict[str, Any]] = {
    "photo.avif": {"quality": 90},
    "photo.bmp": {},
    "photo.gif": {},
    "photo.heic": {"quality": 90},
    "photo.jp2": {"quality_mode": "rates", "quality_layers": [12]},
    "photo.jpg": {"quality": 92},
    "photo.jxl": {"quality": 92},
    "photo.png": {"optimize": True},
    "photo.ppm": {},
    "photo.qoi": {},
    "photo.tif": {"compression": "tiff_lzw"},
    "photo.webp": {"quality": 90},
}

# XYZ → linear sRGB, in ten-thousandths: the "camera" sees what a screen shows.
FROM_XYZ = (32405, -15371, -4985, -9693, 18760, 416, 556, -2040, 10572)

Pixels = NDArray[np.uint8]


def picture() -> Pixels:
    """The sun over the sea, uint8 (HEIGHT, WIDTH, 3)."""
    down, across = np.mgrid[0:HEIGHT, 0:WIDTH].astype(float)
    horizon = 0.6 * HEIGHT
    sky = np.stack([230 - down, 150 - 0.4 * down, 90 + 0.9 * down], axis=-1)
    waves = 18 * np.sin(down * 0.7 + 2.5 * np.sin(across * 0.12))
    sea = np.stack([20 + waves, 70 + waves, 120 + waves], axis=-1)
    pixels = np.where((down < horizon)[..., None], sky, sea)
    sun = np.hypot(across - 0.5 * WIDTH, down - 0.38 * HEIGHT) < 20
    pixels[sun] = (255, 236, 150)
    shine = (np.abs(across - 0.5 * WIDTH) < 14) & (down >= horizon)
    pixels[shine] += (110, 80, 10)
    return pixels.clip(0, 255).astype(np.uint8)


def psd(pixels: Pixels) -> bytes:
    """A flat Photoshop file: the header, three empty sections, planes as they are."""
    head = struct.pack(">4sH6xHIIHH", b"8BPS", 1, 3, HEIGHT, WIDTH, 8, 3)
    return head + bytes(12) + struct.pack(">H", 0) + pixels.transpose(2, 0, 1).tobytes()


def dng(pixels: Pixels) -> bytes:
    """A camera's raw file without a preview: 12 bits under an RGGB mosaic, to be developed."""
    light = 4095 * (pixels / 255.0) ** 2.2
    bayer = light[..., 1].copy()
    bayer[0::2, 0::2] = light[0::2, 0::2, 0]
    bayer[1::2, 1::2] = light[1::2, 1::2, 2]
    data_at = 1024
    matrix = [part for number in FROM_XYZ for part in (number, 10_000)]
    entries: list[tiff.Entry] = [
        *tiff.mosaic(WIDTH, HEIGHT, data_at),
        tiff.text(271, "Souvenir"),
        tiff.text(272, "Souvenir"),
        (274, tiff.SHORT, [1]),
        (50706, tiff.BYTE, [1, 4, 0, 0]),
        tiff.text(50708, "Souvenir"),
        (50717, tiff.LONG, [4095]),
        (50721, tiff.SRATIONAL, matrix),
        (50728, tiff.SRATIONAL, [1, 1, 1, 1, 1, 1]),  # grey is grey
        (50778, tiff.SHORT, [21]),  # daylight
    ]
    head = tiff.header() + tiff.directory(entries, 8)
    return head.ljust(data_at, b"\0") + bayer.astype("<u2").tobytes()


def main() -> None:
    """Write all of them."""
    pillow_heif.register_heif_opener()
    FOLDER.mkdir(exist_ok=True)
    pixels = picture()
    image = Image.fromarray(pixels)
    for name, options in WRITTEN.items():
        written = BytesIO()
        image.save(written, Image.registered_extensions()[Path(name).suffix], **options)
        (FOLDER / name).write_bytes(written.getvalue())
    (FOLDER / "photo.psd").write_bytes(psd(pixels))
    (FOLDER / "photo.dng").write_bytes(dng(pixels))


if __name__ == "__main__":
    main()
