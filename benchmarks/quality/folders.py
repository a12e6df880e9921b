"""The folders of photos that are measured on, in two forms.

With captions: a `.jsonl` file, each line `{"image": "path", "captions": ["…", …]}`, paths relative
to the file's folder. A folder stands for the one `.jsonl` in it, or the one of its name beside it.

By class: a folder per class, `folder/class/photo.jpg` or `folder/subset/class/photo.jpg`; the name
of a class is its folder's, with spaces for underscores. An `INDEX.tsv` with the columns `image` and
`class` in the folder says it otherwise.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.quality.metrics import Integers
from core.errors import SouvenirError
from core.imaging.reading import looks_like_photo

INDEX = "INDEX.tsv"


class FolderError(SouvenirError):
    """A folder to measure on is not of the form that is documented above."""


@dataclass(frozen=True)
class CaptionedPhotos:
    """`owner`, int64 (captions,), is the photo of each caption."""

    photos: tuple[Path, ...]
    captions: tuple[str, ...]
    owner: Integers


@dataclass(frozen=True)
class PhotosByClass:
    """Photos and what is on them.

    `labels`, int64 (photos,), indexes `names`, which are sorted. `subsets` names the part of the
    folder that each photo is in, "" for none, and `own` the classes of each part, int64 (classes,).
    """

    photos: tuple[Path, ...]
    labels: Integers
    names: tuple[str, ...]
    subsets: tuple[str, ...]
    own: dict[str, Integers]

    def part(self, rows: Integers) -> PhotosByClass:
        """The photos of these rows; classes of which no photo is left keep their names."""
        return replace(
            self,
            photos=tuple(self.photos[row] for row in rows),
            labels=self.labels[rows],
            subsets=tuple(self.subsets[row] for row in rows),
        )


def captioned(place: Path, limit: int | None = None) -> CaptionedPhotos:
    """The photos with captions at `place`, at most `limit` spread evenly; raises FolderError."""
    file = _captions_file(place)
    photos: list[Path] = []
    captions: list[str] = []
    owner: list[int] = []
    try:
        lines = file.read_text("utf-8").splitlines()
        for row in spread(len(lines), limit):
            entry = json.loads(lines[row])
            texts = [str(text) for text in entry["captions"]]
            owner += [len(photos)] * len(texts)
            captions += texts
            photos.append(file.parent / entry["image"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FolderError(
            f"{file} cannot be read ({type(error).__name__}: {error}): every line must be"
            ' {"image": "path", "captions": ["…"]}.'
        ) from error
    _all_there(photos, file)
    if len(set(owner)) < len(photos) or not photos:
        raise FolderError(f"{file} has a photo without a caption, or none at all: complete it.")
    return CaptionedPhotos(tuple(photos), tuple(captions), np.array(owner, np.int64))


def by_class(folder: Path) -> PhotosByClass:
    """All photos of a folder per class; raises FolderError."""
    found = _indexed(folder) if (folder / INDEX).is_file() else _walked(folder)
    if not found:
        raise FolderError(f"{folder} has no photos in folders of classes: name another folder.")
    _all_there([path for path, _ in found], folder)
    names = sorted({name for _, name in found})
    number = {name: index for index, name in enumerate(names)}
    parts = [path.relative_to(folder).parts for path, _ in found]
    labels = np.array([number[name] for _, name in found], np.int64)
    subsets = tuple(part[0] if len(part) == 3 else "" for part in parts)
    own = {
        subset: np.unique(labels[[each == subset for each in subsets]]) for subset in set(subsets)
    }
    return PhotosByClass(tuple(path for path, _ in found), labels, tuple(names), subsets, own)


def held_out(photos: PhotosByClass, divisor: int) -> tuple[Integers, Integers]:
    """Rows that are measured and rows that a probe may learn from.

    Measured are the photos whose file number is divisible by `divisor`; a file whose name is no
    number counts by its place among those of its class.
    """
    seen: dict[int, int] = {}
    measured = []
    for path, label in zip(photos.photos, photos.labels.tolist(), strict=True):
        place = seen[label] = seen.get(label, -1) + 1
        number = int(path.stem) if path.stem.isascii() and path.stem.isdigit() else place
        measured.append(number % divisor == 0)
    rows = np.array(measured)
    return np.flatnonzero(rows), np.flatnonzero(~rows)


def spread(count: int, limit: int | None) -> range | list[int]:
    """At most `limit` of `count` rows, evenly spread, always the same ones."""
    if limit is None or limit >= count:
        return range(count)
    return [index * count // limit for index in range(limit)]


def _captions_file(place: Path) -> Path:
    if place.is_file():
        return place
    beside = place.with_name(f"{place.name}.jsonl")
    inside = sorted(place.glob("*.jsonl"))
    if len(inside) == 1:
        return inside[0]
    if beside.is_file():
        return beside
    raise FolderError(
        f"{place} has {'several' if inside else 'no'} .jsonl files with captions: name the one to"
        " measure on."
    )


def _indexed(folder: Path) -> list[tuple[Path, str]]:
    try:
        with (folder / INDEX).open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            return [(folder / row["image"], row["class"]) for row in rows]
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise FolderError(
            f"{folder / INDEX} cannot be read ({type(error).__name__}: {error}): it needs the"
            " columns 'image' and 'class', with tabs between them."
        ) from error


def _walked(folder: Path) -> list[tuple[Path, str]]:
    files = [*folder.glob("*/*"), *folder.glob("*/*/*")]
    photos = sorted(file for file in files if file.is_file() and looks_like_photo(file))
    return [(file, file.parent.name.replace("_", " ")) for file in photos]


def _all_there(photos: list[Path], where: Path) -> None:
    missing = next((photo for photo in photos if not photo.is_file()), None)
    if missing is not None:
        raise FolderError(f"{where} names {missing}, which is not there: complete the folder.")
