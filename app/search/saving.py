"""Giving a search a name, to keep it."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from app import wording
from app.widgets.dialog import Dialog

LONGEST = 100


class SaveSearch(Dialog):
    """Asks what a search is to be called; the query itself is proposed."""

    saved = Signal(str, str)  # name, query

    def __init__(self, query: str, parent: QWidget) -> None:
        super().__init__(
            self.tr("Save search"),
            parent,
            text=self.tr("It is kept at the left, and finds new photos too."),
            primary=self.tr("Save"),
        )
        self._query = query
        self.name = QLineEdit(wording.shown(query)[:LONGEST])
        self.name.setMaxLength(LONGEST)
        self.name.setAccessibleName(self.tr("Name of the search"))
        self.name.selectAll()
        self.name.textChanged.connect(self._check)
        self.content.addWidget(self.name)
        self.accepted.connect(self._save)
        self.name.setFocus()

    @Slot()
    def _check(self) -> None:
        if self.primary is not None:
            self.primary.setEnabled(bool(self.name.text().strip()))

    @Slot()
    def _save(self) -> None:
        self.saved.emit(self.name.text().strip(), self._query)
