"""Wide photos that are made, of which it is known what is where.

Wide photos with something known at the edge: a square of a photo of one class flush with the left
or right edge, the rest of the canvas covered by a photo of another class. Panoramas: photos with
captions side by side, so that each caption describes a part of known place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from PIL import Image, ImageOps

from benchmarks.quality.embedding import whole
from benchmarks.quality.folders import CaptionedPhotos, PhotosByClass
from benchmarks.quality.metrics import Integers
from core.imaging.reading import hash_file

Place = Literal["left", "middle", "right"]
PLACES: tuple[Place, ...] = ("left", "middle", "right")
RATIOS = {"3:2": 3 / 2, "16:9": 16 / 9, "3:1": 3.0}
_SEED = 20_240_501


@dataclass(frozen=True)
class Wide:
    """A wide photo. `image` makes it, RGB; `name` says its content."""

    name: str
    parts: tuple[Path, ...]
    ratio: float
    place: Place | None

    def image(self) -> Image.Image:
        """Draw it."""
        if self.place is None:
            return side_by_side([whole(part) for part in self.parts])
        return beside(whole(self.parts[0]), whole(self.parts[1]), self.ratio, self.place)


def beside(subject: Image.Image, around: Image.Image, ratio: float, place: Place) -> Image.Image:
    """The middle square of `subject` at a place of a canvas that `around` covers."""
    side = min(subject.size)
    square = ImageOps.fit(subject, (side, side), Image.Resampling.BICUBIC)
    width = round(side * ratio)
    canvas = ImageOps.fit(around, (width, side), Image.Resampling.BICUBIC)
    left = {"left": 0, "middle": (width - side) // 2, "right": width - side}[place]
    canvas.paste(square, (left, 0))
    return canvas


def side_by_side(images: Sequence[Image.Image]) -> Image.Image:
    """Photos next to each other, all as high as the lowest."""
    height = min(image.height for image in images)
    scaled = [
        image.resize((max(1, round(image.width * height / image.height)), height))
        for image in images
    ]
    canvas = Image.new("RGB", (sum(image.width for image in scaled), height))
    left = 0
    for image in scaled:
        canvas.paste(image, (left, 0))
        left += image.width
    return canvas


def wide_photos(data: PhotosByClass, ratio: float, place: Place) -> list[Wide]:
    """A wide photo for every photo of a class, with another class around it; always the same."""
    mates = partners(data.labels)
    hashes = [hash_file(path).hex() for path in data.photos]
    return [
        Wide(
            f"{hashes[row]}-{hashes[mate]}-{ratio:.3f}-{place}",
            (data.photos[row], data.photos[mate]),
            ratio,
            place,
        )
        for row, mate in enumerate(mates.tolist())
    ]


def partners(labels: Integers) -> Integers:
    """For each photo another one, of another class, every photo about equally often: (n,).

    Raises ValueError when there is only one class.
    """
    if len(np.unique(labels)) < 2:
        raise ValueError("photos of one class have no partners")
    order = np.random.default_rng(_SEED).permutation(len(labels))
    mates = np.empty(len(labels), np.int64)
    for place, row in enumerate(order):
        step = 1
        while labels[order[(place + step) % len(order)]] == labels[row]:
            step += 1
        mates[row] = order[(place + step) % len(order)]
    return mates


def panoramas(data: CaptionedPhotos, parts: int) -> tuple[list[Wide], Integers, Integers]:
    """Panoramas of `parts` photos each, always the same.

    Returns them, which one each photo is in (-1: left over), and where in it, 0 … parts - 1.
    """
    order = np.random.default_rng(_SEED).permutation(len(data.photos))
    inside = np.full(len(data.photos), -1, np.int64)
    place = np.zeros(len(data.photos), np.int64)
    made = []
    for number in range(len(order) // parts):
        rows = order[number * parts : (number + 1) * parts]
        inside[rows], place[rows] = number, np.arange(parts)
        paths = tuple(data.photos[row] for row in rows)
        made.append(
            Wide("-".join(hash_file(path).hex()[:16] for path in paths), paths, parts, None)
        )
    return made, inside, place
