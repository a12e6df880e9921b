"""What is exported how: only what applies can be set, and the choice is remembered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from app.files.export_dialog import ExportChoice, ExportDialog


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


def look(folder: str, answer: Callable[[bool], None]) -> None:
    answer(Path(folder).is_dir())


def open_dialog(settings: QSettings | None, folder: Path, qtbot: QtBot) -> ExportDialog:
    dialog = ExportDialog(12, str(folder), settings, look)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def choose(dialog: ExportDialog, **values: str) -> None:
    for name, value in values.items():
        combo = getattr(dialog, name)
        combo.setCurrentIndex(combo.findData(value))


def test_what_is_proposed_first(tmp_path: Path, qtbot: QtBot) -> None:
    dialog = open_dialog(None, tmp_path, qtbot)
    assert dialog.windowTitle() == "Export 12 photos"
    assert dialog.choice == ExportChoice()
    options = dialog.choice.options()
    assert (options.format, options.long_side, options.metadata) == ("jpeg", None, "all")


def test_only_what_applies_can_be_set(tmp_path: Path, qtbot: QtBot) -> None:
    dialog = open_dialog(None, tmp_path, qtbot)
    assert not dialog.own_size.isVisible()
    choose(dialog, long_side="-1", format="png")
    assert dialog.own_size.isVisible()
    assert not dialog.quality.isEnabled()
    choose(dialog, format="original")
    assert not dialog.long_side.isEnabled()
    assert not dialog.metadata.isEnabled()
    assert "as they are" in dialog.note.text()


def test_what_becomes_of_the_photos_is_said(tmp_path: Path, qtbot: QtBot) -> None:
    dialog = open_dialog(None, tmp_path, qtbot)
    notes = {}
    for name in ("jpeg", "png", "webp", "original"):
        choose(dialog, format=name)
        notes[name] = dialog.note.text()
    assert "becomes white" in notes["jpeg"]
    assert "first picture" in notes["jpeg"]
    assert "stays so" in notes["png"]
    assert "first picture" in notes["png"]
    assert "keep moving" in notes["webp"]
    assert "not written into them" in notes["original"]
    choose(dialog, format="webp")
    assert "Your rating, title and keywords" in dialog.note.text()
    choose(dialog, metadata="none")
    assert "Your rating, title and keywords" not in dialog.note.text()


def test_the_choice_is_remembered(tmp_path: Path, settings: QSettings, qtbot: QtBot) -> None:
    dialog = open_dialog(settings, tmp_path, qtbot)
    choose(dialog, format="webp", long_side="-1", metadata="no_place")
    dialog.own_size.setValue(1234)
    dialog.quality.setValue(77)
    dialog.pattern.setText("{date} {n}")
    dialog.accept()
    expected = ExportChoice("webp", 1234, 77, "no_place", "{date} {n}")
    assert dialog.choice == expected
    assert open_dialog(settings, tmp_path, qtbot).choice == expected


def test_a_pattern_that_cannot_be_filled_in_is_said(tmp_path: Path, qtbot: QtBot) -> None:
    dialog = open_dialog(None, tmp_path, qtbot)
    dialog.pattern.setText("{nmae}")
    dialog.accept()
    assert dialog.isVisible()
    assert "“{nmae}” cannot be filled in" in dialog._problem.text()


def test_a_folder_that_is_not_there_is_said(tmp_path: Path, qtbot: QtBot) -> None:
    dialog = open_dialog(None, tmp_path / "unplugged", qtbot)
    dialog.accept()
    assert dialog.isVisible()
    assert "not there" in dialog._problem.text()
    dialog._take_folder(str(tmp_path))
    dialog.accept()
    assert not dialog.isVisible()


def test_the_dialog_waits_for_a_disk_that_takes_its_time(tmp_path: Path, qtbot: QtBot) -> None:
    asked: list[tuple[str, Callable[[bool], None]]] = []
    dialog = ExportDialog(1, str(tmp_path), None, lambda *question: asked.append(question))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.accept()
    dialog.accept()  # once more, out of impatience
    assert dialog.isVisible()
    ((folder, answer),) = asked
    assert folder == str(tmp_path)
    answer(True)
    assert not dialog.isVisible()
