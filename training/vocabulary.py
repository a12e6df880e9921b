"""The list of words that a trained model knows, made from the texts it was trained on.

The texts stay where they are: which words were in them, and often enough, is a fact of the model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from core.embedding.vocabulary import VOCABULARY_FILE, words_of

SEEN_AT_LEAST = 3
"""A word that was met less often was not learned."""


def known_words(texts: Iterable[str], *, seen_at_least: int = SEEN_AT_LEAST) -> list[str]:
    """The words met in at least so many texts, sorted. A text counts a word once.

    `texts`: every text of the training as it was written, a class name once for each of its photos.
    """
    counts = Counter(word for text in texts for word in set(words_of(text)))
    return sorted(word for word, count in counts.items() if count >= seen_at_least)


def write_vocabulary(
    texts: Iterable[str], model_folder: Path, *, seen_at_least: int = SEEN_AT_LEAST
) -> int:
    """Write `vocabulary.txt` beside a model's weights, atomically; returns how many words it has.

    Call it after `export`, with all texts of all stages that the shipped weights were trained on:

        write_vocabulary((text for sample in samples for text in sample.texts), folder)
    """
    words = known_words(texts, seen_at_least=seen_at_least)
    head = f"# Words that this model met in at least {seen_at_least} of its training texts.\n"
    unfinished = model_folder / f".{VOCABULARY_FILE}.part"
    unfinished.write_text(head + "".join(f"{word}\n" for word in words), encoding="utf-8")
    unfinished.replace(model_folder / VOCABULARY_FILE)
    return len(words)
