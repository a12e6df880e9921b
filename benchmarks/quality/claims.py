"""Claims: whether what stands above the line is right, and whether nothing stands there unfounded.

A photo is right for a query by the words of its captions or its class, or because photos of such a
class show the thing though their name does not say so. Photos that may show it are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality.conditions import UPRIGHT
from benchmarks.quality.embedding import Embedder
from benchmarks.quality.folders import CaptionedPhotos, PhotosByClass
from benchmarks.quality.metrics import Floats
from benchmarks.quality.report import Line, Table
from benchmarks.quality.short_queries import described
from core.search.calibration import LINE
from core.search.prompts import Prompts
from core.search.ruler import SAMPLE, make_ruler

FILE = Path(__file__).with_name("claims.tsv")
THERE = 5
"""Right photos from which a thing is there; on fewer, but any, it counts as neither."""

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Claim:
    """A query, in both languages, and what makes a photo right for it, or neither right nor wrong.

    words: of captions and class names; classes: anywhere in class names; unsure: both. None:
    nothing does. kin: of a thing that no photo shows, whether what is like it is "near" or "far".
    """

    english: str
    chinese: str
    words: re.Pattern[str]
    classes: re.Pattern[str] | None
    unsure: re.Pattern[str] | None
    kin: str


def claims() -> tuple[Claim, ...]:
    """The queries of claims.tsv."""
    found = []
    shared: dict[str, str] = {}
    for line in FILE.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("@"):
            name, pattern = line[1:].split("\t")
            shared[f"{{{name}}}"] = pattern
            continue
        for name, pattern in shared.items():
            line = line.replace(name, pattern)  # noqa: PLW2901
        english, chinese, words, classes, unsure, kin = line.split("\t")
        found.append(
            Claim(
                english,
                chinese,
                _whole(words),
                re.compile(classes, re.IGNORECASE) if classes else None,
                _whole(unsure) if unsure else None,
                kin,
            )
        )
    return tuple(found)


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def truth(
    queries: Sequence[Claim], captions: Sequence[str], classes: Sequence[str]
) -> tuple[Flags, Flags]:
    """Which photos are right, and which are neither: (queries, photos), captioned photos first.

    captions: all of a photo's in one text; classes: the class of each other photo.
    """
    right, neither = [], []
    for query in queries:
        by_words = [bool(query.words.search(text)) for text in (*captions, *classes)]
        shown = [False] * len(captions)
        shown += [bool(query.classes and query.classes.search(name)) for name in classes]
        maybe = [bool(query.unsure and query.unsure.search(t)) for t in (*captions, *classes)]
        right.append(np.array(by_words) | np.array(shown))
        neither.append(np.array(maybe) & ~right[-1])
    return np.array(right), np.array(neither)


def claim_figures(
    evidence: Floats, above: Flags, right: Flags, neither: Flags, kin: Sequence[str]
) -> tuple[float | None, ...]:
    """Precision, recall, claims of what is there, of what is far, near or either, and the AUC.

    evidence, above (the line), right and neither are (queries, photos).
    """
    claimed = above & ~neither
    counts = right.sum(axis=1)
    there = (counts >= THERE) & np.array([not each for each in kin])
    absent = (counts == 0) & np.array([bool(each) for each in kin])
    claims_any: Flags = np.asarray(claimed.any(axis=1))
    hits = (claimed & right).sum(axis=1)
    judged = claims_any & (there | absent)
    best = np.where(neither, -np.inf, evidence).max(axis=1)
    return (
        _mean(hits[judged] / claimed[judged].sum(axis=1)),
        _mean(hits[there] / counts[there]),
        _mean(claims_any[there]),
        *(_mean(claims_any[absent & (np.array(kin) == near)]) for near in ("far", "near")),
        _mean(claims_any[absent]),
        _auc(best[there], best[absent]),
    )


def _mean(values: NDArray[Any]) -> float | None:
    return float(np.mean(values)) if len(values) else None


def _auc(positive: NDArray[Any], negative: NDArray[Any]) -> float | None:
    """How often a positive value is above a negative one; ties count half."""
    if len(positive) == 0 or len(negative) == 0:
        return None
    above = (positive[:, None] > negative[None]).mean()
    return float(above + (positive[:, None] == negative[None]).mean() / 2)


def claiming(
    embedder: Embedder, captions: CaptionedPhotos | None, classes: PhotosByClass | None
) -> Table:
    """What the product claims of each query, in English and in Chinese."""
    paths, said = described(captions, classes)
    captioned = 0 if captions is None else len(captions.photos)
    photos = embedder.photos(paths, UPRIGHT)
    queries = claims()
    right, neither = truth(queries, said[:captioned], said[captioned:])
    kin = [query.kin for query in queries]
    prompts = Prompts(embedder)
    step = max(1, len(photos) // SAMPLE)
    calibration = make_ruler(prompts.background(), photos[::step][:SAMPLE]).calibration
    levels = calibration.levels(photos)
    lines = []
    for language, texts in (
        ("English", [query.english for query in queries]),
        ("Chinese", [query.chinese for query in queries]),
    ):
        evidence = np.stack(
            [calibration.evidence(prompts.vectors([text])[0], photos, levels) for text in texts]
        )
        figures = claim_figures(evidence, evidence >= LINE, right, neither, kin)
        lines.append(Line(language, embedder.model.name, figures))
    there = int(((right.sum(axis=1) >= THERE) & np.array([not each for each in kin])).sum())
    absent = int(((right.sum(axis=1) == 0) & np.array([bool(each) for each in kin])).sum())
    return Table(
        "Claims",
        ("right above", "found", "there claimed", "far claimed", "near claimed", "absent", "AUC"),
        tuple(lines),
        f"{there} queries whose thing is there, {absent} whose thing is not, {len(paths):,} photos;"
        " must be: .75, .40, .75, at most .10 of the absent, .87",
    )
