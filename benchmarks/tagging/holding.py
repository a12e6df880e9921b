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
COLUMNS = (
    "labels",
    "precision",
    "recall",
    "pooled precision",
    "pooled recall",
    "tags per photo that fits",
    "labels that tag nothing",
)
_FEW_PARTS, _EVERYDAY = 6, 100


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
    """One line of precision and recall at the usual threshold: means over labels, and pooled.

    Mean precision is over the labels that tag something.
    """
    return Line(what, model, _counted(_tagged(prompts, shelf, named.names), named.fits))


def few_subjects(
    model: str, prompts: Prompts, vectors: Floats, named: Named, everyday: Floats
) -> Line:
    """As `holding`, of libraries that nearly each photo of is of one of few subjects.

    Every so many labels are one library: the photos that these fit, and some `everyday` ones.
    """
    told = []
    for part in range(_FEW_PARTS):
        rows = np.arange(len(named.names)) % _FEW_PARTS == part
        some = named.fits[rows].any(axis=0)
        others = everyday[:: max(1, len(everyday) // _EVERYDAY)][:_EVERYDAY]
        shelf = shelve(prompts, np.concatenate([vectors[some], others]))
        fits = np.pad(named.fits[rows][:, some], ((0, 0), (0, len(others))))
        names = [name for name, there in zip(named.names, rows, strict=True) if there]
        told.append(_counted(_tagged(prompts, shelf, names), fits))
    found = np.array(told)
    means = found.mean(axis=0)
    means[[0, -1]] = found[:, [0, -1]].sum(axis=0)  # labels are counted
    return Line("libraries of few subjects", model, tuple(map(float, means)))


def _counted(tagged: NDArray[np.bool_], fits: NDArray[np.bool_]) -> tuple[float, ...]:
    """Figures for COLUMNS."""
    right = (tagged & fits).sum(axis=1)
    some = tagged.any(axis=1)
    precision = right[some] / tagged[some].sum(axis=1)
    return (
        float(len(fits)),
        float(precision.mean()) if some.any() else 0.0,
        float((right / fits.sum(axis=1)).mean()),
        float(right.sum() / max(int(tagged.sum()), 1)),
        float(right.sum() / fits.sum()),
        float(tagged.sum() / fits.sum()),
        float((~some).sum()),
    )


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
            "precision and recall are means over labels; pooled, all tags count alike; nothing is"
            " corrected",
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
    return Table("How far two models differ at the same relevance", COLUMNS[1:5], tuple(lines))


def _known(values: Sequence[float | None]) -> list[float]:
    return [value or 0.0 for value in values[1:5]]


def _tagged(prompts: Prompts, shelf: Shelf, names: Sequence[str]) -> NDArray[np.bool_]:
    judges = judges_of(prompts, names)
    return np.stack(
        [
            odds(judge.logits(shelf.ruler, shelf.vectors, shelf.levels)) >= DEFAULT_THRESHOLD
            for judge in judges
        ]
    )
