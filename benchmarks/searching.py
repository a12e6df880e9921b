"""Searching 100,000 and 1,000,000 photos in a process that is warm, without the text encoder."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.peer import MISSING, fresh_peer
from benchmarks.plan import Plan, Row, not_measured, percentile
from benchmarks.processes import run
from benchmarks.synthetic import clustered, synthetic_library
from benchmarks.untrained import untrained
from core.catalog.catalogue import Catalogue
from core.embedding.models import find_model
from core.paths import LibraryPaths, default_model_cache
from core.search.prompts import Prompts
from core.search.query import parse_query
from core.search.ranking import search_photos
from core.search.ruler import Rulers
from core.vectors.store import open_index

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from benchmarks.untrained import Untrained

# Filters of three kinds beside plain words: few photos pass, many do, none is asked.
QUERIES = ("a red tent", "a red tent date:2021", "a red tent folder:2003 name:7", "a tent -people")
RECALL_AT = 100


def measure(plan: Plan) -> list[Row]:
    """Latency of a search, the recall of the index, and the peer's latency."""
    weights = untrained(plan)
    count = plan.size(100_000, quick=20_000)
    rows = _rows(plan, "starter", None, count, most_ms=10.0)
    rows += _rows(plan, weights.name, weights.models, count, most_ms=10.0)
    if plan.full:
        rows += _rows(plan, "starter", None, 1_000_000, most_ms=30.0)
        rows += _rows(plan, weights.name, weights.models, 1_000_000, most_ms=30.0)
    return [*rows, _peer_row(plan, weights)]


def _rows(plan: Plan, model: str, models: Path | None, count: int, *, most_ms: float) -> list[Row]:
    library = synthetic_library(plan, model, models, count)
    times = plan.size(200, quick=40)
    command = [sys.executable, "-m", "benchmarks.searching", str(library), model, str(times)]
    env = {} if models is None else {"SOUVENIR_MODELS": models}
    found = json.loads(run(command, env=env).output)
    title = f"search {count:,} vectors of {found['dim']}, warm"
    return [
        Row(f"{title}, p50", found["plain"][0], "ms"),
        Row(f"{title}, p95", found["plain"][1], "ms", most=most_ms),
        Row("  with filters or exclusion, p95", found["filtered"][1], "ms"),
        Row("  every photo compared (exact), p95", found["exact"][1], "ms"),
        Row(f"  recall@{RECALL_AT}", found["recall"], "", least=0.98),
        Row("  opening the saved index", found["open"], "s"),
    ]


def _peer_row(plan: Plan, weights: Untrained) -> Row:
    count = plan.size(100_000, quick=5_000)
    title = f"rclip's search of {count:,}, warm, with its text encoder, p50"
    peer = fresh_peer(plan, weights, "peer-searching")
    if peer is None:
        return not_measured(title, MISSING)
    peer.script("fill", "/photos", str(count))
    seconds = peer.script("search", "/photos", str(plan.size(10, quick=3)))
    return Row(title, percentile(seconds, 0.5) * 1000, "ms")


class ReadyTexts:
    """Stands where the text encoder is, so that its time is not in what is measured."""

    def __init__(self, dim: int) -> None:
        self._vectors = next(clustered(1000, dim, seed=1))
        self._next = 0

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return vectors from between the clusters, other ones each time."""
        places = np.arange(self._next, self._next + len(texts)) % len(self._vectors)
        self._next += len(texts)
        return self._vectors[places]


def time_searches(library: Path, model_name: str, times: int) -> dict[str, object]:
    """Open a library and search it: milliseconds (p50, p95) by kind, recall, seconds to open."""
    paths = LibraryPaths(library)
    model = find_model(model_name, default_model_cache())
    catalogue = Catalogue(paths.catalogue, read_only=True)
    started = time.perf_counter()
    index = open_index(catalogue, model, paths.vectors)
    index.wait()
    opened = time.perf_counter() - started
    # They remember what a warm process remembers.
    prompts = Prompts(ReadyTexts(model.dim))
    rulers = Rulers(catalogue, model.key, prompts.background)

    def timed(queries: Sequence[str], *, exact: bool) -> tuple[float, float]:
        took = []
        for number in range(times + 5):
            # The number makes each query one that was not asked before.
            query = parse_query(f"{queries[number % len(queries)]} {number}")
            begun = time.perf_counter()
            search_photos(catalogue, index, prompts, rulers, query, top=50, exact=exact)
            took.append((time.perf_counter() - begun) * 1000)
        return percentile(took[5:], 0.5), percentile(took[5:], 0.95)

    plain = timed(QUERIES[:1], exact=False)
    filtered = timed(QUERIES[1:], exact=False)
    exact = timed(QUERIES[:1], exact=True)
    shares = []
    for vector in next(clustered(times, model.dim, seed=2)):
        truth, _ = index.search(vector, RECALL_AT, exact=True)
        found, _ = index.search(vector, RECALL_AT)
        shares.append(len(np.intersect1d(truth, found)) / len(truth))
    index.close()
    catalogue.close()
    recall = float(np.mean(shares))
    return {
        "dim": model.dim,
        "plain": plain,
        "filtered": filtered,
        "exact": exact,
        "recall": recall,
        "open": opened,
    }


if __name__ == "__main__":
    print(json.dumps(time_searches(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))))
