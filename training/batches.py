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
from training.teacher import FEATURES

LIGHT = 0.2


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
    `Texts.tokens`. labels: (B,) int64, see `Sample.label`.
    """

    photos: Tensor
    features: Tensor
    texts: Tensor
    labels: Tensor


@dataclass(frozen=True, slots=True)
class Standardise:
    """Mean and deviation, (FEATURES,) float32 each, of the teacher's features over the training."""

    mean: Tensor
    deviation: Tensor

    def __call__(self, features: npt.NDArray[np.uint8]) -> Tensor:
        """(B, FEATURES) uint8 → float32 of mean 0 and deviation 1."""
        return (torch.from_numpy(features.astype(np.float32)) - self.mean) / self.deviation


def standardiser(features: npt.NDArray[np.uint8]) -> Standardise:
    """Measured over the whole-photo view of features, (N, views, FEATURES) uint8."""
    whole = torch.from_numpy(features[:, 0].astype(np.float32))
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


class Batches:
    """Draws batches from cached photos, crops and teacher features."""

    def __init__(
        self,
        samples: Sequence[Sample],
        photos: npt.NDArray[np.uint8],
        boxes: npt.NDArray[np.float32],
        features: npt.NDArray[np.uint8],
        *,
        captioned_repeats: int,
        seed: int,
    ) -> None:
        self.texts = tokenized(samples)
        self.standardise = standardiser(features)
        self._photos = photos
        self._boxes = boxes
        self._features = features
        self._labels = np.array([sample.label for sample in samples])
        # Captioned photos are fewer and say more: each is seen several times an epoch.
        repeats = np.where(self._labels < 0, captioned_repeats, 1)
        self._epoch = np.repeat(np.arange(len(samples)), repeats)
        self._seed = seed

    def steps_per_epoch(self, size: int) -> int:
        """Batches of `size` in one epoch; what does not fill a batch waits for another shuffle."""
        return len(self._epoch) // size

    def draw(self, step: int, size: int, resolution: int) -> Batch:
        """The batch of `step`, always the same one; resolution 0 leaves the photos out."""
        epoch, position = divmod(step, self.steps_per_epoch(size))
        order = np.random.default_rng((self._seed, epoch)).permutation(self._epoch)
        # Sorted rows read the memory map in order; the batch's order does not matter.
        rows = np.sort(order[position * size : (position + 1) * size])
        random = np.random.default_rng((self._seed, epoch, position))
        views = random.integers(0, self._boxes.shape[1], size)
        picks = [int(random.integers(len(self.texts.choices[row]))) for row in rows]
        texts = [self.texts.choices[row][pick] for row, pick in zip(rows, picks, strict=True)]
        photos = torch.empty(0)
        if resolution:
            flipped = torch.from_numpy(random.random(size) < 0.5)
            light = random.uniform(1 - LIGHT, 1 + LIGHT, (size, 1, 1, 1)).astype(np.float32)
            shift = random.uniform(-LIGHT, LIGHT, (size, 1, 1, 1)).astype(np.float32)
            boxes = torch.from_numpy(self._boxes[rows, views])
            whole = whole_photos(self._photos[rows])
            photos = cropped(whole, boxes, flipped, resolution)
            photos = photos * torch.from_numpy(light) + torch.from_numpy(shift)
        return Batch(
            photos=photos,
            features=self.standardise(self._features[rows, views]).view(size, FEATURES),
            texts=torch.tensor(texts),
            labels=torch.from_numpy(self._labels[rows]),
        )
