"""Whether a word is a form of another one: a few fair rules for each language, and no tables."""

from __future__ import annotations

from collections.abc import Iterator, Set

_VOWELS = "aeiou"


def is_form(word: str, known: Set[str], language: str) -> bool:
    """Whether `word`, in lower case, is a form or a compound of words of `known`.

    `language`: whose words they are, a code such as "de". One without rules has only the words.
    """
    rule = _RULES.get(language)
    return rule is not None and rule(word, known)


def _english(word: str, known: Set[str]) -> bool:
    # Looked up both ways: "cats" where "cat" is known, "cat" where only "cats" is.
    stems = {word, *_stems(word)}
    return any(stem in known or any(form in known for form in _forms(stem)) for stem in stems)


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


def _german(word: str, known: Set[str]) -> bool:
    return _ends_otherwise(word, known, _GERMAN) or _is_compound(word, known)


def _is_compound(word: str, known: Set[str]) -> bool:
    """Hundehütte where Hund and Hütte are known."""
    for at in range(_PART, len(word) - _PART + 1):
        last = word[at:]
        if last in known or _ends_otherwise(last, known, _GERMAN):
            first = word[:at]
            cuts = [first.removesuffix(link) for link in _LINKS if first.endswith(link)]
            if any(len(cut) >= _PART and cut in known for cut in cuts):
                return True
    return False


def _french(word: str, known: Set[str]) -> bool:
    """A form of a known word; of l'arbre and d'un the second word counts."""
    before, apart, after = word.rpartition("'")
    if apart and before in _ELIDED:
        return after in known or len(after) < _PART or _ends_otherwise(after, known, _FRENCH)
    return _ends_otherwise(word, known, _FRENCH)


def _czech(word: str, known: Set[str]) -> bool:
    """A form of a known word; short ones too where a vowel stands for a vowel: ryba, rybu."""
    return _ends_otherwise(word, known, _CZECH) or _ends_otherwise(
        word, known, _CZECH_VOWELS, _SHORT_STEM
    )


def _ends_otherwise(word: str, known: Set[str], endings: tuple[str, ...], least: int = 5) -> bool:
    """Whether a known word has the same beginning, of `least` letters, and another ending."""
    stems = {word[: len(word) - len(end)] for end in endings if word.endswith(end)}
    stems = {stem for stem in stems if len(stem) >= least}
    # Häuser where Haus is known.
    stems |= {stem.translate(_WITHOUT_UMLAUT) for stem in stems} if endings is _GERMAN else set()
    return any(stem + end in known for stem in stems for end in endings)


_SHORT_STEM = 3  # letters of a short Czech word without its vowel at the end
_PART = 4  # letters of each part of a compound
_LINKS = ("", "s", "es", "n", "en", "e", "er")
_WITHOUT_UMLAUT = str.maketrans("äöü", "aou")
_ELIDED = frozenset({"c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu"})
_GERMAN_ENDINGS = "e en er es em n s ern t te ten in innen chen nd nde nden nder"
_FRENCH_ENDINGS = "s x e es é ée és ées er ent ant ants ante antes al aux le les"
_CZECH_ENDINGS = (
    "a e ě i í o u ů y ý á é ou em ém ům ím ým ami emi ích ých ách ech ého ému ové ovi mi ek ka ky "
    "ku kou kami ce l la li lo t cí"
)
_GERMAN = ("", *_GERMAN_ENDINGS.split())
_FRENCH = ("", *_FRENCH_ENDINGS.split())
_CZECH_VOWELS = tuple("aeěouyé")
_CZECH = ("", *_CZECH_ENDINGS.split())
_RULES = {"en": _english, "de": _german, "fr": _french, "cs": _czech}
