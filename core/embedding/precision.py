"""Whether a CPU embeds photos in fp32 or dynamic int8: measured once per model, then remembered."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.embedding.devices import Precision
from core.embedding.notes import read_notes, write_note

ImageFunction = Callable[[NDArray[np.uint8]], NDArray[np.float32]]
LEAST_COSINE = 0.99  # between the int8 and the fp32 embedding of the same picture
LEAST_GAIN = 1.1  # a smaller one is not worth any error
PROBE_PICTURES = 4


def precision_key(model_key: str, torch_version: str) -> str:
    """What a choice depends on: the weights, torch and the kind of processor."""
    return f"{model_key} torch {torch_version} {platform.machine()}"


def remembered_precision(file: Path, key: str) -> Precision | None:
    """What was chosen for `key` before; None when nothing was, or the file cannot be read."""
    choice = read_notes(file).get(key)
    return "int8" if choice == "int8" else "fp32" if choice == "fp32" else None


def remember_precision(file: Path, key: str, precision: Precision) -> None:
    """Note a choice."""
    write_note(file, key, precision)


def int8_is_better(fp32: ImageFunction, int8: ImageFunction, size: int) -> bool:
    """Whether int8 embeds probe pictures of size × size faster, and close enough to fp32."""
    probe = probe_pictures(size)
    try:
        exact, near = fp32(probe), int8(probe)  # this also warms both up
    except (RuntimeError, TypeError, AttributeError):
        return False  # some towers reach into their linear layers, which int8 does not allow
    lengths = np.linalg.norm(exact, axis=1) * np.linalg.norm(near, axis=1)
    cosines = (exact * near).sum(axis=1) / np.maximum(lengths, 1e-12)
    if cosines.min() < LEAST_COSINE:
        return False
    return seconds(int8, probe) * LEAST_GAIN < seconds(fp32, probe)


def seconds(function: ImageFunction, probe: NDArray[np.uint8]) -> float:
    """The faster of two runs: what else the computer does only ever adds time."""
    times = []
    for _ in range(2):
        start = time.perf_counter()
        function(probe)
        times.append(time.perf_counter() - start)
    return min(times)


def probe_pictures(size: int) -> NDArray[np.uint8]:
    """Pictures with the statistics of photos, always the same: uint8 (n, size, size, 3).

    The spectrum of photos falls as 1/frequency (Field, 1987); the phases are random, seeded.
    """
    random = np.random.default_rng(1)
    rows, columns = np.fft.fftfreq(size)[:, None], np.fft.rfftfreq(size)[None, :]
    falloff = 1 / np.maximum(np.hypot(rows, columns), 1 / size)
    phases = random.uniform(0, 2 * np.pi, (PROBE_PICTURES, 3, size, size // 2 + 1))
    pictures = np.fft.irfft2(falloff * np.exp(1j * phases), s=(size, size))
    pictures -= pictures.mean(axis=(2, 3), keepdims=True)
    pictures /= pictures.std(axis=(2, 3), keepdims=True)
    brightness = random.uniform(70, 180, (PROBE_PICTURES, 3, 1, 1))
    coloured = np.clip(pictures * 50 + brightness, 0, 255).astype(np.uint8)
    return np.ascontiguousarray(coloured.transpose(0, 2, 3, 1))
