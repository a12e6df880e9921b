"""Whether catalogue, vectors, thumbnails and index agree."""

from __future__ import annotations

from core.catalog import photos
from core.catalog.catalogue import Catalogue
from core.catalog.check import check_catalogue
from core.imaging.thumbnails import thumbnail_is_whole
from core.library.engine import Engine
from core.paths import LibraryPaths
from core.vectors.store import check_index

PAGE = 1000


def verify_library(catalogue: Catalogue, paths: LibraryPaths, engine: Engine) -> list[str]:
    """One sentence for each thing that does not agree, with what mends it.

    That photos wait to be embedded is no disagreement: indexing was cut short, or has not begun.
    """
    with catalogue.reader() as connection:
        findings = check_catalogue(connection)
        everything = photos.photo_ids(connection, "added", descending=False)
        missing = 0
        for start in range(0, len(everything), PAGE):
            page = [int(photo_id) for photo_id in everything[start : start + PAGE]]
            for content_hash in photos.content_hashes(connection, page).values():
                missing += not thumbnail_is_whole(paths.thumbnail(content_hash))
    if missing:
        findings.append(
            f"Of {len(everything):,} thumbnails {missing:,} are missing or damaged: 'souvenir "
            "rebuild' makes them."
        )
    findings.extend(check_index(catalogue, engine.model, engine.current_index()))
    return findings
