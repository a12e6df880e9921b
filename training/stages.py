"""The stages one after the other: the space, then the towers by turns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from training.evaluate import (
    Exam,
    ExamTexts,
    embed_photos,
    embed_texts,
    exam_texts,
    figures,
)
from training.loop import train
from training.material import Sources, exam_of, photo_material, space_material, text_material
from training.model import build
from training.photos import Looking, photo_loss
from training.settings import PhotoPlan, Recipe, SpacePlan, TextPlan
from training.space import Space, space_loss
from training.texts import begin_tokens, text_loss

LANGUAGES = ("english", "chinese", "german", "french", "czech")


@dataclass(frozen=True)
class Workshop:
    """Where a run reads from and writes its checkpoints to, and what it is measured on."""

    sources: Sources
    folder: Path
    exam: Exam


def opened(sources: Sources, folder: Path) -> Workshop:
    """Prepare a run; decoding and features take some minutes the first time."""
    folder.mkdir(parents=True, exist_ok=True)
    return Workshop(sources, folder, exam_of(sources))


def learn(workshop: Workshop, recipe: Recipe) -> Any:  # open_clip's CLIP
    """Run all stages; returns the model."""
    space = learn_space(workshop, recipe.space)
    clip = started(workshop, space, recipe.space.schedule.seed)
    for plan in recipe.towers:
        if isinstance(plan, TextPlan):
            learn_texts(workshop, plan, space, clip)
        else:
            learn_photos(workshop, plan, clip)
    return clip


def learn_space(workshop: Workshop, plan: SpacePlan) -> Space:
    """The space, made of frozen features and frozen sentence vectors."""
    torch.manual_seed(plan.schedule.seed)
    sources = workshop.sources
    space, material = space_material(sources)
    dev = sources.features(sources.dev, "dev")
    held_out = sources.features(sources.held_out, "held-out")

    @torch.no_grad()
    def measure(average: Space) -> dict[str, float]:
        def encode(texts: Sequence[str]) -> Tensor:
            return average.texts(sources.sentences(texts, "exam"))

        photos = [average.photos(average.standardised(each)) for each in (dev, held_out)]
        texts = exam_texts(workshop.exam, encode, ["english"])
        return figures(workshop.exam, texts, photos[0], photos[1])

    def loss_at(step: int) -> Tensor:
        return space_loss(space, material, plan, step)

    return train(space, plan.schedule, loss_at, measure, workshop.folder)


def started(workshop: Workshop, space: Space, seed: int) -> Any:
    """The model; its image tower is the classifier with the space's photo head as last layer."""
    clip = build(seed)
    trunk = clip.visual.trunk
    weights = {
        name: value
        for name, value in workshop.sources.network.state_dict().items()
        if not name.startswith("classifier.")
    }
    trunk.load_state_dict(weights, strict=False)
    weight, bias = space.projection()
    with torch.no_grad():
        trunk.get_classifier().weight.copy_(weight)
        trunk.get_classifier().bias.copy_(bias)
    begin_tokens(clip, lambda texts: workshop.sources.sentences(texts, "tokens").numpy())
    return clip


def learn_texts(workshop: Workshop, plan: TextPlan, space: Space, clip: Any) -> None:
    """The text tower of `clip`, whose image tower is held still."""
    sources = workshop.sources
    only(clip, lambda name: not name.startswith("visual."))
    described = embed_photos(clip.visual, sources.photos(sources.described, "described"))
    dev, held_out = see_exam(workshop, clip.visual)
    material = text_material(sources, space, described)

    def measure(average: Any) -> dict[str, float]:
        return figures(workshop.exam, read_exam(workshop, average), dev, held_out)

    def loss_at(step: int) -> Tensor:
        return text_loss(clip, material, plan, step)

    learned = train(clip, plan.schedule, loss_at, measure, workshop.folder)
    clip.load_state_dict(learned.state_dict())


def learn_photos(workshop: Workshop, plan: PhotoPlan, clip: Any) -> None:
    """The image tower of `clip`, whose text tower is held still."""
    sources = workshop.sources
    only(clip, lambda name: name.startswith("visual."))
    material = photo_material(sources, clip)
    texts = read_exam(workshop, clip)
    looking = Looking(clip.visual, embed_photos(clip.visual, material.described))

    def measure(average: Looking) -> dict[str, float]:
        dev, held_out = see_exam(workshop, average.visual)
        return figures(workshop.exam, texts, dev, held_out)

    def loss_at(step: int) -> Tensor:
        return photo_loss(looking, material, plan, step)

    learned = train(looking, plan.schedule, loss_at, measure, workshop.folder)
    clip.visual.load_state_dict(learned.visual.state_dict())


def see_exam(workshop: Workshop, visual: Any) -> tuple[Tensor, Tensor]:
    """The development and the held-out photos as an image tower sees them, unit rows."""
    sources = workshop.sources
    dev = embed_photos(visual, sources.photos(sources.dev, "dev"))
    return dev, embed_photos(visual, sources.photos(sources.held_out, "held-out"))


def read_exam(workshop: Workshop, clip: Any) -> ExamTexts:
    """The exam's texts as the text tower of `clip` reads them."""
    return exam_texts(
        workshop.exam,
        lambda texts: embed_texts(clip, workshop.sources.tokens(texts)),
        LANGUAGES,
    )


def only(clip: Any, learns: Callable[[str], bool]) -> None:
    """Let the parameters with these names learn, no others."""
    for name, value in clip.named_parameters():
        value.requires_grad_(learns(name))
