"""A text query while indexing has the computer to itself: it must overtake the batches."""

from __future__ import annotations

import tempfile
import threading
import time
from itertools import product
from pathlib import Path

from benchmarks.plan import SHARED, Plan, Row, not_measured, percentile
from benchmarks.watching import make_photos
from core.library import Library

# No query comes twice: one that was asked before need not be embedded again.
WHO = ("a dog", "two people", "a red car", "a child", "a man in a hat", "an old woman", "horses")
WHERE = ("in the snow", "on a bench", "at night", "by the sea", "in a crowd", "on a mountain")
WHEN = ("in summer", "in the morning", "at dusk", "long ago", "on a rainy day")
QUERIES = [" ".join(words) for words in product(WHO, WHERE, WHEN)]
PAUSE = 0.2  # seconds between two queries of an impatient person


def measure(plan: Plan) -> list[Row]:
    """Latency of whole searches, text encoder included, from the first batch to the last."""
    title = "text query during indexing"
    with tempfile.TemporaryDirectory() as temporary:
        photos = SHARED / "flickr8k" / ("dev" if plan.quick else "train")
        if not photos.is_dir():
            photos = Path(temporary, "photos")
            photos.mkdir()
            make_photos(photos, plan.size(4000, quick=500))
        with Library.open(Path(temporary, "library")) as library:
            library.add_folder(photos)
            seconds = _search_while_indexing(library)
    if not seconds:
        return [not_measured(title, "indexing ended before a query could be asked")]
    note = f"{len(seconds)} queries"
    return [
        Row(f"{title}, p50", percentile(seconds, 0.5) * 1000, "ms"),
        Row(f"{title}, p95", percentile(seconds, 0.95) * 1000, "ms", most=300.0, note=note),
    ]


def _search_while_indexing(library: Library) -> list[float]:
    indexing = threading.Thread(target=library.index)
    indexing.start()
    seconds: list[float] = []
    while indexing.is_alive():
        time.sleep(PAUSE)
        embedded = library.status().embedded
        if embedded == 0 or not indexing.is_alive():
            continue
        started = time.perf_counter()
        library.search(QUERIES[len(seconds) % len(QUERIES)], top=50)
        seconds.append(time.perf_counter() - started)
    indexing.join()
    return seconds
