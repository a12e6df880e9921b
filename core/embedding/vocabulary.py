"""Which words a model met in training: a fact of the model, in a plain file beside its weights.

`vocabulary.txt`: UTF-8, one word a line in lower case, lines that begin with '#' are remarks. The
remark "#language: de" says that the words below it are German, up to the next such remark; words
above the first one are English. A model without the file claims nothing, so nothing is said of
what it does not know.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from core.embedding import chinese
from core.embedding.little_words import LITTLE
from core.embedding.word_forms import is_form
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
LANGUAGE_MARK = "#language:"
ENGLISH, CHINESE = "en", "zh"


def words_of(text: str) -> list[str]:
    """The words of a text in order, in lower case and compatible form; no numbers, no signs.

    "1st" and "35mm" are numbers; "T-shirt" is "t" and "shirt"; the "'s" of "dog's" is dropped.
    Training counts words by the very same function (training/vocabulary.py).
    """
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").casefold()
    plain = _MEASURE.sub(" ", plain)
    found = (word.group().removesuffix("'s") for word in _WORD.finditer(plain))
    return [word for word in found if len(word) >= SHORTEST or not word.isascii()]


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The words that a model knows, in lower case, by the code of their language."""

    languages: Mapping[str, frozenset[str]]

    @cached_property
    def all(self) -> frozenset[str]:
        """The words of all languages."""
        return frozenset().union(*self.languages.values())

    def words(self, text: str) -> list[str]:
        """As `words_of`; where the vocabulary has Chinese, it is split into words as well."""
        words = words_of(text)
        known = self.languages.get(CHINESE)
        if known is None:
            return words
        return [
            part
            for word in words
            for part in (
                chinese.split(word, known, LITTLE[CHINESE])
                if chinese.CHARACTER.search(word)
                else (word,)
            )
            if len(part) >= SHORTEST or not part.isascii()
        ]

    def knows(self, word: str) -> bool:
        """Whether one of `words`, or another form of the same word, is in the vocabulary."""
        return (
            word in self.all
            or self.is_little(word)
            or any(is_form(word, known, language) for language, known in self.languages.items())
        )

    def is_little(self, word: str) -> bool:
        """Whether a word shows nothing by itself, as "the", 的 and "und" in a German vocabulary."""
        if any(word in LITTLE[language] for language in self.languages if language in LITTLE):
            return True
        # 一只 is 一 and 只
        return CHINESE in self.languages and all(letter in LITTLE[CHINESE] for letter in word)


def english(words: Iterable[str]) -> Vocabulary:
    """A vocabulary of English words."""
    return Vocabulary({ENGLISH: frozenset(words)})


def read_vocabulary(folder: Path) -> Vocabulary | None:
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
def _read(file: Path, _changed: int, size: int) -> Vocabulary:
    try:
        if size > MOST_BYTES:
            raise ValueError(f"{size} bytes")
        lines = file.read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from error
    words: dict[str, set[str]] = {ENGLISH: set()}
    language = ENGLISH
    for line in lines:
        if line.startswith(LANGUAGE_MARK):
            language = line.removeprefix(LANGUAGE_MARK).strip()
        elif line.strip() and not line.startswith("#"):
            words.setdefault(language, set()).add(line.strip())
    return Vocabulary({language: frozenset(known) for language, known in words.items()})


def _unreadable(file: Path, error: Exception) -> ModelError:
    return ModelError(
        f"The words of the model in {file.parent} cannot be read ({error}): install it again."
    )
