"""Puts together what the stages learn from and are measured on, reading caches where they exist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from training.classifier import cached_features, classifier, probabilities, prototypes
from training.corpora import (
    Lesson,
    chinese_captions,
    imagenet_names,
    lessons,
    parallel_sentences,
)
from training.data import Sample, cached_photos, captioned, classified, photos_file
from training.evaluate import Exam, Queries, embed_texts, owners
from training.model import tokenizer
from training.names import Names, encoded, frequent_words, phrased
from training.photos import PhotoMaterial
from training.sentences import SentenceEncoder, cached_sentences
from training.space import Space, SpaceMaterial
from training.texts import TextMaterial, grouped, targets

# Where the classifier is at least so sure, its name is taken to be right.
SURE = 0.8
CAPTIONS = 5


@dataclass(frozen=True)
class Sources:
    """The shared folder, and the folder that decoded photos, features and sentences are kept in."""

    shared: Path
    cache: Path

    @cached_property
    def described(self) -> list[Sample]:
        """The captioned training photos."""
        return captioned(self.shared, "train")

    @cached_property
    def named(self) -> list[Sample]:
        """The training photos by class."""
        return classified(self.shared, held_out=False)

    @cached_property
    def dev(self) -> list[Sample]:
        """The development photos."""
        return captioned(self.shared, "dev")

    @cached_property
    def held_out(self) -> list[Sample]:
        """The photos by class that are for measuring only."""
        return classified(self.shared, held_out=True)

    @cached_property
    def names(self) -> Names:
        """All names and words."""
        classes = {sample.label: sample.texts[0] for sample in [*self.named, *self.held_out]}
        words, word_photos = frequent_words(self.described)
        return Names(
            classes=tuple(classes[number] for number in sorted(classes)),
            labels=tuple(names["en"] for names in imagenet_names(self.shared)),
            words=words,
            word_photos=word_photos,
        )

    @cached_property
    def lessons(self) -> list[Lesson]:
        """Everything that the text tower learns from."""
        return lessons(self.shared)

    @cached_property
    def network(self) -> Any:
        """The untouched classifier."""
        return classifier()

    @cached_property
    def encoder(self) -> SentenceEncoder:
        """The sentence encoder."""
        return SentenceEncoder(self.cache)

    def photos(self, samples: Sequence[Sample], name: str) -> npt.NDArray[np.uint8]:
        """(N, side, side, 3) uint8, decoded once."""
        return cached_photos(samples, self.shared, self.cache, name)

    def features(self, samples: Sequence[Sample], name: str) -> Tensor:
        """(N, FEATURES) float32 of the classifier, made once."""
        file = photos_file(samples, self.cache, f"{name}-features")
        return cached_features(self.network, self.photos(samples, name), file)

    def sentences(self, texts: Sequence[str], name: str) -> Tensor:
        """(T, SENTENCE_DIM) float32, unit rows, made once."""
        return torch.from_numpy(cached_sentences(self.encoder, texts, self.cache, name))

    def tokens(self, texts: Sequence[str]) -> Tensor:
        """(T, context) int64."""
        read: Tensor = tokenizer()(list(texts))
        return read


def space_material(sources: Sources) -> tuple[Space, SpaceMaterial]:
    """The untrained space and what it learns from."""
    described = sources.features(sources.described, "described")
    named = sources.features(sources.named, "named")
    space = Space(torch.cat([described, named]))
    captions = sources.sentences([text for s in sources.described for text in s.texts], "captions")
    standardised = space.standardised(torch.cat([described, named]))
    return space, SpaceMaterial(
        described=described,
        captions=captions.view(len(sources.described), CAPTIONS, -1),
        classified=named,
        classes=torch.tensor([sample.label for sample in sources.named]),
        said_described=probabilities(sources.network, described),
        said_classified=probabilities(sources.network, named),
        prototypes=prototypes(sources.network, standardised, space.deviation),
        names=encoded(sources.names, lambda texts: sources.sentences(texts, "names")),
    )


def text_material(sources: Sources, space: Space, photos: Tensor) -> TextMaterial:
    """What the text tower learns from; photos: (P, EMBED_DIM), unit rows of the described ones."""

    def says(texts: Sequence[str]) -> Tensor:
        with torch.no_grad():
            parts = torch.split(sources.sentences(texts, "meanings"), 8192)
            return torch.cat([space.texts(part) for part in parts])

    every = sources.lessons
    return TextMaterial(
        tokens=sources.tokens([lesson.text for lesson in every]).numpy().astype(np.uint16),
        targets=targets(every, says),
        groups=grouped(every),
        photo_of=np.array([lesson.photo for lesson in every]),
        photos=photos,
    )


def photo_material(sources: Sources, clip: Any) -> PhotoMaterial:
    """What the image tower learns from, as the text tower of `clip` reads it."""

    def read(texts: Sequence[str]) -> Tensor:
        return embed_texts(clip, sources.tokens(texts))

    english = [text for sample in sources.described for text in sample.texts]
    chinese = [text for texts in chinese_captions(sources.shared, "train") for text in texts]
    return PhotoMaterial(
        described=sources.photos(sources.described, "described"),
        english=read(english).view(len(sources.described), CAPTIONS, -1),
        chinese=read(chinese).view(len(sources.described), CAPTIONS, -1),
        classified=sources.photos(sources.named, "named"),
        classes=torch.tensor([sample.label for sample in sources.named]),
        said_described=probabilities(
            sources.network, sources.features(sources.described, "described")
        ),
        said_classified=probabilities(sources.network, sources.features(sources.named, "named")),
        names=encoded(sources.names, read),
    )


def exam_of(sources: Sources) -> Exam:
    """What every stage is measured on."""
    features = torch.cat(
        [sources.features(sources.dev, "dev"), sources.features(sources.held_out, "held-out")]
    )
    said = probabilities(sources.network, features).max(dim=1)
    sure = torch.nonzero(said.values >= SURE)[:, 0]
    chinese = chinese_captions(sources.shared, "dev")
    sentences = parallel_sentences(sources.shared, held_out=True)
    english = tuple(sentence.texts["en"] for sentence in sentences)
    return Exam(
        captions={
            "english": _queries([sample.texts for sample in sources.dev]),
            "chinese": _queries(chinese),
        },
        class_names=tuple(phrased(name) for name in sources.names.classes),
        held_out=torch.tensor([sample.label for sample in sources.held_out]),
        label_names=tuple(phrased(names[0]) for names in sources.names.labels),
        sure=sure,
        labels=said.indices[sure],
        sentences={
            language: (tuple(sentence.texts[code] for sentence in sentences), english)
            for language, code in (("german", "de"), ("french", "fr"), ("czech", "cs"))
        },
    )


def _queries(texts: Sequence[Sequence[str]]) -> Queries:
    flat = tuple(text for each in texts for text in each)
    return Queries(flat, owners([len(each) for each in texts]))
