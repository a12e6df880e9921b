"""Where models come from: a mirror of the Hugging Face hub, and a proxy on the way."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QFormLayout, QLineEdit, QPushButton, QSizePolicy, QWidget


class NetworkForm(QWidget):
    """Two addresses; `chosen` tells them when the person has changed one and says so."""

    chosen = Signal(str, str)  # mirror, proxy

    def __init__(self) -> None:
        super().__init__()
        self.mirror, self.proxy = QLineEdit(), QLineEdit()
        self.mirror.setPlaceholderText("https://huggingface.co")
        self.proxy.setPlaceholderText(_tr("As the system says"))
        self.save = QPushButton(_tr("Keep addresses"))
        self.save.setAutoDefault(False)
        self.save.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._kept = ("", "")
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(_tr("Mirror"), self.mirror)
        form.addRow(_tr("Proxy"), self.proxy)
        form.addRow("", self.save)
        for line in (self.mirror, self.proxy):
            line.textChanged.connect(self._enable)
            line.returnPressed.connect(self._choose)
        self.save.clicked.connect(self._choose)
        self._enable()

    def show_addresses(self, mirror: str, proxy: str) -> None:
        """What is set; what the person is just writing stays."""
        written = (self.mirror.text().strip(), self.proxy.text().strip())
        if written == self._kept:
            self.mirror.setText(mirror)
            self.proxy.setText(proxy)
        self._kept = (mirror, proxy)
        self._enable()

    @Slot()
    def _enable(self) -> None:
        written = (self.mirror.text().strip(), self.proxy.text().strip())
        self.save.setEnabled(written != self._kept)

    @Slot()
    def _choose(self) -> None:
        if self.save.isEnabled():
            self.chosen.emit(self.mirror.text().strip(), self.proxy.text().strip())


def _tr(text: str) -> str:
    return QCoreApplication.translate("NetworkForm", text)
