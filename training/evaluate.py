"""What a stage has reached: recall on the development photos, names, and foreign sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from training.augment import whole_photos
from training.reading import read_texts

CHUNK = 125
TEXT_CHUNK = 1000
AMONG = 10


@dataclass(frozen=True, slots=True)
class Queries:
    """Texts about photos: `owner`, (T,) int64, is the row of the photo that a text describes."""

    texts: tuple[str, ...]
    owner: Tensor


@dataclass(frozen=True, slots=True)
class Exam:
    """What is measured on; nothing of it is ever trained on.

    captions: by language, about the development photos. held_out: the classes, (H,) int64, of the
    held-out photos among `class_names`; each name is a tuple of its phrasings. label_names: the
    classifier's; `labels`, (S,) int64, are those of the photos `sure`, (S,) rows of development and
    then held-out photos, of which the classifier is sure. sentences: by language, and in English.
    """

    captions: dict[str, Queries]
    class_names: tuple[tuple[str, ...], ...]
    held_out: Tensor
    label_names: tuple[tuple[str, ...], ...]
    sure: Tensor
    labels: Tensor
    sentences: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class ExamTexts:
    """The texts of an `Exam` as unit rows; names are the means of their phrasings."""

    captions: dict[str, Tensor]
    class_names: Tensor
    label_names: Tensor
    sentences: dict[str, tuple[Tensor, Tensor]]


def owners(texts_per_photo: Sequence[int]) -> Tensor:
    """(T,) int64: which photo each text belongs to, texts in the order of their photos."""
    return torch.from_numpy(np.repeat(np.arange(len(texts_per_photo)), texts_per_photo))


def exam_texts(exam: Exam, encode: Any, languages: Sequence[str]) -> ExamTexts:
    """Encode what `encode`, texts → unit rows (T, D), can read: captions and sentences of these."""

    def named(names: Sequence[Sequence[str]]) -> Tensor:
        flat = encode([text for phrasings in names for text in phrasings])
        return functional.normalize(flat.unflatten(0, (len(names), -1)).mean(dim=1), dim=1)

    return ExamTexts(
        captions={
            language: encode(queries.texts)
            for language, queries in exam.captions.items()
            if language in languages
        },
        class_names=named(exam.class_names),
        label_names=named(exam.label_names),
        sentences={
            language: (encode(theirs), encode(english))
            for language, (theirs, english) in exam.sentences.items()
            if language in languages
        },
    )


def figures(exam: Exam, texts: ExamTexts, dev: Tensor, held_out: Tensor) -> dict[str, float]:
    """Shares found; dev and held_out are unit rows, (photos, D)."""
    found: dict[str, float] = {}
    for language, vectors in texts.captions.items():
        scores, owner = vectors @ dev.T, exam.captions[language].owner
        rank = (scores > scores.gather(1, owner[:, None])).sum(dim=1)
        for k in (1, 5, 10):
            found[f"{language}_to_photo_{k}"] = _share(rank < k)
        belongs = owner[:, None] == torch.arange(len(dev))[None, :]
        best = scores.masked_fill(~belongs, -torch.inf).amax(dim=0)
        found[f"photo_to_{language}_10"] = _share((scores > best).sum(dim=0) < AMONG)
    hits = _among_five(held_out @ texts.class_names.T, exam.held_out)
    found["class_1"], found["class_5"] = _share(hits[:, 0]), _share(hits.any(dim=1))
    sure = torch.cat([dev, held_out])[exam.sure]
    found["label_5"] = _share(_among_five(sure @ texts.label_names.T, exam.labels).any(dim=1))
    for language, (theirs, english) in texts.sentences.items():
        scores = theirs @ english.T
        rank = (scores > scores.diagonal()[:, None]).sum(dim=1)
        found[f"{language}_to_english_10"] = _share(rank < AMONG)
    return found


def _among_five(scores: Tensor, right: Tensor) -> Tensor:
    """(rows, 5) bool: which of the best five is the right one."""
    return scores.topk(5).indices == right[:, None]


def _share(hits: Tensor) -> float:
    return hits.float().mean().item()


@torch.no_grad()
def embed_photos(visual: Any, photos: npt.NDArray[np.uint8]) -> Tensor:
    """Unit rows, (N, D) float32, of photos (N, side, side, 3) uint8; leaves training mode."""
    visual.eval()
    chunks = [
        visual(whole_photos(photos[start : start + CHUNK]))
        for start in range(0, len(photos), CHUNK)
    ]
    return functional.normalize(torch.cat(chunks), dim=1)


@torch.no_grad()
def embed_texts(model: Any, tokens: Tensor) -> Tensor:
    """Unit rows, (T, D) float32, of tokens (T, context) int64; leaves training mode."""
    model.eval()
    chunks = [read_texts(model, part) for part in torch.split(tokens, TEXT_CHUNK)]
    return functional.normalize(torch.cat(chunks), dim=1)
