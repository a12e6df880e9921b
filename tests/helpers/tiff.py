"""Directories of TIFF files, of which DNGs are made: Pillow writes no camera's raw file."""

from __future__ import annotations

import struct

BYTE, ASCII, SHORT, LONG, SRATIONAL = 1, 2, 3, 4, 10
_LAYOUT = {BYTE: "B", ASCII: "B", SHORT: "H", LONG: "I", SRATIONAL: "i"}

Entry = tuple[int, int, list[int]]
"""A tag, the kind of its values, and those; numerator and denominator of each SRATIONAL."""


def text(tag: int, value: str) -> Entry:
    """An entry that is a text."""
    return tag, ASCII, [*value.encode(), 0]


def header() -> bytes:
    """The beginning of a little-endian file whose first directory stands at offset 8."""
    return b"II*\0" + struct.pack("<I", 8)


def directory(entries: list[Entry], at: int) -> bytes:
    """A directory that will stand at offset `at`, its long values right behind it."""
    head, behind = struct.pack("<H", len(entries)), b""
    behind_at = at + 2 + 12 * len(entries) + 4
    for tag, kind, values in sorted(entries):
        packed = struct.pack(f"<{len(values)}{_LAYOUT[kind]}", *values)
        count = len(values) // 2 if kind == SRATIONAL else len(values)
        if len(packed) > 4:
            field = struct.pack("<I", behind_at + len(behind))
            behind += packed + b"\0" * (len(packed) % 2)
        else:
            field = packed.ljust(4, b"\0")
        head += struct.pack("<HHI", tag, kind, count) + field
    return head + struct.pack("<I", 0) + behind


def mosaic(width: int, height: int, at: int) -> list[Entry]:
    """What says that an RGGB mosaic of 16-bit numbers stands at offset `at`, a part of a DNG."""
    return [
        (254, LONG, [0]),
        (256, LONG, [width]),
        (257, LONG, [height]),
        (258, SHORT, [16]),
        (259, SHORT, [1]),
        (262, SHORT, [32803]),  # colour filter array
        (273, LONG, [at]),
        (277, SHORT, [1]),
        (278, LONG, [height]),
        (279, LONG, [2 * width * height]),
        (33421, SHORT, [2, 2]),
        (33422, BYTE, [0, 1, 1, 2]),
    ]
