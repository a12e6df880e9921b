"""Settings, cache: memory for thumbnails, and what the caches take on the disk."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSettings, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel

from app import wording
from app.choices import MIB, THUMBNAIL_BYTES, read_choices, save_choices
from app.session import Session, sentence
from app.settings.page import SettingsPage
from app.theme import Theme

if TYPE_CHECKING:
    from core.library import Library


class CachePage(SettingsPage):
    """How much memory thumbnails may take, kept in `settings`; sizes on disk."""

    icon_name = "database"
    thumbnail_bytes_changed = Signal(int)

    def __init__(self, session: Session, settings: QSettings | None, theme: Theme) -> None:
        super().__init__(QCoreApplication.translate("CachePage", "Cache"), theme)
        self._session = session
        self._settings = settings
        self.section(self.tr("Thumbnails in memory"))
        self.memory = QComboBox()
        self.memory.setAccessibleName(self.tr("Thumbnails in memory"))
        for size in THUMBNAIL_BYTES:
            self.memory.addItem(self.tr("{n} MB").format(n=wording.number(size // MIB)), size)
        chosen = read_choices(settings).thumbnail_bytes
        self.memory.setCurrentIndex(THUMBNAIL_BYTES.index(chosen))
        self.column.addWidget(self.memory)
        self.note(self.tr("More of it keeps more photos at hand while you scroll back and forth."))
        self.section(self.tr("On the disk"))
        self._sizes = {name: QLabel("…") for name in ("thumbnails", "vectors", "catalogue")}
        form = QFormLayout()
        form.addRow(self.tr("Thumbnails"), self._sizes["thumbnails"])
        form.addRow(self.tr("Search index"), self._sizes["vectors"])
        form.addRow(self.tr("Catalogue"), self._sizes["catalogue"])
        self.column.addLayout(form)
        self.note(
            self.tr(
                "Thumbnails and the search index are made anew where they are missing. The "
                "catalogue holds your ratings, albums and titles."
            )
        )
        self.column.addStretch(1)
        self.memory.activated.connect(self._choose)

    def refresh(self) -> None:
        """Measure what is on the disk."""
        self.tell_problem("")
        self._session.ask("standing", _sizes, self._show, self._fail)

    def _show(self, sizes: dict[str, int]) -> None:
        for name, label in self._sizes.items():
            label.setText(wording.size(sizes.get(name, 0)))

    def _fail(self, error: Exception) -> None:
        self.tell_problem(sentence(error))

    @Slot(int)
    def _choose(self, number: int) -> None:
        size = THUMBNAIL_BYTES[number]
        save_choices(self._settings, replace(read_choices(self._settings), thumbnail_bytes=size))
        self.thumbnail_bytes_changed.emit(size)


def _sizes(library: Library) -> dict[str, int]:
    return library.status(sizes=True).bytes_on_disk
