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

from training.data import Sample, captioned, classified, list_hash
from training.evaluate import CHUNK, Recall, owners, recall
from training.model import CONFIG_FILE, WEIGHTS_FILE, load
from training.settings import Settings
from training.stages import Material


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

    def recall(self, samples: Sequence[Sample]) -> Recall:
        """Recall at k, every text of the samples a query."""
        texts = self.texts([text for sample in samples for text in sample.texts])
        return recall(self.photos(samples), texts, owners([len(s.texts) for s in samples]))

    def named(self, samples: Sequence[Sample]) -> dict[str, float]:
        """Shares of photos by class whose class is the first, or among five, of all named.

        A class is asked for by its second text, "a photo of a ...".
        """
        names = {sample.label: sample.texts[1] for sample in samples}
        labels = torch.tensor([list(names).index(sample.label) for sample in samples])
        ranked = (self.photos(samples) @ self.texts(list(names.values())).T).topk(5).indices
        hits = ranked == labels[:, None]
        return {
            "photos": len(samples),
            "classes": len(names),
            "first": round(hits[:, 0].float().mean().item(), 4),
            "among_five": round(hits.any(dim=1).float().mean().item(), 4),
        }


def write_record(
    file: Path, shared: Path, material: Material, settings: Settings, folder: Path, out: Path
) -> None:
    """Write the run's record as JSON; it names the data by count and hash and holds none of it."""
    dev = captioned(shared, "dev")
    held_out = classified(shared, held_out=True)
    shipped = Shipped(out, shared)
    curves = {
        plan.name: [
            json.loads(line)
            for line in (folder / f"{plan.name}.jsonl").read_text(encoding="utf-8").splitlines()
        ]
        for plan in settings.stages
    }
    data = {
        name: {"photos": len(samples), "sha256": list_hash(samples)}
        for name, samples in (
            ("train", material.samples),
            ("dev", dev),
            ("held_out", held_out),
        )
    }
    files = {
        name: {
            "bytes": (out / name).stat().st_size,
            "sha256": hashlib.sha256((out / name).read_bytes()).hexdigest(),
        }
        for name in (CONFIG_FILE, WEIGHTS_FILE)
    }
    record = {
        "settings": asdict(settings),
        "data": data,
        "curves": curves,
        "files": files,
        "dev": shipped.recall(dev).figures(),
        "held_out": shipped.named(held_out),
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
