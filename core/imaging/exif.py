"""EXIF: what the camera wrote. Fields per Exif 3.0 (CIPA DC-008) and Microsoft's XP fields."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image

from core.catalog.metadata import Metadata
from core.imaging.cleaning import camera_name, clean_keywords, clean_text, lens_name, number
from core.imaging.moments import Moment, Source, moment

_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_MAKE, _MODEL, _CHANGED = 0x010F, 0x0110, 0x0132
_RATING, _RATING_PERCENT = 0x4746, 0x4749
_XP_TITLE, _XP_KEYWORDS = 0x9C9B, 0x9C9E
_ORIGINAL, _DIGITISED = 0x9003, 0x9004
_OFFSET, _OFFSET_ORIGINAL, _OFFSET_DIGITISED = 0x9010, 0x9011, 0x9012
_EXPOSURE, _F_NUMBER, _FOCAL_LENGTH, _SHUTTER, _APERTURE = 0x829A, 0x829D, 0x920A, 0x9201, 0x9202
_ISO, _RECOMMENDED_INDEX, _ISO_SPEED = 0x8827, 0x8832, 0x8833
_LENS_MODEL = 0xA434
_ISO_OVERFLOW = 65535  # "see the longer field"


@dataclass(frozen=True)
class ExifBlock:
    """The fields of an EXIF block by tag number; values are as Pillow gives them, untrusted."""

    main: Mapping[int, Any]
    camera: Mapping[int, Any]
    gps: Mapping[int, Any]


_NOTHING = ExifBlock({}, {}, {})


def exif_of(image: Image.Image) -> ExifBlock:
    """The EXIF block of an opened image; empty where there is none or it is beyond reading."""
    try:
        return _block(image.getexif())
    except Exception:
        return _NOTHING  # hostile blocks make Pillow raise nearly everything


def exif_of_payload(payload: bytes) -> ExifBlock:
    """The EXIF block in a JPEG's segment for it."""
    exif = Image.Exif()
    try:
        exif.load(payload)
        return _block(exif)
    except Exception:
        return _NOTHING  # as above


def exif_of_raw(data: bytes) -> ExifBlock:
    """The EXIF block of a camera RAW file that is built like a TIFF, as most are."""
    if data[:4] in {b"IIRO", b"IIRS", b"IIU\x00"}:  # Olympus and Panasonic change the magic only
        data = b"II*\x00" + data[4:]
    if not data.startswith((b"II*\x00", b"MM\x00*")):
        return _NOTHING
    exif = Image.Exif()
    try:
        exif.load_from_fp(BytesIO(data))
        return _block(exif)
    except Exception:
        return _NOTHING  # as above


def _block(exif: Image.Exif) -> ExifBlock:
    return ExifBlock(_fields(exif), _ifd(exif, _EXIF_IFD), _ifd(exif, _GPS_IFD))


def _ifd(exif: Image.Exif, tag: int) -> dict[int, Any]:
    try:
        return _fields(exif.get_ifd(tag))
    except Exception:
        return {}  # as above; the other blocks may be fine


def _fields(ifd: Any) -> dict[int, Any]:
    fields = {}
    for tag in list(ifd):
        try:
            fields[int(tag)] = ifd[tag]
        except Exception:  # noqa: S112 - one field beyond reading leaves the others
            continue
    return fields


def exif_metadata(exif: ExifBlock) -> Metadata:
    """All but the time."""
    camera = exif.camera
    latitude, longitude = _position(exif.gps)
    return Metadata(
        camera=camera_name(exif.main.get(_MAKE), exif.main.get(_MODEL)),
        lens=lens_name(camera.get(_LENS_MODEL)),
        exposure_seconds=_exposure(camera),
        f_number=number(camera.get(_F_NUMBER), 0.3, 1000) or _apex_aperture(camera),
        focal_length_mm=number(camera.get(_FOCAL_LENGTH), 0.1, 100_000),
        iso=_iso(camera),
        latitude=latitude,
        longitude=longitude,
        rating=_rating(exif.main),
        title=clean_text(_wide(exif.main.get(_XP_TITLE))),
        keywords=clean_keywords((_wide(exif.main.get(_XP_KEYWORDS)) or "").split(";")),
    )


def exif_moments(exif: ExifBlock) -> dict[Source, Moment | None]:
    """The times an EXIF block tells."""
    camera = exif.camera
    return {
        Source.EXIF_ORIGINAL: moment(camera.get(_ORIGINAL), camera.get(_OFFSET_ORIGINAL)),
        Source.EXIF_DIGITISED: moment(camera.get(_DIGITISED), camera.get(_OFFSET_DIGITISED)),
        Source.EXIF_CHANGED: moment(exif.main.get(_CHANGED), camera.get(_OFFSET)),
        Source.GPS: _gps_moment(exif.gps),
    }


def _exposure(camera: Mapping[int, Any]) -> float | None:
    seconds = number(camera.get(_EXPOSURE), 1e-7, 1e5)
    if seconds is None:  # APEX: seconds = 2 to the power of minus the value
        value = number(camera.get(_SHUTTER), -16, 23)
        seconds = None if value is None else 2.0**-value
    return seconds


def _apex_aperture(camera: Mapping[int, Any]) -> float | None:
    value = number(camera.get(_APERTURE), 0.01, 20)
    return None if value is None else round(math.sqrt(2.0) ** value, 1)


def _iso(camera: Mapping[int, Any]) -> float | None:
    for tag in (_ISO, _ISO_SPEED, _RECOMMENDED_INDEX):
        value = number(camera.get(tag), 1, 1e8)
        if value is not None and value != _ISO_OVERFLOW:
            return value
    return None


def _rating(main: Mapping[int, Any]) -> int | None:
    stars = number(main.get(_RATING), 0, 5)
    if stars is not None:
        return int(stars)
    return stars_of_percent(main.get(_RATING_PERCENT))


def stars_of_percent(value: object) -> int | None:
    """Microsoft's percentages as stars: 1, 25, 50, 75 and 99 are one to five."""
    percent = number(value, 0, 100)
    if percent is None:
        return None
    return 0 if percent == 0 else min(5, 1 + round(percent / 25))


def _wide(value: object) -> str | None:
    """Text of Microsoft's fields: UTF-16 in bytes."""
    if isinstance(value, tuple):
        value = bytes(byte for byte in value if isinstance(byte, int) and 0 <= byte < 256)
    if not isinstance(value, bytes):
        return None
    return value[:8192].decode("utf-16-le", errors="ignore").split("\x00", 1)[0]


def _position(gps: Mapping[int, Any]) -> tuple[float | None, float | None]:
    latitude = _degrees(gps.get(2), gps.get(1), {"N": 1, "S": -1}, 90)
    longitude = _degrees(gps.get(4), gps.get(3), {"E": 1, "W": -1}, 180)
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        return None, None  # half a position is none, and 0° 0° is what unset receivers write
    return latitude, longitude


def _degrees(
    value: object, reference: object, signs: Mapping[str, int], limit: float
) -> float | None:
    sign = signs.get((clean_text(reference) or "")[:1].upper())
    if sign is None or not isinstance(value, tuple | list) or not 1 <= len(value) <= 3:
        return None
    parts = [number(part, 0, 360) for part in value]
    degrees = 0.0
    for part, unit in zip(parts, (1, 60, 3600), strict=False):
        if part is None:
            return None
        degrees += part / unit
    return round(sign * degrees, 7) if degrees <= limit else None


def _gps_moment(gps: Mapping[int, Any]) -> Moment | None:
    """The satellites' time, which is UTC."""
    date, time = gps.get(29), gps.get(7)
    if not isinstance(date, str) or not isinstance(time, tuple | list) or len(time) != 3:
        return None
    parts = [number(part, 0, 60) for part in time]
    if any(part is None for part in parts):
        return None
    hour, minute, second = (int(part or 0) for part in parts)
    return moment(f"{date.strip(chr(0))} {hour:02}:{minute:02}:{second:02}", "Z")
