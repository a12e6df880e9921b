"""What core tells the outside, as plain values to plain callbacks.

Callbacks run on the thread that emits, so they must be quick and must not raise; the window turns
them into Qt signals in one place.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

log = logging.getLogger(__name__)

Phase = Literal["idle", "scanning", "indexing", "paused", "embedding"]


@dataclass(frozen=True)
class Progress:
    """How far indexing is. `rate` is photos per second; `eta` seconds, None while unknown.

    `total` grows while the scan still finds files (`scanning` is then true). A photo is done when
    it can be found by description; it is on screen before that. `slowed_by_battery`: it goes gently
    because the computer runs on its battery.
    """

    phase: Phase = "idle"
    done: int = 0
    total: int = 0
    failed: int = 0
    rate: float = 0.0
    eta: float | None = None
    scanning: bool = False
    current: str = ""
    slowed_by_battery: bool = False


@dataclass(frozen=True)
class PhotosChanged:
    """Photo ids that came, changed (content, rating, places) or went."""

    added: tuple[int, ...] = ()
    updated: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()


@dataclass(frozen=True)
class FoldersChanged:
    """The list of folders, or whether one is offline, changed."""


@dataclass(frozen=True)
class AlbumsChanged:
    """The list of albums, or what is in one, changed."""


@dataclass(frozen=True)
class SearchesChanged:
    """The list of saved searches changed."""


@dataclass(frozen=True)
class LabelsChanged:
    """The list of labels, or what one means, changed."""


@dataclass(frozen=True)
class TagsChanged:
    """Which photos carry these labels, by id, or how well they fit, changed."""

    label_ids: tuple[int, ...]


@dataclass(frozen=True)
class FailuresChanged:
    """Files or folders that could not be read came, went, were set aside or are tried again."""


@dataclass(frozen=True)
class ModelChanged:
    """Another model answers from now on, or looks at the photos to answer once it is through.

    `name`: the one that answers.
    """

    name: str


@dataclass(frozen=True)
class PhotosEmbedded:
    """Ids of photos that can be found by description from now on."""

    photo_ids: tuple[int, ...]


@dataclass(frozen=True)
class DeviceChosen:
    """The model was loaded: `device` ("cuda", "mps" or "cpu") embeds; `reason` is a sentence."""

    device: str
    reason: str


@dataclass(frozen=True)
class SettingsChanged:
    """Some settings have other values; they hold already."""


@dataclass(frozen=True)
class Trouble:
    """Something a person should know: one sentence that says what happened and what to do."""

    message: str


Event = (
    Progress
    | PhotosChanged
    | FoldersChanged
    | AlbumsChanged
    | SearchesChanged
    | LabelsChanged
    | TagsChanged
    | FailuresChanged
    | ModelChanged
    | PhotosEmbedded
    | DeviceChosen
    | SettingsChanged
    | Trouble
)
Listener = Callable[[Event], None]


@dataclass
class Events:
    """Subscribers and how to reach them. Safe to use from any thread."""

    _listeners: list[Listener] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with every event from now on; returns what ends that."""
        with self._lock:
            self._listeners.append(listener)

        def unsubscribe() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return unsubscribe

    def emit(self, event: Event) -> None:
        """Hand `event` to every subscriber; one that raises is logged and skipped."""
        with self._lock:
            listeners = tuple(self._listeners)
        for listener in listeners:
            try:
                listener(event)
            except Exception:
                log.exception("a listener failed on %r", event)
