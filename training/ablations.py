"""What each part of the space's mixture gives: the stage again without it, in minutes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from training.settings import RECIPE, NameWeights, SpacePlan
from training.stages import Workshop, learn_space


def without() -> dict[str, SpacePlan]:
    """The plan as it is, and with each part left out in turn."""
    plan = RECIPE.space
    names = plan.names
    return {
        "everything": plan,
        "without class names": replace(plan, names=replace(names, classes=0.0)),
        "without what the classifier says": replace(plan, names=replace(names, said=0.0)),
        "without words": replace(plan, names=replace(names, words=0.0)),
        "without prototypes": replace(plan, prototypes=0.0),
        "captions alone": replace(plan, names=NameWeights(0.0, 0.0, 0.0), prototypes=0.0),
    }


def ablate(workshop: Workshop, file: Path) -> None:
    """Write the last figures of each as JSON."""
    found = {}
    for name, plan in without().items():
        stage = f"space {name}" if name != "everything" else plan.schedule.name
        schedule = replace(plan.schedule, name=stage.replace(" ", "-"))
        learn_space(workshop, replace(plan, schedule=schedule))
        lines = (workshop.folder / f"{schedule.name}.jsonl").read_text(encoding="utf-8")
        found[name] = json.loads(lines.splitlines()[-1])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
