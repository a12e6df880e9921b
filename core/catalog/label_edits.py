"""Edits of labels and of what a person says about them by hand; see core.catalog.edits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from core.catalog.label_scores import drop_relevances
from core.catalog.labels import (
    Label,
    children,
    delete_label,
    get_label,
    insert_label,
    parents_first,
    update_label,
)
from core.catalog.tags import hand_tags, set_hand_tags

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True)
class CreateLabels:
    """Add labels, one or a whole set; its inverse, DeleteLabels, tells their ids, in that order.

    For labels brought back, `by_hand` is what was said about them, by label and photo id, and
    `parent_of` are the labels that were judged among theirs, with the parent's name.
    """

    labels: tuple[Label, ...]
    by_hand: Mapping[int, Mapping[int, bool]] = field(default_factory=dict)
    parent_of: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DeleteLabels:
    """Delete labels, by id, and what was said about them; photos stay."""

    ids: tuple[int, ...]


@dataclass(frozen=True)
class ChangeLabel:
    """Give the label of this id another name, other words, another line or parent."""

    label: Label


@dataclass(frozen=True)
class SetThreshold:
    """Draw a label's line at another relevance, 0 to 1."""

    id: int
    threshold: float


@dataclass(frozen=True)
class SetLabelsActive:
    """Switch labels on or off, by id."""

    values: Mapping[int, bool]


@dataclass(frozen=True)
class SetTags:
    """Say that photos, by id, carry a label (True), do not (False), or leave it to Souvenir (None).

    The label learns from it.
    """

    label_id: int
    values: Mapping[int, bool | None]


LabelEdit = CreateLabels | DeleteLabels | ChangeLabel | SetThreshold | SetLabelsActive | SetTags


def edit_labels(tx: sqlite3.Connection, edit: LabelEdit) -> LabelEdit:
    """Make a change; returns its inverse. Raises SouvenirError for what labels cannot be."""
    match edit:
        case CreateLabels():
            return _create(tx, edit)
        case DeleteLabels(ids):
            return _delete(tx, ids)
        case ChangeLabel(label):
            return ChangeLabel(update_label(tx, label))
        case SetThreshold(label_id, threshold):
            changed = replace(get_label(tx, label_id), threshold=threshold)
            return SetThreshold(label_id, update_label(tx, changed).threshold)
        case SetLabelsActive(values):
            old = {label_id: get_label(tx, label_id) for label_id in values}
            turned = {i: label for i, label in old.items() if label.active != values[i]}
            for label_id, label in turned.items():
                update_label(tx, replace(label, active=values[label_id]))
            return SetLabelsActive({i: label.active for i, label in turned.items()})
        case SetTags(label_id, values):
            return SetTags(label_id, set_hand_tags(tx, label_id, values))


def concerned(edit: LabelEdit, inverse: object) -> tuple[int, ...]:
    """Ids of the labels that an applied edit was about; its inverse tells those it made."""
    match edit:
        case CreateLabels():
            return inverse.ids if isinstance(inverse, DeleteLabels) else ()
        case DeleteLabels(ids):
            return ids
        case ChangeLabel(label):
            return (label.id,)
        case SetThreshold(label_id):
            return (label_id,)
        case SetLabelsActive(values):
            return tuple(values)
        case SetTags(label_id):
            return (label_id,)


def _create(tx: sqlite3.Connection, edit: CreateLabels) -> DeleteLabels:
    made = {label: insert_label(tx, label) for label in parents_first(edit.labels)}
    for label_id, said in edit.by_hand.items():
        set_hand_tags(tx, label_id, dict(said))
    for child, parent in edit.parent_of.items():
        update_label(tx, replace(get_label(tx, child), parent=parent))
    return DeleteLabels(tuple(made[label] for label in edit.labels))


def _delete(tx: sqlite3.Connection, ids: tuple[int, ...]) -> CreateLabels:
    labels = tuple(get_label(tx, label_id) for label_id in ids)
    said: dict[int, dict[int, bool]] = {}
    parent_of: dict[int, str] = {}
    for label in labels:
        photos, fits = hand_tags(tx, label.id)
        said[label.id] = dict(zip(photos.tolist(), fits.tolist(), strict=True))
        parent_of |= {child: label.name for child in children(tx, label.id) if child not in ids}
    drop_relevances(tx, ids)
    for label_id in ids:
        delete_label(tx, label_id)
    return CreateLabels(labels, said, parent_of)
