"""Renaming by pattern: what the preview says is what happens, and nothing is overwritten."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from core.filing.names import name_problem
from core.filing.pattern import NameFacts, PatternError, parse_pattern
from core.filing.renaming import Renaming, plan_renaming, rename_files

TAKEN = datetime(2021, 6, 5, 14, 3, 22)


def never() -> bool:
    return False


def facts(path: Path, number: int = 1, camera: str | None = "Canon EOS 60D") -> NameFacts:
    return NameFacts(path, number, TAKEN, camera)


def lay_out(folder: Path, *names: str) -> list[Path]:
    paths = [folder / name for name in names]
    for path in paths:
        path.write_text(path.name)
    return paths


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("{name}", "IMG_1.JPG"),
        ("{date:%Y-%m-%d} {n:03}", "2021-06-05 007.JPG"),
        ("{date} {time}", "2021-06-05 14-03-22.JPG"),
        ("{time:%H%M}_{camera}", "1403_Canon EOS 60D.JPG"),
        ("{name}.{ext}", "IMG_1.JPG"),
        ("{n}.jpg", "7.jpg"),
        ("海边 {n}", "海边 7.JPG"),
        ("{n}.tmp", "7.tmp.JPG"),
    ],
)
def test_patterns(pattern: str, name: str) -> None:
    assert parse_pattern(pattern)(facts(Path("/p/IMG_1.JPG"), 7)) == name


def test_what_a_placeholder_brings_is_made_fit_for_a_name() -> None:
    name = parse_pattern("{camera} {name}")(facts(Path("/p/a:b.jpg"), camera="NEX/5?"))
    assert name == "NEX_5_ a_b.jpg"
    assert parse_pattern("{camera}x")(facts(Path("/p/a.jpg"), camera=None)) == "x.jpg"


@pytest.mark.parametrize(
    "part", ["{nmae}", "{date:%Q}", "{n:x}", "{name:3}", "{", "}", "{n:200}", "{}"]
)
def test_a_pattern_that_cannot_be_understood_says_which_part(part: str) -> None:
    with pytest.raises(PatternError, match="placeholders are") as raised:
        parse_pattern(f"a {part} b")
    assert raised.value.part == part


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("a:b.jpg", "characters"),
        ("a/b.jpg", "characters"),
        ("con.jpg", "reserved"),
        ("LPT1", "reserved"),
        (".hidden.jpg", "hidden"),
        ("a. ", "end"),
        ("", "empty"),
        ("...", "empty"),
        ("照" * 90 + ".jpg", "long"),
        ("console.jpg", None),
        ("照片 (2).jpg", None),
    ],
)
def test_names_that_some_system_does_not_take(name: str, problem: str | None) -> None:
    assert name_problem(name) == problem


def test_conflicts_are_in_the_plan_and_nothing_has_happened(tmp_path: Path) -> None:
    a, b, _other = lay_out(tmp_path, "a.jpg", "b.jpg", "2021-06-05.JPG")
    (tmp_path / "2021-06-05.jpg").write_text("older")
    plan = plan_renaming([facts(a, 1), facts(b, 2)], "{date}")
    assert [(r.target.name, r.note) for r in plan] == [
        ("2021-06-05 (2).jpg", "numbered"),
        ("2021-06-05 (3).jpg", "numbered"),
    ]
    assert contents(tmp_path)["a.jpg"] == "a.jpg"
    assert [r.problem for r in plan_renaming([facts(a)], "a?b")] == ["characters"]
    assert [r.note for r in plan_renaming([facts(a)], "{name}")] == ["same"]


def test_what_cannot_be_named_stays_and_the_rest_is_renamed(tmp_path: Path) -> None:
    a, b = lay_out(tmp_path, "a.jpg", "b.jpg")
    plan = [Renaming(a, tmp_path / "con.jpg", problem="reserved"), Renaming(b, tmp_path / "c.jpg")]
    (step,) = rename_files(plan, never)
    assert (step.done, step.total) == (1, 1)
    assert contents(tmp_path) == {"a.jpg": "a.jpg", "c.jpg": "b.jpg"}


def test_names_are_exchanged_and_passed_on(tmp_path: Path) -> None:
    one, two, three, four = lay_out(tmp_path, "1.jpg", "2.jpg", "3.jpg", "4.jpg")
    (tmp_path / "1.xmp").write_text("of 1")
    plan = [
        Renaming(one, two),
        Renaming(two, one),
        Renaming(three, four),
        Renaming(four, tmp_path / "5.jpg"),
    ]
    steps = list(rename_files(plan, never))
    assert all(step.problem is None for step in steps)
    went = {(t.source.name, t.target.name) for step in steps for t in step.transfers}
    assert went == {
        ("1.jpg", "2.jpg"),
        ("1.xmp", "2.xmp"),
        ("2.jpg", "1.jpg"),
        ("3.jpg", "4.jpg"),
        ("4.jpg", "5.jpg"),
    }
    assert contents(tmp_path) == {
        "2.jpg": "1.jpg",
        "2.xmp": "of 1",
        "1.jpg": "2.jpg",
        "4.jpg": "3.jpg",
        "5.jpg": "4.jpg",
    }


def test_numbering_anew_over_the_same_names(tmp_path: Path) -> None:
    paths = lay_out(tmp_path, *(f"{n:03}.jpg" for n in range(1, 40)))
    backwards = [facts(path, n) for n, path in enumerate(reversed(paths), 1)]
    plan = plan_renaming(backwards, "{n:03}")
    assert [r.note for r in plan if r.note == "numbered"] == []
    list(rename_files(plan, never))
    assert contents(tmp_path) == {f"{40 - n:03}.jpg": f"{n:03}.jpg" for n in range(1, 40)}


def test_many_of_one_name_are_numbered(tmp_path: Path) -> None:
    paths = lay_out(tmp_path, *(f"IMG_{n}.jpg" for n in range(1, 1001)))
    plan = plan_renaming([facts(path, n) for n, path in enumerate(paths, 1)], "{date}")
    assert plan[0].target.name == "2021-06-05.jpg"
    assert plan[-1].target.name == "2021-06-05 (1000).jpg"
    list(rename_files(plan, never))
    assert contents(tmp_path)["2021-06-05 (1000).jpg"] == "IMG_1000.jpg"


def test_a_change_of_case_is_a_new_name(tmp_path: Path) -> None:
    (a,) = lay_out(tmp_path, "img.jpg")
    plan = plan_renaming([facts(a)], "IMG")
    list(rename_files(plan, never))
    assert list(contents(tmp_path)) == ["IMG.jpg"]


def test_cancelled_between_two_that_exchange_names_both_have_their_own(tmp_path: Path) -> None:
    one, two = lay_out(tmp_path, "1.jpg", "2.jpg")
    calls = iter([False, False])
    plan = [Renaming(one, two), Renaming(two, one)]
    steps = list(rename_files(plan, lambda: next(calls, True)))
    assert steps == []
    assert contents(tmp_path) == {"1.jpg": "1.jpg", "2.jpg": "2.jpg"}


def test_one_that_vanished_does_not_stop_those_that_waited_for_it(tmp_path: Path) -> None:
    one, two = lay_out(tmp_path, "1.jpg", "2.jpg")
    plan = [Renaming(one, two), Renaming(two, tmp_path / "3.jpg")]
    two.unlink()
    steps = list(rename_files(plan, never))
    assert [s.problem.reason for s in steps if s.problem is not None] == ["gone"]
    assert contents(tmp_path) == {"2.jpg": "1.jpg"}


def test_a_name_that_was_taken_since_the_preview_is_not_overwritten(tmp_path: Path) -> None:
    (one,) = lay_out(tmp_path, "1.jpg")
    plan = plan_renaming([facts(one)], "new")
    lay_out(tmp_path, "new.jpg")
    (step,) = rename_files(plan, never)
    assert step.problem is not None
    assert step.problem.reason == "taken"
    assert contents(tmp_path) == {"1.jpg": "1.jpg", "new.jpg": "new.jpg"}
