"""The text tower learns what the space says of texts, in five languages, and what photos show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from training.corpora import Lesson
from training.losses import one_of
from training.model import VOCABULARY, WIDTH, tokenizer
from training.names import different
from training.reading import read_texts
from training.settings import Kind, TextPlan

# What open_clip draws a token's first row with is 0.02; rows that mean something may be longer.
TOKEN_DEVIATION = 0.04


@dataclass(frozen=True, slots=True)
class TextMaterial:
    """All lessons as arrays, and the photos that captions are about.

    tokens: (L, context) uint16. targets: (L, EMBED_DIM) float16, unit rows: what the space says of
    the English texts that mean the same. groups: the rows of each language and kind.
    photo_of: (L,) int64, -1 where there is none. photos: (P, EMBED_DIM) float32, unit rows.
    """

    tokens: npt.NDArray[np.uint16]
    targets: Tensor
    groups: dict[tuple[str, Kind], npt.NDArray[np.int64]]
    photo_of: npt.NDArray[np.int64]
    photos: Tensor


def grouped(lessons: Sequence[Lesson]) -> dict[tuple[str, Kind], npt.NDArray[np.int64]]:
    """The rows of the lessons of each language and kind. A caption is a sentence, too."""
    rows: dict[tuple[str, Kind], list[int]] = {}
    for row, lesson in enumerate(lessons):
        rows.setdefault((lesson.language, lesson.kind), []).append(row)
        if lesson.kind == "caption" and lesson.language == "en":
            rows.setdefault((lesson.language, "sentence"), []).append(row)
    return {group: np.array(found) for group, found in rows.items()}


def targets(lessons: Sequence[Lesson], says: Callable[[Sequence[str]], Tensor]) -> Tensor:
    """What the space says of each lesson's meanings, their mean: (L, EMBED_DIM) float16, unit rows.

    says: unit rows (T, EMBED_DIM) for English texts.
    """
    bank: dict[str, int] = {}
    rows = [[bank.setdefault(text, len(bank)) for text in each.meanings] for each in lessons]
    said = says(list(bank))
    owner = torch.from_numpy(np.repeat(np.arange(len(rows)), [len(each) for each in rows]))
    sums = torch.zeros(len(rows), said.shape[1])
    sums.index_add_(0, owner, said[[row for each in rows for row in each]])
    return functional.normalize(sums, dim=1).half()


def begin_tokens(clip: Any, means: Callable[[Sequence[str]], npt.NDArray[np.float32]]) -> None:
    """Let the rows of tokens that are letters begin as what the sentence encoder says of them.

    means: sentence vectors (T, SENTENCE_DIM) of texts. They are brought down to the tower's width
    by principal components. Other tokens' rows are drawn with the same deviation.
    """
    spelled = _spelled_tokens()
    vectors = means([text for _, text in spelled])
    vectors = vectors - vectors.mean(axis=0)
    _, _, components = np.linalg.svd(vectors, full_matrices=False)
    rows = vectors @ components[:WIDTH].T
    table = np.random.default_rng(1).normal(size=(VOCABULARY, WIDTH)).astype(np.float32)
    table[[token for token, _ in spelled]] = rows / rows.std()
    with torch.no_grad():
        clip.token_embedding.weight.copy_(torch.from_numpy(table * TOKEN_DEVIATION))


def _spelled_tokens() -> list[tuple[int, str]]:
    """Tokens that stand for at least two plain letters, and those letters."""
    coder = tokenizer()
    found = []
    for token in range(VOCABULARY - 2):
        written = coder.decoder[token].replace("</w>", "")
        text = bytes(coder.byte_decoder[letter] for letter in written).decode("utf-8", "ignore")
        if len(text) >= 2 and text.isascii() and text.isalpha():
            found.append((token, text))
    return found


def text_loss(clip: Any, material: TextMaterial, plan: TextPlan, step: int) -> Tensor:
    """The loss of a step.

    Texts go where the space has them: nearer (cosine), and nearer than to any other of the batch.
    Captions also find their photo among others, as in LiT (Zhai et al. 2021, arXiv:2111.07991).
    """
    random = np.random.default_rng((plan.schedule.seed, step))
    rows = np.concatenate(
        [
            random.choice(material.groups[language, kind], count)
            for language, kind, count in plan.mixture
        ]
    )
    tokens = torch.from_numpy(material.tokens[rows].astype(np.int64))
    texts = functional.normalize(read_texts(clip, tokens), dim=1)
    meant = material.targets[torch.from_numpy(rows)].float()
    scale = clip.logit_scale.exp()
    distance = 1 - (texts * meant).sum(dim=1).mean()
    loss = plan.meaning * distance + one_of(texts, meant, meant[:0], scale)
    about = material.photo_of[rows]
    seen = torch.from_numpy(np.flatnonzero(about >= 0))
    shown = material.photos[torch.from_numpy(about)[seen]]
    others = material.photos[different(random, len(material.photos), plan.others)]
    return loss + plan.sight * one_of(texts[seen], shown, others, scale)
