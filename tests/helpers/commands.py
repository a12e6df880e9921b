"""Commands are run in this process, as a person would type them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.cli import main

Run = Callable[..., tuple[int, str, str]]
"""Runs the words of a command: its exit code, its answer, its remarks."""


def on_library(library: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """What runs commands on this library."""

    def run(*words: str | Path) -> tuple[int, str, str]:
        code = main(["--library", str(library), *map(str, words)])
        return code, *capsys.readouterr()

    return run


def answer(run: Run, *words: str | Path) -> Any:
    """What a command that succeeds answers to a program."""
    code, out, _ = run(*words, "--json")
    assert code == 0
    return json.loads(out)
