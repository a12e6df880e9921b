"""A label as it is looked at: its words, and every photo with how well it fits. For threads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.labels.order import LabelOrder, label_order

if TYPE_CHECKING:
    from core.library import Label, Library


@dataclass(frozen=True, eq=False)
class LabelShown:
    """A label, and the photos of the library in the order in which they fit it.

    `up_to_date`: whether every photo was scored with all that was said.
    """

    label: Label
    order: LabelOrder
    up_to_date: bool = True

    @property
    def line(self) -> float:
        """The relevance from which on photos carry it."""
        return line_of(self.label)

    @property
    def cut(self) -> int:
        """How many of the photos carry it."""
        return self.cut_at(self.line)

    def cut_at(self, threshold: float) -> int:
        """How many of the photos would carry it with the line at a relevance."""
        return self.order.cut(threshold) if self.label.active else self.order.accepted

    def same_as(self, other: LabelShown | None) -> bool:
        """Whether both look the same, ids and relevances aside."""
        return other is not None and _looks(self) == _looks(other)


def _looks(shown: LabelShown) -> tuple[object, ...]:
    order = shown.order
    return shown.label, shown.up_to_date, order.accepted, order.outside, order.corrections


def lowest_line(label: Label) -> float:
    """How low the line of a label may be: of a group, exactly the best one lies above one half."""
    return 0.5 if label.group else 0.0


def line_of(label: Label) -> float:
    """The relevance from which on photos carry a label."""
    return max(lowest_line(label), label.threshold)


def look_at_label(library: Library, label_id: int) -> LabelShown:
    """Ask the library for a label and its photos."""
    label = library.labels.label(label_id)
    up_to_date = library.labels.up_to_date
    judged = library.labels.judged(label_id)
    order = label_order(judged.ids, judged.relevances, judged.answers, judged.eligible)
    return LabelShown(label, order, up_to_date)
