"""What people type, a word or two: how many of the first five photos are right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality.conditions import UPRIGHT
from benchmarks.quality.embedding import Embedder
from benchmarks.quality.folders import CaptionedPhotos, PhotosByClass
from benchmarks.quality.metrics import Floats
from benchmarks.quality.report import Line, Table
from core.search.prompts import Prompts

FIRST = 5
FILE = Path(__file__).with_name("short_queries.tsv")


@dataclass(frozen=True)
class ShortQuery:
    """A query in both languages; a photo is right if its captions or class have `words`."""

    english: str
    chinese: str
    words: re.Pattern[str]


def short_queries() -> tuple[ShortQuery, ...]:
    """The queries of short_queries.tsv."""
    rows = [
        line.split("\t")
        for line in FILE.read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    return tuple(
        ShortQuery(english, chinese, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
        for english, chinese, words in rows
    )


def described(
    captions: CaptionedPhotos | None, classes: PhotosByClass | None
) -> tuple[list[Path], list[str]]:
    """All photos and, for each, all that is said of it."""
    paths: list[Path] = []
    said: list[str] = []
    if captions is not None:
        paths += captions.photos
        texts: list[list[str]] = [[] for _ in captions.photos]
        for owner, caption in zip(captions.owner.tolist(), captions.captions, strict=True):
            texts[owner].append(caption)
        said += [" . ".join(each) for each in texts]
    if classes is not None:
        paths += classes.photos
        said += [classes.names[label] for label in classes.labels.tolist()]
    return paths, said


def right_photos(queries: tuple[ShortQuery, ...], said: list[str]) -> NDArray[np.bool_]:
    """Which photos are right: (queries, photos)."""
    return np.array([[bool(query.words.search(text)) for text in said] for query in queries])


def precision_at(scores: Floats, right: NDArray[np.bool_], first: int) -> float:
    """The mean share of right ones among the `first` of each row, (queries, photos)."""
    best = np.argsort(-scores, axis=1, kind="stable")[:, :first]
    return float(np.take_along_axis(right, best, axis=1).mean())


def short(
    embedder: Embedder, captions: CaptionedPhotos | None, classes: PhotosByClass | None
) -> Table:
    """Precision at five of the queries of which at least five photos are right."""
    paths, said = described(captions, classes)
    photos = embedder.photos(paths, UPRIGHT)
    queries = short_queries()
    right = right_photos(queries, said)
    there = right.sum(axis=1) >= FIRST
    prompts = Prompts(embedder)
    values = tuple(
        precision_at(prompts.vectors(texts)[there] @ photos.T, right[there], FIRST)
        if there.any()
        else None
        for texts in ([q.english for q in queries], [q.chinese for q in queries])
    )
    return Table(
        "Short queries",
        ("English P@5", "Chinese P@5"),
        (Line("a word or two", embedder.model.name, values),),
        f"{int(there.sum())} queries, {len(paths):,} photos;"
        " right by the words of captions and class names",
    )
