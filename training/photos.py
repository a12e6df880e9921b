"""The image tower learns what the text tower, held still, says of its photos.

Captions and names teach it as they taught the space, but through all its layers. The photos that a
step does not show count as the tower saw them last, so that a text has thousands to choose from
with a small batch (a memory bank: Wu et al. 2018, arXiv:1805.01978).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.augment import augmented
from training.losses import any_of, as_said, named, one_of
from training.names import PHRASINGS, NameVectors, different
from training.settings import PhotoPlan
from training.space import FIRST_SCALES, WORDS_A_STEP


@dataclass(frozen=True, slots=True)
class PhotoMaterial:
    """Photos as (N, side, side, 3) uint8, and the text tower's unit rows of their texts, float32.

    english, chinese: (P, 5, EMBED_DIM), captions of the described photos. classes: (Q,) int64 of
    the classified ones. said_described, said_classified: what the untouched classifier says of
    either, (P or Q, 1000). names: the text tower's unit rows.
    """

    described: npt.NDArray[np.uint8]
    english: Tensor
    chinese: Tensor
    classified: npt.NDArray[np.uint8]
    classes: Tensor
    said_described: Tensor
    said_classified: Tensor
    names: NameVectors


class Looking(nn.Module):
    """The image tower while it learns; `seen`, (P, EMBED_DIM), is how it saw each photo last."""

    seen: Tensor

    def __init__(self, visual: Any, seen: Tensor) -> None:
        super().__init__()
        self.visual = visual
        self.log_scales = nn.Parameter(torch.tensor(FIRST_SCALES).log())
        self.register_buffer("seen", seen.clone())

    def train(self, mode: bool = True) -> Self:  # noqa: ARG002
        """Stay in evaluation mode: batches are too small to measure normalisation by."""
        return super().train(False)


def photo_loss(looking: Looking, material: PhotoMaterial, plan: PhotoPlan, step: int) -> Tensor:
    """The loss of a step; remembers how the photos were seen."""
    random = np.random.default_rng((plan.schedule.seed, step))
    weights, vectors = plan.names, material.names
    captions_scale, names_scale, words_scale = looking.log_scales.exp()
    count = len(material.described)
    order = torch.from_numpy(random.permutation(count))
    rows, rest = order[: plan.described], order[plan.described :]
    named_rows = different(random, len(material.classified), plan.named)
    shown = torch.cat(
        [
            augmented(material.described[rows.numpy()], plan, random),
            augmented(material.classified[named_rows.numpy()], plan, random),
        ]
    )
    both = functional.normalize(looking.visual(shown), dim=1)
    photos, others = both[: len(rows)], both[len(rows) :]
    captions = _captions(material, rows, plan, random)
    apart = _captions(material, rest[: plan.others], plan, random)
    before = looking.seen[rest]
    found = one_of(captions, photos, before, captions_scale)
    told = one_of(photos, captions, apart, captions_scale)
    words = different(random, len(vectors.words), WORDS_A_STEP)
    queries = vectors.words[words, int(random.integers(PHRASINGS))]
    right = vectors.word_photos[torch.cat([rows, rest])][:, words].T.float()
    loss = (found + told) / 2 + weights.words * any_of(
        queries, torch.cat([photos, before]), right, words_scale
    )
    said = torch.cat([material.said_described[rows], material.said_classified[named_rows]])
    with torch.no_grad():
        looking.seen[rows] = photos
    return (
        loss
        + weights.classes
        * named(others, vectors.some_classes(random), material.classes[named_rows], names_scale)
        + weights.said * as_said(both, vectors.some_labels(random), said, names_scale)
    )


def _captions(
    material: PhotoMaterial, rows: Tensor, plan: PhotoPlan, random: np.random.Generator
) -> Tensor:
    """One caption of each photo, in English or Chinese: (rows, EMBED_DIM)."""
    which = torch.from_numpy(random.integers(0, 5, len(rows)))
    chinese = torch.from_numpy(random.random(len(rows)) < plan.chinese)
    return torch.where(
        chinese[:, None], material.chinese[rows, which], material.english[rows, which]
    )
