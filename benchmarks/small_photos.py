"""Indexing thousands of small photos with the model that Souvenir comes with."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from benchmarks.plan import SHARED, Plan, Row, not_measured
from benchmarks.processes import run, souvenir

if TYPE_CHECKING:
    from pathlib import Path

TITLE = "index flickr8k, starter"


def measure(plan: Plan) -> list[Row]:
    """Photos per second of `souvenir index`, from the start of the process to its end."""
    folders = [SHARED / "flickr8k" / part for part in ("dev", "train")]
    if not all(folder.is_dir() for folder in folders):
        return [not_measured(TITLE, "needs ../shared/flickr8k")]
    library = plan.cache / "library-small"
    shutil.rmtree(library, ignore_errors=True)
    wanted: list[Path] = folders[:1] if plan.quick else folders
    done = run(souvenir("--library", library, "index", *wanted, "--json"), memory=True)
    report = json.loads(done.output)
    rate = report["added"] / done.seconds
    return [
        Row(TITLE, rate, "photos/s", least=60.0, note=f"{report['added']} photos"),
        Row("  memory, all processes", done.peak_bytes / 1e6, "MB"),
    ]
