"""Settings, appearance: theme, language, numbers on photos, and what closing the window does."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QLocale, QSettings, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
)

from app.choices import LANGUAGES, THEMES, read_choices, save_choices
from app.desktop.login_start import LoginStart
from app.language import language_name, spoken, wanted_language
from app.settings.page import SettingsPage
from app.theme import Theme


class AppearancePage(SettingsPage):
    """What the window looks like; kept in `settings`."""

    icon_name = "palette"
    theme_changed = Signal(str)  # "system", "light" or "dark"
    language_changed = Signal(str)  # "system", "en" or "zh_CN": spoken by the next window
    reopening_asked = Signal()  # the next window is wanted now
    tray_changed = Signal(bool)
    relevance_changed = Signal(bool)  # whether photos show it

    def __init__(self, settings: QSettings | None, theme: Theme, *, has_tray: bool) -> None:
        super().__init__(QCoreApplication.translate("AppearancePage", "Appearance"), theme)
        self._settings = settings
        self.choices = read_choices(settings)
        self.section(self.tr("Theme"))
        self.themes = QButtonGroup(self)
        names = (self.tr("As the system"), self.tr("Light"), self.tr("Dark"))
        for number, name in enumerate(names):
            button = QRadioButton(name)
            button.setChecked(THEMES[number] == self.choices.theme)
            self.themes.addButton(button, number)
            self.column.addWidget(button)
        self.section(self.tr("Language"))
        self.languages = QComboBox()
        self.languages.setAccessibleName(self.tr("Language"))
        usual = wanted_language("system", QLocale.system().uiLanguages())
        system = self.tr("As the system ({language})").format(language=language_name(usual))
        for language in LANGUAGES:
            name = system if language == "system" else language_name(language)
            self.languages.addItem(name, language)
        self.languages.setCurrentIndex(LANGUAGES.index(self.choices.language))
        self.column.addWidget(self.languages)
        self.restart = self.note(
            self.tr("The window speaks another language when it is opened the next time.")
        )
        self.reopen = QPushButton(self.tr("Open it again now"))
        self.reopen.clicked.connect(self.reopening_asked)
        row = QHBoxLayout()
        row.addWidget(self.reopen)
        row.addStretch(1)
        self.column.addLayout(row)
        self._offer_reopening()
        self.section(self.tr("When photos are searched"))
        self.relevance = QCheckBox(self.tr("Show on each photo how well it fits, as a number"))
        self.relevance.setChecked(self.choices.relevance)
        self.column.addWidget(self.relevance)
        self.note(
            self.tr(
                "It is no percentage: photos from 0.50 on match, those below are less likely."
                " The inspector always shows it."
            )
        )
        self.section(self.tr("When the window is closed"))
        self.tray = QCheckBox(self.tr("Keep watching the folders, with an icon in the tray"))
        self.tray.setChecked(self.choices.tray and has_tray)
        self.tray.setEnabled(has_tray)
        self.column.addWidget(self.tray)
        if not has_tray:
            self.note(self.tr("This desktop has no tray."))
        self.column.addStretch(1)
        self.themes.idClicked.connect(self._choose_theme)
        self.languages.activated.connect(self._choose_language)
        self.relevance.clicked.connect(self._choose_relevance)
        self.tray.clicked.connect(self._choose_tray)

    def add_login(self, login: LoginStart) -> None:
        """Offer to start at login, below the tray."""
        self.login = login
        login.failed.connect(self.tell_problem)
        self.column.insertWidget(self.column.indexOf(self.tray) + 1, login)

    def refresh(self) -> None:
        """Look at what is on disk."""
        self.tell_problem("")
        self.login.refresh()

    @Slot(int)
    def _choose_theme(self, number: int) -> None:
        self._choose(theme=THEMES[number])
        self.theme_changed.emit(self.choices.theme)

    @Slot(int)
    def _choose_language(self, number: int) -> None:
        self._choose(language=LANGUAGES[number])
        self._offer_reopening()
        self.language_changed.emit(self.choices.language)

    def _offer_reopening(self) -> None:
        """Offer another window where it would speak another language."""
        chosen = wanted_language(self.choices.language, QLocale.system().uiLanguages())
        self.reopen.setVisible(chosen != spoken())

    @Slot(bool)
    def _choose_relevance(self, shown: bool) -> None:
        self._choose(relevance=shown)
        self.relevance_changed.emit(shown)

    @Slot(bool)
    def _choose_tray(self, tray: bool) -> None:
        self._choose(tray=tray)
        self.tray_changed.emit(tray)

    def _choose(self, **changes: object) -> None:
        self.choices = replace(read_choices(self._settings), **changes)  # type: ignore[arg-type]
        save_choices(self._settings, self.choices)
