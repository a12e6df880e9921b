"""An album in a folder: asked whether as copies or links, shown beforehand, done and undone."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.files.gathering import GatherActions, GatherDialog
from app.files.work import FileWork
from app.sidebar.places import Place
from app.undo import Undo
from core.library import CreateAlbum, SaveSearch
from core.library.filing import GatheringPlan
from tests.app.real_files import RealFiles

PLAN = GatheringPlan(photos=5, away=0, taken=(), other_disk=0, watched=False)


def dialog_with(qtbot: QtBot, **facts: object) -> GatherDialog:
    """A dialog that knows what the folder holds in store."""
    dialog = GatherDialog("Best", 5, "/goal")
    qtbot.addWidget(dialog)
    dialog.take_plan("/goal", GatheringPlan(**{**vars(PLAN), **facts}))
    return dialog


def test_copies_are_proposed_and_each_way_says_what_it_does(qtbot: QtBot) -> None:
    dialog = dialog_with(qtbot)
    assert dialog.windowTitle() == "Put 5 photos of “Best” into a folder"
    assert dialog.primary is not None
    said = {}
    for way, button in dialog.buttons_of.items():
        button.setChecked(True)
        said[way] = (dialog.primary.text(), dialog.preview.text())
    assert said == {
        "copy": ("Copy", "5 photos will be copied."),
        "hard_link": ("Link", "5 photos will get one more name there."),
        "symlink": ("Link", "5 photos will be linked to."),
    }


def test_what_lies_on_another_disk_is_told_of_before(qtbot: QtBot) -> None:
    dialog = dialog_with(qtbot, other_disk=5, away=1, taken=("a.jpg", "b.jpg"), watched=True)
    assert dialog.primary is not None
    assert dialog.preview.text().splitlines() == [
        "5 photos will be copied.",
        "1 photo left out: the disk is not here.",
        "2 names are taken: nothing is overwritten, newcomers get a number.",
        "This folder is part of the library: each photo has two files then.",
    ]
    dialog.buttons_of["symlink"].setChecked(True)
    assert "5 photos on another disk: the links work while that is connected." in (
        dialog.preview.text()
    )
    assert dialog.primary.isEnabled()
    dialog.buttons_of["hard_link"].setChecked(True)
    assert "5 photos on another disk than this folder: no hard link" in dialog.preview.text()
    assert not dialog.primary.isEnabled()


def test_nothing_is_done_before_the_folder_was_looked_at(qtbot: QtBot) -> None:
    dialog = GatherDialog("Best", 5, "/goal")
    qtbot.addWidget(dialog)
    assert dialog.primary is not None
    dialog.look()
    assert not dialog.primary.isEnabled()
    dialog.take_plan("/another", PLAN)
    assert not dialog.primary.isEnabled()
    dialog.take_plan("/goal", PLAN)
    assert dialog.primary.isEnabled()


# With real files


@pytest.fixture
def at(files: RealFiles, tmp_path: Path, qtbot: QtBot) -> SimpleNamespace:
    """Somebody who can undo, and put albums into the folder `goal`."""
    window = QWidget()
    qtbot.addWidget(window)
    undo = Undo(files.session)
    work = FileWork(files.session, undo, window)
    goal = tmp_path / "goal"
    goal.mkdir()
    kept: list[str] = []
    actions = GatherActions(files.session, work, lambda: str(goal), kept.append, window)
    return SimpleNamespace(undo=undo, work=work, goal=goal, actions=actions, kept=kept)


def dialog_of(qtbot: QtBot) -> GatherDialog:
    """The dialog that opens, once it knows what the folder holds in store."""

    def found() -> list[GatherDialog]:
        tops = QApplication.topLevelWidgets()
        return [w for w in tops if isinstance(w, GatherDialog) and w.isVisible() and w.plan]

    qtbot.waitUntil(lambda: bool(found()))
    return found()[0]


def settle(files: RealFiles, work: FileWork, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not (work.busy or files.session.background.busy))


@pytest.mark.parametrize("way", ["copy", "hard_link", "symlink"])
def test_an_album_goes_into_a_folder_and_back(
    files: RealFiles, at: SimpleNamespace, way: str, qtbot: QtBot
) -> None:
    ids = [files.add("a.png", "red"), files.add("b.png", "blue")]
    files.library.edit(CreateAlbum("Best", tuple(ids)))
    (album,) = files.library.albums.albums()
    at.actions.ask(Place("album", str(album.id), "Best"))
    dialog = dialog_of(qtbot)
    dialog.buttons_of[way].setChecked(True)  # type: ignore[index]
    dialog.accept()
    settle(files, at.work, qtbot)
    made = sorted(at.goal.iterdir())
    assert [path.name for path in made] == ["a.png", "b.png"]
    for path in made:
        real = files.folder / path.name
        assert path.read_bytes() == real.read_bytes()
        assert path.is_symlink() == (way == "symlink")
        assert path.samefile(real) == (way != "copy")
    assert at.kept == [str(at.goal)]
    at.undo.undo()
    settle(files, at.work, qtbot)
    assert list(at.goal.iterdir()) == []
    assert files.names() == ["a.png", "b.png"], "what was linked to is where it was"
    at.undo.redo()
    settle(files, at.work, qtbot)
    assert [path.read_bytes() for path in made] == [
        (files.folder / path.name).read_bytes() for path in made
    ]


def test_a_saved_search_is_an_album_too_and_an_empty_one_says_so(
    files: RealFiles, at: SimpleNamespace, qtbot: QtBot
) -> None:
    files.add("a.png", "red")
    for name, query in (("All", "type:png"), ("None", "type:heic")):
        files.library.edit(SaveSearch(name, query))
    searches = {each.name: each for each in files.library.browse.overview().searches}
    at.actions.ask(Place("search", str(searches["All"].id), "All"))
    dialog = dialog_of(qtbot)
    assert dialog.preview.text() == "1 photo will be copied."
    dialog.reject()
    with qtbot.waitSignal(at.actions.told) as told:
        at.actions.ask(Place("search", str(searches["None"].id), "None"))
    assert told.args == ["“None” has no photos."]
