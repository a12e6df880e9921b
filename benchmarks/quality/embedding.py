"""Photos and texts → vectors, by the product's own path, remembered between runs.

Photos go through `core.imaging` and the encoder of `core.embedding`, texts through the same text
tower as a search.
"""

from __future__ import annotations

import hashlib
import io
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.quality.conditions import Condition
from benchmarks.quality.metrics import Floats
from core.embedding.encoder import Encoder, load_encoder
from core.embedding.models import Model
from core.embedding.views import all_views, one_each
from core.imaging.decoding import decode
from core.imaging.model_input import MOST_VIEWS, WIDE, prepare_views
from core.imaging.reading import damage_explained, hash_file, read_bytes, read_photo

_SAVE_EVERY = 4096  # pictures
_TELL_EVERY = 10.0  # seconds
_VIEWS = f"{WIDE} {MOST_VIEWS}"  # what is remembered holds for this way of looking at wide photos


@dataclass(frozen=True)
class Picture:
    """Something to embed. `name` says its content.

    `pixels` makes the model input of it, uint8 (views x size, size, 3).
    """

    name: str
    pixels: Callable[[], NDArray[np.uint8]]


class Drawn(Protocol):
    """A photo that is made, not read: `name` says its content, `image` draws it, RGB."""

    @property
    def name(self) -> str:
        """What tells it from all others."""

    def image(self) -> Image.Image:
        """Draw it."""


class Embedder:
    """One model, its encoder, and what it has embedded before (in `cache`, by content)."""

    def __init__(self, model: Model, cache: Path, *, device: str = "auto") -> None:
        cache.mkdir(parents=True, exist_ok=True)
        self.model = model
        self.encoder: Encoder = load_encoder(model, device=device, cache=cache)
        kind = f"{model.key}|{model.model_input}|{self.encoder.device.precision}"
        self._folder = cache / hashlib.sha256(kind.encode()).hexdigest()[:16]
        self._folder.mkdir(exist_ok=True)
        self.embedded = 0
        self.seconds = 0.0
        self.processor_seconds = 0.0  # of all threads: what holds on a busy machine

    def encode_texts(self, texts: Sequence[str]) -> Floats:
        """Embed texts as a search does: float32 (n, dim), rows of length 1; remembered."""
        digest = hashlib.sha256("\0".join(texts).encode()).hexdigest()[:24]
        file = self._folder / f"texts-{digest}.npz"
        known = _read(file)
        if len(known) != len(texts):
            vectors = self.encoder.encode_texts(texts)
            known = {str(row): vector for row, vector in enumerate(vectors)}
            _write(file, known)
        return np.stack([known[str(row)] for row in range(len(texts))])

    def photos(self, paths: Sequence[Path], condition: Condition) -> Floats:
        """Embed photos as `condition` leaves them: float32 (n, dim), rows of length 1."""
        pictures = [self._picture(path, condition) for path in paths]
        return self.pictures(pictures, f"{condition.name} {_VIEWS}")

    def drawn(self, photos: Sequence[Drawn]) -> Floats:
        """Embed photos that are made, as the product fits them in: float32 (n, dim)."""

        def pixels(photo: Drawn) -> NDArray[np.uint8]:
            return prepare_views(photo.image(), self.model.model_input)

        return self.pictures(
            [Picture(photo.name, partial(pixels, photo)) for photo in photos],
            f"wide photos {_VIEWS}",
        )

    def pictures(self, pictures: Sequence[Picture], label: str) -> Floats:
        """Embed pictures, float32 (n, dim); those known under `label` are not looked at again."""
        file = self._folder / f"{hashlib.sha256(label.encode()).hexdigest()[:24]}.npz"
        known = _read(file)
        new = list({each.name: each for each in pictures if each.name not in known}.values())
        started = told = time.monotonic()
        before = time.process_time()
        size = self.encoder.batch_size
        with ThreadPoolExecutor(1, "pictures") as pool:
            batches = [new[start : start + size] for start in range(0, len(new), size)]
            made = [pool.submit(partial(_pixels, batch)) for batch in batches[:2]]
            for number, batch in enumerate(batches):
                pixels = made.pop(0).result()
                if number + 2 < len(batches):
                    made.append(pool.submit(partial(_pixels, batches[number + 2])))
                vectors = one_each(self.encoder.encode_images(all_views(pixels)), pixels)
                known |= {each.name: row for each, row in zip(batch, vectors, strict=True)}
                done = number * size + len(batch)
                if time.monotonic() - told > _TELL_EVERY:
                    told = time.monotonic()
                    print(f"  {label}: {done:,} of {len(new):,}", file=sys.stderr, flush=True)
                if done % _SAVE_EVERY < size:
                    _write(file, known)
        if new:
            _write(file, known)
            self.embedded += len(new)
            self.seconds += time.monotonic() - started
            self.processor_seconds += time.process_time() - before
        return np.stack([known[each.name] for each in pictures])

    def _picture(self, path: Path, condition: Condition) -> Picture:
        def pixels() -> NDArray[np.uint8]:
            spec = self.model.model_input
            if condition.alter is None:
                found = read_photo(path, model_input=spec, thumbnail_dir=None).pixels
                assert found is not None
                return found
            return prepare_views(condition.alter(whole(path)), spec)

        return Picture(hash_file(path).hex(), pixels)


def whole(path: Path) -> Image.Image:
    """The photo in a file, upright RGB, every pixel of it; raises PhotoError."""
    data = read_bytes(path)
    with damage_explained(path):
        return decode(data, path.suffix.lower(), lambda _width, _height: 1.0).image


def _pixels(batch: Iterable[Picture]) -> list[NDArray[np.uint8]]:
    return [each.pixels() for each in batch]


def _read(file: Path) -> dict[str, Floats]:
    """What was remembered in a file; nothing when it is missing or damaged."""
    try:
        with np.load(io.BytesIO(file.read_bytes()), allow_pickle=False) as stored:
            return dict(zip(stored["names"].tolist(), stored["vectors"], strict=True))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return {}


def _write(file: Path, known: dict[str, Floats]) -> None:
    buffer = io.BytesIO()
    np.savez(buffer, names=np.array(list(known)), vectors=np.stack(list(known.values())))
    part = file.with_suffix(".part")
    part.write_bytes(buffer.getvalue())
    part.replace(file)
