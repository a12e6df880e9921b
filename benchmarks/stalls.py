"""The window while a folder is indexed at full load: stalls of its event loop, the first photos."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from benchmarks.plan import SHARED, Plan, Row, not_measured, percentile
from benchmarks.processes import run
from benchmarks.watching import make_photos
from core.paths import LibraryPaths
from core.settings import Settings, save_settings

OFF_SCREEN = {"QT_QPA_PLATFORM": "offscreen"}


def measure(plan: Plan) -> list[Row]:
    """Gaps between two turns of the event loop, and seconds from choosing the folder."""
    with tempfile.TemporaryDirectory() as temporary:
        photos = SHARED / "flickr8k" / ("dev" if plan.quick else "train")
        if not photos.is_dir():
            photos = Path(temporary, "photos")
            photos.mkdir()
            make_photos(photos, plan.size(4000, quick=500))
        library = Path(temporary, "library")
        save_settings(LibraryPaths(library).settings, Settings(speed="full"))
        command = [sys.executable, "-m", "benchmarks.indexing_window", library, photos]
        said = run(list(map(str, command)), env=OFF_SCREEN).output
    measured = json.loads(said.splitlines()[-1])
    if measured["painted"] is None or measured["embedded"] is None:
        return [not_measured("window while indexing", "no photo came")]
    gaps = [1000 * gap for gap in measured["gaps"]]
    title = "stall of the event loop while indexing"
    note = f"{measured['ended']:.0f} s, {len(gaps):,} turns"
    return [
        Row(f"{title}, p50", percentile(gaps, 0.5), "ms"),
        Row(f"{title}, p99", percentile(gaps, 0.99), "ms", most=50.0, note=note),
        Row(f"{title}, max", max(gaps), "ms", most=200.0),
        Row("folder chosen → first photos painted", measured["painted"], "s", most=1.0),
        Row("folder chosen → first photos searchable", measured["embedded"], "s", most=5.0),
        Row("  torch imported by the window", int(measured["torch"]), "times", most=0),
    ]
