"""Exporting: copies of photos in another format and size, for giving away."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from PIL import Image, ImageCms, PngImagePlugin

from core.errors import PhotoError
from core.filing.names import free_number, name_problem, numbered
from core.filing.pattern import NameFacts, parse_pattern
from core.filing.placing import (
    Cancelled,
    copy_file,
    force_to_disk,
    give_name,
    remove_leftovers,
    unfinished,
)
from core.filing.steps import (
    CancelledError,
    FilingError,
    Problem,
    Step,
    Transfer,
    problem_of,
)
from core.imaging.decoding import Decoded, decode

ExportFormat = Literal["jpeg", "png", "webp", "original"]
KeptMetadata = Literal["all", "no_place", "none"]

SUFFIXES: dict[ExportFormat, str] = {"jpeg": ".jpg", "png": ".png", "webp": ".webp"}
_TURNS = {
    1: Image.Transpose.ROTATE_270,
    2: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_90,
}
_ORIENTATION, _GPS, _EXIF, _MAKER_NOTE = 0x0112, 0x8825, 0x8769, 0x927C
_WIDTH, _HEIGHT = 0xA002, 0xA003
# JPEGs are decoded at a fraction that is at least this many times larger than what is written.
_MARGIN = 2.0
_TRIES = 8


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
    """A photo to export; `rotation`: quarter turns clockwise that the person gave it."""

    facts: NameFacts
    rotation: int = 0


def export_photos(
    photos: Sequence[ToExport], options: ExportOptions, folder: Path, cancelled: Cancelled
) -> Iterator[Step]:
    """Write photos into `folder`, never over a file that is there. Raises PatternError at once."""
    make_name = parse_pattern(options.pattern)
    return _export_each(photos, options, folder, make_name, cancelled)


def _export_each(
    photos: Sequence[ToExport],
    options: ExportOptions,
    folder: Path,
    make_name: Callable[[NameFacts], str],
    cancelled: Cancelled,
) -> Iterator[Step]:
    remove_leftovers(folder)
    for done, photo in enumerate(photos, 1):
        if cancelled():
            return
        source = photo.facts.path
        try:
            name = _with_suffix(make_name(photo.facts), source, options)
            if name_problem(name) is not None:
                raise FilingError("name")
            target = _export(photo, options, folder / name, cancelled)
        except CancelledError:
            return
        except (OSError, FilingError) as error:
            yield Step(done, len(photos), source, problem=problem_of(source, error))
        except (PhotoError, MemoryError) as error:
            problem = Problem(source, "not_a_photo", str(error))
            yield Step(done, len(photos), source, problem=problem)
        else:
            yield Step(done, len(photos), source, (Transfer(source, target),))


def _with_suffix(name: str, source: Path, options: ExportOptions) -> str:
    suffix = SUFFIXES.get(options.format)
    return name if suffix is None else name[: len(name) - len(source.suffix)] + suffix


def _export(photo: ToExport, options: ExportOptions, wanted: Path, cancelled: Cancelled) -> Path:
    if not wanted.parent.is_dir():
        raise FilingError("folder_gone")
    if options.format == "original":
        return _to_free(wanted, lambda free: copy_file(photo.facts.path, free, cancelled))
    with unfinished(wanted.parent) as temporary:
        encoded = encode(photo, options)
        if cancelled():
            raise CancelledError
        with temporary.open("xb") as file:
            file.write(encoded)
            force_to_disk(file)
        return _to_free(wanted, lambda free: give_name(temporary, free))


def _to_free(wanted: Path, place: Callable[[Path], None]) -> Path:
    for _ in range(_TRIES):
        free = numbered(wanted, free_number(lambda n: [numbered(wanted, n)], os.path.lexists))
        with suppress(FileExistsError):
            place(free)
            return free
    raise FilingError("taken")


def encode(photo: ToExport, options: ExportOptions) -> bytes:
    """The photo as bytes of the format that is asked for: sRGB, upright, turned as it is shown.

    Raises PhotoError and OSError.
    """
    source = photo.facts.path
    data = source.read_bytes()
    long_side = options.long_side

    def reduction(width: int, height: int) -> float:
        return 1.0 if long_side is None else max(1.0, max(width, height) / (long_side * _MARGIN))

    try:
        decoded = decode(data, source.suffix.lower(), reduction)
        image = _sized(decoded, long_side)
    except (PhotoError, MemoryError):
        raise
    except Exception as error:  # decoders raise nearly everything on a damaged file
        raise PhotoError("The file is damaged and cannot be decoded.") from error
    turn = _TURNS.get(photo.rotation % 4)
    if turn is not None:
        image = image.transpose(turn)
    buffer = io.BytesIO()
    image.save(buffer, **_saving(image, decoded.source, options))
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


def _saving(image: Image.Image, source: Image.Image, options: ExportOptions) -> dict[str, Any]:
    saving: dict[str, Any] = {"icc_profile": _srgb_profile()}
    exif = _exif(source, options.metadata, image.size)
    if exif is not None:
        saving["exif"] = exif
    xmp = _xmp(source) if options.metadata == "all" else None
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
                info.add_itxt("XML:com.adobe.xmp", xmp.decode("utf-8", "replace"))
                return {**saving, "pnginfo": info}
    if xmp is not None and len(xmp) < 65_000:  # what fits into one segment of a JPEG
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
        exif.pop(_ORIENTATION, None)
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


def _xmp(source: Image.Image) -> bytes | None:
    """The XMP packet of the source, saying that the picture is upright."""
    packet = source.info.get("xmp")
    if not isinstance(packet, bytes):
        return None
    return re.sub(rb"(tiff:Orientation(?:=[\"']|>))[2-8]", rb"\g<1>1", packet)


@lru_cache(maxsize=1)
def _srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
