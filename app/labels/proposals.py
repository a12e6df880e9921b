"""Which photos a label asks about: chosen on a thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.grid.photo_row import PhotoRow, photo_row

if TYPE_CHECKING:
    from core.library import Label, Library

BATCH = 12  # photos that are judged before the next ones are chosen, by what was learned


@dataclass(frozen=True)
class Proposed:
    """Photos to judge, and how many carry the label now."""

    label: Label
    rows: tuple[PhotoRow, ...]
    carried: int


def propose(label_id: int, library: Library) -> Proposed:
    """Photos of which a yes or no teaches a label most."""
    photos = library.photos(library.labels.propose(label_id, BATCH))
    rows = (photo_row(photo, library.paths.thumbnail) for photo in photos)
    label = library.labels.label(label_id)
    carried = library.labels.judged(label_id).count()
    return Proposed(label, tuple(row for row in rows if row is not None), carried)


def count_carried(label_id: int, library: Library) -> int:
    """How many photos carry a label."""
    return library.labels.judged(label_id).count()
