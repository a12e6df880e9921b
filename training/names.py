"""Short texts: names of the photos' classes and of the classifier's, words of captions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from training.data import LABEL_TEMPLATES, Sample
from training.lexicon import LITTLE_WORDS

PHRASINGS = len(LABEL_TEMPLATES)
LEAST_PHOTOS_OF_WORD = 12

Encode = Callable[[Sequence[str]], Tensor]


@dataclass(frozen=True, slots=True)
class Names:
    """classes: of the photos by class. labels: the classifier's, several for most of them.

    words: those of captions; word_photos: (P, words) bool, whether a photo's captions have them.
    """

    classes: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]
    word_photos: Tensor


@dataclass(frozen=True, slots=True)
class NameVectors:
    """What a text encoder says of all names in all phrasings; float32.

    classes: (classes, PHRASINGS, D). labels: for each (names, PHRASINGS, D).
    words: (words, PHRASINGS, D).
    """

    classes: Tensor
    labels: tuple[Tensor, ...]
    words: Tensor
    word_photos: Tensor

    def some_classes(self, random: np.random.Generator) -> Tensor:
        """One phrasing of each class's name: (classes, D)."""
        count = len(self.classes)
        return self.classes[torch.arange(count), drawn(random, PHRASINGS, count)]

    def some_labels(self, random: np.random.Generator) -> Tensor:
        """One phrasing of one name of each of the classifier's classes: (labels, D)."""
        return torch.stack(
            [
                names[int(random.integers(len(names))), int(random.integers(PHRASINGS))]
                for names in self.labels
            ]
        )


def phrased(name: str) -> tuple[str, ...]:
    """A name in all phrasings."""
    return tuple(template.format(name) for template in LABEL_TEMPLATES)


def encoded(names: Names, encode: Encode) -> NameVectors:
    """Encode all names, each in the English templates."""

    def read(some: Sequence[str]) -> Tensor:
        texts = [text for name in some for text in phrased(name)]
        return encode(texts).view(len(some), PHRASINGS, -1)

    counts = [len(synonyms) for synonyms in names.labels]
    synonyms = read([name for synonyms in names.labels for name in synonyms])
    return NameVectors(
        classes=read(names.classes),
        labels=tuple(torch.split(synonyms, counts)),
        words=read(names.words),
        word_photos=names.word_photos,
    )


def frequent_words(samples: Sequence[Sample]) -> tuple[tuple[str, ...], Tensor]:
    """Words that captions of enough photos have, and (photos, words) bool which photos those are.

    "dogs" counts as "dog".
    """
    found = [{_singular(word) for text in s.texts for word in _words(text)} for s in samples]
    counts = Counter(word for words in found for word in words - LITTLE_WORDS)
    words = tuple(sorted(word for word, count in counts.items() if count >= LEAST_PHOTOS_OF_WORD))
    return words, torch.tensor([[word in has for word in words] for has in found])


def drawn(random: np.random.Generator, count: int, wanted: int) -> Tensor:
    """Numbers below `count`, some perhaps twice."""
    return torch.from_numpy(random.integers(0, count, wanted))


def different(random: np.random.Generator, count: int, wanted: int) -> Tensor:
    """Different numbers below `count`."""
    return torch.from_numpy(random.choice(count, min(wanted, count), replace=False))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.lower())


def _singular(word: str) -> str:
    plural = len(word) > 3 and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if plural else word
