"""Libraries of up to a million photos, made from a few thumbnails in less than a minute.

    python -m tests.helpers.large_library LIBRARY COUNT THUMBNAIL…

The catalogue is a real one, filled by a few statements rather than photo by photo: triggers and
indexes are taken away while rows go in, and put back. Thumbnails are linked meanwhile. Every photo
has a content hash and a thumbnail of its own; thumbnails are hard links to the few there are. The
only folder is offline, so that indexing leaves everything as it is.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
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

# Bursts of half a day, days with none, spread over twenty years.
_PHOTOS = """
    WITH RECURSIVE number (id) AS (
        SELECT 1 UNION ALL SELECT id + 1 FROM number WHERE id < :count
    ), photo AS (
        SELECT id, moment - id * 40503 % 50000 AS seconds, width, height, camera
        FROM number
        JOIN spread ON spread.k = id * 7919 % (SELECT count(*) FROM spread)
        JOIN shape ON shape.k = id % (SELECT count(*) FROM shape)
        JOIN camera ON camera.k = id % (SELECT count(*) FROM camera)
    )
    INSERT INTO photos (id, content_hash, byte_size, format, width, height, taken_at,
        camera, keywords, rating, favourite, added_at, present, shown_at, shown_day, shown_aspect,
        sort_name)
    SELECT id, content_hash(id), 2000000 + id * 48271 % 6000000, 'JPEG', width * 8, height * 8,
        strftime('%Y-%m-%dT%H:%M:%S', seconds, 'unixepoch'), camera, '[]',
        iif(id % 7 = 0, id % 6, 0), id % 97 = 0, :now - id * 69621 % 100000000, 1,
        strftime('%Y-%m-%dT%H:%M:%S', seconds, 'unixepoch'), seconds / 86400,
        1000 * width / height, 'img_' || length(id) || id || '.jpg'
    FROM photo
"""
_FILES = """
    INSERT INTO files (id, directory_id, name, folded, sort_key, size, mtime_ns, inode, state,
        since, photo_id)
    SELECT id, (id - 1) / :per_directory + 1, printf('IMG_%07d.JPG', id),
        printf('img_%07d.jpg', id), sort_name, 3000000, id * 1000000000, id, 'indexed', :now, id
    FROM photos
"""


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
    with ThreadPoolExecutor(1) as beside:
        links = beside.submit(_link_thumbnails, paths, count, thumbnails)
        _fill(paths.catalogue, folder.id, count, sizes, seed)
        links.result()
    if model is not None:
        _embed(paths, count, model, seed)


def _fill(
    catalogue: Path, folder_id: int, count: int, sizes: Sequence[tuple[int, int]], seed: int
) -> None:
    """Write all photos and their files, by SQLite alone: a million rows take it seconds."""
    connection = sqlite3.connect(catalogue, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -400000")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.create_function("content_hash", 1, content_hash, deterministic=True)
        connection.execute("BEGIN")
        later = _take_away(connection)
        connection.executemany(
            "INSERT INTO directories (id, folder_id, path, folded) VALUES (?, ?, ?, ?)",
            (
                (n + 1, folder_id, f"album {n:04}", f"album {n:04}")
                for n in range(-(-count // PER_DIRECTORY))
            ),
        )
        chance = random.Random(seed)
        days = chance.choices(range(YEARS * 365), k=max(1, min(count, YEARS * 250)))
        _take_in(
            connection, "spread (moment)", [(int(LAST_DAY.timestamp()) - 86400 * d,) for d in days]
        )
        _take_in(connection, "shape (width, height)", sizes)
        _take_in(connection, "camera (camera)", [(camera,) for camera in CAMERAS])
        now = time.time()
        connection.execute(_PHOTOS, {"count": count, "now": now})
        connection.execute(_FILES, {"per_directory": PER_DIRECTORY, "now": now})
        connection.execute("INSERT INTO file_names (file_names) VALUES ('rebuild')")
        for statement in later:
            connection.execute(statement)
        _check_names(connection, count)
        connection.execute("COMMIT")
        connection.execute("ANALYZE")
    finally:
        connection.close()


def _take_in(connection: sqlite3.Connection, table: str, rows: Sequence[Sequence[object]]) -> None:
    """Make a table of `rows` that are numbered from 0, for this connection alone."""
    name, _, columns = table.partition(" ")
    connection.execute(f"CREATE TEMP TABLE {name} (k INTEGER PRIMARY KEY, {columns[1:]}")
    places = ", ".join("?" * (1 + len(rows[0])))
    connection.executemany(
        f"INSERT INTO {name} VALUES ({places})", ((k, *row) for k, row in enumerate(rows))
    )


def _check_names(connection: sqlite3.Connection, count: int) -> None:
    """Names that SQL put together are those that the catalogue would have made."""
    for photo_id in {1, min(count, 999), count}:
        found = connection.execute(
            "SELECT name, folded, sort_key FROM files WHERE photo_id = ?", (photo_id,)
        ).fetchone()
        name = file_name(photo_id)
        if found != (name, fold(name), natural(fold(name))):
            raise ValueError(f"the catalogue names files in another way: {found}")


def remove_large_library(library: Path) -> None:
    """Remove a library; its thumbnails are so many that all processors take part."""
    folders = list(LibraryPaths(library).thumbnails.iterdir())
    with ThreadPoolExecutor() as pool:
        list(pool.map(shutil.rmtree, folders))
    shutil.rmtree(library)


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


def _link_thumbnails(paths: LibraryPaths, count: int, thumbnails: Sequence[Path]) -> None:
    """Give every photo a thumbnail, copied anew before one file has too many names."""
    for byte in range(256):
        (paths.thumbnails / f"{byte:02x}").mkdir(parents=True, exist_ok=True)
    contents = [thumbnail.read_bytes() for thumbnail in thumbnails]
    sources: dict[int, tuple[str, int]] = {}
    for photo_id in range(1, count + 1):
        number = photo_id % len(thumbnails)
        source, links = sources.get(number, ("", LINKS_PER_FILE))
        if links >= LINKS_PER_FILE:
            place = paths.thumbnail(content_hash(photo_id))
            place.write_bytes(contents[number])
            sources[number] = str(place), 1
        else:
            # The same place by text alone: paths take longer than links.
            name = content_hash(photo_id).hex()
            os.link(source, f"{paths.thumbnails}/{name[:2]}/{name}.jpg")
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
