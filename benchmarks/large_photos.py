"""Photos of 12 megapixels, as a camera makes them: detail, noise, 4 to 6 MB each."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from benchmarks.plan import SHARED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

WIDTH, HEIGHT = 4000, 3000
MOTIFS = 8
NOISE = 14  # a camera's noise is what makes its JPEGs large, and slow to decode


def large_photos(folder: Path, count: int) -> Path:
    """Fill a folder below `folder` with `count` JPEGs, all different; returns it.

    Made once: what is there already is left as it is.
    """
    photos = folder / f"photos-12mp-{count}"
    photos.mkdir(parents=True, exist_ok=True)
    missing = [number for number in range(count) if not (photos / f"IMG_{number:04}.jpg").exists()]
    if not missing:
        return photos
    motifs = list(_motifs())
    random = np.random.default_rng(12)
    for number in missing:
        motif = motifs[number % len(motifs)]
        shifted = np.roll(motif, random.integers(0, (HEIGHT, WIDTH)).tolist(), axis=(0, 1))
        partial = photos / f"IMG_{number:04}.jpg.part"
        Image.fromarray(shifted).save(partial, "JPEG", quality=90)
        partial.rename(partial.with_suffix(""))
    return photos


def _motifs() -> Iterator[NDArray[np.uint8]]:
    """Pictures of 12 megapixels made from smaller photos: enlarged, and with noise added."""
    random = np.random.default_rng(7)
    sources = list(_sources())
    for number in range(MOTIFS):
        source = sources[number % len(sources)]
        picture = np.asarray(source.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC), np.int16)
        noise = random.integers(-NOISE, NOISE + 1, picture.shape, np.int8)
        yield np.clip(picture + noise, 0, 255).astype(np.uint8)


def _sources() -> Iterator[Image.Image]:
    """Real photographs: the burst in ../shared, else those inside scikit-learn and scikit-image."""
    files = sorted((SHARED / "photos" / "burst").glob("*.[jJ][pP][gG]"))
    if not files:
        learn, image = (_package(name) for name in ("sklearn", "skimage"))
        files = [learn / "datasets" / "images" / name for name in ("china.jpg", "flower.jpg")]
        files += [image / "data" / name for name in ("astronaut.png", "coffee.png")]
    for file in files:
        with Image.open(file) as picture:
            yield picture.convert("RGB")


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{name} is not installed, whose photographs are needed: make setup")
    return Path(spec.origin).parent
