"""Libraries of photos that do not exist: a real catalogue and index, with embeddings in clusters.

Embeddings of photos lie in clusters, which is harder for a nearest-neighbour index than random
ones: these are 1,000 centres with noise, cosine about 0.7 between two of a cluster.
Run as a program (`python -m benchmarks.synthetic LIBRARY MODEL COUNT`).
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.processes import run
from core.catalog import embeddings, folders, photos
from core.catalog.catalogue import Catalogue
from core.catalog.files import FileKey, FileStat
from core.catalog.metadata import Metadata, PhotoContent
from core.embedding.models import find_model
from core.paths import LibraryPaths, default_model_cache
from core.vectors.store import open_index

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from benchmarks.plan import Plan

CENTRES = 1000
CHUNK = 10_000
NOISE = 0.65  # length of what is added to a centre of length 1


def synthetic_library(plan: Plan, model: str, models: Path | None, count: int) -> Path:
    """Make a library of `count` photos under `model`, index built and saved; kept in the cache.

    Its only folder is offline, so that indexing leaves it as it is.
    """
    # Named by the key of the weights: a library made for other ones has no embeddings for these.
    key = find_model(model, models or default_model_cache()).key
    library = plan.cache / f"library-{key.replace(':', '-')}-{count}"
    if not (library / "done").exists():
        shutil.rmtree(library, ignore_errors=True)
        env = {} if models is None else {"SOUVENIR_MODELS": models}
        run(
            [sys.executable, "-m", "benchmarks.synthetic", str(library), model, str(count)], env=env
        )
        (library / "done").touch()
    with Catalogue(LibraryPaths(library).catalogue):
        return library  # brought up to date, where an earlier version made it


def clustered(count: int, dim: int, seed: int = 0) -> Iterator[NDArray[np.float32]]:
    """Yield unit vectors in clusters, float32 (≤ CHUNK, dim), `count` in all."""
    random = np.random.default_rng(seed)
    centres = _unit(random.standard_normal((CENTRES, dim), np.float32))
    for start in range(0, count, CHUNK):
        some = min(CHUNK, count - start)
        noise = _unit(random.standard_normal((some, dim), np.float32)) * np.float32(NOISE)
        yield _unit(centres[random.integers(0, CENTRES, some)] + noise)


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths: NDArray[np.float32] = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / lengths


def make(library: Path, model_name: str, count: int) -> None:
    """Fill a new library and have the graphs of its index built and saved."""
    fill(library, model_name, count)
    model = find_model(model_name, default_model_cache())
    paths = LibraryPaths(library)
    with Catalogue(paths.catalogue) as catalogue:
        index = open_index(catalogue, model, paths.vectors)
        index.wait()
        index.close()


def fill(library: Path, model_name: str, count: int) -> None:
    """Make the catalogue of a new library, with photos and embeddings."""
    model = find_model(model_name, default_model_cache())
    paths = LibraryPaths(library)
    library.mkdir(parents=True)
    with Catalogue(paths.catalogue) as catalogue:
        with catalogue.transaction() as tx:
            folder = folders.add_folder(tx, library / "photos")
            folders.set_offline(tx, folder.id, offline=True)
            model_id = embeddings.model_id(tx, model.key, model.dim)
        for start, vectors in zip(range(0, count, CHUNK), clustered(count, model.dim), strict=True):
            with catalogue.transaction() as tx:
                ids = [
                    _store(tx, folder.id, number) for number in range(start, start + len(vectors))
                ]
                embeddings.put_embeddings(tx, model_id, np.array(ids, np.int64), vectors)


def _store(tx: sqlite3.Connection, folder_id: int, number: int) -> int:
    """Put a photo that does not exist into the catalogue; returns its id."""
    year, day = 2000 + number % 25, 1 + number // 25 % 28
    content = PhotoContent(
        content_hash=number.to_bytes(16, "big"),
        byte_size=3_000_000 + number,
        format="JPEG",
        width=4000,
        height=3000,
        metadata=Metadata(taken_at=f"{year}-06-{day:02}T12:00:00", camera="Synthetic 12"),
    )
    key = FileKey(folder_id, f"{year}/{number // 1000}", f"IMG_{number:07}.jpg")
    stat = FileStat(content.byte_size, number * 10**9, number + 1)
    return photos.store_photo(tx, key, stat, content)[0]


if __name__ == "__main__":
    make(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
