"""The segments of a JPEG file (ITU-T T.81, annex B): finding what is said in them, changing that.

Only segments before the picture are ever exchanged; every byte from there on stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

XMP = b"http://ns.adobe.com/xap/1.0/\x00"
EXTENDED_XMP = b"http://ns.adobe.com/xmp/extension/\x00"
PHOTOSHOP = b"Photoshop 3.0\x00"
EXIF = b"Exif\x00\x00"
_MANY_PICTURES = b"MPF\x00"
_APP0, _APP1, _APP2, _APP13, _SOS, _EOI = 0xE0, 0xE1, 0xE2, 0xED, 0xDA, 0xD9

LARGEST_PAYLOAD = 65_533
"""Bytes that a segment holds."""

# Of the bytes of a scan, those that are a marker: not a zero, a restart or a filler after 0xFF.
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_LARGEST_EXTENDED = 4 << 20

Bytes = bytes | memoryview


class JpegError(Exception):
    """The file is no whole JPEG, or has something in it that a change could do harm to."""


@dataclass(frozen=True)
class Segment:
    """A marker with its payload: `data[start:end]` is all of it, `data[start + 4:end]` that."""

    marker: int
    start: int
    end: int


def segments(data: Bytes) -> list[Segment]:
    """Everything between the beginning of a JPEG and its first scan. Raises JpegError."""
    if bytes(data[:2]) != b"\xff\xd8":
        raise JpegError("no JPEG")
    found: list[Segment] = []
    at = 2
    while True:
        start = at
        while bytes(data[at : at + 2]) == b"\xff\xff":
            at += 1  # fillers may stand before a marker
        head = bytes(data[at : at + 4])
        if len(head) < 4 or head[0] != 0xFF or head[1] in (0x00, 0x01, *range(0xD0, 0xDA)):
            raise JpegError("damaged")
        length = int.from_bytes(head[2:], "big")
        if head[1] == _SOS:
            return found
        at += 2 + length
        if length < 2 or at > len(data):
            raise JpegError("damaged")
        if start + 2 + length == at:
            found.append(Segment(head[1], start, at))
        else:
            raise JpegError("fillers")  # rare, and not worth a second kind of segment


def payload(data: Bytes, segment: Segment) -> bytes:
    """The bytes in a segment."""
    return bytes(data[segment.start + 4 : segment.end])


def packet_segments(data: Bytes, found: Sequence[Segment]) -> list[Segment]:
    """Segments with a packet of XMP; more than one is a mistake of somebody."""
    return [s for s in found if s.marker == _APP1 and _starts(data, s, XMP)]


def exif_segments(data: Bytes, found: Sequence[Segment]) -> list[Segment]:
    """Segments with an EXIF block; programs read the first."""
    return [s for s in found if s.marker == _APP1 and _starts(data, s, EXIF)]


def photoshop_segments(data: Bytes, found: Sequence[Segment]) -> list[Segment]:
    """Segments with Photoshop's resources, among which IPTC's are."""
    return [s for s in found if s.marker == _APP13 and _starts(data, s, PHOTOSHOP)]


def extended_packet(data: Bytes, found: Sequence[Segment], mark: str) -> bytes | None:
    """The extended part of a packet, put together; None where it is not whole."""
    parts: dict[int, bytes] = {}
    total = 0
    for segment in found:
        if segment.marker != _APP1 or not _starts(data, segment, EXTENDED_XMP):
            continue
        body = payload(data, segment)[len(EXTENDED_XMP) :]
        if len(body) < 40 or body[:32] != mark.encode("ascii", "replace"):
            continue
        total = int.from_bytes(body[32:36], "big")
        parts[int.from_bytes(body[36:40], "big")] = body[40:]
    whole = b"".join(part for _, part in sorted(parts.items()))
    return whole if whole and len(whole) == total <= _LARGEST_EXTENDED else None


def check_changeable(data: Bytes, found: Sequence[Segment]) -> None:
    """Raise JpegError where other places in the file count bytes that a change would shift.

    That is so of several pictures in one file, and may be so of what stands behind the picture,
    unless it is counted from the end: films of moving photos and what Samsung's phones add.
    """
    if any(s.marker == _APP2 and _starts(data, s, _MANY_PICTURES) for s in found):
        raise JpegError("several pictures")
    end = _end_of_picture(data, found[-1].end if found else 2)
    behind = bytes(data[end:])
    if not behind.strip(b"\x00\xff \t\r\n"):
        return
    if behind.endswith(b"SEFT") or behind[4:8] == b"ftyp":
        return
    raise JpegError("something behind the picture")


def exchanged(
    data: Bytes, found: Sequence[Segment], *, packet: bytes | None, photoshop: bytes | None
) -> bytes:
    """The file with another packet of XMP, and other Photoshop's resources, None for those it has.

    A packet that is new comes after what cameras write at the very beginning. Raises JpegError
    where it does not fit into a segment.
    """
    pieces: list[bytes] = [bytes(data[:2])]
    new = None if packet is None else _segment(_APP1, XMP + packet)
    waits = new is not None and not packet_segments(data, found)
    for segment in found:
        first = segment.marker == _APP0 or (
            segment.marker == _APP1 and _starts(data, segment, EXIF)
        )
        if waits and not first and new is not None:
            pieces.append(new)
            waits = False
        if new is not None and segment.marker == _APP1 and _starts(data, segment, XMP):
            pieces.append(new)
        elif photoshop is not None and segment in photoshop_segments(data, [segment]):
            pieces.append(_segment(_APP13, PHOTOSHOP + photoshop))
        else:
            pieces.append(bytes(data[segment.start : segment.end]))
    if waits and new is not None:
        pieces.append(new)
    pieces.append(bytes(data[found[-1].end if found else 2 :]))
    return b"".join(pieces)


def rest_of(data: Bytes) -> Iterator[bytes]:
    """Everything that `exchanged` may not have changed, the picture last. Raises JpegError."""
    found = segments(data)
    ours = {*packet_segments(data, found), *photoshop_segments(data, found)}
    for segment in found:
        if segment not in ours:
            yield bytes(data[segment.start : segment.end])
    yield bytes(data[found[-1].end if found else 2 :])


def _starts(data: Bytes, segment: Segment, name: bytes) -> bool:
    return bytes(data[segment.start + 4 : segment.start + 4 + len(name)]) == name


def _segment(marker: int, body: bytes) -> bytes:
    if len(body) > LARGEST_PAYLOAD:
        raise JpegError("too large")
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body


def _end_of_picture(data: Bytes, at: int) -> int:
    """Where the picture ends: behind the marker that says so. Raises JpegError without one."""
    while (marker := _MARKER.search(data, at)) is not None:
        at = marker.end()
        if marker.group()[1] == _EOI:
            return at
        at += int.from_bytes(bytes(data[at : at + 2]), "big")
    raise JpegError("damaged")
