"""Every number of the recipe, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part of the image tower's loss counts."""

    embedding: float = 10.0
    features: float = 5.0
    contrast: float = 1.0
    ranking: float = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """One stage of training.

    towers: which learn. "text": the text tower against the teacher; "photo": the image tower
    against the teacher and the frozen text tower; "joint": both.
    resolution: the photos' side in pixels, 0 for a stage without photos. Crops enlarge what they
    show, so photos somewhat smaller than at run time cost less and match it better (Touvron et al.
    2019, "Fixing the train-test resolution discrepancy", arXiv:1906.06423).
    captioned_repeats: how often an epoch shows each captioned photo.
    views, steps_per_view: how many views of each photo are drawn from at first, and after how many
    steps one more is (0: never).
    mixed_every: each so-manieth batch has pieces of other photos in its photos (0: none has).
    turned: the share of photos that are turned by 90, 180 or 270 degrees, with upright targets.
    siblings: pairs of captions of one photo, of which nobody has the photo, in each step.
    """

    name: str
    towers: Literal["text", "photo", "joint"]
    seed: int
    steps: int
    batch: int
    learning_rate: float
    warmup: int
    averaging: float
    evaluate_every: int
    resolution: int
    decay: float = 0.05
    captioned_repeats: int = 3
    views: int = 4
    steps_per_view: int = 0
    mixed_every: int = 0
    turned: float = 0.0
    siblings: int = 0


@dataclass(frozen=True, slots=True)
class Settings:
    """One round: what the teacher sees, and the stages. A later round starts where one ended."""

    name: str
    seed: int
    views: int
    smallest_crop: float
    ranked_texts: int
    weights: Weights
    stages: tuple[Plan, ...]


FIRST = Settings(
    name="first",
    seed=2,
    views=4,
    smallest_crop=0.4,
    ranked_texts=1024,
    weights=Weights(),
    stages=(
        Plan("text", "text", 2, 450, 256, 1e-3, 50, 0.98, 150, 0, decay=0.1, captioned_repeats=5),
        Plan("photo", "photo", 3, 5000, 128, 2e-3, 200, 0.995, 250, 96),
        Plan("joint", "joint", 4, 1500, 128, 1e-3, 20, 0.99, 150, 112),
        Plan("settle", "joint", 5, 160, 128, 5e-4, 10, 0.97, 40, 112),
        Plan("polish", "joint", 6, 230, 128, 4e-4, 10, 0.97, 115, 112),
    ),
)

# Four views of each photo are learned by heart: the second round has more, a little different each
# time, and captions without photos for the text tower.
SECOND = Settings(
    name="second",
    seed=7,
    views=24,
    smallest_crop=0.35,
    ranked_texts=1024,
    weights=Weights(),
    stages=(
        Plan(
            name="text",
            towers="text",
            seed=12,
            steps=450,
            batch=256,
            learning_rate=7e-4,
            warmup=30,
            averaging=0.98,
            evaluate_every=75,
            resolution=0,
            decay=0.1,
            captioned_repeats=5,
            views=1,
            steps_per_view=200,
            siblings=192,
        ),
        Plan(
            name="photo",
            towers="photo",
            seed=13,
            steps=2750,
            batch=128,
            learning_rate=2e-3,
            warmup=100,
            averaging=0.995,
            evaluate_every=250,
            resolution=96,
            views=2,
            steps_per_view=800,
            mixed_every=3,
            turned=0.2,
        ),
        Plan(
            name="joint",
            towers="joint",
            seed=14,
            steps=600,
            batch=128,
            learning_rate=8e-4,
            warmup=20,
            averaging=0.99,
            evaluate_every=100,
            resolution=112,
            views=6,
            turned=0.2,
            siblings=64,
        ),
    ),
)

# What the second round left is a tower that still learns: on training photos it is hardly nearer to
# the teacher (cosine 0.72) than on new ones (0.69). The third goes on for longer.
THIRD = Settings(
    name="third",
    seed=7,
    views=24,
    smallest_crop=0.35,
    ranked_texts=1024,
    weights=Weights(),
    stages=(
        Plan(
            name="text",
            towers="text",
            seed=22,
            steps=200,
            batch=256,
            learning_rate=5e-4,
            warmup=20,
            averaging=0.98,
            evaluate_every=100,
            resolution=0,
            decay=0.1,
            captioned_repeats=5,
            views=6,
            siblings=192,
        ),
        Plan(
            name="photo",
            towers="photo",
            seed=23,
            steps=3500,
            batch=128,
            learning_rate=2e-3,
            warmup=100,
            averaging=0.995,
            evaluate_every=250,
            resolution=96,
            views=7,
            steps_per_view=750,
            mixed_every=3,
            turned=0.2,
        ),
        Plan(
            name="joint",
            towers="joint",
            seed=24,
            steps=450,
            batch=128,
            learning_rate=8e-4,
            warmup=20,
            averaging=0.99,
            evaluate_every=75,
            resolution=112,
            views=11,
            turned=0.25,
            siblings=64,
        ),
    ),
)

ROUNDS = (FIRST, SECOND, THIRD)
