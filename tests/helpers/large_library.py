"""Libraries of up to a million photos, made from a few thumbnails in less than a minute.

    python -m tests.helpers.large_library LIBRARY COUNT THUMBNAIL…

The catalogue is a real one, filled by a few statements rather than photo by photo: triggers and
indexes are taken away while rows go in, and put back. Every photo has a content hash and a
thumbnail of its own; thumbnails are hard links to the few there are. The only folder is offline,
so that indexing leaves everything as it is.
"""

from __future__ import annotations

import os
import random
import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from PIL import Image

from core.catalog.catalogue import Catalogue
from core.catalog.embeddings import model_id, put_embeddings
from core.catalog.folders import add_folder, set_offline
from core.catalog.names import fold, natural
from core.embedding.models import Model
from core.paths import LibraryPaths

CHUNK = 10_000
PER_DIRECTORY = 1000
YEARS = 20
LAST_DAY = datetime(2024, 6, 30, 23, 0, 0, tzinfo=UTC)
LINKS_PER_FILE = 20_000  # file systems allow some 65,000
CAMERAS = ("Canon EOS 60D", "NIKON D750", "Apple iPhone 12", "Panasonic DMC-GX8", None)

_PHOTO = """INSERT INTO photos (id, content_hash, byte_size, format, width, height, taken_at,
    camera, keywords, rating, favourite, added_at, present, shown_at, shown_day, shown_aspect,
    sort_name)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, '[]', ?, ?, ?, 1, ?, ?, ?, ?)"""
_FILE = """INSERT INTO files (id, directory_id, name, folded, sort_key, size, mtime_ns, inode,
    state, since, photo_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'indexed', ?, ?)"""


def make_large_library(
    library: Path,
    count: int,
    thumbnails: Sequence[Path],
    *,
    model: Model | None = None,
    seed: int = 0,
) -> None:
    """Make a library of `count` photos with ids 1…count, whose thumbnails are JPEGs of any size.

    Every photo has the shape of its thumbnail. With `model`, photos get embeddings in clusters.
    """
    paths = LibraryPaths(library)
    library.mkdir(parents=True)
    sizes = [_size(thumbnail) for thumbnail in thumbnails]
    with Catalogue(paths.catalogue) as catalogue, catalogue.transaction() as tx:
        folder = add_folder(tx, library.parent / "photos that are elsewhere")
        set_offline(tx, folder.id, offline=True)
    connection = sqlite3.connect(paths.catalogue, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -400000")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("BEGIN")
        later = _take_away(connection)
        connection.executemany(
            "INSERT INTO directories (id, folder_id, path, folded) VALUES (?, ?, ?, ?)",
            (
                (n + 1, folder.id, f"album {n:04}", f"album {n:04}")
                for n in range(-(-count // PER_DIRECTORY))
            ),
        )
        connection.executemany(_PHOTO, _photos(count, sizes, seed))
        connection.executemany(_FILE, _files(count))
        connection.execute("INSERT INTO file_names (file_names) VALUES ('rebuild')")
        for statement in later:
            connection.execute(statement)
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
    finally:
        connection.close()
    _link_thumbnails(paths, count, thumbnails)
    if model is not None:
        _embed(paths, count, model, seed)


def content_hash(photo_id: int) -> bytes:
    """The made-up content hash of a photo: its first byte spreads thumbnails over folders."""
    return bytes((photo_id % 256,)) + photo_id.to_bytes(15, "big")


def file_name(photo_id: int) -> str:
    """The name of the only file of a photo."""
    return f"IMG_{photo_id:07}.JPG"


def _size(thumbnail: Path) -> tuple[int, int]:
    with Image.open(thumbnail) as image:
        return image.size


def _take_away(connection: sqlite3.Connection) -> list[str]:
    """Drop what would be kept up to date row by row; returns the statements that bring it back."""
    found = connection.execute(
        """SELECT type, name, sql FROM sqlite_master
            WHERE type IN ('index', 'trigger') AND sql IS NOT NULL
            AND tbl_name IN ('photos', 'files') ORDER BY type"""
    ).fetchall()
    for kind, name, _ in found:
        connection.execute(f"DROP {kind} {name}")
    return [statement for _, _, statement in found]


def _photos(
    count: int, sizes: Sequence[tuple[int, int]], seed: int
) -> Iterator[tuple[object, ...]]:
    """Rows of photos: bursts of an hour, days with none, spread over twenty years."""
    chance = random.Random(seed)
    spread = chance.choices(range(YEARS * 365), k=max(1, min(count, YEARS * 250)))
    now = time.time()
    for photo_id in range(1, count + 1):
        width, height = sizes[photo_id % len(sizes)]
        when = LAST_DAY - timedelta(
            days=spread[photo_id * 7919 % len(spread)], seconds=chance.randrange(50_000)
        )
        moment = when.strftime("%Y-%m-%dT%H:%M:%S")
        yield (
            photo_id,
            content_hash(photo_id),
            2_000_000 + chance.randrange(6_000_000),
            "JPEG",
            width * 8,
            height * 8,
            moment,
            CAMERAS[photo_id % len(CAMERAS)],
            photo_id % 6 if photo_id % 7 == 0 else 0,
            int(photo_id % 97 == 0),
            now - chance.randrange(10**8),
            moment,
            int(when.timestamp()) // 86400,
            1000 * width // height,
            natural(fold(file_name(photo_id))),
        )


def _files(count: int) -> Iterator[tuple[object, ...]]:
    now = time.time()
    for photo_id in range(1, count + 1):
        name = file_name(photo_id)
        folded = fold(name)
        directory = (photo_id - 1) // PER_DIRECTORY + 1
        stat = (3_000_000, photo_id * 10**9, photo_id)
        yield (photo_id, directory, name, folded, natural(folded), *stat, now, photo_id)


def _link_thumbnails(paths: LibraryPaths, count: int, thumbnails: Sequence[Path]) -> None:
    """Give every photo a thumbnail, copied anew before one file has too many names."""
    for byte in range(256):
        (paths.thumbnails / f"{byte:02x}").mkdir(parents=True, exist_ok=True)
    sources: dict[int, tuple[Path, int]] = {}
    for photo_id in range(1, count + 1):
        place = paths.thumbnail(content_hash(photo_id))
        number = photo_id % len(thumbnails)
        source, links = sources.get(number, (place, LINKS_PER_FILE))
        if links >= LINKS_PER_FILE:
            place.write_bytes(thumbnails[number].read_bytes())
            sources[number] = place, 1
        else:
            os.link(source, place)
            sources[number] = source, links + 1


def _embed(paths: LibraryPaths, count: int, model: Model, seed: int) -> None:
    """Give every photo an embedding near one of a thousand centres."""
    chance = np.random.default_rng(seed)
    centres = chance.standard_normal((1000, model.dim), np.float32)
    with Catalogue(paths.catalogue) as catalogue:
        with catalogue.transaction() as tx:
            known = model_id(tx, model.key, model.dim)
        for ids in _chunks(range(1, count + 1)):
            vectors = centres[chance.integers(0, len(centres), len(ids))]
            vectors = vectors + chance.standard_normal(vectors.shape, np.float32) * np.float32(0.6)
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
            with catalogue.transaction() as tx:
                put_embeddings(tx, known, np.array(ids, np.int64), vectors)


def _chunks(ids: range) -> Iterable[range]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))


if __name__ == "__main__":
    make_large_library(Path(sys.argv[1]), int(sys.argv[2]), [Path(name) for name in sys.argv[3:]])
