"""What can be done with photos: by key, by menu, asked where it matters, and told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.browse.context_menu import ContextMenu, Meant
from app.browse.photo_actions import PhotoActions
from app.commands import Commands
from app.files.actions import FileActions
from app.files.export_dialog import ExportDialog
from app.files.panel import FilePanel
from app.files.rename_dialog import RenameDialog
from app.files.work import FileWork
from app.grid.model import PhotoModel
from app.grid.photo_row import photo_row
from app.sidebar.places import Place
from app.theme import LIGHT
from app.undo import Undo
from app.widgets.dialog import Dialog
from app.widgets.question import Question
from tests.app.real_files import RealFiles


@dataclass
class Bench:
    """A window with nothing in it but the actions, on a real library."""

    files: RealFiles
    window: QWidget
    model: PhotoModel
    commands: Commands
    undo: Undo
    work: FileWork
    actions: PhotoActions
    file_actions: FileActions
    menu: ContextMenu
    panel: FilePanel
    chosen: list[int]
    told: list[str]

    def run(self, name: str, qtbot: QtBot) -> None:
        self.commands[name].trigger()
        self.settle(qtbot)

    def settle(self, qtbot: QtBot) -> None:
        qtbot.waitUntil(lambda: not self.files.session.background.busy)

    def fetch(self) -> None:
        """Have the model know what the grid would know."""
        library = self.files.library
        rows = [photo_row(p, library.paths.thumbnail) for p in library.photos(self.chosen)]
        self.model.update_rows(row for row in rows if row is not None)


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    files = RealFiles(tmp_path, monkeypatch)
    session = files.open(qtbot)
    window = QWidget()
    window.resize(800, 600)
    qtbot.addWidget(window)
    window.show()
    model, commands, undo = PhotoModel(window), Commands(window), Undo(session, window)
    work = FileWork(session, undo, window)
    chosen: list[int] = []
    actions = PhotoActions(session, model, undo, lambda: list(chosen), window)
    file_actions = FileActions(session, work, lambda: list(chosen), window)
    menu = ContextMenu(commands, actions, lambda: Meant(len(chosen)), window)
    for part in (actions, file_actions, menu):
        part.add_commands(commands, (window,))
    undo.add_commands(commands)
    panel = FilePanel(work, LIGHT, window)
    told: list[str] = []
    for sender in (undo, work, file_actions):
        sender.told.connect(told.append)
    yield Bench(
        files,
        window,
        model,
        commands,
        undo,
        work,
        actions,
        file_actions,
        menu,
        panel,
        chosen,
        told,
    )
    files.close(qtbot)


def question(bench: Bench, qtbot: QtBot) -> Question:
    found: list[Question] = []

    def asked() -> bool:
        found[:] = [q for q in bench.window.findChildren(Question) if q.isVisible()]
        return bool(found)

    qtbot.waitUntil(asked)
    return found[0]


# What a person says


def test_rating_is_shown_at_once_and_can_be_taken_back(bench: Bench, qtbot: QtBot) -> None:
    bench.chosen[:] = [bench.files.add("a.png", "red"), bench.files.add("b.png", "green")]
    bench.fetch()
    bench.commands["photo.rate_4"].trigger()
    assert [row.rating for row in bench.model.known(bench.chosen)] == [4, 4]
    assert bench.undo.undo_text == "Undo rating 2 photos"
    bench.settle(qtbot)
    assert [p.rating for p in bench.files.library.photos(bench.chosen)] == [4, 4]
    bench.run("edit.undo", qtbot)
    assert [p.rating for p in bench.files.library.photos(bench.chosen)] == [0, 0]


def test_favourites_are_marked_unless_all_are(bench: Bench, qtbot: QtBot) -> None:
    one, two = bench.files.add("a.png", "red"), bench.files.add("b.png", "green")
    bench.chosen[:] = [one]
    bench.fetch()
    bench.run("photo.favourite", qtbot)
    bench.chosen[:] = [one, two]
    bench.fetch()
    bench.run("photo.favourite", qtbot)
    assert [p.favourite for p in bench.files.library.photos([one, two])] == [True, True]
    bench.run("photo.favourite", qtbot)
    assert [p.favourite for p in bench.files.library.photos([one, two])] == [False, False]
    assert bench.undo.undo_text == "Undo unmarking 2 photos as favourite"


def test_quick_turns_add_up_whether_or_not_the_photo_was_in_view(
    bench: Bench, qtbot: QtBot
) -> None:
    one, two = bench.files.add("a.png", "red"), bench.files.add("b.png", "green")
    bench.chosen[:] = [one]
    bench.fetch()
    bench.chosen.append(two)
    for name in ("right", "right", "right", "right", "left"):
        bench.commands[f"photo.rotate_{name}"].trigger()
    assert [row.rotation for row in bench.model.known([one])] == [3]
    bench.settle(qtbot)
    assert [p.rotation for p in bench.files.library.photos([one, two])] == [3, 3]
    bench.run("edit.undo", qtbot)
    assert [p.rotation for p in bench.files.library.photos([one, two])] == [0, 0]


def test_what_failed_is_shown_as_it_is(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.chosen[:] = [bench.files.add("a.png", "red")]
    bench.fetch()
    forgotten: list[int] = []
    monkeypatch.setattr(bench.model, "forget", forgotten.extend)

    def full(_edit: object) -> None:
        from core.errors import CatalogueError

        raise CatalogueError("The disk is full: make room.")

    monkeypatch.setattr(bench.files.library, "edit", full)
    bench.run("photo.rate_4", qtbot)
    assert forgotten == bench.chosen
    assert bench.told == ["The disk is full: make room."]


def test_albums_are_made_filled_and_emptied(bench: Bench, qtbot: QtBot) -> None:
    bench.chosen[:] = [bench.files.add("a.png", "red"), bench.files.add("b.png", "green")]
    bench.menu.new_album()
    (dialog,) = bench.window.findChildren(Dialog)
    (name,) = dialog.findChildren(QLineEdit)
    name.setText("Grandma’s 80th")
    dialog.accept()
    bench.settle(qtbot)
    (album,) = bench.files.library.browse.overview().albums
    assert (album.name, album.photos) == ("Grandma’s 80th", 2)
    bench.menu.set_place(Place("album", str(album.id), album.name))
    bench.run("photo.remove_from_album", qtbot)
    assert bench.undo.undo_text == "Undo removing 2 photos from “Grandma’s 80th”"
    bench.menu.set_albums([(album.id, album.name)])
    entries = [a for a in bench.menu.album_menu(bench.window).actions() if a.text()]
    assert [a.text() for a in entries] == ["Grandma’s 80th", "New album…"]
    entries[0].trigger()
    bench.settle(qtbot)
    assert bench.files.library.browse.overview().albums == (album,)


# The menu


def test_the_menu_has_groups_and_only_what_applies(bench: Bench) -> None:
    bench.chosen[:] = [1]
    menu = bench.menu.build()
    texts = [action.text() for action in menu.actions()]
    assert texts.count("") >= 4  # separators
    assert "Remove from this album" not in texts
    assert all(action.isEnabled() for action in menu.actions())
    bench.menu.enable(Meant(1, here=False))
    assert not bench.commands["photo.move_to"].isEnabled()
    assert bench.commands["photo.rate_3"].isEnabled()
    bench.menu.enable(Meant(0))
    assert not bench.commands["photo.copy_path"].isEnabled()


@pytest.mark.parametrize(
    ("why", "says"),
    [("in_use", "Another Souvenir"), ("denied", "cannot be written"), ("full", "disk")],
)
def test_what_would_change_a_library_that_is_only_read_says_why_it_cannot(
    bench: Bench, qtbot: QtBot, why: Literal["in_use", "denied", "full"], says: str
) -> None:
    bench.chosen[:] = [bench.files.add("a.png", "red")]
    bench.fetch()
    bench.files.library.writable = False
    bench.files.library.only_read = why
    bench.menu.enable(Meant(1))
    for name in ("rate_3", "favourite", "rotate_left", "move_to", "rename", "trash"):
        bench.told.clear()
        bench.run(f"photo.{name}", qtbot)
        assert len(bench.told) == 1
        assert says in bench.told[0]
    assert not [dialog for dialog in bench.window.findChildren(Dialog) if dialog.isVisible()]
    assert bench.files.names() == ["a.png"]
    assert bench.model.known(bench.chosen)[0].rating == 0
    bench.files.library.writable = True  # to close it


def test_every_command_has_its_keys_where_they_may_not_disturb(bench: Bench) -> None:
    keys = [key for command in bench.commands for key in bench.commands.keys(command.name)]
    assert len(keys) == len(set(keys))
    assert {"F2", "Del", "F", "5", "Ctrl+Z"} <= set(keys)


def test_albums_can_be_chosen_by_key(bench: Bench, qtbot: QtBot) -> None:
    bench.chosen[:] = [1]
    bench.menu.set_albums([(1, "A & B")])
    bench.commands["photo.add_to_album"].trigger()
    qtbot.waitUntil(lambda: any(m.isVisible() for m in bench.window.findChildren(QMenu)))
    (menu,) = [m for m in bench.window.findChildren(QMenu) if m.isVisible()]
    assert menu.activeAction().text() == "A && B"
    menu.close()


# Files


def test_paths_and_pictures_are_copied(bench: Bench, qtbot: QtBot) -> None:
    bench.chosen[:] = [bench.files.add("a.png", "red"), bench.files.add("b.png", "green")]
    bench.run("photo.copy_path", qtbot)
    text = QGuiApplication.clipboard().text()
    assert text == f"{bench.files.folder / 'a.png'}\n{bench.files.folder / 'b.png'}"
    bench.commands["photo.copy_picture"].trigger()
    clipboard = QGuiApplication.clipboard()
    qtbot.waitUntil(lambda: clipboard.mimeData().hasImage())
    image = clipboard.image()
    assert (image.width(), image.height()) == (600, 400)
    assert image.pixelColor(10, 10).red() > 200
    assert len(clipboard.mimeData().urls()) == 2


def test_a_photo_whose_disk_is_not_here_is_told(bench: Bench, qtbot: QtBot) -> None:
    bench.chosen[:] = [99]
    bench.run("photo.show", qtbot)
    assert bench.told == ["The disk of this photo is not here: plug it in first."]


def test_moving_asks_about_names_that_are_taken(bench: Bench, tmp_path: Path, qtbot: QtBot) -> None:
    target = tmp_path / "Backup"
    target.mkdir()
    (target / "a.png").write_text("older")
    bench.chosen[:] = [bench.files.add("a.png", "red"), bench.files.add("b.png", "green")]
    bench.file_actions.put_into("move", bench.chosen, str(target))
    asked = question(bench, qtbot)
    assert asked.title.text() == "Move 2 photos out of the library?"
    assert "“Backup” is not a folder of this library" in asked.text.text()
    assert "a.png" in asked.text.text()
    assert len(bench.files.names()) == 2
    with qtbot.waitSignal(bench.work.ended) as ended:
        asked.yes.click()
    assert ended.args == ["2 photos moved to “Backup”.", []]
    assert sorted(p.name for p in target.iterdir()) == ["a (2).png", "a.png", "b.png"]
    assert bench.panel.isVisible()
    assert bench.undo.undo_text == "Undo moving 2 photos"
    assert bench.panel.undo.isVisible()
    bench.panel.undo.click()
    bench.settle(qtbot)
    assert not bench.panel.undo.isVisible()
    assert bench.files.names() == ["a.png", "b.png"]
    assert (target / "a.png").read_text() == "older"


def test_inside_the_library_only_taken_names_are_asked_about(bench: Bench, qtbot: QtBot) -> None:
    target = bench.files.folder / "2011"
    target.mkdir()
    photo = bench.files.add("a.png", "red")
    with qtbot.waitSignal(bench.work.ended):
        bench.file_actions.put_into("copy", [photo], str(target))
    bench.file_actions.put_into("move", [photo], str(target))
    asked = question(bench, qtbot)
    assert asked.title.text() == "Already there: 1 file of the same name"
    with qtbot.waitSignal(bench.work.ended):
        asked.yes.click()
    assert sorted(p.name for p in target.iterdir()) == ["a (2).png", "a.png"]


def test_the_trash_is_asked_for_with_names_and_count(bench: Bench, qtbot: QtBot) -> None:
    photo = bench.files.add("a.png", "red")
    assert bench.files.add("copy of a.png", "red") == photo
    bench.chosen[:] = [photo]
    bench.commands["photo.trash"].trigger()
    asked = question(bench, qtbot)
    assert asked.title.text() == "Move 1 photo to the trash?"
    assert "copy of a.png" in asked.text.text()
    assert "2 files" in asked.text.text()
    with qtbot.waitSignal(bench.work.ended):
        asked.yes.click()
    assert bench.files.names() == []
    bench.run("edit.undo", qtbot)
    assert bench.files.names() == ["a.png", "copy of a.png"]


def test_saying_no_to_the_trash_changes_nothing(bench: Bench, qtbot: QtBot) -> None:
    bench.chosen[:] = [bench.files.add("a.png", "red")]
    bench.commands["photo.trash"].trigger()
    question(bench, qtbot).reject()
    bench.settle(qtbot)
    assert bench.files.names() == ["a.png"]


def test_what_could_not_be_done_is_listed(bench: Bench, tmp_path: Path, qtbot: QtBot) -> None:
    bench.chosen[:] = [bench.files.add("a.png", "red"), bench.files.add("b.png", "green")]
    for name in ("a.png", "b.png"):
        (bench.files.folder / name).unlink()
    with qtbot.waitSignal(bench.work.ended) as ended:
        bench.file_actions.put_into("copy", bench.chosen, str(tmp_path))
    assert ended.args == [
        "0 of 2 were done.",
        ["a.png is no longer there.", "b.png is no longer there."],
    ]
    assert bench.panel.details.isVisible()
    assert not bench.panel.cancel.isVisible()


def test_renaming_is_shown_then_done(bench: Bench, qtbot: QtBot) -> None:
    bench.chosen[:] = [bench.files.add("a.png", "red"), bench.files.add("b.png", "green")]
    bench.commands["photo.rename"].trigger()
    (dialog,) = bench.window.findChildren(RenameDialog)
    dialog.pattern.setText("Sylt {n:02}")
    qtbot.waitUntil(lambda: [r.target.name for r in dialog.plan] == ["Sylt 01.png", "Sylt 02.png"])
    with qtbot.waitSignal(bench.work.ended) as ended:
        dialog.accept()
    assert ended.args[0] == "2 files renamed."
    assert bench.files.names() == ["Sylt 01.png", "Sylt 02.png"]
    bench.run("edit.undo", qtbot)
    assert bench.files.names() == ["a.png", "b.png"]


def test_exporting(bench: Bench, tmp_path: Path, qtbot: QtBot) -> None:
    bench.chosen[:] = [bench.files.add("a.png", "red")]
    bench.commands["photo.export"].trigger()
    (dialog,) = bench.window.findChildren(ExportDialog)
    dialog.folder = str(tmp_path)
    with qtbot.waitSignal(bench.work.ended) as ended:
        dialog.accept()
    assert ended.args[1] == []
    assert (tmp_path / "a.jpg").exists()
    assert not bench.undo.can_undo


def test_similar_photos_are_asked_for(bench: Bench, qtbot: QtBot) -> None:
    bench.chosen[:] = [7, 8]
    with qtbot.waitSignal(bench.file_actions.similar_asked) as asked:
        bench.commands["search.similar"].trigger()
    assert asked.args == [7]
