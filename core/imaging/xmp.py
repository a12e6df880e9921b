"""XMP: what programs wrote, as RDF/XML (ISO 16684-1). Parsed with defusedxml: it is untrusted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from core.catalog.metadata import Metadata
from core.imaging.cleaning import camera_name, clean_keywords, clean_text, lens_name, number
from core.imaging.exif import stars_of_percent
from core.imaging.keywords import Form, flat_words
from core.imaging.moments import Moment, Source, moment

LARGEST_XMP = 4 << 20
"""Bytes of a packet or sidecar: larger ones are not read."""

EXTENDED = "{http://ns.adobe.com/xmp/note/}HasExtendedXMP"
"""The property with the mark of what is said of a JPEG in segments of their own."""

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_EXIF = "{http://ns.adobe.com/exif/1.0/}"
_EXIF_EX = "{http://cipa.jp/exif/1.0/}"
_AUX = "{http://ns.adobe.com/exif/1.0/aux/}"
_TIFF = "{http://ns.adobe.com/tiff/1.0/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_MICROSOFT = "{http://ns.microsoft.com/photo/1.0/}"
_FORMS: Mapping[str, Form] = {
    f"{_DC}subject": "subject",
    "{http://ns.adobe.com/lightroom/1.0/}hierarchicalSubject": "hierarchical",
    "{http://www.digikam.org/ns/1.0/}TagsList": "tags_list",
}
_COORDINATE = re.compile(r"(\d{1,3}),(\d{1,2}(?:\.\d+)?)(?:,(\d{1,2}(?:\.\d+)?))?([NSEW])")

# Properties by "{namespace}name"; each with its values in order, one for a plain property.
XmpProperties = Mapping[str, tuple[str, ...]]


def find_packet(data: bytes) -> bytes | None:
    """The XMP packet in the bytes of a file whose format has no reader for it."""
    start = data.find(b"<x:xmpmeta")
    end = data.find(b"</x:xmpmeta>", start) if start >= 0 else -1
    return data[start : end + len(b"</x:xmpmeta>")] if end >= 0 else None


def parse_xmp(packet: bytes) -> XmpProperties:
    """The properties of a packet; none when it is damaged, too large or hostile."""
    if len(packet) > LARGEST_XMP:
        return {}
    try:
        root = fromstring(packet.strip(b"\x00 \t\r\n"))
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return {}
    properties: dict[str, tuple[str, ...]] = {}
    for description in root.iter(f"{_RDF}Description"):
        for name, text in description.attrib.items():
            properties.setdefault(name, (text,))
        for element in description:
            values = _values(element)
            if values:
                properties.setdefault(element.tag, values)
    return properties


def _values(element: Element) -> tuple[str, ...]:
    items = list(element.iter(f"{_RDF}li"))
    # Of alternative languages the default is first.
    items.sort(key=lambda item: item.get(_LANGUAGE, "x-default") != "x-default")
    texts = (item.text for item in items) if items else (element.text,)
    return tuple(text.strip() for text in texts if text and text.strip())


def xmp_metadata(xmp: XmpProperties) -> Metadata:
    """All but the time."""
    latitude, longitude = _position(xmp)
    return Metadata(
        camera=camera_name(_first(xmp, f"{_TIFF}Make"), _first(xmp, f"{_TIFF}Model")),
        lens=lens_name(_first(xmp, f"{_EXIF_EX}LensModel", f"{_AUX}Lens")),
        exposure_seconds=number(_first(xmp, f"{_EXIF}ExposureTime"), 1e-7, 1e5),
        f_number=number(_first(xmp, f"{_EXIF}FNumber"), 0.3, 1000),
        focal_length_mm=number(_first(xmp, f"{_EXIF}FocalLength"), 0.1, 100_000),
        iso=number(
            _first(xmp, f"{_EXIF_EX}PhotographicSensitivity", f"{_EXIF}ISOSpeedRatings"), 1, 1e8
        ),
        latitude=latitude,
        longitude=longitude,
        rating=_rating(xmp),
        title=clean_text(_first(xmp, f"{_DC}title")),
        keywords=clean_keywords(
            flat_words({form: xmp[name] for name, form in _FORMS.items() if name in xmp})
        ),
    )


def xmp_moments(xmp: XmpProperties) -> dict[Source, Moment | None]:
    """The times a packet tells."""
    return {
        Source.XMP_ORIGINAL: moment(_first(xmp, f"{_EXIF}DateTimeOriginal"))
        or moment(_first(xmp, f"{_PHOTOSHOP}DateCreated")),
        Source.XMP_CREATED: moment(_first(xmp, f"{_XMP}CreateDate")),
        Source.GPS: moment(_first(xmp, f"{_EXIF}GPSTimeStamp"), "Z"),
    }


def _first(xmp: XmpProperties, *names: str) -> str | None:
    return next((xmp[name][0] for name in names if xmp.get(name)), None)


def _rating(xmp: XmpProperties) -> int | None:
    """Stars; -1 ("rejected") counts as none of them."""
    stars = number(_first(xmp, f"{_XMP}Rating"), -1, 5)
    if stars is not None:
        return max(0, int(stars))
    return stars_of_percent(_first(xmp, f"{_MICROSOFT}Rating"))


def _position(xmp: XmpProperties) -> tuple[float | None, float | None]:
    latitude = _coordinate(_first(xmp, f"{_EXIF}GPSLatitude"), "NS", 90)
    longitude = _coordinate(_first(xmp, f"{_EXIF}GPSLongitude"), "EW", 180)
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        return None, None
    return latitude, longitude


def _coordinate(text: str | None, hemispheres: str, limit: float) -> float | None:
    found = _COORDINATE.fullmatch(text) if text else None
    if found is None or found.group(4) not in hemispheres:
        return None
    degrees, minutes, seconds, hemisphere = found.groups()
    value = int(degrees) + float(minutes) / 60 + float(seconds or 0) / 3600
    if value > limit:
        return None
    return round(-value if hemisphere in "SW" else value, 7)
