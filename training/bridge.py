"""`python -m training.bridge --old FOLDER`: let the new starter answer for the one before.

The files of a new starter replace those of the one before, whose embeddings a library goes on
answering by until the new one has looked at all photos (core.embedding.earlier). For that the new
text tower gets a second last layer, which takes a text to where the old tower has it: ridge
regression (Hoerl and Kennard 1970) on texts that both read. A text of a language that the old one
does not know is taken to where its English meaning is.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional

from core.embedding.earlier import PROJECTION, earlier_file
from core.embedding.weights import file_sha256
from training.corpora import Lesson, lessons
from training.model import WEIGHTS_FILE, load
from training.reading import read_texts

TEXTS = 60_000
RIDGE = 1.0
# Of the texts, one in so many is for measuring only.
HELD_OUT_EVERY = 20
CHUNK = 500
ROOT = Path(__file__).resolve().parents[1]
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Layer:
    """weight: (dim of the old, width); bias: (dim of the old,). cosine: on texts held out."""

    weight: Tensor
    bias: Tensor
    cosine: float


def main() -> None:
    """Make the layer and write it beside the new weights."""
    parser = argparse.ArgumentParser(prog="python -m training.bridge", description=__doc__)
    starter = ROOT / "resources" / "models" / "starter"
    parser.add_argument("--old", type=Path, required=True, help="the starter of the release before")
    parser.add_argument("--new", type=Path, default=starter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    chosen = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    layer = layer_between(chosen.old, chosen.new, some(lessons(chosen.shared)))
    log.info("mean cosine on texts held out: %.3f", layer.cosine)
    write_layer(layer, chosen.old, chosen.new)


def some(every: Sequence[Lesson]) -> list[Lesson]:
    """TEXTS lessons, the same ones every time."""
    rows = np.random.default_rng(0).permutation(len(every))[:TEXTS]
    return [every[row] for row in rows]


def layer_between(old: Path, new: Path, texts: Sequence[Lesson]) -> Layer:
    """The layer that takes what the tower of `new` says of texts to what that of `old` does."""
    former, _, read_old = load(old)
    clip, _, read_new = load(new)
    clip.text_projection = nn.Identity()
    said = _in_chunks(former.encode_text, read_old([text.meanings[0] for text in texts]))
    goal = functional.normalize(said, dim=1)
    states = _in_chunks(lambda tokens: read_texts(clip, tokens), read_new([t.text for t in texts]))
    held = torch.arange(len(texts)) % HELD_OUT_EVERY == 0
    ours = torch.cat([states, torch.ones(len(states), 1)], dim=1).double()
    learn = ours[~held]
    penalty = RIDGE * torch.eye(ours.shape[1], dtype=torch.float64)
    found = torch.linalg.solve(learn.T @ learn + penalty, learn.T @ goal[~held].double())
    reached = functional.normalize(ours[held] @ found, dim=1)
    return Layer(
        found[:-1].T.float().contiguous(),
        found[-1].float().contiguous(),
        float((reached * goal[held]).sum(dim=1).mean()),
    )


def _in_chunks(encode: Callable[[Tensor], Tensor], tokens: Tensor) -> Tensor:
    with torch.no_grad():
        return torch.cat([encode(part) for part in torch.split(tokens, CHUNK)]).float()


def write_layer(layer: Layer, old: Path, new: Path) -> Path:
    """Write the layer into `new`, named after the weights of `old`; atomically."""
    file = new / earlier_file(file_sha256(old / WEIGHTS_FILE))
    unfinished = file.with_suffix(".part")
    tensors = {PROJECTION: layer.weight.half(), "text_projection.bias": layer.bias.half()}
    save_file(tensors, unfinished)
    unfinished.chmod(0o644)
    unfinished.replace(file)
    return file


if __name__ == "__main__":
    main()
