"""What of a query its model cannot know: words it never met, languages it was not taught."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.embedding.curated import MANY_LANGUAGES
from core.embedding.tokenizer import clip_tokenizer
from core.embedding.vocabulary import CHINESE, Vocabulary, english, words_of
from core.search.query import Query

# Pictures that are written like letters, with what is joined to them: skin, family, colour.
_PICTURE = r"[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001f3fa\U0001f400-\U0001faff]"
_PICTURES = re.compile(rf"{_PICTURE}(?:[\ufe0f\U0001f3fb-\U0001f3ff]|\u200d{_PICTURE})*")
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

    `words`: never met in training, as typed but in lower case, in order, each once; emoji too. Of
    Chinese, which has no spaces, only what no known word covers.
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
    query: Query, model: str, vocabulary: Vocabulary | None, languages: Sequence[str]
) -> Gaps:
    """Look through the words of a query, those that are excluded and those in quotes too.

    `vocabulary`: None where the model does not say which words it knows; `languages`: codes such as
    "en", empty where it does not say. Then nothing is claimed, nor of words of a language whose
    words the vocabulary does not list.
    """
    texts = (query.text, *query.excluded)
    runs = tuple(dict.fromkeys(run for text in texts for run in words_of(text)))
    claims = bool(languages) and MANY_LANGUAGES not in languages
    foreign = tuple(run for run in runs if claims and not _written(run, languages))
    unknown: tuple[str, ...] = ()
    meant: tuple[str, ...] = ()
    if vocabulary is not None:
        untold = set(languages) - set(vocabulary.languages)
        told = (run for run in runs if run not in foreign and not _may_be(run, untold))
        words = dict.fromkeys(word for run in told for word in vocabulary.words(run))
        unknown = tuple(word for word in words if not vocabulary.knows(word))
        pictures = tuple(dict.fromkeys(p for text in texts for p in _PICTURES.findall(text)))
        slips = [w for w in unknown if not _is_common(w)][:_MOST_CORRECTED]
        meant = tuple(dict.fromkeys(near for w in slips if (near := _near(w, vocabulary))))
        unknown += tuple(p for p in pictures if p not in vocabulary.all)
    return Gaps(
        model,
        unknown,
        likely=all(map(_is_common, unknown)),
        foreign=foreign,
        chinese=bool(foreign)
        and CHINESE not in languages
        and all(_script(word) == "CJK" for word in foreign),
        languages=tuple(languages),
        guess=_is_guess(query.text, {*unknown, *foreign}, vocabulary or english(())),
        meant=meant,
    )


def _is_guess(text: str, unknown: set[str], vocabulary: Vocabulary) -> bool:
    """Whether what is looked for, and not what is left out, has no word that shows anything."""
    runs = words_of(text)
    asked = {*_PICTURES.findall(text), *(run for run in runs if run in unknown)}
    asked |= {word for run in runs if run not in unknown for word in vocabulary.words(run)}
    return bool(asked & unknown) and all(
        word in unknown or vocabulary.is_little(word) for word in asked
    )


@lru_cache(maxsize=256)
def _near(word: str, vocabulary: Vocabulary) -> str:
    """The known word that this one is most likely meant to be, "" where none is near."""
    if len(word) < _LEAST_TO_CORRECT:
        return ""
    alike = sorted(known for known in vocabulary.all if abs(len(known) - len(word)) <= 1)
    return next(iter(difflib.get_close_matches(word, alike, 1, _NEAR)), "")


def _written(word: str, languages: Sequence[str]) -> bool:
    """Whether each letter of this word is of a script that one of the languages is written in."""
    scripts = {_script(letter) for letter in word}
    return all(
        script == "LATIN" or not {*_SCRIPTS.get(script, ("?",))}.isdisjoint(languages)
        for script in scripts
    )


def _may_be(word: str, languages: set[str]) -> bool:
    """Whether a word's script is that of one of the languages."""
    script = _script(word)
    if script == "LATIN":
        return not languages <= {code for codes in _SCRIPTS.values() for code in codes}
    return not languages.isdisjoint(_SCRIPTS.get(script, ()))


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
