"""The one form that vectors have everywhere: unit length, with values that float16 can hold.

The catalogue keeps float16. Rounding before a vector is first used makes today's answers those of
tomorrow, after a restart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Rounding to float16 moves the length of a vector by less than this.
_SLACK = 2e-3


def unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows of (n, dim) made unit length. Raises ValueError where one is zero or not finite.

    Rows that have it already, but for rounding, are left as they are.
    """
    lengths = np.linalg.norm(vectors.astype(np.float64), axis=1)
    if not (np.isfinite(lengths) & (lengths > 0)).all():
        raise ValueError("a vector is zero or not finite")
    if (np.abs(lengths - 1.0) <= _SLACK).all():
        return vectors
    lengths[np.abs(lengths - 1.0) <= _SLACK] = 1.0
    scaled: NDArray[np.float32] = (vectors / lengths[:, None]).astype(np.float32)
    return scaled


def stored_form(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Unit rows rounded to what float16 holds, as float32. Raises ValueError as unit_rows does."""
    return unit_rows(vectors).astype(np.float16).astype(np.float32)


def fingerprints(vectors: NDArray[np.float32]) -> NDArray[np.uint64]:
    """One number per row, (n,), that tells rows in stored form apart: a sum with random factors.

    (Multilinear hashing over 2**64; Dietzfelbinger et al. 1997.)
    """
    bits = vectors.astype("<f2").view("<u2")
    factors = np.random.default_rng(2021).integers(1, 2**63, bits.shape[1], np.uint64) * 2 + 1
    sums = np.empty(len(bits), np.uint64)
    for start in range(0, len(bits), 4096):
        part = bits[start : start + 4096].astype(np.uint64)
        sums[start : start + 4096] = (part * factors).sum(axis=1, dtype=np.uint64)
    return sums
