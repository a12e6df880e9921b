"""Other languages: Chinese captions find photos, sentences find their English translation."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.quality.conditions import UPRIGHT
from benchmarks.quality.embedding import Embedder
from benchmarks.quality.folders import captioned
from benchmarks.quality.metrics import recall
from benchmarks.quality.report import Line, Table

SENTENCES = 1000
_LANGUAGES = ("English", "German", "French", "Czech")


def languages(embedder: Embedder, chinese: Path | None, parallel: Path | None) -> Table:
    """Recall of Chinese captions, and of sentences in languages that have the English one.

    `chinese`: a `.jsonl` file, see `folders`. `parallel`: a file of which the last lines have a
    sentence in English, German, French and Czech, with tabs between them.
    """
    lines: list[Line] = []
    name = embedder.model.name
    if chinese is not None:
        data = captioned(chinese)
        photos = embedder.photos(data.photos, UPRIGHT)
        found = recall(embedder.encode_texts(data.captions) @ photos.T, data.owner).values
        lines.append(Line("Chinese captions find photos", name, found[:3]))
    if parallel is not None:
        rows = [line.split("\t") for line in parallel.read_text("utf-8").splitlines()[-SENTENCES:]]
        texts = dict(zip(_LANGUAGES, zip(*rows, strict=True), strict=True))
        english = embedder.encode_texts(texts.pop("English"))
        for language, theirs in texts.items():
            scores = embedder.encode_texts(theirs) @ english.T
            shares = recall(scores, np.arange(len(scores))).values
            lines.append(Line(f"{language} sentences find the English ones", name, shares[:3]))
    return Table(
        "Other languages",
        ("R@1", "R@5", "R@10"),
        tuple(lines),
        "bare texts; sentences that nothing was trained on",
    )
