"""Keeps the status line true: progress, model and device, what failed, and the ways out."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app import wording
from app.language import core_text
from app.session import Session, sentence
from app.status.details import StatusDetails
from app.status.line import StatusLine
from core.errors import ModelError
from core.events import DeviceChosen, Progress

if TYPE_CHECKING:
    from app.commands import Commands
    from core.library import FolderInfo, Library, Status


class StatusFeed(QObject):
    """Between the session, the line and its details; `window` is what the details belong to."""

    changed = Signal()  # whether photos may still come
    ended = Signal()  # indexing came to its end
    more_failed = Signal()  # other files may be those that could not be read
    problems_asked = Signal()  # show what could not be read
    settings_asked = Signal()

    def __init__(self, session: Session, line: StatusLine, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._line = line
        self.details = StatusDetails(window)
        self._progress: Progress | None = None
        self._folders: list[str] = []
        self._trouble = ""
        self.known = False
        events = session.events
        session.opened.connect(self.read)
        session.folders_listed.connect(self._folders_listed)
        session.folder_added.connect(self._folder_added)
        events.progress.connect(self._progressed)
        events.model_changed.connect(self.read)
        events.settings_changed.connect(self.read)
        events.device_chosen.connect(self._device_chosen)
        line.details_asked.connect(self._open_details)
        for part in (line, self.details):
            part.pause_asked.connect(session.pause)
            part.resume_asked.connect(session.resume)
            part.failed_asked.connect(self.problems_asked)
        self.details.speed_chosen.connect(self._set_speed)
        self.details.way_out_chosen.connect(self._take_way_out)

    def add_commands(self, commands: Commands) -> None:
        """Make the commands about indexing."""
        group = self.tr("Indexing")
        commands.add(
            "indexing.pause",
            self.tr("Pause or resume indexing"),
            self.toggle_pause,
            group=group,
            keys=("Ctrl+Shift+P",),
            icon="pause",
        )
        commands.add(
            "indexing.details",
            self.tr("Details of indexing"),
            self.open_details,
            group=group,
            keys=("Ctrl+Shift+D",),
            icon="gauge",
        )
        commands.add(
            "problems.show",
            self.tr("Files and folders that could not be read"),
            self.problems_asked.emit,
            group=group,
            icon="triangle-alert",
        )

    @property
    def working(self) -> bool:
        """Whether indexing runs, as far as one knows."""
        return self._progress is not None and self._progress.phase != "idle"

    @property
    def idle(self) -> bool:
        """Whether indexing has said that it is at its end."""
        return self._progress is not None and self._progress.phase == "idle"

    @property
    def counts(self) -> tuple[int, int]:
        """How many photos are done, of how many that are known of."""
        return (self._progress.done, self._progress.total) if self._progress else (0, 0)

    @property
    def trouble(self) -> str:
        """What is wrong with the model, or ""."""
        return self._trouble

    @Slot()
    def read(self) -> None:
        """Read how the library stands, and show it."""
        sizes = self.details.isVisible()
        self._session.ask("standing", partial(_status, sizes), self._status_read, self._no_status)

    def show_failed(self, files: int, folders: int) -> None:
        """Say how many files and folders could not be read."""
        for part in (self._line, self.details):
            part.show_failed(files, folders)

    @Slot()
    def toggle_pause(self) -> None:
        """Pause indexing, or go on."""
        if self._progress is not None and self._progress.phase == "paused":
            self._session.resume()
        elif self.working:
            self._session.pause()

    @Slot()
    def open_details(self) -> None:
        """Show everything about indexing, model and device."""
        self._open_details(self._line.width())

    @Slot(int)
    def _open_details(self, x: int) -> None:
        self.details.open_above(self._line, x)
        self.read()

    # What the session tells

    @Slot(list)
    def _folders_listed(self, folders: list[FolderInfo]) -> None:
        self._folders = [info.folder.path for info in folders]

    @Slot(object)
    def _progressed(self, progress: Progress) -> None:
        before, worked, self._progress = self._progress, self.working, progress
        failed = 0 if before is None else before.failed
        where = self._folder_of(progress.current)
        self._line.show_progress(progress, where)
        self.details.show_progress(progress, where)
        self.changed.emit()
        # A short run is told by its end alone.
        if self.idle or progress.failed > failed:
            self.more_failed.emit()
        if worked and self.idle:
            self.read()
            self.ended.emit()

    def _folder_of(self, path: str) -> str:
        """The name of the watched folder that a file is in; "" where none is."""
        for folder in self._folders:
            if path.startswith(folder):
                return wording.shown(Path(folder).name or folder)
        return ""

    @Slot()
    def _folder_added(self) -> None:
        self._progressed(Progress(phase="scanning", scanning=True))

    @Slot(object)
    def _device_chosen(self, _chosen: DeviceChosen) -> None:
        self.read()

    def _status_read(self, answer: tuple[Status, str]) -> None:
        status, speed = answer
        self.known = True
        self._trouble = ""
        for part in (self._line, self.details):
            reason = core_text(status.device_reason)
            part.show_model(status.model, status.device, reason, status.coming)
        self._line.show_trouble("")
        self.details.show_trouble("", ())
        self.details.show_speed(speed)
        if status.bytes_on_disk:
            self.details.show_sizes(status.bytes_on_disk)

    def _no_status(self, error: Exception) -> None:
        self.known = True
        if not isinstance(error, ModelError):
            self._session.problem.emit(sentence(error))
            return
        self._trouble = sentence(error)
        self._line.show_trouble(self._trouble)
        self.details.show_trouble(self._trouble, _ways_out())

    # What the person wants

    @Slot(str)
    def _set_speed(self, speed: str) -> None:
        self._session.ask("changes", partial(_change_speed, speed), self._way_taken)

    @Slot(str)
    def _take_way_out(self, way: str) -> None:
        match way:
            case "starter":
                self._session.ask("changes", _use_starter, self._way_taken)
            case "retry":
                self._session.ask("changes", _watch, self._way_taken, self._no_status)
            case _:
                self.settings_asked.emit()

    def _way_taken(self, _outcome: None) -> None:
        self.read()


def _ways_out() -> list[tuple[str, str]]:
    translate = QCoreApplication.translate
    return [
        ("starter", translate("StatusFeed", "Use the starter model")),
        ("retry", translate("StatusFeed", "Try again")),
        ("settings", translate("StatusFeed", "Settings…")),
    ]


def _status(sizes: bool, library: Library) -> tuple[Status, str]:
    return library.status(sizes=sizes), library.settings.speed


def _change_speed(speed: str, library: Library) -> None:
    library.change_settings(speed=speed)


def _use_starter(library: Library) -> None:
    library.use_model("starter")
    _watch(library)


def _watch(library: Library) -> None:
    if library.writable:
        library.start_watching()
