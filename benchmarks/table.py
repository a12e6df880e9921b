"""The table that a run prints, and the same as JSON."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.plan import Row

HEADINGS = ("what", "measured", "must be", "", "note")


def print_table(rows: Sequence[Row]) -> None:
    """Print rows under headings, columns aligned."""
    cells = [HEADINGS, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(4)]
    for line in cells:
        fields = [text.ljust(width) for text, width in zip(line[:4], widths, strict=True)]
        print("  ".join([*fields, line[4]]).rstrip())
    print(f"\n{machine()}")


def save_json(file: Path, rows: Sequence[Row]) -> None:
    """Write rows with what they were measured on."""
    measured = [asdict(row) | {"reached": row.reached} for row in rows]
    text = json.dumps({"machine": machine(), "rows": measured}, indent=2, ensure_ascii=False)
    file.write_text(text + "\n", "utf-8")


def machine() -> str:
    """Cores, processor, system and Python of this computer, in a line."""
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count()
    return (
        f"{cores} cores, {platform.machine()}, {platform.system()}, "
        f"Python {platform.python_version()}"
    )


def figure(value: float) -> str:
    """Three significant digits, thousands apart."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _cells(row: Row) -> tuple[str, str, str, str, str]:
    measured = "–" if row.value is None else f"{figure(row.value)} {row.unit}".rstrip()
    must = "" if row.least is None else f"≥ {figure(row.least)}"
    must = must if row.most is None else f"≤ {figure(row.most)}"
    verdict = {None: "", True: "yes", False: "NO"}[row.reached]
    return row.what, measured, must, verdict, row.note
