"""Indexing as a whole: scans and re-embeddings, run through the pipeline one at a time."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from core.catalog import embeddings, files, photos
from core.catalog.catalogue import Catalogue
from core.catalog.statistics import counts
from core.catalog.unread_directories import unread_directories
from core.embedding.models import Model
from core.events import Events, Phase
from core.imaging.budget import MemoryBudget
from core.imaging.pool import DecodePool
from core.imaging.thumbnails import thumbnail_is_whole
from core.indexing.commit import Committer
from core.indexing.jobs import PhotoJob, ScanRequest
from core.indexing.moves import roots_here
from core.indexing.pace import Pacing
from core.indexing.pipeline import ImageEncoder, Machinery, Pipeline
from core.indexing.progress import ProgressMeter
from core.indexing.report import SETTLE_ROUNDS, SETTLE_SECONDS, IndexReport, Tally
from core.indexing.scanning import FeedItem, scan_requests
from core.indexing.sidecars import SidecarsSeen
from core.paths import LibraryPaths
from core.vectors.index import VectorIndex

PAGE = 256


def _is_done(_: IndexReport) -> bool:
    """No other run follows."""
    return False


def _has_unsettled(report: IndexReport) -> bool:
    """Another run follows while files are still being written."""
    return bool(report.unsettled) and not report.cancelled


class Indexer:
    """Brings a library up to date. Runs one at a time; `pause` and `resume` from any thread.

    `pacing` says how many processes decode, `budget` what memory they share with others. They start
    with the first run and stay for the next ones. `ignore` may be changed between runs.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        paths: LibraryPaths,
        model: Model,
        encoder: ImageEncoder,
        index: VectorIndex,
        events: Events,
        *,
        ignore: Sequence[str] = (),
        pacing: Pacing | None = None,
        budget: MemoryBudget | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._paths = paths
        self._model = model
        self._encoder = encoder
        self._index = index
        self._events = events
        self.ignore = ignore
        self._pacing = pacing or Pacing()
        self._budget = budget or MemoryBudget()
        self._pool: DecodePool | None = None
        self._paused = threading.Event()
        self._running = threading.Lock()
        self._making = threading.Lock()

    @property
    def paused(self) -> bool:
        """Whether no new photo is started."""
        return self._paused.is_set()

    def pause(self) -> None:
        """Begin nothing until `resume`; what decoders and encoder have in hand is committed."""
        self._paused.set()

    def resume(self) -> None:
        """Go on."""
        self._paused.clear()

    def close(self) -> None:
        """Stop the decoders. Call when no run is under way."""
        if self._pool is not None:
            self._pool.close()
            self._pool = None

    def prepare(self) -> None:
        """Start decoders and encoder now: the first photos are about to come."""
        self._encoder.start()
        self._decoders().start()

    def run_until_settled(
        self, requests: Sequence[ScanRequest], cancelled: Callable[[], bool]
    ) -> IndexReport:
        """Run, and again where files were still being written, for some ten seconds."""
        report = self.run(requests, cancelled, goes_on=_has_unsettled)
        for left in reversed(range(SETTLE_ROUNDS)):
            if not report.unsettled or cancelled():
                break
            time.sleep(SETTLE_SECONDS)
            goes_on = _has_unsettled if left else _is_done
            report = report.then(self.run(report.unsettled, cancelled, goes_on=goes_on))
        with self._catalogue.reader() as connection:
            return replace(report, offline=counts(connection, None).offline)

    def run(
        self,
        requests: Sequence[ScanRequest],
        cancelled: Callable[[], bool],
        *,
        goes_on: Callable[[IndexReport], bool] = _is_done,
    ) -> IndexReport:
        """Scan what is asked for, index what is new there, embed what the model lacks.

        Blocks; progress and changes go out as events. The last progress says "idle", unless
        `goes_on` says of the report that another run is about to follow. Raises CatalogueError when
        the catalogue cannot be written and ModelError when the model cannot be used.
        """
        tally, beside = Tally(), SidecarsSeen(self._catalogue)

        def feed() -> Iterator[FeedItem]:
            found = scan_requests(
                self._catalogue, requests, ignore=self.ignore, cancelled=cancelled
            )
            return beside.without(found)

        def sidecars() -> Iterator[FeedItem | PhotoJob]:
            return beside.rest(tally.with_sidecar)

        feeds = feed, self._photos_to_embed, sidecars
        return self._pass(tally, *feeds, cancelled=cancelled, goes_on=goes_on)

    def make_thumbnails(self, cancelled: Callable[[], bool]) -> IndexReport:
        """Read every photo whose thumbnail is lost or damaged."""
        return self._pass(Tally(), self._photos_without_thumbnail, cancelled=cancelled)

    def _pass(
        self,
        tally: Tally,
        *feeds: Callable[[], Iterator[FeedItem | PhotoJob]],
        cancelled: Callable[[], bool],
        goes_on: Callable[[IndexReport], bool] = _is_done,
    ) -> IndexReport:
        """Run the pipeline over each feed in turn."""
        with self._running:
            started = time.monotonic()
            unsettled: tuple[ScanRequest, ...] = ()
            meter = ProgressMeter(self._events.emit)
            phase: Phase = "idle"
            try:
                for feed in feeds:
                    unsettled += self._pipeline(tally, meter, cancelled).run(feed())
                with self._catalogue.reader() as connection:
                    unread = unread_directories(connection)
                report = IndexReport(
                    added=tally.added,
                    updated=tally.updated,
                    moved=tally.moved,
                    removed=tally.removed,
                    embedded=tally.embedded,
                    failed=tuple(tally.failed),
                    skipped=tuple(tally.skipped),
                    seconds=time.monotonic() - started,
                    cancelled=cancelled(),
                    unsettled=unsettled,
                    unread=tuple(unread),
                )
                if goes_on(report):
                    phase = "scanning"
            finally:
                meter.phase(phase)
            return report

    def _pipeline(
        self, tally: Tally, meter: ProgressMeter, cancelled: Callable[[], bool]
    ) -> Pipeline:
        with self._catalogue.transaction() as tx:
            model_id = embeddings.model_id(tx, self._model.key, self._model.dim)
            roots = roots_here(tx)
        machinery = Machinery(
            self._catalogue,
            self._paths,
            self._model.model_input,
            self._decoders(),
            self._encoder,
            self._pacing,
        )
        committer = Committer(self._catalogue, self._index, model_id, tally, self._events.emit)
        return Pipeline(
            machinery, committer, tally, meter, roots, paused=self._paused, cancelled=cancelled
        )

    def _decoders(self) -> DecodePool:
        with self._making:
            if self._pool is None:
                pace = self._pacing.now()
                self._pool = DecodePool(pace.workers, budget=self._budget, niceness=pace.niceness)
            return self._pool

    def _photos_to_embed(self) -> Iterator[PhotoJob]:
        """Photos that the model has not seen: after a change of model, or a crash."""
        with self._catalogue.reader() as connection:
            model_id = embeddings.find_model_id(connection, self._model.key)
            if model_id is None:
                return
            last = 0
            while page := embeddings.photos_without_embedding(
                connection, model_id, after_id=last, limit=PAGE
            ):
                yield from self._jobs(connection, dict(page), embed=True)
                last = page[-1][0]

    def _photos_without_thumbnail(self) -> Iterator[PhotoJob]:
        with self._catalogue.reader() as connection:
            everything = photos.photo_ids(connection, "added", descending=False)
            for start in range(0, len(everything), PAGE):
                ids = [int(i) for i in everything[start : start + PAGE]]
                hashes = photos.content_hashes(connection, ids)
                missing = [
                    i for i in ids if not thumbnail_is_whole(self._paths.thumbnail(hashes[i]))
                ]
                for photo_id in missing:
                    self._paths.thumbnail(hashes[photo_id]).unlink(missing_ok=True)
                paths = files.paths_of(connection, missing)
                first = {i: paths[i][0] for i in missing if paths.get(i)}
                yield from self._jobs(connection, first, embed=False)

    @staticmethod
    def _jobs(
        connection: sqlite3.Connection, paths: dict[int, str], *, embed: bool
    ) -> Iterator[PhotoJob]:
        hashes = photos.content_hashes(connection, list(paths))
        for photo_id, path in paths.items():
            yield PhotoJob(photo_id, Path(path), hashes[photo_id], embed)
