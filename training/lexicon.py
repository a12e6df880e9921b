"""Which word of another language means which English one, counted in sentences and translations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

LEAST_TOGETHER = 4
LEAST_ASSOCIATION = 0.35
# They say nothing by themselves: nobody looks for a photo with them.
LITTLE_WORDS = frozenset(
    re.split(
        " ",
        "a about across against all along an and another are around as at back be behind being by "
        "down each for from front has have he her his in into is it its many near next of off on "
        "one other out over several she side some that the their them there they this three "
        "through to top two four under up very which while who with",
    )
)


def letters(text: str) -> set[str]:
    """The words of a text that is written with spaces, in lower case."""
    return set(re.findall(r"[^\W\d_]{2,}", text.lower()))


def chinese_words(text: str) -> set[str]:
    """The words of a Chinese text."""
    import jieba

    return {word for word in jieba.cut(text) if re.fullmatch(r"[\u4e00-\u9fff]+", word)}


def lexicon(
    pairs: Iterable[tuple[str, str]], words_of: Callable[[str], set[str]]
) -> dict[str, str]:
    """For each word of the other language the English word that it goes with most.

    pairs: English texts and texts that say the same. Association is Dice's coefficient (Dice 1945;
    for translations: Smadja et al. 1996): twice the pairs that have both words over the pairs that
    have the one plus those that have the other. Words whose best is weak are left out, and nothing
    means a little word.
    """
    english: Counter[str] = Counter()
    other: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    for one, two in pairs:
        ours, theirs = letters(one) - LITTLE_WORDS, words_of(two)
        english.update(ours)
        other.update(theirs)
        together.update((a, b) for a in ours for b in theirs)
    best: dict[str, tuple[float, str]] = {}
    for (a, b), count in together.items():
        association = 2 * count / (english[a] + other[b])
        if count >= LEAST_TOGETHER and association >= LEAST_ASSOCIATION:
            best[b] = max(best.get(b, (0.0, "")), (association, a))
    return {word: meaning for word, (_, meaning) in sorted(best.items())}
