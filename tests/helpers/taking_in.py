"""Photos are put into a catalogue as indexing does, but for the embedding."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

from core.catalog.files import FileKey, FileStat
from core.catalog.metadata import Metadata
from core.catalog.photos import store_photo
from core.imaging.reading import read_photo


def take_in(
    tx: sqlite3.Connection,
    folder_id: int,
    file: Path,
    *,
    metadata: Metadata | None = None,
    thumbnails: Path | None = None,
    directory: str = "",
) -> int:
    """Store a file of a watched folder, which is in `directory` of it; returns the photo's id.

    With `metadata`, the photo tells that instead of what its file does; with `thumbnails`, a
    thumbnail is made in that folder.
    """
    content = read_photo(file, model_input=None, thumbnail_dir=thumbnails).content
    if metadata is not None:
        content = replace(content, metadata=metadata)
    status = file.stat()
    stat = FileStat(status.st_size, status.st_mtime_ns, status.st_ino)
    return store_photo(tx, FileKey(folder_id, directory, file.name), stat, content)[0]
