"""Every number of the recipe, in one place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

# A caption describes a training photo, a sentence anything. Names are those of photos' classes and
# of the classifier's.
Kind = Literal["caption", "sentence", "name", "word"]


@dataclass(frozen=True, slots=True)
class Schedule:
    """How a stage runs.

    learning_rate: at its highest, after `warmup` steps; half a cosine takes it down to zero.
    decay: AdamW's, of matrices. averaging: how much of the averaged weights a step keeps at most.
    """

    name: str
    seed: int
    steps: int
    learning_rate: float
    warmup: int
    decay: float
    averaging: float
    evaluate_every: int


@dataclass(frozen=True, slots=True)
class NameWeights:
    """How much names count beside captions, which count 1: in the space and for the image tower.

    classes: the names of photos by class. said: what the classifier says of every photo, over its
    1,000 names. words: words of captions as queries.
    """

    classes: float = 0.7
    said: float = 0.5
    words: float = 0.8


@dataclass(frozen=True, slots=True)
class SpacePlan:
    """The stage that makes the space: a batch is `batch` captions and half as many photos by class.

    prototypes: the weight of typical photos of the classifier's classes, which take `spread` of a
    random photo's deviation from the mean with them.
    """

    schedule: Schedule
    batch: int = 1024
    names: NameWeights = field(default_factory=NameWeights)
    prototypes: float = 0.3
    spread: float = 0.5


@dataclass(frozen=True, slots=True)
class TextPlan:
    """A stage of the text tower.

    mixture: how many lessons of each group, a language and a kind, a batch has. meaning: the weight
    of the distance to what the space says; sight: that of captions against photos, of which
    `others` more than the batch's own are there.
    """

    schedule: Schedule
    mixture: tuple[tuple[str, Kind, int], ...]
    meaning: float = 5.0
    sight: float = 0.5
    others: int = 1024


@dataclass(frozen=True, slots=True)
class PhotoPlan:
    """A stage of the image tower: a batch is `described` captioned photos and `named` by class.

    resolution: the side of the crops in pixels. smallest_crop: the smallest share of a photo's area
    that one has. turned: the share of photos that are turned by 90, 180 or 270 degrees. chinese:
    how often the caption is a Chinese one. others: captions of other photos to tell apart.
    """

    schedule: Schedule
    described: int = 96
    named: int = 64
    resolution: int = 192
    smallest_crop: float = 0.5
    turned: float = 0.15
    chinese: float = 0.25
    others: int = 1024
    names: NameWeights = field(default_factory=NameWeights)


@dataclass(frozen=True, slots=True)
class Recipe:
    """The stages: the space, then text and image tower by turns, the other one held still."""

    space: SpacePlan
    towers: tuple[TextPlan | PhotoPlan, ...]


# Chinese needs most: what the other languages share with English, letters and words, it does not.
# Names are few and asked for often.
MIXTURE: tuple[tuple[str, Kind, int], ...] = (
    ("en", "caption", 32),
    ("en", "sentence", 40),
    ("en", "name", 32),
    ("en", "word", 24),
    ("zh", "caption", 56),
    ("zh", "sentence", 32),
    ("zh", "name", 12),
    ("zh", "word", 20),
    ("de", "sentence", 12),
    ("de", "word", 6),
    ("fr", "sentence", 12),
    ("fr", "name", 4),
    ("fr", "word", 6),
    ("cs", "sentence", 12),
    ("cs", "word", 4),
)

RECIPE = Recipe(
    space=SpacePlan(Schedule("space", 1, 400, 2e-3, 60, 0.2, 0.0, 100)),
    towers=(
        TextPlan(Schedule("text", 2, 1600, 1.2e-3, 200, 0.05, 0.998, 300), MIXTURE),
        PhotoPlan(Schedule("photo", 3, 750, 3e-4, 40, 0.05, 0.99, 125)),
        TextPlan(
            Schedule("text-again", 4, 800, 4e-4, 50, 0.05, 0.99, 200),
            MIXTURE,
            meaning=2.0,
            sight=1.0,
        ),
        PhotoPlan(Schedule("photo-again", 5, 250, 1e-4, 20, 0.05, 0.98, 125)),
    ),
)
