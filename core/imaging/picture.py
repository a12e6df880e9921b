"""Pictures to be looked at: a whole photo that fits a screen, or a part of it at full resolution.

These functions run in decoder processes. One that looks at parts keeps what it decoded last, so
that looking around in a panorama decodes it once.
"""

from __future__ import annotations

from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image

from core.imaging.decoding import Decoded, FullPicture, decode, decode_in_full
from core.imaging.reading import damage_explained, read_bytes

# What is handed over at most: a screen of 8K, half as large again.
MAX_HANDED_PIXELS = 50_000_000
# What is kept of photos whose parts are looked at, about 400 MB; the last one may be larger.
_MAX_KEPT_PIXELS = 128_000_000
_PIXELS_PER_BYTE = 4  # of a usual JPEG
_MOVING_FORMATS = {"GIF", "WEBP", "PNG", "AVIF"}

Area = tuple[int, int, int, int]  # left, top, right, bottom in pixels of the upright photo


@dataclass(frozen=True)
class Picture:
    """Pixels of a photo, upright and in sRGB: `pixels` is RGB, 3 bytes each, row by row.

    `width` × `height` are the pixels', `full_width` × `full_height` the photo's own. `moving`: more
    frames follow.
    """

    pixels: bytes
    width: int
    height: int
    full_width: int
    full_height: int
    moving: bool = False


def whole_picture(path: Path, width: int, height: int) -> Picture:
    """The photo in a file, to fit into `width` × `height` pixels, never enlarged.

    Raises PhotoError with the reason when the file cannot be read as a photo.
    """

    def reduction(stored_width: int, stored_height: int) -> float:
        # Whether the photo lies on its side is not known here: the larger one is safe.
        upright = max(stored_width / width, stored_height / height)
        turned = max(stored_height / width, stored_width / height)
        return max(1.0, min(upright, turned))

    with damage_explained(path):
        decoded = decode(read_bytes(path), path.suffix.lower(), reduction)
        image = _fitted(decoded, width, height)
        return Picture(
            image.tobytes(),
            *image.size,
            decoded.width,
            decoded.height,
            moving=moves(decoded.source),
        )


def picture_part(path: Path, area: Area, reduction: int) -> Picture:
    """A part of the photo in a file, made `reduction` times smaller (a whole number).

    What lies outside the photo is left out. Raises PhotoError.
    """
    with damage_explained(path):
        full = _looked_at().of(path)
        left, top = max(0, area[0]), max(0, area[1])
        right, bottom = min(full.width, area[2]), min(full.height, area[3])
        if left >= right or top >= bottom:
            return Picture(b"", 0, 0, full.width, full.height)
        reduction = max(reduction, _least_reduction((right - left) * (bottom - top)))
        image = full.part((left, top, right, bottom), reduction)
        return Picture(image.tobytes(), *image.size, full.width, full.height)


def forget_picture() -> None:
    """Give the memory back that photos take whose parts were looked at."""
    _looked_at().forget()


def fit(width: float, height: float, into_width: int, into_height: int) -> tuple[int, int]:
    """The size in whole pixels, at least 1, that fits, never enlarged."""
    scale = min(1.0, into_width / width, into_height / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _fitted(decoded: Decoded, width: int, height: int) -> Image.Image:
    left, top, right, bottom = decoded.box
    size = fit(decoded.width, decoded.height, width, height)
    if size[0] >= right - left + 1:  # a RAW file's preview that is smaller than the photo
        size = fit(right - left, bottom - top, *size)
    too_many = size[0] * size[1] / MAX_HANDED_PIXELS
    if too_many > 1:
        size = int(size[0] / too_many**0.5), int(size[1] / too_many**0.5)
    if size == decoded.image.size:
        return decoded.image
    return decoded.image.resize(size, Image.Resampling.HAMMING, decoded.box, reducing_gap=2.0)


def _least_reduction(pixels: int) -> int:
    reduction = 1
    while pixels / reduction**2 > MAX_HANDED_PIXELS:
        reduction *= 2
    return reduction


def moves(source: Image.Image) -> bool:
    """Whether this is an animation. Damaged later frames are none."""
    if source.format not in _MOVING_FORMATS:
        return False
    with suppress(Exception):  # hostile files make Pillow raise nearly everything
        return bool(getattr(source, "is_animated", False))
    return False


class _LookedAt:
    """The photos of which parts were asked for lately, in full.

    The last one, and as many before it as are not too large together: those that are compared.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Path, int, int], FullPicture] = OrderedDict()

    def of(self, path: Path) -> FullPicture:
        """The photo in a file, decoded unless it was already."""
        try:
            status = path.stat()
        except OSError:
            read_bytes(path)  # raises with the reason
            raise
        key = (path, status.st_size, status.st_mtime_ns)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        # What is in the way goes first: a large photo is never in memory beside another.
        self._make_room(status.st_size * _PIXELS_PER_BYTE)
        full = decode_in_full(read_bytes(path), path.suffix.lower())
        self._make_room(full.width * full.height)
        self._kept[key] = full
        return full

    def forget(self) -> None:
        """Keep nothing."""
        self._kept.clear()

    def _make_room(self, pixels: int) -> None:
        while self._kept and pixels + self._pixels() > _MAX_KEPT_PIXELS:
            self._kept.popitem(last=False)

    def _pixels(self) -> int:
        return sum(full.width * full.height for full in self._kept.values())


@lru_cache(maxsize=1)
def _looked_at() -> _LookedAt:
    """This process's one."""
    return _LookedAt()
