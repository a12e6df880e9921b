"""What is said of words: whether those that a model can know are known, and others are not.

Nouns named in the photos it learned from, nouns of texts alone and everyday nouns are to be known;
invented ones, and those of languages that it does not know, are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality.embedding import Embedder
from benchmarks.quality.report import Line, Table
from core.embedding.vocabulary import read_vocabulary
from core.search.knowing import is_known

FILE = Path(__file__).with_name("known_words.tsv")
INVENTED = "xx"


@dataclass(frozen=True)
class Words:
    """Nouns of a language, by its code, or invented ones; whether a model may know them."""

    language: str
    known: bool
    words: tuple[str, ...]


def word_lists() -> tuple[Words, ...]:
    """The lists of known_words.tsv."""
    lines = FILE.read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple(
        Words(language, kind == "known", tuple(dict.fromkeys(words.split())))
        for language, kind, words in rows
    )


def share_right(
    words: Sequence[str], vocabulary: frozenset[str], languages: Sequence[str], *, known: bool
) -> float:
    """The share of words of which it is said that they are known, or that they are not."""
    return sum(is_known(word, vocabulary, languages) is known for word in words) / len(words)


def known_words(embedder: Embedder) -> Table | None:
    """The share of words that the right thing is said of; None where a model says nothing."""
    vocabulary = read_vocabulary(embedder.model.weights.parent)
    languages = embedder.model.languages
    if vocabulary is None or not languages:
        return None
    lines = []
    for each in word_lists():
        if each.known and each.language not in languages:
            continue
        what = "invented" if each.language == INVENTED else each.language
        right = share_right(each.words, vocabulary, languages, known=each.known)
        what = f"{what}, {'known' if each.known else 'unknown'}"
        lines.append(Line(what, embedder.model.name, (right,)))
    return Table("Known words", ("right",), tuple(lines), "shares of 20 to 240 nouns; must be .9")
