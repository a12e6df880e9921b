"""Bytes of a file → one upright sRGB image, decoded no larger than it is needed.

Everything that Pillow, pillow-heif and the JPEG XL plugin read, and the previews of camera RAW.
Limits are checked on the size that the header states, before anything is decoded.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from PIL import AvifImagePlugin, Image, ImageFile, UnidentifiedImageError

from core.errors import PhotoError
from core.imaging.allowance import ask_for
from core.imaging.colour import to_srgb, to_srgb_with_alpha
from core.imaging.cost import (
    decoding_bytes,
    full_bytes,
    halvings,
    jpeg_scale,
    jpeg_xl_bytes,
    raw_bytes,
)
from core.imaging.formats import HEAD_BYTES, is_raw, starts_like_photo, what_instead
from core.imaging.jpeg_xl import jpeg_xl_size
from core.imaging.model_input import Box
from core.imaging.raw import developed, raw_preview

# JPEGs are decoded at a fraction of their size. Others pass through memory in full, at 4 to 22
# bytes a pixel (core.imaging.cost): 200 megapixels are 0.8 to 4.4 GB.
MAX_JPEG_PIXELS = 512_000_000
MAX_PIXELS = 200_000_000
# A preview in a RAW file is as good as the photo when its long side is this much of the photo's.
RAW_PREVIEW_SHARE = 0.9

# Formats that photos come in. Not EPS or WMF, which run other programs, nor those that any bytes
# can be taken for.
FORMATS = [
    *("JPEG", "PNG", "GIF", "BMP", "DIB", "TIFF", "WEBP", "AVIF", "HEIF", "JXL", "JPEG2000"),
    *("PPM", "PSD", "QOI"),
]
_NAMES = {"MPO": "JPEG", "HEIF": "HEIC", "JPEG2000": "JP2", "PPM": "PNM", "DIB": "BMP"}
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SWAPPING = {
    Image.Transpose.TRANSPOSE,
    Image.Transpose.ROTATE_270,
    Image.Transpose.TRANSVERSE,
    Image.Transpose.ROTATE_90,
}
# Where the left and the top edge come from, once the diagonal mirroring of the above is taken off.
_FROM_THE_RIGHT = {
    Image.Transpose.FLIP_LEFT_RIGHT,
    Image.Transpose.ROTATE_180,
    Image.Transpose.ROTATE_270,
    Image.Transpose.TRANSVERSE,
}
_FROM_BELOW = {
    Image.Transpose.FLIP_TOP_BOTTOM,
    Image.Transpose.ROTATE_180,
    Image.Transpose.ROTATE_90,
    Image.Transpose.TRANSVERSE,
}
_ORIENTATION = 0x0112

# How many times smaller a photo of this width and height may be decoded: a number of at least 1.
Reduction = Callable[[int, int], float]


@dataclass(frozen=True)
class Decoded:
    """`image` is upright RGB in sRGB; `width` and `height` are the photo's own, upright, in pixels.

    `box` is where in `image` the photo is: a fraction of its size need not be whole pixels.
    `source` is the file as Pillow opened it, for its metadata.
    """

    image: Image.Image
    box: Box
    source: Image.Image
    format: str
    width: int
    height: int


@dataclass(frozen=True)
class FullPicture:
    """Every pixel of a photo as it is stored: `turn` makes it upright, `profile` sRGB.

    `width` and `height` are the photo's own, upright; `image` may be a little smaller than they say
    (the preview in a RAW file).
    """

    image: Image.Image
    profile: bytes | None
    turn: Image.Transpose | None
    width: int
    height: int

    def part(self, box: tuple[int, int, int, int], reduction: int) -> Image.Image:
        """The part within `box` (pixels of the upright photo), upright RGB in sRGB.

        It is made `reduction` times smaller. The box must lie within the photo.
        """
        left, top, right, bottom = box
        size = -(-(right - left) // reduction), -(-(bottom - top) // reduction)
        if self.turn in _FROM_THE_RIGHT:
            left, right = self.width - right, self.width - left
        if self.turn in _FROM_BELOW:
            top, bottom = self.height - bottom, self.height - top
        if self.turn in _SWAPPING:
            left, top, right, bottom = top, left, bottom, right
            size = size[1], size[0]
        stored = (self.height, self.width) if self.turn in _SWAPPING else (self.width, self.height)
        if self.image.size == stored:
            image = self.image.reduce(reduction, (left, top, right, bottom))
        else:
            across, down = self.image.width / stored[0], self.image.height / stored[1]
            area = (left * across, top * down, right * across, bottom * down)
            image = self.image.resize(size, Image.Resampling.HAMMING, area)
        image = to_srgb(image, self.profile)
        return image if self.turn is None else image.transpose(self.turn)


@lru_cache(maxsize=1)
def register_decoders() -> None:
    """Make Pillow know HEIC and JPEG XL, one thread each, and leave size limits to this module."""
    import pillow_heif
    from pillow_jxl import JpegXLImagePlugin

    pillow_heif.register_heif_opener(decode_threads=1)
    JpegXLImagePlugin.DECODE_THREADS = 0
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    Image.init()
    Image.MAX_IMAGE_PIXELS = MAX_JPEG_PIXELS


def decode(data: bytes, suffix: str, reduction: Reduction, *, alpha: bool = False) -> Decoded:
    """Decode the photo in `data`; `suffix` (".jpg") only tells RAW files from TIFF.

    With `alpha`, a photo with transparent parts gives an image in RGBA; else they are white.

    Raises PhotoError for what is no photo or too large, NeedsMemoryError before it takes more than
    is allowed (core.imaging.allowance), and what the decoders raise for what is damaged: OSError,
    ValueError, SyntaxError, EOFError, MemoryError and their like.
    """
    register_decoders()
    if not data:
        raise PhotoError("The file is empty.")
    if is_raw(data, suffix):
        return _decode_raw(data, reduction)
    return _decode_image(data, reduction, alpha=alpha)


def _decode_image(data: bytes, reduction: Reduction, *, alpha: bool) -> Decoded:
    source = _open(data)
    name = _NAMES.get(source.format or "", source.format or "")
    width, height = source.size
    _check_size(width, height, MAX_JPEG_PIXELS if name == "JPEG" else MAX_PIXELS)
    ask_for(decoding_bytes(source, len(data), reduction(width, height)))
    image, box = _small_srgb(source, data, reduction, alpha=alpha)
    turn = _TURNS.get(_orientation(source))
    if turn is not None:
        image, box = _turned(image, box, turn)
        if turn in _SWAPPING:
            width, height = height, width
    return Decoded(image, box, source, name, width, height)


def decode_in_full(data: bytes, suffix: str) -> FullPicture:
    """Decode every pixel of the photo in `data`; raises what `decode` raises.

    Neither turned nor, where that can be done later for a part, brought to sRGB: on photos of a
    hundred megapixels each of these would take another copy, and seconds.
    """
    register_decoders()
    if not data:
        raise PhotoError("The file is empty.")
    if is_raw(data, suffix):
        return _raw_in_full(data)
    source = _open(data)
    width, height = source.size
    jpeg = source.format in {"JPEG", "MPO"}
    _check_size(width, height, MAX_JPEG_PIXELS if jpeg else MAX_PIXELS)
    ask_for(full_bytes(source, len(data)))
    image, profile = _every_pixel(source, data)
    turn = _TURNS.get(_orientation(source))
    if turn in _SWAPPING:
        width, height = height, width
    return FullPicture(image, profile, turn, width, height)


def _raw_in_full(data: bytes) -> FullPicture:
    preview = raw_preview(data)
    width, height = preview.width, preview.height
    _check_size(width, height, MAX_PIXELS)
    if max(preview.picture.size) < RAW_PREVIEW_SHARE * max(width, height):
        ask_for(raw_bytes(width, height, len(data)))
        return FullPicture(developed(data), None, None, width, height)
    _check_size(*preview.picture.size, MAX_JPEG_PIXELS)
    ask_for(full_bytes(preview.picture, 2 * len(data)))
    image, profile = _every_pixel(preview.picture, b"")
    return FullPicture(image, profile, preview.turn, width, height)


def _every_pixel(source: Image.Image, data: bytes) -> tuple[Image.Image, bytes | None]:
    """The picture in full, and the profile that is still to be applied to its parts."""
    profile = source.info.get("icc_profile")
    profile = profile if isinstance(profile, bytes) else None
    image, _ = _load(source, data, 1)
    return (image, profile) if _plain(image) else (to_srgb(image, profile), None)


def _decode_raw(data: bytes, reduction: Reduction) -> Decoded:
    preview = raw_preview(data)
    _check_size(*preview.picture.size, MAX_JPEG_PIXELS)
    _check_size(preview.width, preview.height, MAX_PIXELS)
    wanted = reduction(*preview.picture.size)
    ask_for(decoding_bytes(preview.picture, 2 * len(data), wanted))
    image, box = _small_srgb(preview.picture, b"", reduction)
    if preview.turn is not None:
        image, box = _turned(image, box, preview.turn)
    return Decoded(image, box, preview.picture, "RAW", preview.width, preview.height)


def _open(data: bytes) -> Image.Image:
    size = jpeg_xl_size(data)  # its plugin decodes while it opens
    if size is not None:
        _check_size(*size, MAX_PIXELS)
        ask_for(jpeg_xl_bytes(*size, len(data)))
    try:
        return Image.open(BytesIO(data), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise PhotoError(_too_large(MAX_JPEG_PIXELS)) from error
    except UnidentifiedImageError as error:
        head = data[:HEAD_BYTES]
        if starts_like_photo(head):
            raise PhotoError("The file is damaged: its beginning cannot be read.") from error
        raise PhotoError(what_instead(head)) from error


def _check_size(width: int, height: int, limit: int) -> None:
    if width < 1 or height < 1:
        raise PhotoError("The file is damaged: it states no size.")
    if width * height > limit:
        raise PhotoError(_too_large(limit))


def _too_large(limit: int) -> str:
    return f"The photo is larger than {limit // 1_000_000} megapixels, the most that is decoded."


def _small_srgb(
    source: Image.Image, data: bytes, reduction: Reduction, *, alpha: bool = False
) -> tuple[Image.Image, Box]:
    """The picture in sRGB, no larger than needed, and where in it the photo is."""
    width, height = source.size
    wanted = reduction(width, height)
    profile = source.info.get("icc_profile")
    image, shrunk = _load(source, data, wanted)
    factor = int(wanted / shrunk)
    # Fewer pixels first make the colours cheap; but palettes and transparency cannot be averaged.
    plain = _plain(image)
    if factor > 1 and plain:
        image = Image.Image.reduce(image, factor)
    convert = to_srgb_with_alpha if alpha else to_srgb
    image = convert(image, profile if isinstance(profile, bytes) else None)
    if factor > 1 and not plain:
        image = image.reduce(factor)
    shrunk *= max(1, factor)
    return image, (0.0, 0.0, width / shrunk, height / shrunk)


def _plain(image: Image.Image) -> bool:
    """Whether pixels can be averaged, and brought to sRGB one by one."""
    return image.mode in {"RGB", "L", "CMYK"} and not image.has_transparency_data


def _load(source: Image.Image, data: bytes, wanted: float) -> tuple[Image.Image, int]:
    """The pixels of the first frame, and how many times smaller than stored they were decoded."""
    if isinstance(source, ImageFile.ImageFile) and source.format in {"JPEG", "MPO"}:
        scale = jpeg_scale(wanted)
        source.draft(None, (source.width // scale, source.height // scale))
        try:
            source.load()
        except OSError:
            if not data or not _whole_without_end(data, scale):
                raise
            return _load_ended(data + b"\xff\xd9", scale), scale
        return source, scale
    if source.format == "JPEG2000":
        halved = halvings(wanted)
        # The attribute asks for halvings, and hides the method of that name: hence a copy.
        source.reduce = halved  # type: ignore[method-assign, assignment]
        return source.copy(), 1 << halved
    source.load()
    return source, 1


def _turned(image: Image.Image, box: Box, turn: Image.Transpose) -> tuple[Image.Image, Box]:
    """The image turned, and the box with it."""
    left, top, right, bottom = box
    if turn in _SWAPPING:  # a turn of these is a mirroring at the diagonal and then, maybe, more
        left, top, right, bottom = top, left, bottom, right
    image = image.transpose(turn)
    if turn in _FROM_THE_RIGHT:
        left, right = image.width - right, image.width - left
    if turn in _FROM_BELOW:
        top, bottom = image.height - bottom, image.height - top
    return image, (left, top, right, bottom)


def _whole_without_end(data: bytes, scale: int) -> bool:
    """Whether a JPEG that stops too early misses its end marker only, and nothing of the picture.

    What follows the last pixel is not looked at by the decoder. So two different continuations
    give one picture exactly when nothing of the picture is missing.
    """
    noise = random.Random(0).randbytes(4096).replace(b"\xff", b"\x00")  # noqa: S311 - not a secret
    try:
        first = _load_ended(data + b"\xff\xd9", scale)
        second = _load_ended(data + noise + b"\xff\xd9", scale)
    except OSError:
        return False
    return first.tobytes() == second.tobytes()


def _load_ended(data: bytes, scale: int) -> Image.Image:
    image = Image.open(BytesIO(data), formats=["JPEG"])
    image.draft(None, (image.width // scale, image.height // scale))
    image.load()
    return image


def _orientation(source: Image.Image) -> int:
    """The EXIF orientation that is still to be applied.

    HEIC comes upright from its decoder, which resets the tag. JPEG XL comes upright as well but
    keeps the tag, except where it holds a JPEG, which is as it was.
    """
    if source.format == "JXL" and not getattr(source, "jpeg", False):
        return 1
    try:
        value = source.getexif().get(_ORIENTATION, 1)
    except Exception:
        return 1  # hostile EXIF blocks make Pillow raise nearly everything
    return value if isinstance(value, int) else 1
