"""`python -m benchmarks.tagging [PART…]`: how well labels find photos, and what they learn.

Labels are class names, chosen by a rule. Whatever is measured is measured on photos whose file
number is divisible by five; corrections are of other photos.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.plan import SHARED
from benchmarks.quality.chart import draw
from benchmarks.quality.conditions import UPRIGHT
from benchmarks.quality.embedding import Embedder
from benchmarks.quality.folders import CaptionedPhotos, FolderError, by_class, captioned, held_out
from benchmarks.quality.options import add_options, chosen_models
from benchmarks.quality.report import Line, Report, Table, as_text, merged, save
from benchmarks.table import machine
from benchmarks.tagging.choosing import RULE, chosen, fitting
from benchmarks.tagging.correcting import corrections, most_that_can_be_learned
from benchmarks.tagging.holding import (
    absent,
    differences,
    few_subjects,
    holding,
    in_captions,
    tables,
)
from benchmarks.tagging.new_photos import corrections_of_new_photos
from benchmarks.tagging.shelf import Shelf, judges_of, shelve
from benchmarks.tagging.speeds import speeds
from core.embedding.text import thread_pools
from core.errors import SouvenirError
from core.search.prompts import Prompts

CAPTIONS, CLASSES, DIVISOR = SHARED / "flickr8k" / "dev", SHARED / "photos-by-class", 5
PARTS = ("corrections", "relevance", "speed")


def main(argv: Sequence[str] | None = None) -> int:
    """Measure what is asked for and tell it; returns 1, and says why, when that cannot be."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    for unknown in set(arguments.parts) - set(PARTS):
        parser.error(f"there is no part '{unknown}', only {', '.join(PARTS)}")
    try:
        # On a busy computer, threads that share small products wait far longer than those take.
        with thread_pools().limit(limits=1, user_api="blas"):
            report = _measure(arguments)
        print(as_text(report), end="")
        if arguments.out is not None:
            save(report, arguments.out, "tagging")
            draw(report, arguments.out / "tagging.png")
    except SouvenirError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _measure(arguments: argparse.Namespace) -> Report:
    parts = arguments.parts or PARTS
    about = {"machine": machine()}
    told: list[list[Table]] = []
    present: list[Line] = []
    missing: list[Line] = []
    if "corrections" in parts or "relevance" in parts:
        for model in chosen_models(arguments):
            print(f"{model.name}: labels", file=sys.stderr, flush=True)
            embedder = Embedder(model, arguments.cache, device=arguments.device)
            about[model.name] = model.key
            about["labels"] = RULE
            learned, lines, gone = _model(embedder, arguments, parts)
            told.append(learned)
            present += lines
            missing += gone
    found = [merged(each) for each in zip(*told, strict=True)]
    if present:
        found += tables(present, missing)
        if len({line.model for line in present}) == 2:
            found.append(differences(present))
    if "speed" in parts:
        found.append(speeds(arguments.photos))
    return Report(tuple(found), about)


def _model(
    embedder: Embedder, arguments: argparse.Namespace, parts: Sequence[str]
) -> tuple[list[Table], list[Line], list[Line]]:
    """Tables and lines of one model."""
    name, prompts = embedder.model.name, Prompts(embedder)
    if not arguments.classes.is_dir():
        raise FolderError(f"{arguments.classes} is not there: name a folder with --classes.")
    classes = by_class(arguments.classes)
    named = fitting(classes, chosen(classes))
    vectors = embedder.photos(classes.photos, UPRIGHT)
    measured, taught = held_out(classes, DIVISOR)
    library = shelve(prompts, vectors[taught])
    learned: list[Table] = []
    if "corrections" in parts:
        held = Shelf(
            library.ruler, vectors[measured], library.ruler.calibration.levels(vectors[measured])
        )
        judges = judges_of(prompts, named.names)
        learned = corrections(name, judges, library, named.only(taught), held, named.only(measured))
        learned.append(
            most_that_can_be_learned(
                name, judges, library, named.only(taught), held, named.only(measured)
            )
        )
        learned.append(
            corrections_of_new_photos(name, prompts, vectors[measured], named.only(measured))
        )
    if "relevance" not in parts:
        return learned, [], []
    ours = named.only(measured)
    lines = [holding("photos by class", name, prompts, shelve(prompts, vectors[measured]), ours)]
    if arguments.captions.exists():
        captions: CaptionedPhotos = captioned(arguments.captions)
        photos = embedder.photos(captions.photos, UPRIGHT)
        words = in_captions(captions, classes)
        lines.append(holding("words in captions", name, prompts, shelve(prompts, photos), words))
        lines.append(few_subjects(name, prompts, vectors[measured], ours, photos))
    return learned, lines, [absent(name, prompts, vectors[measured], ours)]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tagging", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)} (default: all)"
    )
    parser.add_argument("--captions", metavar="PATH", type=Path, default=CAPTIONS)
    parser.add_argument("--classes", metavar="FOLDER", type=Path, default=CLASSES)
    parser.add_argument(
        "--photos",
        metavar="N",
        type=int,
        default=100_000,
        help="photos in the library that speed is measured on (default: %(default)s)",
    )
    add_options(parser)
    return parser


if __name__ == "__main__":
    sys.exit(main())
