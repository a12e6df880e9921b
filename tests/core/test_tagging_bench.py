"""The bench of labels: which it measures, how it counts, and that learning shows in it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.quality.folders import CaptionedPhotos, PhotosByClass
from benchmarks.quality.report import Line
from benchmarks.tagging.__main__ import main
from benchmarks.tagging.choosing import Named, chosen, fitting
from benchmarks.tagging.correcting import STOPS, WAYS, corrections, most_that_can_be_learned
from benchmarks.tagging.holding import differences, in_captions
from benchmarks.tagging.new_photos import corrections_of_new_photos
from benchmarks.tagging.shelf import Shelf, average_precision
from core.catalog.labels import Label
from core.search.prompts import Prompts
from core.search.ruler import make_ruler
from core.tagging.classifiers import Classifier
from core.tagging.scoring import Judge

DIM, KINDS, EACH = 24, 20, 40
Vectors = NDArray[np.float32]


def classes_of(counts: dict[str, int], part: str = "things") -> PhotosByClass:
    names = tuple(sorted(counts))
    labels = np.repeat(np.arange(len(names)), [counts[name] for name in names])
    photos = tuple(Path(part, names[row], f"{n:03}.jpg") for n, row in enumerate(labels))
    return PhotosByClass(photos, labels, names, (part,) * len(photos), {})


def test_labels_are_chosen_by_size_and_alphabet() -> None:
    counts = {f"class {letter}": 40 for letter in "abcdefgh"} | {"small": 35}
    assert chosen(classes_of(counts), most=4) == ("class a", "class c", "class e", "class g")
    assert "small" in chosen(classes_of(counts), most=9, least=35)


def test_a_label_fits_its_kinds() -> None:
    classes = classes_of({"dog": 1, "cartoon of a dog": 1, "hot dog stand": 1, "bulldog": 1})
    named = fitting(classes, ("dog",))
    assert [classes.names[row] for row in np.flatnonzero(named.fits[0])] == [
        "cartoon of a dog",
        "dog",
    ]


def test_average_precision_by_hand() -> None:
    fits = np.array([True, False, True, False])
    assert average_precision(np.array([4, 3, 2, 1], np.float32), fits) == pytest.approx(5 / 6)
    assert average_precision(np.zeros(4, np.float32), fits) == pytest.approx((1 / 3 + 2 / 4) / 2)


def test_words_of_captions_are_labels() -> None:
    captions = ("Two dogs run.", "A dog on grass", "one hotdog", "A dog.")
    data = CaptionedPhotos(
        tuple(Path(f"{n}.jpg") for n in range(30)),
        captions * 30,
        np.repeat(np.arange(30), len(captions)),
    )
    named = in_captions(data, classes_of({"Gordon setter dog": 1, "hot air balloon": 1}))
    assert named.names == ("dog",)
    assert named.fits.all()


def photos(count: int, seed: int) -> Vectors:
    """Photos of KINDS kinds in turn, which lie around directions of their own."""
    random = np.random.default_rng(seed)
    centres = np.random.default_rng(0).normal(size=(KINDS, DIM))
    found = centres[np.arange(count) % KINDS] + random.normal(size=(count, DIM)) * 0.8
    unit: Vectors = (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)
    return unit


def kinds(count: int) -> Named:
    fits = np.stack([np.arange(count) % KINDS == kind for kind in range(4)])
    return Named(tuple(f"kind {kind}" for kind in range(4)), fits)


def test_corrections_teach_and_teach_more_than_chance() -> None:
    taught, measured = photos(KINDS * EACH, 1), photos(KINDS * 10, 2)
    random = np.random.default_rng(3)
    background = photos(60, 4)
    ruler = make_ruler(background, taught[::2])
    shelves = [Shelf(ruler, each, ruler.calibration.levels(each)) for each in (taught, measured)]
    nothing = np.empty((0, DIM), np.float32)
    judges = []
    for kind in range(4):
        words = taught[kind] + random.normal(size=DIM).astype(np.float32) * 0.25
        words /= np.linalg.norm(words)
        name = f"kind {kind}"
        judges.append(Judge(Label(name, (name,)), Classifier(words, nothing)))
    told = (judges, shelves[0], kinds(len(taught)), shelves[1], kinds(len(measured)))
    table, each = corrections("model", *told)
    by_way = {
        line.what: {
            column: value or 0.0 for column, value in zip(table.columns, line.values, strict=True)
        }
        for line in table.lines
    }
    assert list(by_way) == list(WAYS)
    teach, chance = by_way["as Teach proposes"], by_way["at random"]
    before, after = (f"{stop} corrections mAP" for stop in (STOPS[0], STOPS[2]))
    assert teach[before] == chance[before]
    assert teach[after] > chance[after]
    assert teach["gain at 20"] == pytest.approx(teach[after] - teach[before])
    assert [line.what for line in each.lines] == [judge.label.name for judge in judges]
    (most,) = most_that_can_be_learned("model", *told).lines
    assert (most.values[0] or 0) >= (chance[before] or 1)


class Words:
    """Texts that name a kind lie somewhat near it, all others anywhere."""

    def encode_texts(self, texts: Sequence[str]) -> Vectors:
        centres = np.random.default_rng(0).normal(size=(KINDS, DIM))
        rows = []
        for text in texts:
            anywhere = np.random.default_rng(zlib.crc32(text.encode())).normal(size=DIM)
            named = re.search(r"kind (\d+)", text)
            row = anywhere + 2 * centres[int(named[1])] if named else anywhere
            rows.append(row / np.linalg.norm(row))
        return np.array(rows, np.float32)


def test_photos_new_to_the_model_are_corrected_in_halves() -> None:
    fits = np.stack([*kinds(KINDS * EACH).fits, np.arange(KINDS * EACH) == 7])
    named = Named((*kinds(1).names, "fits one photo alone"), fits)
    table = corrections_of_new_photos("model", Prompts(Words()), photos(KINDS * EACH, 1), named)
    (line,) = table.lines
    figures = dict(zip(table.columns, (value or 0.0 for value in line.values), strict=True))
    before, after = (figures[f"{stop} corrections mAP"] for stop in (STOPS[0], STOPS[3]))
    assert 0 < before < after <= 1


def test_how_far_two_models_differ() -> None:
    present = [
        Line("by class", "one", (4.0, 0.5, 0.25, 0.4, 0.3, 1.0, 0.0)),
        Line("by class", "two", (4.0, 0.25, 0.5, 0.3, 0.5, 1.0, 0.0)),
    ]
    (line,) = differences(present).lines
    assert line.values == pytest.approx((0.25, 0.25, 0.1, 0.2))


def test_what_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corrections", "--classes", str(tmp_path / "none"), "--cache", str(tmp_path)]) == 1
    assert "is not there" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["nonsense"])
