"""A move is taken back as far as that still can be, whatever became of the files meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.files.actions import FileActions
from app.files.work import FileWork
from app.undo import Undo
from tests.app.real_files import RealFiles


@dataclass
class Mover:
    """Moves a.png and b.png into the folder "there", and takes that back."""

    files: RealFiles
    undo: Undo
    actions: FileActions
    work: FileWork
    there: Path
    qtbot: QtBot
    told: list[str] = field(default_factory=list)

    @property
    def here(self) -> Path:
        return self.files.folder

    def put(self, kind: str) -> None:
        photos = [self.files.add("a.png", "red"), self.files.add("b.png", "green")]
        with self.qtbot.waitSignal(self.work.ended) as ended:
            self.actions.put_into(kind, photos, str(self.there))  # type: ignore[arg-type]
        assert ended.args[1] == []
        self.qtbot.waitUntil(lambda: self.undo.can_undo)

    def take_back(self) -> None:
        self.undo.undo()
        self.qtbot.waitUntil(lambda: not self.files.session.background.busy)

    def do_again(self) -> None:
        self.undo.redo()
        self.qtbot.waitUntil(lambda: not self.files.session.background.busy)


@pytest.fixture
def mover(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mover]:
    files = RealFiles(tmp_path, monkeypatch)
    session = files.open(qtbot)
    window = QWidget()
    qtbot.addWidget(window)
    undo = Undo(session, window)
    work = FileWork(session, undo, window)
    there = files.folder / "there"
    there.mkdir()
    made = Mover(files, undo, FileActions(session, work, list, window), work, there, qtbot)
    for sender in (undo, work):
        sender.told.connect(made.told.append)
    yield made
    files.close(qtbot)


def test_what_was_edited_since_comes_back_as_it_is_now(mover: Mover) -> None:
    mover.put("move")
    (mover.there / "a.png").write_bytes(b"edited since")
    mover.take_back()
    assert (mover.here / "a.png").read_bytes() == b"edited since"
    assert mover.files.names() == ["a.png", "b.png", "there"]
    assert mover.told == []


def test_what_is_gone_is_said_and_the_rest_comes_back(mover: Mover) -> None:
    mover.put("move")
    (mover.there / "a.png").unlink()
    mover.take_back()
    assert mover.files.names() == ["b.png", "there"]
    assert mover.told == ["a.png is no longer there."]
    assert not mover.undo.can_undo  # it can never be


def test_a_name_that_was_taken_since_keeps_its_file_until_it_is_free(mover: Mover) -> None:
    mover.put("move")
    (mover.here / "a.png").write_bytes(b"somebody else's")
    mover.take_back()
    assert (mover.here / "a.png").read_bytes() == b"somebody else's"
    assert (mover.there / "a.png").exists()
    assert (mover.here / "b.png").exists()
    assert len(mover.told) == 1
    assert "a.png" in mover.told[0]

    (mover.here / "a.png").unlink()
    mover.take_back()  # what was left of it
    assert mover.files.names() == ["a.png", "b.png", "there"]
    assert list(mover.there.iterdir()) == []


def test_a_folder_that_went_is_said_and_nothing_is_lost(mover: Mover, tmp_path: Path) -> None:
    mover.put("move")
    mover.here.rename(tmp_path / "elsewhere")
    mover.take_back()
    assert sorted(p.name for p in (tmp_path / "elsewhere" / "there").iterdir()) == [
        "a.png",
        "b.png",
    ]
    assert len(mover.told) == 1


def test_a_copy_that_was_edited_since_can_be_had_back_from_the_trash(mover: Mover) -> None:
    mover.put("copy")
    (mover.there / "a.png").write_bytes(b"edited since")
    mover.take_back()
    assert list(mover.there.iterdir()) == []
    assert mover.files.names() == ["a.png", "b.png", "there"]
    mover.do_again()
    assert (mover.there / "a.png").read_bytes() == b"edited since"


def test_there_and_back_again_and_again(mover: Mover) -> None:
    mover.put("move")
    for _ in range(3):
        mover.take_back()
        assert mover.files.names() == ["a.png", "b.png", "there"]
        mover.do_again()
        assert mover.files.names() == ["there"]
