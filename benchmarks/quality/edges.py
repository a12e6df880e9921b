"""What is found where: class photos at the edges of wide photos, captions in panoramas."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality.canvases import PLACES, RATIOS, panoramas, wide_photos
from benchmarks.quality.conditions import UPRIGHT
from benchmarks.quality.embedding import Embedder
from benchmarks.quality.folders import CaptionedPhotos, PhotosByClass, spread
from benchmarks.quality.measures import phrasings
from benchmarks.quality.metrics import Floats, ranks
from benchmarks.quality.report import Line, Table

PHOTOS = 1000  # of a folder by class: each is put into nine wide photos
_NAMED, _CAPTIONED = 5, 10  # among how many it must be to be found


def edges(
    embedder: Embedder, captions: CaptionedPhotos | None, classes: PhotosByClass | None
) -> Table:
    """What is found at the edges of wide photos, as the product fits them into a square."""
    texts = phrasings(embedder)["ensemble"]
    lines = []
    if classes is not None:
        lines += _named(embedder, classes, texts(classes.names))
    if captions is not None:
        lines += _captioned(embedder, captions, texts(captions.captions))
    return Table(
        "What is found where in wide photos",
        ("alone", *PLACES, "found at edges"),
        tuple(lines),
        "'found at edges': of what is found alone, the share that is found at an edge",
    )


def _named(embedder: Embedder, classes: PhotosByClass, texts: Floats) -> list[Line]:
    """The class of something at a place of a wide photo is among five of all names."""
    chosen = classes.part(np.array(spread(len(classes.photos), PHOTOS)))

    def found(vectors: Floats) -> NDArray[np.bool_]:
        return ranks(vectors @ texts.T, chosen.labels) < _NAMED

    alone = found(embedder.photos(chosen.photos, UPRIGHT))
    lines = []
    for heading, ratio in RATIOS.items():
        wide = {place: wide_photos(chosen, ratio, place) for place in PLACES}
        there = [found(embedder.drawn(wide[place])) for place in PLACES]
        lines.append(_line(f"class in a {heading} photo, top-{_NAMED}", embedder, alone, there))
    return lines


def _captioned(embedder: Embedder, captions: CaptionedPhotos, texts: Floats) -> list[Line]:
    """A caption finds, among ten, the panorama that holds its photo at a place."""
    alone = ranks(texts @ embedder.photos(captions.photos, UPRIGHT).T, captions.owner)
    lines = []
    for parts in (2, 3):
        photos, inside, place = panoramas(captions, parts)
        owner = inside[captions.owner]
        used = owner >= 0
        found = ranks(texts[used] @ embedder.drawn(photos).T, owner[used]) < _CAPTIONED
        at = place[captions.owner][used]
        before = alone[used] < _CAPTIONED
        by_place = [found[at == each] for each in range(parts)]
        ends = [before[at == each] for each in (0, parts - 1)]
        kept = np.concatenate(
            [now[then] for now, then in zip((by_place[0], by_place[-1]), ends, strict=True)]
        )
        middle = float(by_place[1].mean()) if parts == 3 else None
        values = (
            float(before.mean()),
            float(by_place[0].mean()),
            middle,
            float(by_place[-1].mean()),
            float(kept.mean()) if len(kept) else None,
        )
        lines.append(
            Line(f"caption of one of {parts} in a row, R@{_CAPTIONED}", embedder.model.name, values)
        )
    return lines


def _line(
    what: str, embedder: Embedder, alone: NDArray[np.bool_], there: list[NDArray[np.bool_]]
) -> Line:
    """`there`: found or not, per photo, at the left, in the middle and at the right."""
    kept = np.concatenate([there[0][alone], there[2][alone]])
    shares = [float(each.mean()) for each in (alone, *there)]
    share = float(kept.mean()) if len(kept) else None
    return Line(what, embedder.model.name, (*shares, share))
