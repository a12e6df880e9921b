"""`python -m training.progress STAGE`: keep how far a stage is in a file small enough to commit.

The files lie in `training/kept`, with the learning curve so far. Each holds the averaged weights of
what the stage learns, in float16, and the step. The optimizer's memory stays behind: a run that
goes on from it, on a machine that has nothing else, builds that up again within some steps.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import nn

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "training" / "kept"
_STEP = "step"


def main() -> None:
    """Keep the progress of one stage."""
    parser = argparse.ArgumentParser(prog="python -m training.progress", description=__doc__)
    parser.add_argument("stage", help="its name, as in training/settings.py")
    parser.add_argument("--cache", type=Path, default=ROOT / "training" / "cache")
    parser.add_argument("--leave", default="", help="weights that begin so are left out")
    chosen = parser.parse_args()
    checkpoint = chosen.cache / "checkpoints" / f"{chosen.stage}.pt"
    keep(checkpoint, KEPT / f"{chosen.stage}.safetensors", leave=chosen.leave)


def keep(checkpoint: Path, file: Path, *, leave: str = "") -> None:
    """Write the progress that a checkpoint of `training.loop` holds; atomically."""
    state = torch.load(checkpoint, weights_only=True)
    kept = {
        name: value.half() if value.is_floating_point() else value
        for name, value in state["average"].items()
        if not (leave and name.startswith(leave))
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".part")
    save_file(
        {k: v.contiguous().clone() for k, v in kept.items()},
        unfinished,
        {_STEP: str(state["step"])},
    )
    unfinished.replace(file)


def go_on(file: Path, *modules: nn.Module) -> int:
    """Give modules the weights that were kept; returns the step to go on from."""
    with safe_open(file, framework="pt") as opened:
        step = int(opened.metadata()[_STEP])
    weights = {name: value.float() for name, value in load_file(file).items()}
    for module in modules:
        module.load_state_dict(weights, strict=False)
    return step


if __name__ == "__main__":
    main()
