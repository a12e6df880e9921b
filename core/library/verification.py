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
        lacking: list[int] = []
        for start in range(0, len(everything), PAGE):
            page = [int(photo_id) for photo_id in everything[start : start + PAGE]]
            for photo_id, content_hash in photos.content_hashes(connection, page).items():
                if not thumbnail_is_whole(paths.thumbnail(content_hash)):
                    lacking.append(photo_id)
        first = [photo.files[0] for photo in photos.get_photos(connection, lacking)]
    away = sum(file.offline or bool(file.problem) for file in first)
    missing = len(first) - away
    if missing:
        findings.append(
            f"Of {len(everything):,} thumbnails {missing:,} are missing or damaged: 'souvenir "
            "rebuild' makes them."
        )
    if away:
        findings.append(
            f"Of {len(everything):,} thumbnails {away:,} are missing or damaged, and their photos "
            "cannot be read now: connect the disks or mend the files, then run 'souvenir rebuild'."
        )
    findings.extend(check_index(catalogue, engine.model, engine.current_index()))
    return findings
