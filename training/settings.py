"""Every number of the recipe, in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part of the image tower's loss counts."""

    embedding: float
    features: float
    contrast: float
    ranking: float


@dataclass(frozen=True, slots=True)
class Plan:
    """One stage of training.

    resolution: the photos' side in pixels, 0 for a stage without photos. Crops enlarge what they
    show, so photos somewhat smaller than at run time cost less and match it better (Touvron et al.
    2019, "Fixing the train-test resolution discrepancy", arXiv:1906.06423).
    schedule: the steps over which the learning rate would fall to zero; a stage that another
    follows may stop earlier, at `steps`.
    captioned_repeats: how often an epoch shows each captioned photo.
    """

    name: str
    seed: int
    steps: int
    schedule: int
    batch: int
    learning_rate: float
    warmup: int
    decay: float
    captioned_repeats: int
    averaging: float
    evaluate_every: int
    resolution: int


@dataclass(frozen=True, slots=True)
class Settings:
    """The whole recipe."""

    seed: int
    views: int
    smallest_crop: float
    ranked_texts: int
    weights: Weights
    text: Plan
    photo: Plan
    joint: Plan
    settle: Plan
    polish: Plan


SETTINGS = Settings(
    seed=2,
    views=4,
    smallest_crop=0.4,
    ranked_texts=1024,
    weights=Weights(embedding=10.0, features=5.0, contrast=1.0, ranking=1.0),
    text=Plan(
        name="text",
        seed=2,
        steps=450,
        schedule=450,
        batch=256,
        learning_rate=1e-3,
        warmup=50,
        decay=0.1,
        captioned_repeats=5,
        averaging=0.98,
        evaluate_every=150,
        resolution=0,
    ),
    photo=Plan(
        name="photo",
        seed=3,
        steps=5000,
        schedule=5000,
        batch=128,
        learning_rate=2e-3,
        warmup=200,
        decay=0.05,
        captioned_repeats=3,
        averaging=0.995,
        evaluate_every=250,
        resolution=96,
    ),
    joint=Plan(
        name="joint",
        seed=4,
        steps=1500,
        schedule=1500,
        batch=128,
        learning_rate=1e-3,
        warmup=20,
        decay=0.05,
        captioned_repeats=3,
        averaging=0.99,
        evaluate_every=150,
        resolution=112,
    ),
    settle=Plan(
        name="settle",
        seed=5,
        steps=160,
        schedule=160,
        batch=128,
        learning_rate=5e-4,
        warmup=10,
        decay=0.05,
        captioned_repeats=3,
        averaging=0.97,
        evaluate_every=40,
        resolution=112,
    ),
    polish=Plan(
        name="polish",
        seed=6,
        steps=230,
        schedule=230,
        batch=128,
        learning_rate=4e-4,
        warmup=10,
        decay=0.05,
        captioned_repeats=3,
        averaging=0.97,
        evaluate_every=115,
        resolution=112,
    ),
)
