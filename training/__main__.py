"""`python -m training`: rebuild the starter model from the shared material.

Every stage goes on from where an interrupted run stopped; a finished one is only read back.
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

import torch

from training.learner import Learner
from training.record import write_record
from training.settings import SETTINGS
from training.stages import learn_jointly, learn_photos, learn_texts, prepare

ROOT = Path(__file__).resolve().parents[1]


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--cache", type=Path, default=ROOT / "training" / "cache")
    parser.add_argument("--out", type=Path, default=ROOT / "resources" / "models" / "starter")
    parser.add_argument("--record", type=Path, default=ROOT / "training/runs/starter.json")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def main() -> None:
    """Run all stages, then record what was done."""
    chosen = arguments()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(chosen.threads)
    folder = chosen.cache / "checkpoints"
    folder.mkdir(parents=True, exist_ok=True)
    material = prepare(chosen.shared, chosen.cache, SETTINGS, chosen.threads)
    learner = learn_texts(Learner(SETTINGS.seed), material, SETTINGS, folder)
    learner = learn_photos(learner, material, SETTINGS, folder, chosen.out)
    for plan in (SETTINGS.joint, SETTINGS.settle, SETTINGS.polish):
        learner = learn_jointly(learner, plan, material, SETTINGS, folder, chosen.out)
    write_record(chosen.record, chosen.shared, material, SETTINGS, folder, chosen.out)


if __name__ == "__main__":
    main()
