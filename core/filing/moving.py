"""Copying and moving many files: one after the other, each whole or untouched, the rest goes on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal

from core.filing.names import free_number, numbered
from core.filing.placing import (
    Cancelled,
    copy_file,
    hard_link,
    move_file,
    remove_leftovers,
    symbolic_link,
)
from core.filing.steps import (
    CancelledError,
    FilingError,
    Problem,
    Step,
    Transfer,
    problem_of,
)
from core.imaging.sidecars import sidecar_target, sidecars

Mover = Callable[[Path, Path, Cancelled], None]
Gathering = Literal["copy", "hard_link", "symlink"]
_GATHERING: dict[Gathering, Mover] = {
    "copy": copy_file,
    "hard_link": hard_link,
    "symlink": symbolic_link,
}
_TRIES = 8  # of other programs that take a name in the moment in which it was free


def name_conflicts(sources: Iterable[Path], folder: Path) -> list[str]:
    """Names of these files that something in `folder`, or another of them, has already."""
    try:
        taken = {os.path.normcase(entry.name) for entry in folder.iterdir()}
    except OSError:
        return []
    conflicts = []
    for source in sources:
        name = os.path.normcase(source.name)
        if name in taken and source.parent != folder:
            conflicts.append(source.name)
        taken.add(name)
    return conflicts


def on_other_disks(sources: Iterable[Path], folder: Path) -> list[Path]:
    """Those of these files that no hard link in `folder`, there or to be made, can lead to.

    Files that are gone are none of them: they are told of when their turn comes.
    """
    there = next((place for place in (folder, *folder.parents) if place.is_dir()), None)
    if there is None:
        return list(sources)
    disk = there.stat().st_dev
    found = []
    for source in sources:
        with suppress(OSError):
            if source.stat().st_dev != disk:
                found.append(source)
    return found


def copy_files(sources: Sequence[Path], folder: Path, cancelled: Cancelled) -> Iterator[Step]:
    """Copy photos with their sidecar files into a folder; taken names get " (2)".

    Cancelling ends it after the last whole file.
    """
    return _into_folder(sources, folder, copy_file, cancelled)


def gather_files(
    sources: Sequence[Path], folder: Path, gathering: Gathering, cancelled: Cancelled
) -> Iterator[Step]:
    """Copies of photos, or links to them, with their sidecar files, in a folder; see above."""
    return _into_folder(sources, folder, _GATHERING[gathering], cancelled)


def move_files(sources: Sequence[Path], folder: Path, cancelled: Cancelled) -> Iterator[Step]:
    """Move photos with their sidecar files into a folder; those that are there stay."""
    leaving = [source for source in sources if source.parent != folder]
    return _into_folder(leaving, folder, move_file, cancelled)


def along(photo: Path, target: Path) -> list[Transfer]:
    """The photo and its sidecar files, and where each goes when the photo goes to `target`."""
    cars = [Transfer(car, sidecar_target(car, photo, target)) for car in sidecars(photo)]
    return [Transfer(photo, target), *cars]


def _into_folder(
    sources: Sequence[Path], folder: Path, mover: Mover, cancelled: Cancelled
) -> Iterator[Step]:
    remove_leftovers(folder)
    for done, source in enumerate(sources, 1):
        if cancelled():
            return
        try:
            went, problem = _to_free_name(source, folder, mover, cancelled)
        except CancelledError:
            return
        except (OSError, FilingError) as error:
            yield Step(done, len(sources), source, problem=problem_of(source, error))
        else:
            yield Step(done, len(sources), source, tuple(went), problem)


def _to_free_name(
    source: Path, folder: Path, mover: Mover, cancelled: Cancelled
) -> tuple[list[Transfer], Problem | None]:
    """Returns what went, and what hindered a sidecar; raises when it is the photo."""
    plain = along(source, folder / source.name)

    def bundle(number: int) -> list[Transfer]:
        target = numbered(folder / source.name, number)
        cars = [sidecar_target(transfer.source, source, target) for transfer in plain[1:]]
        targets = [target, *cars]
        return [Transfer(t.source, target) for t, target in zip(plain, targets, strict=True)]

    def targets(number: int) -> list[Path]:
        return [transfer.target for transfer in bundle(number)]

    for _ in range(_TRIES):
        with suppress(FileExistsError):
            photo, *cars = bundle(free_number(targets, os.path.lexists))
            mover(photo.source, photo.target, cancelled)
            return _follow(photo, cars, mover)
    raise FilingError("taken")


def _follow(
    photo: Transfer, cars: Sequence[Transfer], mover: Mover
) -> tuple[list[Transfer], Problem | None]:
    """The photo is there: its sidecars follow, whatever anybody wants."""
    went, trouble = [photo], None
    for car in cars:
        try:
            if mover is not move_file and car.source.is_symlink():
                raise FilingError("link")  # a copy would hold what lies elsewhere
            mover(car.source, car.target, _never)
        except (OSError, FilingError) as error:
            trouble = problem_of(car.source, error)
        else:
            went.append(car)
    return went, trouble


def _never() -> bool:
    return False
