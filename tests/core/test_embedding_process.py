"""The encoder in a process of its own: it answers as it would here, and its end is no disaster."""

from __future__ import annotations

import os
import signal
import sys
import threading
from concurrent.futures import CancelledError
from multiprocessing import active_children
from pathlib import Path

import numpy as np
import pytest

from core.embedding.encoder import load_encoder
from core.embedding.encoder_process import EncoderCrashError, EncoderProcess
from core.embedding.models import Model
from core.embedding.worker import EmbeddingWorker
from core.errors import ModelError
from tests.helpers.patience import PATIENCE, until
from tests.helpers.small_models import small_config, stored_model

needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")


@pytest.fixture
def model(tmp_path: Path) -> Model:
    """A model whose texts need torch, so that they are embedded in the process too."""
    return stored_model(tmp_path / "m", small_config(text={"ls_init_value": 0.5}))


def pictures(count: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.random.default_rng(1).integers(0, 256, (count, 32, 32, 3), np.uint8)


def encoders() -> list[int]:
    return [each.pid or 0 for each in active_children() if each.name == "souvenir-encoder"]


def kill_encoder() -> None:
    (pid,) = encoders()
    os.kill(pid, signal.SIGKILL)


def test_it_embeds_photos_and_texts_as_an_encoder_here_does(model: Model, tmp_path: Path) -> None:
    here = load_encoder(model, device="cpu", cache=tmp_path)
    there = EncoderProcess(model, device="cpu", cache=tmp_path)
    assert there.device == here.device
    np.testing.assert_allclose(
        there.encode_images(pictures(9)), here.encode_images(pictures(9)), atol=1e-4
    )
    texts = ["a dog", "a red tent"]
    np.testing.assert_allclose(there.encode_texts(texts), here.encode_texts(texts), atol=1e-4)
    there.use_threads(1)
    there.close()
    assert encoders() == []


def test_a_batch_that_exceeds_the_shared_memory_goes_in_parts(
    model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.embedding.encoder_process.MEMORY_BYTES", 4 * 32 * 32 * 3)
    small = EncoderProcess(model, device="cpu", cache=tmp_path)
    assert small.batch_size == 4
    vectors = small.encode_images(pictures(10))
    assert vectors.shape == (10, model.dim)
    np.testing.assert_allclose(small.encode_images(pictures(10)[7:8])[0], vectors[7], atol=1e-4)
    small.close()


def test_a_model_that_cannot_be_loaded_says_so_in_its_sentence(
    model: Model, tmp_path: Path
) -> None:
    model.weights.write_bytes(b"")
    with pytest.raises(ModelError, match="install it again"):
        EncoderProcess(model, device="cpu", cache=tmp_path)
    assert encoders() == []


def test_nobody_waits_for_a_model_that_is_not_wanted_any_more(model: Model, tmp_path: Path) -> None:
    with pytest.raises(CancelledError):
        EncoderProcess(model, device="cpu", cache=tmp_path, cancelled=lambda: True)
    assert encoders() == []


@needs_signals
def test_a_crash_is_an_error_in_a_sentence(model: Model, tmp_path: Path) -> None:
    encoder = EncoderProcess(model, device="cpu", cache=tmp_path)
    kill_encoder()
    with pytest.raises(EncoderCrashError, match="stopped unexpectedly"):
        encoder.encode_images(pictures(1))
    encoder.close()


@needs_signals
def test_the_worker_starts_an_encoder_anew_that_crashed(model: Model, tmp_path: Path) -> None:
    worker = EmbeddingWorker(model, device="cpu", cache=tmp_path)
    before = worker.encode_images(pictures(2)).result(PATIENCE)
    kill_encoder()
    after = worker.encode_images(pictures(2)).result(PATIENCE)
    np.testing.assert_allclose(before, after, atol=1e-4)
    worker.close()


def test_closing_does_not_wait_for_a_model_to_load(model: Model, tmp_path: Path) -> None:
    worker = EmbeddingWorker(model, device="cpu", cache=tmp_path)
    waiting = worker.encode_images(pictures(1))
    until(encoders)
    closing = threading.Thread(target=worker.close)
    closing.start()
    closing.join()
    assert waiting.cancelled()
    assert encoders() == []
