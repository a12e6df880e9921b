"""A 64-bit fingerprint by which photos that look alike are found.

The DCT hash of Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions" (2010),
as in the pHash library: 32×32 grey levels, the 8×8 lowest frequencies of their DCT-II without the
constant ones, each compared with their median. Alike photos differ in few bits (Hamming distance).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.imaging.model_input import Box

_SIDE = 32
_FREQUENCIES = 8
_FLAT = 1.0  # grey levels: below this deviation only noise would decide the bits


def _dct_rows() -> NDArray[np.float32]:
    frequency = np.arange(1, _FREQUENCIES + 1)[:, None]
    position = np.arange(_SIDE)[None, :]
    rows = np.cos(np.pi * frequency * (2 * position + 1) / (2 * _SIDE)) * np.sqrt(2 / _SIDE)
    return np.asarray(rows, dtype=np.float32)


_DCT = _dct_rows()


def perceptual_hash(image: Image.Image, box: Box) -> int | None:
    """The hash of the part `box` of an RGB image, unsigned 64 bit; None for a flat one."""
    side = (_SIDE, _SIDE)
    small = image.resize(side, Image.Resampling.BOX, box=box, reducing_gap=2.0).convert("L")
    grey = np.asarray(small, dtype=np.float32)
    if grey.std() < _FLAT:
        return None
    low = _DCT @ grey @ _DCT.T
    bits = np.packbits(low.ravel() > np.median(low))
    return int.from_bytes(bits.tobytes(), "big")
