"""Indexing 12-megapixel JPEGs beside the peer: same files, same weights, one run."""

from __future__ import annotations

import json
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.large_photos import large_photos
from benchmarks.peer import MISSING, fresh_peer
from benchmarks.plan import Plan, Row, not_measured
from benchmarks.processes import run, souvenir
from benchmarks.untrained import untrained

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from benchmarks.untrained import Untrained

TITLE = "index 12 MP JPEGs, ViT-B-32-256"
MODEL_SECONDS = 15.0


@dataclass(frozen=True)
class Rates:
    """Photos per second: once under way, and with the start of the program and its model."""

    steady: float
    whole: float


def measure(plan: Plan) -> list[Row]:
    """Photos per second of both, their ratio, and how much the model alone would do.

    Each program indexes a small and a large folder, from nothing. What the large one takes longer
    gives the rate once it is under way, free of what each program and its model take to start.
    """
    few, many = plan.size(40, quick=4), plan.size(240, quick=20)
    small, large = large_photos(plan.cache, few), large_photos(plan.cache, many)
    weights = untrained(plan)

    def rates(seconds: Callable[[Path, int], float]) -> Rates:
        first, second = seconds(small, few), seconds(large, many)
        return Rates((many - few) / (second - first), many / second)

    alone = _model_rate(plan, weights)
    ours = rates(lambda photos, count: _our_seconds(plan, weights, photos, count))
    rows = [
        Row(TITLE, ours.steady, "photos/s", note="once under way"),
        Row("  share of the model-only rate", 100 * ours.steady / alone, "%"),
        Row("  the model alone", alone, "photos/s"),
        Row(f"  start to end, {many} photos", ours.whole, "photos/s"),
    ]
    if plan.rclip is None:
        return [*rows, not_measured("  × rclip", MISSING)]
    theirs = rates(lambda photos, _: _peer_seconds(plan, weights, photos))
    return [
        *rows,
        Row("  rclip", theirs.steady, "photos/s", note="once under way"),
        Row("  × rclip", ours.steady / theirs.steady, "×", least=3.0),
        Row(f"  × rclip, start to end, {many} photos", ours.whole / theirs.whole, "×"),
    ]


def _our_seconds(plan: Plan, weights: Untrained, photos: Path, count: int) -> float:
    library = plan.cache / "library-indexing"
    shutil.rmtree(library, ignore_errors=True)
    env = {"SOUVENIR_MODELS": weights.models}
    command = souvenir("--library", library, "--model", weights.name, "index", photos, "--json")
    done = run(command, env=env)
    report = json.loads(done.output)
    if report["added"] != count or report["failed"]:
        raise RuntimeError(f"not every photo was indexed: {done.output[:2000]}")
    return done.seconds


def _peer_seconds(plan: Plan, weights: Untrained, photos: Path) -> float:
    """Seconds of indexing and, as rclip cannot do one without the other, one search."""
    peer = fresh_peer(plan, weights, "peer-indexing")
    if peer is None:
        raise RuntimeError(MISSING)
    return peer.run("a photo", photos, index=True).seconds


def _model_rate(plan: Plan, weights: Untrained) -> float:
    """Photos per second of the encoder alone, in a process of its own."""
    env: Mapping[str, str | Path] = {"SOUVENIR_MODELS": weights.models}
    seconds = MODEL_SECONDS / 5 if plan.quick else MODEL_SECONDS
    done = run([sys.executable, "-m", "benchmarks.indexing", weights.name, str(seconds)], env=env)
    return float(done.output)


def encode_for(name: str, seconds: float) -> float:
    """Photos per second that the model `name` embeds when it always has a batch."""
    from core.embedding.encoder import batch_size, load_encoder
    from core.embedding.models import find_model
    from core.paths import default_model_cache

    model = find_model(name, default_model_cache())
    encoder = load_encoder(model)
    size = model.model_input.size
    most = batch_size(model, encoder.device.name)
    batch = np.random.default_rng(0).integers(0, 256, (most, size, size, 3), np.uint8)
    encoder.encode_images(batch)
    started = time.perf_counter()
    done = 0
    while time.perf_counter() - started < seconds:
        encoder.encode_images(batch)
        done += most
    rate = done / (time.perf_counter() - started)
    encoder.close()
    return rate


if __name__ == "__main__":
    print(encode_for(sys.argv[1], float(sys.argv[2])))
