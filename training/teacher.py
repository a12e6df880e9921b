"""What the teacher (MobileNetV2 trained on ImageNet, quantised) sees in each crop of each photo.

Only its features are used, as targets; no weight of it ever enters the model (knowledge
distillation: Hinton et al. 2015, arXiv:1503.02531).
"""

from __future__ import annotations

import contextlib
import hashlib
import multiprocessing
import multiprocessing.connection
import os
import threading
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

FILE = "teacher/mobilenet_v2_1.0_224_quant.tflite"
FEATURES = 1280
FEATURE_TENSOR = "MobilenetV2/Logits/AvgPool"
SIZE = 224
SAVE_EVERY = 10_000
POLL_SECONDS = 5.0


class Teacher:
    """Runs the teacher network on one crop at a time."""

    def __init__(self, shared: Path) -> None:
        # Needed only to teach: whoever tests the recipe's other parts need not have it.
        from ai_edge_litert.interpreter import Interpreter

        with warnings.catch_warnings():
            # The interpreter warns that keeping inner tensors costs memory; that is wanted here.
            warnings.simplefilter("ignore")
            self._network = Interpreter(
                str(shared / FILE), num_threads=1, experimental_preserve_all_tensors=True
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


@dataclass(frozen=True, slots=True)
class Features:
    """The teacher's features of every crop, (N, views, FEATURES) uint8, and how many are there.

    They are made view by view, so that training on the first views goes on beside the teacher.
    """

    stored: npt.NDArray[np.uint8]
    progress: Path

    def views(self) -> int:
        """How many views of every photo are finished."""
        return finished_crops(self.progress) // len(self.stored)

    def wait_for(self, views: int) -> None:
        """Come back once so many views are finished."""
        while self.views() < views:
            time.sleep(POLL_SECONDS)


def finished_crops(progress: Path) -> int:
    """How many crops are finished, as the progress file says; none without one."""
    return int(progress.read_text(encoding="utf-8")) if progress.exists() else 0


def features_file(boxes: npt.NDArray[np.float32], folder: Path, name: str) -> Path:
    """Where the features of these crops are kept: other crops never meet an old cache."""
    key = hashlib.sha256(boxes.tobytes()).hexdigest()[:12]
    return folder / f"{name}-{key}.npy"


def opened(boxes: npt.NDArray[np.float32], file: Path) -> Features:
    """The features of `file`, which is made empty if it is not there."""
    shape = (*boxes.shape[:2], FEATURES)
    if not file.exists():
        unfinished = file.with_suffix(".part")
        np.lib.format.open_memmap(unfinished, "w+", np.uint8, shape)
        unfinished.replace(file)
    return Features(np.load(file, mmap_mode="r"), file.with_suffix(".done"))


def teach(
    photos: npt.NDArray[np.uint8], boxes: npt.NDArray[np.float32], shared: Path, file: Path
) -> None:
    """Fill `file` with the features of every crop, from where an interrupted run stopped."""
    stored = np.lib.format.open_memmap(file, "r+")
    count, views = boxes.shape[:2]
    progress = file.with_suffix(".done")
    teacher = Teacher(shared)
    for position in range(finished_crops(progress), count * views):
        view, row = divmod(position, count)
        stored[row, view] = teacher.features(photos[row], boxes[row, view])
        if (position + 1) % SAVE_EVERY == 0 or (position + 1) % count == 0:
            stored.flush()
            unfinished = progress.with_suffix(".count")
            unfinished.write_text(str(position + 1), encoding="utf-8")
            unfinished.replace(progress)


@contextlib.contextmanager
def teaching(
    photos: Path, boxes: npt.NDArray[np.float32], shared: Path, file: Path
) -> Iterator[Features]:
    """The features of all crops of the photos in `photos`, made in a process beside this one."""
    features = opened(boxes, file)
    process = None
    if finished_crops(features.progress) < boxes.shape[0] * boxes.shape[1]:
        context = multiprocessing.get_context("spawn")
        process = context.Process(target=_teach_beside, args=(photos, boxes, shared, file))
        process.start()
    try:
        yield features
    finally:
        if process is not None:
            process.terminate()
            process.join()


def _teach_beside(photos: Path, boxes: npt.NDArray[np.float32], shared: Path, file: Path) -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    # Whoever kills the training, however hard, leaves no teacher behind.
    threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    teach(np.load(photos, mmap_mode="r"), boxes, shared, file)


def _end_with(parent: int) -> None:
    multiprocessing.connection.wait([parent])
    os._exit(1)
