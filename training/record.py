"""A record of a finished run: settings, data, learning curves, figures of the shipped file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import torch
from PIL import Image
from torch import Tensor
from torch.nn import functional

from training.data import Sample, list_hash
from training.evaluate import CHUNK, exam_texts, figures
from training.model import CONFIG_FILE, WEIGHTS_FILE, load
from training.settings import Recipe
from training.stages import LANGUAGES, Workshop


class Shipped:
    """A shipped folder, loaded and fed through open_clip alone."""

    def __init__(self, folder: Path, shared: Path) -> None:
        self._model, self._preprocess, self._tokenize = load(folder)
        self._shared = shared

    @torch.no_grad()
    def photos(self, samples: Sequence[Sample]) -> Tensor:
        """Unit embeddings, (N, EMBED_DIM) float32, of the samples' photos."""
        parts = []
        for start in range(0, len(samples), CHUNK):
            inputs = []
            for sample in samples[start : start + CHUNK]:
                with Image.open(self._shared / sample.path) as photo:
                    inputs.append(self._preprocess(photo))
            parts.append(self._model.encode_image(torch.stack(inputs)))
        return functional.normalize(torch.cat(parts), dim=1)

    @torch.no_grad()
    def texts(self, texts: Sequence[str]) -> Tensor:
        """Unit embeddings, (T, EMBED_DIM) float32, of texts."""
        parts = [
            self._model.encode_text(part)
            for part in torch.split(self._tokenize(list(texts)), CHUNK)
        ]
        return functional.normalize(torch.cat(parts), dim=1)


def write_record(file: Path, workshop: Workshop, recipe: Recipe, out: Path) -> None:
    """Write the run's record as JSON; it names the data by count and hash and holds none of it."""
    sources = workshop.sources
    shipped = Shipped(out, sources.shared)
    stages = [recipe.space.schedule, *(plan.schedule for plan in recipe.towers)]
    curves = {
        schedule.name: [
            json.loads(line)
            for line in (workshop.folder / f"{schedule.name}.jsonl")
            .read_text(encoding="utf-8")
            .splitlines()
        ]
        for schedule in stages
    }
    data = {
        name: {"photos": len(samples), "sha256": list_hash(samples)}
        for name, samples in (
            ("described", sources.described),
            ("named", sources.named),
            ("dev", sources.dev),
            ("held_out", sources.held_out),
        )
    }
    texts = "\n".join(f"{each.language}\t{each.text}" for each in sources.lessons)
    data["lessons"] = {
        "texts": len(sources.lessons),
        "sha256": hashlib.sha256(texts.encode()).hexdigest(),
    }
    files = {
        name: {
            "bytes": (out / name).stat().st_size,
            "sha256": hashlib.sha256((out / name).read_bytes()).hexdigest(),
        }
        for name in (CONFIG_FILE, WEIGHTS_FILE)
    }
    found = figures(
        workshop.exam,
        exam_texts(workshop.exam, shipped.texts, LANGUAGES),
        shipped.photos(sources.dev),
        shipped.photos(sources.held_out),
    )
    record = {
        "settings": asdict(recipe),
        "data": data,
        "curves": curves,
        "files": files,
        "shipped": {name: round(value, 4) for name, value in found.items()},
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
