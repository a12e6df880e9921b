"""What the command line understands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from core.cli.parser import build_parser
from tests.helpers.patience import PATIENCE

COMMANDS = (
    "gui",
    "index",
    "watch",
    "search",
    "similar",
    "embed",
    "status",
    "verify",
    "rebuild",
    "folders",
    "models",
)


def parse(*words: str) -> object:
    return build_parser().parse_args(words)


def test_no_command_means_the_window() -> None:
    arguments = build_parser().parse_args([])
    assert arguments.command is None
    assert (arguments.photos, arguments.screenshot, arguments.query) == (None, None, "")


def test_help_names_every_command() -> None:
    text = build_parser().format_help()
    assert all(f"    {command} " in text for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args([command, "--help"])
    assert ended.value.code == 0
    assert f"souvenir {command}" in capsys.readouterr().out


def test_files_and_texts_keep_the_order_given() -> None:
    words = ["embed", "a.jpg", "--text", "a dog", "b.jpg", "--text=-snow", "--json", "--", "-c.jpg"]
    arguments = build_parser().parse_args(words)
    assert arguments.inputs == [
        ("path", "a.jpg"),
        ("text", "a dog"),
        ("path", "b.jpg"),
        ("text", "-snow"),
        ("path", "-c.jpg"),
    ]
    assert arguments.json


def test_two_runs_do_not_share_inputs() -> None:
    parser = build_parser()
    parser.parse_args(["embed", "a.jpg"])
    assert parser.parse_args(["embed", "b.jpg"]).inputs == [("path", "b.jpg")]


def test_a_text_without_its_words_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse("embed", "a.jpg", "--text")
    assert ended.value.code == 2
    assert "--text" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["--library", "L", "-v", "status"], ["status", "-v", "--library", "L"]]
)
def test_the_common_options_may_stand_before_or_after_the_command(words: list[str]) -> None:
    arguments = build_parser().parse_args(words)
    assert (arguments.library, arguments.verbose, arguments.model) == (Path("L"), True, None)


def test_home_is_found_even_where_the_shell_left_it_alone() -> None:
    arguments = build_parser().parse_args(["gui", "--photos", "~/Pictures"])
    assert arguments.photos == Path.home() / "Pictures"


@pytest.mark.parametrize(
    ("words", "query"),
    [
        (["beach -people"], ["beach -people"]),
        (["--", "-people", "--top"], ["-people", "--top"]),
        (["-dog"], ["-dog"]),
        (["dog", "-people", "-horse", "-vase"], ["dog", "-people", "-horse", "-vase"]),
        (["-horse", "--top", "5", "dog", "-v"], ["-horse", "dog"]),
        (["--library", "L", "a", "-name:b", "--json"], ["a", "-name:b"]),
    ],
)
def test_exclusions_need_no_special_care_in_a_query(words: list[str], query: list[str]) -> None:
    arguments = build_parser().parse_args(["search", *words])
    assert arguments.query == query
    assert arguments.verbose == ("-v" in words)
    assert arguments.top == (5 if "5" in words else 20)


@pytest.mark.parametrize(
    "words",
    [
        ["search"],
        ["search", "dog", "--top", "0"],
        ["search", "dog", "--top", "many"],
        ["search", "dog", "--bogus"],
        ["search", "dog", "--top"],
        ["search", "--"],
        ["gui", "--size", "big"],
        ["gui", "--theme", "pink"],
        ["folders"],
        ["models", "download"],
        ["dance"],
        ["--bogus"],
    ],
)
def test_wrong_usage_is_refused_with_code_2(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args(words)
    assert ended.value.code == 2
    assert "usage: souvenir" in capsys.readouterr().err


def test_parsing_loads_no_model_and_no_library() -> None:
    code = (
        "import sys; from core.cli.parser import build_parser; build_parser();"
        "heavy = {'numpy', 'torch', 'open_clip', 'PIL', 'sqlite3', 'core.library'};"
        "sys.exit(repr(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=PATIENCE)
