"""`souvenir --selftest` on this installation: a line for each thing, and an exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.helpers.patience import PATIENCE

SOUVENIR = Path(sys.executable).with_name("souvenir")
PARTS = ("decode jpg", "embed", "index", "search by words", "search by photo", "database", "window")


def run_selftest(home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    for folder in ("run", "tmp"):
        (home / folder).mkdir(mode=0o700)
    places = {
        "HOME": str(home),
        "TMPDIR": str(home / "tmp"),
        "XDG_RUNTIME_DIR": str(home / "run"),
    }
    return subprocess.run(
        [SOUVENIR, "--selftest"],
        env={**os.environ, **places, **more},
        capture_output=True,
        text=True,
        timeout=4 * PATIENCE,
        check=False,
    )


def test_everything_works_and_nothing_is_left_behind(short_path: Path) -> None:
    done = run_selftest(short_path)
    assert done.returncode == 0, done.stdout + done.stderr
    first, *checks, last = done.stdout.splitlines()
    assert first.startswith("Souvenir ")
    assert all(line.startswith("ok      ") for line in checks)
    told = {line.removeprefix("ok      ").partition(":")[0] for line in checks}
    assert told >= set(PARTS)
    assert last == "Everything works."
    assert list((short_path / "tmp").glob("souvenir*")) == []


def test_what_fails_is_said_and_ends_with_one(short_path: Path) -> None:
    (short_path / "PySide6").mkdir()
    (short_path / "PySide6" / "__init__.py").write_text("raise ImportError('libqt.so is damaged')")
    done = run_selftest(short_path, PYTHONPATH=str(short_path))
    assert done.returncode == 1, done.stdout + done.stderr
    failed = [line for line in done.stdout.splitlines() if not line.startswith("ok      ")][1:]
    assert failed[0].startswith("FAILED  window: ")
    assert failed[1:] == ["1 check failed: install Souvenir again."]
