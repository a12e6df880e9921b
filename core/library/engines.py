"""The settings of an open library, and the engine that goes by them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager

from core.embedding.models import find_model
from core.events import Events, ModelChanged, SettingsChanged
from core.library.engine import Engine
from core.library.opening import Opened
from core.paths import default_model_cache
from core.settings import Settings, changed_settings, differing, save_settings


class Engines:
    """The engine that answers: made at first need, and anew for another model or device.

    `model` and `device` stand for the settings until these are changed. Safe from any thread.
    """

    def __init__(
        self, opened: Opened, events: Events, *, model: str | None, device: str | None
    ) -> None:
        self.settings = opened.settings
        self._opened = opened
        self._events = events
        self._model = model or self.settings.model
        self._device = device or self.settings.device
        self._engine: Engine | None = None
        self._lock = threading.RLock()
        self._changing = threading.Lock()

    @property
    def current(self) -> Engine:
        """The engine. Raises ModelError when its model is not installed."""
        with self._lock:
            if self._engine is None:
                self._engine = Engine(
                    self._opened.catalogue,
                    self._opened.paths,
                    find_model(self._model, default_model_cache()),
                    self.settings,
                    self._events,
                    device=self._device,
                )
            return self._engine

    @property
    def paused(self) -> bool:
        """Whether indexing is paused."""
        engine = self._engine  # another thread may just be replacing it
        return engine is not None and engine.indexer.paused

    def forget(self, photo_ids: Sequence[int]) -> None:
        """Photos went without indexing having seen it."""
        with self._lock:
            if self._engine is not None:
                self._engine.forget(photo_ids)

    def close(self) -> None:
        """End the engine, if there is one. No run may be under way."""
        with self._lock:
            if self._engine is not None:
                self._engine.close()
                self._engine = None

    def change(
        self,
        changes: Mapping[str, object],
        not_following: Callable[[], AbstractContextManager[None]],
    ) -> Settings:
        """Validate, keep and follow other settings; see Library.change_settings.

        `not_following` is entered where the folders cannot be followed meanwhile.
        """
        with self._changing:
            chosen = changed_settings(self.settings, changes)
            changed = set(differing(self.settings, chosen))
            if "model" in changes:
                find_model(chosen.model, default_model_cache())
            save_settings(self._opened.paths.settings, chosen)
            self.settings = chosen
            if {"model", "device"} & changes.keys():
                with not_following(), self._lock:
                    self._start_anew(changes)
            elif {"ignore", "polling"} & changed:
                with not_following():
                    self._tell()
            else:
                self._tell()
        if "model" in changes:
            self._events.emit(ModelChanged(chosen.model))
        self._events.emit(SettingsChanged())
        return chosen

    def _start_anew(self, changes: Mapping[str, object]) -> None:
        """Go on with another model or device; paused if it was."""
        paused = self.paused
        self.close()
        if "model" in changes:
            self._model = self.settings.model
        if "device" in changes:
            self._device = self.settings.device
        if paused:
            self.current.indexer.pause()

    def _tell(self) -> None:
        with self._lock:
            if self._engine is not None:
                self._engine.change_settings(self.settings)
