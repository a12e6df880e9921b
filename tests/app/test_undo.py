"""Undo and redo: in order, named, and true whatever fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.commands import Commands
from app.files.work import FileWork, Task, to_trash
from app.undo import DEPTH, Undo
from core.catalog.edits import AddToAlbum, CreateAlbum, DeleteAlbum, SetFavourite, SetRating
from core.errors import CatalogueError
from core.filing.steps import Step
from core.library import Library
from tests.app.real_files import RealFiles


@pytest.fixture
def undo(files: RealFiles) -> Undo:
    return Undo(files.session)


def settle(files: RealFiles, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not files.session.background.busy)


def rating(files: RealFiles, photo: int) -> int:
    found = files.library.photo(photo)
    assert found is not None
    return found.rating


def test_the_texts_name_what_would_happen(files: RealFiles, undo: Undo, qtbot: QtBot) -> None:
    photo = files.add("a.png", "red")
    undo.do(SetRating({photo: 3}), "rating 1 photo")
    assert undo.undo_text == "Undo rating 1 photo"
    assert undo.redo_text == "Redo"
    undo.undo()
    assert undo.undo_text == "Undo"
    assert undo.redo_text == "Redo rating 1 photo"
    settle(files, qtbot)
    assert rating(files, photo) == 0
    undo.redo()
    settle(files, qtbot)
    assert rating(files, photo) == 3


def test_many_at_once_keep_their_order(files: RealFiles, undo: Undo, qtbot: QtBot) -> None:
    photo = files.add("a.png", "red")
    for stars in (1, 2, 3, 4):
        undo.do(SetRating({photo: stars}), f"{stars}")
    for _ in range(3):
        undo.undo()
    undo.redo()
    settle(files, qtbot)
    assert rating(files, photo) == 2
    undo.do(SetRating({photo: 5}), "5")
    assert not undo.can_redo
    undo.undo()
    settle(files, qtbot)
    assert rating(files, photo) == 2


def test_an_album_comes_back_as_the_very_same(files: RealFiles, undo: Undo, qtbot: QtBot) -> None:
    photo = files.add("a.png", "red")
    undo.do(CreateAlbum("Best", (photo,)), "new album")
    settle(files, qtbot)
    (album,) = files.library.browse.overview().albums
    undo.do(DeleteAlbum(album.id), "deleting")
    undo.undo()
    settle(files, qtbot)
    assert files.library.browse.overview().albums == (album,)


def test_an_edit_that_fails_is_told_and_was_never_there(undo: Undo, qtbot: QtBot) -> None:
    failed: list[Any] = []
    undo.failed.connect(failed.append)
    edit = AddToAlbum(99, (1,))
    with qtbot.waitSignal(undo.told) as told:
        undo.do(edit, "adding")
        assert undo.undo_text == "Undo adding"
    assert isinstance(told.args[0], str)
    assert failed == [edit]
    assert not undo.can_undo
    assert not undo.can_redo


def test_taking_back_what_failed_does_nothing(files: RealFiles, undo: Undo, qtbot: QtBot) -> None:
    photo = files.add("a.png", "red")
    undo.do(SetRating({photo: 2}), "rating")
    undo.do(AddToAlbum(99, (1,)), "adding")
    undo.undo()  # before it is known that it failed
    settle(files, qtbot)
    assert undo.undo_text == "Undo rating"
    assert not undo.can_redo
    assert rating(files, photo) == 2


def test_what_cannot_be_taken_back_now_can_be_tried_once_more(
    files: RealFiles, undo: Undo, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = files.add("a.png", "red")
    undo.do(SetRating({photo: 2}), "rating")
    settle(files, qtbot)
    edit = files.library.edit

    def full(_edit: object) -> None:
        raise CatalogueError("The disk is full: make room.")

    monkeypatch.setattr(files.library, "edit", full)
    with qtbot.waitSignal(undo.told, check_params_cb=lambda text: "full" in text):
        undo.undo()
    assert undo.undo_text == "Undo rating"
    assert not undo.can_redo
    monkeypatch.setattr(files.library, "edit", edit)
    undo.undo()
    settle(files, qtbot)
    assert rating(files, photo) == 0
    assert undo.redo_text == "Redo rating"


def test_a_failed_step_back_is_not_made_by_the_step_forth_after_it(
    files: RealFiles, undo: Undo, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = files.add("a.png", "red")
    undo.do(SetRating({photo: 2}), "rating")
    settle(files, qtbot)
    edit, calls = files.library.edit, []

    def full_at_first(asked: object) -> object:
        calls.append(asked)
        if len(calls) == 1:
            raise CatalogueError("The disk is full: make room.")
        return edit(asked)  # type: ignore[arg-type]

    monkeypatch.setattr(files.library, "edit", full_at_first)
    undo.undo()
    undo.redo()  # before it is known that undoing failed
    settle(files, qtbot)
    assert rating(files, photo) == 2
    assert (undo.undo_text, undo.redo_text) == ("Undo rating", "Redo")
    undo.undo()
    settle(files, qtbot)
    assert rating(files, photo) == 0


def test_the_depth_is_bounded(files: RealFiles, undo: Undo, qtbot: QtBot) -> None:
    photo = files.add("a.png", "red")
    for n in range(DEPTH + 20):
        undo.do(SetFavourite({photo: n % 2 == 0}), str(n))
    settle(files, qtbot)
    for _ in range(DEPTH):
        undo.undo()
    assert not undo.can_undo
    settle(files, qtbot)


def test_a_library_that_another_writes_is_not_edited(files: RealFiles, undo: Undo) -> None:
    files.library.writable = False
    told: list[str] = []
    undo.told.connect(told.append)
    undo.do(SetRating({1: 1}), "rating")
    assert len(told) == 1
    assert not undo.can_undo


def test_the_commands_say_it_in_the_menu(files: RealFiles, undo: Undo, qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QWidget

    window = QWidget()
    qtbot.addWidget(window)
    commands = Commands(window)
    undo.add_commands(commands)
    assert not commands["edit.undo"].isEnabled()
    undo.do(SetRating({files.add("a.png", "red"): 1}), "rating 1 photo")
    assert commands["edit.undo"].isEnabled()
    assert commands["edit.undo"].text() == "Undo rating 1 photo"
    files.close(qtbot)
    assert not commands["edit.undo"].isEnabled()


# Files


@pytest.fixture
def work(files: RealFiles, undo: Undo) -> FileWork:
    return FileWork(files.session, undo)


def task(kind: Any) -> Task:
    return Task("Working", "working", lambda _count: "Done.", kind)


Steps = Callable[[Library, Callable[[], bool]], Iterator[Step]]


def moving(photo: int, folder: Path) -> Steps:
    return lambda library, cancelled: library.filing.move([photo], folder, cancelled)


def test_moved_files_go_back_and_forth(
    files: RealFiles, undo: Undo, work: FileWork, tmp_path: Path, qtbot: QtBot
) -> None:
    photo = files.add("a.png", "red")
    (files.folder / "a.xmp").write_text("sidecar")
    target = tmp_path / "target"
    target.mkdir()
    with qtbot.waitSignal(work.ended) as ended:
        work.run(task("move"), moving(photo, target))
    assert ended.args == ["Done.", []]
    assert files.names() == []
    assert undo.undo_text == "Undo working"
    undo.undo()
    settle(files, qtbot)
    assert files.names() == ["a.png", "a.xmp"]
    undo.redo()
    settle(files, qtbot)
    assert sorted(p.name for p in target.iterdir()) == ["a.png", "a.xmp"]
    assert not work.busy


def test_copies_are_taken_back_into_the_trash(
    files: RealFiles, undo: Undo, work: FileWork, tmp_path: Path, qtbot: QtBot
) -> None:
    photo = files.add("a.png", "red")
    target = tmp_path / "target"
    target.mkdir()
    with qtbot.waitSignal(work.ended):
        work.run(task("copy"), lambda library, stop: library.filing.copy([photo], target, stop))
    undo.undo()
    settle(files, qtbot)
    assert list(target.iterdir()) == []
    assert files.names() == ["a.png"]
    undo.redo()
    settle(files, qtbot)
    assert [p.name for p in target.iterdir()] == ["a.png"]


def test_what_went_to_the_trash_comes_back(
    files: RealFiles, undo: Undo, work: FileWork, qtbot: QtBot
) -> None:
    files.add("a.png", "red")
    path = files.folder / "a.png"
    with qtbot.waitSignal(work.ended) as ended:
        work.run(task("trash"), lambda library, stop: to_trash([path], library, stop))
    assert ended.args == ["Done.", []]
    assert files.names() == []
    assert path in files.looked
    undo.undo()
    settle(files, qtbot)
    assert files.names() == ["a.png"]
    undo.redo()
    settle(files, qtbot)
    assert files.names() == []
    undo.undo()
    settle(files, qtbot)
    assert files.names() == ["a.png"]


def test_where_there_is_no_trash_nothing_is_deleted(
    files: RealFiles, undo: Undo, work: FileWork, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    files.add("a.png", "red")
    refuses = SimpleNamespace(moveToTrash=lambda: False)
    monkeypatch.setattr("app.desktop.trash.QFile", lambda _path: refuses)
    with qtbot.waitSignal(work.ended) as ended:
        work.run(
            task("trash"),
            lambda library, stop: to_trash([files.folder / "a.png"], library, stop),
        )
    assert "no trash" in ended.args[1][0]
    assert files.names() == ["a.png"]
    assert not undo.can_undo


def test_a_way_back_that_is_barred_in_part_stays_true(
    files: RealFiles, undo: Undo, work: FileWork, tmp_path: Path, qtbot: QtBot
) -> None:
    photos = [files.add("a.png", "red"), files.add("b.png", "green")]
    target = tmp_path / "target"
    target.mkdir()
    with qtbot.waitSignal(work.ended):
        work.run(task("move"), lambda library, stop: library.filing.move(photos, target, stop))
    (files.folder / "a.png").write_text("somebody else's")
    with qtbot.waitSignal(undo.told, check_params_cb=lambda text: "a.png" in text):
        undo.undo()
    assert files.names() == ["a.png", "b.png"]
    assert undo.can_undo  # the one that is left
    assert undo.can_redo  # the one that went back
    (files.folder / "a.png").unlink()
    undo.undo()
    settle(files, qtbot)
    assert files.names() == ["a.png", "b.png"]
    assert list(target.iterdir()) == []


def test_cancelling_keeps_what_is_done_and_can_be_taken_back(
    files: RealFiles, undo: Undo, work: FileWork, tmp_path: Path, qtbot: QtBot
) -> None:
    photos = [files.add("a.png", "red"), files.add("b.png", "green")]

    def cancelled_after_one(library: Library, stop: Callable[[], bool]) -> Iterator[Step]:
        for step in library.filing.move(photos, tmp_path, stop):
            yield step
            work.cancel()

    with qtbot.waitSignal(work.ended) as ended:
        work.run(task("move"), cancelled_after_one)
    assert ended.args[0] == "Cancelled: 1 of 2 were done."
    assert files.names() == ["b.png"]
    undo.undo()
    settle(files, qtbot)
    assert files.names() == ["a.png", "b.png"]
