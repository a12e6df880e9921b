"""How fast models are on this very computer: measured on request, kept, never guessed."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from core.embedding.notes import read_notes, write_note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from core.embedding.devices import DeviceChoice

FILE = "speed.json"
SECONDS = 2.0  # of work, at least, and so many batches
BATCHES = 3
TEXTS = ("a dog running in the snow", "two people at a table", "the sea at night")


@dataclass(frozen=True)
class Speed:
    """`photos` a second that are embedded, decoding not counted; `text`: seconds for one query.

    `device`: "cuda", "mps" or "cpu"; `measured_at`: seconds since 1970.
    """

    photos: float
    text: float
    device: str
    measured_at: float


class Measured(Protocol):
    """What is measured: core.embedding.encoder_process.EncoderProcess fits."""

    @property
    def device(self) -> DeviceChoice:
        """Where it computes."""

    @property
    def batch_size(self) -> int:
        """Photos at a time."""

    def encode_images(self, batch: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Embed model inputs, uint8 (n, size, size, 3)."""


def measure_speed(
    encoder: Measured,
    side: int,
    encode_texts: Callable[[Sequence[str]], object],
    *,
    cancelled: Callable[[], bool],
    clock: Callable[[], float] = time.perf_counter,
) -> Speed:
    """Time an encoder for photos of `side` × `side` pixels, and what embeds texts.

    Noise is as good as photos here: the work does not depend on what is in them. The first batch
    does not count, as it sets things up. Raises CancelledError.
    """
    noise = np.random.default_rng(0)
    batch = noise.integers(0, 256, (encoder.batch_size, side, side, 3), np.uint8)
    encoder.encode_images(batch)
    done, began = 0, clock()
    while done < BATCHES or clock() - began < SECONDS:
        if cancelled():
            raise CancelledError
        encoder.encode_images(batch)
        done += 1
    photos = done * len(batch) / (clock() - began)
    encode_texts([TEXTS[0]])
    times = []
    for text in TEXTS:
        began = clock()
        encode_texts([text])
        times.append(clock() - began)
    return Speed(photos, float(np.median(times)), encoder.device.name, time.time())


def remember_speed(key: str, speed: Speed, cache: Path) -> None:
    """Keep what was measured of the model `key` beside the models."""
    write_note(cache / FILE, _note_key(key), asdict(speed))


def remembered_speed(key: str, cache: Path) -> Speed | None:
    """What was measured of the model `key` on this computer; None: nothing yet."""
    note: Any = read_notes(cache / FILE).get(_note_key(key))
    try:
        return Speed(
            float(note["photos"]),
            float(note["text"]),
            str(note["device"]),
            float(note["measured_at"]),
        )
    except (TypeError, KeyError, ValueError):
        return None


def _note_key(key: str) -> str:
    """Models are copied from one computer to another; what was measured there does not hold."""
    return f"{key} on {platform.node()}, {platform.machine()}, {os.cpu_count()} cores"
