"""`python -m training`: rebuild the starter model from the shared material.

Every stage goes on from where an interrupted run stopped; a finished one is only read back.
`--ablations` measures instead what each part of the space's mixture gives.
"""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

import torch

from training.ablations import ablate
from training.corpora import lessons
from training.curve import draw
from training.export import export
from training.material import Sources
from training.record import write_record
from training.settings import RECIPE
from training.stages import learn, opened
from training.vocabulary import write_vocabulary

ROOT = Path(__file__).resolve().parents[1]


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--cache", type=Path, default=ROOT / "training" / "cache")
    parser.add_argument("--out", type=Path, default=ROOT / "resources" / "models" / "starter")
    parser.add_argument("--runs", type=Path, default=ROOT / "training" / "runs")
    parser.add_argument("--ablations", action="store_true", help="measure what each part gives")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def main() -> None:
    """Run the recipe, write the model and the record of how it came to be."""
    chosen = arguments()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(chosen.threads)
    sources = Sources(chosen.shared, chosen.cache)
    workshop = opened(sources, chosen.cache / "checkpoints")
    if chosen.ablations:
        ablate(workshop, chosen.runs / "ablations.json")
        return
    export(learn(workshop, RECIPE), chosen.out)
    # Texts without photos count too: the sentence encoder taught the tower what their words mean.
    write_vocabulary(lessons(chosen.shared), chosen.out)
    record = chosen.runs / "generation-2.json"
    write_record(record, workshop, RECIPE, chosen.out)
    draw(record, record.with_suffix(".png"))


if __name__ == "__main__":
    main()
