"""Ranking: words and photos find, filters restrict, exclusion excludes, relevance draws a line."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core.catalog.catalogue import Catalogue
from core.catalog.embeddings import model_id, put_embeddings
from core.catalog.files import FileKey, FileStat
from core.catalog.folders import add_folder
from core.catalog.label_scores import keep_notes
from core.catalog.metadata import Metadata
from core.catalog.photos import PhotoContent, store_photo
from core.search.calibration import LINE, Calibration, calibrate, relevances
from core.search.prompts import Prompts
from core.search.query import parse_query
from core.search.ranking import SearchResults, search_photos
from core.search.ruler import SAMPLE, Rulers
from core.vectors.index import VectorIndex
from core.vectors.store import open_index

DIM = 96
THINGS = ["dog", "surfer", "tent", "snow", "castle", "bicycle"]
FILLERS = ["morning", "evening", "left", "right", "near", "far", "old", "new", "warm", "cold"]


@dataclass(frozen=True)
class Weights:
    key: str = "words@1"
    dim: int = DIM


MODEL = Weights()


def unit(vectors: NDArray[Any]) -> NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / lengths, np.float32)


def meaning(text: str) -> NDArray[np.float32]:
    """The sum of one random direction per word."""
    words = text.lower().replace(",", " ").replace("-", " ").split()
    directions = [
        np.random.default_rng(zlib.crc32(word.encode())).standard_normal(DIM) for word in words
    ]
    return unit(np.sum(directions, axis=0))


class Words:
    """A text encoder that knows what words have in common and nothing else."""

    def __init__(self) -> None:
        self.calls = 0

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.calls += 1
        return np.stack([meaning(text) for text in texts])


class Library:
    """240 photos, number n of thing n % 6 (the sixth also with snow), taken a day apart."""

    def __init__(self, root: Path) -> None:
        self.encoder = Words()
        self.prompts = Prompts(self.encoder)
        self.catalogue = Catalogue(root / "catalogue.sqlite")
        random = np.random.default_rng(1)
        with self.catalogue.transaction() as tx:
            folder = add_folder(tx, str(root)).id
            self.ids = np.array([self._store(tx, folder, n) for n in range(240)])
            shown = [
                meaning(f"{self.thing(n)} {'snow' if n % 12 == 0 else ''} {random.choice(FILLERS)}")
                for n in range(239)
            ]
            noise = random.standard_normal((239, DIM)) * 0.05
            # The last photo has no embedding yet.
            put_embeddings(
                tx, model_id(tx, MODEL.key, DIM), self.ids[:239], unit(np.stack(shown) + noise)
            )
        self.index: VectorIndex = open_index(self.catalogue, MODEL, root / "vectors")
        self.rulers = Rulers(self.catalogue, MODEL.key, self.prompts.background)

    @staticmethod
    def thing(number: int) -> str:
        return THINGS[number % len(THINGS)]

    @staticmethod
    def _store(tx: Any, folder: int, number: int) -> int:
        empty: dict[str, Any] = {each.name: None for each in fields(Metadata)}
        taken = f"2021-{number // 28 + 1:02}-{number % 28 + 1:02}T12:00:00"
        photo, _ = store_photo(
            tx,
            FileKey(folder, "", f"{number:03}.jpg"),
            FileStat(number + 1, number, number + 1),
            PhotoContent(
                number.to_bytes(16, "big"),
                number + 1,
                "JPEG",
                10,
                10,
                None,
                Metadata(**{**empty, "keywords": (), "taken_at": taken}),
            ),
        )
        return photo

    def search(self, text: str, **options: Any) -> SearchResults:
        options = {"top": 20, **options}
        return search_photos(
            self.catalogue, self.index, self.prompts, self.rulers, parse_query(text), **options
        )

    def numbers(self, found: SearchResults) -> list[int]:
        return [int(at) for at in np.searchsorted(self.ids, found.ids)]

    def things(self, found: SearchResults) -> list[str]:
        return [self.thing(number) for number in self.numbers(found)]

    def vector(self, number: int) -> NDArray[np.float32]:
        return np.asarray(self.index.vectors(self.ids[[number]])[0])


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    made = Library(tmp_path)
    yield made
    made.index.close()
    made.catalogue.close()


def test_words_find_what_they_mean(library: Library) -> None:
    found = library.search("dog")
    assert set(library.things(found)) == {"dog"}
    assert len(found.ids) == 20
    assert (np.diff(found.relevances) <= 0).all()
    assert found.query == "dog"
    assert found.seconds > 0
    np.testing.assert_allclose(
        found.scores,
        library.index.vectors(found.ids) @ library.prompts.vectors(["dog"])[0],
        atol=1e-5,
    )


def test_the_same_question_gets_the_same_answer(library: Library) -> None:
    one, two = library.search("castle -snow"), library.search("castle -snow")
    assert one.ids.tolist() == two.ids.tolist()
    assert one.relevances.tolist() == two.relevances.tolist()
    exact = library.search("castle -snow", exact=True)
    assert one.ids.tolist() == exact.ids.tolist()


def test_the_line_is_drawn_where_the_thing_ends(library: Library) -> None:
    found = library.search("tent", top=200)
    assert set(library.things(found)[: found.cut]) == {"tent"}
    assert 30 <= found.cut <= 40
    assert (np.diff(found.relevances) <= 0).all()
    assert (found.relevances[: found.cut] >= 0.5).all()
    assert (found.relevances[found.cut :] < 0.5).all()


@pytest.mark.parametrize("top", [3, 50])
def test_the_line_does_not_depend_on_how_many_are_asked_for(library: Library, top: int) -> None:
    assert library.search("tent", top=top).cut == min(top, library.search("tent", top=60).cut)


@pytest.mark.parametrize("text", ["giraffe", "spreadsheet", "wedding cake", "x-ray"])
def test_nothing_is_above_the_line_for_what_is_not_there(library: Library, text: str) -> None:
    found = library.search(text)
    assert found.cut == 0
    assert len(found.ids) == 20
    assert (found.relevances < 0.5).all()


def test_exclusion_leaves_out_what_matches_and_keeps_the_rest(library: Library) -> None:
    everything = library.search("dog", top=240)
    found = library.search("dog -snow", top=240)
    snowy = {number for number in library.numbers(everything) if number % 12 == 0}
    snowy |= {n for n in library.numbers(everything) if library.thing(n) == "snow"}
    left = set(library.numbers(found))
    assert not left & snowy
    assert len(left) >= 0.95 * (239 - len(snowy))


def test_excluding_fills_up_with_what_comes_next(library: Library) -> None:
    found = library.search('dog -"dog"', top=150)
    assert "dog" not in library.things(found)
    assert len(found.ids) == 150


def test_filters_restrict_words(library: Library) -> None:
    found = library.search("dog date:2021-02")
    assert found.ids.size
    assert all(28 <= number < 56 for number in library.numbers(found))
    assert set(library.things(found)[:4]) == {"dog"}
    assert library.search("dog date:1999").ids.size == 0


def test_filters_alone_list_the_newest_first_and_need_no_model(library: Library) -> None:
    found = search_photos(
        library.catalogue, None, None, None, parse_query("date:2021-01 -name:005"), top=50
    )
    assert library.numbers(found) == [n for n in range(27, -1, -1) if n != 5]
    assert found.relevances.tolist() == [1.0] * 27
    assert found.scores.tolist() == [0.0] * 27
    assert found.cut == 27
    assert library.encoder.calls == 0


def test_an_empty_query_lists_everything(library: Library) -> None:
    assert library.numbers(library.search("", top=3)) == [239, 238, 237]


def test_exclusion_alone_lists_the_rest_newest_first(library: Library) -> None:
    found = library.search("-dog -tent", top=240)
    numbers = library.numbers(found)
    assert numbers == sorted(numbers, reverse=True)
    assert not {"dog", "tent"} & set(library.things(found))
    # A photo that no model has seen matches nothing.
    assert numbers[0] == 239
    assert len(library.search("-dog -tent", top=2).ids) == 2


def test_a_photo_finds_its_like_and_words_shift_it(library: Library) -> None:
    dog = library.vector(6)
    alike = library.search("", image_vector=dog)
    assert library.numbers(alike)[0] == 6
    assert set(library.things(alike)[:6]) == {"dog"}
    assert alike.cut > 0
    shifted = library.search("snow", image_vector=dog)
    both = [sum(n % 12 == 0 for n in library.numbers(found)) for found in (alike, shifted)]
    assert both[1] >= both[0] + 5
    without = library.search("-snow", image_vector=dog)
    assert not any(number % 12 == 0 for number in library.numbers(without))


@pytest.mark.parametrize("text", ["dog -snow", "-dog", "date:2021"])
def test_a_cancelled_search_gives_nothing_at_whatever_step(library: Library, text: str) -> None:
    for steps in range(12):
        left = iter([False] * steps)
        found = library.search(text, cancelled=lambda left=left: next(left, True))
        assert found.ids.size in {0, 20}
        assert found.cut == (20 if text != "dog -snow" and found.ids.size else found.cut)
    assert library.search(text, cancelled=lambda: True).ids.size == 0


def test_an_empty_library_answers_with_nothing(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path / "catalogue.sqlite")
    index = VectorIndex(DIM)
    prompts = Prompts(Words())
    rulers = Rulers(catalogue, MODEL.key, prompts.background)
    for text in ("dog", "-dog", "", "rating:5", "dog -cat"):
        found = search_photos(catalogue, index, prompts, rulers, parse_query(text), top=5)
        assert (len(found.ids), found.cut) == (0, 0)
    catalogue.close()


def test_a_text_is_the_mean_over_its_templates_and_encoded_once() -> None:
    encoder = Words()
    prompts = Prompts(encoder)
    first = prompts.vectors(["tent", "dog", "tent"])
    np.testing.assert_allclose(np.linalg.norm(first, axis=1), 1, atol=1e-5)
    assert np.array_equal(first[0], first[2])
    assert first[0] @ meaning("tent") > 0.5
    assert np.array_equal(prompts.vectors(["dog"])[0], first[1])
    assert encoder.calls == 1
    # A brace in a text is a brace.
    assert prompts.vectors(["{} {0}"]).shape == (1, DIM)


def test_a_sentence_stays_closer_to_its_own_words_than_a_word_does() -> None:
    prompts = Prompts(Words())
    sentence = "two dogs run along a beach"
    as_sentence = prompts.vectors([sentence])[0] @ meaning(sentence)
    assert as_sentence > prompts.vectors(["dogs"])[0] @ meaning("dogs")


def test_the_background_is_kept_for_the_next_process(tmp_path: Path) -> None:
    cache = tmp_path / "deep" / "background.npy"
    encoder = Words()
    first = Prompts(encoder, cache=cache).background()
    assert first.shape[0] > 50
    assert np.array_equal(Prompts(encoder, cache=cache).background(), first)
    assert encoder.calls == 1
    for damage in (b"", b"x" * 200, cache.read_bytes()[:-1], cache.read_bytes() + b"1"):
        cache.write_bytes(damage)
        assert np.array_equal(Prompts(encoder, cache=cache).background(), first)
    assert encoder.calls == 5


def test_relevance_lies_between_0_and_1_and_grows_with_evidence() -> None:
    found = relevances(np.linspace(-40, 40, 81, dtype=np.float32))
    assert (np.diff(found) >= 0).all()
    assert ((found >= 0) & (found <= 1)).all()
    assert relevances(np.array([LINE], np.float32)).tolist() == [0.5]
    assert relevances(np.empty(0, np.float32)).size == 0


def test_a_description_that_means_the_same_is_no_rival() -> None:
    """ "A photo of a dog" describes puppies nearly as well, and takes nothing away from "puppy"."""
    things = np.stack([meaning(f"thing{number}") for number in range(60)])
    dog, puppy = meaning("dog animal"), meaning("puppy dog animal")
    photo = unit(dog + puppy)[None]
    without = Calibration(things, 10.0)
    beside = Calibration(np.vstack([things, dog[None]]), 10.0)
    assert beside.alike(puppy).tolist() == [60]
    assert beside.levels(photo)[0] > without.levels(photo)[0] + 0.5
    assert beside.evidence(puppy, photo) == pytest.approx(without.evidence(puppy, photo), abs=0.01)


@pytest.mark.parametrize("others", [30, 3000])
def test_photos_that_join_change_no_relevance(library: Library, others: int) -> None:
    before = library.search("tent", top=239)
    random = np.random.default_rng(7)
    new = np.arange(1_000_000, 1_000_000 + others)
    library.index.add(new, unit(random.standard_normal((others, DIM))))
    after = library.search("tent", top=239 + others)
    here = dict(zip(after.ids.tolist(), after.relevances.tolist(), strict=True))
    for photo, relevance in zip(before.ids.tolist(), before.relevances.tolist(), strict=True):
        assert here[photo] == pytest.approx(relevance, abs=0.1)


def test_a_ruler_made_of_enough_photos_is_held(library: Library) -> None:
    """It is kept in the catalogue, so another process measures by the same one."""
    random = np.random.default_rng(8)
    some = unit(random.standard_normal((SAMPLE, DIM)))
    others = unit(random.standard_normal((5 * SAMPLE, DIM)))
    rulers = library.rulers
    first = rulers.of(len(some), lambda count: some[:count])
    assert first is not None
    assert rulers.of(len(others), lambda count: others[:count]) is first
    again = Rulers(library.catalogue, MODEL.key, library.prompts.background)
    held = again.of(len(others), lambda count: others[:count])
    assert held is not None
    assert held.mark == first.mark
    assert held.calibration.scale == pytest.approx(first.calibration.scale)


def test_a_ruler_made_of_few_photos_is_made_again(library: Library) -> None:
    some = unit(np.random.default_rng(9).standard_normal((SAMPLE, DIM)))
    first = library.rulers.of(100, lambda _: some[:100])
    assert library.rulers.of(140, lambda _: some[:140]) is first
    second = library.rulers.of(150, lambda _: some[:150])
    assert second is not None
    assert second is not first


def test_what_was_kept_of_a_ruler_and_is_damaged_is_made_anew(library: Library) -> None:
    some = unit(np.random.default_rng(10).standard_normal((SAMPLE, DIM)))
    for damage in (b"", b"x", b"\0" * (2 * DIM + 1)):
        with library.catalogue.transaction() as tx:
            keep_notes(tx, {f"ruler {MODEL.key}": damage})
        rulers = Rulers(library.catalogue, MODEL.key, library.prompts.background)
        assert rulers.of(len(some), lambda count: some[:count]) is not None


def test_evidence_does_not_depend_on_how_high_a_text_scores_everywhere() -> None:
    """A model whose photos and texts all share a direction ranks and judges as one without."""
    random = np.random.default_rng(3)
    photos = unit(random.standard_normal((300, 32)))
    texts = unit(random.standard_normal((40, 32)))
    shared = np.zeros((1, 33))
    shared[0, 32] = 1.5

    def shifted(rows: NDArray[np.float32]) -> NDArray[np.float32]:
        return unit(np.pad(rows, ((0, 0), (0, 1))) + shared)

    plain = calibrate(texts[1:], photos).evidence(texts[0], photos)
    moved = calibrate(shifted(texts[1:]), shifted(photos)).evidence(
        shifted(texts)[0], shifted(photos)
    )
    np.testing.assert_allclose(moved, plain, atol=0.05)
