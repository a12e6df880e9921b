"""Keeps the scores of labels in step with the catalogue: what changed is judged, and nothing else.

Scores are a cache. Each label's are kept with a mark of all they were made by (words, corrections,
model, ruler) and the last embedding they take in, so a process that is killed, another model or an
edit in another process leave nothing stale behind: the next look sees what to do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.catalog import label_scores
from core.catalog.labels import Label, list_labels
from core.catalog.tags import hand_tags
from core.embedding.text import thread_pools
from core.tagging.classifiers import Classifiers, classify, words_of
from core.tagging.learning import Head, learn
from core.tagging.lines import follow_line
from core.tagging.photos import PhotoVectors
from core.tagging.scoring import Judge, priors, relevances

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.catalog.catalogue import Catalogue
    from core.search.prompts import Prompts
    from core.search.ruler import Ruler, Rulers

AT_ONCE_BYTES = 128 * 2**20
"""What the scores of the labels that are judged together may take before they are written."""

_METHOD = "5"  # other numbers for the same photos: count on


def _never() -> bool:
    return False


class Scorer:
    """Judges the photos of a library under one model. For one thread at a time.

    `temperature`: what the model's cosines are multiplied by. `knows`: whether it knows any word of
    a text.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        model_key: str,
        prompts: Prompts,
        rulers: Rulers,
        temperature: float,
        knows: Callable[[str], bool],
    ) -> None:
        self.photos = PhotoVectors(catalogue, model_key)
        self._catalogue = catalogue
        self._key = model_key
        self._prompts = prompts
        self._rulers = rulers
        self._knows = knows
        self.temperature = temperature
        self._classifiers = Classifiers(catalogue, model_key, prompts)
        self._levels: dict[int, tuple[NDArray[np.int64], NDArray[np.float32]]] = {}
        self._levels_of = ""

    def ruler(self) -> Ruler | None:
        """What labels are measured by; None while no photo has been seen."""
        return self._rulers.of(self.photos.count(), self.photos.sample)

    def refresh(
        self,
        cancelled: Callable[[], bool] = _never,
        tell: Callable[[tuple[int, ...]], None] = lambda _: None,
        lines_moved: Callable[[], None] = lambda: None,
    ) -> bool:
        """Bring all scores up to date; whether there was anything to do.

        `tell` gets the ids of labels whose scores are new; `lines_moved` is called where lines
        moved with them. Raises ModelError and CatalogueError.
        """
        with self._catalogue.reader() as c:
            labels = [label for label in list_labels(c) if label.active]
            known = label_scores.scored(c)
        ruler = self.ruler() if labels else None
        if ruler is None:
            return False
        seq = self.photos.seq()
        marks = self.marks(labels, ruler)
        stale = [label for label in labels if known.get(label.id, ("", 0))[0] != marks[label.id]]
        behind = [label for label in labels if label not in stale and known[label.id][1] < seq]
        for some in self._in_turn(stale):
            if cancelled():
                return True
            if self._judge_all(some, ruler, marks, seq, cancelled):
                lines_moved()
            tell(tuple(label.id for label in some))
        if behind and not cancelled():
            self._judge_new(behind, ruler, marks, seq, min(known[b.id][1] for b in behind))
            tell(tuple(label.id for label in behind))
        return bool(stale or behind)

    def marks(self, labels: Sequence[Label], ruler: Ruler) -> dict[int, str]:
        """What the scores of each label are made by, by id, as one short text."""
        with self._catalogue.reader() as c:
            own = {}
            for label in labels:
                ids, fits = hand_tags(c, label.id)
                said = ids.tobytes() + fits.tobytes()
                own[label.id] = words_of(label) + hashlib.sha256(said).hexdigest()
        found = {}
        for label in labels:
            rivals = sorted(own[each.id] for each in labels if each.group == label.group)
            parts = (_METHOD, self._key, ruler.mark, own[label.id], label.group)
            text = "\n".join((*parts, *(rivals if label.group else ())))
            found[label.id] = hashlib.sha256(text.encode()).hexdigest()[:24]
        return found

    def judges(self, labels: Sequence[Label], ruler: Ruler) -> list[Judge]:
        """Labels ready to judge, with what they learned; encodes words that are new."""
        return self._taught(self._untaught(labels), ruler)

    def judges_with(self, label: Label, others: Sequence[Label], ruler: Ruler) -> list[Judge]:
        """A label, whose words need not be kept anywhere, and its rivals; what is said counts."""
        own = Judge(label, classify(self._prompts, label), self._means_something(label))
        return self._taught([own, *self._untaught(others)], ruler)

    def _untaught(self, labels: Sequence[Label]) -> list[Judge]:
        made = self._classifiers.of(labels)
        return [
            Judge(label, classifier, self._means_something(label))
            for label, classifier in zip(labels, made, strict=True)
        ]

    def _means_something(self, label: Label) -> bool:
        return any(self._knows(prompt) for prompt in label.prompts)

    def judge(
        self, judges: Sequence[Judge], ruler: Ruler, *, after_seq: int = 0
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
        """Relevances of all photos or the newer ones, chunk by chunk: ids (n,), (labels, n)."""
        for ids, vectors, levels in self.levelled(ruler, after_seq=after_seq):
            yield ids, relevances(ruler, judges, vectors, levels, self.temperature)

    def levelled(
        self, ruler: Ruler, *, after_seq: int = 0
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]]]:
        """Ids, vectors and levels of photos; the levels of those in memory are remembered."""
        if self._levels_of != ruler.mark:
            self._levels, self._levels_of = {}, ruler.mark
        for ids, vectors in self.photos.chunks(after_seq=after_seq):
            kept = self._levels.get(id(ids))
            if kept is None:
                with thread_pools().limit(limits=1, user_api="blas"):
                    kept = ids, ruler.calibration.levels(vectors)
                if not after_seq and self.photos.in_memory:
                    self._levels[id(ids)] = kept  # with ids, so that no other array gets its id
            yield ids, vectors, kept[1]

    def _taught(self, judges: Sequence[Judge], ruler: Ruler) -> list[Judge]:
        """With heads of what a person said of these labels; groups are there as a whole."""
        found = []
        for judge in judges:
            rivals = [
                each
                for each in judges
                if each is judge or (judge.label.group and each.label.group == judge.label.group)
            ]
            head = self._head(judge, rivals, ruler)
            found.append(judge if head is None else replace(judge, head=head))
        return found

    def _head(self, judge: Judge, rivals: Sequence[Judge], ruler: Ruler) -> Head | None:
        if not judge.label.id:
            return None
        with self._catalogue.reader() as c:
            ids, fits = hand_tags(c, judge.label.id)
        known, vectors = self.photos.of(ids)
        if len(known) == 0:
            return None
        place = next(row for row, each in enumerate(rivals) if each is judge)
        # On a busy computer, threads that share one small product wait far longer than it takes.
        with thread_pools().limit(limits=1, user_api="blas"):
            return learn(
                vectors,
                fits[np.searchsorted(ids, known)],
                priors(ruler, rivals, vectors, self.temperature)[place],
                ruler.sample,
                priors(ruler, rivals, ruler.sample, self.temperature)[place],
                rare=not judge.label.group,
            )

    def _in_turn(self, stale: Sequence[Label]) -> Iterator[list[Label]]:
        """Labels in parts whose scores fit into memory; a group is never parted."""
        room = max(1, AT_ONCE_BYTES // max(2 * self.photos.count(), 1))
        part: list[Label] = []
        taken: set[int] = set()
        for label in stale:
            if label.id in taken:
                continue
            together = [
                each
                for each in stale
                if each.id == label.id or (label.group and each.group == label.group)
            ]
            taken |= {each.id for each in together}
            if part and len(part) + len(together) > room:
                yield part
                part = []
            part = [*part, *together]
        if part:
            yield part

    def _judge_all(
        self,
        labels: Sequence[Label],
        ruler: Ruler,
        marks: dict[int, str],
        seq: int,
        cancelled: Callable[[], bool],
    ) -> bool:
        """Replace all scores of labels; whether a line moved with them."""
        judges = self.judges(labels, ruler)
        moved = False
        ids, found = [np.empty(0, np.int64)], [np.empty((len(labels), 0), np.uint16)]
        for part, values in self.judge(judges, ruler):
            if cancelled():
                return moved
            ids.append(part)
            found.append(label_scores.to_stored(values))
        photos = np.concatenate(ids)
        order = np.argsort(photos, kind="stable")
        photos, kept = photos[order], np.concatenate(found, axis=1)
        for row, label in enumerate(labels):
            if cancelled():
                return moved
            with self._catalogue.transaction() as tx:
                if not label_scores.has_label(tx, label.id):
                    continue
                method = f"{_METHOD} {self._key}"
                moved |= follow_line(tx, label.id, method, photos, kept[row, order])
                label_scores.drop_relevances(tx, [label.id])
                label_scores.put_stored(tx, [label.id], photos, kept[row, order][None], anew=True)
                label_scores.set_scored(tx, {label.id: marks[label.id]}, seq)
        return moved

    def _judge_new(
        self,
        labels: Sequence[Label],
        ruler: Ruler,
        marks: dict[int, str],
        seq: int,
        after_seq: int,
    ) -> None:
        judges = self.judges(labels, ruler)
        for ids, values in self.judge(judges, ruler, after_seq=after_seq):
            order = np.argsort(ids)
            with self._catalogue.transaction() as tx:
                rows = [
                    row for row, label in enumerate(labels) if label_scores.has_label(tx, label.id)
                ]
                label_scores.put_relevances(
                    tx, [labels[row].id for row in rows], ids[order], values[rows][:, order]
                )
        with self._catalogue.transaction() as tx:
            there = [label.id for label in labels if label_scores.has_label(tx, label.id)]
            label_scores.set_scored(tx, {label_id: marks[label_id] for label_id in there}, seq)
