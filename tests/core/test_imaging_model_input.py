"""The encoder is fed what open_clip's own preprocessing would feed it."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageOps

from core.embedding.views import all_views
from core.imaging.model_input import (
    MOST_VIEWS,
    WIDE,
    ModelInput,
    is_wide,
    prepare,
    prepare_views,
    view_boxes,
)
from core.imaging.reading import read_photo
from core.paths import STARTER_MODEL

Embed = Callable[[list[NDArray[np.uint8]]], NDArray[np.float32]]


def open_clips_own(image: Image.Image, spec: ModelInput) -> NDArray[np.uint8]:
    """What open_clip makes of an image, before it is normalised."""
    from open_clip.transform import PreprocessCfg, image_transform_v2

    cfg = PreprocessCfg(
        size=spec.size,
        mean=(0.0, 0.0, 0.0),
        std=(1.0, 1.0, 1.0),
        interpolation=spec.interpolation,
        resize_mode=spec.resize_mode,
        fill_color=spec.fill,
    )
    tensor = image_transform_v2(cfg, is_train=False)(image)
    found: NDArray[np.uint8] = np.rint(tensor.permute(1, 2, 0).numpy() * 255).astype(np.uint8)
    return found


@pytest.mark.parametrize(
    "spec",
    [
        ModelInput(224),
        ModelInput(112, interpolation="bilinear"),
        ModelInput(256, resize_mode="squash"),
        ModelInput(224, resize_mode="longest", fill=127),
        ModelInput(224, resize_mode="longest", interpolation="bilinear"),
    ],
    ids=lambda spec: f"{spec.resize_mode}-{spec.interpolation}-{spec.size}",
)
@pytest.mark.parametrize(
    "size", [(640, 427), (427, 640), (300, 300), (225, 224), (101, 57), (1501, 333), (224, 224)]
)
def test_pixels_are_those_of_open_clip(size: tuple[int, int], spec: ModelInput) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (size[1] // 4 + 1, size[0] // 4 + 1, 3))
    image = Image.fromarray(noise.astype(np.uint8)).resize(size, Image.Resampling.BICUBIC)

    assert np.array_equal(prepare(image, spec), open_clips_own(image, spec))


def test_a_wide_photo_is_looked_at_from_end_to_end() -> None:
    """Three squares side by side, each of another colour: one view of each, lying or standing."""
    colours = [(200, 100, 50), (10, 20, 30), (60, 200, 90)]
    photo = Image.new("RGB", (300, 100))
    for place, colour in enumerate(colours):
        photo.paste(colour, (100 * place, 0, 100 * place + 100, 100))
    for wide in (photo, photo.transpose(Image.Transpose.ROTATE_270)):
        found = prepare_views(wide, ModelInput(32))
        assert found.shape == (3 * 32, 32, 3)
        assert [found[32 * view + 16, 16].tolist() for view in range(3)] == [*map(list, colours)]


@pytest.mark.parametrize("size", [(640, 427), (427, 640), (300, 300), (400, 300)])
def test_other_photos_are_looked_at_once_as_open_clip_does(size: tuple[int, int]) -> None:
    image = Image.effect_noise(size, 60).convert("RGB")
    for spec in (ModelInput(64), ModelInput(64, resize_mode="squash")):
        assert np.array_equal(prepare_views(image, spec), open_clips_own(image, spec))


@pytest.mark.parametrize("ratio", [WIDE, 1.9, 2.0, 2.004, 2.5, 3.0, 3.7, 4.0, 9.0, 1000.0])
def test_views_leave_nothing_out(ratio: float) -> None:
    for box in ((3.0, 5.0, 3.0 + 100 * ratio, 105.0), (3.0, 5.0, 103.0, 5.0 + 100 * ratio)):
        boxes = view_boxes(box)
        lying = box[2] - box[0] > box[3] - box[1]
        spans = [(each[0], each[2]) if lying else (each[1], each[3]) for each in boxes]
        assert 2 <= len(boxes) <= MOST_VIEWS
        assert spans[0][0] == (box[0] if lying else box[1])
        assert spans[-1][1] == pytest.approx(box[2] if lying else box[3])
        assert all(after[0] <= before[1] + 1.0 for before, after in pairwise(spans))
        assert all(end - start >= 99.9 for start, end in spans)


def test_a_long_strip_does_not_fill_the_memory() -> None:
    strip = Image.new("RGB", (20_000, 20), (10, 20, 30))
    strip.paste((200, 100, 50), (19_000, 0, 20_000, 20))

    found = prepare_views(strip, ModelInput(224))

    assert found.shape == (MOST_VIEWS * 224, 224, 3)
    assert found[-112, -1].tolist() == [200, 100, 50]


@pytest.fixture(scope="module")
def embed() -> Embed:
    """The image encoder of the starter model, loaded by open_clip itself."""
    if not STARTER_MODEL.is_dir():
        pytest.skip("needs the starter model in resources/, which is not here")
    import open_clip
    import torch

    encoder = open_clip.create_model(f"local-dir:{STARTER_MODEL}").eval()
    config = json.loads((STARTER_MODEL / "open_clip_config.json").read_text(encoding="utf-8"))
    mean, deviation = (
        torch.tensor(config["preprocess_cfg"][name])[:, None, None] for name in ("mean", "std")
    )

    def run(batch: list[NDArray[np.uint8]]) -> NDArray[np.float32]:
        pixels = torch.from_numpy(np.stack(batch)).permute(0, 3, 1, 2).float() / 255
        with torch.inference_mode():
            found = encoder.encode_image((pixels - mean) / deviation, normalize=True)
        vectors: NDArray[np.float32] = found.numpy()
        return vectors

    return run


@pytest.fixture(scope="module")
def starter_input() -> ModelInput:
    config = json.loads((STARTER_MODEL / "open_clip_config.json").read_text(encoding="utf-8"))
    size = config["model_cfg"]["vision_cfg"]["image_size"]
    wanted = config["preprocess_cfg"]
    return ModelInput(size, wanted.get("resize_mode", "shortest"), wanted["interpolation"])


def large_photos(shared: Path) -> list[Path]:
    """Photos that are decoded at a fraction, or by reduction, of many cameras and formats."""
    folders = [shared / "photos" / name for name in ("burst", "exif", "formats", "orientation")]
    found = []
    for path in sorted(path for folder in folders for path in folder.rglob("*")):
        if path.suffix.lower() in {".jpg", ".png", ".webp", ".avif"}:
            with Image.open(path) as image:
                if min(image.size) >= 700 and image.width * image.height < 9e6:
                    found.append(path)
    return found[::3]


def test_embeddings_are_those_of_a_full_decode(
    shared: Path, embed: Embed, starter_input: ModelInput
) -> None:
    """Decoded at a fraction and scaled, against decoded in full by open_clip's preprocessing."""
    spec = starter_input
    paths = large_photos(shared)
    ours: list[NDArray[np.uint8]] = []
    theirs: list[NDArray[np.uint8]] = []
    for path in paths:
        pixels = read_photo(path, model_input=spec, thumbnail_dir=None).pixels
        assert pixels is not None
        ours.extend(all_views([pixels]))
        with Image.open(path) as image:
            upright = ImageOps.exif_transpose(image)
        if is_wide(*upright.size):  # open_clip knows one view only
            theirs.extend(all_views([prepare_views(upright.convert("RGB"), spec)]))
        else:
            theirs.append(open_clips_own(upright, spec))

    cosines = np.sum(embed(ours) * embed(theirs), axis=1)

    assert len(paths) >= 10
    assert cosines.min() >= 0.99
    assert cosines.mean() >= 0.995


def test_turned_copies_give_the_pixels_of_the_upright_one(shared: Path) -> None:
    """The copies were encoded one by one, so they differ by a grey level here and there."""
    for name in ("Landscape", "Portrait"):
        inputs = []
        for orientation in range(9):
            path = shared / "photos/orientation" / f"{name}_{orientation}.jpg"
            pixels = read_photo(path, model_input=ModelInput(224), thumbnail_dir=None).pixels
            assert pixels is not None
            inputs.append(pixels.astype(int))

        # Without a tag ("_0"), or with 1, the photo is stored upright.
        assert max(np.abs(turned - inputs[1]).mean() for turned in inputs) < 2
