"""Memory: a large library that is open, and indexing into a small and a large one."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.plan import Plan, Row
from benchmarks.processes import run, souvenir
from benchmarks.synthetic import synthetic_library
from benchmarks.watching import make_photos
from core.library import Library

SEARCHES = 20


def measure(plan: Plan) -> list[Row]:
    """Most memory of all processes, in MB."""
    rows = []
    for count in [plan.size(100_000, quick=20_000), *([1_000_000] if plan.full else [])]:
        library = synthetic_library(plan, "starter", None, count)
        command = [sys.executable, "-m", "benchmarks.memory", str(library)]
        peak = run(command, memory=True).peak_bytes / 1e6
        most = 3500.0 if count == 1_000_000 else None
        rows.append(Row(f"memory, {count:,} photos open", peak, "MB", most=most))
    return [*rows, *_while_indexing(plan)]


def _while_indexing(plan: Plan) -> list[Row]:
    """The same photos into an empty library and into a large one."""
    count, large = plan.size(1000, quick=100), plan.size(100_000, quick=20_000)
    peaks = []
    with tempfile.TemporaryDirectory() as temporary:
        photos = Path(temporary, "photos")
        photos.mkdir()
        make_photos(photos, count)
        shutil.copytree(synthetic_library(plan, "starter", None, large), Path(temporary, "large"))
        for name in ("empty", "large"):
            command = souvenir("--library", Path(temporary, name), "index", photos)
            peaks.append(run(command, memory=True).peak_bytes / 1e6)
    return [
        Row("memory, indexing into an empty library", peaks[0], "MB"),
        Row(f"  into one of {large:,} photos", peaks[1], "MB", note="its vector index included"),
    ]


def use(library: Path) -> None:
    """Open a library, sort it and search it, as a window does."""
    with Library.open(library, write=False) as opened:
        ids = opened.photo_ids()
        opened.photos(ids[:200].tolist())
        for number in range(SEARCHES):
            opened.search(f"photo number {number}", top=200)


if __name__ == "__main__":
    use(Path(sys.argv[1]))
