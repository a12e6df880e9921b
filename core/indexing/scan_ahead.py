"""The scan runs ahead of the pipeline on a thread of its own, into a bounded queue."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from typing import Self

from core.indexing.jobs import FileJob, PhotoJob
from core.indexing.progress import ProgressMeter
from core.indexing.scanning import FeedItem

ITEMS = 20_000
PATIENCE_SECONDS = 0.05


class ScanAhead:
    """Draws from `feed` while entered; leaving stops it, joins the thread and raises its error.

    Far enough ahead that the total is mostly known, and no further: a scan of a million files
    waits here, and so takes no more memory than one of twenty thousand.
    """

    def __init__(self, feed: Iterator[FeedItem | PhotoJob], meter: ProgressMeter) -> None:
        self._feed = feed
        self._meter = meter
        self._found: queue.Queue[FeedItem | PhotoJob] = queue.Queue(ITEMS)
        self._ended = threading.Event()
        self._stop = threading.Event()
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._scan, name="souvenir-scan")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        if self._error is not None and failure is None:
            raise self._error

    @property
    def exhausted(self) -> bool:
        """Whether everything was found and taken."""
        return self._ended.is_set() and self._found.empty()

    def take(self) -> FeedItem | PhotoJob | None:
        """The next item, or None when there is none at the moment."""
        try:
            return self._found.get_nowait()
        except queue.Empty:
            return None

    def _scan(self) -> None:
        try:
            for item in self._feed:
                if isinstance(item, FileJob | PhotoJob):
                    self._meter.found()
                if not self._put(item):
                    break
        except Exception as error:  # raised again where the pipeline runs
            self._error = error
        finally:
            self._meter.scan_ended()
            self._ended.set()

    def _put(self, item: FeedItem | PhotoJob) -> bool:
        while not self._stop.is_set():
            try:
                self._found.put(item, timeout=PATIENCE_SECONDS)
            except queue.Full:
                continue
            return True
        return False
