"""Labels through the library's door: judged in the background, taught, live in searches, kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.catalog.embeddings import model_id, put_embeddings
from core.catalog.files import FileKey, FileStat
from core.catalog.folders import add_folder
from core.catalog.metadata import PhotoContent
from core.catalog.photos import store_photo
from core.cli.entry import main
from core.embedding.models import STARTER, find_model
from core.embedding.text import numpy_text_encoder
from core.errors import SouvenirError
from core.events import Event, LabelsChanged, TagsChanged
from core.library import CreateLabels, DeleteLabels, Label, Library, SetTags, SetThreshold
from core.library.opening import open_parts
from core.paths import LibraryPaths, default_model_cache

SUBJECTS = ("a dog", "a beach", "a football match", "a mountain", "a kitchen", "a plate of food")
EACH = 20
DOG = Label("Dog", ("a dog", "the face of a dog"))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A library of photos that look to the starter as their subject's words do, but for noise."""
    model = find_model(STARTER, default_model_cache())
    encoder = numpy_text_encoder(model)
    assert encoder is not None
    words = encoder.encode_texts([f"a photo of {subject}" for subject in SUBJECTS])
    noise = np.random.default_rng(0).normal(size=(EACH * len(SUBJECTS), words.shape[1])) * 0.02
    vectors = np.repeat(words, EACH, axis=0) + noise.astype(np.float32)
    opened = open_parts(LibraryPaths(tmp_path / "library"), write=True)
    with opened.catalogue.transaction() as tx:
        folder = add_folder(tx, tmp_path / "photos")
        for number in range(1, len(vectors) + 1):
            content = PhotoContent(number.to_bytes(16, "big"), 9, "JPEG", 40, 30)
            store_photo(tx, FileKey(folder.id, "", f"{number}.jpg"), FileStat(9, 9, 9), content)
        ids = np.arange(1, len(vectors) + 1)
        put_embeddings(tx, model_id(tx, model.key, model.dim), ids, vectors)
    opened.close()
    return tmp_path / "library"


@pytest.fixture
def library(place: Path) -> Iterator[Library]:
    with Library.open(place) as library:
        yield library


def create(library: Library, *labels: Label) -> tuple[int, ...]:
    undo = library.edit(CreateLabels(labels))
    assert isinstance(undo, DeleteLabels)
    assert library.labels.settle()
    return undo.ids


def carrying(library: Library, name: str) -> set[int]:
    return set(library.search(f'label:"{name}"', top=1000).ids.tolist())


def test_a_label_finds_its_photos_and_is_live_in_searches(library: Library) -> None:
    told: list[Event] = []
    library.events.subscribe(told.append)
    (dog,) = create(library, DOG)
    assert LabelsChanged() in told
    assert told[-1] == TagsChanged((dog,))
    found = carrying(library, "dog")
    assert found == set(range(1, EACH + 1))
    assert library.labels.counts() == {dog: EACH}
    assert set(library.search("-label:dog", top=1000).ids.tolist()).isdisjoint(found)
    library.edit(SetThreshold(dog, 1.0))
    assert len(carrying(library, "dog")) < EACH


def test_the_line_is_set_by_looking(library: Library) -> None:
    (dog,) = create(library, DOG)
    judged = library.labels.judged(dog)
    assert len(judged) == judged.histogram(10).sum() == EACH * len(SUBJECTS)
    assert (np.diff(judged.relevances) <= 0).all()
    for threshold in (0.0, 0.2, 0.5, 0.8, 1.0, float(judged.relevances[30])):
        library.edit(SetThreshold(dog, threshold))
        assert judged.count(threshold) == len(carrying(library, "dog"))


def test_what_is_said_by_hand_stands_and_teaches(library: Library) -> None:
    (dog,) = create(library, DOG)
    before = dict(zip(*_relevances(library, dog), strict=True))
    undo = library.edit(SetTags(dog, {1: False, 2: False, 3: False, 30: True}))
    assert library.labels.settle()
    assert {1, 2, 3}.isdisjoint(carrying(library, "dog"))
    assert 30 in carrying(library, "dog")
    after = dict(zip(*_relevances(library, dog), strict=True))
    assert sum(after[i] for i in range(4, 21)) < sum(before[i] for i in range(4, 21))
    library.edit(undo)
    assert library.labels.settle()
    again = dict(zip(*_relevances(library, dog), strict=True))
    assert again == before


def _relevances(library: Library, label_id: int) -> tuple[list[int], list[float]]:
    judged = library.labels.judged(label_id)
    return judged.ids.tolist(), judged.relevances.tolist()


def test_a_preview_is_what_the_label_would_be(library: Library) -> None:
    previewed = library.labels.preview(DOG)
    (dog,) = create(library, DOG)
    judged = library.labels.judged(dog)
    assert previewed.ids.tolist() == judged.ids.tolist()
    assert previewed.relevances == pytest.approx(judged.relevances, abs=1e-3)
    with pytest.raises(SouvenirError, match="empty prompt"):
        library.labels.preview(Label("x", ("",)))


def test_scores_are_a_cache(place: Path) -> None:
    with Library.open(place) as library:
        (dog,) = create(library, DOG)
        before = _relevances(library, dog)
        library.labels.forget_scores()
        assert carrying(library, "dog") == set()
    with Library.open(place) as library:
        assert library.labels.settle()
        assert _relevances(library, dog) == before


def test_new_photos_are_judged_and_nothing_else(library: Library) -> None:
    (dog,) = create(library, DOG)
    with library._catalogue.transaction() as tx:
        content = PhotoContent(b"n" * 16, 9, "JPEG", 40, 30)
        new = store_photo(tx, FileKey(1, "", "new.jpg"), FileStat(9, 9, 9), content)[0]
        rows = tx.execute("SELECT vector FROM embeddings WHERE photo_id = 1").fetchone()
        vector = np.frombuffer(rows[0], "<f2").astype(np.float32)
        number = model_id(tx, library.model.key, library.model.dim)
        put_embeddings(tx, number, [new], vector[None])
    assert library.labels.settle()
    assert new in carrying(library, "dog")
    assert library.labels.counts() == {dog: EACH + 1}


def test_what_to_ask_and_what_a_photo_shows(library: Library) -> None:
    (dog,) = create(library, DOG)
    library.edit(SetTags(dog, {1: True}))
    asked = library.labels.propose(dog, 6)
    assert len(set(asked)) == 6
    assert 1 not in asked
    best = library.labels.describe(2, top=3)
    assert best[0].text in {"Dog", "a dog"} or best[1].text in {"Dog", "a dog"}
    assert [fit.relevance for fit in best] == sorted([f.relevance for f in best], reverse=True)
    shown = library.labels.labels_of(2)
    assert [(tag.label.name, tag.source) for tag in shown] == [("Dog", "automatic")]


def test_a_library_without_photos_says_so(tmp_path: Path) -> None:
    with Library.open(tmp_path / "empty") as library:
        create(library, DOG)
        assert library.labels.counts() == {1: 0}
        with pytest.raises(SouvenirError, match="no photos to compare with"):
            library.labels.preview(DOG)


def test_the_command_line(place: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    def souvenir(*words: str) -> str:
        code = main(["--library", str(place), *words])
        out, err = capsys.readouterr()
        assert code == 0, err
        return out

    def refused(*words: str) -> str:
        assert main(["--library", str(place), *words]) == 1
        return capsys.readouterr().err

    souvenir("labels", "add", "Dog", "--prompt", "a dog", "--threshold", "0.4")
    souvenir("labels", "add", "Beach")
    answer = json.loads(souvenir("tag", "--label", "dog", "--json"))
    (dog,) = answer["labels"]
    assert (dog["name"], dog["threshold"], dog["photos"]) == ("Dog", 0.4, len(dog["tags"]))
    assert {"path", "relevance", "source"} == set(dog["tags"][0])
    first, *_ = dog["tags"]
    souvenir("labels", "teach", "Dog", "--no", first["path"])
    taught = json.loads(souvenir("tag", "--label", "Dog", "--json"))["labels"][0]["tags"]
    assert first["path"] not in [each["path"] for each in taught]
    souvenir("labels", "export", str(tmp_path / "mine.toml"))
    assert "2 labels removed" in souvenir("labels", "remove", "Dog", "Beach")
    souvenir("labels", "import", str(tmp_path / "mine.toml"))
    souvenir("labels", "import", "food")
    names = [each["name"] for each in json.loads(souvenir("labels", "list", "--json"))]
    assert {"Dog", "Beach", "Pizza"} <= set(names)
    assert "called" in refused("labels", "add", "DOG")
    assert "no {}" in refused("labels", "add", "x", "--template", "a photo")
    assert "empty prompt" in refused("labels", "add", "x", "--prompt", " ")
    assert "no photo of this library" in refused("labels", "teach", "Dog", "--yes", "/nowhere.jpg")
    assert 'no label "cat"' in refused("tag", "--label", "cat")


def test_words_that_mean_nothing_to_the_model_claim_nothing(library: Library) -> None:
    """Neither a search nor a label claims a photo; leaving them out leaves out none."""
    for nonsense in ("qwyjibo", "雪地里的狗"):
        found = library.search(nonsense)
        assert len(found.ids)
        assert found.cut == 0
        assert (found.relevances < 0.5).all()
        assert (np.diff(found.relevances) <= 0).all()
    assert len(library.search("-qwyjibo", top=200).ids) == EACH * len(SUBJECTS)
    (label,) = create(library, Label("Nonsense", ("qwyjibo",)))
    assert library.labels.carrying(label) == []
