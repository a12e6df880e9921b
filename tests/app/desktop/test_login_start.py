from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.background import Background
from app.desktop.login_start import LoginStart, entry_file, quoted, start_at_login, starts_at_login
from app.session import Session
from core.cli.parser import build_parser
from tests.app.fake_library import FakeLibrary


def test_an_entry_is_written_and_removed(tmp_path: Path) -> None:
    environment = {"XDG_CONFIG_HOME": str(tmp_path / "config")}
    assert not starts_at_login(environment)
    start_at_login(True, environment)
    assert starts_at_login(environment)
    (line,) = [
        line
        for line in entry_file(environment).read_text("utf-8").splitlines()
        if line.startswith("Exec=")
    ]
    assert line.endswith('" gui --hidden')
    start_at_login(False, environment)
    start_at_login(False, environment)  # it is gone already
    assert list((tmp_path / "config" / "autostart").iterdir()) == []


def test_a_path_is_quoted_as_desktop_entries_want_it() -> None:
    assert quoted("/opt/my photos/100%") == '"/opt/my photos/100%%"'
    assert quoted('/a"$b') == '"/a\\\\"\\\\$b"'


def test_hidden_is_understood() -> None:
    assert build_parser().parse_args(["gui", "--hidden"]).hidden
    assert not build_parser().parse_args(["gui"]).hidden


@pytest.mark.skipif(sys.platform != "linux", reason="only there")
def test_the_box_shows_and_changes_what_is_on_disk(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    background = Background()
    session = Session(lambda _write: FakeLibrary(tmp_path), background)  # type: ignore[arg-type,return-value]
    box = LoginStart(session)
    qtbot.addWidget(box)
    box.refresh()
    qtbot.waitUntil(box.isEnabled)
    assert not box.isChecked()
    box.click()
    qtbot.waitUntil(box.isEnabled)
    assert box.isChecked()
    assert starts_at_login({"XDG_CONFIG_HOME": str(tmp_path)})
    box.click()
    qtbot.waitUntil(box.isEnabled)
    assert not box.isChecked()
    (tmp_path / "autostart").rmdir()
    (tmp_path / "autostart").write_text("in the way")
    with qtbot.waitSignal(box.failed) as failed:
        box.click()
    assert "cannot be changed" in failed.args[0]
    qtbot.waitUntil(box.isEnabled)
    assert not box.isChecked()
    background.close()
