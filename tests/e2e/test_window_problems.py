"""What goes wrong around the real window: broken files, folders that vanish, a second window."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from tests.e2e.conftest import OpenWindow, Prepared, close_window
from tests.e2e.real_window import Person
from tests.helpers.deep_tree import deep_tree

Key = Qt.Key


def test_unplugging_a_folder_is_shown_and_loses_nothing(person: Person) -> None:
    window, away = person.window, person.folder.with_name("unplugged")
    (cat,) = person.select("cat.png")
    person.press(window.browse.grid, Key.Key_5)
    person.wait(lambda: person.photo(cat).rating == 5)
    person.folder.rename(away)
    person.wait(lambda: person.photo(cat).offline)
    person.wait(lambda: window.session.library.browse.folder_tree()[0].offline)
    person.settle()
    person.becomes(lambda: person.count, 15)
    person.wait(lambda: all(row.offline for row in window.model.known([cat])))
    (root, *_) = window.session.library.folders()
    assert root.folder.offline
    away.rename(person.folder)
    person.wait(lambda: not person.photo(cat).offline)
    person.settle()
    assert person.photo(cat).rating == 5
    assert person.count == 15


def test_files_that_cannot_be_read_are_listed_retried_and_ignored(person: Person) -> None:
    window, problems = person.window, person.window.problems
    for name in ("broken.jpg", "empty.jpg", "late.jpg"):
        (person.folder / name).write_bytes(
            b"\xff\xd8\xff no photo at all" if name[0] != "e" else b""
        )
    person.becomes(lambda: len(window.session.library.browse.failures()), 3)
    person.settle()
    assert person.count == 15
    person.command("problems.show")
    person.becomes(lambda: problems.count, 3)
    assert all(row.reason for row in window.session.library.browse.failures())

    shutil.copyfile(person.folder / "cat.png", person.folder / "late.tmp")
    (person.folder / "late.tmp").replace(person.folder / "late.jpg")
    person.click(_button(problems, "problems_retry"))
    person.catch_up()  # both of what can bring it in: the watcher, and the button
    person.becomes(lambda: problems.count, 2)
    person.click(_button(problems, "problems_ignore"))
    person.becomes(lambda: problems.count, 0)
    assert not window.session.library.browse.failures()
    person.press(problems, Key.Key_Escape)
    person.wait(lambda: person.sees(window.browse))
    person.settle()


def test_folders_that_cannot_be_read_are_listed_until_they_can(person: Person) -> None:
    window, problems = person.window, person.window.problems
    browse = window.session.library.browse
    (person.folder / "deep").mkdir()
    with deep_tree(person.folder / "deep", 20, name="d" * 250):
        person.becomes(lambda: [each.is_folder for each in browse.failures()], [True])
        person.settle()
        assert person.count == 15
        person.command("problems.show")
        person.becomes(lambda: problems.count, 1)
        person.click(_button(problems, "problems_retry"))
        person.catch_up()
        person.becomes(lambda: problems.count, 1)  # it still lies too deep
        person.click(_button(problems, "problems_ignore"))
        person.becomes(lambda: problems.count, 0)
        assert len(browse.failures(ignored=True)) == 1
        person.catch_up()
        assert not browse.failures()
    person.wait(lambda: not browse.failures(ignored=True))
    person.press(problems, Key.Key_Escape)
    person.wait(lambda: person.sees(window.browse))
    person.settle()


def test_broken_files_of_all_kinds_are_told_and_none_is_lost(person: Person, shared: Path) -> None:
    files = sorted((shared / "photos" / "broken").iterdir())[:40]
    copies = {f"{number}{file.suffix}": file for number, file in enumerate(files)}
    for name, file in copies.items():
        shutil.copyfile(file, person.folder / name)
    missing: list[str] = []
    person.becomes(lambda: sorted(copies.keys() - person.known_files()), missing)
    person.settle()
    assert copies.keys() <= person.known_files()


def test_a_photo_that_is_deleted_disappears(person: Person) -> None:
    (person.folder / "cat.png").unlink()
    person.wait(lambda: person.count == 14)
    person.settle()
    assert "cat.png" not in person.names()


def test_a_second_window_can_look_and_search_beside_the_first(
    person: Person, open_window: OpenWindow, prepared: Prepared
) -> None:
    second = Person(open_window(prepared.library), prepared.photos, person.qtbot)
    window = second.window
    assert window.pages.currentWidget() is window.message
    window.message.second_asked.emit()
    second.wait(lambda: second.count == 15)
    second.settle()
    assert not window.session.writable
    second.search("name:cat")
    assert second.names() == ["cat.png"]
    close_window(window, person.qtbot)


def _button(problems: object, name: str) -> QPushButton:
    found = problems.findChild(QPushButton, name)  # type: ignore[attr-defined]
    assert isinstance(found, QPushButton)
    return found
