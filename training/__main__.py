"""`python -m training`: rebuild the starter model from the shared material.

The rounds run one after the other, each from where the one before it ended. Every stage goes on
from where an interrupted run stopped; a finished one is only read back.
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

import torch

from training.curve import draw
from training.record import write_record
from training.settings import ROUNDS
from training.stages import learn, prepared, started
from training.vocabulary import write_vocabulary

ROOT = Path(__file__).resolve().parents[1]


def arguments() -> argparse.Namespace:
    """The command line."""
    names = [settings.name for settings in ROUNDS]
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--cache", type=Path, default=ROOT / "training" / "cache")
    parser.add_argument("--out", type=Path, default=ROOT / "resources" / "models" / "starter")
    parser.add_argument("--runs", type=Path, default=ROOT / "training" / "runs")
    parser.add_argument("--rounds", nargs="+", choices=names, default=names)
    parser.add_argument("--start", type=Path, help="folder of the model that the rounds go on from")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def main() -> None:
    """Run the rounds, and record what each did."""
    chosen = arguments()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(chosen.threads)
    start: Path | None = chosen.start
    for settings in ROUNDS:
        if settings.name not in chosen.rounds:
            continue
        folder = chosen.cache / "checkpoints" / settings.name
        folder.mkdir(parents=True, exist_ok=True)
        with prepared(chosen.shared, chosen.cache, settings) as material:
            begun = (folder / f"{settings.stages[0].name}.pt").exists()
            learner = started(material, settings, None if begun else start)
            for plan in settings.stages:
                learner = learn(learner, plan, material, settings, folder, chosen.out)
            # Captions without photos do not count: a word is known by what it looks like.
            texts = (text for sample in material.samples for text in sample.texts)
            write_vocabulary(texts, chosen.out)
            file = chosen.runs / f"{settings.name}.json"
            write_record(file, chosen.shared, material, settings, folder, chosen.out)
            draw(file, file.with_suffix(".png"))
        start = chosen.out


if __name__ == "__main__":
    main()
