"""The quality bench embeds as the product does, and counts what open_clip counts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from benchmarks.quality.__main__ import main
from benchmarks.quality.agreement import TITLE, agreement, disagreement
from benchmarks.quality.conditions import CONDITIONS, UPRIGHT
from benchmarks.quality.embedding import Embedder
from benchmarks.quality.folders import PhotosByClass, by_class, captioned, held_out, spread
from benchmarks.quality.measures import phrasings, retrieval, zero_shot
from benchmarks.quality.report import Line, Table
from core.embedding.models import STARTER, Model, find_model
from core.imaging.reading import read_photo
from tests.helpers.sample_photos import copy_sample_photos
from tests.helpers.small_models import CONVOLUTIONS, small_config, stored_model


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> PhotosByClass:
    """Small copies of the sample photographs, three to a class."""
    folder = tmp_path_factory.mktemp("by-class")
    originals = copy_sample_photos(folder.parent / "originals")
    for index, path in enumerate(originals):
        name = ("a cat", "grass", "motorcycle", "old_coins", "the_moon")[index % 5]
        (folder / name).mkdir(exist_ok=True)
        with Image.open(path) as image:
            pixels = np.asarray(image.convert("RGB").resize((96, 72)))
        # From the pixels alone: open_clip knows no colour profiles.
        Image.fromarray(pixels).save(folder / name / f"photo-{index}.png")
    return by_class(folder)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Model:
    # Convolutions: which precision a transformer gets depends on what is faster at the moment.
    return stored_model(tmp_path_factory.mktemp("small"), small_config(CONVOLUTIONS))


def embedder(model: Model, cache: Path) -> Embedder:
    return Embedder(model, cache, device="cpu")


def check(model: Model, data: PhotosByClass, cache: Path) -> None:
    """Top-1 and top-5 are equal for each set of templates, and the cosines behind them."""
    table = agreement(embedder(model, cache), data)
    assert table is not None
    assert disagreement(table) == ""
    for line in table.lines:
        ours_1, theirs_1, ours_5, theirs_5, same, apart = line.values
        assert ours_1 == theirs_1, line.what
        assert ours_5 == theirs_5, line.what
        assert same == 1.0, line.what
        assert apart is not None
        assert apart < 1e-4, line.what


def test_a_small_model_is_measured_as_open_clip_measures_it(
    small: Model, photos: PhotosByClass, tmp_path: Path
) -> None:
    check(small, photos, tmp_path)


def test_the_starter_is_measured_as_open_clip_measures_it(shared: Path, tmp_path: Path) -> None:
    found = by_class(shared / "photos-by-class")
    measured, _ = held_out(found, 5)
    sample = found.part(measured[list(spread(len(measured), 60))])
    check(find_model(STARTER, tmp_path), sample, tmp_path)


def test_figures_that_differ_are_told() -> None:
    columns = ("top-1", "open_clip's", "top-5", "open_clip's ", "same first", "most apart")
    lines = (
        Line("bare", "small", (0.5, 0.5, 0.75, 0.75, 1.0, 1e-7)),
        Line("ensemble", "small", (0.5, 0.5, 0.75, 0.5, 0.9, 0.2)),
    )
    told = disagreement(Table(TITLE, columns, lines))
    assert told.startswith("These figures are not open_clip's: small, ensemble.")
    assert disagreement(Table(TITLE, columns, lines[:1])) == ""


def test_photos_are_embedded_as_indexing_does(
    small: Model, photos: PhotosByClass, tmp_path: Path
) -> None:
    bench = embedder(small, tmp_path)
    pixels = read_photo(photos.photos[3], model_input=small.model_input, thumbnail_dir=None).pixels
    assert pixels is not None
    wanted = bench.encoder.encode_images(pixels[None])[0]
    found = bench.photos(photos.photos, UPRIGHT)
    np.testing.assert_allclose(found[3], wanted, atol=1e-5)


def test_what_is_known_is_not_embedded_again(
    small: Model, photos: PhotosByClass, tmp_path: Path
) -> None:
    first = embedder(small, tmp_path)
    tables = [retrieval_and_names(first, photos) for _ in range(2)]
    assert first.embedded == len(photos.photos)
    again = embedder(small, tmp_path)
    tables.append(retrieval_and_names(again, photos))
    assert again.embedded == 0
    assert tables[0] == tables[1] == tables[2]
    fresh = embedder(small, tmp_path / "other")
    assert retrieval_and_names(fresh, photos) == tables[0]


def retrieval_and_names(bench: Embedder, photos: PhotosByClass) -> tuple[object, object]:
    return zero_shot(bench, photos), phrasings(bench)["ensemble"](photos.names).tolist()


def test_a_damaged_cache_is_made_again(small: Model, photos: PhotosByClass, tmp_path: Path) -> None:
    wanted = embedder(small, tmp_path).photos(photos.photos, UPRIGHT)
    for file in tmp_path.rglob("*.npz"):
        file.write_bytes(file.read_bytes()[:100])
    again = embedder(small, tmp_path)
    np.testing.assert_allclose(again.photos(photos.photos, UPRIGHT), wanted, atol=1e-6)
    assert again.embedded == len(photos.photos)


def test_each_condition_is_seen_by_the_model(
    small: Model, photos: PhotosByClass, tmp_path: Path
) -> None:
    bench = embedder(small, tmp_path)
    upright = bench.photos(photos.photos, UPRIGHT)
    for condition in CONDITIONS[1:]:
        changed = bench.photos(photos.photos, condition)
        likeness = (changed * upright).sum(axis=1)
        assert likeness.min() < 0.99999, condition.name


def test_a_whole_run(photos: PhotosByClass, small: Model, tmp_path: Path) -> None:
    """From the command line, on folders and a model that are nowhere installed."""
    folder = photos.photos[0].parents[1]
    lines = [
        {"image": str(path), "captions": [f"{path.parent.name} number {path.stem}"]}
        for path in photos.photos
    ]
    captions = tmp_path / "captions.jsonl"
    captions.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    arguments = ["--captions", captions, "--classes", folder, "--check", "--cache", tmp_path]
    arguments += ["--model-folder", small.weights.parent, "--device", "cpu"]
    figures: list[list[dict[str, Any]]] = []
    for out in (tmp_path / "first", tmp_path / "second"):
        assert main([*map(str, arguments), "--out", str(out)]) == 0
        assert (out / "quality.png").stat().st_size > 1000
        assert (out / "quality.md").read_text("utf-8").startswith("## Retrieval")
        figures.append(json.loads((out / "quality.json").read_text("utf-8"))["tables"])
    titles = [table["title"] for table in figures[0]]
    assert titles[0] == "Retrieval"
    assert titles[-1].startswith("Agreement")
    for first, second in zip(*figures, strict=True):
        if first["title"] != "Speed":  # all else is the same every time
            assert first == second
    (speeds,) = [table["lines"][0]["values"] for table in figures[0] if table["title"] == "Speed"]
    assert list(speeds)[:2] == ["ms a photo", "CPU ms a photo"]
    assert all(value > 0 for value in speeds.values())
    direct = retrieval(embedder(small, tmp_path), captioned(captions))
    assert figures[0][0]["lines"][0]["values"] == {
        name: round(value or 0.0, 4)
        for name, value in zip(direct.columns, direct.lines[0].values, strict=True)
    }


def test_a_folder_that_is_not_there_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--captions", str(tmp_path / "gone"), "--cache", str(tmp_path)]) == 1
    assert "gone" in capsys.readouterr().err
