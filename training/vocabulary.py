"""The list of words that a trained model knows, made from the texts it was trained on.

The texts stay where they are: which words were in them, and often enough, is a fact of the model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from core.embedding.vocabulary import VOCABULARY_FILE, words_of
from training.corpora import Lesson
from training.lexicon import chinese_words

SEEN_AT_LEAST = 3
"""A word that was met less often in captions and sentences was not learned."""


def known_words(lessons: Iterable[Lesson], *, seen_at_least: int = SEEN_AT_LEAST) -> list[str]:
    """The words of names and words, and those met in at least so many other texts, sorted.

    A text counts a word once. Chinese is parted into words, of which the longer ones hold others.
    """
    counts: Counter[str] = Counter()
    at_once: set[str] = set()
    for lesson in lessons:
        found = _words(lesson)
        if lesson.kind in {"name", "word"}:
            at_once |= found
        else:
            counts.update(found)
    often = {word for word, count in counts.items() if count >= seen_at_least}
    return sorted(often | at_once)


def _words(lesson: Lesson) -> set[str]:
    return chinese_words(lesson.text) if lesson.language == "zh" else set(words_of(lesson.text))


def write_vocabulary(
    lessons: Iterable[Lesson], model_folder: Path, *, seen_at_least: int = SEEN_AT_LEAST
) -> int:
    """Write `vocabulary.txt` beside a model's weights, atomically; returns how many words it has.

    Call it after `export`, with all lessons that the text tower of the shipped weights learned.
    """
    words = known_words(lessons, seen_at_least=seen_at_least)
    head = (
        "# Words that this model met as names, or in at least"
        f" {seen_at_least} of its training texts.\n"
    )
    unfinished = model_folder / f".{VOCABULARY_FILE}.part"
    unfinished.write_text(head + "".join(f"{word}\n" for word in words), encoding="utf-8")
    unfinished.replace(model_folder / VOCABULARY_FILE)
    return len(words)
