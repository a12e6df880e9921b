"""Setting up says what a machine lacks, and the chores are what `make help` says they are."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.helpers.patience import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
CHORES = (
    "help",
    "setup",
    "run",
    "demo",
    "test",
    "lint",
    "types",
    "imports",
    "quality",
    "bench",
    "screenshot",
    "translations",
    "package",
    "wheel",
)
SHELL_TOOLS = ("sh", "tr", "sed", "basename", "uname")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the chores need a POSIX shell")


@pytest.fixture
def bare_machine(tmp_path: Path) -> Path:
    """The whole PATH of a machine that has a shell and apt-get, but nothing to build with."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in SHELL_TOOLS:
        found = shutil.which(name)
        assert found is not None
        (programs / name).symlink_to(found)
    add_program(programs, "apt-get", "exit 0")
    return programs


def add_program(programs: Path, name: str, script: str) -> None:
    (programs / name).write_text(f"#!/bin/sh\n{script}\n")
    (programs / name).chmod(0o755)


def set_up(programs: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the script where it can make nothing, with only `programs` to find."""
    return subprocess.run(
        [programs / "sh", ROOT / "packaging" / "setup.sh", *options],
        env={"PATH": str(programs)},
        cwd=programs.parent,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def test_without_python_the_packages_are_named(bare_machine: Path) -> None:
    done = set_up(bare_machine)
    assert done.returncode == 1
    assert "sudo apt-get install python3 python3-venv python3-dev g++" in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_old_python_is_left_alone_and_a_newer_one_named(bare_machine: Path) -> None:
    add_program(bare_machine, "python3", "exit 1")
    missing = set_up(bare_machine, "--missing").stdout.split()
    assert missing == ["python3.11", "python3.11-venv", "python3.11-dev", "g++"]


def test_without_a_compiler_only_that_is_named(bare_machine: Path) -> None:
    add_program(bare_machine, "python3", f'exec "{sys.executable}" "$@"')
    missing = set_up(bare_machine, "--missing").stdout.split()
    assert [name for name in missing if name != "python3-dev"] == ["g++"]
    assert not (bare_machine.parent / ".venv").exists()


def test_elsewhere_the_package_manager_is_left_to_the_person(bare_machine: Path) -> None:
    (bare_machine / "apt-get").unlink()
    done = set_up(bare_machine)
    assert (done.returncode, "apt-get" in done.stderr) == (1, False)
    assert "Python 3.11" in done.stderr


@pytest.fixture(scope="module")
def qt_packages() -> ModuleType:
    path = ROOT / "packaging" / "qt_system_packages.py"
    spec = importlib.util.spec_from_file_location("qt_system_packages", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_what_the_linker_misses_is_mapped_to_packages(qt_packages: ModuleType) -> None:
    report = (
        "\tlinux-vdso.so.1 (0x00007ffd)\n"
        "\tlibEGL.so.1 => not found\n"
        "\tlibz.so.1 => /lib/libz.so.1 (0x00007f)\n"
        "\tlibxcb-cursor.so.0 => not found\n"
        "\tlibstrange.so.7 => not found\n"
    )
    libraries = qt_packages.missing_libraries(report)
    assert libraries == ["libEGL.so.1", "libxcb-cursor.so.0", "libstrange.so.7"]
    assert qt_packages.packages_for([*libraries, "libEGL.so.1"]) == (
        ["libegl1", "libxcb-cursor0"],
        ["libstrange.so.7"],
    )


@pytest.mark.parametrize(
    ("environment", "plugin"),
    [
        ({"DISPLAY": ":0"}, "libqxcb.so"),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, "libqwayland.so"),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "libqoffscreen.so"),
        ({}, None),  # no screen: the program itself says so
    ],
)
def test_only_what_this_screen_needs_is_asked_for(
    qt_packages: ModuleType, environment: dict[str, str], plugin: str | None
) -> None:
    assert qt_packages.platform_plugin(environment) == plugin


def make(*words: str) -> str:
    return subprocess.run(
        ["make", "--no-print-directory", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    ).stdout


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_help_lists_every_chore_in_a_line() -> None:
    lines = make("help").splitlines()
    assert [line.split()[1] for line in lines] == list(CHORES)
    assert all(len(line.split()) > 3 for line in lines)


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
@pytest.mark.parametrize("photos", ["/a folder/of photos", "~/Pictures", ""])
def test_run_opens_the_window_on_the_folder(photos: str) -> None:
    last = make("-n", "run", f"PHOTOS={photos}").splitlines()[-1]
    shown = subprocess.run(
        ["sh", "-c", last.replace(".venv/bin/souvenir", "printf '<%s>'")],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=True,
    ).stdout
    assert shown == ("<gui><--photos><" + photos + ">" if photos else "<gui>")
