"""Labels in the catalogue: what they may be, who carries them, and that edits can be taken back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.catalog.catalogue import Catalogue
from core.catalog.check import check_catalogue
from core.catalog.edits import Edit, apply_edit
from core.catalog.files import FileKey, FileStat
from core.catalog.filters import Filter, LabelFilter, NotFilter
from core.catalog.folders import add_folder
from core.catalog.label_edits import (
    ChangeLabel,
    CreateLabels,
    DeleteLabels,
    SetLabelsActive,
    SetTags,
    SetThreshold,
)
from core.catalog.label_scores import BLOCK, put_relevances, relevances_of, scored, set_scored
from core.catalog.labels import MOST_LABELS, Label, find_label, get_label, list_labels
from core.catalog.matching import matching_ids
from core.catalog.metadata import PhotoContent
from core.catalog.photos import store_photo
from core.catalog.tags import counts, hand_tags, tags_of
from core.catalog.values import known_values
from core.errors import SouvenirError

TENT = Label("Tent", ("a red tent",))
BIRD = Label("Bird", ("a bird",))
HERON = Label("Heron", ("a heron",), parent="Bird")


@pytest.fixture
def tx(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A transaction on a catalogue with the photos 1 to 5, found sound at its end."""
    with Catalogue(tmp_path / "c.sqlite") as catalogue, catalogue.transaction() as tx:
        folder = add_folder(tx, "/photos")
        for number in range(1, 6):
            content = PhotoContent(number.to_bytes(16, "big"), 9, "JPEG", 40, 30)
            store_photo(tx, FileKey(folder.id, "", f"{number}.jpg"), FileStat(9, 9, 9), content)
        yield tx
        assert check_catalogue(tx) == []


def create(tx: sqlite3.Connection, *labels: Label) -> tuple[int, ...]:
    undo, _ = apply_edit(tx, CreateLabels(labels))
    assert isinstance(undo, DeleteLabels)
    return undo.ids


def score(tx: sqlite3.Connection, label_id: int, *relevances: float) -> None:
    """Give photos 1, 2, … these relevances for a label."""
    ids = np.arange(1, len(relevances) + 1)
    put_relevances(tx, [label_id], ids, np.array([relevances], np.float32))


def found(tx: sqlite3.Connection, *filters: Filter) -> list[int]:
    ids = matching_ids(tx, filters)
    assert ids is not None
    return list(map(int, ids))


def everything(tx: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    return [
        tx.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
        for table in ("labels", "hand_tags")
    ]


def test_a_label_is_kept_as_it_was_said(tx: sqlite3.Connection) -> None:
    label = Label(
        " Our  tent ",
        ("a red tent", "a tent at night"),
        against=("a house",),
        templates=("a photo of {}",),
        group="shelter",
        set="Holidays",
        threshold=0.7,
        active=False,
    )
    (label_id,) = create(tx, label)
    assert get_label(tx, label_id) == replace(label, name="Our tent", id=label_id)
    assert find_label(tx, "OUR TENT") == get_label(tx, label_id)


@pytest.mark.parametrize(
    ("label", "sentence"),
    [
        (Label("", ("a tent",)), "A label needs a name"),
        (Label("  ", ("a tent",)), "A label needs a name"),
        (Label("x", ()), '"x" has no prompt'),
        (Label("x", ("a tent", " ")), '"x" has an empty prompt'),
        (Label("x", ("a tent",), against=("",)), '"x" has an empty counter-prompt'),
        (
            Label("x", ("a tent",), templates=("a photo",)),
            r'"a photo" of the label "x" has no \{\}',
        ),
        (Label("x", ("a tent",), threshold=1.5), 'threshold of the label "x" is 1.5'),
        (Label("x", ("a tent",), threshold=float("nan")), 'threshold of the label "x" is nan'),
        (Label("x", ("a" * 301,)), "301 characters long"),
        (Label("x", tuple(map(str, range(51)))), "51 prompts: keep it to 50"),
        (Label("x", ("a tent",), parent="nothing"), '"nothing", which is not there'),
        (Label("x", ("a tent",), parent="x"), "go round"),
        (Label("TENT", ("a tent",)), 'called "Tent" is there already'),
    ],
)
def test_what_no_label_can_be_is_said_in_a_sentence(
    tx: sqlite3.Connection, label: Label, sentence: str
) -> None:
    create(tx, TENT)
    with pytest.raises(SouvenirError, match=sentence):
        create(tx, label)
    assert [each.name for each in list_labels(tx)] == ["Tent"]


def test_there_are_only_so_many_labels(tmp_path: Path) -> None:
    many = tuple(Label(f"label {n}", ("a tent",)) for n in range(MOST_LABELS + 1))
    with Catalogue(tmp_path / "c.sqlite") as catalogue:
        with (
            pytest.raises(SouvenirError, match="up to 1,000 labels"),
            catalogue.transaction() as tx,
        ):
            create(tx, *many)
        with catalogue.reader() as c:
            assert list_labels(c) == []


def test_a_label_cannot_come_from_its_own_child(tx: sqlite3.Connection) -> None:
    bird, _ = create(tx, BIRD, HERON)
    with pytest.raises(SouvenirError, match="go round"):
        apply_edit(tx, ChangeLabel(replace(get_label(tx, bird), parent="heron")))


def test_every_edit_is_taken_back_exactly(tx: sqlite3.Connection) -> None:
    heron, bird, tent = create(tx, HERON, BIRD, TENT)  # a child may come before its parent
    apply_edit(tx, SetTags(bird, {1: True, 2: False}))
    edits: list[Edit] = [
        CreateLabels((Label("Night", ("a dark sky",)),)),
        ChangeLabel(replace(get_label(tx, bird), name="Birds", prompts=("birds",), threshold=0.9)),
        SetThreshold(tent, 0.25),
        SetLabelsActive({bird: False, tent: True, heron: False}),
        SetTags(bird, {1: None, 2: True, 3: False, 99: True}),
        DeleteLabels((bird,)),
        DeleteLabels((bird, heron)),
    ]
    before = everything(tx)
    for edit in edits:
        undo, _ = apply_edit(tx, edit)
        after = everything(tx)
        assert after != before
        redo, _ = apply_edit(tx, undo)
        assert everything(tx) == before
        again, _ = apply_edit(tx, redo)
        assert everything(tx) == after
        apply_edit(tx, again)
        assert everything(tx) == before


def test_the_line_says_who_carries_a_label(tx: sqlite3.Connection) -> None:
    (tent,) = create(tx, TENT)
    score(tx, tent, 0.9, 0.5, 0.499, 0.1)
    assert found(tx, LabelFilter("tent")) == [1, 2]
    apply_edit(tx, SetThreshold(tent, 0.6))
    assert found(tx, LabelFilter("tent")) == [1]
    apply_edit(tx, SetThreshold(tent, 0.1))
    assert found(tx, LabelFilter("tent")) == [1, 2, 3, 4]
    assert found(tx, NotFilter(LabelFilter("TENT"))) == [5]
    assert found(tx, LabelFilter("nothing")) == []


def test_what_was_said_by_hand_stands_wherever_the_line_is(tx: sqlite3.Connection) -> None:
    (tent,) = create(tx, TENT)
    score(tx, tent, 0.9, 0.8, 0.2)
    apply_edit(tx, SetTags(tent, {1: False, 3: True, 5: True}))
    for threshold in (0.0, 0.5, 1.0):
        apply_edit(tx, SetThreshold(tent, threshold))
        assert not {1} & set(found(tx, LabelFilter("tent")))
        assert {3, 5} <= set(found(tx, LabelFilter("tent")))
    apply_edit(tx, SetLabelsActive({tent: False}))
    assert found(tx, LabelFilter("tent")) == [3, 5]


def test_a_relevance_can_be_asked_for(tx: sqlite3.Connection) -> None:
    (tent,) = create(tx, TENT)
    score(tx, tent, 0.9, 0.8, 0.3, 0.2)
    apply_edit(tx, SetTags(tent, {1: False, 4: True}))
    assert found(tx, LabelFilter("tent", 0.25, 1.0)) == [2, 3, 4]
    assert found(tx, LabelFilter("tent", 0.0, 0.5)) == [1, 3]


def test_a_child_is_judged_among_its_parents_photos(tx: sqlite3.Connection) -> None:
    bird, heron = create(tx, BIRD, HERON)
    score(tx, bird, 0.9, 0.2, 0.6)
    score(tx, heron, 0.8, 0.9, 0.7)
    assert found(tx, LabelFilter("heron")) == [1, 3]
    apply_edit(tx, SetThreshold(bird, 0.7))
    assert found(tx, LabelFilter("heron")) == [1]
    apply_edit(tx, SetTags(bird, {1: False, 2: True}))
    assert found(tx, LabelFilter("heron")) == [2]
    apply_edit(tx, SetTags(heron, {5: True}))
    assert found(tx, LabelFilter("heron")) == [2, 5]
    assert counts(tx, list_labels(tx)) == {bird: 1, heron: 2}


def test_the_labels_of_a_photo(tx: sqlite3.Connection) -> None:
    bird, heron, tent = create(tx, BIRD, HERON, TENT)
    score(tx, bird, 0.4, 0.9)
    score(tx, heron, 0.9, 0.6)
    apply_edit(tx, SetTags(tent, {1: True, 2: False}))
    carried = tags_of(tx, [1, 2, 3])
    assert [(tag.label.name, tag.source) for tag in carried[1]] == [("Tent", "hand")]
    assert [tag.label.name for tag in carried[2]] == ["Bird", "Heron"]
    assert carried[3] == ()
    (all_of_one,) = tags_of(tx, [1], carried=False).values()
    assert [(t.label.name, t.source, t.by_hand) for t in all_of_one] == [
        ("Tent", "hand", True),
        ("Heron", "none", None),
        ("Bird", "none", None),
    ]
    assert all_of_one[2].relevance == pytest.approx(0.4, abs=1e-4)


def test_scores_are_kept_whatever_the_ids(tx: sqlite3.Connection) -> None:
    (tent,) = create(tx, TENT)
    ids = np.array([3, BLOCK - 1, BLOCK, 5 * BLOCK + 7])
    put_relevances(tx, [tent], ids, np.array([[0, 0.25, 1, 0.5]], np.float32), anew=True)
    put_relevances(tx, [tent], ids[:1], np.array([[0.125]], np.float32))
    kept, relevances = relevances_of(tx, tent)
    assert kept.tolist() == ids.tolist()
    assert relevances == pytest.approx([0.125, 0.25, 1, 0.5], abs=1e-5)
    set_scored(tx, {tent: "by this model"}, 12)
    assert scored(tx) == {tent: ("by this model", 12)}
    apply_edit(tx, DeleteLabels((tent,)))
    assert scored(tx) == {}


def test_labels_are_offered_with_their_counts(tx: sqlite3.Connection) -> None:
    _, _, tent = create(tx, BIRD, HERON, TENT)
    apply_edit(tx, SetTags(tent, {1: True, 2: True}))
    assert known_values(tx, "label", "te") == [("Tent", 2)]
    assert known_values(tx, "label", "") == [("Tent", 2), ("Bird", 0), ("Heron", 0)]
    create(tx, Label("big bird", ("an ostrich",)), Label("Birch", ("a birch",)))
    assert [name for name, _ in known_values(tx, "label", "bir", 2)] == ["Birch", "Bird"]
    assert [name for name, _ in known_values(tx, "label", "bir")] == ["Birch", "Bird", "big bird"]


def test_hand_tags_of_a_label(tx: sqlite3.Connection) -> None:
    (tent,) = create(tx, TENT)
    apply_edit(tx, SetTags(tent, {4: True, 2: False}))
    ids, fits = hand_tags(tx, tent)
    assert (ids.tolist(), fits.tolist()) == ([2, 4], [False, True])
