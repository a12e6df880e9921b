"""Tags as they stand, for other programs: as JSON and as CSV."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TextIO

from core.catalog import photos, tags
from core.catalog.catalogue import Catalogue
from core.catalog.labels import Label
from core.errors import SouvenirError
from core.filing.placing import must_be_no_link, unfinished
from core.tagging.cells import as_cell

CSV_COLUMNS = ("label", "threshold", "path", "relevance", "source")


@dataclass(frozen=True)
class FileTag:
    """A file of a photo that carries a label; `relevance`: 0…1, None where it was not judged."""

    photo_id: int
    path: str
    relevance: float | None
    source: Literal["hand", "automatic"]


@dataclass(frozen=True)
class TaggedFiles:
    """A label, and the files of the photos that carry it, the best first."""

    label: Label
    tags: tuple[FileTag, ...]

    @property
    def photos(self) -> int:
        """How many photos those are."""
        return len({tag.photo_id for tag in self.tags})


def tagged_files(catalogue: Catalogue, label: Label) -> TaggedFiles:
    """Read which files carry a label."""
    with catalogue.reader() as c:
        carrying = tags.carried_by(c, label)
        found = {photo.id: photo for photo in photos.get_photos(c, [each[0] for each in carrying])}
    return TaggedFiles(
        label,
        tuple(
            FileTag(photo_id, file.path, relevance, "hand" if by_hand else "automatic")
            for photo_id, relevance, by_hand in carrying
            if photo_id in found
            for file in found[photo_id].files
        ),
    )


def as_json(found: Sequence[TaggedFiles]) -> dict[str, Any]:
    """Labels with their files: {"labels": [{"name", "threshold", "photos", "tags": [...]}]}."""
    return {
        "labels": [
            {
                "name": each.label.name,
                "threshold": each.label.threshold,
                "photos": each.photos,
                "tags": [
                    {"path": tag.path, "relevance": tag.relevance, "source": tag.source}
                    for tag in each.tags
                ],
            }
            for each in found
        ]
    }


def as_rows(
    found: Sequence[TaggedFiles], shown: Callable[[str], str] = str
) -> Iterator[tuple[object, ...]]:
    """A row per file and label, in the order of CSV_COLUMNS; `shown` makes names and paths fit."""
    for each in found:
        name = as_cell(shown(each.label.name))
        for tag in each.tags:
            relevance = "" if tag.relevance is None else f"{tag.relevance:.4f}"
            path = as_cell(shown(tag.path))
            yield name, each.label.threshold, path, relevance, tag.source


def write_csv(found: Sequence[TaggedFiles], out: TextIO, shown: Callable[[str], str] = str) -> None:
    """Write a head and a row per file and label; see `as_rows`."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    writer.writerows(as_rows(found, shown))


def write_tags(found: Sequence[TaggedFiles], path: Path) -> None:
    """Write tags to a .json or .csv file, whole or not at all.

    Bytes of file names that are no text go out as they are in CSV, and as escapes in JSON.
    Raises SouvenirError.
    """
    suffix = path.suffix.lower()
    if suffix not in {".json", ".csv"}:
        raise SouvenirError(f"{path} is no place for tags: name a .json or .csv file.")
    must_be_no_link(path)
    try:
        with unfinished(path.parent) as part:
            with part.open("x", encoding="utf-8", errors="surrogateescape", newline="") as out:
                if suffix == ".csv":
                    write_csv(found, out)
                else:
                    json.dump(as_json(found), out, indent=2)
                out.flush()
                os.fsync(out.fileno())
            part.replace(path)
    except OSError as error:
        raise SouvenirError(
            f"The tags cannot be written to {path} ({error.strerror}): choose another place."
        ) from error
