"""What is to be said beside a photo: ours comes and goes, others' stays, whoever wrote what."""

from __future__ import annotations

import random

from core.catalog.written import Written
from core.filing.tag_plan import Said, TagPlan, Wanted, plan_tags
from core.imaging.keywords import Titles, Words

EMPTY: Words = {"subject": (), "hierarchical": (), "tags_list": ()}
HERON = Wanted((("bird",), ("bird", "heron")))


def written(now: Words, wanted: Wanted, ours: Written | None = None) -> TagPlan:
    plan = plan_tags(Said(now), ours or Written(), wanted)
    again = plan_tags(plan.said, plan.written, wanted)
    assert again == plan, "the second time, nothing changes"
    return plan


def test_a_label_is_written_in_every_form_with_those_above_it() -> None:
    plan = written(EMPTY, HERON)
    assert plan.said.words == {
        "subject": ("bird", "heron"),
        "hierarchical": ("bird", "bird|heron"),
        "tags_list": ("bird", "bird/heron"),
    }
    assert plan.written.words == plan.said.words
    assert plan.written.hidden == ("bird", "heron")


def test_what_is_taken_back_goes_and_what_others_wrote_stays() -> None:
    now: Words = {
        "subject": ("Heron", "lake"),
        "hierarchical": ("Nature|Heron",),
        "tags_list": (),
    }
    plan = written(now, HERON)
    assert plan.said.words == {
        "subject": ("Heron", "lake", "bird"),  # theirs is there: ours is not written beside it
        "hierarchical": ("Nature|Heron", "bird", "bird|heron"),
        "tags_list": ("Nature/Heron", "lake", "bird", "bird/heron"),
    }
    back = written(plan.said.words, Wanted(), plan.written)
    assert back.said.words == now
    assert not back.written


def test_one_of_two_tags_is_taken_back() -> None:
    plan = written(EMPTY, HERON)
    one = written(plan.said.words, Wanted((("bird",),)), plan.written)
    assert one.said.words["tags_list"] == ("bird",)
    assert one.said.words["subject"] == ("bird",)


def test_what_somebody_adds_to_ours_is_theirs() -> None:
    plan = written(EMPTY, HERON)
    words = {form: (*kept, "theirs") for form, kept in plan.said.words.items()}
    back = written(words, Wanted(), plan.written)
    assert set(back.said.words.values()) == {("theirs",)}


def test_what_somebody_removed_of_ours_is_no_more_ours_to_remove() -> None:
    plan = written(EMPTY, HERON)
    assert not written(EMPTY, Wanted(), plan.written).written


def test_a_form_that_is_begun_begins_with_what_the_others_say() -> None:
    now: Words = {"subject": ("a", "b"), "hierarchical": ("top|a",), "tags_list": ()}
    plan = written(now, Wanted((("x",),)))
    assert plan.said.words["tags_list"] == ("top/a", "b", "x")
    assert plan.said.words["hierarchical"] == ("top|a", "x")


def test_a_sidecar_that_is_begun_takes_up_the_photos_own_keywords() -> None:
    plan = written(EMPTY, Wanted((("x",),), known=("Frost", "Yard")))
    assert plan.said.words["subject"] == ("Frost", "Yard", "x")
    assert written(plan.said.words, Wanted(), plan.written).said.words == EMPTY
    assert written(EMPTY, Wanted(known=("Frost",))).said.words == EMPTY, "nothing of ours to say"


def test_keywords_of_iptc_and_xmp_become_equal() -> None:
    now: Words = {**EMPTY, "subject": ("a",), "iptc": ("b",)}
    plan = written(now, Wanted((("x",),)))
    assert set(plan.said.words["subject"]) == set(plan.said.words["iptc"]) == {"a", "b", "x"}
    back = written(plan.said.words, Wanted(), plan.written)
    assert back.said.words == now


def test_names_with_separators_are_written_where_they_can_be() -> None:
    plan = written(EMPTY, Wanted((("black/white",), ("a|b", "c"))))
    assert plan.said.words == {
        "subject": ("black/white", "c"),
        "hierarchical": ("black/white",),
        "tags_list": ("a|b/c",),
    }


def rating(now: str | None, wanted: int | None, ours: Written | None = None) -> TagPlan:
    plan = plan_tags(Said(EMPTY, now), ours or Written(), Wanted(rating=wanted))
    assert plan_tags(plan.said, plan.written, Wanted(rating=wanted)) == plan
    return plan


def test_a_rating_is_written_and_taken_back_to_what_was_there() -> None:
    for before in (None, "2", "-1"):
        plan = rating(before, 4)
        assert plan.said.rating == "4"
        assert rating("4", None, plan.written).said.rating == before
        higher = rating("4", 5, plan.written)
        assert rating("5", None, higher.written).said.rating == before
        assert rating("1", None, plan.written).said.rating == "1", "somebody else's by now"


def test_a_rating_that_is_there_already_is_nobodys_change() -> None:
    plan = rating("4", 4)
    assert not plan.written
    assert rating(None, 0).said.rating is None
    assert rating("-1", 0).said.rating == "-1", "rejected is no stars"
    assert rating("3", 0).said.rating == "0"
    assert rating("nonsense", None).said.rating == "nonsense"


def titles(now: Titles, wanted: str, ours: Written | None = None) -> TagPlan:
    plan = plan_tags(Said(EMPTY, None, now), ours or Written(), Wanted(title=wanted))
    assert plan_tags(plan.said, plan.written, Wanted(title=wanted)) == plan
    return plan


def test_a_title_is_written_and_taken_back_to_what_was_there() -> None:
    there: tuple[Titles, ...] = (
        {"xmp": None},
        {"xmp": "A lake", "iptc": None},
        {"xmp": None, "iptc": "Lake"},
    )
    for before in there:
        plan = titles(before, "Our lake")
        assert plan.said.titles == dict.fromkeys(before, "Our lake")
        later = titles(plan.said.titles, "The lake", plan.written)
        assert later.said.title == "The lake"
        back = titles(later.said.titles, "", later.written)
        assert back.said.titles == before
        assert not back.written
        theirs: Titles = dict.fromkeys(before, "Somebody's")
        assert titles(theirs, "", plan.written).said.titles == theirs, "it is theirs by now"


def test_a_title_that_is_there_already_is_nobodys_change() -> None:
    assert not titles({"xmp": "A lake", "iptc": "A lake"}, "A lake").written
    assert titles({"xmp": "A lake"}, "").said.title == "A lake"


def test_a_long_title_is_whole_in_xmp_and_as_much_as_iptc_takes() -> None:
    plan = titles({"xmp": None, "iptc": None}, "鹭" * 30)
    assert plan.said.titles == {"xmp": "鹭" * 30, "iptc": "鹭" * 21}
    assert plan.said.title == "鹭" * 30


def test_nothing_of_others_is_ever_lost_whatever_comes_in_turn() -> None:
    chance = random.Random(5)
    names = ["a", "b", "A", "c/d", "e|f", "g"]
    for _ in range(300):
        theirs: Words = {
            "subject": tuple(dict.fromkeys(chance.choices(names, k=chance.randrange(4)))),
            "hierarchical": tuple(dict.fromkeys(chance.choices(["a|b", "g"], k=1))),
            "tags_list": chance.choice([(), ("x/y",)]),
        }
        plan = TagPlan(Said(theirs), Written())
        for _ in range(4):
            paths = tuple((w,) for w in dict.fromkeys(chance.choices(names, k=chance.randrange(3))))
            plan = written(plan.said.words, Wanted(paths), plan.written)
            for form, words in theirs.items():
                assert plan.said.words[form][: len(words)] == words
        assert written(plan.said.words, Wanted(), plan.written).said.words == theirs
