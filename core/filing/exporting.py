"""Exporting: copies of photos in another format and size, for giving away."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from core.errors import PhotoError
from core.filing.encoding import ExportFormat, ExportOptions, KeptMetadata, ToExport, encode
from core.filing.names import free_number, name_problem, numbered
from core.filing.pattern import NameFacts, parse_pattern
from core.filing.placing import (
    Cancelled,
    copy_file,
    force_to_disk,
    give_name,
    remove_leftovers,
    unfinished,
)
from core.filing.steps import (
    CancelledError,
    FilingError,
    Problem,
    Step,
    Transfer,
    problem_of,
)

__all__ = ["SUFFIXES", "ExportFormat", "ExportOptions", "KeptMetadata", "ToExport", "export_photos"]

SUFFIXES: dict[ExportFormat, str] = {"jpeg": ".jpg", "png": ".png", "webp": ".webp"}
_TRIES = 8


def export_photos(
    photos: Sequence[ToExport], options: ExportOptions, folder: Path, cancelled: Cancelled
) -> Iterator[Step]:
    """Write photos into `folder`, never over a file that is there. Raises PatternError at once."""
    make_name = parse_pattern(options.pattern)
    return _export_each(photos, options, folder, make_name, cancelled)


def _export_each(
    photos: Sequence[ToExport],
    options: ExportOptions,
    folder: Path,
    make_name: Callable[[NameFacts], str],
    cancelled: Cancelled,
) -> Iterator[Step]:
    remove_leftovers(folder)
    for done, photo in enumerate(photos, 1):
        if cancelled():
            return
        source = photo.facts.path
        try:
            name = _with_suffix(make_name(photo.facts), source, options)
            if name_problem(name) is not None:
                raise FilingError("name")
            target = _export(photo, options, folder / name, cancelled)
        except CancelledError:
            return
        except (OSError, FilingError) as error:
            yield Step(done, len(photos), source, problem=problem_of(source, error))
        except (PhotoError, MemoryError) as error:
            problem = Problem(source, "not_a_photo", str(error))
            yield Step(done, len(photos), source, problem=problem)
        else:
            yield Step(done, len(photos), source, (Transfer(source, target),))


def _with_suffix(name: str, source: Path, options: ExportOptions) -> str:
    suffix = SUFFIXES.get(options.format)
    return name if suffix is None else name[: len(name) - len(source.suffix)] + suffix


def _export(photo: ToExport, options: ExportOptions, wanted: Path, cancelled: Cancelled) -> Path:
    if not wanted.parent.is_dir():
        raise FilingError("folder_gone")
    if options.format == "original":
        return _to_free(wanted, lambda free: copy_file(photo.facts.path, free, cancelled))
    with unfinished(wanted.parent) as temporary:
        encoded = encode(photo, options, cancelled)
        if cancelled():
            raise CancelledError
        with temporary.open("xb") as file:
            file.write(encoded)
            force_to_disk(file)
        return _to_free(wanted, lambda free: give_name(temporary, free))


def _to_free(wanted: Path, place: Callable[[Path], None]) -> Path:
    for _ in range(_TRIES):
        free = numbered(wanted, free_number(lambda n: [numbered(wanted, n)], os.path.lexists))
        with suppress(FileExistsError):
            place(free)
            return free
    raise FilingError("taken")
