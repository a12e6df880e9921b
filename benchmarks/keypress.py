"""From a key press in the search field to painted results, idle and while photos are indexed."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image

from benchmarks.plan import SHARED, Plan, Row, not_measured, percentile
from benchmarks.processes import run
from benchmarks.stalls import OFF_SCREEN
from benchmarks.watching import make_photos
from core.catalog.catalogue import Catalogue
from core.embedding.models import find_model
from core.paths import LibraryPaths, default_model_cache
from core.settings import Settings, save_settings
from core.vectors.store import open_index
from tests.helpers.large_library import make_large_library

THUMBNAILS = 40


def measure(plan: Plan) -> list[Row]:
    """Milliseconds by key, with the 120 ms for which a field waits whether one goes on typing."""
    count, keys = plan.size(100_000, quick=5_000), plan.size(150, quick=30)
    made = _library(plan, count)
    rows: list[Row] = []
    for title, photos, most in (
        ("idle", None, 250.0),
        ("while indexing", _photos(plan), 400.0),
    ):
        with tempfile.TemporaryDirectory(dir=plan.cache) as temporary:
            library = Path(temporary, "library")
            # Files that are only ever replaced are shared with the library that is kept.
            shutil.copytree(made, library, copy_function=_link_thumbnails)
            save_settings(LibraryPaths(library).settings, Settings(speed="full"))
            command = [sys.executable, "-m", "benchmarks.typing_window", library, keys]
            command += [photos] if photos else []
            said = run(list(map(str, command)), env=OFF_SCREEN).output
        rows += _rows(json.loads(said.splitlines()[-1]), title, count, most)
    return rows


def _rows(measured: dict[str, list[float]], title: str, count: int, most: float) -> list[Row]:
    what = f"key press → results of {count:,} painted, {title}"
    results = [1000 * seconds for seconds in measured["results"]]
    if not results:
        return [not_measured(what, "no key was answered")]
    thumbnails = [1000 * seconds for seconds in measured["thumbnails"]]
    note = f"{len(results)} keys"
    if title != "idle":
        note += f", {measured['indexed']} photos indexed meanwhile"
    return [
        Row(f"{what}, p50", percentile(results, 0.5), "ms"),
        Row(f"{what}, p95", percentile(results, 0.95), "ms", most=most, note=note),
        Row("  with every thumbnail in view, p95", percentile(thumbnails, 0.95), "ms"),
    ]


def _library(plan: Plan, count: int) -> Path:
    """A library of photos that do not exist, with embeddings and thumbnails; kept in the cache."""
    model = find_model("starter", default_model_cache())
    library = plan.cache / f"typing-{model.key.replace(':', '-')}-{count}" / "library"
    if not (library / "done").exists():
        shutil.rmtree(library.parent, ignore_errors=True)
        drawn = library.parent / "drawn"
        drawn.mkdir(parents=True)
        make_photos(drawn, THUMBNAILS)
        small = [_thumbnail(path) for path in sorted(drawn.iterdir())]
        make_large_library(library, count, small, model=model)
        paths = LibraryPaths(library)
        with Catalogue(paths.catalogue) as catalogue:
            index = open_index(catalogue, model, paths.vectors)
            index.wait()  # until the graphs are built and saved
            index.close()
        (library / "done").touch()
    return library


def _thumbnail(photo: Path) -> Path:
    with Image.open(photo) as image:
        image.thumbnail((512, 512))
        image.convert("RGB").save(photo.with_suffix(".small.jpg"), quality=85)
    return photo.with_suffix(".small.jpg")


def _photos(plan: Plan) -> Path:
    """A folder with enough photos that indexing them lasts as long as somebody types."""
    shared = SHARED / "flickr8k" / "train"
    if shared.is_dir():
        return shared
    photos = plan.cache / "typing-photos"
    if not photos.is_dir():
        photos.mkdir()
        make_photos(photos, plan.size(4000, quick=1000))
    return photos


def _link_thumbnails(source: str, target: str) -> None:
    if source.endswith(".jpg"):
        os.link(source, target)
    else:
        shutil.copy2(source, target)
