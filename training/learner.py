"""What is trained: the model itself and two heads that only training needs."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.batches import Batch
from training.losses import (
    LARGEST_LOG_SCALE,
    contrastive,
    cosine_distance,
    same_label,
    soft_ranking,
)
from training.model import EMBED_DIM, build
from training.reading import read_texts
from training.settings import Weights
from training.teacher import FEATURES


class Learner(nn.Module):
    """The model with the heads used in training.

    `projection` takes the teacher's features to the joint space; `guess` predicts them from the
    image tower's pooled features. Neither is shipped.
    """

    def __init__(self, seed: int) -> None:
        super().__init__()
        self.clip: Any = build(seed)
        self.projection = nn.Linear(FEATURES, EMBED_DIM, bias=False)
        self.guess = nn.Linear(self.clip.visual.trunk.head_hidden_size, FEATURES)

    def scale(self) -> Tensor:
        """The inverse temperature, a scalar, clipped as the CLIP paper does."""
        log_scale: Tensor = self.clip.logit_scale
        return log_scale.clamp(max=LARGEST_LOG_SCALE).exp()

    def text_tower(self) -> list[nn.Parameter]:
        """The parameters that read texts, and the temperature."""
        return [
            value for name, value in self.clip.named_parameters() if not name.startswith("visual.")
        ]

    def taught(self, features: Tensor) -> Tensor:
        """Unit joint embeddings, (B, EMBED_DIM), of standardised teacher features (B, FEATURES)."""
        return functional.normalize(self.projection(features), dim=1)

    def read(self, tokens: Tensor) -> Tensor:
        """Unit joint embeddings, (B, EMBED_DIM), of tokens (B, context) int64."""
        return functional.normalize(read_texts(self.clip, tokens), dim=1)


def text_loss(learner: Learner, batch: Batch, texts: Tensor) -> Tensor:
    """Texts against the frozen teacher's features: CLIP's loss, only text tower and projection.

    With the photos' side locked this is LiT (Zhai et al. 2021, arXiv:2111.07991).
    texts: (B, EMBED_DIM) unit rows, one per photo.
    """
    photos = learner.taught(batch.features)
    return contrastive(photos, texts, learner.scale(), same_label(batch.labels))


def sibling_loss(learner: Learner, first: Tensor, second: Tensor) -> Tensor:
    """Two captions of one photo belong together: CLIP's loss with texts on both sides.

    first and second: (G, context) int64 tokens, row i of both about the same photo, which nobody
    has. Supervised SimCSE (Gao et al. 2021, arXiv:2104.08821) with captions for pairs.
    """
    nothing = torch.zeros(len(first), len(first), dtype=torch.bool)
    both = learner.read(torch.cat([first, second]))
    return contrastive(both[: len(first)], both[len(first) :], learner.scale(), nothing)


def photo_loss(
    learner: Learner, batch: Batch, texts: Tensor, ranked: Tensor, weights: Weights
) -> Tensor:
    """The image tower against the teacher and against the photos' own texts.

    texts: (B, EMBED_DIM) unit rows, one per photo; ranked: (T, EMBED_DIM) unit rows, texts that
    student and teacher both rank. A mixture of feature mimicry, contrastive and relational
    distillation as CLIP-KD found best (Yang et al. 2023, arXiv:2307.12732).
    """
    trunk = learner.clip.visual.trunk
    pooled = trunk.forward_head(trunk.forward_features(batch.photos), pre_logits=True)
    student = functional.normalize(trunk.get_classifier()(pooled), dim=1)
    with torch.no_grad():
        target = learner.taught(batch.features)
    scale = learner.scale()
    ranking = soft_ranking(student, target, ranked.detach(), float(scale.detach()))
    taught = (
        weights.embedding * cosine_distance(student, target)
        + weights.features * cosine_distance(learner.guess(pooled), batch.features)
        + weights.ranking * ranking
    )
    if batch.mixed:
        return taught
    ignored = same_label(batch.labels)
    return taught + weights.contrast * contrastive(student, texts, scale, ignored)


def parameter_groups(module: nn.Module, decay: float) -> list[dict[str, object]]:
    """AdamW's groups: matrices and filters decay, gains, biases and the temperature do not."""
    trained = [value for value in module.parameters() if value.requires_grad]
    return [
        {"params": [value for value in trained if value.ndim > 1], "weight_decay": decay},
        {"params": [value for value in trained if value.ndim <= 1], "weight_decay": 0.0},
    ]


def freeze(parameters: Iterable[nn.Parameter], frozen: bool) -> None:
    """Take parameters out of training, or back in."""
    for value in parameters:
        value.requires_grad_(not frozen)


def cosine_rate(step: int, steps: int, warmup: int) -> float:
    """The learning rate's factor at a step: linear warm-up, then half a cosine down to zero.

    Loshchilov and Hutter 2016, arXiv:1608.03983.
    """
    if step < warmup:
        return (step + 1) / warmup
    done = (step - warmup) / max(1, steps - warmup)
    return 0.5 * (1 + math.cos(math.pi * done))
