"""What a file says about its photo: EXIF, XMP and IPTC made one."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from PIL import Image

from core.catalog.metadata import Metadata
from core.imaging.cleaning import clean_keywords
from core.imaging.exif import exif_metadata, exif_moments, exif_of, exif_of_raw
from core.imaging.iptc import iptc_metadata, iptc_moments, iptc_of
from core.imaging.jpeg_segments import JpegError, extended_packet, segments
from core.imaging.moments import Moment, Source, best_moment
from core.imaging.regular_files import open_regular
from core.imaging.sidecars import sidecars
from core.imaging.xmp import (
    EXTENDED,
    LARGEST_XMP,
    XmpProperties,
    find_packet,
    parse_xmp,
    xmp_metadata,
    xmp_moments,
)

# Formats whose XMP packet Pillow does not hand out.
_PACKET_IN_THE_OPEN = {"JXL", "JPEG2000", "PSD"}


def read_metadata(source: Image.Image, data: bytes, *, raw: bool) -> Metadata:
    """What the photo that `source` was opened from says; never raises on what a file holds.

    `data` is the whole file; `raw` says that `source` is only the preview in it. The camera's word
    (EXIF) comes first on how the photo was taken, a person's (XMP, IPTC) on rating and title;
    keywords are all of theirs.
    """
    exif = exif_of(source)
    xmp = _xmp_of(source, data, raw=raw)
    iptc = iptc_of(source)
    by_camera = [exif_metadata(exif)]
    moments: dict[Source, Moment | None] = {}
    if raw:
        container = exif_of_raw(data)
        by_camera.insert(0, exif_metadata(container))
        moments |= _known(exif_moments(container))
    by_person = [xmp_metadata(xmp), iptc_metadata(iptc)]
    for found in (exif_moments(exif), xmp_moments(xmp), iptc_moments(iptc)):
        moments = _known(found) | moments
    taken = best_moment(moments)
    merged = _merged([*by_camera, *by_person])
    said = _merged([*by_person, *by_camera])
    keywords = [word for each in (*by_person, *by_camera) for word in each.keywords]
    return replace(
        merged,
        rating=said.rating,
        title=said.title,
        keywords=clean_keywords(keywords),
        taken_at=None if taken is None else taken.local,
        utc_offset_minutes=None if taken is None else taken.utc_offset_minutes,
    )


def read_sidecars(photo: Path) -> Metadata | None:
    """What the sidecar files of a photo say; None without any.

    Damaged ones say nothing, nor do links: what these lead to is no business of this folder.
    """
    found = [_of_sidecar(path) for path in sidecars(photo)]
    if not found:
        return None
    keywords = [word for each in found for word in each.keywords]
    return replace(_merged(found), keywords=clean_keywords(keywords))


def _of_sidecar(path: Path) -> Metadata:
    try:
        with open_regular(path, links=False) as file:
            xmp = parse_xmp(file.read(LARGEST_XMP + 1))
    except OSError:
        return Metadata()
    taken = best_moment(xmp_moments(xmp))
    return replace(
        xmp_metadata(xmp),
        taken_at=None if taken is None else taken.local,
        utc_offset_minutes=None if taken is None else taken.utc_offset_minutes,
    )


def _known(moments: dict[Source, Moment | None]) -> dict[Source, Moment | None]:
    return {source: found for source, found in moments.items() if found is not None}


def _merged(sources: list[Metadata]) -> Metadata:
    """Each field from the first source that has it; a position from one source whole."""
    merged: dict[str, Any] = {}
    for field in fields(Metadata):
        values = (getattr(source, field.name) for source in sources)
        merged[field.name] = next((value for value in values if value not in (None, ())), None)
    merged["keywords"] = merged["keywords"] or ()
    for source in sources:
        if source.latitude is not None:
            merged |= {"latitude": source.latitude, "longitude": source.longitude}
            break
    return Metadata(**merged)


def _xmp_of(source: Image.Image, data: bytes, *, raw: bool) -> XmpProperties:
    """What the packet says, and in a JPEG its extended part, which is in segments of its own."""
    xmp = parse_xmp(_packet(source, data, raw=raw))
    mark = xmp.get(EXTENDED)
    if not mark or source.format not in {"JPEG", "MPO"}:
        return xmp
    try:
        extended = extended_packet(data, segments(data), mark[0])
    except JpegError:
        return xmp
    return {**parse_xmp(extended), **xmp} if extended is not None else xmp


def _packet(source: Image.Image, data: bytes, *, raw: bool) -> bytes:
    packet = source.info.get("xmp")
    if packet is None and (raw or source.format in _PACKET_IN_THE_OPEN):
        packet = find_packet(data)
    if isinstance(packet, str):
        return packet.encode("utf-8", errors="replace")
    return packet if isinstance(packet, bytes) else b""
