"""The grid in a process of its own, off screen: how long the GUI thread takes for what one does.

    python -m benchmarks.window_grid frames|replace|memory LIBRARY WIDTHxHEIGHT STEPS

prints JSON. STEPS: how often each thing is done for `frames`. The library is a real one
(tests/helpers/large_library.py); facts and thumbnails are read on threads as in the window.
"""

from __future__ import annotations

import gc
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from app.application import left_in_order
from app.background import Background
from app.desktop.freed_memory import use_one_pool
from app.desktop.painting import draw_on_one_thread
from app.grid.model import PhotoModel
from app.grid.thumbnails import Thumbnails
from app.grid.view import SMALLEST, USUAL, GridView
from app.session import Session
from app.theme import ThemeFollower
from benchmarks.processes import memory_of_tree
from core.library import Library

PAUSE = 0.004  # seconds for the threads between two looks at the event loop
REPLACED = 100_000
PATIENCE = 120.0
SCROLLED = 100_000  # photos


class Bench:
    """A grid on a library, and how long its event loop took."""

    def __init__(self, directory: Path, size: QSize, bytes_kept: int = 256 * 2**20) -> None:
        use_one_pool()
        draw_on_one_thread()
        self.application = QApplication([])
        self.theme = ThemeFollower(self.application, "dark").theme
        self.background = Background(self.application)
        self.session = Session(lambda _: Library.open(directory, write=False), self.background)
        self.model = PhotoModel()
        self.thumbnails = Thumbnails(self.background, bytes_kept=bytes_kept)
        self.grid = GridView(self.model, self.thumbnails, self.theme)
        self.model.rows_wanted.connect(self.session.read_rows)
        self.session.rows_read.connect(self.model.take_rows)
        self.grid.resize(size)

    def open(self) -> None:
        """Open the library, and show all of its photos."""
        self.session.open(write=False)
        self.wait(lambda: self.session.state != "opening")
        listing = self.session.library.browse.listing()
        self.ids, self.days, self.aspects = listing.ids, listing.days, listing.aspects
        self.grid.show()
        self.model.group_by("month")
        self.model.show(self.ids, days=self.days, aspects=self.aspects)
        self.settle()
        gc.freeze()  # as the window does once it is up

    def settle(self) -> None:
        """Let everything that was asked for come."""
        self.wait(lambda: self.grid.complete)

    def wait(self, until: Callable[[], bool]) -> None:
        """Run the event loop until something holds."""
        end = time.monotonic() + PATIENCE
        self.application.processEvents()
        while not until():
            if time.monotonic() > end:
                raise TimeoutError
            time.sleep(PAUSE)
            self.application.processEvents()

    def timed(self, step: Callable[[], None]) -> Iterator[float]:
        """Milliseconds of a step with the painting that it asks for, and of what follows it."""
        for following in range(4):
            begun = time.perf_counter()
            if not following:
                step()
            self.application.processEvents()
            yield 1000 * (time.perf_counter() - begun)
            time.sleep(PAUSE)

    def close(self) -> None:
        """End every thread."""
        self.session.close()
        self.wait(lambda: self.session.state == "closed")


def frames(bench: Bench, steps: int) -> dict[str, list[float]]:
    """Milliseconds of every frame while one jumps, scrolls, resizes and changes the size."""
    chance = random.Random(0)
    bar, grid = bench.grid.verticalScrollBar(), bench.grid
    usual = grid.size()

    def jump() -> None:
        bar.setValue(chance.randrange(bar.maximum()))

    def wheel() -> None:
        QApplication.sendEvent(grid.viewport(), wheel_event(-120))

    def resize() -> None:
        grid.resize(usual - QSize(chance.randrange(300), chance.randrange(200)))

    def zoom() -> None:
        grid.set_side(chance.randrange(90, 300))

    def rest() -> Iterator[float]:
        """Milliseconds of all turns from a change of size until everything is laid out."""
        yield from bench.timed(zoom)
        while not grid.settled:
            time.sleep(PAUSE)
            yield next(bench.timed(lambda: None))

    measured = {}
    for shape in ("square", "aspect"):
        grid.set_shape(shape)
        done = {"jump": jump, "wheel": wheel, "size": zoom, "resize": resize}
        for name, step in done.items():
            grid.set_side(USUAL)
            jump()
            bench.settle()
            measured[f"{name}, {shape}"] = [ms for _ in range(steps) for ms in bench.timed(step)]
            grid.resize(usual)
        measured[f"size and rest, {shape}"] = [ms for _ in range(steps // 3) for ms in rest()]
    return measured


def wheel_event(delta: int) -> QWheelEvent:
    """A turn of the wheel in the middle of the grid."""
    return QWheelEvent(
        QPointF(200, 200),
        QPointF(200, 200),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )


def replace(bench: Bench) -> dict[str, list[float]]:
    """Milliseconds for new sets of photos to be taken in and painted, some of them selected."""
    chance = np.random.default_rng(0)
    measured = []
    for n in range(20):
        some = np.sort(chance.choice(len(bench.ids), REPLACED, replace=False))
        ranked = chance.permutation(some)
        relevances = np.linspace(1, 0, REPLACED, dtype=np.float32)

        some = ranked if n % 2 else some
        ids, days, aspects = bench.ids[some], bench.days[some], bench.aspects[some]
        show = partial(bench.model.show, ids, days=days, aspects=aspects)
        if n % 2:
            show = partial(bench.model.show, ids, relevances, REPLACED // 10, aspects=aspects)
        bench.grid.set_shape("aspect" if n % 4 < 2 else "square")
        measured.append(next(bench.timed(show)))
        bench.settle()
        bench.grid.choice.ranges([range(REPLACED // 2)])
        bench.settle()
    return {"replace": measured}


def memory(bench: Bench) -> dict[str, list[float]]:
    """Megabytes of this process: before, and after scrolling through so many photos, twice."""
    bench.grid.set_side(SMALLEST)  # more tiles a screen: less is drawn between what is read
    bench.model.show(bench.ids[:SCROLLED], days=bench.days[:SCROLLED])
    bench.settle()
    bar = bench.grid.verticalScrollBar()
    measured = [memory_of_tree(os.getpid()) / 1e6]
    kept = []
    for _ in range(2):
        for value in range(0, bar.maximum(), bench.grid.viewport().height()):
            bar.setValue(value)
            bench.settle()
        measured.append(memory_of_tree(os.getpid()) / 1e6)
        kept.append(bench.thumbnails.bytes / 1e6)
    return {"memory": measured, "thumbnails": kept}


def main(what: str, library: Path, size: str, steps: int) -> None:
    """Measure and print."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    width, height = (int(part) for part in size.split("x"))
    kinds: dict[str, Callable[[Bench], dict[str, list[float]]]] = {
        "frames": partial(frames, steps=steps),
        "replace": replace,
        "memory": memory,
    }
    bench = Bench(library, QSize(width, height), 2**25 if what == "memory" else 2**28)
    with left_in_order(bench.session):
        bench.open()
        measured = kinds[what](bench)
        bench.close()
    print(json.dumps(measured))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
