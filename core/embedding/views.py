"""Photos that are looked at in several views get one embedding: the mean of the views'.

The mean of unit vectors, made one again, as the ensemble of prompts is for texts (Radford et al.
2021, section 3.1.4). So a wide photo costs more to embed, and nothing more to keep or to search.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def all_views(photos: Sequence[NDArray[np.uint8]]) -> NDArray[np.uint8]:
    """Model inputs of photos, each uint8 (views x size, size, 3), as one batch of squares."""
    flat = np.concatenate(photos)
    size = flat.shape[1]
    return flat.reshape(len(flat) // size, size, size, 3)


def one_each(
    vectors: NDArray[np.float32], photos: Sequence[NDArray[np.uint8]]
) -> NDArray[np.float32]:
    """Embeddings of photos, float32 (n, dim), rows of length 1, from those of `all_views`."""
    counts = np.array([len(pixels) // pixels.shape[1] for pixels in photos])
    if len(vectors) == len(photos):
        return vectors
    sums = np.add.reduceat(vectors, np.cumsum(counts) - counts, axis=0)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    means: NDArray[np.float32] = sums / np.maximum(lengths, np.float32(1e-12))
    return means
