"""A model of several languages knows the words of each, and their forms, and claims no others."""

from __future__ import annotations

import pytest

from core.cli.gaps import gap_sentences
from core.embedding.chinese import split
from core.embedding.little_words import LITTLE
from core.embedding.vocabulary import Vocabulary, english
from core.search.knowing import Gaps, find_gaps
from core.search.query import parse_query

LANGUAGES = ("en", "zh", "de", "fr", "cs")
KNOWN = Vocabulary(
    {
        "en": frozenset({"dog", "snow"}),
        "zh": frozenset(["雪地", "狗", "小男孩", "男孩", "海边", "红色", "t恤", "车", "红", "穿"]),
        "de": frozenset({"hund", "hütte", "schnee", "garten", "haus", "fußball", "kind"}),
        "fr": frozenset({"arbre", "jardin", "plage"}),
        "cs": frozenset({"zahrada", "chlapec", "sníh", "mikina"}),
    }
)


def gaps(query: str, languages: tuple[str, ...] = LANGUAGES) -> Gaps:
    return find_gaps(parse_query(query), "starter", KNOWN, languages)


@pytest.mark.parametrize(
    "query",
    [
        "雪地里的狗",
        "穿T恤的小男孩和一只狗在海边",
        "一个红色的车",
        "der Hund im Schnee",
        "Hundehütten, Schneegarten",
        "l'arbre d'un jardin",
        "les arbres des jardins",
        "na zahradě, zahradou, v mikině",
        "dogs 和 Schnee",
    ],
)
def test_queries_of_known_words_have_no_gap(query: str) -> None:
    assert not gaps(query)


@pytest.mark.parametrize(
    ("query", "unknown"),
    [
        ("一只嗡翎在雪地里", ("嗡翎",)),
        ("嗡翎和狗和砾魍", ("嗡翎", "砾魍")),
        ("嗡翎车", ("嗡翎车",)),  # the character beside it belongs to it
        ("穿xbox的狗", ("xbox",)),
        ("perro en la nieve", ("perro", "nieve")),
        ("ein Quorbling", ("quorbling",)),
        ("l'aviron", ("l'aviron",)),
        ("hundblorp", ("hundblorp",)),
        ("kindly", ("kindly",)),  # no German ending
    ],
)
def test_what_no_known_word_covers_is_unknown(query: str, unknown: tuple[str, ...]) -> None:
    assert gaps(query).words == unknown


def test_the_fewest_words_that_cover_most_are_read() -> None:
    known = frozenset({"小男", "小男孩", "男孩", "孩子", "小"})
    assert split("小男孩子", known, frozenset()) == ["小男", "孩子"]  # the longest leaves 子 over
    assert split("小男孩", known, frozenset()) == ["小男孩"]
    assert split("猫的狗", frozenset(), LITTLE["zh"]) == ["猫", "的", "狗"]
    assert split("", known, frozenset()) == []


def test_a_query_of_little_words_and_unknown_ones_is_a_guess() -> None:
    assert gaps("一只嗡翎").guess
    assert gaps("die Quokka").guess
    assert not gaps("嗡翎和狗").guess
    assert not gaps("ein Hund und Quorbling").guess
    assert find_gaps(parse_query("und quokka"), "m", english({"dog"}), ("en",)).guess is not False


def test_other_scripts_are_foreign_still() -> None:
    assert gaps("закат 狗").foreign == ("закат",)
    kana = gaps("海の家")  # Chinese characters with kana between are Japanese
    assert (kana.foreign, kana.chinese, kana.guess) == (("海の家",), False, True)
    said, guess = gap_sentences(kana)
    assert "write the query in one that it knows (en, zh, de, fr, cs)" in said
    assert "is a guess" in guess
    assert not find_gaps(parse_query("закат"), "many", None, ("en", "mul"))


def test_nothing_is_claimed_of_a_language_without_a_list() -> None:
    only = english({"dog"})
    assert not find_gaps(parse_query("嗡翎"), "mine", only, ("en", "zh"))
    assert find_gaps(parse_query("quokka"), "mine", only, ("en", "zh")).words == ("quokka",)
    assert not find_gaps(parse_query("quokka"), "mine", only, ("en", "de"))


def test_english_alone_takes_no_forms_of_other_languages() -> None:
    assert not english({"garten"}).knows("gartens blorp")
    assert not english({"hund", "hütte"}).knows("hundehütte")
    assert not english({"arbre"}).knows("l'arbre")
