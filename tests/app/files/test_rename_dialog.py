"""The preview of renaming: what would happen, what is wrong with it, and nothing done before."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.files.rename_dialog import RenameDialog
from core.catalog.metadata import Metadata
from tests.app.real_files import RealFiles

TAKEN = Metadata(taken_at="2021-06-05T14:03:22")


@pytest.fixture
def dialog(files: RealFiles, qtbot: QtBot) -> RenameDialog:
    photos = [files.add("a.png", "red", TAKEN), files.add("b.png", "green", TAKEN)]
    made = RenameDialog(files.session, photos, "{date} {name}")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.plan != [])
    return made


def rows(dialog: RenameDialog) -> list[tuple[str, ...]]:
    items = [dialog.preview.topLevelItem(n) for n in range(dialog.preview.topLevelItemCount())]
    return [tuple(item.text(column) for column in range(3)) for item in items if item is not None]


def primary(dialog: RenameDialog) -> QPushButton:
    assert dialog.primary is not None
    return dialog.primary


def test_old_and_new_names_side_by_side(dialog: RenameDialog, files: RealFiles) -> None:
    assert rows(dialog) == [
        ("a.png", "2021-06-05 a.png", ""),
        ("b.png", "2021-06-05 b.png", ""),
    ]
    assert dialog.summary.text() == "2 files get a new name"
    assert primary(dialog).isEnabled()
    assert files.names() == ["a.png", "b.png"]


def test_names_that_are_taken_and_names_that_cannot_be(dialog: RenameDialog, qtbot: QtBot) -> None:
    dialog.pattern.setText("{date}")
    qtbot.waitUntil(lambda: "Taken: gets a number" in {row[2] for row in rows(dialog)})
    assert {row[1] for row in rows(dialog)} == {"2021-06-05.png", "2021-06-05 (2).png"}
    dialog.pattern.setText("what? {n}")
    qtbot.waitUntil(lambda: all("cannot hold" in row[2] for row in rows(dialog)))
    assert not primary(dialog).isEnabled()
    dialog.pattern.setText("con")
    qtbot.waitUntil(lambda: "Windows" in rows(dialog)[0][2])


def test_a_pattern_that_cannot_be_filled_in_is_said(dialog: RenameDialog, qtbot: QtBot) -> None:
    dialog.pattern.setText("{nmae}")
    qtbot.waitUntil(lambda: "“{nmae}” cannot be filled in" in dialog._problem.text())
    assert not primary(dialog).isEnabled()
    dialog.pattern.setText("{n}")
    assert not primary(dialog).isEnabled()  # until the preview is there
    qtbot.waitUntil(primary(dialog).isEnabled)
    assert not dialog._problem.isVisible()


def test_nothing_to_do_cannot_be_accepted(dialog: RenameDialog, qtbot: QtBot) -> None:
    dialog.pattern.setText("{name}")
    qtbot.waitUntil(lambda: {row[2] for row in rows(dialog)} == {"Stays as it is"})
    assert not primary(dialog).isEnabled()


def test_placeholders_are_put_where_the_cursor_is(dialog: RenameDialog) -> None:
    dialog.pattern.setText("x ")
    button = next(b for b in dialog.findChildren(QPushButton) if b.text() == "{camera}")
    button.click()
    assert dialog.pattern.text() == "x {camera}"
    QTest.keyClicks(dialog.pattern, "!")
    assert dialog.pattern.text() == "x {camera}!"
