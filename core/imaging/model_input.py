"""What an image encoder is fed: the same pixels that open_clip's own preprocessing makes.

The arithmetic follows `open_clip.transform.image_transform_v2` (inference) and the torchvision
functions it calls, on Pillow alone, so that decoding needs no torch. Only wide photos are treated
otherwise: one square loses what is at their ends, or shows everything squeezed, so they are looked
at in several squares from end to end, whose vectors are averaged (`core.embedding.views`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

ResizeMode = Literal["shortest", "longest", "squash"]
Interpolation = Literal["bicubic", "bilinear"]

_RESAMPLING = {"bicubic": Image.Resampling.BICUBIC, "bilinear": Image.Resampling.BILINEAR}

# Measured (ARCHITECTURE.md, "Wide photos"): photos whose long side is at least this many short
# sides are looked at in several views. At most so many, as each costs as much as a photo.
WIDE = 1.7
MOST_VIEWS = 4
_ROUNDING = 0.01  # of a square: 2.003 squares need no third view


@dataclass(frozen=True)
class ModelInput:
    """The shape of an encoder's input, named as in an open_clip preprocess configuration.

    `size` is the side of the square in pixels. "shortest" scales the short side to `size` and cuts
    the middle out, "longest" scales the long side and fills the rest with the grey `fill`
    (0…255), "squash" ignores the aspect ratio.
    """

    size: int
    resize_mode: ResizeMode = "shortest"
    interpolation: Interpolation = "bicubic"
    fill: int = 0


# Left, top, right, bottom in pixels of an image; not whole numbers where an image was decoded at a
# fraction of its size and the last pixel is only partly covered.
Box = tuple[float, float, float, float]


def scaled_size(width: float, height: float, spec: ModelInput) -> tuple[int, int]:
    """Width and height, in pixels, that a photo is scaled to before it is cut or filled."""
    if spec.resize_mode == "squash":
        return spec.size, spec.size
    short, long = min(width, height), max(width, height)
    if spec.resize_mode == "shortest":
        other = int(round(spec.size * long / short, 6))  # 384, not 383, from 383.99999999999994
        return (spec.size, other) if width <= height else (other, spec.size)
    ratio = long / spec.size
    return max(1, round(width / ratio)), max(1, round(height / ratio))


def most_reduced(width: int, height: int, spec: ModelInput) -> float:
    """How many times smaller than this, in pixels, a photo may be before it loses what is seen."""
    if is_wide(width, height):
        return min(width, height) / spec.size
    to_width, to_height = scaled_size(width, height, spec)
    return min(width / to_width, height / to_height)


def is_wide(width: float, height: float) -> bool:
    """Whether a photo, lying or standing, is looked at in several views."""
    return max(width, height) >= WIDE * min(width, height)


def view_boxes(box: Box) -> list[Box]:
    """The squares, evenly from end to end, in which a wide photo is looked at; else `box` itself.

    They overlap rather than leave something out; only what is longer than MOST_VIEWS squares is
    looked at in longer parts.
    """
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    if not is_wide(width, height):
        return [box]
    long, short = max(width, height), min(width, height)
    count = min(MOST_VIEWS, math.ceil(long / short - _ROUNDING))
    extent = max(short, long / count)
    starts = [(long - extent) * number / (count - 1) for number in range(count)]
    if width >= height:
        return [(left + start, top, left + start + extent, bottom) for start in starts]
    return [(left, top + start, right, top + start + extent) for start in starts]


def prepare_views(
    image: Image.Image, spec: ModelInput, box: Box | None = None
) -> NDArray[np.uint8]:
    """All views of a photo below each other, uint8 (views x size, size, 3); nearly always one.

    `box` is where in `image` the photo is; None: it is all of it.
    """
    boxes = view_boxes(box or _whole(image))
    if len(boxes) == 1:
        return prepare(image, spec, boxes[0])
    squashed = replace(spec, resize_mode="squash")
    return np.concatenate([prepare(image, squashed, each) for each in boxes])


def prepare(image: Image.Image, spec: ModelInput, box: Box | None = None) -> NDArray[np.uint8]:
    """One view of an RGB image, uint8 (size, size, 3), as open_clip makes it, not normalised.

    `box` is where in `image` the photo is; None: it is all of it.
    """
    box = box or _whole(image)
    size = scaled_size(box[2] - box[0], box[3] - box[1], spec)
    if size != image.size or box != (0, 0, *image.size):
        image = image.resize(size, _RESAMPLING[spec.interpolation], box=box)
    side = spec.size
    width, height = image.size
    if width < side or height < side:
        left, top = max(0, side - width) // 2, max(0, side - height) // 2
        right, bottom = max(0, side - width + 1) // 2, max(0, side - height + 1) // 2
        image = ImageOps.expand(image, (left, top, right, bottom), fill=(spec.fill,) * 3)
        width, height = image.size
    if (width, height) != (side, side):
        left, top = round((width - side) / 2.0), round((height - side) / 2.0)
        image = image.crop((left, top, left + side, top + side))
    return np.array(image, dtype=np.uint8)


def _whole(image: Image.Image) -> Box:
    return 0.0, 0.0, float(image.width), float(image.height)
