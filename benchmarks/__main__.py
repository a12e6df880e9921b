"""`python -m benchmarks [NAME…]`: measure and print one table."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.peer import find_rclip
from benchmarks.plan import Plan, Row, not_measured
from benchmarks.table import print_table, save_json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# The name on the command line is the module's, with a minus for the underscore.
NAMES = (
    "indexing",
    "small-photos",
    "searching",
    "watching",
    "overtaking",
    "stalls",
    "viewer",
    "keypress",
    "cold-start",
    "memory",
    "little-memory",
    "scanning",
    "kill9",
    "window",
    "labels",
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run what is asked for; returns 1 when something could not be measured at all."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    for unknown in set(arguments.names) - set(NAMES):
        parser.error(f"there is no benchmark '{unknown}', only {', '.join(NAMES)}")
    arguments.cache.mkdir(parents=True, exist_ok=True)
    plan = Plan(arguments.quick, arguments.full, arguments.cache, find_rclip(arguments.rclip))
    rows: list[Row] = []
    failed = False
    for name in arguments.names or NAMES:
        started = time.monotonic()
        measure: Callable[[Plan], list[Row]]
        measure = import_module(f"benchmarks.{name.replace('-', '_')}").measure
        try:
            rows += measure(plan)
        except Exception as error:
            failed = True
            rows.append(not_measured(name, f"{type(error).__name__}: {error}"))
        print(f"{name}: {time.monotonic() - started:.0f} s", file=sys.stderr)
    print_table(rows)
    if arguments.json is not None:
        save_json(arguments.json, rows)
    return int(failed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that it works")
    parser.add_argument("--full", action="store_true", help="1,000,000 photos too: long at first")
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the table as JSON as well")
    parser.add_argument("--rclip", metavar="FILE", type=Path, help="the peer's program")
    parser.add_argument(
        "--cache",
        metavar="FOLDER",
        type=Path,
        default=Path(tempfile.gettempdir(), "souvenir-benchmarks"),
        help="where photos, models and libraries are kept between runs (default: %(default)s)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
