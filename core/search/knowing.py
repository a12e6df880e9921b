"""What of a query its model cannot know: words it never met, languages it was not taught."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.embedding.tokenizer import clip_tokenizer
from core.embedding.vocabulary import LITTLE, knows, knows_inflected, words_of
from core.search.query import Query
from core.search.segmenting import segmented

ENGLISH, CHINESE, CZECH = "en", "zh", "cs"
# Pictures that are written like letters, with what is joined to them: skin, family, colour.
_PICTURE = r"[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001f3fa\U0001f400-\U0001faff]"
_PICTURES = re.compile(rf"{_PICTURE}(?:[\ufe0f\U0001f3fb-\U0001f3ff]|\u200d{_PICTURE})*")
_CHINESE_LETTERS = "\u3400-\u9fff\U00020000-\U0003ffff"
_CHINESE_OR_NOT = re.compile(f"[{_CHINESE_LETTERS}]+|[^{_CHINESE_LETTERS}]+")
_LEAST_TO_CORRECT, _NEAR = 5, 0.8  # letters of a word; likeness of two words as difflib counts it
_MOST_CORRECTED = 3  # words of a query: each is compared with all that are known, in milliseconds
# Languages by the script of their words, where a script belongs to few.
_SCRIPTS = {
    "CJK": ("zh", "ja"),
    "HIRAGANA": ("ja",),
    "KATAKANA": ("ja",),
    "HANGUL": ("ko",),
    "CYRILLIC": ("ru", "uk", "bg", "sr"),
    "ARABIC": ("ar", "fa", "ur"),
    "HEBREW": ("he",),
    "GREEK": ("el",),
    "THAI": ("th",),
    "DEVANAGARI": ("hi", "mr", "ne"),
}


@dataclass(frozen=True)
class Gaps:
    """What of a query the model `model` does not know; false where there is nothing to say.

    `words`: never met in training, as typed but in lower case, in order, each once; emoji too.
    `likely`: whether a full model knows all of them. `meant`: known words that some of them are but
    a slip away from, as in "motorcyle". `foreign`: words in a script that none of the model's
    `languages` is written in; `chinese` says that they are Chinese. `guess`: there is no word left
    that the model knows, so whatever is found is a guess.
    """

    model: str
    words: tuple[str, ...] = ()
    likely: bool = False
    foreign: tuple[str, ...] = ()
    chinese: bool = False
    languages: tuple[str, ...] = ()
    guess: bool = False
    meant: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.foreign)


def find_gaps(
    query: Query, model: str, vocabulary: frozenset[str] | None, languages: Sequence[str]
) -> Gaps:
    """Look through the words of a query, those that are excluded and those in quotes too.

    `vocabulary`: None where the model does not say which words it knows; `languages`: codes such as
    "en", empty where it does not say. Then nothing is claimed.
    """
    texts = (query.text, *query.excluded)
    words = tuple(dict.fromkeys(w for text in texts for w in _words(text, vocabulary, languages)))
    foreign = tuple(word for word in words if not _written(word, languages))
    unknown = tuple(w for w in words if w not in foreign and _is_new(w, vocabulary, languages))
    meant: tuple[str, ...] = ()
    if vocabulary is not None:
        slips = [w for w in unknown if not _is_common(w)][:_MOST_CORRECTED]
        meant = tuple(dict.fromkeys(near for w in slips if (near := _near(w, vocabulary))))
    pictures = dict.fromkeys(p for text in texts for p in _PICTURES.findall(text))
    unknown += tuple(p for p in pictures if vocabulary is not None and p not in vocabulary)
    return Gaps(
        model,
        unknown,
        likely=all(map(_is_common, unknown)),
        foreign=foreign,
        chinese=bool(foreign) and all(_script(word) == "CJK" for word in foreign),
        languages=tuple(languages),
        guess=not is_known(query.text, vocabulary, languages),
        meant=meant,
    )


def is_known(text: str, vocabulary: frozenset[str] | None, languages: Sequence[str]) -> bool:
    """Whether a model knows any word of a text that shows something; else it can claim nothing.

    `vocabulary` and `languages` as for `find_gaps`. A text without such words counts as known.
    """
    words = {*_words(text, vocabulary, languages), *_PICTURES.findall(text)} - LITTLE
    unknown = {
        word
        for word in words
        if not _written(word, languages) or _is_new(word, vocabulary, languages)
    }
    return not unknown or unknown != words


def _is_new(word: str, vocabulary: frozenset[str] | None, languages: Sequence[str]) -> bool:
    """Whether a word was never met in training."""
    if vocabulary is None or knows(vocabulary, word):
        return False
    return CZECH not in languages or not knows_inflected(vocabulary, word)


def _words(text: str, vocabulary: frozenset[str] | None, languages: Sequence[str]) -> list[str]:
    """The words of a text; Chinese ones are told apart where the model knows Chinese."""
    found = words_of(text)
    if vocabulary is None or CHINESE not in languages:
        return found
    parts = [part for run in found for part in _CHINESE_OR_NOT.findall(run)]
    return [
        word
        for part in parts
        for word in (segmented(part, vocabulary) if _script(part) == "CJK" else (part,))
    ]


@lru_cache(maxsize=256)
def _near(word: str, vocabulary: frozenset[str]) -> str:
    """The known word that this one is most likely meant to be, "" where none is near."""
    if len(word) < _LEAST_TO_CORRECT:
        return ""
    alike = sorted(known for known in vocabulary if abs(len(known) - len(word)) <= 1)
    return next(iter(difflib.get_close_matches(word, alike, 1, _NEAR)), "")


def _written(word: str, languages: Sequence[str]) -> bool:
    """Whether one of the languages is written in the script of this word; so where none is said."""
    script = _script(word)
    return (
        not languages
        or script == "LATIN"
        or not {*_SCRIPTS.get(script, ("?",))}.isdisjoint(languages)
    )


def _script(word: str) -> str:
    """The script of a word's first letter that is not Latin, else "LATIN"."""
    for letter in word:
        if not letter.isascii() and letter.isalpha():
            script = unicodedata.name(letter, "LATIN").split()[0]
            if script not in {"LATIN", "FULLWIDTH", "MODIFIER"}:
                return script
    return "LATIN"


@lru_cache(maxsize=4096)
def _is_common(word: str) -> bool:
    """Whether CLIP's vocabulary has the word as one piece: it was frequent in what that saw."""
    return len(clip_tokenizer().encode(word, 2)) == 1
