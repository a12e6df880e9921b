"""The stages: texts against the teacher, photos against both, both towers together."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from training.batches import Batches, Texts, standardiser, tokenized
from training.data import (
    Sample,
    cached_photos,
    caption_groups,
    captioned,
    crop_boxes,
    photos_file,
    training_samples,
)
from training.evaluate import Recall, embed_photos, embed_texts, owners, recall
from training.export import export
from training.learner import Learner, freeze, photo_loss, sibling_loss, text_loss
from training.loop import train
from training.model import load
from training.settings import Plan, Settings
from training.teacher import Features, features_file, opened, teach, teaching

BEST_FILE = "best.json"
# Ridge of the first fit of the teacher's features to a started model, in units of its photos.
FIT_RIDGE = 0.05


@dataclass(frozen=True, slots=True)
class Material:
    """What all stages work on: training samples with cached arrays, and the development set."""

    samples: list[Sample]
    photos: npt.NDArray[np.uint8]
    boxes: npt.NDArray[np.float32]
    features: Features
    siblings: Texts
    dev_photos: npt.NDArray[np.uint8]
    dev_features: npt.NDArray[np.uint8]
    dev_texts: Texts
    dev_owner: Tensor

    def batches(self, plan: Plan) -> Batches:
        """A stage's batches; each stage shuffles by its own seed."""
        return Batches(self.samples, self.photos, self.boxes, self.features, plan)

    def dev_tokens(self) -> Tensor:
        """(T, context) int64: every caption of the development set, in order."""
        return self.dev_texts.tokens[[row for rows in self.dev_texts.choices for row in rows]]


@contextlib.contextmanager
def prepared(shared: Path, cache: Path, settings: Settings) -> Iterator[Material]:
    """Decode the photos and set the teacher to work beside, or read both from the cache."""
    samples = training_samples(shared)
    dev = captioned(shared, "dev")
    photos = cached_photos(samples, shared, cache, "train-photos")
    dev_photos = cached_photos(dev, shared, cache, "dev-photos")
    boxes = crop_boxes(len(samples), settings.views, settings.smallest_crop, settings.seed)
    whole = crop_boxes(len(dev), 1, 1.0, settings.seed)
    dev_file = features_file(whole, cache, "dev-features")
    dev_features = opened(whole, dev_file)
    if not dev_features.views():
        teach(dev_photos, whole, shared, dev_file)
    file = features_file(boxes, cache, "train-features")
    with teaching(photos_file(samples, cache, "train-photos"), boxes, shared, file) as features:
        yield Material(
            samples=samples,
            photos=photos,
            boxes=boxes,
            features=features,
            siblings=tokenized(caption_groups(shared, dev)),
            dev_photos=dev_photos,
            dev_features=dev_features.stored,
            dev_texts=tokenized(dev),
            dev_owner=owners([len(sample.texts) for sample in dev]),
        )


def started(material: Material, settings: Settings, start: Path | None) -> Learner:
    """A learner from scratch, or one that goes on from the model in folder `start`.

    Only training has the projection of the teacher's features: for a started model it is fitted
    (ridge regression) to what the image tower says of the whole training photos.
    """
    learner = Learner(settings.seed)
    if start is None:
        return learner
    learner.clip.load_state_dict(load(start)[0].state_dict())
    standardise = standardiser(material.features)
    embedded = embed_photos(learner.clip, material.photos)
    features = standardise(material.features.stored[:, 0])
    gram = features.T @ features / len(features)
    ridge = FIT_RIDGE * gram.diagonal().mean() * torch.eye(len(gram))
    fitted = torch.linalg.solve(gram + ridge, features.T @ embedded / len(features))
    with torch.no_grad():
        learner.projection.weight.copy_(fitted.T)
    return learner


def sibling_tokens(material: Material, plan: Plan, step: int) -> tuple[Tensor, Tensor]:
    """Two captions each of `plan.siblings` photos, (siblings, context) int64 tokens each."""
    texts = material.siblings
    random = np.random.default_rng((plan.seed, 1, step))
    groups = random.choice(len(texts.choices), plan.siblings, replace=False)
    pairs = [random.choice(texts.choices[group], 2, replace=False) for group in groups]
    first, second = np.array(pairs).T
    return texts.tokens[first], texts.tokens[second]


def learn(
    learner: Learner, plan: Plan, material: Material, settings: Settings, folder: Path, out: Path
) -> Learner:
    """Run one stage; what it learns and from what is the plan's `towers`."""
    if plan.towers == "text":
        return learn_texts(learner, plan, material, folder)
    if plan.towers == "photo":
        return learn_photos(learner, plan, material, settings, folder, out)
    return learn_jointly(learner, plan, material, settings, folder, out)


def learn_texts(learner: Learner, plan: Plan, material: Material, folder: Path) -> Learner:
    """The text tower and the projection of the frozen teacher's features."""
    freeze(learner.parameters(), True)
    freeze([*learner.text_tower(), *learner.projection.parameters()], False)
    batches = material.batches(plan)
    dev_features = batches.standardise(material.dev_features[:, 0])
    dev_tokens = material.dev_tokens()

    def loss_at(step: int) -> Tensor:
        batch = batches.draw(step)
        loss = text_loss(learner, batch, learner.read(batches.texts.tokens[batch.texts]))
        if plan.siblings:
            loss = loss + sibling_loss(learner, *sibling_tokens(material, plan, step))
        return loss

    def measure(average: Learner, _step: int) -> Recall:
        with torch.no_grad():
            photos = average.taught(dev_features)
        return recall(photos, embed_texts(average.clip, dev_tokens), material.dev_owner)

    return train(learner, plan, loss_at, measure, folder)


def learn_photos(
    learner: Learner, plan: Plan, material: Material, settings: Settings, folder: Path, out: Path
) -> Learner:
    """The image tower, into the space of the frozen text tower."""
    freeze(learner.parameters(), False)
    freeze([*learner.text_tower(), *learner.projection.parameters()], True)
    batches = material.batches(plan)
    texts = embed_texts(learner.clip, batches.texts.tokens)

    def loss_at(step: int) -> Tensor:
        batch = batches.draw(step)
        random = np.random.default_rng((settings.seed, step))
        ranked = texts[torch.from_numpy(random.integers(0, len(texts), settings.ranked_texts))]
        return photo_loss(learner, batch, texts[batch.texts], ranked, settings.weights)

    return train(learner, plan, loss_at, exporting(material, folder, out), folder)


def learn_jointly(
    learner: Learner, plan: Plan, material: Material, settings: Settings, folder: Path, out: Path
) -> Learner:
    """Both towers together, the teacher's joint embedding still a target."""
    freeze(learner.parameters(), False)
    freeze(learner.projection.parameters(), True)
    batches = material.batches(plan)

    def loss_at(step: int) -> Tensor:
        batch = batches.draw(step)
        texts = learner.read(batches.texts.tokens[batch.texts])
        # The texts also stay true to the teacher, whom the image tower has not learned by heart.
        loss = photo_loss(learner, batch, texts, texts, settings.weights)
        if not batch.mixed:
            loss = loss + text_loss(learner, batch, texts)
        if plan.siblings:
            loss = loss + sibling_loss(learner, *sibling_tokens(material, plan, step))
        return loss

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
