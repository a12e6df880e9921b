"""Photos as cameras store them that were not held upright."""

from __future__ import annotations

from PIL import Image

_UNDO = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def as_stored(upright: Image.Image, orientation: int) -> Image.Image:
    """The pixels of a file whose EXIF has this orientation, 1…8, and that is seen as `upright`."""
    undo = _UNDO.get(orientation)
    return upright if undo is None else upright.transpose(undo)
