"""The system's dialog to point at a folder; Qt's own where the system has none."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget


def folder_dialog(parent: QWidget, title: str, start: str) -> QFileDialog:
    """One that answers `fileSelected`, and goes when it is closed. Open it with `open`."""
    dialog = QFileDialog(parent, title, start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    label = QFileDialog.DialogLabel
    for place, text in (
        (label.LookIn, _tr("Look in:")),  # Qt translates neither into every language
        (label.FileType, _tr("Show:")),
    ):
        dialog.setLabelText(place, text)
    dialog.finished.connect(dialog.deleteLater)
    return dialog


def _tr(text: str) -> str:
    return QCoreApplication.translate("folder_dialog", text)
