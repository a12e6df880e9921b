"""Recall at k on the development photos: every caption is a query, no template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from training.batches import whole_photos
from training.reading import read_texts

CHUNK = 250
TEXT_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Recall:
    """Shares of queries whose answer is among the first 1, 5 and 10, both directions."""

    text_to_photo_1: float
    text_to_photo_5: float
    text_to_photo_10: float
    photo_to_text_1: float
    photo_to_text_5: float
    photo_to_text_10: float

    def figures(self) -> dict[str, float]:
        """The figures rounded to four places, for a record."""
        return {name: round(value, 4) for name, value in asdict(self).items()}


def recall(photos: Tensor, texts: Tensor, owner: Tensor) -> Recall:
    """Recall of photos (P, D) and texts (T, D), unit rows; `owner`, (T,) int64, is text → photo.

    A text finds its one photo; a photo counts as found at k if any of its texts is among the k.
    """
    similarity = texts @ photos.T
    own = similarity.gather(1, owner[:, None])
    text_rank = (similarity > own).sum(dim=1)
    belongs = owner[:, None] == torch.arange(len(photos))[None, :]
    best = similarity.masked_fill(~belongs, -torch.inf).amax(dim=0)
    photo_rank = (similarity > best[None, :]).sum(dim=0)
    shares = [
        (rank < k).float().mean().item() for rank in (text_rank, photo_rank) for k in (1, 5, 10)
    ]
    return Recall(*shares)


def owners(texts_per_photo: Sequence[int]) -> Tensor:
    """(T,) int64: which photo each text belongs to, texts in the order of their photos."""
    return torch.from_numpy(np.repeat(np.arange(len(texts_per_photo)), texts_per_photo))


@torch.no_grad()
def embed_photos(model: Any, photos: npt.NDArray[np.uint8]) -> Tensor:
    """Unit embeddings, (N, D) float32, of photos (N, side, side, 3) uint8; leaves training mode."""
    model.eval()
    chunks = [
        model.visual(whole_photos(photos[start : start + CHUNK]))
        for start in range(0, len(photos), CHUNK)
    ]
    return functional.normalize(torch.cat(chunks), dim=1)


@torch.no_grad()
def embed_texts(model: Any, tokens: Tensor) -> Tensor:
    """Unit embeddings, (T, D) float32, of tokens (T, context) int64; leaves training mode."""
    model.eval()
    chunks = [read_texts(model, part) for part in torch.split(tokens, TEXT_CHUNK)]
    return functional.normalize(torch.cat(chunks), dim=1)
