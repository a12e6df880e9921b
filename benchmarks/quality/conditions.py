"""What may have happened to a photo before it is looked at: each a function of an upright photo."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image

_NOISE = 8.0  # standard deviation in grey levels of 255


@dataclass(frozen=True)
class Condition:
    """`alter` takes and gives an RGB image; None leaves the file to the product's own reading."""

    name: str
    alter: Callable[[Image.Image], Image.Image] | None


def turned_left(image: Image.Image) -> Image.Image:
    """Turned by 90° against the clock, as a photo whose orientation was lost."""
    return image.transpose(Image.Transpose.ROTATE_90)


def turned_right(image: Image.Image) -> Image.Image:
    """Turned by 90° with the clock."""
    return image.transpose(Image.Transpose.ROTATE_270)


def halved(image: Image.Image) -> Image.Image:
    """Half as wide and half as high."""
    size = max(1, image.width // 2), max(1, image.height // 2)
    return image.resize(size, Image.Resampling.BICUBIC)


def compressed(image: Image.Image) -> Image.Image:
    """Through a JPEG of quality 30."""
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=30)
    with Image.open(buffer) as stored:
        return stored.convert("RGB")


def noisy(image: Image.Image) -> Image.Image:
    """With Gaussian noise in every channel, the same for the same photo."""
    seed = int.from_bytes(hashlib.blake2b(image.tobytes(), digest_size=8).digest(), "big")
    values = np.asarray(image, np.float32)
    noise = np.random.default_rng(seed).normal(0.0, _NOISE, values.shape)
    return Image.fromarray(np.clip(np.rint(values + noise), 0, 255).astype(np.uint8))


def cut_to(image: Image.Image, ratio: float) -> Image.Image:
    """The largest middle part whose longer side is `ratio` times the shorter; lying stays lying."""
    width, height = image.size
    long, short = max(width, height), min(width, height)
    to_long, to_short = min(long, round(short * ratio)), min(short, round(long / ratio))
    size = (to_long, to_short) if width >= height else (to_short, to_long)
    left, top = (width - size[0]) // 2, (height - size[1]) // 2
    return image.crop((left, top, left + size[0], top + size[1]))


UPRIGHT = Condition("upright", None)
CONDITIONS = (
    UPRIGHT,
    Condition("turned left by 90°", turned_left),
    Condition("turned right by 90°", turned_right),
    Condition("half resolution", halved),
    Condition("JPEG quality 30", compressed),
    Condition("cut to 3:2", lambda image: cut_to(image, 3 / 2)),
    Condition("cut to 16:9", lambda image: cut_to(image, 16 / 9)),
    Condition("noise", noisy),
)
