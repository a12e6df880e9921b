"""The parts of the recipe that learn: losses by hand, steps that lower them, runs that go on."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.augment import crop_boxes, cropped, turned, whole_photos
from training.evaluate import Exam, ExamTexts, Queries, figures, owners
from training.loop import parameter_groups, train
from training.losses import any_of, as_said, contrastive, named, one_of
from training.model import EMBED_DIM, build, tokenizer
from training.names import NameVectors
from training.photos import Looking, PhotoMaterial, photo_loss
from training.progress import keep
from training.reading import read_texts
from training.settings import PhotoPlan, Schedule, SpacePlan, TextPlan
from training.space import Space, SpaceMaterial, space_loss
from training.texts import TextMaterial, text_loss

SCHEDULE = Schedule("small", 1, 4, 1e-2, 1, 0.0, 0.0, 2)


def unit(*shape: int) -> Tensor:
    """Random unit rows."""
    return functional.normalize(torch.randn(*shape), dim=-1)


def test_contrastive_loss_by_hand() -> None:
    """With orthogonal pairs and scale s each of the four rows loses ln(1 + e^-s)."""
    pairs = torch.eye(2)
    loss = contrastive(pairs, pairs, torch.tensor(2.0))
    assert loss.item() == pytest.approx(math.log(1 + math.exp(-2.0)), abs=1e-6)


def test_others_that_say_the_same_are_no_wrong_answers() -> None:
    """One of two others is the answer again; only the other one counts."""
    answer, other = torch.tensor([[1.0, 0.0]]), torch.tensor([[0.0, 1.0]])
    loss = one_of(answer, answer, torch.cat([answer, other]), torch.tensor(3.0))
    assert loss.item() == pytest.approx(math.log(1 + math.exp(-3.0)), abs=1e-6)


def test_a_query_with_two_answers_shares_its_probability() -> None:
    """The best is half each: ln 2; a query without an answer is left out."""
    answers = torch.eye(3)
    right = torch.tensor([[1.0, 1.0, 0.0], [0.0, 0.0, 0.0]])
    queries = torch.stack([functional.normalize(torch.tensor([1.0, 1.0, 0.0]), dim=0), answers[2]])
    loss = any_of(queries, answers, right, torch.tensor(50.0))
    assert loss.item() == pytest.approx(math.log(2), abs=1e-3)
    assert any_of(queries, answers, torch.zeros(2, 3), torch.tensor(1.0)).item() == 0


def test_names_are_learned_from_classes_and_from_what_is_said() -> None:
    """Both agree where what is said is the smoothed class."""
    photos, names = unit(4, 8), unit(3, 8)
    classes = torch.tensor([0, 1, 2, 1])
    said = functional.one_hot(classes, 3) * 0.95 + 0.05 / 3
    scale = torch.tensor(7.0)
    torch.testing.assert_close(
        named(photos, names, classes, scale), as_said(photos, names, said, scale)
    )


def test_figures_by_hand() -> None:
    """Of two photos with two texts each, one text ranks its photo second."""
    exam = Exam(
        captions={"english": Queries(("", "", "", ""), owners([2, 2]))},
        class_names=(),
        held_out=torch.tensor([0]),
        label_names=(),
        sure=torch.tensor([2]),
        labels=torch.tensor([5]),
        sentences={"german": (("",), ("",))},
    )
    texts = ExamTexts(
        captions={"english": torch.tensor([[1.0, 0.0], [0.9, 0.1], [0.2, 0.8], [0.7, 0.3]])},
        class_names=torch.tensor([[0.0, 1.0]] + [[1.0, 0.0]] * 5),
        label_names=torch.tensor([[1.0, 0.0]] * 5 + [[0.0, 1.0]]),
        sentences={"german": (torch.eye(2), torch.eye(2).flip(0))},
    )
    found = figures(exam, texts, torch.eye(2), torch.tensor([[1.0, 0.0]]))
    assert found["english_to_photo_1"] == pytest.approx(0.75)
    assert found["english_to_photo_5"] == found["photo_to_english_10"] == 1.0
    assert found["class_5"] == found["label_5"] == 0.0
    assert found["german_to_english_10"] == 1.0


def test_texts_are_read_the_same_without_padding() -> None:
    """Grouping texts by length changes nothing that open_clip's own tower would say."""
    clip = build(0).eval()
    texts = ["a dog", "雪地里的狗", "two children run along a beach at dusk", "a red car", ""]
    tokens = tokenizer()(texts)
    with torch.no_grad():
        torch.testing.assert_close(read_texts(clip, tokens), clip.encode_text(tokens))


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
    """Every crop lies within its photo and is not too small."""
    boxes = crop_boxes(200, 0.4, np.random.default_rng(0))
    assert (boxes[:, :2] >= 0).all()
    assert (boxes[:, :2] + boxes[:, 2:] <= 1 + 1e-6).all()
    assert (boxes[:, 2] * boxes[:, 3] > 0.3).all()


def test_turned_photos() -> None:
    """The first three of four photos are turned once, twice and three times."""
    photos = torch.arange(4.0).view(1, 1, 2, 2).repeat(4, 3, 1, 1)
    found = turned(photos, 3)
    for times in (1, 2, 3):
        torch.testing.assert_close(found[times - 1], torch.rot90(photos[0], times, (1, 2)))
    torch.testing.assert_close(found[3], photos[3])
    torch.testing.assert_close(turned(photos, 0), photos)


def names_of(dim: int) -> NameVectors:
    """Made-up names: four classes, five labels with two names each, six words of eight photos."""
    return NameVectors(
        unit(4, 4, dim),
        tuple(unit(2, 4, dim) for _ in range(5)),
        unit(6, 4, dim),
        torch.ones(8, 6) > 0,
    )


def test_a_few_steps_lower_the_loss_of_the_space() -> None:
    """On made-up features, with every part of the mixture."""
    torch.manual_seed(0)
    features = torch.rand(20, 1280)
    space = Space(features)
    material = SpaceMaterial(
        described=features[:8],
        captions=unit(8, 5, 384),
        classified=features[8:],
        classes=torch.arange(12) % 4,
        said_described=torch.rand(8, 5).softmax(dim=1),
        said_classified=torch.rand(12, 5).softmax(dim=1),
        prototypes=torch.randn(5, 1280),
        names=names_of(384),
    )
    lowers(space, lambda _: space_loss(space, material, SpacePlan(SCHEDULE, batch=8), 0))


def test_a_few_steps_lower_the_loss_of_the_text_tower() -> None:
    """Four captions, two of them Chinese, learn their places and their photos."""
    clip = build(0)
    texts = ["a dog", "a cat on a sofa", "狗", "沙发上的猫"]
    material = TextMaterial(
        tokens=tokenizer()(texts).numpy().astype(np.uint16),
        targets=unit(4, EMBED_DIM).half(),
        groups={("en", "caption"): np.array([0, 1]), ("zh", "caption"): np.array([2, 3])},
        photo_of=np.array([0, 1, 0, -1]),
        photos=unit(9, EMBED_DIM),
    )
    plan = TextPlan(SCHEDULE, (("en", "caption", 2), ("zh", "caption", 2)))
    lowers(clip, lambda _: text_loss(clip, material, plan, 0), rate=1e-3)


def test_a_few_steps_lower_the_loss_of_the_image_tower() -> None:
    """The photos of a step are remembered as they were seen; normalisation stays as it was."""
    clip = build(0)
    random = np.random.default_rng(0)
    material = PhotoMaterial(
        described=random.integers(0, 255, (8, 64, 64, 3), dtype=np.uint8),
        english=unit(8, 5, EMBED_DIM),
        chinese=unit(8, 5, EMBED_DIM),
        classified=random.integers(0, 255, (6, 64, 64, 3), dtype=np.uint8),
        classes=torch.arange(6) % 4,
        said_described=torch.rand(8, 5).softmax(dim=1),
        said_classified=torch.rand(6, 5).softmax(dim=1),
        names=names_of(EMBED_DIM),
    )
    looking = Looking(clip.visual, torch.zeros(8, EMBED_DIM))
    statistics = {n: v.clone() for n, v in looking.named_buffers() if "running" in n}
    plan = PhotoPlan(SCHEDULE, described=4, named=4, resolution=64)
    lowers(looking, lambda _: photo_loss(looking, material, plan, 0), rate=1e-3)
    assert (looking.seen.norm(dim=1) > 0).sum() == 4
    for name, value in looking.named_buffers():
        if "running" in name:
            torch.testing.assert_close(value, statistics[name])


def lowers(module: nn.Module, loss_at: object, rate: float = 1e-3) -> None:
    """Check that four steps of AdamW on one batch lower its loss."""
    assert callable(loss_at)
    optimizer = torch.optim.AdamW(parameter_groups(module, 0.0), lr=rate)
    module.train()
    losses = []
    for step in range(5):
        loss = loss_at(step)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0]


def test_a_run_that_was_interrupted_ends_as_if_it_had_not_been(tmp_path: Path) -> None:
    """A stage goes on from its checkpoint; a finished one is only read back."""
    inputs = torch.randn(4, 8, 3, generator=torch.Generator().manual_seed(0))

    def run(folder: Path, steps: list[int]) -> list[Tensor]:
        folder.mkdir()
        ends = []
        for last in steps:
            torch.manual_seed(1)
            layer = nn.Linear(3, 1)

            def loss_at(step: int, layer: nn.Linear = layer, last: int = last) -> Tensor:
                if step >= last:
                    raise KeyboardInterrupt
                found: Tensor = (layer(inputs[step]) ** 2).mean()
                return found

            plan = replace(SCHEDULE, averaging=0.5)
            try:
                done = train(layer, plan, loss_at, lambda _: {"figure": 0.5}, folder)
                ends.append(done.weight.detach())
            except KeyboardInterrupt:
                continue
        return ends

    whole = run(tmp_path / "whole", [4])
    parts = run(tmp_path / "parts", [3, 4, 0])
    assert len(parts) == 2
    torch.testing.assert_close(parts[0], whole[0])
    torch.testing.assert_close(parts[1], whole[0])
    lines = (tmp_path / "parts" / "small.jsonl").read_text(encoding="utf-8").splitlines()
    assert [line.startswith('{"step": ') for line in lines] == [True, True]


def test_a_run_goes_on_from_kept_progress_on_a_machine_that_has_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the stage does not learn is left out and stays what it is there."""
    learns, stays = nn.Linear(2, 1), nn.Linear(2, 1)
    both = nn.ModuleDict({"learns": learns, "stays": stays})
    steps: list[int] = []

    def loss_at(step: int) -> Tensor:
        steps.append(step)
        found: Tensor = learns(torch.ones(1, 2)).square().sum()
        return found

    def measure(_: nn.Module) -> dict[str, float]:
        return {"figure": 0.5}

    first = train(both, replace(SCHEDULE, steps=2), loss_at, measure, tmp_path)
    keep(tmp_path / "small.pt", tmp_path / "kept" / "small.safetensors", leave="stays.")
    monkeypatch.setattr("training.loop.KEPT", tmp_path / "kept")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with torch.no_grad():
        stays.weight.fill_(7.0)
    went_on = train(both, replace(SCHEDULE, steps=2), loss_at, measure, elsewhere).state_dict()
    learned = first.state_dict()["learns.weight"]
    torch.testing.assert_close(went_on["learns.weight"], learned, atol=1e-3, rtol=0)
    assert went_on["stays.weight"].tolist() == [[7.0, 7.0]]
    train(both, SCHEDULE, loss_at, measure, elsewhere)
    assert steps == [0, 1, 2, 3]
