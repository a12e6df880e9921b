"""The one adapter from core's events, which come on any thread, to Qt signals on the GUI thread."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from core.events import (
    AlbumsChanged,
    DeviceChosen,
    Event,
    Events,
    FailuresChanged,
    FoldersChanged,
    LabelsChanged,
    ModelChanged,
    PhotosChanged,
    PhotosEmbedded,
    Progress,
    SearchesChanged,
    SettingsChanged,
    TagsChanged,
    Trouble,
)

GATHER_MS = 100


@dataclass
class _Gathered:
    """Events since the last delivery, many folded into few."""

    progress: Progress | None = None
    added: set[int] = field(default_factory=set)
    updated: set[int] = field(default_factory=set)
    removed: set[int] = field(default_factory=set)
    embedded: set[int] = field(default_factory=set)
    folders: bool = False
    albums: bool = False
    searches: bool = False
    labels: bool = False
    tags: set[int] = field(default_factory=set)
    failures: bool = False
    settings: bool = False
    model: str | None = None
    device: DeviceChosen | None = None
    troubles: list[str] = field(default_factory=list)

    def take(self, event: Event) -> None:
        match event:
            case Progress():
                self.progress = event
            case TagsChanged():
                self.tags.update(event.label_ids)
            case DeviceChosen():
                self.device = event
            case ModelChanged():
                self.model = event.name
            case Trouble() if event.message not in self.troubles:
                self.troubles.append(event.message)
            case PhotosChanged() | PhotosEmbedded():
                self._take_photos(event)
            case _:
                self._take_lists(event)

    def _take_photos(self, event: PhotosChanged | PhotosEmbedded) -> None:
        match event:
            case PhotosChanged():
                self.added.update(event.added)
                self.updated.update(event.updated)
                self.removed.update(event.removed)
            case PhotosEmbedded():
                self.embedded.update(event.photo_ids)

    def _take_lists(self, event: Event) -> None:
        match event:
            case FoldersChanged():
                self.folders = True
            case AlbumsChanged():
                self.albums = True
            case SearchesChanged():
                self.searches = True
            case LabelsChanged():
                self.labels = True
            case FailuresChanged():
                self.failures = True
            case SettingsChanged():
                self.settings = True
            case _:
                pass  # a trouble that was told already


class EventBridge(QObject):
    """Core's events as signals: at most one of each kind every 100 ms, however many come."""

    progress = Signal(object)  # core.events.Progress, the latest
    photos_changed = Signal(object)  # core.events.PhotosChanged, merged
    photos_embedded = Signal(object)  # core.events.PhotosEmbedded, merged
    folders_changed = Signal()
    albums_changed = Signal()
    searches_changed = Signal()
    labels_changed = Signal()
    tags_changed = Signal(object)  # core.events.TagsChanged, merged
    failures_changed = Signal()
    settings_changed = Signal()
    model_changed = Signal(str)
    device_chosen = Signal(object)  # core.events.DeviceChosen
    trouble = Signal(str)
    _woken = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._gathered: _Gathered | None = None
        self._unsubscribe = _nothing
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(GATHER_MS)
        self._timer.timeout.connect(self.deliver)
        self._woken.connect(self._timer.start, Qt.ConnectionType.QueuedConnection)

    def listen(self, events: Events) -> None:
        """Pass on what `events` tells from now on."""
        self._unsubscribe = events.subscribe(self._take)

    @property
    def waits(self) -> bool:
        """Whether something was told that is not passed on yet."""
        with self._lock:
            return self._gathered is not None

    def close(self) -> None:
        """Pass on nothing any more."""
        self._unsubscribe()
        self._timer.stop()
        with self._lock:
            self._gathered = None

    def _take(self, event: Event) -> None:
        with self._lock:
            first = self._gathered is None
            if self._gathered is None:
                self._gathered = _Gathered()
            self._gathered.take(event)
        if first:
            self._woken.emit()

    @Slot()
    def deliver(self) -> None:
        """Emit what was gathered."""
        with self._lock:
            gathered, self._gathered = self._gathered, None
        if gathered is None:
            return
        for happened, signal in (
            (gathered.settings, self.settings_changed),
            (gathered.folders, self.folders_changed),
            (gathered.albums, self.albums_changed),
            (gathered.searches, self.searches_changed),
            (gathered.labels, self.labels_changed),
            (gathered.failures, self.failures_changed),
        ):
            if happened:
                signal.emit()
        self._deliver_facts(gathered)
        for message in gathered.troubles:
            self.trouble.emit(message)

    def _deliver_facts(self, gathered: _Gathered) -> None:
        if gathered.model is not None:
            self.model_changed.emit(gathered.model)
        if gathered.device is not None:
            self.device_chosen.emit(gathered.device)
        if gathered.added or gathered.updated or gathered.removed:
            self.photos_changed.emit(
                PhotosChanged(
                    tuple(gathered.added), tuple(gathered.updated), tuple(gathered.removed)
                )
            )
        if gathered.tags:
            self.tags_changed.emit(TagsChanged(tuple(sorted(gathered.tags))))
        if gathered.embedded:
            self.photos_embedded.emit(PhotosEmbedded(tuple(gathered.embedded)))
        if gathered.progress is not None:
            self.progress.emit(gathered.progress)


def _nothing() -> None:
    """Stand in for the end of a subscription that never began."""
