"""The losses, each a plain function of row-normalised embeddings."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional

# The CLIP paper keeps the learned temperature from scaling logits by more than 100.
LARGEST_LOG_SCALE = math.log(100.0)


def same_label(labels: Tensor) -> Tensor:
    """(B, B) bool: pairs of different rows that show the same; labels is (B,) int64."""
    return (labels[:, None] == labels[None, :]) & ~torch.eye(len(labels), dtype=torch.bool)


def contrastive(photos: Tensor, texts: Tensor, scale: Tensor, ignored: Tensor) -> Tensor:
    """Symmetric InfoNCE (Radford et al. 2021, arXiv:2103.00020, figure 3), a scalar.

    photos and texts are (B, D) float32 with unit rows, row i belonging to row i; `scale` is the
    inverse temperature; `ignored`, (B, B) bool, marks pairs that match although they are not on
    the diagonal (two photos of one class) and must not count as negatives.
    """
    logits = (scale * photos @ texts.T).masked_fill(ignored, -torch.inf)
    targets = torch.arange(len(photos))
    by_photo = functional.cross_entropy(logits, targets)
    by_text = functional.cross_entropy(logits.T, targets)
    return (by_photo + by_text) / 2


def cosine_distance(student: Tensor, target: Tensor) -> Tensor:
    """Mean of 1 - cosine over rows, a scalar; both (B, D) float32, of any length."""
    return 1 - functional.cosine_similarity(student, target).mean()


def soft_ranking(student: Tensor, target: Tensor, texts: Tensor, scale: float) -> Tensor:
    """How far the student ranks texts from the way the target does, a scalar.

    KL divergence between the softmaxed similarities to all texts (Hinton et al. 2015,
    arXiv:1503.02531; as CLIP-KD's contrastive relational distillation, arXiv:2307.12732).
    student and target are (B, D), texts (T, D), unit rows; `scale` is the inverse temperature.
    """
    wanted = (scale * target @ texts.T).log_softmax(dim=1)
    got = (scale * student @ texts.T).log_softmax(dim=1)
    return functional.kl_div(got, wanted, reduction="batchmean", log_target=True)
