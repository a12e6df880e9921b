"""Animations, some frames at a time: GIF, WebP, APNG and AVIF. Runs in a decoder process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image

from core.errors import PhotoError
from core.imaging.allowance import ask_for
from core.imaging.colour import to_srgb
from core.imaging.cost import decoding_bytes
from core.imaging.decoding import register_decoders
from core.imaging.picture import fit
from core.imaging.reading import damage_explained, read_bytes

# What is handed over at once, and how large a frame may be.
_BYTES_AT_ONCE = 24 << 20
_FRAMES_AT_ONCE = 32
_MAX_FRAME_PIXELS = 32_000_000
# Frames that state no time, or next to none, are shown as long as browsers show them.
_SHORTEST_MS = 20
_USUAL_MS = 100


@dataclass(frozen=True)
class Frame:
    """RGB pixels, 3 bytes each, row by row, and how long to show them."""

    pixels: bytes
    milliseconds: int


@dataclass(frozen=True)
class Frames:
    """Frames of one size in a row, from the one numbered `first`; `ended`: none follows."""

    frames: tuple[Frame, ...]
    first: int
    width: int
    height: int
    ended: bool


def picture_frames(path: Path, first: int, width: int, height: int) -> Frames:
    """The frames of an animation from `first` (0…), made to fit `width` × `height` pixels.

    As many as make 24 MB, at least one, none past the end. An animation that is damaged further on
    ends there. Raises PhotoError when nothing of it can be read.
    """
    with damage_explained(path):
        image = _watched().at(path, first)
        size = fit(*image.size, width, height)
        frames: list[Frame] = []
        ended = False
        at_once = max(1, min(_FRAMES_AT_ONCE, _BYTES_AT_ONCE // (3 * size[0] * size[1])))
        while len(frames) < at_once and not ended:
            number = first + len(frames)
            try:
                image.seek(number)
                frames.append(_frame(image, size))
            except Exception:
                # Past the last one Pillow raises EOFError, in damaged ones nearly everything.
                if number == 0:
                    raise
                ended = True
        return Frames(tuple(frames), first, *size, ended)


def _frame(image: Image.Image, size: tuple[int, int]) -> Frame:
    image.load()
    profile = image.info.get("icc_profile")
    frame = to_srgb(image, profile if isinstance(profile, bytes) else None)
    if frame.size != size:
        frame = frame.resize(size, Image.Resampling.HAMMING, reducing_gap=2.0)
    return Frame(frame.tobytes(), shown_for(image))


def shown_for(image: Image.Image) -> int:
    """How many milliseconds to show the frame that an animation has come to."""
    stated = image.info.get("duration", 0)
    milliseconds = round(stated) if isinstance(stated, int | float) else 0
    return milliseconds if milliseconds >= _SHORTEST_MS else _USUAL_MS


class _Watched:
    """The animation that is played, open: its frames follow from one another."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._image: Image.Image | None = None

    def at(self, path: Path, first: int) -> Image.Image:
        """The animation in a file, open; anew when it is to begin."""
        if self._image is None or path != self._path or first == 0:
            register_decoders()
            data = read_bytes(path)
            image = Image.open(BytesIO(data), formats=["GIF", "WEBP", "PNG", "AVIF"])
            if image.width * image.height > _MAX_FRAME_PIXELS:
                raise PhotoError("The animation is too large to be played.")
            ask_for(decoding_bytes(image, len(data) + _BYTES_AT_ONCE, 1))
            self._path, self._image = path, image
        return self._image


@lru_cache(maxsize=1)
def _watched() -> _Watched:
    """This process's one."""
    return _Watched()
