from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QCheckBox, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from app.choices import MIB, Choices, read_choices
from app.commands import Commands
from app.keyboard_map import KeyboardMap
from app.session import Session
from app.settings.appearance import AppearancePage
from app.settings.cache import CachePage
from app.settings.device import DevicePage
from app.settings.dialog import SettingsDialog
from app.settings.folders import FoldersPage
from app.settings.keyboard import KeyboardPage
from app.settings.privacy import PrivacyPage
from app.settings.speed import SpeedPage
from app.theme import DARK, LIGHT
from app.widgets.question import Question
from core.catalog.folders import Disk
from core.errors import SouvenirError
from tests.app.fake_library import FakeFolder, FakeLibrary
from tests.app.opening import session_on


@dataclass
class Opened:
    dialog: SettingsDialog
    library: FakeLibrary
    settings: QSettings
    commands: Commands


Open = Callable[..., Opened]


@pytest.fixture
def open_settings(qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    sessions: list[Session] = []

    def open_it(page: str, **facts: object) -> Opened:
        library = FakeLibrary(tmp_path, 12_380, **facts)  # type: ignore[arg-type]
        session = session_on(library)
        sessions.append(session)
        window = QWidget()
        qtbot.addWidget(window)
        commands = Commands(window)
        for name, text, keys in (
            ("photo.favourite", "Favourite", "F"),
            ("view.full_screen", "Full screen", "F11"),
        ):
            group = name.partition(".")[0]
            commands.add(name, text, lambda: None, group=group, keys=(keys,))
        settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
        with qtbot.waitSignal(session.opened):
            session.open()
        dialog = SettingsDialog(session, KeyboardMap(commands, settings), LIGHT, settings, window)
        dialog.show_page(page)
        return Opened(dialog, library, settings, commands)

    yield open_it
    for session in sessions:
        with qtbot.waitSignal(session.closed):
            session.close()


def texts(rows: QListWidget) -> list[str]:
    return [rows.item(row).text() for row in range(rows.count())]


def answer(dialog: QWidget) -> None:
    (question,) = [q for q in dialog.findChildren(Question) if q.isVisible()]
    question.yes.click()


# Folders


def test_folders_are_listed_added_and_removed(
    open_settings: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    folders = [FakeFolder(1, "/photos"), FakeFolder(2, "/media/disk", offline=True)]
    opened = open_settings("folders", folder_list=folders)
    page = opened.dialog.pages["folders"]
    assert isinstance(page, FoldersPage)
    qtbot.waitUntil(lambda: page.folders.count() == 2)
    assert texts(page.folders)[1] == "/media/disk (12,380 photos, offline)"
    page._picked(str(tmp_path))
    qtbot.waitUntil(lambda: page.folders.count() == 3)
    assert not page.remove.isEnabled()
    page.folders.setCurrentRow(0)
    page.remove.click()
    answer(opened.dialog)
    qtbot.waitUntil(lambda: page.folders.count() == 2)
    assert not any("/photos" in text for text in texts(page.folders))


def test_a_folder_whose_place_another_disk_took_is_said_to_be_the_same(
    open_settings: Open, qtbot: QtBot
) -> None:
    away = FakeFolder(2, "/media/disk", True, disk=Disk("uuid:1", "Photos"), other_disk="Backup")
    opened = open_settings("folders", folder_list=[FakeFolder(1, "/photos"), away])
    page = opened.dialog.pages["folders"]
    assert isinstance(page, FoldersPage)
    qtbot.waitUntil(lambda: page.folders.count() == 2)
    assert texts(page.folders)[1] == "/media/disk (12,380 photos, offline: on the disk Photos)"
    page.folders.setCurrentRow(0)
    assert not page.disk.isEnabled()
    page.folders.setCurrentRow(1)
    page.disk.click()
    (asked,) = [each for each in opened.dialog.findChildren(Question) if each.isVisible()]
    assert "Another disk is in the place of this folder: Backup. Its own is Photos." in (
        asked.text.text()
    )
    answer(opened.dialog)
    qtbot.waitUntil(lambda: texts(page.folders)[1] == "/media/disk (12,380 photos)")
    assert not page.disk.isEnabled()


def test_a_folder_that_cannot_be_watched_is_explained(open_settings: Open, qtbot: QtBot) -> None:
    page = open_settings("folders").dialog.pages["folders"]
    assert isinstance(page, FoldersPage)
    page._picked("/nowhere")
    qtbot.waitUntil(page.problem.isVisible)
    assert "/nowhere is not a folder" in page.problem.text()


def test_rules_and_polling_hold_at_once(open_settings: Open, qtbot: QtBot) -> None:
    opened = open_settings("folders")
    page, library = opened.dialog.pages["folders"], opened.library
    assert isinstance(page, FoldersPage)
    page.rule.setText("*.tmp")
    qtbot.waitUntil(page.add_rule.isEnabled)  # once the library's settings are read
    page.add_rule.click()
    qtbot.waitUntil(lambda: texts(page.rules) == ["*.tmp"])
    assert library.settings.ignore == ("*.tmp",)
    page.rules.setCurrentRow(0)
    page.remove_rule.click()
    qtbot.waitUntil(lambda: library.settings.ignore == ())
    page.polling.click()
    qtbot.waitUntil(lambda: library.settings.polling is True)


def test_a_change_that_is_refused_is_explained_and_not_shown_as_done(
    open_settings: Open, qtbot: QtBot
) -> None:
    opened = open_settings("folders")
    page = opened.dialog.pages["folders"]
    assert isinstance(page, FoldersPage)
    opened.library.refusal = SouvenirError("The disk is full: free some space.")
    page.polling.click()
    qtbot.waitUntil(lambda: page.problem.text() == "The disk is full: free some space.")
    qtbot.waitUntil(lambda: not page.polling.isChecked())


def test_a_library_that_another_writes_cannot_be_changed(open_settings: Open, qtbot: QtBot) -> None:
    opened = open_settings("folders", writable=False)
    page, speed = opened.dialog.pages["folders"], opened.dialog.pages["speed"]
    assert isinstance(page, FoldersPage)
    assert isinstance(speed, SpeedPage)
    qtbot.waitUntil(lambda: not page.polling.isEnabled())
    assert not page.add.isEnabled()
    opened.dialog.show_page("speed")
    assert not any(button.isEnabled() for button in speed.choices.buttons())


# Device and speed


def test_the_device_is_chosen_and_the_reason_is_told(open_settings: Open, qtbot: QtBot) -> None:
    opened = open_settings("device")
    page = opened.dialog.pages["device"]
    assert isinstance(page, DevicePage)
    qtbot.waitUntil(lambda: page.choices.checkedId() == 0)
    qtbot.waitUntil(lambda: "no NVIDIA driver" in page.in_use.text())
    page.choices.button(3).click()
    qtbot.waitUntil(lambda: "because the settings say so" in page.in_use.text())
    assert opened.library.settings.device == "cpu"


def test_everything_happens_off_the_gui_thread(open_settings: Open, qtbot: QtBot) -> None:
    opened = open_settings("privacy")
    page = opened.dialog.pages["privacy"]
    assert isinstance(page, PrivacyPage)
    qtbot.waitUntil(page.show_library.isEnabled)
    assert threading.main_thread().name not in opened.library.threads


# Appearance and cache


def test_theme_language_and_tray_are_told_and_kept(open_settings: Open, qtbot: QtBot) -> None:
    opened = open_settings("appearance")
    page = opened.dialog.pages["appearance"]
    assert isinstance(page, AppearancePage)
    with qtbot.waitSignal(opened.dialog.theme_changed) as theme:
        page.themes.button(2).click()
    assert page.reopen.isHidden()
    with qtbot.waitSignal(opened.dialog.language_changed) as language:
        page.languages.setCurrentIndex(2)
        page.languages.activated.emit(2)
    assert page.reopen.isVisible()  # as English is spoken until then
    with qtbot.waitSignal(opened.dialog.reopening_asked):
        page.reopen.click()
    with qtbot.waitSignal(opened.dialog.tray_changed):
        page.tray.setEnabled(True)  # as on a desktop with a tray
        page.tray.click()
    with qtbot.waitSignal(opened.dialog.relevance_changed) as relevance:
        page.relevance.click()
    assert (theme.args, language.args, relevance.args) == (["dark"], ["zh_CN"], [True])
    assert read_choices(opened.settings) == Choices("dark", "zh_CN", tray=True, relevance=True)


@pytest.mark.parametrize("damage", ["{", '"purple"', "7", "[]"])
def test_damaged_choices_are_as_they_come(tmp_path: Path, damage: str) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    for key in ("look/theme", "look/language", "look/relevance", "window/tray", "cache/thumbnails"):
        settings.setValue(key, damage)
    assert read_choices(settings) == Choices()


def test_the_memory_for_thumbnails_is_told_and_kept(open_settings: Open, qtbot: QtBot) -> None:
    opened = open_settings("cache")
    page = opened.dialog.pages["cache"]
    assert isinstance(page, CachePage)
    qtbot.waitUntil(lambda: page._sizes["thumbnails"].text() == "1.3 GB")
    with qtbot.waitSignal(opened.dialog.thumbnail_bytes_changed) as told:
        page.memory.setCurrentIndex(3)
        page.memory.activated.emit(3)
    assert told.args == [512 * MIB]
    assert read_choices(opened.settings).thumbnail_bytes == 512 * MIB


# Keyboard


def keyboard_page(opened: Opened, command: str) -> KeyboardPage:
    page = opened.dialog.pages["keyboard"]
    assert isinstance(page, KeyboardPage)
    for _, items in page._groups:
        for item in items:
            if item.text(0) == command:
                page.map.setCurrentItem(item)
    return page


def test_keys_are_changed_by_pressing_them(open_settings: Open) -> None:
    opened = open_settings("keyboard")
    page = keyboard_page(opened, "Favourite")
    assert not page.set.isEnabled()
    page.pressed.setKeySequence(QKeySequence("F11"))
    assert "“Full screen”" in page.asked.text()
    page.set.click()
    assert opened.commands.keys("photo.favourite") == ("F11",)
    assert opened.commands.keys("view.full_screen") == ()
    page.reset.click()
    assert opened.commands.keys("photo.favourite") == ("F",)
    page.reset_all.click()
    answer(opened.dialog)
    assert opened.commands.keys("view.full_screen") == ("F11",)


def test_commands_are_found_by_name_and_by_key(open_settings: Open) -> None:
    page = keyboard_page(open_settings("keyboard"), "Favourite")

    def shown() -> list[str]:
        return [i.text(0) for _, items in page._groups for i in items if not i.isHidden()]

    page.sought.setText("full")
    assert shown() == ["Full screen"]
    page.sought.setText("f11")
    assert shown() == ["Full screen"]
    page.sought.clear()
    assert shown() == ["Favourite", "Full screen"]


# Privacy


def test_the_library_is_shown_in_the_file_manager(
    open_settings: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = open_settings("privacy")
    page = opened.dialog.pages["privacy"]
    assert isinstance(page, PrivacyPage)
    qtbot.waitUntil(page.show_library.isEnabled)
    assert page.place.text() == str(tmp_path)
    assert "1.3 GB" in page.sizes.text()
    shown: list[Path] = []

    def open_file(path: Path) -> bool:
        shown.append(path)
        return len(shown) == 1

    monkeypatch.setattr("app.settings.privacy.open_file", open_file)
    page.show_library.click()
    assert shown == [tmp_path]
    assert not page.problem.isVisible()
    page.show_library.click()  # this time nothing opens it
    assert str(tmp_path) in page.problem.text()


# All pages


def test_every_control_has_a_name_and_the_pages_survive_another_theme(
    open_settings: Open, qtbot: QtBot
) -> None:
    dialog = open_settings("folders").dialog
    dialog.set_theme(replace(DARK, scale=1.5))
    for page in dialog.pages:
        dialog.show_page(page)
        qtbot.wait(1)
    for rows in dialog.findChildren(QListWidget):
        if rows.parent() is not None and not rows.objectName().startswith("qt_"):
            assert rows.accessibleName()
    assert all(box.text() for box in dialog.findChildren(QCheckBox))
