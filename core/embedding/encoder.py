"""The encoder: photos and texts into one space, on the best device there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.embedding.devices import DeviceChoice, DeviceName, pick_device
from core.embedding.models import Model
from core.embedding.openclip import towers
from core.embedding.openclip.checkpoints import first_line
from core.embedding.precision import (
    int8_is_better,
    precision_key,
    probe_pictures,
    remember_precision,
    remembered_precision,
)
from core.embedding.text import TextEncoder, numpy_text_encoder
from core.errors import ModelError
from core.paths import default_model_cache

Floats = NDArray[np.float32]
_NO_ROOM = (
    "The CPU is used because the GPU has too little memory for the model: close other programs that"
    " use the GPU and start Souvenir again, or choose a smaller model."
)
SMALL_MODEL = 60_000_000  # bytes of weights; such models gain from larger batches even on a CPU


class Encoder:
    """A model on a device. For one thread at a time.

    `images` and `texts` embed without normalising; `images` may raise for lack of memory, which
    halves the batch from then on.
    """

    def __init__(
        self,
        model: Model,
        device: DeviceChoice,
        images: Callable[[NDArray[np.uint8]], Floats],
        texts: TextEncoder,
    ) -> None:
        self.model = model
        self.device = device
        self._images: Callable[[NDArray[np.uint8]], Floats] | None = images
        self._texts = texts
        self._most: int | None = None

    @property
    def batch_size(self) -> int:
        """How many photos to embed at once."""
        return batch_size(self.model, self.device.name)

    def use_threads(self, count: int) -> None:
        """Compute on so many threads from now on; 0: as many as torch would by itself."""
        towers.use_threads(count)

    def encode_images(self, batch: NDArray[np.uint8]) -> Floats:
        """Embed model inputs, uint8 (n, size, size, 3): float32 (n, dim), rows of length 1.

        Raises ModelError when the device has too little memory even for one photo.
        """
        features = np.empty((len(batch), self.model.dim), np.float32)
        start = 0
        while start < len(batch):
            part = batch[start : start + (self._most or len(batch))]
            found = self._encode_or_halve(part)
            if found is not None:
                features[start : start + len(part)] = found
                start += len(part)
        return normalised(features)

    def encode_texts(self, texts: Sequence[str]) -> Floats:
        """Embed texts: float32 (n, dim), rows of length 1."""
        return self._texts.encode_texts(texts)

    def close(self) -> None:
        """Give the memory back; the encoder cannot be used any more."""
        self._images = None

    def _encode_or_halve(self, part: NDArray[np.uint8]) -> Floats | None:
        """The features of `part`, or None when it was too much and less is to be tried."""
        if self._images is None:
            raise RuntimeError("this encoder is closed")
        try:
            return self._images(np.ascontiguousarray(part))
        except (RuntimeError, MemoryError) as error:
            if not towers.is_out_of_memory(error):
                raise
            if len(part) == 1:
                raise ModelError(
                    f"The model '{self.model.name}' needs more memory than the device has: choose"
                    " a smaller model, or the CPU in the settings."
                ) from error
            self._most = len(part) // 2
            return None


class TorchTexts:
    """A text tower that needs torch."""

    def __init__(self, encode: Callable[[Sequence[str]], Floats]) -> None:
        self._encode = encode

    def encode_texts(self, texts: Sequence[str]) -> Floats:
        """Embed texts: float32 (n, dim), rows of length 1."""
        return normalised(self._encode(list(texts)))


def load_encoder(model: Model, *, device: str = "auto", cache: Path | None = None) -> Encoder:
    """Load `model` onto the device wished for: "auto", "cuda", "mps" or "cpu".

    What was measured is remembered in `cache`, the folder of installed models. Raises ModelError.
    """
    name, reason = pick_device(device, towers.device_facts())
    fallback = device not in {"auto", name}
    texts = numpy_text_encoder(model)
    notes = (cache or default_model_cache()) / "precision.json"
    key = precision_key(model.key, towers.torch_version())

    def prefer_int8(fp32: towers.ImageFunction, int8: towers.ImageFunction) -> bool:
        better = int8_is_better(fp32, int8, model.model_input.size)
        remember_precision(notes, key, "int8" if better else "fp32")
        return better

    def load(device: DeviceName) -> towers.Towers:
        known = remembered_precision(notes, key)
        return towers.load_towers(
            model, device, known, texts=texts is None, prefer_int8=prefer_int8
        )

    try:
        loaded = load(name)
    except (RuntimeError, MemoryError) as error:
        if name == "cpu" or not towers.is_out_of_memory(error):
            raise
        name, reason, fallback = "cpu", _NO_ROOM, True
        loaded = load(name)
    choice = DeviceChoice(name, loaded.precision, reason, fallback)
    if texts is not None:
        return Encoder(model, choice, loaded.images, texts)
    if loaded.texts is None:
        raise RuntimeError("the text tower was asked for and not loaded")
    return Encoder(model, choice, loaded.images, TorchTexts(loaded.texts))


def try_model(model: Model) -> None:
    """Load both towers on the CPU and embed a picture and a text; raises ModelError.

    A model that passes has weights that fit its description, and makes vectors of finite numbers.
    """
    texts = numpy_text_encoder(model)
    loaded = towers.load_towers(
        model, "cpu", "fp32", texts=texts is None, prefer_int8=lambda _exact, _near: False
    )
    words = ["a photo"]
    try:
        found = [
            loaded.images(probe_pictures(model.model_input.size)[:1]),
            loaded.texts(words) if loaded.texts is not None else None,
            texts.encode_texts(words) if texts is not None else None,
        ]
    except Exception as error:  # what it computes comes from a stranger
        raise ModelError(
            f"The model '{model.name}' does not compute ({first_line(error)}): its"
            " description and its weights do not belong together, so choose another one."
        ) from error
    for rows in found:
        if rows is None:
            continue
        if rows.shape != (1, model.dim) or not np.isfinite(rows).all() or not rows.any():
            raise ModelError(
                f"The model '{model.name}' makes no vectors of {model.dim} usual numbers: its"
                " weights are damaged, so get them again."
            )


def batch_size(model: Model, device: DeviceName) -> int:
    """How many photos to embed at once.

    A CPU gains nothing from more than a few, and a query that needs torch waits for the batch under
    way; a GPU gains as long as its memory lasts.
    """
    if device == "cpu":
        return 32 if model.weights.stat().st_size < SMALL_MODEL else 8
    if device == "mps":
        return 32
    # Measured rule of thumb: activations of one photo take about 60 values per pixel in fp16.
    photo = 3 * model.model_input.size**2 * 120
    return int(np.clip(towers.gpu_memory() // 4 // photo, 8, 256))


def normalised(features: Floats) -> Floats:
    """Rows of length 1; a row of zeros stays one."""
    lengths = np.linalg.norm(features, axis=1, keepdims=True)
    unit: Floats = features / np.maximum(lengths, np.float32(1e-12))
    return unit
