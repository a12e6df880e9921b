"""A library to use labels in: 100,000 photos whose files are there, and a thousand labels.

Embeddings are made up, in clusters; thumbnails and files of 12 megapixels are hard links to a few.
Fifty labels are on, as many as the speed of scoring is measured with; the others are only there to
be chosen from. Run as a program: `python -m benchmarks.label_library FOLDER COUNT PHOTOS`.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from benchmarks.large_photos import large_photos
from benchmarks.processes import run
from core.catalog.catalogue import Catalogue
from core.embedding.models import find_model
from core.library import CreateLabels, Label, Library
from core.paths import LibraryPaths, default_model_cache
from core.vectors.store import open_index
from tests.helpers.large_library import PER_DIRECTORY, file_name, make_large_library

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.plan import Plan

MODEL = "starter"
LABELS = 1000
ACTIVE = 50
FILES = 12
THUMBNAIL = 512


def label_library(plan: Plan, count: int) -> Path:
    """The library of so many photos, kept in the cache."""
    place = plan.cache / f"labels-{count}"
    library = place / "library"
    if not (place / "done").exists():
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        photos = large_photos(plan.cache, FILES)
        run([sys.executable, "-m", "benchmarks.label_library", str(place), str(count), str(photos)])
        (place / "done").touch()
    with Library.open(library):
        pass  # made by an older Souvenir, it is brought up to date
    return library


def make(place: Path, count: int, photos: Path) -> None:
    """Make it below `place`, from a folder with a few photos."""
    model = find_model(MODEL, default_model_cache())
    library = place / "library"
    files = sorted(photos.glob("*.jpg"))
    make_large_library(library, count, _thumbnails(place, files), model=model)
    paths = LibraryPaths(library)
    _bring_files(paths, count, files)
    with Catalogue(paths.catalogue) as catalogue:
        index = open_index(catalogue, model, paths.vectors)
        index.wait()
        index.close()
    with Library.open(library) as opened:
        opened.edit(CreateLabels(_labels(model.weights.with_name("vocabulary.txt"))))
        opened.labels.settle()


def _thumbnails(place: Path, files: Sequence[Path]) -> list[Path]:
    folder = place / "thumbnails"
    folder.mkdir()
    made = []
    for file in files:
        with Image.open(file) as image:
            image.thumbnail((THUMBNAIL, THUMBNAIL))
            made.append(folder / file.name)
            image.save(made[-1], quality=80)
    return made


def _bring_files(paths: LibraryPaths, count: int, files: Sequence[Path]) -> None:
    """Put files where the catalogue knows them to be, and let it know them as they are.

    The photo of each is the one whose thumbnail it has.
    """
    connection = sqlite3.connect(paths.catalogue, isolation_level=None)
    try:
        ((root,),) = connection.execute("SELECT path FROM folders")
        for first in range(1, count + 1, PER_DIRECTORY):
            album = Path(root, f"album {first // PER_DIRECTORY:04}")
            album.mkdir(parents=True)
            for photo_id in range(first, min(first + PER_DIRECTORY, count + 1)):
                os.link(files[photo_id % len(files)], album / file_name(photo_id))
        connection.execute("BEGIN")
        for number, file in enumerate(files):
            status = file.stat()
            connection.execute(
                "UPDATE files SET size = ?, mtime_ns = ?, inode = ? WHERE photo_id % ? = ?",
                (status.st_size, status.st_mtime_ns, status.st_ino, len(files), number),
            )
        connection.execute("UPDATE folders SET offline = 0")
        connection.execute("COMMIT")
    finally:
        connection.close()


def _labels(vocabulary: Path) -> tuple[Label, ...]:
    """Labels named and described by words that the model knows; the first ones are on."""
    lines = vocabulary.read_text("utf-8").splitlines()
    words = sorted({word for word in lines if word.isalpha() and len(word) > 3})
    chosen = words[:: max(1, len(words) // LABELS)][:LABELS]
    return tuple(
        Label(word, (word,), active=number % (LABELS // ACTIVE) == 0)
        for number, word in enumerate(chosen)
    )


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
