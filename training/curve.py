"""A picture of a run's learning curve, drawn from its record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def draw(record: Path, picture: Path) -> None:
    """Draw the recall of every stage over its steps, and the loss below, into a PNG or SVG."""
    from matplotlib.figure import Figure

    curves: dict[str, list[dict[str, Any]]] = json.loads(record.read_text(encoding="utf-8"))[
        "curves"
    ]
    figure = Figure(figsize=(9, 6), layout="constrained")
    recall, loss = figure.subplots(2, 1, sharex=True, height_ratios=(3, 2))
    start = 0
    for stage, points in curves.items():
        steps = [start + point["step"] for point in points]
        for k, style in ((10, "-"), (5, "--"), (1, ":")):
            recall.plot(
                steps,
                [point[f"english_to_photo_{k}"] for point in points],
                style,
                color="tab:blue",
                label=f"R@{k}" if not start else None,
            )
        loss.plot(steps, [point["loss"] for point in points], color="tab:red")
        for axes in (recall, loss):
            axes.axvline(start, color="0.8", linewidth=0.8)
            axes.grid(axis="y", color="0.9")
        recall.annotate(stage, (start, 1.0), xycoords=("data", "axes fraction"), va="bottom")
        start = steps[-1]
    recall.set_ylabel("English captions find development photos")
    recall.set_ylim(bottom=0)
    recall.legend(loc="upper right")
    loss.set_ylabel("loss")
    loss.set_xlabel("step")
    figure.savefig(picture, dpi=110)
