"""What of a query its model cannot know: words it never met, languages it was not taught."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.embedding.tokenizer import clip_tokenizer
from core.embedding.vocabulary import LITTLE, knows, words_of
from core.search.query import Query

ENGLISH = "en"
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

    `words`: never met in training, as typed but in lower case, in order, each once. `likely`:
    whether a full model knows all of them. `foreign`: words in a script that none of the model's
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

    def __bool__(self) -> bool:
        return bool(self.words or self.foreign)


def find_gaps(
    query: Query, model: str, vocabulary: frozenset[str] | None, languages: Sequence[str]
) -> Gaps:
    """Look through the words of a query, those that are excluded and those in quotes too.

    `vocabulary`: None where the model does not say which words it knows; `languages`: codes such as
    "en", empty where it does not say. Then nothing is claimed.
    """
    words = tuple(
        dict.fromkeys(w for text in (query.text, *query.excluded) for w in words_of(text))
    )
    foreign = tuple(word for word in words if languages and not _written(word, languages))
    unknown: tuple[str, ...] = ()
    if vocabulary is not None:
        unknown = tuple(w for w in words if w not in foreign and not knows(vocabulary, w))
    return Gaps(
        model,
        unknown,
        likely=all(map(_is_common, unknown)),
        foreign=foreign,
        chinese=bool(foreign) and all(_script(word) == "CJK" for word in foreign),
        languages=tuple(languages),
        guess=bool(unknown or foreign) and all(w in {*unknown, *foreign, *LITTLE} for w in words),
    )


def _written(word: str, languages: Sequence[str]) -> bool:
    """Whether one of the languages is written in the script of this word."""
    script = _script(word)
    return script == "LATIN" or not {*_SCRIPTS.get(script, ("?",))}.isdisjoint(languages)


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
