"""Whether the bench counts what open_clip counts: its own loading, its own zero-shot classifier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from benchmarks.quality.conditions import UPRIGHT
from benchmarks.quality.embedding import Embedder
from benchmarks.quality.folders import PhotosByClass, spread
from benchmarks.quality.measures import TEMPLATE
from benchmarks.quality.metrics import Floats, among_first
from benchmarks.quality.report import Line, Table
from core.embedding.models import Model
from core.imaging.model_input import is_wide
from core.search.prompts import templates

_BATCH = 32
TITLE = "Agreement with open_clip's own zero-shot classifier"
PHOTOS = 250  # and the names of their classes: open_clip looks at each of them anew in every run


def template_sets() -> dict[str, tuple[str, ...]]:
    """The phrasings that both sides are asked for; the last are those of a search."""
    return {"bare": ("{}",), "one template": (TEMPLATE,), "ensemble": templates()}


def agreement(embedder: Embedder, data: PhotosByClass) -> Table | None:
    """Top-1 and top-5 by the bench and by open_clip, on the same weights, photos and templates.

    On a fixed part of the photos, named by the classes that are in it. open_clip takes the plain
    mean over templates; so does the bench here, where a search gives the bare text more weight for
    names of more than four words. open_clip has no views of wide photos: those are left out. None
    where there are no others.
    """
    data = _part(data)
    if not data.photos:
        return None
    photos = embedder.photos(data.photos, UPRIGHT)
    sets = template_sets()
    theirs = open_clips_own(embedder.model, data, list(sets.values()))
    lines = []
    for (name, phrases), scores in zip(sets.items(), theirs, strict=True):
        ours = photos @ classifier(embedder, data.names, phrases).T
        shares = [among_first(each, data.labels, k) for k in (1, 5) for each in (ours, scores)]
        same = float((ours.argmax(axis=1) == scores.argmax(axis=1)).mean())
        apart = float(np.abs(ours - scores).max())
        lines.append(Line(name, embedder.model.name, (*shares, same, apart)))
    return Table(
        TITLE,
        ("top-1", "open_clip's", "top-5", "open_clip's ", "same first", "most apart"),
        tuple(lines),
        f"{len(data.photos):,} photos, {len(data.names)} names; 'most apart' is of all cosines",
    )


def disagreement(table: Table) -> str:
    """What to tell of a table of `agreement` whose figures are not equal; "" where all are."""
    unequal = [
        f"{line.model}, {line.what}"
        for line in table.lines
        if line.values[0] != line.values[1] or line.values[2] != line.values[3]
    ]
    if not unequal:
        return ""
    return (
        f"These figures are not open_clip's: {'; '.join(unequal)}. The last table has both: look"
        " there whether it is rounding, of a model in int8 or on a GPU, or a mistake."
    )


def _part(data: PhotosByClass) -> PhotosByClass:
    """Photos that are not wide, evenly spread, with the names of their own classes alone."""
    square = [row for row, path in enumerate(data.photos) if not _wide(path)]
    chosen = [square[place] for place in spread(len(square), PHOTOS)]
    part = data.part(np.array(chosen, np.int64))
    kept, labels = np.unique(part.labels, return_inverse=True)
    names = tuple(data.names[label] for label in kept)
    return replace(part, names=names, labels=labels.astype(np.int64), own={})


def classifier(embedder: Embedder, names: Sequence[str], phrases: Sequence[str]) -> Floats:
    """The renormalised mean over templates: float32 (names, dim), rows of length 1."""
    phrased = [phrase.replace("{}", name) for name in names for phrase in phrases]
    mean = embedder.encode_texts(phrased).reshape(len(names), len(phrases), -1).mean(axis=1)
    unit: Floats = mean / np.linalg.norm(mean, axis=1, keepdims=True)
    return unit


def open_clips_own(
    model: Model, data: PhotosByClass, sets: Sequence[Sequence[str]]
) -> list[Floats]:
    """Scores (photos, classes) for each set of templates, by open_clip alone, on the CPU."""
    import open_clip
    import torch

    where = f"local-dir:{model.weights.parent}"
    clip, _, preprocess = open_clip.create_model_and_transforms(where)
    clip.eval()
    tokenize = open_clip.get_tokenizer(where)
    parts = []
    with torch.inference_mode():
        for start in range(0, len(data.photos), _BATCH):
            images = []
            for path in data.photos[start : start + _BATCH]:
                with Image.open(path) as image:
                    images.append(preprocess(ImageOps.exif_transpose(image)))
            parts.append(clip.encode_image(torch.stack(images), normalize=True))
        photos = torch.cat(parts)
        classifiers = [
            open_clip.build_zero_shot_classifier(
                clip,
                tokenizer=tokenize,
                classnames=list(data.names),
                templates=list(phrases),
            )
            for phrases in sets
        ]
        return [(photos @ each).float().numpy() for each in classifiers]


def _wide(path: Path) -> bool:
    with Image.open(path) as image:
        return is_wide(*image.size)
