"""Labels: what a person calls things, and the words that say which photos they fit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.catalog.given_names import given_name, refuse_taken
from core.catalog.names import clean, fold, natural
from core.errors import SouvenirError

if TYPE_CHECKING:
    import sqlite3

DEFAULT_THRESHOLD = 0.5
"""Relevance from which a photo carries a label unless the person draws the line elsewhere."""

MOST_LABELS = 1000
"""Labels in a library: scores of a million photos are then 2 GB, and nobody reads more names."""

MOST_TEXTS = 50
"""Prompts, counter-prompts or templates of one label."""

LONGEST_TEXT = 300
"""Characters in a prompt or template; models read some 70 words at most."""


@dataclass(frozen=True)
class Label:
    """A name and what it means.

    `prompts`: descriptions of photos it fits, at least one. `against`: descriptions of photos that
    it does not fit although they may look alike. `templates`: phrasings around the prompts, each
    with a {}; () for the usual ones. `parent`: name of the label among whose photos alone it is
    judged. `group`: exactly one label of a group fits a photo; "" independent. `set`: the label set
    it came with. `threshold`: relevance (0…1) from which on photos carry it. A label that is not
    `active` is carried only where a person said so. `id`: 0 outside of a library.
    """

    name: str
    prompts: tuple[str, ...]
    against: tuple[str, ...] = ()
    templates: tuple[str, ...] = ()
    parent: str = ""
    group: str = ""
    set: str = ""
    threshold: float = DEFAULT_THRESHOLD
    active: bool = True
    id: int = 0


def checked(label: Label) -> Label:
    """The label as it is kept, without needless space. Raises SouvenirError for what cannot be."""
    name, _ = given_name(label.name, "A label")
    prompts = _texts(label.prompts, name, "prompt")
    if not prompts:
        raise SouvenirError(
            f'The label "{name}" has no prompt: describe in words what its photos show.'
        )
    templates = _texts(label.templates, name, "template")
    for template in templates:
        if "{}" not in template:
            raise SouvenirError(
                f'The template "{template}" of the label "{name}" has no {{}}: write {{}} where '
                "the prompt is to stand."
            )
    if not 0 <= label.threshold <= 1:  # and not for NaN
        raise SouvenirError(
            f'The threshold of the label "{name}" is {label.threshold:g}: write a relevance '
            "from 0 to 1."
        )
    return replace(
        label,
        name=name,
        prompts=prompts,
        against=_texts(label.against, name, "counter-prompt"),
        templates=templates,
        parent=_line(label.parent),
        group=_line(label.group),
        set=_line(label.set),
        threshold=float(label.threshold),
    )


def list_labels(c: sqlite3.Connection) -> list[Label]:
    """All labels, by name."""
    return sorted(_labels(c, "1", ()), key=lambda label: natural(fold(label.name)))


def get_label(c: sqlite3.Connection, label_id: int) -> Label:
    """One label; SouvenirError where there is none of that id."""
    found = _labels(c, "l.id = ?", (label_id,))
    if not found:
        raise SouvenirError("This label is not there any more: choose another one.")
    return found[0]


def find_label(c: sqlite3.Connection, name: str) -> Label | None:
    """The label of that name, case aside; None where there is none."""
    found = _labels(c, "l.folded = ?", (fold(_line(name)),))
    return found[0] if found else None


def children(c: sqlite3.Connection, label_id: int) -> tuple[int, ...]:
    """Ids of the labels that are judged among this one's photos."""
    rows = c.execute("SELECT id FROM labels WHERE parent_id = ? ORDER BY id", (label_id,))
    return tuple(child for (child,) in rows)


def insert_label(tx: sqlite3.Connection, label: Label) -> int:
    """Add a label, with its id where it is brought back; returns its id. See `checked`."""
    label = checked(label)
    (number,) = tx.execute("SELECT count(*) FROM labels").fetchone()
    if number >= MOST_LABELS:
        raise SouvenirError(
            f"A library holds up to {MOST_LABELS:,} labels: remove some before adding "
            f'"{label.name}".'
        )
    named = label.name, fold(label.name)
    refuse_taken(tx, "labels", named, "A label")
    made = tx.execute(
        """INSERT INTO labels (id, name, folded, prompts, against, templates, parent_id,
                exclusive_group, label_set, threshold, active)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (label.id or None, *named, *_columns(tx, label)),
    )
    return int(made.lastrowid or 0)


def update_label(tx: sqlite3.Connection, label: Label) -> Label:
    """Give the label of this id all that `label` says; returns what it was. See `checked`."""
    old = get_label(tx, label.id)
    label = checked(label)
    named = label.name, fold(label.name)
    refuse_taken(tx, "labels", named, "A label", but=label.id)
    tx.execute(
        """UPDATE labels SET name = ?, folded = ?, prompts = ?, against = ?, templates = ?,
            parent_id = ?, exclusive_group = ?, label_set = ?, threshold = ?, active = ?
            WHERE id = ?""",
        (*named, *_columns(tx, label), label.id),
    )
    return old


def delete_label(tx: sqlite3.Connection, label_id: int) -> None:
    """Delete a label, what was said about it by hand, and its scores."""
    tx.execute("DELETE FROM labels WHERE id = ?", (label_id,))


def parents_first(labels: Iterable[Label]) -> list[Label]:
    """The labels in an order in which each comes after its parent, if that is among them.

    Raises SouvenirError where a name comes twice, and where parents go round.
    """
    waiting: dict[str, Label] = {}
    for label in labels:
        if fold(label.name) in waiting:
            raise SouvenirError(f'There are two labels called "{label.name}": rename one of them.')
        waiting[fold(label.name)] = label
    ordered: list[Label] = []
    while waiting:
        free = [
            name
            for name, label in waiting.items()
            if not label.parent or fold(label.parent) not in waiting
        ]
        if not free:
            name = next(iter(waiting.values())).name
            raise SouvenirError(f'The parents of the label "{name}" go round: give it another one.')
        ordered.extend(waiting.pop(name) for name in free)
    return ordered


def _labels(c: sqlite3.Connection, where: str, values: Sequence[object]) -> list[Label]:
    rows = c.execute(
        f"""SELECT l.name, l.prompts, l.against, l.templates, coalesce(p.name, ''),
                l.exclusive_group, l.label_set, l.threshold, l.active, l.id
            FROM labels l LEFT JOIN labels p ON p.id = l.parent_id WHERE {where}""",  # noqa: S608
        values,
    )
    return [
        Label(
            name=row[0],
            prompts=tuple(json.loads(row[1])),
            against=tuple(json.loads(row[2])),
            templates=tuple(json.loads(row[3])),
            parent=row[4],
            group=row[5],
            set=row[6],
            threshold=row[7],
            active=bool(row[8]),
            id=row[9],
        )
        for row in rows
    ]


def _columns(tx: sqlite3.Connection, label: Label) -> tuple[object, ...]:
    texts = (label.prompts, label.against, label.templates)
    return (
        *(json.dumps(each, ensure_ascii=False) for each in texts),
        _parent_id(tx, label),
        label.group,
        label.set,
        label.threshold,
        int(label.active),
    )


def _parent_id(tx: sqlite3.Connection, label: Label) -> int | None:
    """Id of the label's parent; SouvenirError where it is not there or comes from the label."""
    if not label.parent:
        return None
    parent = find_label(tx, label.parent)
    if parent is None:
        raise SouvenirError(
            f'The label "{label.name}" has the parent "{label.parent}", which is not there: add '
            "that label first."
        )
    above: Label | None = parent
    while above is not None:
        if above.id == label.id:
            raise SouvenirError(
                f'The parents of the label "{label.name}" go round: give it another one.'
            )
        above = find_label(tx, above.parent) if above.parent else None
    return parent.id


def _texts(texts: Iterable[str], name: str, what: str) -> tuple[str, ...]:
    kept = [_line(text) for text in texts]
    if "" in kept:
        raise SouvenirError(f'The label "{name}" has an empty {what}: write words in it.')
    if len(kept) > MOST_TEXTS:
        raise SouvenirError(
            f'The label "{name}" has {len(kept):,} {what}s: keep it to {MOST_TEXTS}.'
        )
    for text in kept:
        if len(text) > LONGEST_TEXT:
            raise SouvenirError(
                f'A {what} of the label "{name}" is {len(text):,} characters long: keep it to '
                f"{LONGEST_TEXT}."
            )
    return tuple(dict.fromkeys(kept))


def _line(text: str) -> str:
    return " ".join(clean(text).split())
