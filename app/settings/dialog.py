"""The settings: pages at the left, what they hold at the right; everything holds at once."""

from __future__ import annotations

from PySide6.QtCore import QSettings, QSize, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QSystemTrayIcon,
    QWidget,
)

from app.desktop.login_start import LoginStart
from app.keyboard_map import KeyboardMap
from app.session import Session
from app.settings.appearance import AppearancePage
from app.settings.cache import CachePage
from app.settings.device import DevicePage
from app.settings.folders import FoldersPage
from app.settings.keyboard import KeyboardPage
from app.settings.model import ModelPage
from app.settings.page import SettingsPage
from app.settings.privacy import PrivacyPage
from app.settings.speed import SpeedPage
from app.theme import Theme
from app.virtuals import contained
from app.widgets.icons import icon

SIZE = QSize(800, 600)
MARGIN = QSize(40, 80)  # around the dialog on a small screen
PAGES_WIDTH = 180


class SettingsDialog(QDialog):
    """One dialog for the life of the window: a download goes on while it is closed.

    `settings`: where the window's choices are kept (app/choices.py), or None to keep them nowhere.
    What concerns the library goes through the session. `show_page` opens it at a page: "folders",
    "model", "device", "speed", "appearance", "cache", "keyboard" or "privacy".
    """

    theme_changed = Signal(str)  # "system", "light" or "dark"
    language_changed = Signal(str)  # "system", "en" or "zh_CN": spoken by the next window
    reopening_asked = Signal()  # the next window is wanted now
    thumbnail_bytes_changed = Signal(int)
    tray_changed = Signal(bool)
    relevance_changed = Signal(bool)

    def __init__(
        self,
        session: Session,
        keys: KeyboardMap,
        theme: Theme,
        settings: QSettings | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.setObjectName("settings")
        self.pages: dict[str, SettingsPage] = {}
        self._session, self._keys, self._settings = session, keys, settings
        self._theme = theme
        self.names = QListWidget()
        self.names.setObjectName("settings_names")
        self.names.setAccessibleName(self.tr("Pages of the settings"))
        self.names.setFixedWidth(theme.px(PAGES_WIDTH))
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.stack = QStackedWidget()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.names)
        row.addWidget(self.stack, 1)
        room = self.screen().availableSize() - MARGIN
        self.resize(QSize(theme.px(SIZE.width()), theme.px(SIZE.height())).boundedTo(room))

    def _build(self) -> None:
        """Make the pages: not before the dialog is opened, as the window is to be up first."""
        session, settings, theme = self._session, self._settings, self._theme
        has_tray = QSystemTrayIcon.isSystemTrayAvailable()
        appearance = AppearancePage(settings, theme, has_tray=has_tray)
        login = LoginStart(session)
        appearance.add_login(login)
        cache = CachePage(session, settings, theme)
        self.pages = {
            "folders": FoldersPage(session, theme, self),
            "model": ModelPage(session, theme, self),
            "device": DevicePage(session, theme),
            "speed": SpeedPage(session, theme),
            "appearance": appearance,
            "cache": cache,
            "keyboard": KeyboardPage(self._keys, theme, self),
            "privacy": PrivacyPage(session, theme),
        }
        self.names.ensurePolished()
        for page in self.pages.values():
            self.names.addItem(QListWidgetItem(page.title))
            self.stack.addWidget(page)
        self.set_theme(theme)
        self.names.currentRowChanged.connect(self._turn_to)
        appearance.theme_changed.connect(self.theme_changed)
        appearance.language_changed.connect(self.language_changed)
        appearance.reopening_asked.connect(self.reopening_asked)
        appearance.tray_changed.connect(self.tray_changed)
        appearance.relevance_changed.connect(self.relevance_changed)
        cache.thumbnail_bytes_changed.connect(self.thumbnail_bytes_changed)
        self.names.setCurrentRow(0)

    @Slot()
    def show_page(self, name: str = "") -> None:
        """Open the dialog, at a page or where it was left."""
        if not self.pages:
            self._build()
        if name:
            self.names.setCurrentRow(list(self.pages).index(name))
        self.show()
        self.raise_()
        self.activateWindow()
        self.names.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self._theme = theme
        for row, page in enumerate(self.pages.values()):
            self.names.item(row).setIcon(icon(page.icon_name, theme.colour("dim")))
            page.set_theme(theme)
        if self.pages and self.isVisible():
            self._turn_to(self.names.currentRow())

    @Slot(int)
    def _turn_to(self, row: int) -> None:
        page = list(self.pages.values())[row]
        self.stack.setCurrentWidget(page)
        if self.isVisible():
            page.refresh()

    @contained()
    def showEvent(self, event: QShowEvent) -> None:
        """Read what the page shows: it may have changed since."""
        super().showEvent(event)
        if self.pages:
            list(self.pages.values())[self.names.currentRow()].refresh()
