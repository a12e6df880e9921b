"""The size of a JPEG XL image from its first bytes.

Its Pillow plugin decodes while opening, so the size must be known before. Layout: ISO/IEC 18181-1,
SizeHeader, and 18181-2, the container's boxes.
"""

from __future__ import annotations

from dataclasses import dataclass

_CONTAINER = b"\x00\x00\x00\x0cJXL \r\n\x87\n"
_RATIOS = ((1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))


@dataclass
class _Bits:
    """Bits of a byte string, the lowest of each byte first."""

    value: int
    position: int = 0

    def take(self, count: int) -> int:
        taken = (self.value >> self.position) & ((1 << count) - 1)
        self.position += count
        return taken


def jpeg_xl_size(data: bytes) -> tuple[int, int] | None:
    """Width and height as they are coded; None when these bytes are no JPEG XL image."""
    start = _codestream_start(data)
    if start is None or data[start : start + 2] != b"\xff\x0a":
        return None
    bits = _Bits(int.from_bytes(data[start + 2 : start + 18], "little"))
    small = bits.take(1)
    height = _side(bits, small)
    ratio = bits.take(3)
    if ratio:
        numerator, denominator = _RATIOS[ratio - 1]
        return height * numerator // denominator, height
    return _side(bits, small), height


def _side(bits: _Bits, small: int) -> int:
    if small:
        return (bits.take(5) + 1) * 8
    return bits.take((9, 13, 18, 30)[bits.take(2)]) + 1


def _codestream_start(data: bytes) -> int | None:
    if data.startswith(b"\xff\x0a"):
        return 0
    if not data.startswith(_CONTAINER):
        return None
    position = len(_CONTAINER)
    while position + 8 <= len(data):
        size = int.from_bytes(data[position : position + 4], "big")
        kind = data[position + 4 : position + 8]
        header = 16 if size == 1 else 8
        if size == 1:
            size = int.from_bytes(data[position + 8 : position + 16], "big")
        if kind == b"jxlc":
            return position + header
        if kind == b"jxlp":
            return position + header + 4
        if size < header:
            return None
        position += size
    return None
