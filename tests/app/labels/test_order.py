"""Where photos lie beside the line of a label: arithmetic, as the library itself counts."""

from __future__ import annotations

import numpy as np
import pytest

from app.labels.order import FINEST, LabelOrder, bars, label_order
from core.tagging.judged import Judged


def order(
    relevances: list[float], answers: list[int] | None = None, eligible: list[bool] | None = None
) -> LabelOrder:
    """Photos 1, 2, 3 … with these relevances."""
    count = len(relevances)
    return label_order(
        np.arange(1, count + 1),
        np.array(relevances, np.float32),
        np.array(answers or [0] * count, np.int8),
        np.array(eligible or [True] * count, np.bool_),
    )


def test_the_most_relevant_come_first_and_the_line_parts_them() -> None:
    made = order([0.2, 0.9, 0.6, 0.4])
    assert made.ids.tolist() == [2, 3, 4, 1]
    assert [made.cut(line) for line in (0.0, 0.3, 0.5, 0.95)] == [4, 3, 2, 0]
    assert made.cut(0.6) == 2, "what is on the line is above it"


def test_no_line_moves_what_was_said_by_hand() -> None:
    made = order([0.9, 0.1, 0.5], [-1, 1, 0])
    assert made.ids.tolist() == [2, 3, 1]
    assert (made.cut(0.0), made.cut(1.0)) == (2, 1)
    assert made.corrections == 2


def test_photos_outside_of_the_parent_never_carry_it() -> None:
    made = order([0.9, 0.8], eligible=[False, True])
    assert made.ids.tolist() == [2, 1]
    assert made.cut(0.0) == 1
    assert list(made.below(0, 5)) == [0]


def test_it_counts_as_the_library_does() -> None:
    chance = np.random.default_rng(3)
    ids, relevances = np.arange(500), chance.random(500).astype(np.float32)
    answers = chance.integers(-1, 2, 500).astype(np.int8)
    eligible = chance.random(500) < 0.8
    best = np.lexsort((ids, -relevances))
    parts = (ids[best], relevances[best], answers[best], eligible[best])
    judged, made = Judged(*parts, 0.5), label_order(*parts)
    for line in (0.0, 0.25, 0.5, 0.75, 1.0, float(relevances[7])):
        assert made.cut(line) == judged.count(line)
        carried = np.sort(made.ids[: made.cut(line)])
        assert carried.tolist() == np.sort(judged.ids[judged.tagged(line)]).tolist()


def test_the_line_goes_photo_by_photo_and_over_equal_ones_at_once() -> None:
    made = order([0.9, 0.8, 0.5, 0.5, 0.5, 0.1])
    assert made.further(1, 1) == 2
    assert made.further(2, 1) == 5, "three that are alike come in together"
    assert made.further(5, -1) == 2
    assert made.further(2, -1) == 1
    assert made.further(1, -5) == 0
    assert made.further(0, 100) == 6
    for cut in (0, 1, 2, 5, 6):
        assert made.cut(made.threshold_at(cut)) == cut


def test_the_line_lies_midway_so_that_noise_changes_no_side() -> None:
    made = order([0.9, 0.8, 0.5, 0.1])
    lines = [made.threshold_at(cut) for cut in range(5)]
    assert lines == pytest.approx([0.95, 0.85, 0.65, 0.3, 0.05])
    for noise in (-0.02, 0.02):
        again = order([0.9 + noise, 0.8 - noise, 0.5 + noise, 0.1 - noise])
        assert [again.cut(line) for line in lines] == [0, 1, 2, 3, 4]


def test_the_line_fits_between_photos_that_are_nearly_alike() -> None:
    made = order([1.0, 0.5, 0.5 - 1 / 65_534, 0.0])
    for cut in range(5):
        assert made.cut(made.threshold_at(cut)) == (cut or 1), "nothing is above what is certain"


def test_what_lies_beside_the_line_is_undecided() -> None:
    made = order([0.9, 0.8, 0.7, 0.3, 0.2], [1, 0, 0, 0, -1])
    cut = made.cut(0.5)
    assert made.ids[made.above(cut, 8)].tolist() == [2, 3]
    assert made.ids[made.above(cut, 1)].tolist() == [3]
    assert made.ids[made.below(cut, 8)].tolist() == [4]


def test_photos_that_went_leave_the_others_in_order() -> None:
    made = order([0.9, 0.8, 0.7, 0.3], [1, 0, 0, -1]).only(np.array([1, 3, 4]))
    assert made.ids.tolist() == [1, 3, 4]
    assert (made.accepted, made.outside) == (1, 1)


def test_nothing_judged_is_no_trouble() -> None:
    made = LabelOrder()
    assert made.cut(0.5) == 0
    assert made.cut(made.threshold_at(3)) == 0
    assert made.further(0, 1) == 0
    assert list(made.above(0, 5)) == list(made.below(0, 5)) == []
    assert bars(made.counts, 20).tolist() == [0.0] * 20


def test_one_photo_is_seen_beside_a_hundred_thousand() -> None:
    counts = np.zeros(FINEST, np.int64)
    counts[0], counts[-1] = 100_000, 1
    heights = bars(counts, 50)
    assert heights[0] == 1.0
    assert heights[-1] == pytest.approx(np.log(2) / np.log(100_001))
    assert not heights[1:-1].any()
