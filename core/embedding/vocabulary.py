"""Which words a model met in training: a fact of the model, in a plain file beside its weights.

`vocabulary.txt`: UTF-8, one word a line in lower case, lines that begin with '#' are remarks. A
model without the file claims nothing, so nothing is said of what it does not know.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from core.errors import ModelError

VOCABULARY_FILE = "vocabulary.txt"
MOST_BYTES = 16_000_000  # a model's words; anything larger is no list of words
SHORTEST = 2  # letters: "x" alone says nothing of what a model knows
# Letters, each with the marks that some scripts write around it: Hebrew, Arabic, of India, Thai.
_LETTER = (
    r"[^\W\d_][\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0963\u0980-\u0dff\u0e31-\u0e4e]*"
)
_WORD = re.compile(rf"(?:{_LETTER})+(?:['’](?:{_LETTER})+)*")
_MEASURE = re.compile(r"\d+[a-z]{1,2}(?![^\W_])")  # 1st, 35mm, 4k: numbers, no words
_VOWELS = "aeiou"
_CZECH_VOWELS = "aeiouyáéíóúůýě"
_CZECH_ENDINGS = ("u", "y", "ou", "ě", "e", "a", "i", "í", "ám", "ách", "o")
_SHORTEST_INFLECTED = 4


def words_of(text: str) -> list[str]:
    """The words of a text in order, in lower case and compatible form; no numbers, no signs.

    "1st" and "35mm" are numbers; "T-shirt" is "t" and "shirt"; the "'s" of "dog's" is dropped.
    Training counts words by the very same function (training/vocabulary.py).
    """
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").casefold()
    plain = _MEASURE.sub(" ", plain)
    found = (word.group().removesuffix("'s") for word in _WORD.finditer(plain))
    return [word for word in found if len(word) >= SHORTEST or not word.isascii()]


def read_vocabulary(folder: Path) -> frozenset[str] | None:
    """The words that the model in `folder` knows; None where it does not say.

    Raises ModelError when the file is there and cannot be read.
    """
    file = folder / VOCABULARY_FILE
    try:
        stat = file.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(file, error) from error
    return _read(file, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=4)
def _read(file: Path, _changed: int, size: int) -> frozenset[str]:
    try:
        if size > MOST_BYTES:
            raise ValueError(f"{size} bytes")
        lines = file.read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from error
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _unreadable(file: Path, error: Exception) -> ModelError:
    return ModelError(
        f"The words of the model in {file.parent} cannot be read ({error}): install it again."
    )


def knows(vocabulary: frozenset[str], word: str) -> bool:
    """Whether a word, or an inflected form of the same word, is in the vocabulary."""
    if word in vocabulary or word in LITTLE:
        return True
    # Looked up both ways: "cats" where "cat" is known, "cat" where only "cats" is.
    stems = {word, *_stems(word)}
    return any(
        stem in vocabulary or any(form in vocabulary for form in _forms(stem)) for stem in stems
    )


def knows_inflected(vocabulary: frozenset[str], word: str) -> bool:
    """Whether two forms of a word are known that differ from it in the ending, as Czech nouns do.

    One alone would be chance: many an Italian word is a French one with another vowel behind.
    """
    if len(word) < _SHORTEST_INFLECTED or word[-1] not in _CZECH_VOWELS:
        return False
    return sum(word[:-1] + ending in vocabulary for ending in _CZECH_ENDINGS) > 1


def _stems(word: str) -> Iterator[str]:
    """What an English word may be a form of: cities → city, running → run, baked → bake."""
    if word.endswith("ies") and len(word) > 4:
        yield word[:-3] + "y"
    if word.endswith("ves") and len(word) > 4:
        yield from (word[:-3] + "f", word[:-3] + "fe")
    if word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
        yield word[:-2]
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        yield word[:-1]
    if word.endswith("ied") and len(word) > 4:
        yield word[:-3] + "y"
    for ending in ("ing", "ed"):
        stem = word.removesuffix(ending)
        # "ring", "bed" are no forms: what is left must have a vowel, and be more than one letter.
        if stem == word or len(stem) < 3 or not any(letter in _VOWELS + "y" for letter in stem):
            continue
        yield from (stem, stem + "e")
        if stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
            yield stem[:-1]


def _forms(stem: str) -> Iterator[str]:
    """The plural and the verb forms of a word that is none itself."""
    if len(stem) < 3:
        return
    yield from (stem + "s", stem + "es", stem + "ed", stem + "ing")
    if stem.endswith("y"):
        yield from (stem[:-1] + "ies", stem[:-1] + "ied")
    elif stem.endswith("e"):
        yield from (stem + "d", stem[:-1] + "ing")
    elif stem.endswith("f"):
        yield stem[:-1] + "ves"
    elif stem[-1] not in _VOWELS + "wx" and stem[-2] in _VOWELS:
        yield from (stem + stem[-1] + "ing", stem + stem[-1] + "ed")


# Words without a picture of their own. That one of them was never seen costs no query anything.
LITTLE = frozenset(
    [
        "a",
        "about",
        "above",
        "across",
        "after",
        "against",
        "all",
        "along",
        "also",
        "am",
        "among",
        "an",
        "and",
        "another",
        "any",
        "anybody",
        "anyone",
        "anything",
        "are",
        "aren't",
        "around",
        "as",
        "at",
        "away",
        "be",
        "because",
        "been",
        "before",
        "behind",
        "being",
        "below",
        "beneath",
        "beside",
        "besides",
        "between",
        "beyond",
        "both",
        "but",
        "by",
        "can",
        "can't",
        "cannot",
        "could",
        "couldn't",
        "did",
        "didn't",
        "do",
        "does",
        "doesn't",
        "doing",
        "don't",
        "down",
        "during",
        "each",
        "either",
        "else",
        "ever",
        "every",
        "everybody",
        "everyone",
        "everything",
        "except",
        "few",
        "for",
        "from",
        "had",
        "has",
        "hasn't",
        "have",
        "haven't",
        "having",
        "he",
        "he'd",
        "he'll",
        "her",
        "here",
        "hers",
        "herself",
        "him",
        "himself",
        "his",
        "how",
        "however",
        "i'd",
        "i'll",
        "i'm",
        "i've",
        "if",
        "in",
        "inside",
        "into",
        "is",
        "isn't",
        "it",
        "it'll",
        "its",
        "itself",
        "just",
        "least",
        "less",
        "like",
        "many",
        "may",
        "maybe",
        "me",
        "might",
        "mine",
        "more",
        "most",
        "much",
        "must",
        "my",
        "myself",
        "near",
        "neither",
        "never",
        "no",
        "nobody",
        "none",
        "nor",
        "not",
        "nothing",
        "now",
        "of",
        "off",
        "often",
        "on",
        "once",
        "one",
        "only",
        "onto",
        "or",
        "other",
        "others",
        "our",
        "ours",
        "ourselves",
        "out",
        "outside",
        "over",
        "own",
        "past",
        "per",
        "perhaps",
        "please",
        "rather",
        "same",
        "shall",
        "she",
        "she'll",
        "should",
        "shouldn't",
        "since",
        "so",
        "some",
        "somebody",
        "someone",
        "something",
        "sometimes",
        "somewhere",
        "still",
        "such",
        "than",
        "that",
        "that'll",
        "the",
        "their",
        "theirs",
        "them",
        "themselves",
        "then",
        "there",
        "these",
        "they",
        "they'd",
        "they'll",
        "they're",
        "they've",
        "this",
        "those",
        "though",
        "through",
        "throughout",
        "thus",
        "till",
        "to",
        "together",
        "too",
        "toward",
        "towards",
        "under",
        "underneath",
        "until",
        "up",
        "upon",
        "us",
        "very",
        "via",
        "was",
        "wasn't",
        "we",
        "we'd",
        "we'll",
        "we're",
        "we've",
        "were",
        "weren't",
        "what",
        "whatever",
        "when",
        "where",
        "whether",
        "which",
        "while",
        "who",
        "whoever",
        "whole",
        "whom",
        "whose",
        "why",
        "will",
        "with",
        "within",
        "without",
        "won't",
        "would",
        "wouldn't",
        "yes",
        "yet",
        "you",
        "you'd",
        "you'll",
        "you're",
        "you've",
        "your",
        "yours",
        "yourself",
        "yourselves",
        "photo",
        "photos",
        "photograph",
        "photographs",
        "picture",
        "pictures",
        "image",
        "images",
        "shot",
        "shots",
        "show",
        "shows",
        "showing",
        "shown",
        "find",
        # Chinese: particles, measure words, places, and what a photo is called.
        *"的了着在是和与跟及里上下中前后旁有个只条张位名件辆座把被向从对为也都就很不没地得这那我你他她它们",
        "照片",
        "图片",
        "相片",
        "一个",
        "一张",
        "一只",
    ]
)
