"""The self-test finds what works, and what does not."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from core.cli import selftest
from core.cli.parser import build_parser
from core.cli.selftest import Check, SelftestError, checks_of_core, run_checks
from core.cli.terminal import Terminal
from core.imaging.decoding import FORMATS, decode
from core.paths import SELFTEST_PHOTOS
from core.version import version


@pytest.fixture
def terminal() -> Terminal:
    return Terminal(io.StringIO(), io.StringIO())


def lines(terminal: Terminal) -> list[str]:
    assert isinstance(terminal.out, io.StringIO)
    return terminal.out.getvalue().splitlines()


def test_there_is_a_photo_of_every_format_that_is_read() -> None:
    found = set()
    for path in SELFTEST_PHOTOS.iterdir():
        decoded = decode(path.read_bytes(), path.suffix, lambda _width, _height: 1.0)
        found.add("RAW" if decoded.format == "RAW" else decoded.source.format)
    assert found >= {*FORMATS, "RAW"} - {"DIB"}  # which is a BMP without its first 14 bytes


def test_one_check_that_fails_leaves_the_others(terminal: Terminal) -> None:
    def fail() -> str:
        raise SelftestError("it is broken.")

    def burst() -> str:
        raise ZeroDivisionError

    checks = [Check("first", fail), Check("second", lambda: "well"), Check("third", burst)]
    assert run_checks(checks, terminal) == 2
    assert lines(terminal) == [
        "FAILED  first: it is broken.",
        "ok      second: well",
        "FAILED  third: ZeroDivisionError",
    ]


@pytest.fixture
def samples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The photos of an installation that can be damaged."""
    copies = tmp_path / "resources"
    shutil.copytree(SELFTEST_PHOTOS, copies)
    monkeypatch.setattr(selftest, "SELFTEST_PHOTOS", copies)
    return copies


def cut_in_half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def make_grey(path: Path) -> None:
    Image.open(path).convert("L").convert("RGB").save(path)


def make_small(path: Path) -> None:
    Image.open(path).resize((96, 64)).save(path)


@pytest.mark.parametrize("spoil", [cut_in_half, make_grey, make_small])
def test_a_decoder_that_gives_something_else_is_noticed(
    samples: Path, tmp_path: Path, terminal: Terminal, spoil: Callable[[Path], None]
) -> None:
    spoil(samples / "photo.tif")
    folder = tmp_path / "made"
    folder.mkdir()
    with checks_of_core(folder) as checks:
        decoding = [check for check in checks if check.name.startswith("decode")]
        assert len(decoding) == len(list(samples.iterdir()))
        assert run_checks(decoding, terminal) == 1
    (failed,) = [line for line in lines(terminal) if line.startswith("FAILED")]
    assert failed.startswith("FAILED  decode tif: ")


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"Souvenir {version()}\n"
