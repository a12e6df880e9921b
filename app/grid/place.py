"""Where one is in the grid, to come back to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Place:
    """Where one was: the photo at the top, how far it was scrolled, frame and selection by id."""

    top_id: int | None
    offset: int
    current_id: int | None
    selected: NDArray[np.int64]


@dataclass(frozen=True)
class Held:
    """A photo that is to stay where it is when the grid is laid out anew.

    `above`: pixels from the top of the viewport to the photo, negative where it begins higher.
    """

    photo_id: int
    position: int
    above: int
