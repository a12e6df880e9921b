"""Judging photos for labels: relevance, groups, learning, what to ask next, label files."""

from __future__ import annotations

import csv
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.catalog.labels import Label
from core.errors import SouvenirError
from core.library.tag_listing import write_tags
from core.search.ruler import Ruler, make_ruler
from core.tagging.classifiers import Classifier
from core.tagging.files import read_labels, write_labels
from core.tagging.learning import SUPPORTS, learn
from core.tagging.scoring import Judge, odds, priors, relevances
from core.tagging.sets import NOTICE, built_in, counterparts, notice
from core.tagging.teaching import propose

DIM = 16
Vectors = NDArray[np.float32]


def unit(vectors: NDArray[np.float64]) -> Vectors:
    lengths: NDArray[np.float64] = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return (vectors / lengths).astype(np.float32)


def photos_of(subject: int, count: int, seed: int = 0) -> Vectors:
    """Photos that show mostly one of DIM subjects."""
    noise = np.random.default_rng(seed).normal(size=(count, DIM)) * 0.12
    return unit(np.eye(DIM)[subject] + noise)


def text(subject: int) -> Vectors:
    row: Vectors = np.eye(DIM, dtype=np.float32)[subject]
    return row


def classifier(subject: int, *against: int) -> Classifier:
    return Classifier(text(subject), np.eye(DIM, dtype=np.float32)[list(against)])


@pytest.fixture
def library() -> Vectors:
    """Photos of the subjects 0 to 11; 12 to 15 are not there."""
    return np.concatenate([photos_of(subject, 30, subject) for subject in range(12)])


@pytest.fixture
def ruler(library: Vectors) -> Ruler:
    return make_ruler(np.eye(DIM, dtype=np.float32)[:12], library[::3])


def fit(ruler: Ruler, judge: Judge, photos: Vectors) -> Vectors:
    row: Vectors = relevances(ruler, [judge], photos, ruler.calibration.levels(photos), 100.0)[0]
    return row


def test_what_a_label_fits_is_above_the_line_and_nothing_else(
    ruler: Ruler, library: Vectors
) -> None:
    found = fit(ruler, Judge(Label("ten", ("ten",)), classifier(10)), library)
    assert (found[300:330] > 0.5).all()
    assert (np.delete(found, np.arange(300, 330)) < 0.5).all()


def test_of_what_is_not_there_nothing_is_tagged(ruler: Ruler, library: Vectors) -> None:
    found = fit(ruler, Judge(Label("x", ("x",)), classifier(14)), library)
    assert np.count_nonzero(found >= 0.5) <= len(library) // 100


def test_a_counter_prompt_takes_away_what_it_fits_better(ruler: Ruler) -> None:
    between = unit(np.eye(DIM)[[10]] + 0.95 * np.eye(DIM)[[11]])
    plain = Judge(Label("x", ("x",)), classifier(10))
    against = Judge(Label("x", ("x",), against=("y",)), classifier(10, 11))
    assert fit(ruler, against, between)[0] < fit(ruler, plain, between)[0]


@pytest.mark.parametrize("labels", [1, 2, 3])
def test_exactly_one_label_of_a_group_fits(ruler: Ruler, library: Vectors, labels: int) -> None:
    judges = [Judge(Label(f"{n}", ("x",), group="g"), classifier(n)) for n in range(labels)]
    found = relevances(ruler, judges, library, ruler.calibration.levels(library), 100.0)
    assert ((found >= 0.5).sum(axis=0) == 1).all()
    assert (found[0, :30] > 0.9).all()


def test_a_correction_moves_the_photo_and_those_like_it(ruler: Ruler, library: Vectors) -> None:
    judge = Judge(Label("x", ("x",)), classifier(12))
    prior = judge.logits(ruler, library, ruler.calibration.levels(library))
    said = np.array([0, 1, 2, 3, 4, 40, 70, 100])
    fits = said < 30
    sample = ruler.sample
    theirs = judge.logits(ruler, sample, ruler.calibration.levels(sample))
    head = learn(library[said], fits, prior[said], sample, theirs)
    assert head is not None
    before, after = odds(prior), odds(head.corrected(prior, library))
    alike, others = slice(5, 30), slice(150, None)
    assert after[alike].min() > after[others].max()
    assert (after - before)[alike].mean() > (after - before)[others].max()


def taught(ruler: Ruler, judge: Judge, photos: Vectors, *said: tuple[int, bool]) -> Judge:
    rows = [row for row, _ in said]
    head = learn(
        photos[rows],
        np.array([fits for _, fits in said]),
        judge.prior(ruler, photos[rows], ruler.calibration.levels(photos[rows])),
        ruler.sample,
        judge.prior(ruler, ruler.sample, ruler.calibration.levels(ruler.sample)),
    )
    return replace(judge, head=head)


def test_one_no_takes_no_tags_from_photos_of_another_kind(ruler: Ruler, library: Vectors) -> None:
    judge = Judge(Label("ten", ("ten",)), classifier(10))
    after = fit(ruler, taught(ruler, judge, library, (0, False)), library)
    assert (after[300:330] >= 0.5).mean() > 0.9


def test_answers_that_the_words_foresaw_leave_the_order(ruler: Ruler, library: Vectors) -> None:
    judge = Judge(Label("ten", ("ten",)), classifier(10))
    said = [(row, True) for row in range(300, 306)] + [(row, False) for row in range(0, 90, 15)]
    after = fit(ruler, taught(ruler, judge, library, *said), library)
    assert after[300:330].min() > np.delete(after, np.arange(300, 330)).max()


def test_what_many_corrections_taught_is_told_by_few_of_them(
    ruler: Ruler, library: Vectors
) -> None:
    judge = Judge(Label("x", ("x",)), classifier(12))
    said = [(row, row < 30) for row in range(0, 360, 3)]
    learned = taught(ruler, judge, library, *said)
    assert learned.head is not None
    assert len(learned.head.supports) == SUPPORTS < len(said)
    after = fit(ruler, learned, library)
    assert after[:30].min() > after[30:].max()


def test_a_group_learns_which_of_its_labels_fits(ruler: Ruler, library: Vectors) -> None:
    judges = [Judge(Label(f"{n}", ("x",), group="g"), classifier(n)) for n in (12, 13)]
    prior = priors(ruler, judges, library, 10.0)
    sample = priors(ruler, judges, ruler.sample, 10.0)
    assert np.clip(prior[0], -6, 6) == pytest.approx(-np.clip(prior[1], -6, 6), abs=0.01)
    rows = np.arange(0, 60, 5)
    fits = rows < 30
    learned = [
        replace(
            judge,
            head=learn(library[rows], fits == yes, mine[rows], ruler.sample, theirs, rare=False),
        )
        for judge, yes, mine, theirs in zip(judges, (True, False), prior, sample, strict=True)
    ]
    found = relevances(ruler, learned, library, ruler.calibration.levels(library), 10.0)
    assert ((found >= 0.5).sum(axis=0) == 1).all()
    assert (found[0, :30] >= 0.5).mean() > 0.9
    assert (found[1, 30:60] >= 0.5).mean() > 0.9


def test_without_corrections_nothing_is_learned(ruler: Ruler) -> None:
    none = np.empty(0, np.float32)
    sample = ruler.sample
    zeros = np.zeros(len(sample), np.float32)
    assert learn(np.empty((0, DIM), np.float32), none > 0, none, sample, zeros) is None


def test_learning_is_the_same_every_time(ruler: Ruler, library: Vectors) -> None:
    prior = np.zeros(6, np.float32)
    fits = np.array([True, False] * 3)
    zeros = np.zeros(len(ruler.sample), np.float32)
    one, two = (learn(library[:6], fits, prior, ruler.sample, zeros) for _ in range(2))
    assert one is not None
    assert two is not None
    again = two.corrected(prior, library[:6])
    assert (one.corrected(prior, library[:6]) == again).all()


def test_what_is_asked_is_likely_but_not_sure_and_varied() -> None:
    photos = np.concatenate(
        [np.repeat(photos_of(0, 1), 20, axis=0), photos_of(1, 20), photos_of(2, 20)]
    )
    logits = np.concatenate([np.full(20, 0.2), np.zeros(20), np.full(20, 9.0)]).astype(np.float32)
    asked = propose(logits, photos, np.empty((0, 0), np.float32), 4)  # no answers, of no width
    assert len(set(asked.tolist())) == 4
    assert [int(photo.argmax()) for photo in photos[asked]] == [0, 1, 1, 1]
    again = propose(logits, photos, photos[asked], 4)
    assert {int(photo.argmax()) for photo in photos[again]} == {1}


def test_sure_photos_and_those_alike_are_asked_about_where_there_are_no_others() -> None:
    photos = np.concatenate([np.repeat(photos_of(0, 1), 3, axis=0), photos_of(2, 2)])
    logits = np.array([0.2, 0.1, 0.0, 9.0, 8.0], np.float32)
    assert propose(logits, photos, photos[:0], 3).tolist() == [0, 4, 3]
    assert sorted(propose(logits, photos, photos[:0], 9).tolist()) == [0, 1, 2, 3, 4]


def test_nothing_to_ask_of_no_photos() -> None:
    nothing = np.empty((0, DIM), np.float32)
    assert len(propose(np.empty(0, np.float32), nothing, nothing, 5)) == 0


LABELS = (
    Label("Bird", ("a bird", 'a "big" bird'), against=("a plane",), threshold=0.75),
    Label("Heron", ("a heron",), templates=("a photo of {}",), parent="Bird", active=False),
    Label("Tag 标签", ("白天 | night",), group="light", set="Mine"),
)


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
@pytest.mark.parametrize("there", [True, False])
def test_labels_and_tags_are_written_through_no_link(tmp_path: Path, there: bool) -> None:
    outside = tmp_path / "outside"
    if there:
        outside.write_text("theirs")
    labels, tags = tmp_path / "labels.toml", tmp_path / "tags.csv"
    for link in (labels, tags):
        link.symlink_to(outside)
    with pytest.raises(SouvenirError, match="is a link, which is never written through"):
        write_labels(labels, LABELS)
    with pytest.raises(SouvenirError, match="is a link, which is never written through"):
        write_tags([], tags)
    assert labels.is_symlink()
    assert tags.is_symlink()
    assert outside.exists() == there
    assert not there or outside.read_text() == "theirs"


def test_labels_come_back_from_toml_as_they_were(tmp_path: Path) -> None:
    write_labels(tmp_path / "labels.toml", LABELS)
    assert set(read_labels(tmp_path / "labels.toml")) == set(LABELS)


def test_labels_come_back_from_csv_as_they_were(tmp_path: Path) -> None:
    write_labels(tmp_path / "labels.csv", LABELS[:2])
    assert set(read_labels(tmp_path / "labels.csv")) == set(LABELS[:2])


def test_no_label_is_a_formula_in_a_spreadsheet(tmp_path: Path) -> None:
    labels = tuple(
        Label(name, (name, "a photo"), against=(f"{name} as well",), group=name)
        for name in ("=1+1", "+1", "-1", "@SUM(A1)", "'=2", "''-2", "'quoted'", "plain")
    )
    write_labels(tmp_path / "labels.csv", labels)
    with (tmp_path / "labels.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert set(read_labels(tmp_path / "labels.csv")) == set(labels)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
@pytest.mark.timeout(60)
def test_a_pipe_is_no_file_of_labels(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "labels.csv")
    with pytest.raises(SouvenirError, match="is no file of labels"):
        read_labels(tmp_path / "labels.csv")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("x.toml", b"[[labels]]\nname = ", "is no TOML file"),
        ("x.toml", b"a = 1", r"has no \[\[labels\]\]"),
        ("x.toml", b"labels = [1]", r"has no \[\[labels\]\]"),
        ("x.toml", b'[[labels]]\nname = "x"\nprompts = [""]', "has an empty prompt"),
        ("x.toml", b'[[labels]]\nname = "x"\ntemplates = ["a"]', "has no {}"),
        ("x.toml", b'[[labels]]\nname = "x"\nthreshold = "high"', "is not a number from 0 to 1"),
        ("x.toml", b'[[labels]]\nname = "x"\ncolour = 1', '"colour", which means nothing here'),
        ("x.toml", b'[[labels]]\nname = "x"\n[[labels]]\nname = "X"', "two labels called"),
        ("x.toml", b'[[labels]]\nname = "n"\n' * 10_000, "10,000 labels"),
        ("x.toml", b"\xff\xfe\x00", "no text in UTF-8"),
        ("x.csv", b'name,prompts\n"x', "is no CSV file"),
        ("x.csv", b"name,prompts\nx,y,z", "another number of columns"),
        ("x.csv", b"name,threshold\nx,2", "is 2: write a relevance"),
        ("x.txt", b"", "neither a .toml nor a .csv"),
    ],
)
def test_a_broken_file_is_told_in_a_sentence(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(SouvenirError, match=sentence):
        read_labels(file)


def test_a_file_that_cannot_be_written_leaves_what_was(tmp_path: Path) -> None:
    with pytest.raises(SouvenirError, match="cannot be written"):
        write_labels(tmp_path / "nowhere" / "x.toml", LABELS)
    assert list(tmp_path.iterdir()) == []


def test_the_sets_that_come_with_souvenir() -> None:
    sets = built_in()
    assert [each.key for each in sets] == [
        "animals",
        "documents",
        "food",
        "people_events",
        "places",
        "quality",
    ]
    names = [label.name for each in sets for label in each.labels]
    assert len(names) == len(set(names))
    assert not any(each.notice for each in sets)


def test_a_label_of_a_set_is_known_again_under_another_name() -> None:
    (animals, *_) = built_in()
    dog, cat = animals.labels[:2]
    mine = Label("Cat", ("our cat",))
    there = counterparts(animals.labels, [replace(dog, name="狗", threshold=0.7), mine])
    assert {name: label.name for name, label in there.items()} == {"Dog": "狗", "Cat": "Cat"}
    changed = replace(dog, name="Rex", prompts=("our dog",))
    assert counterparts([dog, cat], [changed]) == {}


def test_labels_about_peoples_looks_get_a_notice() -> None:
    assert notice([Label("x", ("a beautiful woman",))]) == NOTICE
    assert notice([Label("Muslims", ("people praying",))]) == NOTICE
    assert notice([Label("老人", ("an outing",))]) == NOTICE
    assert notice([Label("Dog", ("a black dog",))]) == ""
    assert notice([Label("狗", ("a dog",))]) == ""
