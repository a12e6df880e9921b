"""Tags: which photos carry a label, by its scores and line or because a person said so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from core.catalog.changes import json_ids
from core.catalog.label_scores import at_least, reaches, relevances_at
from core.catalog.labels import Label, get_label, list_labels

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

BEST_OF_GROUP = 0.5
"""The label of a group that fits a photo best has at least this relevance; all others have less."""


@dataclass(frozen=True)
class PhotoTag:
    """What there is to say of a label and a photo.

    `relevance`: 0…1, None where it was not judged. `by_hand`: what a person said, None nothing.
    `source`: why the photo carries the label, "none" where it does not.
    """

    label: Label
    relevance: float | None
    by_hand: bool | None
    source: Literal["hand", "automatic", "none"]


def line_of(label: Label) -> float:
    """The relevance from which on photos carry a label by itself; above 1 for none."""
    if not label.active:
        return 2.0
    return max(label.threshold, BEST_OF_GROUP) if label.group else label.threshold


def set_hand_tags(
    tx: sqlite3.Connection, label_id: int, values: Mapping[int, bool | None]
) -> dict[int, bool | None]:
    """Set (True) or refuse (False) a label on photos, by id, or leave it to the scores (None).

    Returns what was said of those that changed. Photos that are gone are passed over; raises
    SouvenirError where the label is.
    """
    get_label(tx, label_id)
    known = tx.execute(
        """SELECT id, (SELECT fits FROM hand_tags WHERE label_id = ? AND photo_id = id)
            FROM photos WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id""",
        (label_id, json_ids(values)),
    ).fetchall()
    old = {i: None if fits is None else bool(fits) for i, fits in known}
    old = {i: was for i, was in old.items() if was != values[i]}
    tx.executemany(
        "DELETE FROM hand_tags WHERE label_id = ? AND photo_id = ?",
        [(label_id, i) for i in old if values[i] is None],
    )
    tx.executemany(
        "INSERT OR REPLACE INTO hand_tags (label_id, photo_id, fits) VALUES (?, ?, ?)",
        [(label_id, i, int(bool(values[i]))) for i in old if values[i] is not None],
    )
    return old


def hand_tags(c: sqlite3.Connection, label_id: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Photos a person said something of, remembered ones too: ids (n,), sorted, and what."""
    rows = c.execute(
        "SELECT photo_id, fits FROM hand_tags WHERE label_id = ? ORDER BY photo_id", (label_id,)
    ).fetchall()
    ids = np.array([photo_id for photo_id, _ in rows], np.int64)
    return ids, np.array([bool(fits) for _, fits in rows], np.bool_)


def carrying(c: sqlite3.Connection, label: Label) -> NDArray[np.int64]:
    """Photos that carry a label, remembered ones too: ids int64 (n,), sorted, unique."""
    fitting = at_least(c, label.id, line_of(label)) if label.active else np.empty(0, np.int64)
    return _by_hand_too(c, label, fitting)


def between(c: sqlite3.Connection, label: Label, low: float, high: float) -> NDArray[np.int64]:
    """Photos whose relevance is `low` to `high`, wherever the label's line is: ids, sorted.

    What a person said counts as 1 or 0.
    """
    ids, fits = hand_tags(c, label.id)
    fitting = np.setdiff1d(at_least(c, label.id, low, high), ids, assume_unique=True)
    fitting = among_parents(c, label, fitting)
    said = ids[np.where(fits, low <= 1 <= high, low <= 0 <= high)]
    return np.union1d(fitting, said)


def among_parents(c: sqlite3.Connection, label: Label, ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """Those of these photos that the label is judged on: all, or its parent's."""
    above = parent_photos(c, label)
    return ids if above is None else np.intersect1d(ids, above, assume_unique=True)


def parent_photos(c: sqlite3.Connection, label: Label) -> NDArray[np.int64] | None:
    """Photos that carry the label's parent: ids, sorted; None for a label without one."""
    if not label.parent:
        return None
    (parent,) = c.execute("SELECT parent_id FROM labels WHERE id = ?", (label.id,)).fetchone()
    return carrying(c, get_label(c, parent))


def hidden_ids(c: sqlite3.Connection) -> NDArray[np.int64]:
    """Photos that are only remembered: ids, sorted."""
    rows = c.execute("SELECT id FROM photos WHERE present = 0 ORDER BY id")
    return np.array([photo_id for (photo_id,) in rows], np.int64)


def counts(c: sqlite3.Connection, labels: Sequence[Label]) -> dict[int, int]:
    """How many present photos carry each of these labels, by its id."""
    hidden = hidden_ids(c)
    return {
        label.id: len(np.setdiff1d(carrying(c, label), hidden, assume_unique=True))
        for label in labels
    }


def carried_by(c: sqlite3.Connection, label: Label) -> list[tuple[int, float | None, bool]]:
    """Present photos that carry a label, best first: id, relevance (None: not judged), by hand."""
    ids = np.setdiff1d(carrying(c, label), hidden_ids(c), assume_unique=True)
    known = relevances_at(c, label.id, ids.tolist())
    said, _ = hand_tags(c, label.id)
    by_hand = np.isin(ids, said)
    found = [
        (i, known.get(i), hand) for i, hand in zip(ids.tolist(), by_hand.tolist(), strict=True)
    ]
    return sorted(found, key=lambda each: (-1.0 if each[1] is None else -each[1], each[0]))


def tags_of(
    c: sqlite3.Connection, photo_ids: Sequence[int], *, carried: bool = True
) -> dict[int, tuple[PhotoTag, ...]]:
    """Labels of photos, by id: those that each carries, best first, or every active one."""
    labels = {label.id: label for label in list_labels(c)}
    by_name = {label.name: label for label in labels.values()}
    said = _said(c, photo_ids)
    found: dict[int, dict[int, PhotoTag]] = {photo_id: {} for photo_id in photo_ids}
    for label in _above_first(labels.values(), by_name):
        known = relevances_at(c, label.id, photo_ids) if label.active else {}
        parent = by_name[label.parent].id if label.parent else None
        for photo_id, tags in found.items():
            by_hand = said.get((label.id, photo_id))
            relevance = known.get(photo_id)
            allowed = parent is None or tags[parent].source != "none"
            source: Literal["hand", "automatic", "none"] = "none"
            if by_hand:
                source = "hand"
            elif by_hand is None and relevance is not None and allowed:
                source = "automatic" if reaches(relevance, line_of(label)) else "none"
            tags[label.id] = PhotoTag(label, relevance, by_hand, source)
    return {
        photo_id: tuple(
            sorted((tag for tag in tags.values() if _shown(tag, carried)), key=_best_first)
        )
        for photo_id, tags in found.items()
    }


def _shown(tag: PhotoTag, carried: bool) -> bool:
    return tag.source != "none" or (not carried and (tag.label.active or tag.by_hand is not None))


def _best_first(tag: PhotoTag) -> tuple[bool, bool, float, str]:
    return tag.source == "none", tag.source != "hand", -(tag.relevance or 0.0), tag.label.name


def _above_first(labels: Iterable[Label], by_name: Mapping[str, Label]) -> list[Label]:
    def depth(label: Label) -> int:
        return 1 + depth(by_name[label.parent]) if label.parent else 0

    return sorted(labels, key=depth)


def _said(c: sqlite3.Connection, photo_ids: Sequence[int]) -> dict[tuple[int, int], bool]:
    rows = c.execute(
        """SELECT label_id, photo_id, fits FROM hand_tags
            WHERE photo_id IN (SELECT value FROM json_each(?))""",
        (json_ids(photo_ids),),
    )
    return {(label_id, photo_id): bool(fits) for label_id, photo_id, fits in rows}


def _by_hand_too(
    c: sqlite3.Connection, label: Label, fitting: NDArray[np.int64]
) -> NDArray[np.int64]:
    fitting = among_parents(c, label, fitting)
    ids, fits = hand_tags(c, label.id)
    if len(ids) == 0:
        return fitting
    return np.union1d(np.setdiff1d(fitting, ids[~fits], assume_unique=True), ids[fits])
