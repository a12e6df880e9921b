"""Which parts of the bench there are, and what each needs of the folders that are measured on."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.quality.agreement import agreement
from benchmarks.quality.edges import edges
from benchmarks.quality.embedding import Embedder
from benchmarks.quality.folders import CaptionedPhotos, PhotosByClass, held_out, spread
from benchmarks.quality.framing import framing
from benchmarks.quality.known_words import known_words
from benchmarks.quality.languages import languages
from benchmarks.quality.measures import linear_probe, retrieval, robustness, zero_shot
from benchmarks.quality.report import Table
from benchmarks.quality.short_queries import described, short
from benchmarks.quality.speed import speed
from benchmarks.quality.thousand_names import thousand_names
from training.classifier import PACKAGE

_PROBE_DIVISOR = 5


@dataclass(frozen=True)
class Data:
    """What is measured on; None where there is no such folder.

    `classes` are named without learning; a probe learns from `learn` and names `taught`.
    `shared`: where translations and the names of classifiers' classes are.
    """

    captions: CaptionedPhotos | None
    classes: PhotosByClass | None
    learn: PhotosByClass | None
    taught: PhotosByClass | None
    shared: Path | None = None


def split(
    everything: PhotosByClass, divisor: int, limit: int | None
) -> tuple[PhotosByClass, PhotosByClass, PhotosByClass]:
    """What is named, what a probe learns from, and what it names.

    Without a divisor everything is named, and the probe learns from four fifths. At most `limit`
    are named, and the probe learns from at most four times as many.
    """
    taught, learn = held_out(everything, divisor or _PROBE_DIVISOR)
    named = taught if divisor else np.arange(len(everything.photos))
    more = None if limit is None else limit * (_PROBE_DIVISOR - 1)
    chosen = [
        everything.part(rows[list(spread(len(rows), most))])
        for rows, most in ((named, limit), (learn, more), (taught, limit))
    ]
    return chosen[0], chosen[1], chosen[2]


def measure_model(embedder: Embedder, parts: Sequence[str], data: Data) -> list[Table]:
    """The tables of these parts; a part whose folder is not there is left out."""
    tables = []
    for part in parts:
        print(f"{embedder.model.name}: {part}", file=sys.stderr, flush=True)
        table = _MEASURES[part](embedder, data)
        if table is not None:
            tables.append(table)
    return tables


def _retrieval(embedder: Embedder, data: Data) -> Table | None:
    return None if data.captions is None else retrieval(embedder, data.captions)


def _zero_shot(embedder: Embedder, data: Data) -> Table | None:
    return None if data.classes is None else zero_shot(embedder, data.classes)


def _probe(embedder: Embedder, data: Data) -> Table | None:
    if data.learn is None or data.taught is None or not (data.learn.photos and data.taught.photos):
        return None
    return linear_probe(embedder, data.learn, data.taught)


def _speed(embedder: Embedder, _: Data) -> Table | None:
    return speed(embedder)


def _agreement(embedder: Embedder, data: Data) -> Table | None:
    return None if data.classes is None else agreement(embedder, data.classes)


def _languages(embedder: Embedder, data: Data) -> Table | None:
    if data.shared is None:
        return None
    return languages(
        embedder,
        data.shared / "flickr8k" / "dev.zh.jsonl",
        data.shared / "text" / "parallel" / "multi30k.en-de-fr-cs.tsv",
    )


def _known_words(embedder: Embedder, data: Data) -> Table | None:
    if data.shared is None:
        return None
    if importlib.util.find_spec("jieba") is None:
        print("  left out: it needs the extra 'training' of this project", file=sys.stderr)
        return None
    return known_words(embedder, data.shared)


def _thousand(embedder: Embedder, data: Data) -> Table | None:
    if data.shared is None:
        return None
    if importlib.util.find_spec(PACKAGE) is None:
        print("  left out: it needs the extra 'training' of this project", file=sys.stderr)
        return None
    return thousand_names(embedder, described(data.captions, data.classes)[0], data.shared)


def _with_either(
    measure: Callable[[Embedder, CaptionedPhotos | None, PhotosByClass | None], Table],
) -> Callable[[Embedder, Data], Table | None]:
    def run(embedder: Embedder, data: Data) -> Table | None:
        if data.captions is None and data.classes is None:
            return None
        return measure(embedder, data.captions, data.classes)

    return run


_MEASURES: dict[str, Callable[[Embedder, Data], Table | None]] = {
    "retrieval": _retrieval,
    "zero-shot": _zero_shot,
    "short": _with_either(short),
    "languages": _languages,
    "known-words": _known_words,
    "thousand-names": _thousand,
    "probe": _probe,
    "robustness": _with_either(robustness),
    "edges": _with_either(edges),
    "speed": _speed,
    "framing": _with_either(framing),
    "agreement": _agreement,
}
PARTS = tuple(_MEASURES)
USUAL = tuple(part for part in PARTS if part not in {"framing", "agreement"})
