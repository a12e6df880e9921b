"""Settings, folders: which are watched, what in them is left out, how changes are noticed."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from app import wording
from app.files.tag_writing import TagWriting
from app.session import Session, sentence
from app.settings.page import SettingsPage, rows
from app.sidebar.folder_actions import FolderActions
from app.theme import Theme
from app.widgets.icons import icon

if TYPE_CHECKING:
    from core.library import FolderInfo, Library
    from core.settings import Settings

PATH_ROLE = Qt.ItemDataRole.UserRole
OFFLINE_ROLE = PATH_ROLE + 1


class FoldersPage(SettingsPage):
    """The folders, and the rules for what is left out of them."""

    icon_name = "folder"

    def __init__(self, session: Session, theme: Theme, window: QWidget) -> None:
        super().__init__(QCoreApplication.translate("FoldersPage", "Folders"), theme)
        self._session = session
        self._rules: tuple[str, ...] = ()
        self._actions = FolderActions(session, window)
        self.folders = rows(self.tr("Watched folders"), theme, 4)
        self.add = QPushButton(self.tr("Add folder…"))
        self.remove = QPushButton(self.tr("Remove…"))
        self.tags = QPushButton(self.tr("Write tags…"))
        self.disk = QPushButton(self.tr("On another disk…"))
        self._tag_writing = TagWriting(session, window)
        self.column.addWidget(self.folders)
        self.column.addLayout(_row(self.add, self.remove, self.tags, self.disk))
        self.section(self.tr("Left out"))
        self.rules = rows(self.tr("Rules for what is left out"), theme, 3)
        self.rule = QLineEdit()
        self.rule.setAccessibleName(self.tr("New rule"))
        self.rule.setPlaceholderText(self.tr("A name such as *.tmp or private, or a whole path"))
        self.add_rule = QPushButton(self.tr("Add"))
        self.remove_rule = QPushButton(self.tr("Remove"))
        self.column.addWidget(self.rules)
        entry = QHBoxLayout()
        entry.addWidget(self.rule, 1)
        entry.addWidget(self.add_rule)
        entry.addWidget(self.remove_rule)
        self.column.addLayout(entry)
        self.note(
            self.tr(
                "Files and folders of that name are not looked at, wherever they are; * stands for "
                "anything. Photos that are left out leave the library; the files stay."
            )
        )
        self.section(self.tr("Changes in folders"))
        self.polling = QCheckBox(self.tr("Look through all folders every minute"))
        self.column.addWidget(self.polling)
        self.note(
            self.tr(
                "Only for disks whose changes are not noticed, such as some network disks: it "
                "keeps them busy."
            )
        )
        self.column.addStretch(1)
        self._connect()
        self._enable()

    def _connect(self) -> None:
        self.add.clicked.connect(self._add_folder)
        self.remove.clicked.connect(self._remove_folder)
        self.tags.clicked.connect(self._write_tags)
        self.disk.clicked.connect(self._ask_about_disk)
        self.folders.itemSelectionChanged.connect(self._enable)
        self.rules.itemSelectionChanged.connect(self._enable)
        self.rule.textChanged.connect(self._enable)
        self.rule.returnPressed.connect(self._add_rule)
        self.add_rule.clicked.connect(self._add_rule)
        self.remove_rule.clicked.connect(self._remove_rule)
        self.polling.clicked.connect(self._set_polling)
        self._actions.picked.connect(self._picked)
        self._session.folders_listed.connect(self._show_folders)
        self._session.folder_added.connect(self._added)
        self._session.folder_refused.connect(self.tell_problem)

    def refresh(self) -> None:
        """Read the folders and the rules."""
        self.tell_problem("")
        self._session.list_folders()
        self._session.ask("reading", _settings, self._show_settings)

    # Folders

    @Slot(list)
    def _show_folders(self, folders: list[FolderInfo]) -> None:
        chosen = self._chosen(self.folders)
        self.folders.clear()
        for info in folders:
            facts = wording.photos(info.photos)
            if info.folder.offline:
                facts = self.tr("{photos}, offline").format(photos=facts)
                if info.folder.disk.name:
                    facts = self.tr("{facts}: on the disk {disk}").format(
                        facts=facts, disk=wording.shown(info.folder.disk.name)
                    )
            text = self.tr("{path} ({facts})").format(
                path=wording.shown(info.folder.path), facts=facts
            )
            name = "hard-drive" if info.folder.offline else "folder"
            item = QListWidgetItem(icon(name, self.theme.colour("dim")), text)
            item.setData(PATH_ROLE, info.folder.path)
            item.setData(OFFLINE_ROLE, info.folder.offline)
            tip = wording.shown(info.folder.path)
            if info.folder.offline:
                disk, other = info.folder.disk.name, info.folder.other_disk
                tip += "\n" + wording.offline_folder(disk, other)
            item.setToolTip(tip)
            self.folders.addItem(item)
            if info.folder.path == chosen:
                self.folders.setCurrentItem(item)
        self._enable()

    @Slot()
    def _add_folder(self) -> None:
        self._actions.pick(str(Path.home()))

    @Slot(str)
    def _picked(self, folder: str) -> None:
        self.tell_problem("")
        self._session.add_folder(Path(folder))

    @Slot()
    def _added(self) -> None:
        self.tell_problem("")

    @Slot()
    def _remove_folder(self) -> None:
        item = self.folders.currentItem()
        self._actions.ask_to_remove(str(item.data(PATH_ROLE)))

    @Slot()
    def _ask_about_disk(self) -> None:
        self.tell_problem("")
        self._actions.ask_about_disk(self._chosen(self.folders) or "")

    @Slot()
    def _write_tags(self) -> None:
        self._tag_writing.open(self._chosen(self.folders) or "")

    # Rules

    def _show_settings(self, settings: Settings) -> None:
        self._rules = settings.ignore
        self.polling.setChecked(settings.polling)
        self.rules.clear()
        self.rules.addItems([wording.shown(rule) for rule in self._rules])
        self._enable()

    @Slot()
    def _add_rule(self) -> None:
        rule = self.rule.text().strip()
        if rule and rule not in self._rules:
            self._change(ignore=(*self._rules, rule))
        self.rule.clear()

    @Slot()
    def _remove_rule(self) -> None:
        gone = self.rules.currentRow()
        self._change(ignore=tuple(r for i, r in enumerate(self._rules) if i != gone))

    @Slot(bool)
    def _set_polling(self, polling: bool) -> None:
        self._change(polling=polling)

    def _change(self, **changes: object) -> None:
        self.tell_problem("")
        change = partial(_changed, changes=changes)
        self._session.ask("changes", change, self._show_settings, self._not_changed)

    def _not_changed(self, error: Exception) -> None:
        self.tell_problem(sentence(error))
        self._session.ask("reading", _settings, self._show_settings)

    # What can be done

    @Slot()
    def _enable(self) -> None:
        writable = self._session.writable
        self.add.setEnabled(writable)
        self.remove.setEnabled(writable and bool(self.folders.selectedItems()))
        self.tags.setEnabled(writable and self.folders.count() > 0)
        offline = any(item.data(OFFLINE_ROLE) for item in self.folders.selectedItems())
        self.disk.setEnabled(writable and offline)
        self.rule.setEnabled(writable)
        self.add_rule.setEnabled(writable and bool(self.rule.text().strip()))
        self.remove_rule.setEnabled(writable and bool(self.rules.selectedItems()))
        self.polling.setEnabled(writable)

    @staticmethod
    def _chosen(folders: QListWidget) -> str | None:
        item = folders.currentItem()
        return None if item is None else str(item.data(PATH_ROLE))


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row


def _settings(library: Library) -> Settings:
    return library.settings


def _changed(library: Library, changes: dict[str, object]) -> Settings:
    library.change_settings(**changes)
    return library.settings
