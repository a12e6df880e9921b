"""How best to fit a photo that is no square into a square: ways compared, with their cost.

A way looks at a photo in one or several views and takes the mean of their vectors, one vector per
photo, or the best of their scores, which needs one vector per view in every search.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.quality.canvases import RATIOS, Wide, panoramas, wide_photos
from benchmarks.quality.embedding import Embedder, Picture
from benchmarks.quality.folders import CaptionedPhotos, PhotosByClass, spread
from benchmarks.quality.measures import phrasings
from benchmarks.quality.metrics import Floats, among_first
from benchmarks.quality.report import Line, Table
from core.imaging.model_input import Box, ModelInput, prepare
from core.imaging.reading import hash_file

PHOTOS = 1000  # of a folder by class; each is looked at in eight views and three shapes
_LYING = 1.25  # photos at least this much wider than high, or higher than wide

View = Callable[[Image.Image, ModelInput], NDArray[np.uint8]]


@dataclass(frozen=True)
class Way:
    """`views` of a photo, and whether the best score counts (else the mean vector)."""

    name: str
    views: tuple[str, ...]
    best: bool = False


def part(
    start: float, length: float | None, image: Image.Image, spec: ModelInput
) -> NDArray[np.uint8]:
    """A part of the long side, squashed: it begins at the share `start` of what is left over.

    `length` is its share of the long side; None makes it square.
    """
    width, height = float(image.width), float(image.height)
    long, short = max(width, height), min(width, height)
    extent = short if length is None else long * length
    begin = start * (long - extent)
    lying = width >= height
    box: Box = (
        (begin, 0.0, begin + extent, height) if lying else (0.0, begin, width, begin + extent)
    )
    return prepare(image, replace(spec, resize_mode="squash"), box)


def folded(image: Image.Image, spec: ModelInput) -> NDArray[np.uint8]:
    """The two halves of the long side above or beside each other, then squashed: one view."""
    width, height = image.size
    if width >= height:
        half = width // 2
        sheet = Image.new("RGB", (half, 2 * height))
        sheet.paste(image.crop((width - half, 0, width, height)), (0, height))
        sheet.paste(image.crop((0, 0, half, height)), (0, 0))
    else:
        half = height // 2
        sheet = Image.new("RGB", (2 * width, half))
        sheet.paste(image.crop((0, height - half, width, height)), (width, 0))
        sheet.paste(image.crop((0, 0, width, half)), (0, 0))
    return prepare(sheet, replace(spec, resize_mode="squash"))


VIEWS: dict[str, View] = {
    "squash": partial(part, 0.0, 1.0),
    "pad": lambda image, spec: prepare(image, replace(spec, resize_mode="longest", fill=118)),
    "folded": folded,
    "middle": partial(part, 0.5, None),
    "first": partial(part, 0.0, None),
    "last": partial(part, 1.0, None),
    "first half": partial(part, 0.0, 0.5),
    "last half": partial(part, 1.0, 0.5),
}
WAYS = (
    Way("squash", ("squash",)),
    Way("pad with grey", ("pad",)),
    Way("central crop", ("middle",)),
    Way("folded in two", ("folded",)),
    *(
        Way(f"{name}, {'best' if best else 'mean'}", views, best)
        for name, views in {
            "two ends": ("first", "last"),
            "two halves": ("first half", "last half"),
            "ends and middle": ("first", "middle", "last"),
            "squash and ends": ("squash", "first", "last"),
            "squash and halves": ("squash", "first half", "last half"),
            "squash, ends, middle": ("squash", "first", "middle", "last"),
        }.items()
        for best in (False, True)
    ),
)


def framing(
    embedder: Embedder, captions: CaptionedPhotos | None, classes: PhotosByClass | None
) -> Table:
    """What each way finds, for photos as they are and for wide ones with something at the edge."""
    names = phrasings(embedder)["ensemble"]
    columns = ["views"]
    figures: list[list[float]] = [[float(len(way.views))] for way in WAYS]
    if classes is not None:
        texts = names(classes.names)
        for heading, photos, labels in _by_class(classes):
            columns.append(f"{heading} top-5")
            views = _views(embedder, photos)
            for row, way in zip(figures, WAYS, strict=True):
                row.append(among_first(_scores(views, way, texts), labels, 5))
    if captions is not None:
        texts = names(captions.captions)
        for parts in (2, 3):
            columns.append(f"{parts} in a row R@10")
            photos, inside, _ = panoramas(captions, parts)
            owner = inside[captions.owner]
            views = _views(embedder, photos)
            for row, way in zip(figures, WAYS, strict=True):
                scores = _scores(views, way, texts[owner >= 0]).T
                row.append(among_first(scores, owner[owner >= 0], 10))
    lines = [
        Line(way.name, embedder.model.name, tuple(row))
        for way, row in zip(WAYS, figures, strict=True)
    ]
    return Table(
        "Fitting wide photos into a square",
        tuple(columns),
        tuple(lines),
        "a mean is one vector per photo; the best score needs as many as there are views",
    )


def _by_class(classes: PhotosByClass) -> list[tuple[str, list[Wide], NDArray[np.int64]]]:
    """Headings, photos and labels: those that are no squares as they are, and made ones."""
    chosen = classes.part(np.array(spread(len(classes.photos), PHOTOS)))
    lying = []
    for row, path in enumerate(classes.photos):
        with Image.open(path) as image:
            if max(image.size) >= _LYING * min(image.size):
                lying.append(row)
    found = []
    if lying:
        own = classes.part(np.array(lying))
        wide = [Wide(hash_file(path).hex(), (path,), 0.0, None) for path in own.photos]
        found.append(("as they are", wide, own.labels))
    for heading, ratio in RATIOS.items():
        left, right = (wide_photos(chosen, ratio, place) for place in ("left", "right"))
        sides = [left[row] if row % 2 else right[row] for row in range(len(left))]
        found.append((f"{heading} edge", sides, chosen.labels))
    return found


def _views(embedder: Embedder, photos: Sequence[Wide]) -> dict[str, Floats]:
    """The vectors of photos, float32 (n, dim), by view."""

    def pixels(wide: Wide, view: View) -> NDArray[np.uint8]:
        return view(wide.image(), embedder.model.model_input)

    return {
        name: embedder.pictures(
            [Picture(wide.name, partial(pixels, wide, view)) for wide in photos], f"framing {name}"
        )
        for name, view in VIEWS.items()
    }


def _scores(views: dict[str, Floats], way: Way, texts: Floats) -> Floats:
    """How photos fit texts when they are looked at in this way: (photos, texts)."""
    vectors = np.stack([views[name] for name in way.views])
    if way.best:
        best: Floats = (vectors @ texts.T).max(axis=0)
        return best
    mean = vectors.mean(axis=0)
    scores: Floats = (mean / np.linalg.norm(mean, axis=1, keepdims=True)) @ texts.T
    return scores
