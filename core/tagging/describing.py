"""From a photo to words: the labels and everyday descriptions that fit it best."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.catalog.labels import Label
from core.catalog.names import fold
from core.search.prompts import everyday
from core.tagging.classifiers import Classifier
from core.tagging.scoring import Judge, relevances

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from core.search.ruler import Ruler


@dataclass(frozen=True)
class Fit:
    """A text that fits a photo with a relevance of 0…1; `label_id` where it is a label."""

    text: str
    relevance: float
    label_id: int | None


def describe(
    ruler: Ruler,
    judges: Sequence[Judge],
    vector: NDArray[np.float32],
    temperature: float,
    top: int,
) -> list[Fit]:
    """The `top` texts that fit the photo of this unit vector, (dim,), best first.

    Everyday descriptions are those that labels are measured by: their vectors are there already.
    """
    background = ruler.calibration.background
    nothing = np.empty((0, background.shape[1]), np.float32)
    words = [
        Judge(Label(text, (text,)), Classifier(row, nothing))
        for text, row in zip(everyday(), background, strict=True)
    ]
    photo = vector[None].astype(np.float32)
    every = [*judges, *words]
    found = relevances(ruler, every, photo, ruler.calibration.levels(photo), temperature)[:, 0]
    order = np.argsort(-found, kind="stable")
    fits: dict[str, Fit] = {}
    for row in order.tolist():
        label = every[row].label
        fits.setdefault(fold(label.name), Fit(label.name, float(found[row]), label.id or None))
    return list(fits.values())[:top]
