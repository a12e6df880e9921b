"""The quality bench: what it counts, what it reads, what it writes."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmarks.quality import conditions
from benchmarks.quality.canvases import beside, panoramas, partners, side_by_side
from benchmarks.quality.chart import draw
from benchmarks.quality.claims import claim_figures, claims, truth
from benchmarks.quality.folders import (
    CaptionedPhotos,
    FolderError,
    PhotosByClass,
    by_class,
    captioned,
    held_out,
)
from benchmarks.quality.framing import part
from benchmarks.quality.known_words import share_right, word_lists
from benchmarks.quality.measuring import split
from benchmarks.quality.metrics import among_first, probe, ranks, recall
from benchmarks.quality.report import Line, Report, Table, as_json, as_markdown, as_text, merged
from benchmarks.quality.short_queries import precision_at, right_photos, short_queries
from core.imaging.model_input import ModelInput


def test_recall_by_hand() -> None:
    """Two photos with two texts each; one text of the second photo prefers the first photo."""
    texts = np.array([[1.0, 0.0], [0.9, 0.1], [0.2, 0.8], [0.7, 0.3]], np.float32)
    found = recall(texts, np.array([0, 0, 1, 1]))
    assert found.text_to_photo_1 == pytest.approx(0.75)
    assert found.text_to_photo_5 == 1.0
    assert found.photo_to_text_1 == 1.0


def test_a_model_that_sees_no_difference_finds_nothing() -> None:
    same = np.ones((40, 20), np.float32)
    found = recall(same, np.repeat(np.arange(20), 2))
    assert found.values == (0.0,) * 6
    assert among_first(np.ones((3, 8), np.float32), np.array([0, 1, 2]), 5) == 0.0


def test_a_photo_is_not_hindered_by_its_own_texts() -> None:
    """All six texts of the first photo fit it better than the text of the second does."""
    scores = np.array([[0.9, 0.1]] * 6 + [[0.5, 0.4]], np.float32)
    found = recall(scores, np.array([0, 0, 0, 0, 0, 0, 1]))
    assert found.photo_to_text_1 == 1.0


def test_ranks_by_hand() -> None:
    scores = np.array([[0.1, 0.9, 0.5], [0.3, 0.2, 0.1]], np.float32)
    assert ranks(scores, np.array([2, 2])).tolist() == [1, 2]
    assert among_first(scores, np.array([2, 2]), 2) == 0.5


def test_a_probe_separates_what_a_line_separates() -> None:
    """Three clouds around three directions; and labels that say nothing are not learned."""
    random = np.random.default_rng(0)
    labels = np.repeat(np.arange(3), 40)
    centres = np.eye(3, 8)
    clouds = (centres[labels] + random.normal(0, 0.1, (120, 8))).astype(np.float32)
    learn, test = np.arange(120) % 2 == 0, np.arange(120) % 2 == 1
    scores = probe(clouds[learn], labels[learn], clouds[test], 3)
    assert (scores.argmax(axis=1) == labels[test]).mean() == 1.0

    noise = random.normal(0, 1, (120, 8)).astype(np.float32)
    scores = probe(noise[learn], labels[learn], noise[test], 3)
    assert (scores.argmax(axis=1) == labels[test]).mean() < 0.6


def picture(size: tuple[int, int] = (90, 60), seed: int = 0) -> Image.Image:
    values = np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 3))
    return Image.fromarray(values.astype(np.uint8))


def test_conditions_do_what_they_say_and_always_the_same() -> None:
    image = picture()
    changed = {each.name: each.alter for each in conditions.CONDITIONS}
    sizes = {
        "turned left by 90°": (60, 90),
        "turned right by 90°": (60, 90),
        "half resolution": (45, 30),
        "JPEG quality 30": (90, 60),
        "cut to 3:2": (90, 60),
        "cut to 16:9": (90, 51),
        "noise": (90, 60),
    }
    for name, size in sizes.items():
        alter = changed[name]
        assert alter is not None
        assert alter(image).size == size, name
        assert alter(image).tobytes() == alter(image.copy()).tobytes(), name
    assert conditions.noisy(image).tobytes() != image.tobytes()
    assert conditions.cut_to(picture((60, 90)), 16 / 9).size == (51, 90)


def test_a_subject_stands_at_the_edge() -> None:
    red, blue = Image.new("RGB", (60, 40), (255, 0, 0)), Image.new("RGB", (50, 50), (0, 0, 255))
    wide = beside(red, blue, 3.0, "right")
    assert wide.size == (120, 40)
    assert wide.getpixel((119, 20)) == (255, 0, 0)
    assert wide.getpixel((79, 20)) == (0, 0, 255)


def test_photos_side_by_side() -> None:
    row = side_by_side([picture((90, 60)), picture((50, 120)), picture((60, 60))])
    assert row.size == (90 + 25 + 60, 60)


def test_partners_are_of_another_class_and_always_the_same() -> None:
    labels = np.array([0, 0, 0, 1, 1, 2])
    mates = partners(labels)
    assert (labels[mates] != labels).all()
    assert mates.tolist() == partners(labels).tolist()
    with pytest.raises(ValueError, match="one class"):
        partners(np.array([1, 1]))


def test_a_part_of_the_long_side() -> None:
    """The last square of a strip that is blue at its end is blue, in lying and standing strips."""
    lying = Image.new("RGB", (300, 100), (255, 0, 0))
    lying.paste((0, 0, 255), (200, 0, 300, 100))
    for strip in (lying, lying.transpose(Image.Transpose.ROTATE_270)):
        last = part(1.0, None, strip, ModelInput(32))
        assert last.shape == (32, 32, 3)
        assert last[16, 16].tolist() == [0, 0, 255]
        first_half = part(0.0, 0.5, strip, ModelInput(32))
        assert first_half[16, 16].tolist() == [255, 0, 0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two subsets of two classes with six photos each, numbered as held-out photos are."""
    for number, place in enumerate(("town/bus", "town/old_bridge", "zoo/cat", "zoo/dog")):
        (tmp_path / place).mkdir(parents=True)
        for index in range(6):
            picture((40, 30), 10 * number + index).save(tmp_path / place / f"{index:03}.png")
    return tmp_path


def test_a_folder_per_class(folder: Path) -> None:
    found = by_class(folder)
    assert found.names == ("bus", "cat", "dog", "old bridge")
    assert len(found.photos) == 24
    assert [found.names[each] for each in found.own["town"]] == ["bus", "old bridge"]
    measured, learn = held_out(found, 5)
    assert {found.photos[row].stem for row in measured} == {"000", "005"}
    assert sorted([*measured, *learn]) == list(range(24))


def test_classes_without_subsets_and_names_without_numbers(tmp_path: Path) -> None:
    for name in ("cat", "dog"):
        (tmp_path / name).mkdir()
        for letter in "abcdef":
            picture().save(tmp_path / name / f"{letter}.png")
    found = by_class(tmp_path)
    measured, _ = held_out(found, 5)
    assert found.subsets == ("",) * 12
    assert [found.photos[row].name for row in measured] == ["a.png", "f.png"] * 2


def test_an_index_names_the_classes(folder: Path) -> None:
    lines = ["image\tclass", "zoo/cat/000.png\tArctic fox", "zoo/dog/000.png\tdog"]
    (folder / "INDEX.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    assert by_class(folder).names == ("Arctic fox", "dog")
    (folder / "INDEX.tsv").write_text("image\tclass\nzoo/cat/gone.png\tcat\n", "utf-8")
    with pytest.raises(FolderError, match="gone"):
        by_class(folder)


def test_all_photos_are_named_unless_some_are_held_out(folder: Path) -> None:
    found = by_class(folder)
    named, learn, taught = split(found, 0, None)
    assert (len(named.photos), len(learn.photos), len(taught.photos)) == (24, 16, 8)
    named, learn, taught = split(found, 5, 3)
    assert named.photos == taught.photos
    assert (len(named.photos), len(learn.photos)) == (3, 12)
    assert named.names == found.names


def test_photos_with_captions(folder: Path) -> None:
    lines = [
        {"image": "zoo/cat/000.png", "captions": ["a cat", "a small cat"]},
        {"image": "zoo/dog/000.png", "captions": ["a dog"]},
    ]
    (folder / "zoo.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    for place in (folder, folder / "zoo", folder / "zoo.jsonl"):
        found = captioned(place)
        assert found.captions == ("a cat", "a small cat", "a dog")
        assert found.owner.tolist() == [0, 0, 1]
    (folder / "zoo.jsonl").write_text('{"image": "zoo/cat/000.png"}', "utf-8")
    with pytest.raises(FolderError, match="captions"):
        captioned(folder)
    with pytest.raises(FolderError, match="no"):
        captioned(folder / "town" / "bus")


def test_every_photo_is_once_in_a_panorama(folder: Path) -> None:
    photos = by_class(folder).photos[:7]
    data = CaptionedPhotos(photos, tuple("abcdefg"), np.arange(7))
    made, inside, place = panoramas(data, 3)
    assert len(made) == 2
    for row in np.flatnonzero(inside >= 0):
        assert made[inside[row]].parts[place[row]] == photos[row]
    assert sorted(inside.tolist()) == [-1, 0, 0, 0, 1, 1, 1]
    assert made[0].image().size == (120, 30)


TABLE = Table(
    "Retrieval",
    ("photos", "R@1", "R@10"),
    (
        Line("bare", "starter", (1000.0, 0.12345, 0.5)),
        Line("ensemble", "starter", (1.0, None, 1.0)),
    ),
    "a note",
)


def test_tables_as_text_and_markdown() -> None:
    report = Report((TABLE,), {"machine": "2 cores"})
    text = as_text(report).splitlines()
    assert text[2].split() == ["model", "photos", "R@1", "R@10"]
    assert text[4].split() == ["bare", "starter", "1,000", "0.123", "0.500"]
    assert text[5].split() == ["ensemble", "starter", "1", "–", "1.000"]
    assert "(a note)" in text
    markdown = as_markdown(report).splitlines()
    assert markdown[2] == "|  | model | photos | R@1 | R@10 |"
    assert markdown[4] == "| bare | starter | 1,000 | 0.123 | 0.500 |"
    assert markdown[-1] == "- machine: 2 cores"


def test_tables_as_json() -> None:
    told = json.loads(as_json(Report((TABLE,), {"machine": "2 cores"})))
    assert told["about"] == {"machine": "2 cores"}
    first = told["tables"][0]["lines"][0]
    assert first["model"] == "starter"
    assert first["values"] == {"photos": 1000.0, "R@1": 0.1235, "R@10": 0.5}


def test_models_are_side_by_side() -> None:
    other = Table("Retrieval", TABLE.columns, (Line("bare", "other", (1000.0, 0.2, 0.3)),), "")
    lines = [(line.what, line.model) for line in merged([TABLE, other]).lines]
    assert lines == [("bare", "starter"), ("bare", "other"), ("ensemble", "starter")]


def test_the_chart_shows_larger_figures_longer(tmp_path: Path) -> None:
    file = tmp_path / "made" / "quality.png"
    draw(Report((TABLE,)), file)
    with Image.open(file) as image:
        values = np.asarray(image.convert("RGB")).astype(int)
    blue = ((values[..., 2] - values[..., 0]) > 60).sum(axis=1)
    bars = np.unique(blue[blue > 100])
    assert len(bars) == 2
    assert bars[1] == pytest.approx(2 * bars[0], rel=0.05)


def test_labels_keep_their_names_in_a_part(folder: Path) -> None:
    found = by_class(folder)
    few: PhotosByClass = found.part(np.flatnonzero(found.labels == 2))
    assert {few.names[label] for label in few.labels} == {"dog"}
    assert {path.parent.name for path in few.photos} == {"dog"}


def test_short_queries_are_right_by_words() -> None:
    """Whole words of captions and class names count, in any case; parts of words do not."""
    queries = short_queries()
    assert len(queries) >= 60
    assert len({query.english for query in queries}) == len(queries)
    assert all(query.chinese for query in queries)
    dog = next(query for query in queries if query.english == "dog")
    found = right_photos((dog,), ["A Puppy sleeps", "hotdogs", "beagle dog", "a dogma"])
    assert found.tolist() == [[True, False, True, False]]


def test_precision_counts_the_first_of_each_query() -> None:
    scores = np.array([[0.9, 0.8, 0.1, 0.0], [0.0, 0.1, 0.8, 0.9]], np.float32)
    right = np.array([[True, True, False, False], [True, True, False, True]])
    assert precision_at(scores, right, 2) == pytest.approx((1.0 + 0.5) / 2)


def test_claims_are_queries_in_two_languages_of_which_many_are_not_there() -> None:
    queries = claims()
    assert len(queries) >= 200
    assert len({query.english for query in queries}) == len(queries)
    assert all(query.chinese for query in queries)
    assert min(sum(query.kin == kin for query in queries) for kin in ("far", "near")) >= 20


def test_a_class_shows_what_its_name_does_not_say() -> None:
    """People stand in every sport; whether they sit in a restaurant is left open."""
    people = next(query for query in claims() if query.english == "people")
    right, neither = truth(
        [people], ["Two men run", "A red car"], ["water polo", "restaurant", "lemon"]
    )
    assert right.tolist() == [[True, False, True, False, False]]
    assert neither.tolist() == [[False, False, False, True, False]]


def test_what_is_claimed_is_counted_by_query() -> None:
    """One thing that is there is claimed twice, once right; of two that are not, one is claimed."""
    evidence = np.array([[5, 4, 3, 2, 1, 0], [0, 0, 0, 0, 0, 4], [1, 1, 1, 1, 1, 9]], np.float32)
    right = np.array([[True, False, True, True, True, True], [False] * 6, [False] * 6])
    neither = np.zeros((3, 6), np.bool_)
    neither[2, 5] = True
    found = claim_figures(evidence, evidence >= 4, right, neither, ["", "far", "near"])
    assert found == pytest.approx((0.25, 0.2, 1.0, 1.0, 0.0, 0.5, 1.0))


def test_words_to_know_are_everyday_nouns_of_each_language_and_others_are_not() -> None:
    lists = word_lists()
    assert {each.language for each in lists if each.known} == {"en", "zh", "de", "fr", "cs"}
    assert min(len(each.words) for each in lists if each.language in {"en", "zh"}) >= 200
    assert sum(len(each.words) for each in lists if not each.known) >= 200


def test_what_is_said_of_words_is_counted_both_ways() -> None:
    vocabulary = frozenset({"dog", "cat"})
    assert share_right(("dog", "cats", "emu", "elk"), vocabulary, ("en",), known=True) == 0.5
    assert share_right(("blorf", "dog"), vocabulary, ("en",), known=False) == 0.5
