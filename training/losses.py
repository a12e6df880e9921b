"""The losses, each a plain function of row-normalised embeddings."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

LABEL_SMOOTHING = 0.05


def contrastive(photos: Tensor, texts: Tensor, scale: Tensor) -> Tensor:
    """Symmetric InfoNCE (Radford et al. 2021, arXiv:2103.00020, figure 3), a scalar.

    photos and texts are (B, D) float32 with unit rows, row i belonging to row i; `scale` is the
    inverse temperature.
    """
    logits = scale * photos @ texts.T
    targets = torch.arange(len(photos))
    by_photo = functional.cross_entropy(logits, targets)
    by_text = functional.cross_entropy(logits.T, targets)
    return (by_photo + by_text) / 2


def one_of(queries: Tensor, answers: Tensor, others: Tensor, scale: Tensor) -> Tensor:
    """InfoNCE in one direction: row i of `answers` is right, the others' rows are wrong, a scalar.

    queries and answers: (B, D); others: (N, D); unit rows. Each other row that says the same as the
    right one is left out.
    """
    logits = scale * queries @ torch.cat([answers, others]).T
    same = answers @ torch.cat([answers, others]).T > 0.999
    same[:, : len(answers)].fill_diagonal_(False)
    return functional.cross_entropy(
        logits.masked_fill(same, -torch.inf), torch.arange(len(answers))
    )


def any_of(queries: Tensor, answers: Tensor, right: Tensor, scale: Tensor) -> Tensor:
    """InfoNCE where a query has several right answers, a scalar; 0 if none has any.

    Supervised contrastive learning (Khosla et al. 2020, arXiv:2004.11362). queries: (Q, D);
    answers: (A, D); unit rows; right: (Q, A) float32, 1 or 0. Queries without one do not count.
    """
    likely = (scale * queries @ answers.T).log_softmax(dim=1)
    counts = right.sum(dim=1)
    asked = counts > 0
    if not asked.any():
        return likely.sum() * 0
    return -((likely * right).sum(dim=1)[asked] / counts[asked]).mean()


def named(photos: Tensor, names: Tensor, classes: Tensor, scale: Tensor) -> Tensor:
    """Cross-entropy of photos (B, D) over names (C, D), unit rows; classes: (B,) int64."""
    return functional.cross_entropy(
        scale * photos @ names.T, classes, label_smoothing=LABEL_SMOOTHING
    )


def as_said(photos: Tensor, names: Tensor, said: Tensor, scale: Tensor) -> Tensor:
    """Cross-entropy of photos (B, D) over names (C, D) against probabilities `said`, (B, C).

    Knowledge distillation (Hinton et al. 2015, arXiv:1503.02531).
    """
    return functional.cross_entropy(scale * photos @ names.T, said)
