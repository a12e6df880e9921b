"""The window, off screen: its first photos, the grid's frames, new sets of photos, its memory."""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw, ImageFilter

from benchmarks.plan import Plan, Row, not_measured, percentile
from benchmarks.processes import run
from core.library import Library
from tests.helpers.large_library import make_large_library

if TYPE_CHECKING:
    from collections.abc import Sequence

SHAPES = ((512, 341), (341, 512), (512, 384), (512, 512), (512, 200), (384, 512))
LOOKS = 30  # different thumbnails
STARTS = 5
# How often each thing is done on a screen. Each time paints two frames or more, so that the worst
# hundredth of those on the first, for which something must be reached, is not simply the worst.
SMALL, LARGE = "1280x800", "3840x2160"
SCREENS = {SMALL: 150, LARGE: 50}
PAINTED_MS = 0.5  # a shorter look at the event loop painted nothing
MOST_START = {100_000: 1.5, 1_000_000: 2.5}


def measure(plan: Plan) -> list[Row]:
    """Measure everything, on 100,000 and 1,000,000 photos."""
    few, many = plan.size(100_000, quick=2_000), plan.size(1_000_000, quick=10_000)
    rows = [row for count in (few, many) for row in _first_paint(plan, count)]
    library = _library(plan, many)
    for screen in SCREENS:
        rows += _frames(_grid("frames", library, screen), f"{many:,} photos, {screen}", screen)
    if plan.quick:
        return rows
    replaced = _grid("replace", library, SMALL)["replace"]
    rows.append(Row("100,000 other photos in the grid", max(replaced), "ms", most=50.0))
    return [*rows, *_memory(_grid("memory", library, SMALL))]


def _library(plan: Plan, count: int) -> Path:
    """A library of so many photos, kept in the cache."""
    library = plan.cache / f"window-{count}"
    if not (library / "done").exists():
        shutil.rmtree(library, ignore_errors=True)
        begun = time.monotonic()
        make_large_library(library, count, _thumbnails(plan.cache / "window-thumbnails"))
        (library / "done").write_text(f"{time.monotonic() - begun:.0f} s\n")
    with Library.open(library):
        pass  # made by an older Souvenir, it is brought up to date: readers alone could not
    return library


def _thumbnails(folder: Path) -> Sequence[Path]:
    """Pictures with as much in them as thumbnails have, of several shapes."""
    folder.mkdir(exist_ok=True)
    made = []
    for number in range(LOOKS):
        size = SHAPES[number % len(SHAPES)]
        noise = Image.effect_noise(size, 60).filter(ImageFilter.GaussianBlur(1.2))
        colour = Image.new("RGB", size, (number * 53 % 200, number * 31 % 200, 90))
        image = Image.blend(colour, noise.convert("RGB"), 0.5)
        ImageDraw.Draw(image).ellipse((60, 60, 60 + 9 * number, 200), (200, 180, 20 * number % 255))
        made.append(folder / f"{number:02}.jpg")
        image.save(made[-1], quality=80)
    return made


def _first_paint(plan: Plan, count: int) -> list[Row]:
    """From the start of a process until every tile in view has its thumbnail."""
    library = _library(plan, count)
    starts = [_start(library) for _ in range(STARTS)]
    what = f"first paint with thumbnails, {count:,} photos"
    if any(start["painted"] is None for start in starts):
        return [not_measured(what, "no photos were painted")]
    seconds = [start["painted"] for start in starts]
    heavy = sum(len(start["heavy"]) for start in starts)
    shown = statistics.median(start["shown"] for start in starts)
    note = f"median of {STARTS}; the window itself after {shown:.2f} s"
    return [
        Row(what, statistics.median(seconds), "s", most=MOST_START.get(count), note=note),
        Row("  torch or open_clip imported before it", heavy, "times", most=0),
    ]


def _start(library: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.window_start", str(library)]
    ended = run([*command, str(time.monotonic())], env={"QT_QPA_PLATFORM": "offscreen"})
    return _last_line(ended.output)


def _grid(what: str, library: Path, screen: str) -> dict[str, list[float]]:
    command = [sys.executable, "-m", "benchmarks.window_grid", what, str(library), screen]
    ended = run([*command, str(SCREENS[screen])], env={"QT_QPA_PLATFORM": "offscreen"})
    print(f"window, {what}, {screen}: {ended.seconds:.0f} s", file=sys.stderr)
    return _last_line(ended.output)


def _last_line(output: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(output.splitlines()[-1])
    return found


def _frames(measured: dict[str, list[float]], where: str, screen: str) -> list[Row]:
    """The worst hundredth of the frames of each thing that one does."""
    rows = []
    for name, milliseconds in measured.items():
        painted = [ms for ms in milliseconds if ms >= PAINTED_MS]
        # What must be reached is for a screen as laptops have; the larger one informs.
        most = (50.0 if name.startswith("resize") else 16.0) if screen == SMALL else None
        note = f"median {statistics.median(painted):.1f} ms, {len(painted)} frames"
        rows.append(
            Row(f"grid, {where}: {name}, p99", percentile(painted, 0.99), "ms", None, most, note)
        )
    return rows


def _memory(measured: dict[str, list[float]]) -> list[Row]:
    before, once, twice = measured["memory"]
    kept = max(measured["thumbnails"])
    return [
        Row("thumbnails kept, 100,000 scrolled, 32 MiB set", kept, "MB", most=2**25 / 1e6),
        Row("  more memory of the process after that", once - before, "MB"),
        Row("  and more after the second pass", twice - once, "MB", most=10.0),
    ]
