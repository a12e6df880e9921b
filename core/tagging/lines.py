"""Lines that a person drew go on meaning the same photos when relevances are made otherwise.

Under another model, or by another method, the same relevance means other photos. A line is then
moved to where as many of the photos that were judged before and now are at or above it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.catalog.label_scores import (
    bounds,
    from_stored,
    keep_notes,
    note,
    relevances_of,
    to_stored,
)
from core.catalog.labels import DEFAULT_THRESHOLD, get_label, update_label

if TYPE_CHECKING:
    import sqlite3

    from numpy.typing import NDArray


def follow_line(
    tx: sqlite3.Connection,
    label_id: int,
    method: str,
    photos: NDArray[np.int64],
    stored: NDArray[np.uint16],
) -> bool:
    """Move a label's line where its scores are replaced by ones made otherwise; whether it moved.

    Call it before the old scores go. method: what the new ones, `stored` for `photos`, sorted, are
    made by. A line that nobody drew, and one in an exclusive group, stay.
    """
    key = f"scores of {label_id}"
    before = note(tx, key)
    keep_notes(tx, {key: method.encode()})
    label = get_label(tx, label_id)
    if before == method.encode() or label.threshold == DEFAULT_THRESHOLD or label.group:
        return False
    known, relevances = relevances_of(tx, label_id)
    both, old_rows, new_rows = np.intersect1d(
        known, photos, assume_unique=True, return_indices=True
    )
    if len(both) == 0:
        return False
    first, _ = bounds(label.threshold)
    above = int(np.count_nonzero(to_stored(relevances[old_rows]) >= first))
    if int(np.count_nonzero(stored[new_rows] >= first)) == above:
        return False
    line = line_above(from_stored(stored[new_rows]), above)
    update_label(tx, replace(label, threshold=line))
    return True


def line_above(relevances: NDArray[np.float32], count: int) -> float:
    """The line at or above which so many of these are, between two of them: 0…1."""
    falling = np.sort(relevances)[::-1]
    upper = float(falling[count - 1]) if count else 1.0
    lower = float(falling[count]) if count < len(falling) else 0.0
    return (upper + lower) / 2
