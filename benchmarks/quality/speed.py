"""How long a model takes on one core: for a photo, for a text, and for all that a query asks."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from benchmarks.quality.embedding import Embedder
from benchmarks.quality.report import Line, Table
from core.search.prompts import Prompts, everyday, templates

_BATCHES, _TEXTS = 9, 25  # the median of so many counts
_FEWEST, _SECONDS = 3, 20.0  # of a slow model, so many batches within so long are enough


def speed(embedder: Embedder) -> Table:
    """Milliseconds by the clock and of the processor, on a single thread of image work.

    Noise is as good as photos here: the work does not depend on what is in them. The first call of
    each kind does not count, as it sets things up.
    """
    encoder = embedder.encoder
    side = embedder.model.model_input.size
    noise = np.random.default_rng(0).integers(0, 256, (encoder.batch_size, side, side, 3), np.uint8)
    encoder.use_threads(1)
    try:
        photo = _median([partial(encoder.encode_images, noise)] * (_BATCHES + 1))
    finally:
        encoder.use_threads(0)
    texts = everyday()[: _TEXTS + 1]
    prompts = Prompts(encoder)
    text = _median([partial(encoder.encode_texts, [text]) for text in texts])
    query = _median([partial(prompts.vectors, [text]) for text in texts])
    values = [each / len(noise) for each in photo] + [*text, *query]
    columns = [
        f"{kind} a {what}" for what in ("photo", "text", "query") for kind in ("ms", "CPU ms")
    ]
    return Table(
        "Speed",
        tuple(columns),
        (Line("one core", embedder.model.name, tuple(values)),),
        f"medians of up to {_BATCHES} batches of {len(noise)} and of {_TEXTS} texts; a query is a"
        f" text in {len(templates())} phrasings; where the machine is busy, the CPU's time holds",
    )


def _median(calls: Sequence[Callable[[], object]]) -> tuple[float, float]:
    """Milliseconds of a call by the clock and of the processor; the first does not count."""
    calls[0]()
    taken: list[tuple[float, float]] = []
    started = time.perf_counter()
    for call in calls[1:]:
        before = time.perf_counter(), time.process_time()
        call()
        after = time.perf_counter(), time.process_time()
        taken.append((after[0] - before[0], after[1] - before[1]))
        if len(taken) >= _FEWEST and time.perf_counter() - started > _SECONDS:
            break
    wall, processor = (float(each) for each in 1000 * np.median(np.array(taken), axis=0))
    return wall, processor
