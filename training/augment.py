"""Photos as the image tower learns from them: cut, mirrored, coloured and turned."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from training.model import MEAN, STD
from training.settings import PhotoPlan

LIGHT = 0.2
SATURATION = 0.3


def normalised(photos: Tensor) -> Tensor:
    """(B, side, side, 3) uint8 → (B, 3, side, side) float32, normalised, channels last."""
    mean = torch.tensor(MEAN)
    deviation = torch.tensor(STD)
    return ((photos.float() / 255 - mean) / deviation).permute(0, 3, 1, 2)


def whole_photos(photos: npt.NDArray[np.uint8]) -> Tensor:
    """Photos (B, side, side, 3) uint8 as the model takes them, uncropped."""
    return normalised(torch.from_numpy(np.array(photos)))


def augmented(
    photos: npt.NDArray[np.uint8], plan: PhotoPlan, random: np.random.Generator
) -> Tensor:
    """Photos (B, side, side, 3) uint8 as a stage shows them: (B, 3, resolution, resolution)."""
    boxes = torch.from_numpy(crop_boxes(len(photos), plan.smallest_crop, random))
    flipped = torch.from_numpy(random.random(len(photos)) < 0.5)
    seen = cropped(whole_photos(photos), boxes, flipped, plan.resolution)
    # Which photos are turned differs from step to step, for their order does.
    return turned(coloured(seen, random), round(plan.turned * len(photos)))


def crop_boxes(count: int, smallest: float, random: np.random.Generator) -> npt.NDArray[np.float32]:
    """Crops, (count, 4) float32 as left, top, width, height, all 0…1.

    They take an area between `smallest` and 1 with an aspect ratio between 3:4 and 4:3, as
    Inception-style crops do (Szegedy et al. 2014, arXiv:1409.4842).
    """
    area = random.uniform(smallest, 1.0, count)
    ratio = np.exp(random.uniform(np.log(3 / 4), np.log(4 / 3), count))
    width = np.minimum(np.sqrt(area * ratio), 1.0)
    height = np.minimum(np.sqrt(area / ratio), 1.0)
    left = random.uniform(0.0, 1.0, count) * (1.0 - width)
    top = random.uniform(0.0, 1.0, count) * (1.0 - height)
    return np.stack([left, top, width, height], axis=-1).astype(np.float32)


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
