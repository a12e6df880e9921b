"""The first stage: the space that photos and texts meet in.

A linear layer over the frozen classifier's features and two layers over the frozen sentence
encoder learn to agree. Whatever comes later learns its place in this space: the text tower what the
texts' side says, the image tower what texts say.

Captions teach scenes, classes of photos teach names, and the classifier teaches a thousand more
names without a photo of most: by what it says of every training photo (Hinton et al. 2015,
arXiv:1503.02531) and by where its own weights say that a class lies (`classifier.prototypes`).
Words of captions are queries of their own, because people type one word or two.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.classifier import FEATURES
from training.losses import any_of, as_said, contrastive, named
from training.model import EMBED_DIM
from training.names import PHRASINGS, NameVectors, different, drawn
from training.sentences import SENTENCE_DIM
from training.settings import SpacePlan

HIDDEN = 1024
PHOTO_DROPOUT = 0.3
TEXT_DROPOUT = 0.1
# Sentence vectors are of length 1 over 384 places: enlarged to what a layer's first weights expect.
ENLARGED = 8.0
SMALLEST_DEVIATION = 0.05
WORDS_A_STEP = 256
# Of captions, names and words; each inverse temperature learns from there.
FIRST_SCALES = (15.0, 20.0, 15.0)


@dataclass(frozen=True, slots=True)
class SpaceMaterial:
    """Features and sentence vectors of everything the stage learns from; all float32.

    described: (P, FEATURES) of the captioned photos; captions: (P, 5, SENTENCE_DIM).
    classified: (Q, FEATURES) of the photos by class; classes: (Q,) int64. said_described and
    said_classified: what the classifier says of either, (P or Q, 1000).
    prototypes: (1000, FEATURES), standardised. names: sentence vectors.
    """

    described: Tensor
    captions: Tensor
    classified: Tensor
    classes: Tensor
    said_described: Tensor
    said_classified: Tensor
    prototypes: Tensor
    names: NameVectors


class Space(nn.Module):
    """Both heads: photos' features and texts' sentence vectors into the space."""

    mean: Tensor
    deviation: Tensor

    def __init__(self, features: Tensor) -> None:
        super().__init__()
        self.register_buffer("mean", features.mean(dim=0))
        # Some features are nearly always zero: a floor keeps their rare values from taking over.
        self.register_buffer("deviation", features.std(dim=0).clamp(min=SMALLEST_DEVIATION))
        self.photo_head = nn.Linear(FEATURES, EMBED_DIM)
        self.text_head = nn.Sequential(
            nn.Linear(SENTENCE_DIM, HIDDEN),
            nn.GELU(),
            nn.Dropout(TEXT_DROPOUT),
            nn.Linear(HIDDEN, EMBED_DIM),
        )
        self.log_scales = nn.Parameter(torch.tensor(FIRST_SCALES).log())

    def standardised(self, features: Tensor) -> Tensor:
        """Features (N, FEATURES) with the mean 0 and the deviation 1 of the training photos."""
        return (features - self.mean) / self.deviation

    def photos(self, standardised: Tensor) -> Tensor:
        """Unit vectors, (N, EMBED_DIM), of photos with standardised features (N, FEATURES)."""
        kept = functional.dropout(standardised, PHOTO_DROPOUT, self.training)
        return functional.normalize(self.photo_head(kept), dim=1)

    def texts(self, sentences: Tensor) -> Tensor:
        """Unit vectors, (N, EMBED_DIM), of texts with sentence vectors (N, SENTENCE_DIM)."""
        return functional.normalize(self.text_head(sentences * ENLARGED), dim=1)

    def projection(self) -> tuple[Tensor, Tensor]:
        """Weight (EMBED_DIM, FEATURES) and bias of one linear layer over plain features."""
        weight = (self.photo_head.weight / self.deviation).detach()
        return weight, (self.photo_head.bias - weight @ self.mean).detach()


def space_loss(space: Space, material: SpaceMaterial, plan: SpacePlan, step: int) -> Tensor:
    """The loss of a step; names come every second one, for they cost as much as all captions."""
    random = np.random.default_rng((plan.schedule.seed, step))
    weights = plan.names
    captions_scale, names_scale, words_scale = space.log_scales.exp()
    rows = different(random, len(material.described), plan.batch)
    photos = space.photos(space.standardised(material.described[rows]))
    captions = space.texts(material.captions[rows, drawn(random, 5, len(rows))])
    loss = contrastive(photos, captions, captions_scale)
    vectors = material.names
    words = different(random, len(vectors.words), WORDS_A_STEP)
    queries = space.texts(vectors.words[words, int(random.integers(PHRASINGS))])
    right = vectors.word_photos[rows][:, words].T.float()
    loss = loss + weights.words * any_of(queries, photos, right, words_scale)
    if step % 2:
        return loss
    shown = different(random, len(material.classified), plan.batch // 2)
    others = space.photos(space.standardised(material.classified[shown]))
    names = space.texts(vectors.some_classes(random))
    labels = space.texts(vectors.some_labels(random))
    both = torch.cat([photos, others])
    said = torch.cat([material.said_described[rows], material.said_classified[shown]])
    spread = space.standardised(
        material.classified[drawn(random, len(material.classified), len(labels))]
    )
    typical = functional.normalize(
        space.photo_head(material.prototypes + plan.spread * spread), dim=1
    )
    return (
        loss
        + weights.classes * named(others, names, material.classes[shown], names_scale)
        + weights.said * as_said(both, labels, said, names_scale)
        + plan.prototypes * contrastive(typical, labels, names_scale)
    )
