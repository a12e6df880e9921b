"""The list of words that a trained model knows, made from the texts it was trained on.

The texts stay where they are: which words were in them, and often enough, is a fact of the model.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from core.embedding.chinese import CHARACTER, LONGEST
from core.embedding.vocabulary import CHINESE, LANGUAGE_MARK, VOCABULARY_FILE, words_of
from core.embedding.word_forms import is_form
from training.corpora import Lesson

SEEN_AT_LEAST = 2
"""A word that was met less often was not learned, unless it had a lesson of its own."""
ALONE_AT_LEAST, ALONE_SHARE = 5, 0.02
"""A Chinese character is a word if it is one in so many texts, and of those that have it."""


def known_words(
    lessons: Iterable[Lesson], *, seen_at_least: int = SEEN_AT_LEAST
) -> dict[str, list[str]]:
    """The words that are known, sorted, by the code of their language.

    Those that were met in so many texts, each of which counts a word once, and all of names and
    of words that were taught as such.
    """
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    taught: defaultdict[str, set[str]] = defaultdict(set)
    alone: defaultdict[str, set[str]] = defaultdict(set)
    characters: Counter[str] = Counter()
    for lesson in dict.fromkeys(lessons):
        words = _words(lesson)
        counts[lesson.language].update(words)
        if lesson.kind in {"name", "word"}:
            taught[lesson.language] |= words
            if lesson.kind == "name":
                alone[lesson.language].add(lesson.text)
        if lesson.language == CHINESE:
            characters.update(set(lesson.text))
    return {
        language: _without_forms(
            (
                word
                for word, count in counted.items()
                if (count >= seen_at_least or word in taught[language])
                and (
                    len(word) > 1
                    or word in alone[language]
                    or _stands_alone(count, characters[word])
                )
            ),
            language,
        )
        for language, counted in counts.items()
    }


def _stands_alone(count: int, among: int) -> bool:
    """Whether a character is a word: 狗 is, but 电 is only met in words such as 电脑.

    `count`: texts with it as a word, `among`: texts with it.
    """
    return count >= max(ALONE_AT_LEAST, ALONE_SHARE * among)


def _without_forms(words: Iterable[str], language: str) -> list[str]:
    """Sorted, without those that are known anyhow as forms of others: the list stays small."""
    kept: set[str] = set()
    for word in sorted(words, key=lambda word: (len(word), word)):
        if not is_form(word, kept, language):
            kept.add(word)
    return sorted(kept)


def _words(lesson: Lesson) -> set[str]:
    if lesson.language == CHINESE:
        found = _chinese(lesson.text)
        name = "".join(words_of(lesson.text))
        return found | {name} if lesson.kind == "name" and len(name) <= LONGEST else found
    words = words_of(lesson.text)
    if lesson.language == "fr":  # l'arbre is two words
        words = [word.rpartition("'")[2] for word in words]
    return set(words)


def _chinese(text: str) -> set[str]:
    """The words with a Chinese character, in lower case: T恤 too."""
    import jieba

    return {word for cut in jieba.cut(text) for word in words_of(cut) if CHARACTER.search(word)}


def write_vocabulary(
    lessons: Iterable[Lesson], model_folder: Path, *, seen_at_least: int = SEEN_AT_LEAST
) -> int:
    """Write `vocabulary.txt` beside a model's weights, atomically; returns how many words it has.

    `lessons`: all texts that the shipped weights were trained on, `training.corpora.lessons`.
    """
    words = known_words(lessons, seen_at_least=seen_at_least)
    return write_words(words, model_folder, f"met in at least {seen_at_least} of its texts")


def write_words(words: Mapping[str, list[str]], model_folder: Path, how: str) -> int:
    """Write known words by language, atomically; `how` they came to be known is told on top."""
    lines = [f"# Words that this model knows: {how}, or taught by themselves."]
    for language, known in words.items():
        lines += [f"{LANGUAGE_MARK} {language}", *known]
    unfinished = model_folder / f".{VOCABULARY_FILE}.part"
    unfinished.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    unfinished.replace(model_folder / VOCABULARY_FILE)
    return sum(map(len, words.values()))
