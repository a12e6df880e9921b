"""The shipped starter, loaded by open_clip alone, names photos it never saw as well as it should.

Each floor is what an earlier starter reached on the same photos, less a tolerance: better weights
pass, a broken export, a wrong configuration or a step back does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from benchmarks.quality.agreement import open_clips_own, template_sets
from benchmarks.quality.folders import PhotosByClass, by_class, held_out, spread
from benchmarks.quality.metrics import Floats, Integers, among_first
from core.embedding.models import STARTER, find_model

SAMPLE = 240
ALL_TOP_1, ALL_TOP_5 = 0.18, 0.48  # measured: 0.221 and 0.542
PLACES_TOP_5 = 0.50  # measured: 0.567


@dataclass(frozen=True)
class Measured:
    """Scores (photos, names) by open_clip alone; `places` are the rows that are of miniplaces."""

    photos: PhotosByClass
    scores: Floats
    places: Integers


@pytest.fixture(scope="module")
def measured() -> Measured:
    """A sample of all held-out photos, then one of the places among them."""
    folder = Path(__file__).resolve().parents[2].parent / "shared" / "photos-by-class"
    if not folder.is_dir():
        pytest.skip("needs the real photos in ../shared, which are not here")
    everything = by_class(folder)
    rows, _ = held_out(everything, 5)
    places = rows[[everything.subsets[row] == "miniplaces" for row in rows]]
    samples = [each[list(spread(len(each), SAMPLE))] for each in (rows, places)]
    photos = everything.part(np.concatenate(samples))
    model = find_model(STARTER, Path())
    scores = open_clips_own(model, photos, [template_sets()["ensemble"]])[0]
    return Measured(photos, scores, np.arange(SAMPLE, 2 * SAMPLE))


def test_held_out_photos_of_all_classes(measured: Measured) -> None:
    scores, labels = measured.scores[:SAMPLE], measured.photos.labels[:SAMPLE]
    assert scores.shape == (SAMPLE, len(measured.photos.names))
    assert among_first(scores, labels, 5) >= ALL_TOP_5
    assert among_first(scores, labels, 1) >= ALL_TOP_1


def test_held_out_places_among_names_of_places(measured: Measured) -> None:
    own = measured.photos.own["miniplaces"]
    scores = measured.scores[measured.places][:, own]
    labels = np.searchsorted(own, measured.photos.labels[measured.places])
    assert among_first(scores, labels, 5) >= PLACES_TOP_5
