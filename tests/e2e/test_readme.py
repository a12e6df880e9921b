"""Every command in the README is run, or checked where running it needs a screen or a network."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from core.cli.parser import build_parser
from tests.helpers.patience import PATIENCE
from tests.helpers.sample_photos import copy_sample_photos

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.splitlines()]
NEED_A_NETWORK_OR_A_FILE = ("souvenir models download", "souvenir models import")
SOUVENIR = Path(sys.executable).with_name("souvenir")

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="the commands are for a POSIX shell"
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A person's home with some photos in it."""
    home = tmp_path_factory.mktemp("home")
    copy_sample_photos(home / "Pictures")
    return home


def environment(home: Path) -> dict[str, str]:
    return {
        **os.environ,
        "HOME": str(home),
        "SOUVENIR_LIBRARY": str(home / "library"),
        "SOUVENIR_MODELS": str(home / "models"),
        "PATH": f"{SOUVENIR.parent}{os.pathsep}{os.environ['PATH']}",
        "QT_QPA_PLATFORM": "offscreen",
    }


def test_the_readme_shows_every_command() -> None:
    help_text = build_parser().format_help()
    offered = set(re.findall(r"^    ([\w-]+)(?:  |$)", help_text, re.MULTILINE))
    shown = {shlex.split(line)[1] for line in COMMANDS if line.startswith("souvenir ")}
    assert shown - {"--selftest"} == offered


def test_every_souvenir_command_runs_in_the_order_shown(home: Path) -> None:
    for line in COMMANDS:
        if not line.startswith("souvenir "):
            continue
        if line.startswith(NEED_A_NETWORK_OR_A_FILE):
            build_parser().parse_args(shlex.split(line)[1:])
        elif line == "souvenir watch":
            watch_until_ctrl_c(home)
        else:
            done = subprocess.run(
                ["sh", "-c", line],
                env=environment(home),
                cwd=home,
                capture_output=True,
                text=True,
                timeout=2 * PATIENCE,
                check=False,
            )
            assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
            assert done.stdout or line.startswith("souvenir gui"), line
            assert "Traceback" not in done.stderr
    assert (home / "window.png").stat().st_size > 10_000


def watch_until_ctrl_c(home: Path) -> None:
    with subprocess.Popen(
        [SOUVENIR, "watch"],
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as watching:
        assert watching.stderr is not None
        said = iter(watching.stderr.readline, "")
        assert any("until Ctrl+C" in line for line in said)
        watching.send_signal(signal.SIGINT)
        _, complaint = watching.communicate(timeout=PATIENCE)
    assert (watching.returncode, complaint) == (0, "")


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
@pytest.mark.parametrize("line", [line for line in COMMANDS if line.startswith("make ")])
def test_every_make_command_is_a_chore(line: str) -> None:
    subprocess.run(
        ["make", "-n", *shlex.split(line)[1:]],
        cwd=ROOT,
        capture_output=True,
        timeout=PATIENCE,
        check=True,
    )


def test_every_command_is_one_of_ours() -> None:
    assert COMMANDS
    assert all(line.startswith(("souvenir ", "make ")) for line in COMMANDS)


def test_links_and_pictures_are_there() -> None:
    places = re.findall(r"\]\(([^)]+)\)", README)
    assert "docs/screenshot.png" in places
    assert [place for place in places if not (ROOT / place).exists()] == []
