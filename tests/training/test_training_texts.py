"""What the recipe reads: captions, names, and dictionaries that it counts itself."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import Tensor
from torch.nn import functional

from training.corpora import Lesson, parallel_sentences, photoless_captions
from training.data import Sample, captioned, classified, is_held_out, plain
from training.lexicon import letters, lexicon
from training.names import Names, encoded, frequent_words
from training.texts import grouped, targets

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared material is absent")


@needs_shared
def test_held_out_photos_are_never_trained_on() -> None:
    """No photo by class with a file number divisible by five is in the training data."""
    samples = classified(SHARED, held_out=False)
    assert len(samples) > 10_000
    assert not any(is_held_out(sample.path) for sample in samples)


@needs_shared
def test_captions_of_photos_to_be_measured_on_are_never_read() -> None:
    """No caption without a photo is one of a development photo."""
    dev = captioned(SHARED, "dev")
    measured = {plain(text) for sample in dev for text in sample.texts}
    read = {plain(text) for text in photoless_captions(SHARED, dev)}
    assert len(read) > 100_000
    assert not measured & read


@needs_shared
def test_sentences_that_measure_are_not_learned_from() -> None:
    """A thousand sentences are kept; all have all four languages."""
    kept = parallel_sentences(SHARED, held_out=True)
    learned = parallel_sentences(SHARED, held_out=False)
    assert len(kept) == 1000
    assert all(sentence.texts.keys() == {"en", "de", "fr", "cs"} for sentence in kept)
    assert len(learned) > 20_000


def test_a_dictionary_is_counted_from_sentences() -> None:
    """A word goes with the one that it shares its sentences with; little words mean nothing."""
    pairs = [
        ("a dog runs", "ein Hund rennt"),
        ("the dog sleeps", "der Hund schläft"),
        ("a dog and a cat", "ein Hund und eine Katze"),
        ("a brown dog", "ein brauner Hund"),
        ("a cat", "eine Katze"),
        ("the cat sleeps", "die Katze schläft"),
        ("a white cat", "eine weiße Katze"),
    ]
    found = lexicon(pairs, letters)
    assert found == {"hund": "dog", "katze": "cat"}


def test_words_of_captions_that_enough_photos_have() -> None:
    """Plural and singular are one word, "the" is none, and a rare word is left out."""
    samples = [Sample("", ("the dogs run",), -1)] * 6 + [Sample("", ("a dog",), -1)] * 6
    words, photos = frequent_words([*samples, Sample("", ("a zebra",), -1)])
    assert words == ("dog",)
    assert photos[:, 0].tolist() == [True] * 12 + [False]


def test_names_are_encoded_in_all_phrasings() -> None:
    """Every name keeps its place, however many names a label has."""

    def encode(texts: object) -> Tensor:
        assert isinstance(texts, list)
        return torch.tensor([[float(len(text))] for text in texts])

    names = Names(("cat", "horse"), (("a", "bb"), ("ccc",)), ("dog",), torch.ones(1, 1).bool())
    found = encoded(names, encode)
    assert found.classes[:, 0, 0].tolist() == [3, 5]
    assert [tuple(label[:, 0, 0].tolist()) for label in found.labels] == [(1, 2), (3,)]
    assert found.words.shape == (1, 4, 1)


def test_a_lesson_s_target_is_the_mean_of_its_meanings() -> None:
    """A Chinese caption goes between the English ones of its photo."""
    lessons = [
        Lesson("en", "caption", "dog", ("dog",), 0),
        Lesson("zh", "caption", "狗在雪里", ("dog", "snow"), 0),
        Lesson("de", "word", "Schnee", ("snow",)),
    ]
    places = {"dog": [1.0, 0.0], "snow": [0.0, 1.0]}
    found = targets(lessons, lambda texts: torch.tensor([places[text] for text in texts])).float()
    between = functional.normalize(torch.ones(2), dim=0)
    expected = torch.stack([torch.tensor([1.0, 0.0]), between, torch.tensor([0.0, 1.0])])
    torch.testing.assert_close(found, expected, atol=1e-3, rtol=0)
    rows = grouped(lessons)
    assert rows["en", "caption"].tolist() == rows["en", "sentence"].tolist() == [0]
    assert rows["zh", "caption"].tolist() == [1]
    assert rows["de", "word"].tolist() == [2]
