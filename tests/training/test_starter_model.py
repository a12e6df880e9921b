"""The starter model as shipped, and the parts of the recipe that made it."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch.nn import functional

from training.batches import Batch, Batches, cropped, pasted, tokenized, turned, whole_photos
from training.data import (
    Sample,
    caption_groups,
    captioned,
    crop_boxes,
    is_held_out,
    plain,
    training_samples,
)
from training.evaluate import owners, recall
from training.learner import Learner, parameter_groups, photo_loss, sibling_loss, text_loss
from training.losses import contrastive, cosine_distance, same_label, soft_ranking
from training.model import (
    CONFIG,
    CONFIG_FILE,
    CONTEXT_LENGTH,
    EMBED_DIM,
    IMAGE_SIZE,
    WEIGHTS_FILE,
    load,
)
from training.reading import read_texts
from training.record import Shipped
from training.settings import ROUNDS, Weights
from training.teacher import FEATURES, features_file, finished_crops, opened

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "resources" / "models" / "starter"
SHARED = ROOT.parent / "shared"
LARGEST_BYTES = 24_000_000
# Recall at 10 among the first 200 development photos; the shipped file was measured at 0.546.
FLOOR = 0.52

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared material is absent")


def test_shipped_model_loads_through_open_clip() -> None:
    """Both towers answer in the promised shapes, and the configuration is the recipe's."""
    model, preprocess, tokenize = load(SHIPPED)
    assert json.loads((SHIPPED / CONFIG_FILE).read_text(encoding="utf-8")) == CONFIG
    tokens = tokenize(["a dog", "two children on a beach"])
    assert tokens.shape == (2, CONTEXT_LENGTH)
    with torch.no_grad():
        photos = model.encode_image(torch.zeros(2, 3, IMAGE_SIZE, IMAGE_SIZE))
        texts = model.encode_text(tokens)
    assert photos.shape == texts.shape == (2, EMBED_DIM)
    assert torch.isfinite(photos).all()
    assert torch.isfinite(texts).all()
    assert 1.0 <= model.logit_scale.exp().item() <= 100.5
    assert "bicubic" in str(preprocess)


def test_shipped_files_are_small() -> None:
    """The starter model travels with the program, so its size is bounded."""
    size = sum((SHIPPED / name).stat().st_size for name in (CONFIG_FILE, WEIGHTS_FILE))
    assert size <= LARGEST_BYTES


@needs_shared
def test_shipped_model_finds_photos_by_caption() -> None:
    """Text to photo on the first 200 development photos stays above what was measured."""
    found = Shipped(SHIPPED, SHARED).recall(captioned(SHARED, "dev")[:200])
    assert found.text_to_photo_10 >= FLOOR


@needs_shared
def test_held_out_photos_are_never_trained_on() -> None:
    """No photo by class with a file number divisible by five is in the training data."""
    samples = training_samples(SHARED)
    by_class = [sample.path for sample in samples if sample.path.startswith("photos-by-class/")]
    assert by_class
    assert not any(is_held_out(path) for path in by_class)


@needs_shared
def test_captions_of_photos_to_be_measured_on_are_never_read() -> None:
    """No caption without a photo is one of a development photo, nor of such a photo's others."""
    dev = captioned(SHARED, "dev")
    groups = caption_groups(SHARED, dev)
    measured = {plain(text) for sample in dev for text in sample.texts}
    read = {plain(text) for group in groups for text in group.texts}
    assert len(groups) > 20_000
    assert all(len(group.texts) == 5 for group in groups)
    assert not measured & read


def test_contrastive_loss_by_hand() -> None:
    """With orthogonal pairs and scale s each of the four rows loses ln(1 + e^-s)."""
    pairs = torch.eye(2)
    nothing = torch.zeros(2, 2, dtype=torch.bool)
    loss = contrastive(pairs, pairs, torch.tensor(2.0), nothing)
    assert loss.item() == pytest.approx(math.log(1 + math.exp(-2.0)), abs=1e-6)


def test_contrastive_loss_ignores_photos_of_one_class() -> None:
    """Two photos of one class are no negatives of each other; then nothing is left to lose."""
    ignored = same_label(torch.tensor([3, 3]))
    assert ignored.tolist() == [[False, True], [True, False]]
    pairs = functional.normalize(torch.ones(2, 4), dim=1)
    assert contrastive(pairs, pairs, torch.tensor(5.0), ignored).item() == pytest.approx(0.0)


def test_distillation_losses_by_hand() -> None:
    """Equal embeddings lose nothing; opposite ones lose 2; a known pair of rankings is exact."""
    here = torch.tensor([[1.0, 0.0]])
    away = torch.tensor([[0.0, 1.0]])
    texts = torch.eye(2)
    assert cosine_distance(here, -here).item() == pytest.approx(2.0)
    assert soft_ranking(here, here, texts, 3.0).item() == pytest.approx(0.0, abs=1e-6)
    likely = 1 / (1 + math.exp(-1.0))
    expected = (2 * likely - 1) * 1.0  # KL of (p, 1-p) from (1-p, p) is (2p-1) · ln(p / (1-p)).
    assert soft_ranking(away, here, texts, 1.0).item() == pytest.approx(expected, abs=1e-6)


def test_recall_by_hand() -> None:
    """Of two photos with two texts each, one text ranks its photo second."""
    photos = torch.eye(2)
    texts = torch.tensor([[1.0, 0.0], [0.9, 0.1], [0.2, 0.8], [0.7, 0.3]])
    found = recall(photos, texts, owners([2, 2]))
    assert found.text_to_photo_1 == pytest.approx(0.75)
    assert found.text_to_photo_5 == pytest.approx(1.0)
    assert found.photo_to_text_1 == pytest.approx(1.0)


def test_texts_are_read_the_same_without_padding() -> None:
    """Grouping texts by length changes nothing that open_clip's own tower would say."""
    learner = Learner(seed=0).eval()
    texts = ("a dog", "snow", "two children run along a beach at dusk", "a red car in the rain", "")
    tokens = tokenized([Sample("made-up.jpg", texts, 0)]).tokens
    with torch.no_grad():
        expected = learner.clip.encode_text(tokens)
        torch.testing.assert_close(read_texts(learner.clip, tokens), expected)


def test_crops() -> None:
    """The whole box gives the photo back, mirrored where asked; half a box gives half the photo."""
    photo = np.zeros((2, 8, 8, 3), dtype=np.uint8)
    photo[:, :, :4] = 255
    whole = whole_photos(photo)
    boxes = torch.tensor([[0.0, 0.0, 1.0, 1.0], [0.0, 0.0, 1.0, 1.0]])
    cut = cropped(whole, boxes, torch.tensor([False, True]), 8)
    torch.testing.assert_close(cut[0], whole[0])
    torch.testing.assert_close(cut[1], whole[1].flip(2))
    left = torch.tensor([[0.0, 0.0, 0.5, 1.0]]).repeat(2, 1)
    half = cropped(whole, left, torch.tensor([False, False]), 4)
    torch.testing.assert_close(half, whole[:, :, :4, :4])


def test_crop_boxes_stay_inside() -> None:
    """Every crop lies within its photo; the first is all of it."""
    boxes = crop_boxes(50, 3, 0.4, 1)
    assert (boxes[:, 0] == np.array([0, 0, 1, 1])).all()
    assert (boxes[..., :2] >= 0).all()
    assert (boxes[..., :2] + boxes[..., 2:] <= 1 + 1e-6).all()


def test_a_pasted_piece_mixes_features_by_its_area() -> None:
    """Half black, half white photos: the share of changed pixels is the share of the features."""
    photos = torch.stack([torch.zeros(3, 32, 32), torch.ones(3, 32, 32)])
    features = torch.tensor([[0.0], [1.0]])
    random = np.random.default_rng(0)
    seen = set()
    for _ in range(20):
        mixture, mixed = pasted(photos, features, random)
        torch.testing.assert_close(mixture.mean(dim=(1, 2, 3)), mixed[:, 0])
        seen.add(round(mixed[0, 0].item(), 3))
    assert len(seen) > 2


def test_turned_photos() -> None:
    """The first three of four photos are turned once, twice and three times."""
    photos = torch.arange(4.0).view(1, 1, 2, 2).repeat(4, 3, 1, 1)
    found = turned(photos, 3)
    for times in (1, 2, 3):
        torch.testing.assert_close(found[times - 1], torch.rot90(photos[0], times, (1, 2)))
    torch.testing.assert_close(found[3], photos[3])
    torch.testing.assert_close(turned(photos, 0), photos)


def test_features_are_drawn_as_the_teacher_finishes_views(tmp_path: Path) -> None:
    """Only finished views count, and a later stage's steps draw from more of them."""
    boxes = crop_boxes(8, 6, 0.4, 1)
    file = features_file(boxes, tmp_path, "made-up")
    features = opened(boxes, file)
    assert features.views() == 0
    (tmp_path / f"{file.stem}.done").write_text("41", encoding="utf-8")
    assert finished_crops(features.progress) == 41
    assert features.views() == 5
    samples = [Sample(f"{row}.jpg", (f"photo {row}",), row) for row in range(8)]
    plan = replace(ROUNDS[-1].stages[1], batch=4, resolution=32, views=2, steps_per_view=3)
    photos = np.random.default_rng(0).integers(0, 255, (8, 128, 128, 3), dtype=np.uint8)
    batches = Batches(samples, photos, boxes, features, plan)
    assert [batches.views(step) for step in (0, 2, 3, 9, 1000)] == [2, 2, 3, 5, 6]
    first, again = batches.draw(1), batches.draw(1)
    assert first.photos.shape == (4, 3, 32, 32)
    assert not first.mixed
    torch.testing.assert_close(first.photos, again.photos)
    assert batches.draw(plan.mixed_every - 1).mixed


def test_captions_of_one_photo_attract_each_other() -> None:
    """A step on two pairs of captions lowers what they lose."""
    torch.manual_seed(0)
    learner = Learner(seed=0)
    texts = ("a dog runs", "a running dog", "a red car", "the car is red")
    tokens = tokenized([Sample("", texts, -1)]).tokens
    optimizer = torch.optim.AdamW(parameter_groups(learner, 0.0), lr=1e-4)
    before = sibling_loss(learner, tokens[::2], tokens[1::2])
    before.backward()  # type: ignore[no-untyped-call]
    optimizer.step()
    assert sibling_loss(learner, tokens[::2], tokens[1::2]).item() < before.item()


def test_one_step_lowers_the_losses() -> None:
    """One small step of AdamW on made-up data lowers both stages' losses."""
    torch.manual_seed(0)
    learner = Learner(seed=0)
    samples = [
        Sample(f"{word}.jpg", (f"a {word} photo",), row)
        for row, word in enumerate(("red", "green", "blue", "dark"))
    ]
    texts = tokenized(samples)
    batch = Batch(
        photos=torch.randn(4, 3, 64, 64),
        features=torch.randn(4, FEATURES),
        texts=torch.arange(4),
        labels=torch.arange(4),
        mixed=False,
    )
    optimizer = torch.optim.AdamW(parameter_groups(learner, 0.0), lr=1e-4)

    def loss() -> torch.Tensor:
        read = learner.read(texts.tokens)
        whole = photo_loss(learner, batch, read, read, Weights())
        return whole + text_loss(learner, batch, read)

    before = loss()
    before.backward()  # type: ignore[no-untyped-call]
    optimizer.step()
    assert loss().item() < before.item()
