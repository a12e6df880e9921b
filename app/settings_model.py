"""Settings, model: which model looks at the photos; getting others, and letting them go."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QWidget,
)

from app import wording
from app.background import CancelToken
from app.icons import icon
from app.language import core_text
from app.question import Question
from app.session import Session, sentence
from app.settings_import import Import, ImportDialog
from app.settings_page import SettingsPage, rows, words
from app.theme import Theme

if TYPE_CHECKING:
    from core.embedding.models import ModelInfo
    from core.library import Library

TELL_SECONDS = 0.1  # between two steps of the progress bar
STARTER = "starter"


@dataclass(frozen=True)
class _Models:
    infos: tuple[ModelInfo, ...]
    in_use: str


class ModelPage(SettingsPage):
    """The models, the one in use marked; what can be done with the one that is selected.

    A download goes on while the dialog is closed, and for as long as the page lives.
    """

    icon_name = "sparkles"
    _came = Signal(object, object)  # bytes done, bytes in total or None: from a thread

    def __init__(self, session: Session, theme: Theme, window: QWidget) -> None:
        super().__init__(QCoreApplication.translate("ModelPage", "Model"), theme)
        self._session = session
        self._window = window
        self._models = _Models((), "")
        self._download: CancelToken | None = None
        self._loading = ""
        self._busy = False
        self.note(
            self.tr(
                "The model is what understands photos and words. A better one finds more, and "
                "takes longer to look at every photo once."
            )
        )
        self.models = rows(self.tr("Models"), theme, 6)
        self.about = words("", "note")
        self.use = QPushButton(self.tr("Use this model"))
        self.use.setProperty("primary", True)
        self.get = QPushButton(self.tr("Download"))
        self.remove = QPushButton(self.tr("Remove…"))
        self.bring = QPushButton(self.tr("Import file…"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Download"))
        self.state = words("", "note")
        self.cancel = QPushButton(self.tr("Cancel"))
        self.column.addWidget(self.models)
        self.column.addWidget(self.about)
        buttons = QHBoxLayout()
        for button in (self.use, self.get, self.remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.bring)
        self.column.addLayout(buttons)
        self._progress = QWidget()
        progress = QHBoxLayout(self._progress)
        progress.setContentsMargins(0, 0, 0, 0)
        progress.addWidget(self.bar, 1)
        progress.addWidget(self.cancel)
        self.column.addWidget(self._progress)
        self.column.addWidget(self.state)
        self.column.addStretch(1)
        self._connect()
        self._enable()

    def _connect(self) -> None:
        self.models.itemSelectionChanged.connect(self._enable)
        self.use.clicked.connect(self._use)
        self.get.clicked.connect(self._get)
        self.cancel.clicked.connect(self._cancel)
        self.remove.clicked.connect(self._ask_to_remove)
        self.bring.clicked.connect(self._pick)
        self._came.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        self._session.events.model_changed.connect(self.refresh)

    @Slot()
    def refresh(self) -> None:
        """Read which models there are."""
        self._session.ask("reading", _models, self._show, self._fail)

    # What is shown

    def _show(self, models: _Models) -> None:
        chosen = self._chosen()
        name = models.in_use if chosen is None else chosen.name
        self._models = models
        self.models.clear()
        for info in models.infos:
            item = QListWidgetItem(self._icon(info), self._line(info))
            self.models.addItem(item)
            if info.name == name:
                self.models.setCurrentItem(item)
        self._enable()

    def _line(self, info: ModelInfo) -> str:
        if info.name == self._models.in_use:
            state = self.tr("in use")
        elif info.installed:
            state = self.tr("installed")
        else:
            state = self.tr("to download")
        return self.tr("{model} ({size}, {state})").format(
            model=model_title(info.name), size=wording.size(info.bytes), state=state
        )

    def _icon(self, info: ModelInfo) -> QIcon:
        if info.name == self._models.in_use:
            return icon("circle-check", self.theme.colour("accent"))
        return icon("check" if info.installed else "download", self.theme.colour("dim"))

    def _chosen(self) -> ModelInfo | None:
        row = self.models.currentRow()
        return self._models.infos[row] if 0 <= row < len(self._models.infos) else None

    @Slot()
    def _enable(self) -> None:
        info, idle = self._chosen(), not self._busy and self._download is None
        in_use = info is not None and info.name == self._models.in_use
        installed = info is not None and info.installed
        self.use.setEnabled(idle and installed and not in_use and self._session.writable)
        self.get.setVisible(info is not None and not installed)
        self.get.setEnabled(idle)
        self.remove.setVisible(installed and info is not None and info.name != STARTER)
        self.remove.setEnabled(idle and not in_use)
        self.bring.setEnabled(idle)
        self._progress.setVisible(self._download is not None)
        if info is not None:
            licence = self.tr("Licence: {licence}").format(licence=info.licence)
            self.about.setText(f"{core_text(info.description)} {licence}")

    # Using

    @Slot()
    def _use(self) -> None:
        info = self._chosen()
        if info is not None:
            self._begin(self.tr("The model is being changed…"))
            use = partial(_use_model, name=info.name)
            self._session.ask("changes", use, self._used, self._fail)

    def _used(self, _: None) -> None:
        self._end(self.tr("Photos are looked at again; until then searches find a part of them."))

    # Downloading

    @Slot()
    def _get(self) -> None:
        info = self._chosen()
        if info is None:
            return
        self._begin(self.tr("Downloading {model}…").format(model=model_title(info.name)))
        self._busy = False
        self._loading = info.name
        self._download = CancelToken()
        self.bar.setRange(0, 0)
        self._session.ask(
            "models",
            partial(_download, name=info.name, token=self._download, came=self._came.emit),
            self._downloaded,
            self._fail,
            self._download,
        )
        self._enable()
        self.cancel.setFocus()

    @Slot(object, object)
    def _show_progress(self, done: int, total: int | None) -> None:
        if self._download is None:
            return
        if not total:
            self.state.setText(self.tr("{done} downloaded").format(done=wording.size(done)))
            return
        self.bar.setRange(0, 1000)
        self.bar.setValue(min(1000, done * 1000 // total))
        text = self.tr("{done} of {total} downloaded")
        self.state.setText(text.format(done=wording.size(done), total=wording.size(total)))

    def _downloaded(self, _: None) -> None:
        model = model_title(self._loading)
        self._end(self.tr("{model} is installed.").format(model=model))

    @Slot()
    def _cancel(self) -> None:
        if self._download is not None:
            self._download.cancel()
            self._end(self.tr("Cancelled: the next try goes on from there."))

    # Importing and removing

    @Slot()
    def _pick(self) -> None:
        dialog = QFileDialog(self._window, self.tr("Choose a model file"), str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        kinds = "(*.safetensors *.pt *.pth *.bin *.ckpt)"
        dialog.setNameFilter(self.tr("Models {kinds}").format(kinds=kinds))
        dialog.fileSelected.connect(self.ask_about)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def ask_about(self, path: str) -> None:
        """Import a checkpoint file once it is known what it is."""
        dialog = ImportDialog(Path(path), self._window)
        dialog.chosen.connect(self._import)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(object)
    def _import(self, wanted: Import) -> None:
        self._begin(self.tr("The model is being checked and copied…"))
        bring = partial(_import_model, wanted=wanted)
        self._session.ask("models", bring, self._imported, self._fail)

    def _imported(self, name: str) -> None:
        self._end(self.tr("{model} is installed.").format(model=model_title(name)))

    @Slot()
    def _ask_to_remove(self) -> None:
        info = self._chosen()
        if info is None:
            return
        question = Question(
            self.tr("Remove the model {model}?").format(model=model_title(info.name)),
            self.tr("It frees {size}. What it found out about your photos is kept.").format(
                size=wording.size(info.bytes)
            ),
            self.tr("Remove"),
            self._window,
        )
        question.accepted.connect(self._remove)
        question.finished.connect(question.deleteLater)
        question.open()

    @Slot()
    def _remove(self) -> None:
        info = self._chosen()
        if info is not None:
            self._begin("")
            remove = partial(_remove_model, name=info.name)
            self._session.ask("models", remove, self._removed, self._fail)

    def _removed(self, _: None) -> None:
        self._end(self.tr("The model is removed."))

    # From beginning to end

    def _begin(self, state: str) -> None:
        self._busy = True
        self.tell_problem("")
        self.state.setText(state)
        self._enable()

    def _end(self, state: str) -> None:
        self._busy = False
        self._download = None
        self.state.setText(state)
        self.refresh()

    def _fail(self, error: Exception) -> None:
        self._end("")
        self.tell_problem(sentence(error))


def model_title(name: str) -> str:
    """What a model is called on screen."""
    if name == STARTER:
        return QCoreApplication.translate("ModelPage", "Starter model")
    return wording.shown(name)


def _models(library: Library) -> _Models:
    return _Models(tuple(library.models()), library.settings.model)


def _use_model(library: Library, name: str) -> None:
    library.use_model(name)


def _remove_model(library: Library, name: str) -> None:
    library.remove_model(name)


def _import_model(library: Library, wanted: Import) -> str:
    architecture, name = wanted.architecture or None, wanted.name or None
    return library.import_model(wanted.path, arch=architecture, name=name).name


def _download(
    library: Library,
    name: str,
    token: CancelToken,
    came: Callable[[object, object], None],
) -> None:
    told = 0.0

    def tell(done: int, total: int | None) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told >= TELL_SECONDS or done == total:
            told = now
            came(done, total)

    library.download_model(name, tell, token)
