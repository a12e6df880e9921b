"""What the window shows of one photo."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.catalog.photos import Photo


@dataclass(frozen=True)
class PhotoRow:
    """One photo; `path` is its first file, online ones first, and `thumbnail` may not exist.

    `rotation`: quarter turns clockwise by which the thumbnail is shown. `files`: how many it has.
    `labels`: the labels that it carries, the best first, where they are asked for.
    """

    id: int
    name: str
    path: Path
    thumbnail: Path
    taken_at: str | None
    width: int
    height: int
    format: str
    rating: int = 0
    favourite: bool = False
    offline: bool = False
    files: int = 1
    rotation: int = 0
    labels: tuple[str, ...] = ()


def photo_row(
    photo: Photo, thumbnail_path: Callable[[bytes], Path], labels: tuple[str, ...] = ()
) -> PhotoRow | None:
    """Take from a photo of the catalogue what is shown; None when it has no file left."""
    if not photo.files:
        return None
    path = Path(photo.files[0].path)
    return PhotoRow(
        id=photo.id,
        name=path.name,
        path=path,
        thumbnail=thumbnail_path(photo.content_hash),
        taken_at=photo.metadata.taken_at,
        width=photo.width,
        height=photo.height,
        format=photo.format,
        rating=photo.rating,
        favourite=photo.favourite,
        offline=photo.offline,
        files=len(photo.files),
        rotation=photo.rotation,
        labels=labels,
    )
