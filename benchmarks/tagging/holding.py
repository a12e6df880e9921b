"""Whether a relevance means the same: precision and recall at one threshold, under any model."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality.folders import CaptionedPhotos, PhotosByClass
from benchmarks.quality.metrics import Floats
from benchmarks.quality.report import Line, Table
from benchmarks.tagging.choosing import Named
from benchmarks.tagging.shelf import Shelf, judges_of, shelve
from core.catalog.labels import DEFAULT_THRESHOLD
from core.search.prompts import Prompts
from core.tagging.scoring import odds

LEAST_WITH_WORD = 25
CAPTIONS_WITH_WORD = 2
_ABSENT_PARTS = 2
COLUMNS = ("labels", "precision", "recall", "tags per photo that fits", "labels that tag nothing")


def in_captions(data: CaptionedPhotos, classes: PhotosByClass) -> Named:
    """Labels for photos with captions: what classes are called, where many captions say it.

    A class's name ends with the thing: "Gordon setter dog". A label fits a photo if its word is in
    CAPTIONS_WITH_WORD of the photo's captions or more.
    """
    things = {name.split()[-1].lower() for name in classes.names}
    said: list[Counter[str]] = [Counter() for _ in data.photos]
    for caption, owner in zip(data.captions, data.owner.tolist(), strict=True):
        words = set(re.findall(r"[a-z]+", caption.lower()))
        said[owner].update(words | {word.removesuffix("s") for word in words})
    fits = {
        thing: np.array([counts[thing] >= CAPTIONS_WITH_WORD for counts in said])
        for thing in sorted(things)
    }
    names = tuple(name for name, rows in fits.items() if rows.sum() >= LEAST_WITH_WORD)
    return Named(names, np.stack([fits[name] for name in names]))


def holding(what: str, model: str, prompts: Prompts, shelf: Shelf, named: Named) -> Line:
    """One line of precision and recall at the usual threshold, means over labels.

    Precision is over the labels that tag something.
    """
    tagged = _tagged(prompts, shelf, named.names)
    right = (tagged & named.fits).sum(axis=1)
    some = tagged.any(axis=1)
    recall = right / named.fits.sum(axis=1)
    values = (
        float(len(named.names)),
        float((right[some] / tagged[some].sum(axis=1)).mean()) if some.any() else 0.0,
        float(recall.mean()),
        float(tagged.sum() / named.fits.sum()),
        float((~some).sum()),
    )
    return Line(what, model, values)


def absent(model: str, prompts: Prompts, vectors: Floats, named: Named) -> Line:
    """Labels of things that are not in the library: the photos of every other label are taken out.

    What such labels then tag is wrong, all of it.
    """
    shares = []
    for part in range(_ABSENT_PARTS):
        gone = np.arange(len(named.names)) % _ABSENT_PARTS == part
        left = ~named.fits[gone].any(axis=0)
        shelf = shelve(prompts, vectors[left])
        names = [name for name, away in zip(named.names, gone, strict=True) if away]
        shares += _tagged(prompts, shelf, names).mean(axis=1).tolist()
    found = np.array(shares)
    values = (
        float(len(found)),
        float((found == 0).mean()),
        float((found <= 0.001).mean()),
        float(np.median(found)),
        float(found.mean()),
        float(found.max()),
    )
    return Line("labels of what is not there", model, values)


def tables(present: Sequence[Line], missing: Sequence[Line]) -> list[Table]:
    """Both as tables."""
    return [
        Table(
            f"Tags by themselves at relevance {DEFAULT_THRESHOLD}",
            COLUMNS,
            tuple(present),
            "precision and recall are means over labels, nothing corrected",
        ),
        Table(
            f"Labels of what is not in the library at relevance {DEFAULT_THRESHOLD}",
            (
                "labels",
                "share that tags nothing",
                "share that tags at most 1 photo in 1,000",
                "share of photos tagged, median",
                "mean",
                "worst",
            ),
            tuple(missing),
        ),
    ]


def differences(present: Sequence[Line]) -> Table:
    """How far apart two models' precision and recall are, in shares."""
    lines = []
    for what in dict.fromkeys(line.what for line in present):
        one, two = (line for line in present if line.what == what)
        apart = (
            abs(ours - theirs)
            for ours, theirs in zip(_known(one.values), _known(two.values), strict=True)
        )
        lines.append(Line(what, f"{one.model} and {two.model}", tuple(apart)))
    return Table("How far two models differ at the same relevance", COLUMNS[1:3], tuple(lines))


def _known(values: Sequence[float | None]) -> list[float]:
    return [value or 0.0 for value in values[1:3]]


def _tagged(prompts: Prompts, shelf: Shelf, names: Sequence[str]) -> NDArray[np.bool_]:
    judges = judges_of(prompts, shelf.ruler, names)
    return np.stack(
        [
            odds(judge.logits(shelf.ruler, shelf.vectors, shelf.levels)) >= DEFAULT_THRESHOLD
            for judge in judges
        ]
    )
