"""A library of photos under one model, as arrays: what judging labels takes, with no catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality.metrics import Floats, Integers
from core.catalog.labels import Label
from core.search.prompts import Prompts
from core.search.ruler import SAMPLE, Ruler, make_ruler
from core.tagging.classifiers import classify
from core.tagging.scoring import Judge


@dataclass(frozen=True, eq=False)
class Shelf:
    """`vectors`, (n, dim), of a library's photos, with their `levels`, (n,)."""

    ruler: Ruler
    vectors: Floats
    levels: Floats


def shelve(prompts: Prompts, vectors: Floats) -> Shelf:
    """Make a library of photos; the ruler is made of every so many of them, as the product does."""
    step = max(1, len(vectors) // SAMPLE)
    ruler = make_ruler(prompts.background(), vectors[::step][:SAMPLE])
    return Shelf(ruler, vectors, ruler.calibration.levels(vectors))


def judges_of(prompts: Prompts, names: Sequence[str]) -> list[Judge]:
    """Labels as a person would write them: the name is the prompt."""
    labels = [Label(name, (name,)) for name in names]
    return [Judge(label, classify(prompts, label)) for label in labels]


def average_precision(scores: Floats, fits: NDArray[np.bool_]) -> float:
    """Mean over the photos that fit of the precision down to each; ties count against it."""
    order = np.lexsort((fits, -scores))
    places = np.flatnonzero(fits[order])
    return float(((np.arange(len(places)) + 1) / (places + 1)).mean())


def nearest(logits: Floats, line: float, count: int) -> Integers:
    """Rows of the photos nearest to a line, the nearest first."""
    return np.argsort(np.abs(logits - line), kind="stable")[:count].astype(np.int64)
