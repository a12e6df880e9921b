"""The system's trash: into it, and out of it, whatever files are called."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.desktop.trash import forget_in_trash, trash_files
from core.filing.placing import move_file
from core.filing.steps import Step, Transfer

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into the trash of Linux")


@pytest.fixture(autouse=True)
def trash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A trash for this test alone."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(home))
    return home / "Trash"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "photos"
    made.mkdir()
    return made


def never() -> bool:
    return False


def into_the_trash(*paths: Path) -> list[Step]:
    return list(trash_files(paths, never))


def back(transfer: Transfer) -> None:
    move_file(transfer.target, transfer.source, never)
    forget_in_trash(transfer.target)


def test_there_and_back_leaves_no_trace(folder: Path, trash: Path) -> None:
    photo = folder / "a.jpg"
    photo.write_text("photo")
    (step,) = into_the_trash(photo)
    assert not photo.exists()
    assert (trash / "info" / "a.jpg.trashinfo").exists()
    back(step.transfers[0])
    assert photo.read_text() == "photo"
    assert list((trash / "files").iterdir()) == list((trash / "info").iterdir()) == []


def test_a_name_that_is_no_text_is_not_taken_for_another(folder: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.jpg"))
    odd.write_text("odd")
    other = folder / ".jpg"  # what Qt makes of that name
    other.write_text("other")
    (step,) = into_the_trash(odd)
    assert step.problem is None
    assert step.path == odd
    assert [p.name for p in folder.iterdir()] == [".jpg"]
    back(step.transfers[0])
    assert odd.read_text() == "odd"
    assert other.read_text() == "other"


def test_what_is_not_taken_keeps_its_name(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuses = SimpleNamespace(moveToTrash=lambda: False)
    monkeypatch.setattr("app.desktop.trash.QFile", lambda _path: refuses)
    odd = Path(os.fsdecode(os.fsencode(folder) + b"/\xff.jpg"))
    odd.write_text("odd")
    (step,) = into_the_trash(odd)
    assert step.problem is not None
    assert step.problem.reason == "no_trash"
    assert list(folder.iterdir()) == [odd]


def test_a_link_goes_and_comes_as_it_was(folder: Path) -> None:
    (folder / "real.jpg").write_text("real")
    link = folder / "link.jpg"
    link.symlink_to("real.jpg")
    (step,) = into_the_trash(link)
    assert (folder / "real.jpg").exists()
    back(step.transfers[0])
    assert os.readlink(link) == "real.jpg"  # noqa: PTH115 - as text
    assert link.read_text() == "real"


def test_one_that_is_gone_is_told(folder: Path) -> None:
    (step,) = into_the_trash(folder / "gone.jpg")
    assert step.problem is not None
    assert step.problem.reason == "gone"
