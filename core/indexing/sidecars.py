"""Sidecars that are new or changed: what they say of photos that are known is read again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from core.catalog.catalogue import Catalogue
from core.catalog.files import is_lost, known_files, photo_of_path
from core.catalog.photos import content_hashes
from core.imaging.sidecars import SUFFIXES, sidecars
from core.indexing.jobs import NotAPhoto, PhotoJob

if TYPE_CHECKING:
    import sqlite3

    from core.indexing.scanning import FeedItem


class SidecarsSeen:
    """Holds back the sidecars of one run until its photos are known.

    A sidecar counts as looked at only together with what it says of its photo: one that is cut
    short in between is found again by the next run.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._held: list[NotAPhoto] = []

    def without(self, feed: Iterable[FeedItem]) -> Iterator[FeedItem]:
        """All of a feed but its sidecars."""
        for item in feed:
            if isinstance(item, NotAPhoto) and item.path.suffix in SUFFIXES:
                self._held.append(item)
            else:
                yield item

    def rest(self, read: Collection[Path]) -> Iterator[NotAPhoto | PhotoJob]:
        """The sidecars, and photos to read again for theirs; not those in `read`: they just were.

        Call it when all else of the run is committed.
        """
        owned: dict[Path, list[NotAPhoto]] = {}
        with self._catalogue.reader() as c:
            for item in self._held:
                owner = _owner(c, item)
                if owner is None or owner in read:
                    yield item
                else:
                    owned.setdefault(owner, []).append(item)
            for path, items in owned.items():
                if is_lost(c, path):
                    continue  # they are read together with it, once it can be read
                photo_id = photo_of_path(c, path)
                if photo_id is None:
                    yield from items
                else:
                    content_hash = content_hashes(c, [photo_id])[photo_id]
                    yield PhotoJob(photo_id, path, content_hash, embed=False, beside=tuple(items))


def _owner(c: sqlite3.Connection, item: NotAPhoto) -> Path | None:
    """The file of a photo that a sidecar belongs to; None where it belongs to none."""
    full = item.path.with_suffix("")
    if full.suffix and photo_of_path(c, full) is not None:
        return full
    directory = item.path.parent
    for name in known_files(c, item.key.folder_id, item.key.directory):
        photo = directory / name
        if photo.stem == item.path.stem and photo != item.path and item.path in sidecars(photo):
            return photo
    return None
