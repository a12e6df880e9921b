"""Labels in the window, off screen: moving the line, pages, judging photos, choosing a label."""

from __future__ import annotations

import json
import os
import statistics
import sys

from benchmarks.label_library import LABELS, label_library
from benchmarks.plan import Plan, Row, percentile
from benchmarks.processes import run

SMALL, LARGE = "1280x800", "3840x2160"
TIMES = {SMALL: 150, LARGE: 40}
# What is done, and within how many milliseconds nearly all of it must be seen; by which share. The
# line has its limit from what was asked for; the others are what a person takes for at once.
LIMITS = {
    "line on the histogram": (0.99, 50.0),
    "line between photos": (0.99, 50.0),
    "line by an arrow key": (0.99, 50.0),
    "page": (0.95, None),
    "review opened": (0.95, None),
    "next photo to judge, looked at": (0.95, 100.0),
    "next photo to judge, at once": (0.95, None),
    "next photos proposed, looked at": (0.95, None),
    "labels to choose from": (0.95, 100.0),
    "a letter of a label's name": (0.95, 50.0),
}


def measure(plan: Plan) -> list[Row]:
    """Measure everything on 100,000 photos and a thousand labels, on two screens."""
    count = plan.size(100_000, quick=2_000)
    library = label_library(plan, count)
    rows = []
    for screen, usual in TIMES.items():
        times = plan.size(usual, quick=8)
        command = [sys.executable, "-m", "benchmarks.label_window", str(library), screen]
        ended = run([*command, str(times)], env={"QT_QPA_PLATFORM": "offscreen"})
        print(f"labels, {screen}: {ended.seconds:.0f} s, {_load()}", file=sys.stderr)
        measured = json.loads(ended.output.splitlines()[-1])
        where = f"labels, {count:,} photos, {LABELS:,} labels, {screen}"
        # What must be reached is for a screen as laptops have; the larger one informs.
        rows += [
            _row(where, name, share, most if screen == SMALL else None, measured[name])
            for name, (share, most) in LIMITS.items()
            if name in measured
        ]
    return rows


def _row(
    where: str, name: str, share: float, most: float | None, times: dict[str, list[float]]
) -> Row:
    clock, work = times["clock"], times["cpu"]
    note = (
        f"median {statistics.median(clock):.1f} ms, p95 {percentile(clock, 0.95):.1f}; work of the "
        f"GUI thread: median {statistics.median(work):.1f}, p99 {percentile(work, 0.99):.1f}; "
        f"{len(clock)} times"
    )
    what = f"{where}: {name}, p{100 * share:.0f}"
    return Row(what, percentile(clock, share), "ms", most=most, note=note)


def _load() -> str:
    """How much else the machine was at."""
    return f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "load not known"
