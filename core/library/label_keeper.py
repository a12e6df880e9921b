"""A thread that keeps the labels' scores up to date while a library is open for writing."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from core.catalog.catalogue import Catalogue
from core.catalog.labels import list_labels
from core.errors import SouvenirError
from core.events import (
    Event,
    Events,
    LabelsChanged,
    ModelChanged,
    PhotosEmbedded,
    TagsChanged,
    Trouble,
)
from core.library.engine import Engine
from core.library.engines import Engines
from core.tagging.scorer import Scorer
from core.tagging.temperature import temperature_of

log = logging.getLogger(__name__)


class LabelKeeper:
    """Judges photos when labels, corrections, photos or the model changed, until `close`.

    Its thread starts at first need; a library without labels has none. Safe from any thread.
    """

    def __init__(self, catalogue: Catalogue, events: Events, engines: Engines) -> None:
        self._catalogue = catalogue
        self._events = events
        self._engines = engines
        self._scorer: tuple[Engine, Scorer] | None = None
        self._making = threading.Lock()
        self._change = threading.Condition()
        self._wanted = False
        self._busy = False
        self._held = 0
        self._closing = False
        self._failure: Exception | None = None
        self._any: bool | None = None  # labels; None: not looked yet
        self._thread: threading.Thread | None = None
        self._unsubscribe = events.subscribe(self._take)

    def scorer(self) -> Scorer:
        """What judges under the model that answers. Raises ModelError when it is not there."""
        engine = self._engines.current
        with self._making:
            if self._scorer is None or self._scorer[0] is not engine:
                temperature = temperature_of(engine.model.weights)
                made = Scorer(
                    self._catalogue,
                    engine.model.key,
                    engine.prompts,
                    engine.rulers,
                    temperature,
                    engine.knows,
                )
                self._scorer = (engine, made)
            return self._scorer[1]

    def wake(self) -> None:
        """See what is to be judged, soon; nothing happens where the library is only read."""
        if self._catalogue.read_only or not self._has_labels():
            return
        with self._change:
            if self._closing:
                return
            self._wanted = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="souvenir-labels")
                self._thread.start()
            self._change.notify_all()

    @property
    def up_to_date(self) -> bool:
        """Whether nothing waits to be judged."""
        with self._change:
            return not (self._wanted or self._busy)

    def settle(self, timeout: float | None = None) -> bool:
        """Wait until nothing is left to judge; False when that took over `timeout` seconds.

        Raises what kept photos from being judged.
        """
        self.wake()
        with self._change:
            done = self._change.wait_for(
                lambda: self._closing or not (self._wanted or self._busy), timeout
            )
            if self._failure is not None:
                raise self._failure
            return done

    @contextmanager
    def still(self) -> Iterator[None]:
        """While inside, nothing is judged: the model is about to go."""
        with self._change:
            self._held += 1
            self._change.wait_for(lambda: not self._busy)
        try:
            yield
        finally:
            with self._change:
                self._held -= 1
                self._change.notify_all()

    def close(self) -> None:
        """Cut short what goes on, and end the thread. May be called twice."""
        self._unsubscribe()
        with self._change:
            self._closing = True
            self._change.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join()

    def _has_labels(self) -> bool:
        if self._any is None:
            with self._catalogue.reader() as c:
                self._any = bool(list_labels(c))
        return self._any

    def _take(self, event: Event) -> None:
        if isinstance(event, LabelsChanged):
            self._any = None
        elif not isinstance(event, PhotosEmbedded | ModelChanged | TagsChanged):
            return
        if threading.current_thread() is not self._thread:
            self.wake()

    def _cut_short(self) -> bool:
        return self._closing or self._held > 0

    def _run(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._closing or (self._wanted and self._held == 0))
                if self._closing:
                    return
                self._wanted, self._busy = False, True
            failure: Exception | None = None
            try:
                scorer = self.scorer()
                while not self._cut_short() and scorer.refresh(
                    self._cut_short, self._tell, self._tell_lines
                ):
                    pass
            except Exception as error:
                failure = error
            with self._change:
                self._busy = False
                self._wanted = self._wanted or self._held > 0
                self._failure = failure
                closing = self._closing
                self._change.notify_all()
            if failure is not None and not closing:
                self._explain(failure)

    def _explain(self, failure: Exception) -> None:
        """Tell what a person can mend; the model may have been replaced meanwhile: look again."""
        engine = None if self._scorer is None else self._scorer[0]
        try:
            replaced = engine is not None and self._engines.current is not engine
        except SouvenirError:
            replaced = False
        if replaced:
            self.wake()
        elif isinstance(failure, SouvenirError):
            self._events.emit(Trouble(str(failure)))
        else:
            log.error("judging photos for labels failed", exc_info=failure)

    def _tell_lines(self) -> None:
        self._events.emit(LabelsChanged())

    def _tell(self, label_ids: tuple[int, ...]) -> None:
        self._events.emit(TagsChanged(label_ids))
