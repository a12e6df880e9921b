"""Thumbnails that belong to no photo: of content that was edited away, or of a run cut short."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from core.catalog import photos
from core.catalog.catalogue import Catalogue
from core.paths import LibraryPaths


def remove_orphans(catalogue: Catalogue, paths: LibraryPaths, cancelled: Callable[[], bool]) -> int:
    """Delete them; returns how many. No run may be under way: it would not find its own."""
    removed = 0
    for byte in range(256):
        directory = paths.thumbnail(bytes([byte])).parent
        if cancelled() or not directory.is_dir():
            continue
        with catalogue.reader() as connection:
            known = {each.hex() for each in photos.known_contents(connection, byte)}
        for file in directory.iterdir():
            if file.name.removesuffix(".jpg") not in known:
                with suppress(OSError):
                    file.unlink()
                    removed += 1
    return removed
