"""How much memory decoding a photo takes, by what its header says. Nothing is decoded for that.

The figures are bytes a pixel, measured on photos of 35 megapixels in every mode and format
(the most that a process had, above what it had before), and rounded up.
"""

from __future__ import annotations

from PIL import Image

# What Pillow keeps of a pixel, where it is not 4 bytes.
_KEPT = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2, "I;16L": 2, "I;16N": 2}
# What passes through memory beside it until a pixel is RGB of 8 bits, by mode.
_CONVERTED = {"1": 4, "P": 4, "RGBA": 5, "LA": 9, "PA": 9, "RGBa": 9, "La": 9, "I": 18, "F": 18}
_CONVERTED |= dict.fromkeys(("I;16", "I;16B", "I;16L", "I;16N"), 14)
_PLAIN = {"RGB", "L", "CMYK"}
_OTHERWISE = 4
_TRANSPARENT = 9  # where a colour or palette says what is transparent
_PROFILE = 4
# What decoders keep for themselves until they are done.
_DECODER = {"WEBP": 12, "AVIF": 8, "HEIF": 8, "QOI": 3, "PSD": 4, "JXL": 16}
_RAW, _RAW_HALF = 22, 8
_JPEG_2000 = 20  # all in all, of the pixels that are decoded
_COEFFICIENT = 2  # of a progressive JPEG all are kept, those of each channel
# The copies of a picture that was made smaller: in sRGB, upright, fitted, handed over.
_COPIES = 12
_ALWAYS = 24 << 20


def decoding_bytes(source: Image.Image, file_bytes: int, reduction: float) -> int:
    """Bytes that decoding takes at most, the file in memory included.

    `source` is opened and not loaded; its pixels may be made `reduction` times smaller.
    """
    pixels = source.width * source.height
    wanted = max(1, int(reduction))
    return _ALWAYS + file_bytes + _loading(source, pixels, wanted) + _COPIES * pixels // wanted**2


def full_bytes(source: Image.Image, file_bytes: int) -> int:
    """Bytes that it takes to have every pixel, the file in memory included."""
    return _ALWAYS + file_bytes + _loading(source, source.width * source.height, 1)


def jpeg_xl_bytes(width: int, height: int, file_bytes: int) -> int:
    """Bytes that it takes to open a JPEG XL image, which decodes it."""
    return _ALWAYS + file_bytes + (_DECODER["JXL"] + 4) * width * height


def raw_bytes(width: int, height: int, file_bytes: int, *, half_size: bool = False) -> int:
    """Bytes that developing a RAW file takes, at its size or with half as long sides."""
    return _ALWAYS + 2 * file_bytes + (_RAW_HALF if half_size else _RAW) * width * height


def jpeg_scale(reduction: float) -> int:
    """How many times smaller than stored a JPEG is decoded, of which 1, 2, 4 and 8 are possible."""
    return next(scale for scale in (8, 4, 2, 1) if scale <= reduction)


def halvings(reduction: float) -> int:
    """How often the sides of a JPEG 2000 are halved while it is decoded."""
    return int(reduction).bit_length() - 1


def _loading(source: Image.Image, pixels: int, reduction: int) -> int:
    if source.format == "JPEG2000":
        return _JPEG_2000 * pixels >> 2 * halvings(reduction)
    if source.format in {"JPEG", "MPO"}:
        kept = _KEPT.get(source.mode, 4) * pixels // jpeg_scale(reduction) ** 2
        return kept + _coefficients(source, pixels)
    each = _KEPT.get(source.mode, 4) + _DECODER.get(source.format or "", 0)
    return pixels * (each + _converting(source))


def _converting(source: Image.Image) -> int:
    """Bytes a pixel; none where pixels are made fewer before they are converted."""
    transparent = source.mode not in _CONVERTED and source.has_transparency_data
    transparent = transparent or (source.mode in {"1", "P"} and "transparency" in source.info)
    if source.mode in _PLAIN and not transparent:
        return 0
    profile = _PROFILE if "icc_profile" in source.info else 0
    more = _TRANSPARENT if transparent else 0
    return _CONVERTED.get(source.mode, _OTHERWISE) + more + profile


def _coefficients(source: Image.Image, pixels: int) -> int:
    """What a progressive JPEG keeps until its last byte is read, however small it is decoded."""
    if not ("progressive" in source.info or "progression" in source.info):
        return 0
    # Each channel by how densely it is sampled: (name, across, down, table).
    layers: list[tuple[int, int, int, int]] = getattr(source, "layer", [])
    densest = max((across * down for _, across, down, _ in layers), default=1)
    share = sum(across * down for _, across, down, _ in layers) / densest if layers else 4
    return int(_COEFFICIENT * pixels * share)
