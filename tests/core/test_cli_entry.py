"""How a command ends: its exit code, and what is said when it goes wrong."""

from __future__ import annotations

import errno
import logging
import os
import subprocess
import sys
import warnings
from argparse import Namespace
from pathlib import Path

import pytest

from core.cli import entry
from core.cli.terminal import Terminal
from core.errors import SouvenirError
from tests.helpers.patience import PATIENCE


def ending(
    monkeypatch: pytest.MonkeyPatch, error: BaseException, *options: str
) -> int:  # the exit code of a command that ends with `error`
    def fail(_: Namespace, __: Terminal) -> int:
        raise error

    monkeypatch.setitem(entry.COMMANDS, "status", fail)
    return entry.main([*options, "status"])


def test_a_problem_to_mend_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ending(monkeypatch, SouvenirError("The tent is wet: dry it."), "-v") == 1
    assert capsys.readouterr() == ("", "The tent is wet: dry it.\n")


def test_a_full_disk_is_said_as_such(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    full = OSError(errno.ENOSPC, "No space left on device", "/photos/x")
    assert ending(monkeypatch, full) == 1
    assert capsys.readouterr().err == "The system refused for /photos/x: No space left on device.\n"


def test_a_bug_is_called_one_and_shows_where_only_when_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ending(monkeypatch, KeyError("tent")) == 1
    plain = capsys.readouterr().err
    assert (plain.count("\n"), "KeyError" in plain, "Traceback" in plain) == (1, True, False)
    assert ending(monkeypatch, KeyError("tent"), "-v") == 1
    assert "Traceback" in capsys.readouterr().err


def test_ctrl_c_ends_with_its_own_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ending(monkeypatch, KeyboardInterrupt()) == 130
    assert capsys.readouterr().err == "Stopped.\n"


@pytest.mark.parametrize("options", [(), ("-v",)])
def test_remarks_of_libraries_are_shown_only_when_asked(
    options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def chatter(_: Namespace, __: Terminal) -> int:
        logging.getLogger("somebody").warning("I am verbose")
        with warnings.catch_warnings():
            warnings.simplefilter("default")
            warnings.warn("I am outdated", UserWarning, stacklevel=1)
        return 0

    monkeypatch.setitem(entry.COMMANDS, "status", chatter)
    assert entry.main([*options, "status"]) == 0
    shown = capsys.readouterr().err
    assert ("I am verbose" in shown, "I am outdated" in shown) == (bool(options), bool(options))


def test_a_reader_that_has_enough_is_left_quietly() -> None:
    code = (
        "import sys; from core.cli import entry\n"
        "def talk(arguments, terminal):\n"
        "    for line in range(100_000): terminal.say(str(line))\n"
        "    return 0\n"
        "entry.COMMANDS['status'] = talk\n"
        "sys.exit(entry.main(['status']))\n"
    )
    reading, writing = os.pipe()
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=writing, stderr=subprocess.PIPE, text=True
    ) as talking:
        os.close(writing)
        os.read(reading, 100)
        os.close(reading)
        _, complaint = talking.communicate(timeout=PATIENCE)
    assert (talking.returncode, complaint) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="that is how a POSIX shell says it")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-"])
def test_a_closed_stream_is_written_to_nowhere(closed: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sys; from core.cli import main; sys.exit(main())"]
    script = f'"$@" {closed}'
    options = ["--library", str(tmp_path / "none"), "models", "list"]
    ended = subprocess.run(
        ["sh", "-c", script, "sh", *command, *options],
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert bool(ended.stdout) == (closed != ">&-")


def test_a_library_that_is_a_file_is_called_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    for command in ("status", "index", "models list"):
        assert entry.main(["--library", str(tmp_path / "file"), *command.split()]) == 1
        assert "is a file, and a library is a folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command",
    [
        ["search", "a dog"],
        ["status"],
        ["verify"],
        ["folders", "list"],
    ],
)
def test_a_library_that_is_not_there_is_not_made_by_looking(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert entry.main(["--library", str(tmp_path / "none"), *command]) == 1
    assert not (tmp_path / "none").exists()
    said = capsys.readouterr().err
    assert str(tmp_path / "none") in said
    assert said.count("\n") == 1
