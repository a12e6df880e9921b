from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.commands import Commands
from app.keyboard_map import KeyboardMap


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def commands(qtbot: QtBot) -> Commands:
    window = QWidget()
    qtbot.addWidget(window)
    grid, viewer = QWidget(window), QWidget(window)
    zoom = QLineEdit(viewer)  # inside the viewer
    made = Commands(window)

    def add(name: str, *keys: str, where: tuple[QWidget, ...] = ()) -> None:
        made.add(name, name, lambda: None, group="photo", keys=keys, where=where)

    add("search.focus", "Ctrl+F", "/")
    add("photo.favourite", "F", where=(grid, viewer))
    add("view.full_screen", "F11")
    add("grid.all", "Ctrl+A", where=(grid,))
    add("viewer.next", "N", where=(viewer,))
    add("zoom.in", "+", where=(zoom,))
    return made


@pytest.fixture
def keys(commands: Commands, settings: QSettings) -> KeyboardMap:
    return KeyboardMap(commands, settings)


def stored(settings: QSettings) -> list[str]:
    return [key for key in settings.allKeys() if key.startswith("keys/")]


def test_chosen_keys_hold_at_once_and_at_the_next_start(
    keys: KeyboardMap, commands: Commands, settings: QSettings
) -> None:
    keys.choose("photo.favourite", "Ctrl+D")
    assert commands.keys("photo.favourite") == ("Ctrl+D",)
    commands.use_keys({})
    KeyboardMap(commands, settings).load()
    assert commands.keys("photo.favourite") == ("Ctrl+D",)
    assert commands.keys("search.focus") == ("Ctrl+F", "/")


def test_only_what_differs_is_kept(keys: KeyboardMap, settings: QSettings) -> None:
    keys.choose("photo.favourite", "Ctrl+D")
    assert stored(settings) == ["keys/photo.favourite"]
    keys.choose("photo.favourite", "F")
    assert stored(settings) == []
    assert not keys.differs("photo.favourite")


def test_keys_of_another_command_are_seen_and_taken_from_it(
    keys: KeyboardMap, commands: Commands
) -> None:
    assert [c.name for c in keys.users("photo.favourite", "Ctrl+F")] == ["search.focus"]
    keys.choose("photo.favourite", "Ctrl+F")
    assert commands.keys("photo.favourite") == ("Ctrl+F",)
    assert commands.keys("search.focus") == ("/",)


def test_the_same_keys_in_widgets_apart_do_not_meet(keys: KeyboardMap) -> None:
    assert keys.users("grid.all", "N") == []
    assert [c.name for c in keys.users("photo.favourite", "N")] == ["viewer.next"]
    assert [c.name for c in keys.users("viewer.next", "+")] == ["zoom.in"]


def test_a_command_can_have_no_keys(keys: KeyboardMap, commands: Commands) -> None:
    keys.choose("view.full_screen", "")
    keys.load()
    assert commands.keys("view.full_screen") == ()


def test_reset_takes_the_usual_keys_back(
    keys: KeyboardMap, commands: Commands, settings: QSettings
) -> None:
    keys.choose("photo.favourite", "Ctrl+F")
    keys.reset("search.focus")
    assert commands.keys("search.focus") == ("Ctrl+F", "/")
    assert commands.keys("photo.favourite") == ()
    keys.reset_all()
    assert commands.keys("photo.favourite") == ("F",)
    assert stored(settings) == []


@pytest.mark.parametrize("damage", ["{", '"F5"', "[1]", '[""]', '["not a key at all"]'])
def test_what_is_damaged_is_passed_over(
    keys: KeyboardMap, commands: Commands, settings: QSettings, damage: str
) -> None:
    settings.setValue("keys/photo.favourite", damage)
    settings.setValue("keys/no.longer.there", '["F9"]')
    keys.load()
    assert commands.keys("photo.favourite") == ("F",)
