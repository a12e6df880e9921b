"""What the inspector says of labels, asked on threads: of one photo, or what several share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.inspector.labels import NEAR, LabelFact

if TYPE_CHECKING:
    from core.library import Library, PhotoTag


def label_facts(ids: Sequence[int], library: Library) -> list[LabelFact]:
    """The labels of these photos, those that most of them carry first; none where nothing is."""
    if not ids or not library.labels.labels():
        return []
    if len(ids) == 1:
        facts = (_fact(tag) for tag in library.labels.labels_of(ids[0]))
        return [fact for fact in facts if _counts(fact)]
    return _shared(ids, library)


def _fact(tag: PhotoTag) -> LabelFact:
    refused = tag.by_hand is False
    return LabelFact(tag.label.id, tag.label.name, tag.relevance, tag.source, refused)


def _counts(fact: LabelFact) -> bool:
    """Whether a label is worth a line: it is carried, was refused, or comes near."""
    return fact.source != "none" or fact.refused or (fact.relevance or 0.0) >= NEAR


def _shared(ids: Sequence[int], library: Library) -> list[LabelFact]:
    names: dict[int, str] = {}
    carried: dict[int, int] = {}
    by_hand: dict[int, int] = {}
    for tags in library.labels.tags_of(ids).values():
        for tag in tags:
            label = tag.label
            names[label.id] = label.name
            carried[label.id] = carried.get(label.id, 0) + 1
            by_hand[label.id] = by_hand.get(label.id, 0) + (tag.source == "hand")
    facts = [
        LabelFact(
            label_id,
            names[label_id],
            None,
            "hand" if by_hand[label_id] == count else "automatic",
            count=count,
            photos=len(ids),
        )
        for label_id, count in carried.items()
    ]
    return sorted(facts, key=lambda fact: -fact.count)
