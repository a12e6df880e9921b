"""What corrections teach: average precision on held-out photos after some of them.

A person corrects what is shown to them, some at a time, and what was learned decides what is shown
next. The photos that are corrected are never those that are measured.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality.metrics import Floats, Integers
from benchmarks.quality.report import Line, Table
from benchmarks.tagging.choosing import Named
from benchmarks.tagging.shelf import Shelf, average_precision, nearest
from core.tagging.learning import learn
from core.tagging.scoring import Judge
from core.tagging.teaching import propose

STOPS = (0, 5, 20, 100)
COLUMNS = (
    *(f"{stop} corrections mAP" for stop in STOPS),
    "gain at 20",
    "worst label at 20",
    "worst at 100",
    "worse by over 0.02 at 20",
)
_ROUNDS = (5, 5, 5, 5, 20, 20, 20, 20)
_LIKELIEST = 400
_OPEN = 5000  # as core.tagging.judged has it


@dataclass(frozen=True)
class Open:
    """What may be asked: log-odds, (n,), best first, and the `vectors` of the first _OPEN photos.

    `answered`, (m, dim), are those of photos that were.
    """

    logits: Floats
    vectors: Floats
    answered: Floats


Way = Callable[[Open, int, np.random.Generator], Integers]
"""Which rows a person answers for next."""


def _shown(asked: Open, count: int, _: np.random.Generator) -> Integers:
    best = np.arange(min(count - count // 2, len(asked.logits)))
    rest = asked.logits[len(best) :]
    return np.concatenate([best, nearest(rest, 0.0, count // 2) + len(best)])


def _teach(asked: Open, count: int, _: np.random.Generator) -> Integers:
    return propose(asked.logits[: len(asked.vectors)], asked.vectors, asked.answered, count)


def _any(asked: Open, count: int, random: np.random.Generator) -> Integers:
    return random.permutation(len(asked.logits))[:count]


def _any_likely(asked: Open, count: int, random: np.random.Generator) -> Integers:
    return random.permutation(min(_LIKELIEST, len(asked.logits)))[:count]


WAYS: dict[str, Way] = {
    "as shown: the best and those nearest the line": _shown,
    "as Teach proposes": _teach,
    f"at random among the {_LIKELIEST} likeliest": _any_likely,
    "at random": _any,
}


@dataclass(frozen=True)
class Course:
    """One label, taught one way: average precision and the answers "yes" so far, at each stop."""

    precision: tuple[float, ...]
    yes: tuple[int, ...]


def teach(
    judge: Judge,
    way: Way,
    taught: Shelf,
    taught_fits: NDArray[np.bool_],
    measured: Shelf,
    measured_fits: NDArray[np.bool_],
) -> Course:
    """Answer for one label and measure at the STOPS. The shelves share a ruler."""
    ruler = taught.ruler
    random = np.random.default_rng(zlib.crc32(judge.label.name.encode()))
    prior = judge.logits(ruler, taught.vectors, taught.levels)
    held = judge.logits(ruler, measured.vectors, measured.levels)
    usual = judge.logits(ruler, ruler.sample, ruler.calibration.levels(ruler.sample))
    said = np.empty(0, np.int64)
    logits, after = prior, held
    precision, yes = [average_precision(held, measured_fits)], [0]
    for count in _ROUNDS:
        order = np.argsort(-logits, kind="stable")
        order = order[~np.isin(order, said)]
        asked = Open(logits[order], taught.vectors[order[:_OPEN]], taught.vectors[said])
        said = np.concatenate([said, order[way(asked, count, random)]])
        # In the order of the catalogue, as the product learns.
        rows = np.sort(said)
        head = learn(taught.vectors[rows], taught_fits[rows], prior[rows], ruler.sample, usual)
        assert head is not None
        logits = head.corrected(prior, taught.vectors)
        if len(said) in STOPS:
            after = head.corrected(held, measured.vectors)
            precision.append(average_precision(after, measured_fits))
            yes.append(int(taught_fits[said].sum()))
    return Course(tuple(precision), tuple(yes))


def corrections(
    model: str,
    judges: Sequence[Judge],
    taught: Shelf,
    taught_named: Named,
    measured: Shelf,
    measured_named: Named,
    ways: Sequence[str] = tuple(WAYS),
) -> list[Table]:
    """Tables of all ways, and of each label as Teach has it."""
    lines, each = [], {}
    for name in ways:
        courses = [
            teach(judge, WAYS[name], taught, theirs, measured, ours)
            for judge, theirs, ours in zip(
                judges, taught_named.fits, measured_named.fits, strict=True
            )
        ]
        each[name] = courses
        lines.append(Line(name, model, _figures(courses)))
    columns = (*COLUMNS, "yes of 20")
    tables = [Table("Labels taught by corrections", columns, tuple(lines), NOTE)]
    if "as Teach proposes" in each:
        rows = zip(measured_named.names, each["as Teach proposes"], strict=True)
        tables.append(
            Table(
                "Labels taught as Teach proposes, one by one: average precision",
                (*(f"{stop} corrections" for stop in STOPS), "yes of 20", "held-out photos"),
                tuple(
                    Line(name, model, (*course.precision, course.yes[2], int(fits.sum())))
                    for (name, course), fits in zip(rows, measured_named.fits, strict=True)
                ),
            )
        )
    return tables


NOTE = (
    "mean average precision over labels on held-out photos; corrections are of other photos, five"
    " at a time up to 20, then twenty; gains and worst changes are against none"
)


def _figures(courses: Sequence[Course]) -> tuple[float, ...]:
    yes = float(np.mean([course.yes[2] for course in courses]))
    return *figures(np.array([course.precision for course in courses])), yes


def figures(precision: NDArray[np.float64]) -> tuple[float, ...]:
    """What COLUMNS name, of average precision at each of STOPS, (labels, stops)."""
    change = precision - precision[:, :1]
    return (
        *map(float, precision.mean(axis=0)),
        float(change[:, 2].mean()),
        float(change[:, 2].min()),
        float(change[:, 3].min()),
        float((change[:, 2] < -0.02).sum()),
    )


def most_that_can_be_learned(
    model: str,
    judges: Sequence[Judge],
    taught: Shelf,
    taught_named: Named,
    measured: Shelf,
    measured_named: Named,
) -> Table:
    """What any linear head over these embeddings could reach: all answers there are, not twenty.

    Ridge regression of every label on all photos that may be corrected, with the penalty that does
    best on the photos that are measured: more than a head could know.
    """
    mean = taught.vectors.mean(axis=0, dtype=np.float64)
    photos, held = (each.vectors.astype(np.float64) - mean for each in (taught, measured))
    wanted = taught_named.fits.T - taught_named.fits.mean(axis=1)
    products = photos.T @ photos
    unit = float(np.trace(products)) / len(mean)
    best = None
    for penalty in (0.001, 0.01, 0.1, 1.0):
        weights = np.linalg.solve(products + penalty * unit * np.eye(len(mean)), photos.T @ wanted)
        scores = (held @ weights).astype(np.float32)
        mixed = []
        for row, judge in enumerate(judges):
            words = judge.logits(measured.ruler, measured.vectors, measured.levels)
            ours = scores[:, row] / max(float(scores[:, row].std()), 1e-9)
            fits = measured_named.fits[row]
            mixed.append(
                [average_precision(share * words + ours, fits) for share in (0.0, 0.3, 1.0)]
            )
        reached = np.array(mixed).mean(axis=0).max()
        best = reached if best is None else max(best, reached)
    assert best is not None
    return Table(
        "The most that a linear head could learn",
        ("mAP",),
        (Line(f"all {len(photos):,} answers", model, (float(best),)),),
        "ridge regression on every photo that may be corrected, alone or beside the words, the"
        " best of twelve ways on the photos that are measured",
    )
