"""Settings, privacy: what is stored where, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from app import wording
from app.desktop.file_manager import open_file
from app.session import Session, sentence
from app.settings.page import SettingsPage, words
from app.theme import Theme
from app.widgets.elided_label import ElidedLabel

if TYPE_CHECKING:
    from core.library import Library


@dataclass(frozen=True)
class _Stored:
    root: Path
    models: Path
    sizes: dict[str, int]


class PrivacyPage(SettingsPage):
    """Where things are, and one button to see them."""

    icon_name = "shield-check"

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(QCoreApplication.translate("PrivacyPage", "Privacy"), theme)
        self._session = session
        self._root: Path | None = None
        self.column.addWidget(
            words(
                self.tr(
                    "Nothing leaves this computer. Souvenir has no account and sends no photo, no "
                    "word you search for and no statistics anywhere. It goes to the network only "
                    "when you download a model."
                ),
                "body",
            )
        )
        self.section(self.tr("Your photos"))
        self.note(
            self.tr(
                "They stay where they are. Souvenir reads them, and changes a file only when you "
                "ask for exactly that: to rename, move or throw it away."
            )
        )
        self.section(self.tr("The library"))
        self.note(
            self.tr(
                "What Souvenir knows of your photos lies in one folder: ratings, albums and "
                "titles, small pictures of them, numbers that describe what is in them, your "
                "searches that you saved, and these settings."
            )
        )
        self.place = ElidedLabel()
        self.sizes = words("", "note")
        self.show_library = QPushButton(self.tr("Show in file manager"))
        self.show_library.setProperty("primary", True)
        self.show_library.setEnabled(False)
        self.column.addWidget(self.place)
        self.column.addWidget(self.sizes)
        row = QHBoxLayout()
        row.addWidget(self.show_library)
        row.addStretch(1)
        self.column.addLayout(row)
        self.section(self.tr("Models"))
        self.note(self.tr("Models that you download are kept for all libraries of yours in:"))
        self.models = ElidedLabel()
        self.column.addWidget(self.models)
        self.column.addStretch(1)
        self.show_library.clicked.connect(self._show_library)

    def refresh(self) -> None:
        """Find out where things are and how large."""
        self.tell_problem("")
        self._session.ask("standing", _stored, self._show, self._fail)

    def _show(self, stored: _Stored) -> None:
        self._root = stored.root
        self.place.setText(wording.shown(str(stored.root)))
        self.models.setText(wording.shown(str(stored.models)))
        self.sizes.setText(
            self.tr("{size} in all, {thumbnails} of it small pictures").format(
                size=wording.size(sum(stored.sizes.values())),
                thumbnails=wording.size(stored.sizes.get("thumbnails", 0)),
            )
        )
        self.show_library.setEnabled(True)

    def _fail(self, error: Exception) -> None:
        self.tell_problem(sentence(error))

    @Slot()
    def _show_library(self) -> None:
        if self._root is not None and not open_file(self._root):
            self.tell_problem(
                self.tr("No file manager answered. The folder is {path}.").format(
                    path=wording.shown(str(self._root))
                )
            )


def _stored(library: Library) -> _Stored:
    from core.paths import default_model_cache

    sizes = library.status(sizes=True).bytes_on_disk
    return _Stored(library.directory, default_model_cache(), sizes)
