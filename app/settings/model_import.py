"""Asks what a model file is before it is imported."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from app import wording
from app.widgets.dialog import Dialog


@dataclass(frozen=True)
class Import:
    """A checkpoint to import; what is empty is found out from the files."""

    path: Path
    architecture: str
    name: str


class ImportDialog(Dialog):
    """Architecture and name of a model file."""

    chosen = Signal(object)  # Import

    def __init__(self, path: Path, parent: QWidget) -> None:
        super().__init__(
            _tr("Import a model"),
            parent,
            text=_tr(
                "{file} is checked and copied. The architecture is one that open_clip knows, such "
                "as ViT-B-32; leave it empty if an open_clip_config.json lies beside the file."
            ).format(file=wording.shown(path.name)),
            primary=_tr("Import"),
        )
        self._path = path
        self.architecture, self.name = QLineEdit(), QLineEdit()
        self.architecture.setPlaceholderText("ViT-B-32")
        self.name.setPlaceholderText(wording.shown(path.stem))
        form = QFormLayout()
        form.addRow(_tr("Architecture"), self.architecture)
        form.addRow(_tr("Name"), self.name)
        self.content.addLayout(form)
        self.accepted.connect(self._choose)
        self.architecture.setFocus()

    def _choose(self) -> None:
        wanted = Import(self._path, self.architecture.text().strip(), self.name.text().strip())
        self.chosen.emit(wanted)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImportDialog", text)
