"""Following the folders: what the watcher calls dirty is scanned and indexed, run by run."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Protocol

from core.catalog.folders import Folder
from core.errors import SouvenirError
from core.events import Events, Trouble
from core.indexing.jobs import ScanRequest
from core.indexing.report import SETTLE_ROUNDS, SETTLE_SECONDS, IndexReport
from core.watching.watcher import DirtyDirectories, Watcher

log = logging.getLogger(__name__)

RETRY_SECONDS = 30.0


class Runs(Protocol):
    """What indexes; the Indexer, or in tests something that only notes what it is asked."""

    def run(
        self,
        requests: Sequence[ScanRequest],
        cancelled: Callable[[], bool],
        *,
        goes_on: Callable[[IndexReport], bool],
    ) -> IndexReport:
        """Scan and index what is asked for; `goes_on` says whether another run is to follow."""


Directories = Mapping[str, bool] | None


class Follower:
    """A thread that keeps the library in step with its folders until `close`.

    `ignore`: what changes may happen to without a scan, as in core.watching.ignore. `polling`: the
    folders are looked through every minute, whatever the system tells.
    """

    def __init__(
        self,
        indexer: Runs,
        events: Events,
        *,
        ignore: Sequence[str] = (),
        polling: bool = False,
    ) -> None:
        self._indexer = indexer
        self._events = events
        self._waiting: dict[int, Directories] = {}
        self._not_before = 0.0
        self._change = threading.Condition()
        self._held = 0
        self._closing = False
        self._in_run = False
        self._unsettled_runs = 0  # one after the other
        self._watcher = Watcher(self._dirty, ignore=ignore, polling=polling)
        self._thread = threading.Thread(target=self._run, name="souvenir-follow")

    @property
    def watcher(self) -> Watcher:
        """What sees the changes; tells how each folder is watched."""
        return self._watcher

    def start(self, folders: list[Folder]) -> None:
        """Reconcile and follow `folders`."""
        for folder in folders:
            self.follow(folder)
        self._thread.start()

    def follow(self, folder: Folder) -> None:
        """Scan `folder` as a whole and follow it."""
        self._watcher.watch(folder)
        self._dirty(DirtyDirectories(folder.id, None))

    def unfollow(self, folder_id: int) -> None:
        """Leave a folder alone from now on."""
        self._watcher.unwatch(folder_id)
        with self._change:
            if folder_id in self._waiting:
                self._waiting[folder_id] = {}  # nothing of it; the run that ends in "idle" is due

    def look_again(self, requests: Sequence[ScanRequest]) -> None:
        """Scan these directories at once, or after the run that is under way."""
        with self._change:
            for request in requests:
                self._wait_for_scan(request.folder_id, request.directories)
            self._not_before = 0.0
            self._change.notify_all()

    @contextmanager
    def held(self) -> Iterator[None]:
        """While inside, no run is under way; one that was is cut short and taken up again after."""
        with self._change:
            self._held += 1
            self._change.wait_for(lambda: not self._in_run)
        try:
            yield
        finally:
            with self._change:
                self._held -= 1
                self._change.notify_all()

    def close(self) -> None:
        """Stop watching, cut a run short, join the thread."""
        self._watcher.close()
        with self._change:
            self._closing = True
            self._change.notify_all()
        if self._thread.ident is not None:
            self._thread.join()

    def _dirty(self, dirty: DirtyDirectories) -> None:
        with self._change:
            self._wait_for_scan(dirty.folder_id, dirty.directories)
            self._change.notify_all()

    def _wait_for_scan(self, folder_id: int, directories: Directories) -> None:
        """Add to what waits; the whole folder takes in any part of it."""
        if directories is None or self._waiting.get(folder_id, directories) is None:
            self._waiting[folder_id] = None
            return
        merged = dict(self._waiting.get(folder_id) or {})
        for directory, recursive in directories.items():
            merged[directory] = recursive or merged.get(directory, False)
        self._waiting[folder_id] = merged

    def _goes_on(self, report: IndexReport) -> bool:
        """Whether another run follows soon: what is told must not be that all is done.

        A file that is written again and again does not count for ever.
        """
        self._unsettled_runs = self._unsettled_runs + 1 if report.unsettled else 0
        settling = 0 < self._unsettled_runs <= SETTLE_ROUNDS
        with self._change:
            return not self._closing and (report.cancelled or settling or bool(self._waiting))

    def _cut_short(self) -> bool:
        return self._closing or self._held > 0

    def _next(self) -> list[ScanRequest] | None:
        """Wait for something to scan; None: closing."""
        with self._change:
            while not self._closing:
                pause = self._not_before - time.monotonic()
                if self._waiting and self._held == 0 and pause <= 0:
                    requests = [ScanRequest(*item) for item in self._waiting.items()]
                    self._waiting = {}
                    self._in_run = True
                    return requests
                self._change.wait(pause if self._waiting and pause > 0 else None)
            return None

    def _run(self) -> None:
        while (requests := self._next()) is not None:
            again: tuple[ScanRequest, ...] = ()
            delay = 0.0
            try:
                report = self._indexer.run(requests, self._cut_short, goes_on=self._goes_on)
                self._watcher.cannot_read([each.path for each in report.unread])
                again = tuple(requests) if report.cancelled else report.unsettled
                delay = 0.0 if report.cancelled else SETTLE_SECONDS
            except SouvenirError as error:
                self._events.emit(Trouble(str(error)))
                again, delay = tuple(requests), RETRY_SECONDS
            except Exception:
                log.exception("indexing failed")
                self._events.emit(
                    Trouble("Indexing stopped because of a bug; it tries again in half a minute.")
                )
                again, delay = tuple(requests), RETRY_SECONDS
            with self._change:
                self._in_run = False
                self._not_before = time.monotonic() + delay if again else 0.0
                for request in again:
                    self._wait_for_scan(request.folder_id, request.directories)
                self._change.notify_all()
