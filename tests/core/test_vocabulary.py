"""What a query asks and its model cannot know is said, and nothing is claimed without grounds."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.cli.gaps import gap_sentences
from core.embedding.models import STARTER, find_model
from core.embedding.vocabulary import (
    VOCABULARY_FILE,
    english,
    read_vocabulary,
    words_of,
)
from core.errors import ModelError
from core.search.knowing import Gaps, find_gaps
from core.search.query import parse_query

KNOWN = english(
    [
        "dog",
        "city",
        "box",
        "knife",
        "run",
        "bake",
        "carry",
        "beach",
        "jeans",
        "running",
        "snow",
        "red",
        "kid",
        "jump",
        "lake",
        "child",
    ]
)


def gaps(query: str, languages: tuple[str, ...] = ("en",), model: str = STARTER) -> Gaps:
    return find_gaps(parse_query(query), model, KNOWN, languages)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A dog's T-shirt, 2021!", ["dog", "shirt"]),
        ("Ｄｏｇｓ don’t RUN", ["dogs", "don't", "run"]),
        ("海边的日落 café", ["海边的日落", "café"]),
        ("3 x 4 = 12", []),
        ("the 21st, 2nd prize, 35mm, 4k, mp3", ["the", "prize", "mp"]),
        ("हिन्दी น้ำ 3只狗", ["हिन्दी", "น้ํา", "只狗"]),
    ],
)
def test_words_are_what_is_written_with_letters(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    "word",
    [
        "dogs",
        "cities",
        "boxes",
        "knives",
        "running",
        "runs",
        "baked",
        "baking",
        "carried",
        "beaches",
        "jean",
        "jumped",
        "kids",
        "snowed",
        "the",
        "without",
        "photos",
    ],
)
def test_forms_of_a_known_word_are_known(word: str) -> None:
    assert KNOWN.knows(word)


@pytest.mark.parametrize(
    "word", ["quokka", "children's", "doge", "cite", "bus", "ring", "redd", "bed", "sushi"]
)
def test_other_words_are_not(word: str) -> None:
    assert not KNOWN.knows(word)


def test_every_part_of_a_query_is_looked_at_but_filters_and_numbers() -> None:
    found = gaps('a dog "on a quokka" -sushi folder:zanzibar 2021 the quokka')
    assert found.words == ("quokka", "sushi")
    assert not found.guess


def test_a_query_of_unknown_words_alone_is_a_guess() -> None:
    assert gaps("quokka sushi").guess
    assert gaps("the quokka").guess  # "the" shows nothing
    assert not gaps("quokka with a dog").guess
    assert gaps("quokka -dog").guess  # what is left out finds nothing
    assert not gaps("dog -quokka").guess
    assert not gaps("")
    assert not gaps("date:2021")


def test_a_slip_is_told_from_a_word_that_is_unknown() -> None:
    found = gaps("a beahc, a chld and a quokka")
    assert found.words == ("beahc", "chld", "quokka")
    assert found.meant == ("beach",)  # four letters are too few to be sure
    said = " ".join(gap_sentences(found))
    assert "a full model may know them" in said
    assert "Perhaps 'beach' is meant." in said
    assert gaps("sushi").meant == ()  # a word of its own, and frequent


def test_emoji_are_words_that_the_model_never_saw() -> None:
    assert gaps("🐶").words == ("🐶",)
    assert gaps("🐶").guess
    thumb, family = "\U0001f44d\U0001f3fd", "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    found = gaps(f"a dog {thumb} \u2764\ufe0f {family} {thumb}")
    assert found.words == (thumb, "\u2764\ufe0f", family)
    assert not found.guess
    assert not gaps("a dog © 5° → ½")  # signs are no pictures


def test_a_model_without_a_list_claims_nothing() -> None:
    assert not find_gaps(parse_query("quokka"), STARTER, None, ("en",))
    assert not find_gaps(parse_query("海边的日落"), STARTER, None, ())
    assert not find_gaps(parse_query("🐶"), STARTER, None, ())


def test_chinese_and_other_scripts_are_known_by_the_languages_of_the_model() -> None:
    assert gaps("海边的日落 dog").foreign == ("海边的日落",)
    assert gaps("海边的日落").chinese
    assert not gaps("закат").chinese
    assert gaps("закат").foreign == ("закат",)
    assert not find_gaps(parse_query("海边 закат"), "many", None, ("en", "zh", "ru"))
    assert gaps("café").foreign == ()  # Latin letters: a word that is not known, no other script
    assert gaps("café").words == ("café",)


def test_what_a_full_model_knows_is_not_claimed_of_any_word() -> None:
    assert gaps("sushi").likely  # one piece in CLIP's vocabulary: it was common in its texts
    assert not gaps("qwertzuiop").likely


def test_the_sentences_say_what_is_missing_and_what_to_do() -> None:
    (said,) = gap_sentences(gaps("a dog with sushi"))
    assert said == (
        "'sushi' is not in the starter model's vocabulary; a full model knows it ('souvenir models"
        " list' shows those there are)."
    )
    (said,) = gap_sentences(gaps("red sushi, qwertzuiop", model="local:mine"))
    assert said.startswith(
        "'sushi' and 'qwertzuiop' are not in the model local:mine's vocabulary; a full model may"
        " know them"
    )
    chinese, guess = gap_sentences(gaps("海边的日落"))
    assert "does not understand Chinese" in chinese
    assert "is a guess" in guess
    assert gap_sentences(gaps("a dog")) == []


def test_a_list_is_read_once_and_again_when_it_changes(tmp_path: Path) -> None:
    assert read_vocabulary(tmp_path) is None
    file = tmp_path / VOCABULARY_FILE
    file.write_text("# remark\ndog\n", "utf-8")
    first = read_vocabulary(tmp_path)
    assert first is not None
    assert first.languages == {"en": frozenset({"dog"})}
    assert read_vocabulary(tmp_path) is first
    file.write_text("dog\n#language: zh\n雪地\n狗\n#language: de\nhund\n", "utf-8")
    second = read_vocabulary(tmp_path)
    assert second is not None
    assert second.languages == {"en": {"dog"}, "zh": {"雪地", "狗"}, "de": {"hund"}}


def test_a_list_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / VOCABULARY_FILE).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ModelError, match=r"cannot be read .* install it again"):
        read_vocabulary(tmp_path)


def test_the_starter_says_which_words_it_knows() -> None:
    model = find_model(STARTER, Path("nowhere"))
    vocabulary = read_vocabulary(model.weights.parent)
    assert model.languages == ("en",)
    assert vocabulary is not None
    assert len(vocabulary.all) > 1_000
    for word in ("dog", "beach", "child", "red", "running"):
        assert vocabulary.knows(word)
    for word in ("qwertzuiop", "cryptocurrency"):
        assert not vocabulary.knows(word)
