"""Photos: the same vectors as open_clip, on the device that is there, however little memory."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import open_clip
import pytest
import torch
from numpy.typing import NDArray
from PIL import Image

from core.embedding.devices import DeviceChoice, DeviceFacts, pick_device
from core.embedding.encoder import Encoder, load_encoder
from core.embedding.models import CONFIG_FILE, Model, find_model, read_model
from core.embedding.openclip import speed, towers
from core.embedding.precision import int8_is_better, probe_pictures, remembered_precision
from core.errors import ModelError
from tests.helpers.small_models import CONVOLUTIONS, small_clip, small_config, stored_model

NOTHING = DeviceFacts(None, "no CUDA GPU was found", None, "this is no Apple computer")
HERE = DeviceChoice("cpu", "fp32", "")


def reference(model: Model, pictures: NDArray[np.uint8]) -> NDArray[np.float32]:
    """What open_clip makes of pictures that already have the right size."""
    folder = f"local-dir:{model.weights.parent}"
    clip, _, preprocess = open_clip.create_model_and_transforms(folder)
    batch = torch.stack([preprocess(Image.fromarray(picture)) for picture in pictures])
    with torch.inference_mode():
        features: NDArray[np.float32] = clip.eval().encode_image(batch, normalize=True).numpy()
    return features


class NoTexts:
    """A text tower for encoders that are only asked for photos."""

    def encode_texts(self, texts: Any) -> NDArray[np.float32]:
        raise NotImplementedError(texts)


@pytest.mark.parametrize(
    "config",
    [
        small_config(),
        small_config(quick_gelu=True),
        small_config(vision=CONVOLUTIONS),
        small_config(vision={"image_size": 64, "layers": [1, 1, 1, 1], "width": 32}),
    ],
    ids=["transformer", "quick gelu", "MobileNet", "ResNet"],
)
def test_photos_are_embedded_as_open_clip_does(config: dict[str, Any], tmp_path: Path) -> None:
    model = stored_model(tmp_path / "m", config)
    encoder = load_encoder(model, device="cpu", cache=tmp_path)
    pictures = probe_pictures(model.model_input.size)
    ours = encoder.encode_images(pictures)
    assert ours.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-5)
    assert (ours * reference(model, pictures)).sum(axis=1).min() > 0.9999
    encoder.close()


def test_the_starter_model_loads_and_tells_pictures_apart(tmp_path: Path) -> None:
    model = find_model("starter", tmp_path)
    encoder = load_encoder(model, device="cpu", cache=tmp_path)
    pictures = probe_pictures(model.model_input.size)
    ours = encoder.encode_images(pictures)
    assert (ours * reference(model, pictures)).sum(axis=1).min() > 0.999
    assert encoder.encode_texts(["a dog"]).shape == (1, model.dim)
    assert encoder.device.precision == "fp32"  # it has hardly a linear layer to quantise


def test_batch_norms_are_folded_only_where_the_result_is_the_same() -> None:
    class Twice(torch.nn.Module):
        """The norm comes after the convolution in order, but also does something between."""

        def __init__(self) -> None:
            super().__init__()
            self.conv, self.norm = torch.nn.Conv2d(3, 8, 3), torch.nn.BatchNorm2d(8)
            self.norm.running_mean = torch.linspace(-3, 3, 8)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            features: torch.Tensor = self.norm(self.conv(x).exp()).flatten(1)
            return features

    odd = Twice().eval()
    assert speed.with_folded_norms(odd, 16) is odd
    usual = small_clip(small_config(vision=CONVOLUTIONS)).visual
    assert isinstance(usual, torch.nn.Module)
    folded = speed.with_folded_norms(usual, 64)
    assert not any(isinstance(part, torch.nn.BatchNorm2d) for part in folded.modules())


def test_a_text_tower_that_needs_torch_answers_as_open_clip_does(tmp_path: Path) -> None:
    config = small_config(text={"ls_init_value": 0.5})
    encoder = load_encoder(stored_model(tmp_path / "m", config), device="cpu", cache=tmp_path)
    texts = ["a dog", "海边的日落", ""]
    clip = open_clip.create_model(f"local-dir:{tmp_path / 'm'}").eval()
    tokenize = open_clip.get_tokenizer(f"local-dir:{tmp_path / 'm'}")
    with torch.inference_mode():
        theirs = clip.encode_text(tokenize(texts), normalize=True).numpy()
    np.testing.assert_allclose(encoder.encode_texts(texts), theirs, atol=1e-5)


def test_too_little_memory_halves_the_batch_and_goes_on(tmp_path: Path) -> None:
    model = stored_model(tmp_path / "m", small_config())
    sizes: list[int] = []

    def three_at_most(batch: NDArray[np.uint8]) -> NDArray[np.float32]:
        sizes.append(len(batch))
        if len(batch) > 3:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return batch.reshape(len(batch), -1)[:, : model.dim].astype(np.float32)

    encoder = Encoder(model, HERE, three_at_most, NoTexts())
    pictures = np.random.default_rng(0).integers(1, 255, (16, 32, 32, 3), dtype=np.uint8)
    found = encoder.encode_images(pictures)
    expected = pictures.reshape(16, -1)[:, : model.dim].astype(np.float32)
    expected /= np.linalg.norm(expected, axis=1, keepdims=True)
    np.testing.assert_allclose(found, expected, atol=1e-6)
    assert sizes == [16, 8, 4] + [2] * 8
    sizes.clear()
    encoder.encode_images(pictures[:4])
    assert sizes == [2, 2]  # what was learned is kept


def test_a_photo_too_big_for_the_device_is_said_in_a_sentence(tmp_path: Path) -> None:
    def never(_: NDArray[np.uint8]) -> NDArray[np.float32]:
        raise torch.OutOfMemoryError("CUDA out of memory")

    encoder = Encoder(stored_model(tmp_path / "m", small_config()), HERE, never, NoTexts())
    with pytest.raises(ModelError, match="more memory than the device has"):
        encoder.encode_images(np.zeros((4, 32, 32, 3), np.uint8))


def test_other_errors_of_the_device_are_not_taken_for_lack_of_memory(tmp_path: Path) -> None:
    def broken(_: NDArray[np.uint8]) -> NDArray[np.float32]:
        raise RuntimeError("shapes do not fit")

    encoder = Encoder(stored_model(tmp_path / "m", small_config()), HERE, broken, NoTexts())
    with pytest.raises(RuntimeError, match="shapes do not fit"):
        encoder.encode_images(np.zeros((4, 32, 32, 3), np.uint8))


def test_int8_is_taken_when_faster_and_close_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(
        "core.embedding.precision.time", SimpleNamespace(perf_counter=lambda: now[0])
    )

    def encoder(seconds: float, noise: float) -> Any:
        def encode(batch: NDArray[np.uint8]) -> NDArray[np.float32]:
            now[0] += seconds
            features = batch.reshape(len(batch), -1)[:, :64].astype(np.float32)
            error = 100 * noise * np.random.default_rng(0).normal(size=features.shape)
            return features + error.astype(np.float32)

        return encode

    exact = encoder(0.05, 0)
    assert int8_is_better(exact, encoder(0.01, 0.01), 32)
    assert not int8_is_better(exact, encoder(0.05, 0), 32)
    assert not int8_is_better(exact, encoder(0.01, 2), 32)


def test_the_precision_is_measured_once_and_remembered(tmp_path: Path) -> None:
    model = stored_model(tmp_path / "m", small_config())
    first = load_encoder(model, device="cpu", cache=tmp_path)
    notes = json.loads((tmp_path / "precision.json").read_text())
    (key,) = notes
    assert model.key in key
    assert torch.__version__ in key
    assert notes[key] == first.device.precision
    for precision in ("int8", "fp32"):
        (tmp_path / "precision.json").write_text(json.dumps({key: precision}))
        again = load_encoder(model, device="cpu", cache=tmp_path)
        assert again.device.precision == precision
        pictures = probe_pictures(32)
        likeness = (again.encode_images(pictures) * reference(model, pictures)).sum(axis=1)
        assert likeness.min() >= 0.99


def test_damaged_notes_only_cost_measuring_again(tmp_path: Path) -> None:
    (tmp_path / "precision.json").write_text('["no notes"')
    assert remembered_precision(tmp_path / "precision.json", "key") is None
    model = stored_model(tmp_path / "m", small_config())
    load_encoder(model, device="cpu", cache=tmp_path)
    assert json.loads((tmp_path / "precision.json").read_text())


@pytest.mark.parametrize(
    ("wanted", "facts", "name", "reason"),
    [
        ("auto", NOTHING, "cpu", "The CPU is used because no CUDA GPU was found."),
        ("cpu", NOTHING, "cpu", "The CPU is used because the settings say so."),
        (
            "cuda",
            NOTHING,
            "cpu",
            "The settings ask for a CUDA GPU, but no CUDA GPU was found: the CPU is used.",
        ),
        (
            "auto",
            DeviceFacts("NVIDIA T4", "", None, ""),
            "cuda",
            "The GPU NVIDIA T4 is used.",
        ),
        ("cpu", DeviceFacts("NVIDIA T4", "", None, ""), "cpu", None),
        ("auto", DeviceFacts(None, "", "of this Mac", ""), "mps", "The GPU of this Mac is used."),
        ("mps", NOTHING, "cpu", None),
    ],
)
def test_the_device_is_chosen_and_the_reason_said(
    wanted: str, facts: DeviceFacts, name: str, reason: str | None
) -> None:
    chosen, said = pick_device(wanted, facts)
    assert chosen == name
    assert said.endswith(".")
    assert reason is None or said == reason


def test_weights_that_do_not_fit_are_said_in_a_sentence(tmp_path: Path) -> None:
    model = stored_model(tmp_path / "m", small_config())
    wrong = {"model_cfg": small_config(vision=CONVOLUTIONS)}
    (tmp_path / "m" / CONFIG_FILE).write_text(json.dumps(wrong))
    with pytest.raises(ModelError, match="install it again"):
        load_encoder(read_model(tmp_path / "m", model.name), device="cpu", cache=tmp_path)


@pytest.mark.gpu
def test_a_gpu_embeds_as_the_cpu_does(tmp_path: Path) -> None:
    if not (torch.cuda.is_available() or torch.backends.mps.is_available()):
        pytest.skip("needs a CUDA or Apple GPU, and there is none")
    for index, vision in enumerate((None, CONVOLUTIONS)):
        model = stored_model(tmp_path / str(index), small_config(vision=vision))
        encoder = load_encoder(model, cache=tmp_path)
        assert encoder.device.precision == "fp16"
        pictures = probe_pictures(model.model_input.size)
        likeness = (encoder.encode_images(pictures) * reference(model, pictures)).sum(axis=1)
        assert likeness.min() > 0.999
        encoder.close()


def test_a_model_too_big_for_the_gpu_runs_on_the_cpu(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = towers.load_towers

    def small_gpu(model: Model, device: str, *rest: Any, **options: Any) -> towers.Towers:
        if device == "cuda":
            raise torch.OutOfMemoryError("CUDA out of memory")
        return load(model, "cpu", *rest, **options)

    monkeypatch.setattr(towers, "load_towers", small_gpu)
    monkeypatch.setattr(towers, "device_facts", lambda: DeviceFacts("Tiny GPU", "", None, ""))
    encoder = load_encoder(stored_model(tmp_path / "m", small_config()), cache=tmp_path)
    assert encoder.device.name == "cpu"
    assert "too little memory" in encoder.device.reason
