"""Which labels are measured, by a rule and not by how well they do, and what fits them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality.folders import PhotosByClass, spread

LEAST_PHOTOS = 36
MOST_OF_A_PART = 8
RULE = (
    f"of each part of the folder at most {MOST_OF_A_PART} classes, evenly spread over the alphabet,"
    f" of those with at least {LEAST_PHOTOS} photos"
)


@dataclass(frozen=True)
class Named:
    """Labels and the photos that they fit: `fits`, bool (labels, photos)."""

    names: tuple[str, ...]
    fits: NDArray[np.bool_]

    def only(self, rows: NDArray[np.int64]) -> Named:
        """The same labels, of these photos."""
        return Named(self.names, self.fits[:, rows])


def chosen(
    classes: PhotosByClass, most: int = MOST_OF_A_PART, least: int = LEAST_PHOTOS
) -> tuple[str, ...]:
    """Names of the classes that are measured, by RULE, in the order of the alphabet."""
    found: set[str] = set()
    labels = classes.labels.tolist()
    for part in sorted(set(classes.subsets)):
        counts = Counter(
            label for label, each in zip(labels, classes.subsets, strict=True) if each == part
        )
        large = sorted(classes.names[label] for label, n in counts.items() if n >= least)
        found |= {large[row] for row in spread(len(large), most)}
    return tuple(sorted(found))


def fitting(classes: PhotosByClass, names: tuple[str, ...]) -> Named:
    """A label fits the photos of its class and of those that are a kind of it by their name.

    "dog" fits photos of the class "Gordon setter dog", as it says, and "cartoon of a dog".
    """
    kinds = np.array(
        [[each == name or each.endswith(f" {name}") for each in classes.names] for name in names]
    )
    return Named(names, kinds[:, classes.labels])
