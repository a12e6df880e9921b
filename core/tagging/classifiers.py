"""From a label's words to vectors, and what is kept of them between two runs.

A classifier is the renormalised mean over templates and prompts (Radford et al. 2021, "Learning
Transferable Visual Models From Natural Language Supervision", section 3.1.4).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.catalog.label_scores import keep_notes, note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from core.catalog.catalogue import Catalogue
    from core.catalog.labels import Label
    from core.search.prompts import Prompts


@dataclass(frozen=True, eq=False)
class Classifier:
    """Unit vectors of one label under one model: `label`, (dim,), and `against`, (n, dim)."""

    label: NDArray[np.float32]
    against: NDArray[np.float32]


def words_of(label: Label) -> str:
    """All of a label that its classifier is made of, as one text."""
    return json.dumps([label.prompts, label.against, label.templates])


def classify(prompts: Prompts, label: Label) -> Classifier:
    """Make the classifier of a label; encodes texts. Raises ModelError."""
    ours = prompts.vectors(label.prompts, label.templates).mean(axis=0)
    length = max(float(np.linalg.norm(ours)), 1e-9)
    dim = len(ours)
    against = prompts.vectors(label.against, label.templates) if label.against else None
    return Classifier(
        (ours / length).astype(np.float32),
        np.empty((0, dim), np.float32) if against is None else against,
    )


class Classifiers:
    """Classifiers of one model, kept in the catalogue so that another process has them at once."""

    def __init__(self, catalogue: Catalogue, model_key: str, prompts: Prompts) -> None:
        self._catalogue = catalogue
        self._key = model_key
        self._prompts = prompts

    def of(self, labels: Sequence[Label]) -> list[Classifier]:
        """Classifiers of labels, in order; those that are new are kept where that is possible."""
        found: list[Classifier] = []
        new: dict[str, bytes] = {}
        for label in labels:
            mark = hashlib.sha256(f"{self._key}\n{words_of(label)}".encode()).hexdigest()
            kept = self._kept(f"classifier {mark}", 1 + len(label.against))
            if kept is None:
                kept = classify(self._prompts, label)
                rows = np.concatenate([kept.label[None], kept.against])
                new[f"classifier {mark}"] = rows.astype("<f4").tobytes()
            found.append(kept)
        if new and not self._catalogue.read_only:
            with self._catalogue.transaction() as tx:
                keep_notes(tx, new)
        return found

    def _kept(self, key: str, rows: int) -> Classifier | None:
        with self._catalogue.reader() as c:
            content = note(c, key)
        if content is None or len(content) % (4 * rows):
            return None
        vectors = np.frombuffer(content, "<f4").reshape(rows, -1).astype(np.float32)
        return Classifier(vectors[0], vectors[1:])
