"""One training loop for every stage: schedule, averaged weights, log, resumable checkpoints."""

from __future__ import annotations

import copy
import json
import logging
import time
from collections.abc import Callable
from pathlib import Path

import torch
from torch import Tensor, nn

from training.evaluate import Recall
from training.learner import Learner, cosine_rate, parameter_groups
from training.settings import Plan

CLIP_GRADIENT = 5.0
log = logging.getLogger(__name__)


def follow(average: nn.Module, module: nn.Module, step: int, most: float) -> None:
    """Move averaged weights towards a module's, slower as training goes on.

    An exponential moving average (Tarvainen and Valpola 2017, arXiv:1703.01780); normalisation
    statistics are averaged with the weights, counters are copied.
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
    learner: Learner,
    plan: Plan,
    loss_at: Callable[[int], Tensor],
    measure: Callable[[Learner, int], Recall],
    folder: Path,
) -> Learner:
    """Run one stage, from its last checkpoint if there is one; returns the averaged learner.

    `loss_at` gives the loss of a step's batch; `measure` is given the averaged learner. A finished
    stage is only read back. Checkpoints and the learning curve lie in `folder`.
    """
    file = folder / f"{plan.name}.pt"
    curve = folder / f"{plan.name}.jsonl"
    average = copy.deepcopy(learner)
    optimizer = torch.optim.AdamW(parameter_groups(learner, plan.decay), fused=True)
    start = 0
    if file.exists():
        state = torch.load(file, weights_only=True)
        learner.load_state_dict(state["learner"])
        average.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        start = state["step"]
    losses: list[float] = []
    clock = time.monotonic()
    for step in range(start, plan.steps):
        rate = plan.learning_rate * cosine_rate(step, plan.steps, plan.warmup)
        for group in optimizer.param_groups:
            group["lr"] = rate
        learner.train()
        loss = loss_at(step)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(learner.parameters(), CLIP_GRADIENT)
        optimizer.step()
        follow(average, learner, step, plan.averaging)
        losses.append(loss.item())
        if (step + 1) % plan.evaluate_every and step + 1 != plan.steps:
            continue
        found = measure(average, step + 1)
        seconds = round(time.monotonic() - clock, 1)
        mean = round(sum(losses) / len(losses), 4)
        line = {"step": step + 1, "loss": mean, "seconds": seconds, **found.figures()}
        log.info("%s %s", plan.name, line)
        with curve.open("a", encoding="utf-8") as out:
            out.write(json.dumps(line) + "\n")
        save(file, learner, average, optimizer, step + 1)
        losses = []
        clock = time.monotonic()
    return average


def save(
    file: Path, learner: Learner, average: Learner, optimizer: torch.optim.Optimizer, step: int
) -> None:
    """Write a checkpoint beside its place and move it there, so that it is never half written."""
    unfinished = file.with_suffix(".part")
    state = {
        "learner": learner.state_dict(),
        "average": average.state_dict(),
        "optimizer": optimizer.state_dict(),
        "step": step,
    }
    torch.save(state, unfinished)
    unfinished.replace(file)
