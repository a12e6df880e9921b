"""What an image encoder is fed: the same pixels that open_clip's own preprocessing makes.

The arithmetic follows `open_clip.transform.image_transform_v2` (inference) and the torchvision
functions it calls, on Pillow alone, so that decoding needs no torch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

ResizeMode = Literal["shortest", "longest", "squash"]
Interpolation = Literal["bicubic", "bilinear"]

_RESAMPLING = {"bicubic": Image.Resampling.BICUBIC, "bilinear": Image.Resampling.BILINEAR}

# A strip of one pixel by a thousand would fill the memory when its short side is scaled up.
_LONGEST_SCALED = 16


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


def prepare(image: Image.Image, spec: ModelInput, box: Box | None = None) -> NDArray[np.uint8]:
    """An RGB image as uint8 (size, size, 3): the encoder's input before it is normalised.

    `box` is where in `image` the photo is; None: it is all of it.
    """
    if box is None:
        box = (0.0, 0.0, float(image.width), float(image.height))
    size = scaled_size(box[2] - box[0], box[3] - box[1], spec)
    if max(size) > _LONGEST_SCALED * spec.size:
        box = _middle(box)
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


def _middle(box: Box) -> Box:
    """The part of a narrow strip that is not cut off anyway."""
    left, top, right, bottom = box
    length = _LONGEST_SCALED * min(right - left, bottom - top)
    across = max(0.0, right - left - length) / 2
    down = max(0.0, bottom - top - length) / 2
    return left + across, top + down, right - across, bottom - down
