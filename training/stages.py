"""The stages: texts against the teacher, photos against both, then both towers together."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from training.batches import Batches, Texts, tokenized
from training.data import Sample, cached_photos, captioned, crop_boxes, training_samples
from training.evaluate import Recall, embed_photos, embed_texts, owners, recall
from training.export import export
from training.learner import Learner, freeze, photo_loss, text_loss
from training.loop import train
from training.settings import Plan, Settings
from training.teacher import cached_features

BEST_FILE = "best.json"


@dataclass(frozen=True, slots=True)
class Material:
    """What all stages work on: training samples with cached arrays, and the development set."""

    samples: list[Sample]
    photos: npt.NDArray[np.uint8]
    boxes: npt.NDArray[np.float32]
    features: npt.NDArray[np.uint8]
    dev_photos: npt.NDArray[np.uint8]
    dev_features: npt.NDArray[np.uint8]
    dev_texts: Texts
    dev_owner: Tensor

    def batches(self, plan: Plan) -> Batches:
        """A stage's batches; each stage shuffles by its own seed."""
        return Batches(
            self.samples,
            self.photos,
            self.boxes,
            self.features,
            captioned_repeats=plan.captioned_repeats,
            seed=plan.seed,
        )

    def dev_tokens(self) -> Tensor:
        """(T, context) int64: every caption of the development set, in order."""
        return self.dev_texts.tokens[[row for rows in self.dev_texts.choices for row in rows]]


def prepare(shared: Path, cache: Path, settings: Settings, threads: int) -> Material:
    """Decode the photos and run the teacher, or read both from the cache."""
    samples = training_samples(shared)
    dev = captioned(shared, "dev")
    photos = cached_photos(samples, shared, cache, "train-photos")
    dev_photos = cached_photos(dev, shared, cache, "dev-photos")
    boxes = crop_boxes(len(samples), settings.views, settings.smallest_crop, settings.seed)
    whole = crop_boxes(len(dev), 1, 1.0, settings.seed)
    features = cached_features(photos, boxes, shared, cache / "train-features", threads)
    dev_features = cached_features(dev_photos, whole, shared, cache / "dev-features", threads)
    return Material(
        samples=samples,
        photos=photos,
        boxes=boxes,
        features=features,
        dev_photos=dev_photos,
        dev_features=dev_features,
        dev_texts=tokenized(dev),
        dev_owner=owners([len(sample.texts) for sample in dev]),
    )


def learn_texts(learner: Learner, material: Material, settings: Settings, folder: Path) -> Learner:
    """Stage one: the text tower and the projection of the frozen teacher's features."""
    plan = settings.text
    freeze(learner.parameters(), True)
    freeze([*learner.text_tower(), *learner.projection.parameters()], False)
    batches = material.batches(plan)
    dev_features = batches.standardise(material.dev_features[:, 0])
    dev_tokens = material.dev_tokens()

    def loss_at(step: int) -> Tensor:
        batch = batches.draw(step, plan.batch, plan.resolution)
        texts = learner.read(batches.texts.tokens[batch.texts])
        return text_loss(learner, batch, texts)

    def measure(average: Learner, _step: int) -> Recall:
        with torch.no_grad():
            photos = average.taught(dev_features)
        return recall(photos, embed_texts(average.clip, dev_tokens), material.dev_owner)

    return train(learner, plan, loss_at, measure, folder)


def learn_photos(
    learner: Learner, material: Material, settings: Settings, folder: Path, out: Path
) -> Learner:
    """Stage two: the image tower, from scratch, into the space of the frozen text tower."""
    plan = settings.photo
    freeze(learner.parameters(), False)
    freeze([*learner.text_tower(), *learner.projection.parameters()], True)
    batches = material.batches(plan)
    texts = embed_texts(learner.clip, batches.texts.tokens)

    def loss_at(step: int) -> Tensor:
        batch = batches.draw(step, plan.batch, plan.resolution)
        random = np.random.default_rng((settings.seed, step))
        ranked = texts[torch.from_numpy(random.integers(0, len(texts), settings.ranked_texts))]
        return photo_loss(learner, batch, texts[batch.texts], ranked, settings.weights)

    return train(learner, plan, loss_at, exporting(material, folder, out), folder)


def learn_jointly(
    learner: Learner,
    plan: Plan,
    material: Material,
    settings: Settings,
    folder: Path,
    out: Path,
) -> Learner:
    """Stages three and four: both towers together, the teacher's joint embedding still a target."""
    freeze(learner.parameters(), False)
    freeze(learner.projection.parameters(), True)
    batches = material.batches(plan)

    def loss_at(step: int) -> Tensor:
        batch = batches.draw(step, plan.batch, plan.resolution)
        texts = learner.read(batches.texts.tokens[batch.texts])
        # The texts also stay true to the teacher, whom the image tower has not learned by heart.
        seen = photo_loss(learner, batch, texts, texts, settings.weights)
        return seen + text_loss(learner, batch, texts)

    return train(learner, plan, loss_at, exporting(material, folder, out), folder)


def measured(learner: Learner, material: Material) -> Recall:
    """Recall of the model on the development photos."""
    photos = embed_photos(learner.clip, material.dev_photos)
    return recall(photos, embed_texts(learner.clip, material.dev_tokens()), material.dev_owner)


def exporting(material: Material, folder: Path, out: Path) -> Callable[[Learner, int], Recall]:
    """A measure that also writes the model to `out` whenever its recall at 10 is the best yet."""
    best_file = folder / BEST_FILE

    def measure(learner: Learner, step: int) -> Recall:
        found = measured(learner, material)
        best = -1.0
        if best_file.exists():
            best = json.loads(best_file.read_text(encoding="utf-8"))["text_to_photo_10"]
        if found.text_to_photo_10 > best:
            export(learner.clip, out)
            record = {"step": step, **found.figures()}
            best_file.write_text(json.dumps(record) + "\n", encoding="utf-8")
        return found

    return measure
