from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.desktop.display import NoWindowError, choose_platform
from tests.helpers.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[3]
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux can lack a display")


@linux
def test_without_a_display_the_sentence_names_the_command_line() -> None:
    with pytest.raises(NoWindowError, match=r"souvenir index FOLDER, then souvenir search"):
        choose_platform({}, off_screen=False)


@linux
def test_a_picture_needs_no_display() -> None:
    assert choose_platform({}, off_screen=True) == "offscreen"
    assert choose_platform({"DISPLAY": ":0"}, off_screen=False) is None
    assert choose_platform({"QT_QPA_PLATFORM": "minimal"}, off_screen=False) is None


def souvenir(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    own = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    own.pop("QT_QPA_PLATFORM", None)
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments],
        env={**own, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@linux
def test_the_window_without_a_display_ends_with_one_sentence() -> None:
    ended = souvenir()
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    assert "There is no display" in ended.stderr


@linux
def test_a_display_that_does_not_answer_is_said_too() -> None:
    ended = souvenir("gui", DISPLAY=":987")
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "sudo apt-get install" in ended.stderr or "cannot be reached" in ended.stderr


def test_commands_go_to_the_command_line() -> None:
    ended = souvenir("--help")
    assert ended.returncode == 0
    assert "souvenir search" in ended.stdout
