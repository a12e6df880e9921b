"""`python -m benchmarks.quality [PART…]`: how well models find photos, in tables and a chart.

Any folders of the forms in benchmarks/quality/folders.py can be measured on, and any installed
model, or any folder that holds one, so that checkpoints can be compared before one is taken.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.plan import SHARED
from benchmarks.quality import folders
from benchmarks.quality.agreement import TITLE, disagreement
from benchmarks.quality.chart import draw
from benchmarks.quality.embedding import Embedder
from benchmarks.quality.folders import FolderError, by_class, captioned
from benchmarks.quality.measuring import PARTS, USUAL, Data, measure_model, split
from benchmarks.quality.options import add_options, chosen_models
from benchmarks.quality.report import Report, as_text, merged, save
from benchmarks.table import machine
from core.errors import SouvenirError

CAPTIONS, CLASSES, DIVISOR = SHARED / "flickr8k" / "dev", SHARED / "photos-by-class", 5


def main(argv: Sequence[str] | None = None) -> int:
    """Measure what is asked for and tell it.

    Returns 1, and says why, when that cannot be, and when a check finds figures that differ.
    """
    parser = _parser()
    arguments = parser.parse_args(argv)
    for unknown in set(arguments.parts) - set(PARTS):
        parser.error(f"there is no part '{unknown}', only {', '.join(PARTS)}")
    try:
        report = _measure(arguments)
        print(as_text(report), end="")
        if arguments.out is not None:
            save(report, arguments.out)
            draw(report, arguments.out / "quality.png")
        differs = "".join(disagreement(each) for each in report.tables if each.title == TITLE)
        if differs:
            print(differs, file=sys.stderr)
            return 1
    except SouvenirError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _measure(arguments: argparse.Namespace) -> Report:
    parts = [part for part in PARTS if part in (arguments.parts or USUAL)]
    if arguments.check and "agreement" not in parts:
        parts.append("agreement")
    data = _data(arguments)
    about = {"machine": machine()}
    told = []
    for model in chosen_models(arguments):
        started = time.monotonic()
        embedder = Embedder(model, arguments.cache, device=arguments.device)
        told.append(measure_model(embedder, parts, data))
        device = embedder.encoder.device
        about[model.name] = f"{model.key} on {device.name} in {device.precision}"
        pace = ""
        if embedder.embedded:
            cost = 1000 * embedder.processor_seconds / embedder.embedded
            pace = (
                f", {embedder.embedded / embedder.seconds:.0f} a second, {cost:.1f} ms of CPU each"
            )
        print(
            f"{model.name}: {time.monotonic() - started:.0f} s, {embedder.embedded:,} pictures"
            f" embedded{pace}",
            file=sys.stderr,
        )
    if data.captions is not None:
        about["with captions"] = f"{len(data.captions.photos):,} photos"
    if data.classes is not None:
        about["by class"] = f"{len(data.classes.photos):,} photos"
    return Report(tuple(merged(tables) for tables in zip(*told, strict=True)), about)


def _data(arguments: argparse.Namespace) -> Data:
    """What was named, or else the folders beside the project; raises FolderError."""
    captions_at, classes_at = arguments.captions, arguments.classes
    divisor = arguments.held_out or 0
    shared = None
    if captions_at is None and classes_at is None:
        shared = SHARED if SHARED.is_dir() else None
        captions_at = CAPTIONS if CAPTIONS.is_dir() else None
        classes_at = CLASSES if CLASSES.is_dir() else None
        divisor = DIVISOR if arguments.held_out is None else divisor
    if captions_at is None and classes_at is None:
        raise FolderError("There are no photos to measure on: name --captions or --classes.")
    captions = None if captions_at is None else captioned(captions_at, arguments.limit)
    if classes_at is None:
        return Data(captions, None, None, None, shared)
    return Data(captions, *split(by_class(classes_at), divisor, arguments.limit), shared)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality",
        description=__doc__,
        epilog=folders.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "parts",
        nargs="*",
        metavar="PART",
        help=f"{', '.join(PARTS)} (default: all but framing and agreement)",
    )
    parser.add_argument(
        "--captions", metavar="PATH", type=Path, help="photos with captions, see below"
    )
    parser.add_argument(
        "--classes", metavar="FOLDER", type=Path, help="photos in a folder per class, see below"
    )
    parser.add_argument(
        "--held-out",
        metavar="N",
        type=int,
        help="name only photos whose file number is divisible by N, as 5 for ../shared (0: all)",
    )
    parser.add_argument(
        "--limit",
        metavar="N",
        type=int,
        help="at most N photos of each folder, evenly spread (a probe learns from 4 N others)",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="compare with open_clip's own figures, on a fixed part of the photos by class",
    )
    add_options(parser)
    return parser


if __name__ == "__main__":
    sys.exit(main())
