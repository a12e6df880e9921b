"""The figures of one model: finding photos by caption, naming them, and how that holds up."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.quality.conditions import CONDITIONS, UPRIGHT
from benchmarks.quality.embedding import Embedder
from benchmarks.quality.folders import CaptionedPhotos, PhotosByClass
from benchmarks.quality.metrics import Floats, Recall, among_first, probe, recall
from benchmarks.quality.report import Line, Table
from core.search.prompts import Prompts

TEMPLATE = "a photo of {}"
RECALLS = tuple(
    f"{direction} R@{k}" for direction in ("text→photo", "photo→text") for k in (1, 5, 10)
)

# Texts → classifiers, float32 (n, dim), each of length 1.
Phrasing = Callable[[tuple[str, ...]], Floats]


def phrasings(embedder: Embedder) -> dict[str, Phrasing]:
    """How a text may be put to the model: bare, in one template, and as a search does it."""
    return {
        "bare": embedder.encode_texts,
        "one template": lambda texts: embedder.encode_texts(
            [TEMPLATE.replace("{}", text) for text in texts]
        ),
        "ensemble": lambda texts: Prompts(embedder).vectors(texts),
    }


def retrieval(embedder: Embedder, data: CaptionedPhotos) -> Table:
    """Captions look for their photos and photos for their captions, for each phrasing."""
    photos = embedder.photos(data.photos, UPRIGHT)
    lines = [
        Line(
            f"captions {name}",
            embedder.model.name,
            found_by_caption(photos, texts(data.captions), data).values,
        )
        for name, texts in phrasings(embedder).items()
        if name != "one template"
    ]
    return Table(
        "Retrieval",
        RECALLS,
        tuple(lines),
        f"{len(data.photos):,} photos, {len(data.captions):,} captions;"
        " 'ensemble' is what a search does",
    )


def zero_shot(embedder: Embedder, data: PhotosByClass) -> Table:
    """The right one of all class names, and, in every subset, of the subset's own names."""
    photos = embedder.photos(data.photos, UPRIGHT)
    classifiers = {name: texts(data.names) for name, texts in phrasings(embedder).items()}
    columns = ["photos", "classes"]
    columns += [f"{name} top-{k}" for name in classifiers for k in (1, 5)]
    lines = []
    everything = np.arange(len(data.names))
    for subset in ("", *sorted(set(data.subsets) - {""})):
        rows = np.array([subset in {"", each} for each in data.subsets])
        own = data.own[subset] if subset else everything
        if len(own) < 2:
            continue
        labels = np.searchsorted(own, data.labels[rows])
        values: list[float | None] = [float(rows.sum()), float(len(own))]
        for classifier in classifiers.values():
            scores = photos[rows] @ classifier[own].T
            values += [among_first(scores, labels, k) if k < len(own) else None for k in (1, 5)]
        lines.append(Line(subset or "all classes", embedder.model.name, tuple(values)))
    return Table(
        "Naming by class, never trained for it",
        tuple(columns),
        tuple(lines),
        "a subset's photos are named by that subset's own names only",
    )


def linear_probe(embedder: Embedder, learn: PhotosByClass, measured: PhotosByClass) -> Table:
    """A linear layer on the frozen image tower, learned on the photos that are not measured."""
    known = np.isin(measured.labels, learn.labels)
    scores = probe(
        embedder.photos(learn.photos, UPRIGHT),
        learn.labels,
        embedder.photos(measured.photos, UPRIGHT)[known],
        len(learn.names),
    ).astype(np.float32)
    values: tuple[float | None, ...] = (None, None)  # where no class of them was learned
    if known.any():
        values = tuple(among_first(scores, measured.labels[known], k) for k in (1, 5))
    return Table(
        "Linear probe on the frozen image tower",
        ("top-1", "top-5"),
        (Line("all classes", embedder.model.name, values),),
        f"ridge regression on {len(learn.photos):,} photos, tried on {int(known.sum()):,} others",
    )


def robustness(
    embedder: Embedder, captions: CaptionedPhotos | None, classes: PhotosByClass | None
) -> Table:
    """The same figures after something happened to every photo."""
    ensemble = phrasings(embedder)["ensemble"]
    texts = None if captions is None else ensemble(captions.captions)
    names = None if classes is None else ensemble(classes.names)
    lines: list[Line] = []
    for condition in CONDITIONS:
        values: list[float | None] = []
        if captions is not None and texts is not None:
            photos = embedder.photos(captions.photos, condition)
            values += found_by_caption(photos, texts, captions).values
        if classes is not None and names is not None:
            scores = embedder.photos(classes.photos, condition) @ names.T
            values += [among_first(scores, classes.labels, k) for k in (1, 5)]
        lines.append(Line(condition.name, embedder.model.name, tuple(values)))
    columns = (RECALLS if captions else ()) + (("top-1", "top-5") if classes else ())
    kept = [_kept(line, lines[0], columns) for line in lines]
    return Table(
        "What a photo may have gone through",
        (*columns, "kept"),
        tuple(kept),
        "'kept' is the mean share of the upright figures at 10 and top-5 that is left",
    )


def found_by_caption(photos: Floats, texts: Floats, data: CaptionedPhotos) -> Recall:
    """Recall of photos (n, dim) and the texts of their captions (m, dim)."""
    return recall(texts @ photos.T, data.owner)


def _kept(line: Line, upright: Line, columns: tuple[str, ...]) -> Line:
    shares = [
        value / before
        for value, before, column in zip(line.values, upright.values, columns, strict=True)
        if column.endswith(("R@10", "top-5")) and value is not None and before
    ]
    return Line(line.what, line.model, (*line.values, float(np.mean(shares)) if shares else None))
