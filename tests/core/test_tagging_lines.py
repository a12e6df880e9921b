"""A line that a person drew means as many photos when relevances are made otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.catalog.catalogue import Catalogue
from core.catalog.label_scores import at_least, drop_relevances, put_relevances, to_stored
from core.catalog.labels import Label, get_label, insert_label
from core.tagging.lines import follow_line, line_above

PHOTOS = np.arange(1, 11, dtype=np.int64)
BEFORE = np.linspace(0.05, 0.95, 10, dtype=np.float32)
AFTER = BEFORE**3


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    opened = Catalogue(tmp_path / "catalogue.sqlite")
    yield opened
    opened.close()


def judged(catalogue: Catalogue, label: Label) -> int:
    """A label whose photos were judged by the first method."""
    with catalogue.transaction() as tx:
        label_id = insert_label(tx, label)
        follow_line(tx, label_id, "first", PHOTOS, to_stored(BEFORE))
        put_relevances(tx, [label_id], PHOTOS, BEFORE[None], anew=True)
    return label_id


def judge_again(catalogue: Catalogue, label_id: int, method: str) -> bool:
    with catalogue.transaction() as tx:
        moved = follow_line(tx, label_id, method, PHOTOS, to_stored(AFTER))
        drop_relevances(tx, [label_id])
        put_relevances(tx, [label_id], PHOTOS, AFTER[None], anew=True)
    return moved


def carrying(catalogue: Catalogue, label_id: int) -> list[int]:
    with catalogue.reader() as c:
        found: list[int] = at_least(c, label_id, get_label(c, label_id).threshold).tolist()
    return found


@pytest.mark.parametrize("threshold", [0.0, 0.31, 0.74, 0.95, 1.0])
def test_a_line_lets_as_many_photos_through_as_before(
    catalogue: Catalogue, threshold: float
) -> None:
    label = judged(catalogue, Label("dog", ("dog",), threshold=threshold))
    before = carrying(catalogue, label)
    judge_again(catalogue, label, "second")
    assert carrying(catalogue, label) == before
    with catalogue.reader() as c:
        line = get_label(c, label).threshold
    assert not judge_again(catalogue, label, "second")
    with catalogue.reader() as c:
        assert get_label(c, label).threshold == line


@pytest.mark.parametrize(
    "label", [Label("dog", ("dog",)), Label("dog", ("dog",), group="pets", threshold=0.31)]
)
def test_a_line_that_nobody_drew_and_one_of_a_group_stay(
    catalogue: Catalogue, label: Label
) -> None:
    label_id = judged(catalogue, label)
    assert not judge_again(catalogue, label_id, "second")
    with catalogue.reader() as c:
        assert get_label(c, label_id).threshold == label.threshold


def test_other_words_are_no_other_method(catalogue: Catalogue) -> None:
    """The person sees where the new words' photos are, and drew the line for any."""
    label = judged(catalogue, Label("dog", ("dog",), threshold=0.31))
    assert not judge_again(catalogue, label, "first")


def test_a_label_that_was_never_judged_keeps_its_line(catalogue: Catalogue) -> None:
    with catalogue.transaction() as tx:
        label = insert_label(tx, Label("dog", ("dog",), threshold=0.31))
        assert not follow_line(tx, label, "first", PHOTOS, to_stored(AFTER))


def test_a_line_lies_between_two_photos() -> None:
    found = np.array([0.2, 0.8, 0.6], np.float32)
    assert [line_above(found, count) for count in range(4)] == pytest.approx([0.9, 0.7, 0.4, 0.1])
