"""A photo as bytes of another format: sRGB, upright, as large and as talkative as asked for."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from PIL import Image, ImageCms, PngImagePlugin

from core.errors import PhotoError
from core.filing.pattern import NameFacts
from core.filing.steps import CancelledError
from core.imaging.colour import to_srgb_with_alpha
from core.imaging.decoding import Decoded, decode
from core.imaging.picture import moves
from core.imaging.picture_frames import shown_for
from core.imaging.xmp_writing import Words, packet_saying

if TYPE_CHECKING:
    from core.filing.placing import Cancelled

ExportFormat = Literal["jpeg", "png", "webp", "original"]
KeptMetadata = Literal["all", "no_place", "none"]

_TURNS = {
    1: Image.Transpose.ROTATE_270,
    2: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_90,
}
_ORIENTATION, _GPS, _EXIF, _MAKER_NOTE = 0x0112, 0x8825, 0x8769, 0x927C
_WIDTH, _HEIGHT = 0xA002, 0xA003
# Stars, title and keywords in EXIF, which the packet of XMP says as they are by now.
_IN_WORDS = (0x4746, 0x4749, 0x9C9B, 0x9C9E)
# JPEGs are decoded at a fraction that is at least this many times larger than what is written.
_MARGIN = 2.0
_LARGEST_SEGMENT = 65_000  # bytes of XMP that fit into one segment of a JPEG
# All frames of an animation are in memory while it is written, at 4 bytes a pixel.
_MAX_MOVING_PIXELS = 200_000_000


@dataclass(frozen=True)
class ExportOptions:
    """How photos are exported. `long_side`: at most so many pixels; None keeps the size.

    "original" copies files as they are: size, quality and metadata do not apply to it. `pattern`:
    as in core.filing.pattern, without a suffix.
    """

    format: ExportFormat = "jpeg"
    long_side: int | None = None
    quality: int = 90
    metadata: KeptMetadata = "all"
    pattern: str = "{name}"


@dataclass(frozen=True)
class ToExport:
    """A photo to export, with what the person gave it.

    `rotation`: quarter turns clockwise; `words`: title, keywords and rating as they count.
    """

    facts: NameFacts
    rotation: int = 0
    words: Words = field(default_factory=Words)


def encode(photo: ToExport, options: ExportOptions, cancelled: Cancelled) -> bytes:
    """The photo as bytes of the format that is asked for: sRGB, upright, turned as it is shown.

    PNG and WebP keep what is transparent, which is white in JPEG; WebP keeps animations, of which
    others show the first frame. Raises PhotoError, OSError and, between frames, CancelledError.
    """
    source = photo.facts.path
    data = source.read_bytes()
    long_side = options.long_side

    def reduction(width: int, height: int) -> float:
        return 1.0 if long_side is None else max(1.0, max(width, height) / (long_side * _MARGIN))

    try:
        decoded = decode(data, source.suffix.lower(), reduction, alpha=options.format != "jpeg")
        image = _turned(_sized(decoded, long_side), photo.rotation)
        saving = _saving(image, decoded.source, options, photo.words)
        if options.format == "webp" and moves(decoded.source):
            image, moving = _moving(data, image, photo.rotation, cancelled)
            saving |= moving
    except (PhotoError, MemoryError, CancelledError):
        raise
    except Exception as error:  # decoders raise nearly everything on a damaged file
        raise PhotoError("The file is damaged and cannot be decoded.") from error
    image.info = {}  # of the source's notes, Pillow would write some unasked
    buffer = io.BytesIO()
    image.save(buffer, **saving)
    return buffer.getvalue()


def _sized(decoded: Decoded, long_side: int | None) -> Image.Image:
    width, height = decoded.width, decoded.height
    if long_side is not None and max(width, height) > long_side:
        scale = long_side / max(width, height)
        width, height = max(1, round(width * scale)), max(1, round(height * scale))
    left, top, right, bottom = decoded.box
    if decoded.image.size == (width, height) and (left, top, right, bottom) == (
        0,
        0,
        width,
        height,
    ):
        return decoded.image
    box = (left, top, min(right, decoded.image.width), min(bottom, decoded.image.height))
    return decoded.image.resize((width, height), Image.Resampling.LANCZOS, box=box)


def _turned(image: Image.Image, rotation: int) -> Image.Image:
    turn = _TURNS.get(rotation % 4)
    return image if turn is None else image.transpose(turn)


def _moving(
    data: bytes, first: Image.Image, rotation: int, cancelled: Cancelled
) -> tuple[Image.Image, dict[str, Any]]:
    """The first frame of an animation, as large as `first`, and how to save it with the others.

    One that is damaged further on ends there.
    """
    source = Image.open(io.BytesIO(data), formats=["GIF", "WEBP", "PNG", "AVIF"])
    count = int(getattr(source, "n_frames", 1))
    if count * first.width * first.height > _MAX_MOVING_PIXELS:
        raise PhotoError("The animation is too large to be written anew: export the original file.")
    size = first.size if rotation % 2 == 0 else (first.height, first.width)
    frames: list[Image.Image] = []
    milliseconds: list[int] = []
    for number in range(count):
        if cancelled():
            raise CancelledError
        try:
            source.seek(number)
            source.load()
        except Exception:
            if not frames:
                raise
            break
        profile = source.info.get("icc_profile")
        frame = to_srgb_with_alpha(source, profile if isinstance(profile, bytes) else None)
        if frame.size != size:
            frame = frame.resize(size, Image.Resampling.LANCZOS)
        # Pillow's reader goes on writing into the frame that it gave: what is kept is a copy.
        frames.append(_turned(frame, rotation) if frame is not source else frame.copy())
        milliseconds.append(shown_for(source))
    # GIF says nothing where it plays once; 0 is for ever, in all of them.
    loop = source.info.get("loop", 1 if source.format == "GIF" else 0)
    return frames[0], {
        "save_all": True,
        "append_images": frames[1:],
        "duration": milliseconds,
        "loop": loop if isinstance(loop, int) and 0 <= loop < 65536 else 0,
        "background": (0, 0, 0, 0),
    }


def _saving(
    image: Image.Image, source: Image.Image, options: ExportOptions, words: Words
) -> dict[str, Any]:
    saving: dict[str, Any] = {"icc_profile": _srgb_profile()}
    exif = _exif(source, options.metadata, image.size)
    if exif is not None:
        saving["exif"] = exif
    xmp = _xmp(source, options, words)
    match options.format:
        case "jpeg":
            saving |= {"format": "JPEG", "quality": options.quality, "optimize": True}
            saving |= {"subsampling": 0 if options.quality >= 95 else 2, "progressive": True}
        case "webp":
            saving |= {"format": "WEBP", "quality": options.quality, "method": 4}
        case _:
            saving |= {"format": "PNG", "optimize": False}
            if xmp is not None:
                info = PngImagePlugin.PngInfo()
                info.add_itxt("XML:com.adobe.xmp", xmp.decode("utf-8"))
                saving["pnginfo"] = info
            return saving
    if xmp is not None:
        saving["xmp"] = xmp
    return saving


def _exif(source: Image.Image, kept: KeptMetadata, size: tuple[int, int]) -> bytes | None:
    """The EXIF block of the source fitted to the new picture; None where nothing is kept.

    What cameras write in ways of their own goes in any case: it does not survive being moved, and
    may hold the place.
    """
    if kept == "none":
        return None
    try:
        exif = source.getexif()
        if not exif:
            return None
        _drop(exif, (_ORIENTATION, *_IN_WORDS))
        inner = exif.get_ifd(_EXIF)
        inner.pop(_MAKER_NOTE, None)
        for tag, pixels in zip((_WIDTH, _HEIGHT), size, strict=True):
            if tag in inner:
                inner[tag] = pixels
        if kept == "no_place":
            exif.get_ifd(_GPS).clear()
            exif.pop(_GPS, None)
        return exif.tobytes()
    except Exception:
        return None  # hostile EXIF blocks make Pillow raise nearly everything


def _drop(exif: Image.Exif, tags: Sequence[int]) -> None:
    for tag in tags:
        exif.pop(tag, None)


def _xmp(source: Image.Image, options: ExportOptions, words: Words) -> bytes | None:
    """The packet of XMP: the source's, unless the place may be in it, and the person's words."""
    if options.metadata == "none":
        return None
    packet = source.info.get("xmp")
    kept = packet if isinstance(packet, bytes) and options.metadata == "all" else None
    whole = packet_saying(words, kept)
    if options.format == "jpeg" and whole is not None and len(whole) > _LARGEST_SEGMENT:
        whole = packet_saying(words)
    return whole


@lru_cache(maxsize=1)
def _srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
