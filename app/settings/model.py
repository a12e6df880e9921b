"""Settings, models: which model looks at the photos; getting others, and letting them go."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidgetItem,
    QMenu,
    QProgressBar,
    QPushButton,
    QWidget,
)

from app import wording
from app.background import CancelToken
from app.session import Session, sentence
from app.settings import model_words as settings_model_words
from app.settings import model_work as work
from app.settings.model_facts import STARTER, ModelFacts, model_title
from app.settings.model_import import Import, ImportDialog
from app.settings.model_network import NetworkForm
from app.settings.page import SettingsPage, rows, words
from app.theme import Theme
from app.widgets.flow_layout import FlowLayout
from app.widgets.icons import icon
from app.widgets.question import Question
from core.events import Progress

if TYPE_CHECKING:
    from core.embedding.models import ModelInfo


class ModelPage(SettingsPage):
    """The models, the one in use marked; what can be done with the one that is selected.

    A download goes on while the dialog is closed, and for as long as the page lives. One that is
    paused, or cut short with the program, goes on from there.
    """

    icon_name = "sparkles"
    _came = Signal(object, object)  # bytes done, bytes in total or None: from a thread

    def __init__(self, session: Session, theme: Theme, window: QWidget) -> None:
        super().__init__(QCoreApplication.translate("ModelPage", "Models"), theme)
        self._session = session
        self._window = window
        self._models = work.Models()
        self._told = Progress()
        self._download: CancelToken | None = None
        self._loading = ""
        self._busy = False
        self.note(
            self.tr(
                "The model is what understands photos and words. A better one finds more, and "
                "takes longer to look at every photo once."
            )
        )
        self.coming = words("", "note")
        self.coming.setObjectName("model_coming")
        self.coming.hide()
        self.models = rows(self.tr("Models"), theme, 7)
        self.facts = ModelFacts()
        self.use = QPushButton(self.tr("Use this model"))
        self.use.setProperty("primary", True)
        self.get = QPushButton()
        self.discard = QPushButton(self.tr("Discard download"))
        self.measure = QPushButton(self.tr("Measure speed"))
        self.remove = QPushButton(self.tr("Remove…"))
        self.bring = QPushButton(self.tr("Import"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Download"))
        self.state = words("", "note")
        self.pause = QPushButton(self.tr("Pause"))
        self.network = NetworkForm()
        self._lay_out()
        self._connect()
        self._enable()

    def _lay_out(self) -> None:
        self.column.addWidget(self.coming)
        self.column.addWidget(self.models)
        self.column.addWidget(self.facts)
        menu = QMenu(self.bring)
        menu.addAction(self.tr("A file…"), self._pick_file)
        menu.addAction(self.tr("A folder…"), self._pick_folder)
        self.bring.setMenu(menu)
        buttons = FlowLayout()
        for button in (
            self.use,
            self.get,
            self.discard,
            self.measure,
            self.remove,
            self.bring,
        ):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        self.column.addLayout(buttons)
        self._progress = QWidget()
        progress = QHBoxLayout(self._progress)
        progress.setContentsMargins(0, 0, 0, 0)
        progress.addWidget(self.bar, 1)
        progress.addWidget(self.pause)
        self.column.addWidget(self._progress)
        self.column.addWidget(self.state)
        self.section(self.tr("Where downloads come from"))
        self.column.addWidget(self.network)
        self.column.addStretch(1)

    def _connect(self) -> None:
        self.models.itemSelectionChanged.connect(self._enable)
        self.use.clicked.connect(self._use)
        self.get.clicked.connect(self._get)
        self.pause.clicked.connect(self._pause)
        self.discard.clicked.connect(self._discard)
        self.measure.clicked.connect(self._measure)
        self.remove.clicked.connect(self._ask_to_remove)
        self.network.chosen.connect(self._set_network)
        self._came.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        self._session.events.model_changed.connect(self.refresh)
        self._session.events.progress.connect(self._show_coming)

    @Slot()
    def refresh(self) -> None:
        """Read which models there are."""
        self._session.ask("reading", work.read_models, self._show, self._fail)

    # What is shown

    def _show(self, models: work.Models) -> None:
        chosen = self._chosen()
        name = models.in_use if chosen is None else chosen.name
        self._models = models
        self.models.clear()
        for info in models.infos:
            item = QListWidgetItem(
                self._icon(info), settings_model_words.line(info, self._models, self._loading)
            )
            self.models.addItem(item)
            if info.name == name:
                self.models.setCurrentItem(item)
        self.network.show_addresses(models.mirror, models.proxy)
        self._show_coming(self._told)
        self._enable()

    def _icon(self, info: ModelInfo) -> QIcon:
        answering = self._models.before or self._models.in_use
        if info.name == answering:
            return icon("circle-check", self.theme.colour("accent"))
        name = "check" if info.installed else "pause" if info.fetched else "download"
        return icon(name, self.theme.colour("dim"))

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        super().set_theme(theme)
        for row, info in enumerate(self._models.infos):
            self.models.item(row).setIcon(self._icon(info))

    @Slot(object)
    def _show_coming(self, progress: Progress) -> None:
        # Models are read again while progress goes on: what it told last still holds then.
        self._told = progress
        self.coming.setText(settings_model_words.coming(self._models, progress))
        self.coming.setVisible(bool(self._models.before))

    def _chosen(self) -> ModelInfo | None:
        row = self.models.currentRow()
        return self._models.infos[row] if 0 <= row < len(self._models.infos) else None

    @Slot()
    def _enable(self) -> None:
        info, idle = self._chosen(), not self._busy and self._download is None
        used = info is not None and info.name in {self._models.in_use, self._models.before}
        in_use = info is not None and info.name == self._models.in_use
        installed = info is not None and info.installed
        paused = info is not None and not installed and info.fetched > 0
        self.use.setEnabled(idle and installed and not in_use and self._session.writable)
        self.get.setText(self.tr("Go on downloading") if paused else self.tr("Download"))
        self.get.setVisible(info is not None and not installed)
        self.get.setEnabled(idle and info is not None and not info.package)
        self.discard.setVisible(paused and idle)
        self.measure.setVisible(installed)
        self.measure.setEnabled(idle)
        self.remove.setVisible(installed and info is not None and info.name != STARTER)
        self.remove.setEnabled(idle and not used)
        self.bring.setEnabled(idle)
        self.network.setEnabled(idle and self._session.writable)
        self._progress.setVisible(self._download is not None)
        self.facts.setVisible(info is not None)
        if info is not None:
            self.facts.show_model(info)

    # Using and measuring

    @Slot()
    def _use(self) -> None:
        info = self._chosen()
        if info is not None:
            self._begin(self.tr("The model is being changed…"))
            use = partial(work.use_model, name=info.name)
            self._session.ask("changes", use, self._used, self._fail)

    def _used(self, _: None) -> None:
        self._end("")

    @Slot()
    def _measure(self) -> None:
        info = self._chosen()
        if info is not None:
            self._begin(self.tr("The speed is being measured: this takes some seconds…"))
            token = CancelToken()
            measure = partial(work.measure_model, name=info.name, token=token)
            self._session.ask("models", measure, self._used, self._fail, token)

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
        fetch = partial(
            work.download_model, name=info.name, token=self._download, came=self._came.emit
        )
        self._session.ask("models", fetch, self._downloaded, self._fail, self._download)
        self.models.currentItem().setText(
            settings_model_words.line(info, self._models, self._loading)
        )
        self._enable()
        self.pause.setFocus()

    @Slot(object, object)
    def _show_progress(self, done: int, total: int | None) -> None:
        if self._download is None:
            return
        if total:
            self.bar.setRange(0, 1000)
            self.bar.setValue(min(1000, done * 1000 // total))
        self.state.setText(settings_model_words.downloaded(done, total))

    def _downloaded(self, _: None) -> None:
        model = model_title(self._loading)
        self._end(self.tr("{model} is installed.").format(model=model))

    @Slot()
    def _pause(self) -> None:
        if self._download is not None:
            self._download.cancel()
            self._end(self.tr("Paused: it goes on from there, also after the next start."))

    @Slot()
    def _discard(self) -> None:
        info = self._chosen()
        if info is not None:
            self._begin("")
            discard = partial(work.discard_download, name=info.name)
            self._session.ask("models", discard, self._used, self._fail)

    @Slot(str, str)
    def _set_network(self, mirror: str, proxy: str) -> None:
        self._begin("")
        change = partial(work.set_network, mirror=mirror, proxy=proxy)
        self._session.ask("changes", change, self._network_set, self._fail)

    def _network_set(self, _: None) -> None:
        self._end(self.tr("Downloads go by these addresses from now on."))

    # Importing and removing

    @Slot()
    def _pick_file(self) -> None:
        dialog = QFileDialog(self._window, self.tr("Choose a model file"), str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        kinds = "(*.safetensors *.pt *.pth *.bin *.ckpt)"
        dialog.setNameFilter(self.tr("Models {kinds}").format(kinds=kinds))
        self._pick(dialog)

    @Slot()
    def _pick_folder(self) -> None:
        dialog = QFileDialog(self._window, self.tr("Choose a model's folder"), str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._pick(dialog)

    def _pick(self, dialog: QFileDialog) -> None:
        dialog.fileSelected.connect(self.ask_about)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def ask_about(self, path: str) -> None:
        """Import a checkpoint file once it is known what it is; a folder says so itself."""
        if Path(path).is_dir():
            self._import(Import(Path(path), "", ""))
            return
        dialog = ImportDialog(Path(path), self._window)
        dialog.chosen.connect(self._import)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(object)
    def _import(self, wanted: Import) -> None:
        self._begin(self.tr("The model is being checked and copied…"))
        bring = partial(work.import_model, wanted=wanted)
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
            remove = partial(work.remove_model, name=info.name)
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
        if self._download is not None:
            self.models.setFocus()  # not what comes after the button that goes
        self._busy = False
        self._download = None
        self._loading = ""
        self.state.setText(state)
        self.refresh()

    def _fail(self, error: Exception) -> None:
        self._end("")
        self.tell_problem(sentence(error))
        self.verticalScrollBar().setValue(0)  # it is said at the top
