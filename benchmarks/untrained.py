"""Untrained ViT-B-32-256 weights, the same for Souvenir and for the peer.

What a model has learnt does not change how long it takes. Run as a program of its own
(`python -m benchmarks.untrained FOLDER`), so that whoever measures need not hold torch.
"""

from __future__ import annotations

import gzip
import shutil
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.processes import run, souvenir

if TYPE_CHECKING:
    from benchmarks.plan import Plan

ARCHITECTURE = "ViT-B-32-256"
NAME = "untrained"
PEER_FOLDER = "ViT-B-32-256-datacomp_s34b_b86k"  # where rclip looks for it


@dataclass(frozen=True)
class Untrained:
    """`models`: Souvenir's installed models ($SOUVENIR_MODELS). `peer`: rclip's $RCLIP_DATADIR."""

    name: str
    models: Path
    peer: Path


def untrained(plan: Plan) -> Untrained:
    """Make the weights once, install them in Souvenir, and write the peer's form of them."""
    folder = plan.cache / "untrained"
    made = Untrained(f"local:{NAME}", folder / "models", folder / "peer")
    checkpoint = folder / f"{NAME}.safetensors"
    if not (folder / "done").exists():
        folder.mkdir(parents=True, exist_ok=True)
        run([sys.executable, "-m", "benchmarks.untrained", str(folder)])
        run(
            souvenir("models", "import", checkpoint, "--arch", ARCHITECTURE, "--name", NAME),
            env={"SOUVENIR_MODELS": made.models, "SOUVENIR_LIBRARY": folder / "library"},
        )
        (folder / "done").touch()
    return made


def make(folder: Path) -> None:
    """Write the checkpoint and, in `peer`, ONNX files and vocabulary as rclip downloads them."""
    import open_clip
    import torch
    from safetensors.torch import save_file

    torch.manual_seed(0)
    model = open_clip.create_model(ARCHITECTURE, pretrained=None).eval()
    save_file(
        {name: tensor.contiguous() for name, tensor in model.state_dict().items()},
        folder / f"{NAME}.safetensors",
    )

    class Tower(torch.nn.Module):
        def __init__(self, encode: str) -> None:
            super().__init__()
            self.model = model
            self.encode = encode

        def forward(self, batch: torch.Tensor) -> torch.Tensor:
            features: torch.Tensor = getattr(self.model, self.encode)(batch)
            return features

    weights = folder / "peer" / PEER_FOLDER
    weights.mkdir(parents=True, exist_ok=True)
    for name, tower, example in (
        ("visual", Tower("encode_image"), torch.zeros(2, 3, 256, 256)),
        ("textual", Tower("encode_text"), torch.zeros(2, 77, dtype=torch.int64)),
    ):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            torch.onnx.export(
                tower,
                (example,),
                str(weights / f"{name}.onnx"),
                input_names=["input"],
                output_names=["output"],
                dynamic_axes={"input": {0: "n"}, "output": {0: "n"}},
                dynamo=False,
            )
    vocabulary = folder / "peer" / "tokenizer" / "bpe_simple_vocab_16e6.txt.gz"
    vocabulary.parent.mkdir(exist_ok=True)
    shutil.copyfile(Path(open_clip.__file__).with_name(vocabulary.name), vocabulary)
    with gzip.open(vocabulary) as file:
        file.read(1)  # an unreadable vocabulary is said here, not by the peer


if __name__ == "__main__":
    make(Path(sys.argv[1]))
