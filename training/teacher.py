"""What the teacher (MobileNetV2 trained on ImageNet, quantised) sees in each crop of each photo.

Only its features are used, as targets; no weight of it ever enters the model (knowledge
distillation: Hinton et al. 2015, arXiv:1503.02531).
"""

from __future__ import annotations

import hashlib
import warnings
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

FILE = "teacher/mobilenet_v2_1.0_224_quant.tflite"
FEATURES = 1280
FEATURE_TENSOR = "MobilenetV2/Logits/AvgPool"
SIZE = 224
SAVE_EVERY = 10_000


class Teacher:
    """Runs the teacher network on one crop at a time."""

    def __init__(self, shared: Path, threads: int) -> None:
        # Needed only to teach: whoever tests the recipe's other parts need not have it.
        from ai_edge_litert.interpreter import Interpreter

        with warnings.catch_warnings():
            # The interpreter warns that keeping inner tensors costs memory; that is wanted here.
            warnings.simplefilter("ignore")
            self._network = Interpreter(
                str(shared / FILE), num_threads=threads, experimental_preserve_all_tensors=True
            )
        self._network.allocate_tensors()
        self._input = self._network.get_input_details()[0]["index"]
        details = self._network.get_tensor_details()
        self._output = next(d["index"] for d in details if d["name"] == FEATURE_TENSOR)

    def features(
        self, photo: npt.NDArray[np.uint8], box: npt.NDArray[np.float32]
    ) -> npt.NDArray[np.uint8]:
        """Quantised features, (FEATURES,) uint8, of one crop of a photo, (side, side, 3) uint8."""
        side = photo.shape[0]
        left, top, width, height = (float(value) * side for value in box)
        crop = Image.fromarray(photo).resize(
            (SIZE, SIZE), Image.Resampling.BILINEAR, box=(left, top, left + width, top + height)
        )
        self._network.set_tensor(self._input, np.asarray(crop, dtype=np.uint8)[None])
        self._network.invoke()
        found: npt.NDArray[np.uint8] = self._network.get_tensor(self._output).reshape(FEATURES)
        return found


def cached_features(
    photos: npt.NDArray[np.uint8],
    boxes: npt.NDArray[np.float32],
    shared: Path,
    file: Path,
    threads: int,
) -> npt.NDArray[np.uint8]:
    """Features of every crop, (N, views, FEATURES) uint8; computed once and kept in `file`.

    View by view, so that an interrupted run goes on at the crop where it was.
    """
    count, views = boxes.shape[:2]
    key = hashlib.sha256(boxes.tobytes()).hexdigest()[:12]
    file = file.with_name(f"{file.stem}-{key}.npy")
    progress = file.with_suffix(".done")
    done = int(progress.read_text(encoding="utf-8")) if progress.exists() else 0
    if not file.exists():
        np.lib.format.open_memmap(file, "w+", np.uint8, (count, views, FEATURES))
    if done < count * views:
        stored = np.lib.format.open_memmap(file, "r+")
        teacher = Teacher(shared, threads)
        for position in range(done, count * views):
            view, row = divmod(position, count)
            stored[row, view] = teacher.features(photos[row], boxes[row, view])
            if (position + 1) % SAVE_EVERY == 0 or position + 1 == count * views:
                stored.flush()
                progress.write_text(str(position + 1), encoding="utf-8")
    finished: npt.NDArray[np.uint8] = np.load(file, mmap_mode="r")
    return finished
