"""Renaming by pattern: planned whole, shown, and then done in an order that overwrites nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from core.filing.exchange import exchange_files, place_key
from core.filing.moving import along
from core.filing.names import NameProblem, free_number, name_problem, numbered
from core.filing.pattern import NameFacts, parse_pattern
from core.filing.placing import Cancelled, remove_leftovers
from core.filing.steps import Step
from core.imaging.sidecars import sidecar_target

Note = Literal["", "same", "numbered"]


@dataclass(frozen=True)
class Renaming:
    """What becomes of one file. `note`: nothing to do, or the name was taken and got a number.

    With a `problem` it stays as it is, and `target` shows the name that cannot be.
    """

    source: Path
    target: Path
    note: Note = ""
    problem: NameProblem | None = None


def plan_renaming(files: Sequence[NameFacts], pattern: str) -> list[Renaming]:
    """Fill in the pattern for every file, in order. Raises PatternError.

    A name counts as taken when another file has it that keeps it, or one before it in the order
    gets it; names that differ in case only count as the same, as they do on many disks.
    """
    make_name = parse_pattern(pattern)
    wanted = [(facts.path, make_name(facts)) for facts in files]
    leaving = {path for path, name in wanted if name != path.name and name_problem(name) is None}
    given = _Given(set(), {})
    return [_renaming(path, name, leaving, given) for path, name in wanted]


@dataclass(frozen=True)
class _Given:
    """Names that were given already, and the highest number that each wish for a name led to."""

    places: set[tuple[Path, str]]
    numbers: dict[tuple[Path, str], int]


def _renaming(path: Path, name: str, leaving: set[Path], given: _Given) -> Renaming:
    problem = name_problem(name)
    if problem is not None:
        fit = problem != "characters" and name not in ("", ".", "..")
        return Renaming(path, path.with_name(name) if fit else Path(name), problem=problem)
    target = path.with_name(name)
    if target == path:
        given.places.add(place_key(path))
        return Renaming(path, path, "same")
    bundle = along(path, target)
    ours = {transfer.source for transfer in bundle}

    def targets(number: int) -> list[Path]:
        other = numbered(target, number)
        cars = [sidecar_target(transfer.source, path, other) for transfer in bundle[1:]]
        return [other, *cars]

    def taken(candidate: Path) -> bool:
        if place_key(candidate) in given.places:
            return True
        stays = candidate not in leaving and candidate not in ours
        return stays and os.path.lexists(candidate) and not _same_but_for_case(candidate, path)

    wish = place_key(target)
    number = free_number(targets, taken, given.numbers.get(wish, 1))
    given.numbers[wish] = number
    places = targets(number)
    problem = name_problem(places[0].name)
    if problem is not None:
        return Renaming(path, places[0], problem=problem)
    given.places.update(map(place_key, places))
    if places[0] == path:
        return Renaming(path, path, "same")
    return Renaming(path, places[0], "" if number == 1 else "numbered")


def rename_files(plan: Sequence[Renaming], cancelled: Cancelled) -> Iterator[Step]:
    """Do what was planned, sidecar files too."""
    wanted = [r for r in plan if r.problem is None and r.source != r.target]
    for folder in {renaming.source.parent for renaming in wanted}:
        remove_leftovers(folder)
    return exchange_files([along(r.source, r.target) for r in wanted], cancelled)


def _same_but_for_case(candidate: Path, path: Path) -> bool:
    return candidate.parent == path.parent and candidate.name.casefold() == path.name.casefold()
