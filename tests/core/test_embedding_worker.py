"""The worker: texts overtake photos, nothing blocks for ever, no thread is left."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core.embedding.devices import DeviceChoice
from core.embedding.encoder import Encoder
from core.embedding.models import Model
from core.embedding.worker import EmbeddingWorker, loading_bytes
from core.errors import ModelError
from core.imaging.budget import MemoryBudget, Need
from core.imaging.free_memory import Memory
from tests.helpers.patience import PATIENCE, until
from tests.helpers.small_models import small_config, stored_model


class Diary:
    """An encoder that notes what it was asked for, and works only while its gate is open."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.began = threading.Event()
        self.gate = threading.Event()
        self.gate.set()

    def images(self, batch: NDArray[np.uint8]) -> NDArray[np.float32]:
        self.began.set()
        assert self.gate.wait(PATIENCE)
        self.done.append(f"photos {batch[0, 0, 0, 0]}")
        return np.ones((len(batch), 16), np.float32)

    def encode_texts(self, texts: Any) -> NDArray[np.float32]:
        self.done.append(f"texts {texts[0]}")
        return np.ones((len(texts), 16), np.float32)

    def load(self, model: Model, **_: Any) -> Encoder:
        return Encoder(model, DeviceChoice("cpu", "fp32", "A test."), self.images, self)


def photos(number: int) -> NDArray[np.uint8]:
    return np.full((2, 4, 4, 3), number, np.uint8)


@pytest.fixture
def torch_texts(tmp_path: Path) -> Model:
    """A model whose texts need torch, so that they go through the queue."""
    return stored_model(tmp_path / "m", small_config(text={"ls_init_value": 0.5}))


@pytest.fixture
def diary() -> Diary:
    return Diary()


@pytest.fixture
def worker(torch_texts: Model, diary: Diary) -> Iterator[EmbeddingWorker]:
    worker = EmbeddingWorker(torch_texts, load=diary.load)
    yield worker
    diary.gate.set()
    worker.close()


def test_texts_overtake_photos_that_wait(worker: EmbeddingWorker, diary: Diary) -> None:
    diary.gate.clear()
    batches = [worker.encode_images(photos(number)) for number in range(3)]
    assert diary.began.wait(PATIENCE)
    query = worker.encode_texts(["a dog"])
    diary.gate.set()
    assert query.result(PATIENCE).shape == (1, 16)
    for batch in batches:
        batch.result(PATIENCE)
    assert diary.done == ["photos 0", "texts a dog", "photos 1", "photos 2"]


def test_texts_for_numpy_do_not_even_wait_for_the_batch_under_way(
    tmp_path: Path, diary: Diary
) -> None:
    worker = EmbeddingWorker(stored_model(tmp_path / "n", small_config()), load=diary.load)
    diary.gate.clear()
    batch = worker.encode_images(photos(0))
    assert diary.began.wait(PATIENCE)
    assert worker.encode_texts(["a dog"]).result(0).shape == (1, 16)
    assert not batch.done()
    diary.gate.set()
    worker.close()


def test_a_pause_holds_photos_back_and_lets_texts_through(
    worker: EmbeddingWorker, diary: Diary
) -> None:
    worker.pause()
    batch = worker.encode_images(photos(1))
    worker.encode_texts(["a dog"]).result(PATIENCE)
    assert diary.done == ["texts a dog"]
    worker.resume()
    batch.result(PATIENCE)
    assert diary.done == ["texts a dog", "photos 1"]


def test_nothing_is_loaded_before_the_first_need(torch_texts: Model) -> None:
    loads: list[str] = []
    diary = Diary()

    def load(model: Model, **options: Any) -> Encoder:
        loads.append(options["device"])
        return diary.load(model)

    devices: list[DeviceChoice] = []
    worker = EmbeddingWorker(torch_texts, device="cpu", on_device=devices.append, load=load)
    assert (loads, worker.device) == ([], None)
    worker.encode_images(photos(0)).result(PATIENCE)
    worker.encode_images(photos(1)).result(PATIENCE)
    assert loads == ["cpu"]
    assert devices == [worker.device]
    assert worker.batch_size >= 1
    worker.close()


def test_closing_cancels_what_waits_and_ends_the_thread(
    worker: EmbeddingWorker, diary: Diary
) -> None:
    diary.gate.clear()
    running = worker.encode_images(photos(0))
    assert diary.began.wait(PATIENCE)
    waiting = worker.encode_images(photos(1))
    waiting.add_done_callback(lambda _: diary.gate.set())
    worker.close()
    assert running.done()
    assert waiting.cancelled()
    with pytest.raises(CancelledError):
        worker.encode_texts(["too late"]).result(PATIENCE)
    assert diary.done == ["photos 0"]


def test_an_error_goes_to_whoever_waits_and_the_worker_goes_on(
    torch_texts: Model, diary: Diary
) -> None:
    def fragile(batch: NDArray[np.uint8]) -> NDArray[np.float32]:
        if batch.max() == 7:
            raise ValueError("seven")
        return np.ones((len(batch), 16), np.float32)

    def load(model: Model, **_: Any) -> Encoder:
        return Encoder(model, DeviceChoice("cpu", "fp32", ""), fragile, diary)

    worker = EmbeddingWorker(torch_texts, load=load)
    bad, good = worker.encode_images(photos(7)), worker.encode_images(photos(8))
    with pytest.raises(ValueError, match="seven"):
        bad.result(PATIENCE)
    assert good.result(PATIENCE).shape == (2, 16)
    worker.close()


def test_a_model_that_cannot_be_loaded_fails_every_job_with_its_sentence(
    torch_texts: Model,
) -> None:
    def load(*_: Any, **__: Any) -> Encoder:
        raise ModelError("The model is broken: install it again.")

    worker = EmbeddingWorker(torch_texts, load=load)
    for number in range(2):
        with pytest.raises(ModelError, match="install it again"):
            worker.encode_images(photos(number)).result(PATIENCE)
    worker.close()


def test_damaged_weights_fail_a_text_with_their_sentence(tmp_path: Path) -> None:
    model = stored_model(tmp_path / "m", small_config())
    model.weights.write_bytes(b"")
    worker = EmbeddingWorker(model)
    with pytest.raises(ModelError, match="install the model again"):
        worker.encode_texts(["a dog"]).result(PATIENCE)
    worker.close()


def test_a_cancelled_job_is_skipped(worker: EmbeddingWorker, diary: Diary) -> None:
    diary.gate.clear()
    worker.encode_images(photos(0))
    assert diary.began.wait(PATIENCE)
    dropped, kept = worker.encode_images(photos(1)), worker.encode_images(photos(2))
    assert dropped.cancel()
    diary.gate.set()
    kept.result(PATIENCE)
    assert diary.done == ["photos 0", "photos 2"]


def test_the_real_encoder_works_on_the_thread(tmp_path: Path) -> None:
    model = stored_model(tmp_path / "m", small_config())
    worker = EmbeddingWorker(model, device="cpu", cache=tmp_path)
    worker.start()
    vectors = worker.encode_images(np.zeros((3, 32, 32, 3), np.uint8)).result(PATIENCE)
    assert vectors.shape == (3, model.dim)
    assert worker.device is not None
    assert worker.device.name == "cpu"
    worker.close()


def test_loading_waits_for_decoders_that_make_room_and_is_left_that_room(
    torch_texts: Model,
) -> None:
    needed = loading_bytes(torch_texts)
    budget = MemoryBudget(lambda: Memory(needed + (700 << 20), 16 << 30))
    share, need = budget.share(1), Need(300 << 20)
    assert budget.take(share, need)
    promised: list[bool] = []
    diary = Diary()

    def load(model: Model, **_: Any) -> Encoder:
        promised.append(budget.idle)
        promised.append(budget.take(share, need))
        return diary.load(model)

    worker = EmbeddingWorker(torch_texts, load=load, budget=budget)
    batch = worker.encode_images(photos(0))
    until(budget.lacks)
    assert promised == []
    budget.give_back(share, need)
    batch.result(PATIENCE)
    assert promised == [True, False]
    assert budget.take(share, need), "it has what it needs"
    worker.close()
