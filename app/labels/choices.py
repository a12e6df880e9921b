"""The labels that photos can be tagged with, as one chooses among them: lately used ones first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.catalog.names import fold

if TYPE_CHECKING:
    from core.library import Label

OFFERED = 8  # labels that were used lately and come first


@dataclass(frozen=True)
class Choice:
    """A label to choose. `folded`: its name as it is sought. `lately`: it was used not long ago."""

    label: Label
    folded: str
    lately: bool = False


def choices(labels: Sequence[Label], used: Sequence[str]) -> list[Choice]:
    """All of `labels`, which come by name, those first whose names were `used` last."""
    by_name = {label.name: label for label in labels}
    lately = [by_name[name] for name in used if name in by_name][:OFFERED]
    first = [Choice(label, fold(label.name), lately=True) for label in lately]
    here = {label.id for label in lately}
    return [*first, *(Choice(each, fold(each.name)) for each in labels if each.id not in here)]


def fitting(among: Sequence[Choice], written: str) -> list[Choice]:
    """Those whose names hold what is written, every word of it, the likeliest first.

    A name that is just that comes first, then names that begin with it, then those that have it at
    the beginning of a word.
    """
    wanted = fold(" ".join(written.split()))
    if not wanted:
        return list(among)
    words = wanted.split()
    found = [each for each in among if all(word in each.folded for word in words)]
    return sorted(found, key=lambda each: _distance(each.folded, wanted))


def named(among: Sequence[Choice], written: str) -> bool:
    """Whether one of them is called just that."""
    wanted = fold(" ".join(written.split()))
    return any(each.folded == wanted for each in among)


def _distance(name: str, wanted: str) -> int:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    return 2 if f" {wanted}" in name else 3
