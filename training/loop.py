"""One training loop for every stage: schedule, averaged weights, log, resumable checkpoints."""

from __future__ import annotations

import copy
import json
import logging
import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import torch
from torch import Tensor, nn

from training.progress import KEPT, go_on
from training.settings import Schedule

CLIP_GRADIENT = 5.0
# The CLIP paper keeps learned temperatures from scaling logits by more than 100.
LARGEST_LOG_SCALE = math.log(100.0)
log = logging.getLogger(__name__)

Module = TypeVar("Module", bound=nn.Module)


def parameter_groups(module: nn.Module, decay: float) -> list[dict[str, object]]:
    """AdamW's groups of what learns: matrices and filters decay.

    Gains, biases and temperatures do not. Nor do tables of embeddings: a step leaves most of their
    rows alone.
    """
    learning = [(name, value) for name, value in module.named_parameters() if value.requires_grad]
    decaying = [v for name, v in learning if v.ndim > 1 and "embedding" not in name]
    others = [v for name, v in learning if v.ndim <= 1 or "embedding" in name]
    return [
        {"params": decaying, "weight_decay": decay},
        {"params": others, "weight_decay": 0.0},
    ]


def cosine_rate(step: int, steps: int, warmup: int) -> float:
    """The learning rate's factor at a step: linear warm-up, then half a cosine down to zero.

    Loshchilov and Hutter 2016, arXiv:1608.03983.
    """
    if step < warmup:
        return (step + 1) / warmup
    done = (step - warmup) / max(1, steps - warmup)
    return 0.5 * (1 + math.cos(math.pi * done))


def follow(average: nn.Module, module: nn.Module, step: int, most: float) -> None:
    """Move averaged weights towards a module's, slower as training goes on.

    An exponential moving average (Tarvainen and Valpola 2017, arXiv:1703.01780); buffers of numbers
    are averaged with the weights, counters are copied.
    """
    keep = min(most, (1 + step) / (10 + step))
    with torch.no_grad():
        for old, new in zip(
            average.state_dict().values(), module.state_dict().values(), strict=True
        ):
            if old.is_floating_point():
                old.lerp_(new, 1 - keep)
            else:
                old.copy_(new)


def train(
    module: Module,
    schedule: Schedule,
    loss_at: Callable[[int], Tensor],
    measure: Callable[[Module], dict[str, float]],
    folder: Path,
) -> Module:
    """Run one stage, from its last checkpoint or kept progress; returns the averaged module.

    `loss_at` gives the loss of `module` at a step; `measure` is given the averaged module. A
    finished stage is only read back. Checkpoints and the learning curve lie in `folder`.
    """
    file = folder / f"{schedule.name}.pt"
    average = copy.deepcopy(module)
    optimizer = torch.optim.AdamW(parameter_groups(module, schedule.decay), fused=True)
    start = 0
    if file.exists():
        state = torch.load(file, weights_only=True)
        module.load_state_dict(state["module"])
        average.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        start = state["step"]
    elif (kept := KEPT / f"{schedule.name}.safetensors").exists():
        start = go_on(kept, module, average)
    losses: list[float] = []
    clock = time.monotonic()
    for step in range(start, schedule.steps):
        rate = schedule.learning_rate * cosine_rate(step, schedule.steps, schedule.warmup)
        for group in optimizer.param_groups:
            group["lr"] = rate
        module.train()
        loss = loss_at(step)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(module.parameters(), CLIP_GRADIENT)
        optimizer.step()
        bound_scales(module)
        follow(average, module, step, schedule.averaging)
        losses.append(loss.item())
        if (step + 1) % schedule.evaluate_every and step + 1 != schedule.steps:
            continue
        average.eval()
        line = {
            "step": step + 1,
            "loss": round(sum(losses) / len(losses), 4),
            "seconds": round(time.monotonic() - clock, 1),
            **{name: round(value, 4) for name, value in measure(average).items()},
        }
        log.info("%s %s", schedule.name, line)
        with (folder / f"{schedule.name}.jsonl").open("a", encoding="utf-8") as out:
            out.write(json.dumps(line) + "\n")
        save(file, module, average, optimizer, step + 1)
        losses = []
        clock = time.monotonic()
    return average.eval()


def bound_scales(module: nn.Module) -> None:
    """Keep temperatures within what the CLIP paper allows."""
    with torch.no_grad():
        for name, value in module.named_parameters():
            if name.endswith(("logit_scale", "log_scales")):
                value.clamp_(max=LARGEST_LOG_SCALE)


def save(
    file: Path, module: nn.Module, average: nn.Module, optimizer: torch.optim.Optimizer, step: int
) -> None:
    """Write a checkpoint beside its place and move it there, so that it is never half written."""
    unfinished = file.with_suffix(".part")
    state = {
        "module": module.state_dict(),
        "average": average.state_dict(),
        "optimizer": optimizer.state_dict(),
        "step": step,
    }
    torch.save(state, unfinished)
    unfinished.replace(file)
