"""`souvenir search` as a process of its own: start, open, embed the text, search, print."""

from __future__ import annotations

from benchmarks.peer import MISSING, fresh_peer
from benchmarks.plan import Plan, Row, not_measured
from benchmarks.processes import run, souvenir
from benchmarks.synthetic import synthetic_library
from benchmarks.untrained import untrained

QUERIES = ("a dog running through snow", "children at the beach", "a red car", "two cats")


def measure(plan: Plan) -> list[Row]:
    """The slowest of some cold searches, each with another query."""
    count = plan.size(10_000, quick=2_000)
    library = synthetic_library(plan, "starter", None, count)
    ours = [
        run(souvenir("--library", library, "search", query, "--json")).seconds for query in QUERIES
    ]
    rows = [
        Row(f"souvenir search, cold, {count:,} photos", max(ours), "s", most=3.0),
        _torch_row(library_argument=str(library)),
    ]
    weights = untrained(plan)
    peer = fresh_peer(plan, weights, "peer-cold")
    if peer is None:
        return [*rows, not_measured("  × rclip", MISSING)]
    peer.script("fill", str(plan.cache), str(count))
    theirs = [peer.run(query, plan.cache, index=False).seconds for query in QUERIES]
    note = f"rclip: {max(theirs):.2f} s"
    return [*rows, Row("  times faster than rclip", max(theirs) / max(ours), "×", note=note)]


def _torch_row(library_argument: str) -> Row:
    """Whether a search for words imported torch."""
    command = souvenir("--library", library_argument, "search", QUERIES[0])
    command[1:1] = ["-X", "importtime"]
    imported = run(command).errors
    heavy = sum(line.endswith(("| torch", "| open_clip")) for line in imported.splitlines())
    return Row("  torch or open_clip imported for it", heavy, "times", most=0)
