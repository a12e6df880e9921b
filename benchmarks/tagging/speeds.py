"""How long labels take in a large library: other words, corrections, a step of the line.

The library does not exist (benchmarks/synthetic.py) but its catalogue does, and everything goes
through the door that the window uses. Seconds of the processor stand beside those of the clock: on
a computer that does other things too, they say what the work takes.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks.quality.report import Line, Table
from benchmarks.synthetic import fill
from core.embedding.models import STARTER
from core.library import ChangeLabel, CreateLabels, DeleteLabels, Label, Library, SetTags
from core.search.prompts import everyday

MANY_LABELS = 50
_CORRECTIONS = 100
_TIMES = 5


def speeds(photos: int) -> Table:
    """A table of milliseconds for a library of so many photos, the median of five runs."""
    with tempfile.TemporaryDirectory(prefix="souvenir-labels-") as folder:
        place = Path(folder, "library")
        print(f"making a library of {photos:,} photos", file=sys.stderr, flush=True)
        fill(place, STARTER, photos)
        with Library.open(place) as library:
            lines = _measured(library, photos)
    return Table(
        f"Labels in a library of {photos:,} photos, milliseconds",
        ("clock", "processor", "must be at most"),
        tuple(lines),
        f"medians of {_TIMES}; {MANY_LABELS} labels once",
    )


def _measured(library: Library, photos: int) -> list[Line]:
    # Limits are of a library of 100,000; of a larger one only the last line has one.
    words, learning = (1000, 100) if photos <= 100_000 else (None, None)
    labels = library.labels
    number = iter(range(1_000_000))
    (first,) = _created(library, (Label("Tent", ("a red tent",)),))
    labels.settle()
    labels.preview(Label("Warm", ("warm",)))
    lines = [
        _line(
            "other words, seen before they are kept",
            words,
            lambda: labels.preview(Label("x", (f"a red tent in snow {next(number)}",))),
        )
    ]

    def rewritten() -> None:
        library.edit(ChangeLabel(replace(labels.label(first), prompts=(f"tent {next(number)}",))))
        labels.settle()

    lines.append(_line("other words, kept and every photo judged", words, rewritten))
    best = labels.judged(first).ids
    said = {int(photo): row % 3 == 0 for row, photo in enumerate(best[: _CORRECTIONS - 1])}
    library.edit(SetTags(first, dict(said)))
    labels.settle()

    def corrected() -> None:
        library.edit(SetTags(first, {int(best[_CORRECTIONS]): next(number) % 2 == 0}))
        labels.settle()

    lines.append(_line(f"one more of {_CORRECTIONS} corrections, learned", learning, corrected))
    judged = labels.judged(first)
    lines += [
        _line(
            "a step of the line: count and place", 50, lambda: (judged.count(0.4), judged.line())
        ),
        _line("the photos of a label, in order", None, lambda: labels.judged(first)),
        _line("what to ask next", None, lambda: labels.propose(first)),
    ]
    many = tuple(Label(f"{n}", (text,)) for n, text in enumerate(everyday()[:MANY_LABELS]))

    def all_judged() -> None:
        _created(library, many)
        labels.settle()

    most = 20_000 if photos >= 1_000_000 else None
    lines.append(_line(f"{MANY_LABELS} new labels", most, all_judged, times=1))
    return lines


def _created(library: Library, labels: tuple[Label, ...]) -> tuple[int, ...]:
    undo = library.edit(CreateLabels(labels))
    assert isinstance(undo, DeleteLabels)
    return undo.ids


def _line(what: str, most: float | None, work: Callable[[], object], times: int = _TIMES) -> Line:
    clock, processor = [], []
    for _ in range(times):
        started, used = time.perf_counter(), time.process_time()
        work()
        clock.append(1000 * (time.perf_counter() - started))
        processor.append(1000 * (time.process_time() - used))
    middle = times // 2
    return Line(what, "starter", (sorted(clock)[middle], sorted(processor)[middle], most))
