"""Whatever a decoder gives, as 8-bit sRGB, most often without transparency."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

import numpy as np
from PIL import Image, ImageCms

_WHITE = (255, 255, 255)
# What littlecms raises on a profile that is damaged or of another kind than the image.
_PROFILE_ERRORS = (ImageCms.PyCMSError, OSError, ValueError, TypeError, KeyError)


def to_srgb(image: Image.Image, icc_profile: bytes | None) -> Image.Image:
    """An RGB image in sRGB: transparency over white, deep pixels to 8 bits, the profile applied.

    A profile that is damaged or does not fit the image is ignored. Raises what Pillow raises when
    a mode cannot be converted (ValueError).
    """
    image = _eight_bits(image)
    if image.has_transparency_data:
        image = _over_white(image)
    if image.mode == "LAB":
        return _from_lab(image)
    if image.mode not in {"RGB", "L", "CMYK"}:
        image = image.convert("RGB")
    if icc_profile:
        transform = _transform_to_srgb(icc_profile, image.mode)
        if transform is not None:
            converted = _apply(image, transform)
            if converted is not None:
                return converted
    return image if image.mode == "RGB" else image.convert("RGB")


def to_srgb_with_alpha(image: Image.Image, icc_profile: bytes | None) -> Image.Image:
    """The same, but what is transparent stays so: RGBA then, RGB where every pixel is opaque."""
    image = _eight_bits(image)
    if not image.has_transparency_data:
        return to_srgb(image, icc_profile)
    image = image.convert("RGBA")
    alpha = image.getchannel("A")
    colours = to_srgb(image.convert("RGB"), icc_profile)
    if alpha.getextrema()[0] != 255:
        colours.putalpha(alpha)
    return colours


def _eight_bits(image: Image.Image) -> Image.Image:
    """Grey images of 16 or 32 bits or floating point, scaled to 8 bits; others as they are."""
    if image.mode not in {"I", "F"} and not image.mode.startswith("I;16"):
        return image
    levels = np.nan_to_num(np.asarray(image, dtype=np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    highest = float(levels.max(initial=0.0))
    if image.mode.startswith("I;16") or (image.mode == "I" and 255 < highest <= 65535):
        white = 65535.0
    elif image.mode == "F" and highest <= 1.0:
        white = 1.0
    else:
        white = max(highest, 255.0)
    scaled = np.clip(levels * (255.0 / white) + 0.5, 0, 255)
    return Image.fromarray(scaled.astype(np.uint8))


def _over_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        image = image.convert("RGBA")
    ground = Image.new("RGB", image.size, _WHITE)
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _from_lab(image: Image.Image) -> Image.Image:
    lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
    transform = ImageCms.buildTransform(lab, srgb, "LAB", "RGB")
    return _apply(image, transform) or image.getchannel("L").convert("RGB")


def _apply(image: Image.Image, transform: ImageCms.ImageCmsTransform) -> Image.Image | None:
    try:
        return ImageCms.applyTransform(image, transform)
    except _PROFILE_ERRORS:
        return None


@lru_cache(maxsize=16)
def _transform_to_srgb(icc_profile: bytes, mode: str) -> ImageCms.ImageCmsTransform | None:
    """How to get from this profile to sRGB; None when it is sRGB already or cannot be used."""
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(icc_profile))
        if mode == "RGB" and "srgb" in ImageCms.getProfileDescription(profile).lower():
            return None
        return ImageCms.buildTransform(profile, ImageCms.createProfile("sRGB"), mode, "RGB")
    except _PROFILE_ERRORS:
        return None
