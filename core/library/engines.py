"""The settings of an open library, and the engines that go by them.

Where another model is chosen, the one before answers until the new one has looked at all photos:
then there are two engines, one that answers and one that indexes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from core.catalog.coverage import lacks_what_other_has
from core.catalog.embeddings import find_model_id, retire_model
from core.embedding.earlier import EARLIER_STARTER, earlier_starter
from core.embedding.models import STARTER, Model, find_model
from core.errors import ModelError
from core.events import Event, Events, ModelChanged, PhotosChanged, SettingsChanged
from core.imaging.budget import MemoryBudget
from core.indexing.jobs import ScanRequest
from core.indexing.report import IndexReport
from core.library.engine import Engine
from core.library.opening import Opened
from core.paths import default_model_cache
from core.settings import Settings, changed_settings, differing, save_settings

if TYPE_CHECKING:
    from core.indexing.indexer import Indexer


@dataclass(frozen=True)
class Runs:
    """Runs of an indexer, after each of which `ended` is called with its report."""

    indexer: Indexer
    ended: Callable[[IndexReport], None]

    def run(
        self, requests: Sequence[ScanRequest], cancelled: Callable[[], bool], **options: Any
    ) -> IndexReport:
        """Index once; see Indexer.run."""
        report = self.indexer.run(requests, cancelled, **options)
        self.ended(report)
        return report

    def run_until_settled(
        self, requests: Sequence[ScanRequest], cancelled: Callable[[], bool]
    ) -> IndexReport:
        """Index until no file is being written; see Indexer.run_until_settled."""
        report = self.indexer.run_until_settled(requests, cancelled)
        self.ended(report)
        return report


class Engines:
    """The engine that answers and the one that indexes: most often the same.

    Made at first need, and anew for another model or device. `model` and `device` stand for the
    settings until these are changed. Safe from any thread.
    """

    def __init__(
        self,
        opened: Opened,
        events: Events,
        budget: MemoryBudget,
        *,
        model: str | None,
        device: str | None,
    ) -> None:
        self.settings = _answering_meanwhile(opened, model)
        self._opened = opened
        self._budget = budget
        self._events = events
        self._model, self._coming_model = self._models_at_start(model)
        self._device = device or self.settings.device
        self._engine: Engine | None = None
        self._coming: Engine | None = None
        self._over = False
        self._lock = threading.RLock()
        self._changing = threading.Lock()
        events.subscribe(self._take)

    def _models_at_start(self, model: str | None) -> tuple[str, str]:
        """Which model answers, and which one indexes to answer after that ("": no other)."""
        before = self.settings.model_until_ready
        if model is None and before and before != self.settings.model:
            with suppress(ModelError):  # it was removed meanwhile
                _found(before)
                return before, self.settings.model
        return model or self.settings.model, ""

    @property
    def current(self) -> Engine:
        """The engine.

        Raises ModelError when its model is not installed, CancelledError once all are closed.
        """
        with self._lock:
            if self._over:
                raise CancelledError
            if self._engine is None:
                self._engine = self._made(self._model)
            return self._engine

    @property
    def indexing(self) -> Engine:
        """The engine that looks at photos. Raises ModelError when its model is not installed."""
        with self._lock:
            if not self._coming_model:
                return self.current
            if self._coming is None:
                self._coming = self._made(self._coming_model)
            return self._coming

    @property
    def coming(self) -> Engine | None:
        """The engine that answers once it has looked at all photos; None: there is no other."""
        with self._lock:
            return self.indexing if self._coming_model else None

    def _made(self, model: str) -> Engine:
        return Engine(
            self._opened.catalogue,
            self._opened.paths,
            _found(model),
            self.settings,
            self._events,
            self._budget,
            device=self._device,
        )

    @property
    def paused(self) -> bool:
        """Whether indexing is paused."""
        engine = self._coming or self._engine  # another thread may just be replacing it
        return engine is not None and engine.indexer.paused

    def forget(self, photo_ids: Sequence[int]) -> None:
        """Photos went without indexing having seen it."""
        with self._lock:
            for engine in (self._engine, self._coming):
                if engine is not None:
                    engine.forget(photo_ids)

    def _take(self, event: Event) -> None:
        """The engine that indexes sees what goes; the other one has to be told."""
        if isinstance(event, PhotosChanged) and event.removed and self._coming_model:
            with self._lock:
                if self._engine is not None and self._coming_model:
                    self._engine.forget(event.removed)

    def runs(self) -> Runs:
        """What indexes with the model that is chosen, and has it answer once it is through."""
        return Runs(self.indexing.indexer, self._indexed)

    def _indexed(self, report: IndexReport) -> None:
        """A run ended: a model that was to look at all photos first answers from now on."""
        if report.cancelled or not self._coming_model:
            return
        with self._lock:
            if self._coming is None:
                return
            before, self._engine = self._engine, self._coming
            self._model, self._coming, self._coming_model = self._coming_model, None, ""
            self._keep(replace(self.settings, model_until_ready=""))
        if before is not None:
            before.close()
            if before.model.name == EARLIER_STARTER:
                # Photos of a disk that is away may still lack the present one's embedding: they are
                # not waited for at every start.
                with self._opened.catalogue.transaction() as tx:
                    retire_model(tx, before.model.key)
        self._events.emit(ModelChanged(self._model))
        self._events.emit(SettingsChanged())

    def _keep(self, settings: Settings) -> None:
        save_settings(self._opened.paths.settings, settings)
        self.settings = settings

    def close(self) -> None:
        """End the engines for good, if there are any. No run may be under way."""
        with self._lock:
            self._over = True
            self._end()

    def _end(self) -> None:
        with self._lock:
            for engine in (self._engine, self._coming):
                if engine is not None:
                    engine.close()
            self._engine = self._coming = None

    def change(
        self,
        changes: Mapping[str, object],
        not_following: Callable[[], AbstractContextManager[None]],
    ) -> Settings:
        """Validate, keep and follow other settings; see Library.change_settings.

        `not_following` is entered where the folders cannot be followed meanwhile.
        """
        with self._changing:
            with self._lock:
                chosen = changed_settings(self.settings, changes)
                if "model" in changes:
                    chosen = replace(chosen, model_until_ready=self._until_ready(chosen.model))
                changed = set(differing(self.settings, chosen))
                self._keep(chosen)
            if {"model", "device"} & changes.keys():
                with not_following(), self._lock:
                    self._start_anew(changes)
            elif {"ignore", "polling"} & changed:
                with not_following():
                    self._tell()
            else:
                self._tell()
        if "model" in changes:
            self._events.emit(ModelChanged(self._model))
        self._events.emit(SettingsChanged())
        return chosen

    def _until_ready(self, name: str) -> str:
        """The model that answers until `name` can; "" where that one can at once.

        Raises ModelError when `name` is not installed, or cannot be read.
        """
        coming = find_model(name, default_model_cache())
        if name == self._model:
            return ""
        try:
            before = _found(self._model)
        except ModelError:  # it cannot answer anyway
            return ""
        with self._opened.catalogue.reader() as connection:
            ids = [find_model_id(connection, model.key) for model in (coming, before)]
            return self._model if lacks_what_other_has(connection, *ids) else ""

    def _start_anew(self, changes: Mapping[str, object]) -> None:
        """Go on with another model or device; paused if it was."""
        paused = self.paused
        self._end()
        if "model" in changes:
            before = self.settings.model_until_ready
            self._model = before or self.settings.model
            self._coming_model = self.settings.model if before else ""
        if "device" in changes:
            self._device = self.settings.device
        if paused:
            self.indexing.indexer.pause()

    def _tell(self) -> None:
        with self._lock:
            for engine in (self._engine, self._coming):
                if engine is not None:
                    engine.change_settings(self.settings)


def _found(name: str) -> Model:
    """An installed model, or the starter of the release before. Raises ModelError."""
    earlier = earlier_starter() if name == EARLIER_STARTER else None
    return earlier or find_model(name, default_model_cache())


def _answering_meanwhile(opened: Opened, model: str | None) -> Settings:
    """The settings of a library, which the starter of an earlier release may have looked at.

    That one answers until the present starter has looked at all photos.
    """
    settings = opened.settings
    if model is not None or settings.model != STARTER or settings.model_until_ready:
        return settings
    earlier = earlier_starter()
    if earlier is None:
        return settings
    with opened.catalogue.reader() as connection:
        seen = find_model_id(connection, earlier.key)
        if seen is None:
            return settings
        present = find_model_id(connection, find_model(STARTER, default_model_cache()).key)
        if not lacks_what_other_has(connection, present, seen):
            return settings
    return replace(settings, model_until_ready=EARLIER_STARTER)
