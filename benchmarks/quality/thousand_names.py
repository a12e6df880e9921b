"""A thousand names: whether the model names photos as a classifier of just these names does."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.quality.conditions import UPRIGHT
from benchmarks.quality.embedding import Embedder
from benchmarks.quality.metrics import among_first
from benchmarks.quality.report import Line, Table
from core.search.prompts import Prompts
from training.classifier import classifier, pooled_features, probabilities
from training.corpora import imagenet_names
from training.data import decode
from training.material import SURE


def thousand_names(embedder: Embedder, paths: list[Path], shared: Path) -> Table:
    """Whether the name that the classifier is sure of is among the model's first.

    The classifier comes with the extra `training` of this project.
    """
    network = classifier()
    squares = np.stack([decode(path) for path in paths])
    said = probabilities(network, pooled_features(network, squares)).max(dim=1)
    sure = np.flatnonzero((said.values >= SURE).numpy())
    names = [str(labels["en"][0]) for labels in imagenet_names(shared)]
    scores = (
        embedder.photos([paths[row] for row in sure], UPRIGHT) @ Prompts(embedder).vectors(names).T
    )
    right = said.indices.numpy()[sure]
    return Table(
        "A thousand names",
        ("top-1", "top-5"),
        (
            Line(
                f"{len(sure):,} photos",
                embedder.model.name,
                tuple(among_first(scores, right, k) for k in (1, 5)),
            ),
        ),
        f"photos of which a classifier is at least {SURE:.0%} sure, its 1,000 names as searches",
    )
