"""Training batches: which photos, which crop and text of each; fixed by seed and step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from training.data import Sample
from training.model import MEAN, STD, tokenizer
from training.settings import Plan
from training.teacher import FEATURES, Features

LIGHT = 0.2
SATURATION = 0.3
# How far, in shares of its size, a crop may lie beside the one that the teacher saw.
NEARBY = 0.03


@dataclass(frozen=True, slots=True)
class Texts:
    """All texts of a list of samples, each distinct one tokenized once.

    tokens: (T, context) int64. choices: for each sample, the rows of `tokens` it may be given.
    """

    tokens: Tensor
    choices: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """One step's material for B photos.

    photos: (B, 3, size, size) float32, normalised, channels last (empty where none were asked
    for). features: (B, FEATURES) float32, the teacher's, standardised. texts: (B,) int64 rows of
    `Texts.tokens`. labels: (B,) int64, see `Sample.label`. mixed: whether every photo has a piece
    of another one in it, so that `texts` tell only half.
    """

    photos: Tensor
    features: Tensor
    texts: Tensor
    labels: Tensor
    mixed: bool


@dataclass(frozen=True, slots=True)
class Standardise:
    """Mean and deviation, (FEATURES,) float32 each, of the teacher's features over the training."""

    mean: Tensor
    deviation: Tensor

    def __call__(self, features: npt.NDArray[np.uint8]) -> Tensor:
        """(B, FEATURES) uint8 → float32 of mean 0 and deviation 1."""
        return (torch.from_numpy(features.astype(np.float32)) - self.mean) / self.deviation


def standardiser(features: Features) -> Standardise:
    """Measured over the whole-photo view of the features."""
    features.wait_for(1)
    whole = torch.from_numpy(features.stored[:, 0].astype(np.float32))
    # Some features are nearly always zero: a floor keeps their rare values from taking over.
    return Standardise(whole.mean(dim=0), whole.std(dim=0).clamp(min=1.0))


def tokenized(samples: Sequence[Sample]) -> Texts:
    """Tokenize every distinct text of the samples once."""
    rows: dict[str, int] = {}
    choices = tuple(
        tuple(rows.setdefault(text, len(rows)) for text in sample.texts) for sample in samples
    )
    return Texts(tokenizer()(list(rows)), choices)


def normalised(photos: Tensor) -> Tensor:
    """(B, side, side, 3) uint8 → (B, 3, side, side) float32, normalised, channels last."""
    mean = torch.tensor(MEAN)
    deviation = torch.tensor(STD)
    return ((photos.float() / 255 - mean) / deviation).permute(0, 3, 1, 2)


def whole_photos(photos: npt.NDArray[np.uint8]) -> Tensor:
    """Photos (B, side, side, 3) uint8 as the model takes them, uncropped."""
    return normalised(torch.from_numpy(np.array(photos)))


def cropped(photos: Tensor, boxes: Tensor, flipped: Tensor, size: int) -> Tensor:
    """Cut boxes out of photos and mirror some.

    photos: (B, 3, side, side) float32; boxes: (B, 4) float32 as left, top, width, height, 0…1;
    flipped: (B,) bool. Returns (B, 3, size, size) float32, channels last.
    """
    left, top, width, height = boxes.unbind(dim=1)
    zero = torch.zeros_like(left)
    across = torch.where(flipped, -width, width)
    # grid_sample's coordinates run from -1 to 1: a box's centre is 2 · (left + width / 2) - 1.
    rows_x = torch.stack([across, zero, 2 * left + width - 1], dim=1)
    rows_y = torch.stack([zero, height, 2 * top + height - 1], dim=1)
    transform = torch.stack([rows_x, rows_y], dim=1)
    grid = functional.affine_grid(transform, [len(photos), 3, size, size], align_corners=False)
    cut = functional.grid_sample(photos, grid, padding_mode="border", align_corners=False)
    return cut.contiguous(memory_format=torch.channels_last)


def coloured(photos: Tensor, random: np.random.Generator) -> Tensor:
    """Photos (B, 3, side, side) with brightness, contrast and saturation a little changed."""
    light, shift, colour = (
        torch.from_numpy(random.uniform(low, high, (len(photos), 1, 1, 1)).astype(np.float32))
        for low, high in (
            (1 - LIGHT, 1 + LIGHT),
            (-LIGHT, LIGHT),
            (1 - SATURATION, 1 + SATURATION),
        )
    )
    grey = photos.mean(dim=1, keepdim=True)
    return (grey + (photos - grey) * colour) * light + shift


def turned(photos: Tensor, count: int) -> Tensor:
    """The first `count` photos turned by a quarter, a half and three quarters in equal shares."""
    parts = list(torch.split(photos[:count], max(1, -(-count // 3))))
    parts = [torch.rot90(part, times, (2, 3)) for times, part in enumerate(parts, start=1)]
    whole = torch.cat([*parts, photos[count:]])
    return whole.contiguous(memory_format=torch.channels_last)


def pasted(photos: Tensor, features: Tensor, random: np.random.Generator) -> tuple[Tensor, Tensor]:
    """Every photo with one rectangle of another, and features mixed by area.

    CutMix (Yun et al. 2019, arXiv:1905.04899). The teacher's features are a mean over the photo's
    area, so a mean weighted by area is what it would nearly say of the mixture.
    """
    size = photos.shape[-1]
    area = random.uniform(0.15, 0.5)
    side = min(size, round(size * area**0.5 * np.exp(random.uniform(-0.3, 0.3))))
    other = min(size, round(size * size * area / side))
    top, left = (int(random.integers(0, size - span + 1)) for span in (other, side))
    order = torch.from_numpy(random.permutation(len(photos)))
    mixture = photos.clone(memory_format=torch.channels_last)
    box = (..., slice(top, top + other), slice(left, left + side))
    mixture[box] = photos[order][box]
    share = side * other / size**2
    return mixture, (1 - share) * features + share * features[order]


class Batches:
    """Draws a stage's batches from cached photos, crops and teacher features."""

    def __init__(
        self,
        samples: Sequence[Sample],
        photos: npt.NDArray[np.uint8],
        boxes: npt.NDArray[np.float32],
        features: Features,
        plan: Plan,
    ) -> None:
        self.texts = tokenized(samples)
        self.standardise = standardiser(features)
        self._photos = photos
        self._boxes = boxes
        self._features = features
        self._plan = plan
        self._labels = np.array([sample.label for sample in samples])
        # Captioned photos are fewer and say more: each is seen several times an epoch.
        repeats = np.where(self._labels < 0, plan.captioned_repeats, 1)
        self._epoch = np.repeat(np.arange(len(samples)), repeats)

    def steps_per_epoch(self) -> int:
        """Batches in one epoch; what does not fill a batch waits for another shuffle."""
        return len(self._epoch) // self._plan.batch

    def views(self, step: int) -> int:
        """How many views of every photo are drawn from at a step: more as the teacher goes on."""
        more = step // self._plan.steps_per_view if self._plan.steps_per_view else 0
        return min(self._plan.views + more, int(self._boxes.shape[1]))

    def draw(self, step: int) -> Batch:
        """The batch of `step`, always the same one; a plan's resolution 0 leaves the photos out."""
        plan = self._plan
        views = self.views(step)
        self._features.wait_for(views)
        epoch, position = divmod(step, self.steps_per_epoch())
        order = np.random.default_rng((plan.seed, epoch)).permutation(self._epoch)
        rows = order[position * plan.batch : (position + 1) * plan.batch]
        random = np.random.default_rng((plan.seed, epoch, position))
        chosen = random.integers(0, views, plan.batch)
        picks = [int(random.integers(len(self.texts.choices[row]))) for row in rows]
        texts = [self.texts.choices[row][pick] for row, pick in zip(rows, picks, strict=True)]
        features = self.standardise(self._features.stored[rows, chosen]).view(-1, FEATURES)
        photos = torch.empty(0)
        mixed = bool(plan.mixed_every) and step % plan.mixed_every == plan.mixed_every - 1
        if plan.resolution:
            photos = self._seen(rows, chosen, random)
            if mixed:
                photos, features = pasted(photos, features, random)
        return Batch(
            photos=photos,
            features=features,
            texts=torch.tensor(texts),
            labels=torch.from_numpy(self._labels[rows]),
            mixed=mixed,
        )

    def _seen(
        self, rows: npt.NDArray[np.int64], views: npt.NDArray[np.int64], random: np.random.Generator
    ) -> Tensor:
        boxes = self._boxes[rows, views].astype(np.float64)
        boxes[:, :2] += random.uniform(-NEARBY, NEARBY, (len(rows), 2)) * boxes[:, 2:]
        boxes[:, 2:] *= 1 + random.uniform(-NEARBY, NEARBY, (len(rows), 2))
        flipped = torch.from_numpy(random.random(len(rows)) < 0.5)
        whole = whole_photos(self._photos[rows])
        cut = torch.from_numpy(boxes.astype(np.float32))
        photos = cropped(whole, cut, flipped, self._plan.resolution)
        return turned(coloured(photos, random), round(self._plan.turned * len(rows)))
