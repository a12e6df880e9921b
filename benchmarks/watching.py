"""From a file copied into a watched folder to a search that finds it."""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from benchmarks.plan import Plan, Row, percentile
from core.events import PhotosEmbedded
from core.library import Library

if TYPE_CHECKING:
    from core.events import Event

PATIENCE = 60.0


def measure(plan: Plan) -> list[Row]:
    """Seconds from the end of a copy until the photo is in an answer, one file after another."""
    there, copies = plan.size(500, quick=50), plan.size(30, quick=5)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "photos")
        folder.mkdir()
        make_photos(folder, there)
        outside = Path(temporary, "outside")
        outside.mkdir()
        new = make_photos(outside, copies, seed=1)
        with Library.open(Path(temporary, "library")) as library:
            library.add_folder(folder)
            library.index()
            library.search("a photo")
            library.start_watching()
            seconds = [_until_found(library, photo, folder, there + copies) for photo in new]
    title = "copied file → searchable"
    return [
        Row(f"{title}, p50", percentile(seconds, 0.5), "s"),
        Row(f"{title}, p95", percentile(seconds, 0.95), "s", most=3.0, note=f"{copies} files"),
    ]


def make_photos(folder: Path, count: int, seed: int = 0) -> list[Path]:
    """Make small JPEGs, all different, of soft coloured shapes."""
    random = np.random.default_rng(seed)
    made = []
    for number in range(count):
        path = folder / f"photo-{seed}-{number:05}.jpg"
        pixels = random.integers(0, 256, (6, 8, 3), np.uint8)
        Image.fromarray(pixels).resize((800, 600), Image.Resampling.BICUBIC).save(path, quality=90)
        made.append(path)
    return made


def _until_found(library: Library, photo: Path, folder: Path, most: int) -> float:
    """Copy one photo in; returns how long it took until a search answered with it."""
    came = threading.Event()

    def note(event: Event) -> None:
        if isinstance(event, PhotosEmbedded):
            came.set()

    unsubscribe = library.events.subscribe(note)
    try:
        shutil.copy(photo, folder)
        started = time.perf_counter()
        copy = str(folder / photo.name)
        while True:
            if not came.wait(PATIENCE):
                raise RuntimeError(f"{copy} was not found within {PATIENCE:.0f} s")
            came.clear()
            ids = library.search("a photo", top=most).ids
            paths = {file.path for found in library.photos(ids.tolist()) for file in found.files}
            if copy in paths:
                return time.perf_counter() - started
    finally:
        unsubscribe()
