"""Camera RAW: the preview that the camera put into the file, or a quick development without one."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image

from core.errors import PhotoError
from core.imaging.allowance import ask_for
from core.imaging.cost import raw_bytes

_SMALLEST_PREVIEW = 512  # pixels, long side: a smaller one would show in the grid
# LibRaw's `flip`: how the camera was held.
_TURNS = {
    3: Image.Transpose.ROTATE_180,
    5: Image.Transpose.ROTATE_90,
    6: Image.Transpose.ROTATE_270,
}
_QUARTER_TURNS = {5, 6}


@dataclass(frozen=True)
class RawPreview:
    """A picture of a RAW file. `turn` makes it upright; `width` and `height` are the photo's.

    `picture` is not loaded yet where it is a JPEG, so that it can be decoded at a fraction.
    """

    picture: Image.Image
    turn: Image.Transpose | None
    width: int
    height: int


def raw_preview(data: bytes) -> RawPreview:
    """Find the picture in the bytes of a RAW file. Raises PhotoError when there is none to be had.

    Previews are stored as the sensor saw them, except where their shape shows that they were
    turned already.
    """
    import rawpy

    try:
        with rawpy.imread(BytesIO(data)) as raw:
            width, height, flip = raw.sizes.width, raw.sizes.height, raw.sizes.flip
            turn = _TURNS.get(flip)
            picture = _embedded_picture(rawpy, raw)
            if picture is None:
                ask_for(raw_bytes(width, height, len(data), half_size=True))
                developed = raw.postprocess(half_size=True, use_camera_wb=True, output_bps=8)
                picture, turn = Image.fromarray(developed), None
    except rawpy.LibRawError as error:
        reason = "The RAW file is damaged or of a camera that is not known."
        raise PhotoError(reason) from error
    if flip in _QUARTER_TURNS:
        if (picture.width > picture.height) != (width > height):
            turn = None
        width, height = height, width
    return RawPreview(picture, turn, width, height)


def developed(data: bytes) -> Image.Image:
    """The photo of a RAW file at full size, upright. Raises PhotoError. Takes seconds."""
    import rawpy

    try:
        with rawpy.imread(BytesIO(data)) as raw:
            return Image.fromarray(raw.postprocess(use_camera_wb=True, output_bps=8))
    except rawpy.LibRawError as error:
        reason = "The RAW file is damaged or of a camera that is not known."
        raise PhotoError(reason) from error


def _embedded_picture(rawpy: Any, raw: Any) -> Image.Image | None:
    """The preview unless it is missing, too small or damaged."""
    try:
        preview = raw.extract_thumb()
        if preview.format == rawpy.ThumbFormat.JPEG:
            picture: Image.Image = Image.open(BytesIO(preview.data), formats=["JPEG"])
        else:
            picture = Image.fromarray(preview.data)
    except (rawpy.LibRawError, OSError, ValueError, SyntaxError):
        return None
    return picture if max(picture.size) >= _SMALLEST_PREVIEW else None
