"""The pipeline: scan → decode in parallel → commit → embed in batches → commit → vector index.

One thread, the caller's, is the conductor: it alone starts work and writes. The scan runs ahead on
a thread of its own into a bounded queue; decoders and encoder are processes. They answer into one
inbox. A photo is catalogued as soon as it is read, so that it is on screen before the encoder,
which takes seconds to load, has seen it. What photos under way hold for the encoder is bounded in
bytes, so memory does not grow with the library.
"""

from __future__ import annotations

import queue
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from core.catalog import files, photos
from core.catalog.catalogue import Catalogue
from core.catalog.changes import Changes
from core.catalog.statistics import FailedFile
from core.embedding.views import all_views, one_each
from core.errors import PhotoError
from core.events import FoldersChanged
from core.imaging.model_input import ModelInput
from core.imaging.pool import DecodePool
from core.imaging.reading import PhotoReading
from core.indexing import moves
from core.indexing.commit import Committer
from core.indexing.jobs import FileJob, Job, NotAPhoto, PhotoJob, ReadJob, ScanRequest, ToEmbed
from core.indexing.pace import Pace, Pacing
from core.indexing.progress import ProgressMeter
from core.indexing.report import Tally
from core.indexing.scan_ahead import ScanAhead
from core.indexing.scanning import (
    DirectoryState,
    FeedItem,
    FolderEvent,
    apply_folder_event,
    files_given_up,
)
from core.paths import LibraryPaths
from core.watching.changes import (
    DirectoryReadable,
    DirectoryUnreadable,
    DiskInside,
    RootOffline,
    RootOnline,
    Unsettled,
)

POLL_SECONDS = 0.05
PARTIAL_BATCH_SECONDS = 0.25
BATCHES_UNDER_WAY = 2
MODEL_INPUT_BYTES = 64 << 20
MOST_UNDER_WAY = 2048
MOST_WAITING = 2048  # photos that wait for memory, of which only their paths are held
DECODING_PER_WORKER = 8
# The first photos are on screen at once; later ones come in larger transactions, which cost less.
FIRST_STORED, MOST_STORED = 4, 64
STORE_SECONDS = 0.2


class ImageEncoder(Protocol):
    """What embeds: the worker thread, or in unit tests something quicker."""

    @property
    def batch_size(self) -> int:
        """Photos to send at a time."""

    def start(self) -> None:
        """Load the model now: photos are about to come."""

    def use_threads(self, count: int) -> None:
        """Compute on so many threads of the CPU, 0: on all."""

    def encode_images(self, batch: NDArray[np.uint8]) -> Future[NDArray[np.float32]]:
        """Normalised embeddings, float32 (n, dim), of model inputs, uint8 (n, size, size, 3)."""


@dataclass(frozen=True)
class Machinery:
    """What a run of the pipeline works with."""

    catalogue: Catalogue
    paths: LibraryPaths
    model_input: ModelInput
    pool: DecodePool
    encoder: ImageEncoder
    pacing: Pacing


@dataclass
class _Flow:
    """What is under way; touched by the conductor only."""

    under_way: int = 0
    decoding: int = 0
    read: list[ReadJob] = field(default_factory=list)
    read_since: float = 0.0
    store_at: int = FIRST_STORED
    waiting: deque[ToEmbed] = field(default_factory=deque)
    waiting_since: float = 0.0
    asked: set[Future[Any]] = field(default_factory=set)
    hashes: set[bytes] = field(default_factory=set)
    failure: Exception | None = None
    gone: list[FolderEvent] = field(default_factory=list)
    states: list[DirectoryState] = field(default_factory=list)
    unsettled: dict[int, dict[str, bool]] = field(default_factory=dict)


class Pipeline:
    """One run over a feed of work. Make one, call `run` once."""

    def __init__(
        self,
        machinery: Machinery,
        committer: Committer,
        tally: Tally,
        meter: ProgressMeter,
        roots: Mapping[int, moves.Root],
        *,
        paused: threading.Event,
        cancelled: Callable[[], bool],
    ) -> None:
        self._with = machinery
        self._committer = committer
        self._tally = tally
        self._meter = meter
        self._roots = roots
        self._paused = paused
        self._cancelled = cancelled
        self._inbox: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._draining = False
        self._flow = _Flow()
        self._pace: Pace | None = None

    def run(self, feed: Iterator[FeedItem | PhotoJob]) -> tuple[ScanRequest, ...]:
        """Work through `feed`; returns where files were still being written.

        Raises CatalogueError (disk full) at once, and at the end ModelError: photos are catalogued
        even without a model. What was committed before stays.
        """
        with ScanAhead(feed, self._meter) as scan:
            while not self._cancelled():
                self._start_what_fits(scan)
                if scan.exhausted and self._flow.under_way == 0:
                    break
                self._answer_one()
            self._drain()
        if self._flow.failure is not None:
            raise self._flow.failure
        return tuple(
            ScanRequest(folder_id, directories)
            for folder_id, directories in self._flow.unsettled.items()
        )

    def _start_what_fits(self, scan: ScanAhead) -> None:
        self._keep_pace()
        while not self._holding_back():
            waiting = self._with.pool.waiting  # those are not in the way of others
            if waiting >= MOST_WAITING or self._flow.under_way - waiting >= self._room():
                return
            if self._flow.decoding - waiting >= DECODING_PER_WORKER * self._with.pool.workers:
                return
            item = scan.take()
            if item is None:
                return
            self._start(item)

    def _room(self) -> int:
        """How many photos may be under way, by what the encoder's input of each takes."""
        fitting = MODEL_INPUT_BYTES // (3 * self._with.model_input.size**2)
        return max(3 * self._with.encoder.batch_size, min(fitting, MOST_UNDER_WAY))

    def _keep_pace(self) -> None:
        pace = self._with.pacing.now()
        if pace != self._pace:
            self._pace = pace
            self._with.pool.change(pace.workers, pace.niceness)
            self._with.encoder.use_threads(pace.threads)
            self._meter.slowed_by_battery(pace.slowed_by_battery)

    def _holding_back(self) -> bool:
        """Whether nothing new is to be begun at the moment."""
        resting = self._pace is not None and self._with.pacing.resting(self._pace)
        return resting or self._paused.is_set()

    def _start(self, item: FeedItem | PhotoJob) -> None:
        match item:
            case FileJob():
                self._flow.under_way += 1
                self._identify(item)
            case PhotoJob():
                self._flow.under_way += 1
                self._decode(item)
            case NotAPhoto(key, path, stat, reason):
                self._tally.skipped.append(FailedFile(str(path), reason, time.time()))
                self._committer.add(
                    lambda tx: files.record_unread(tx, key, stat, "skipped", reason)
                )
            case Unsettled(key, _):
                self._flow.unsettled.setdefault(key.folder_id, {})[key.directory] = False
            case DirectoryUnreadable() | DirectoryReadable():
                self._flow.states.append(item)
            case DiskInside():
                self._apply(item)
            case RootOffline() | RootOnline():
                self._apply(item)
                self._committer.flush()
                with self._with.catalogue.reader() as c:
                    self._roots = moves.roots_here(c)
                self._committer.emit(FoldersChanged())
            case _:
                # Applied last, so that a file that moved is found before its old place is given up.
                self._flow.gone.append(item)

    def _identify(self, job: FileJob) -> None:
        """Take the cheapest sure way: a move by its inode, a copy by its hash, else decode."""
        with self._with.catalogue.reader() as connection:
            moved = (
                None if job.known else moves.moved_from(connection, job.stat, job.key, self._roots)
            )
            seen = photos.has_byte_size(connection, job.stat.size)
        if moved is not None:
            self._committer.add(partial(files.move_file, file_id=moved, key=job.key, stat=job.stat))
            self._tally.moved += 1
            self._finished(job)
        elif seen:
            self._flow.decoding += 1
            self._call(self._with.pool.hash(job.path), partial(self._hashed, job))
        else:
            self._decode(job)

    def _hashed(self, job: FileJob, answer: Future[bytes]) -> None:
        self._flow.decoding -= 1
        try:
            content_hash = answer.result()
        except PhotoError as error:
            self._unreadable(job, error)
            return
        with self._with.catalogue.reader() as connection:
            photo_id = photos.photo_with_content(connection, content_hash)
            photo = None if photo_id is None else photos.get_photo(connection, photo_id)
        if photo_id is None:
            self._decode(job)
            return
        places = () if photo is None else photo.files  # none: it is only remembered
        gone = [file.id for file in places if moves.is_gone(file.path, self._roots.values())]
        if gone and not job.known:
            self._committer.add(partial(files.move_file, file_id=gone[0], key=job.key))
            self._committer.add(lambda tx: files.attach_file(tx, job.key, job.stat, photo_id))
            self._tally.moved += 1
            # Settled at once, so that a second file of the same content is not the same move.
            self._committer.flush()
        else:
            over = bool(gone)  # another file was moved over this one
            self._committer.add(lambda tx: moves.attach(tx, job, photo_id, over=over))
            # Its time changed, not its bytes.
            touched = any(file.path == str(job.path) and not file.problem for file in places)
            self._tally.updated += job.known and not touched
            self._tally.added += not job.known
        self._finished(job)

    def _decode(self, job: Job) -> None:
        if self._draining:
            return
        wanted = not isinstance(job, PhotoJob) or job.embed
        embed = wanted and self._flow.failure is None
        if isinstance(job, PhotoJob) and job.embed and not embed:
            self._finished(job)
            return
        if embed:
            self._with.encoder.start()
        self._flow.decoding += 1
        answer = self._with.pool.read(
            job.path,
            self._with.model_input if embed else None,
            self._with.paths.thumbnails,
        )
        self._call(answer, partial(self._decoded, job))

    def _decoded(self, job: Job, answer: Future[PhotoReading]) -> None:
        self._flow.decoding -= 1
        try:
            reading = answer.result()
        except PhotoError as error:
            self._unreadable(job, error)
            return
        if not self._flow.read:
            self._flow.read_since = time.monotonic()
        self._flow.read.append(ReadJob(job, reading))
        self._go_on()

    def _go_on(self) -> None:
        """Catalogue what was read and embed what was catalogued, where it is time for that."""
        if self._draining:
            return
        flow = self._flow
        now = time.monotonic()
        waited = now - flow.read_since > STORE_SECONDS
        decoding = flow.decoding > self._with.pool.waiting
        if flow.read and (waited or not decoding or len(flow.read) >= flow.store_at):
            self._store()
        while flow.waiting and not self._holding_back():
            full = len(flow.waiting) >= self._with.encoder.batch_size
            waited = now - flow.waiting_since > PARTIAL_BATCH_SECONDS
            idle = not flow.asked and (waited or not (decoding or flow.read))
            if not idle and not (full and len(flow.asked) < BATCHES_UNDER_WAY):
                break
            self._embed()

    def _store(self) -> None:
        """Catalogue what was read; each new content then waits for the encoder, once."""
        flow = self._flow
        batch, flow.read = flow.read, []
        flow.store_at = min(2 * flow.store_at, MOST_STORED)
        for read, wanted in zip(batch, self._committer.store(batch), strict=True):
            if wanted is None or wanted.content_hash in flow.hashes or flow.failure is not None:
                self._finished(read.job)
                continue
            if not flow.waiting:
                flow.waiting_since = time.monotonic()
            flow.hashes.add(wanted.content_hash)
            flow.waiting.append(wanted)

    def _embed(self) -> None:
        """Send the photos that have waited longest to the encoder."""
        flow = self._flow
        most = min(len(flow.waiting), self._with.encoder.batch_size)
        batch = [flow.waiting.popleft() for _ in range(most)]
        answer = self._with.encoder.encode_images(all_views([each.pixels for each in batch]))
        flow.asked.add(answer)
        self._call(answer, partial(self._embedded, batch))

    def _embedded(self, batch: list[ToEmbed], answer: Future[NDArray[np.float32]]) -> None:
        flow = self._flow
        flow.asked.discard(answer)
        try:
            vectors = one_each(answer.result(), [each.pixels for each in batch])
        except CancelledError:
            return  # the run is cut short; the next one embeds them
        except Exception as error:  # raised when everything is catalogued
            flow.failure = flow.failure or error
            batch += flow.waiting
            flow.waiting.clear()
        else:
            self._committer.embed(batch, vectors)
        flow.hashes.difference_update(each.content_hash for each in batch)
        flow.under_way -= len(batch)
        self._meter.finished(len(batch), current=str(batch[-1].path))
        self._go_on()

    def _unreadable(self, job: Job, error: PhotoError) -> None:
        """Set a file aside with its reason, unless it vanished or grew while it was read."""
        if isinstance(job, FileJob):
            self._set_aside(job, error)
        self._finished(job, failed=1)

    def _set_aside(self, job: FileJob, error: PhotoError) -> None:
        try:
            now = job.path.stat()
        except OSError:
            if not job.path.is_symlink():
                return
        else:
            if (now.st_size, now.st_mtime_ns) != (job.stat.size, job.stat.mtime_ns):
                directories = self._flow.unsettled.setdefault(job.key.folder_id, {})
                directories[job.key.directory] = False
                return
        self._tally.failed.append(FailedFile(str(job.path), str(error), time.time()))
        with self._with.catalogue.reader() as c:
            moved = None if job.known else moves.lost_from(c, job.stat, self._roots)
        self._committer.add(partial(moves.set_aside, job=job, error=error, moved=moved))
        if moved is not None:  # settled at once: a second file like it is not the same move
            self._committer.flush()

    def _finished(self, job: Job, *, failed: int = 0) -> None:
        self._flow.under_way -= 1
        self._meter.finished(failed=failed, current=str(job.path))

    def _call(self, answer: Future[Any], then: Callable[[Future[Any]], None]) -> None:
        """Have the conductor do `then` with `answer` once it is there."""
        answer.add_done_callback(lambda done: self._inbox.put(partial(then, done)))

    def _answer_one(self) -> None:
        self._meter.phase("paused" if self._paused.is_set() else "indexing")
        try:
            react = self._inbox.get(timeout=POLL_SECONDS)
        except queue.Empty:
            self._go_on()
            if self._flow.under_way == 0:
                self._committer.flush()
            self._meter.tick()
            return
        react()

    def _drain(self) -> None:
        """Commit what is read or in the encoder; on cancel, the rest is left for the next run."""
        self._draining = True
        for answer in tuple(self._flow.asked):
            answer.cancel()  # fails where the encoder has begun
        while self._flow.asked:
            self._inbox.get()()
        if self._flow.read:
            self._store()
        self._committer.flush()
        if not self._cancelled():
            for event in self._flow.gone:
                self._apply(event)
            self._committer.flush()
            self._committer.record(self._flow.states)

    def _apply(self, event: FolderEvent) -> None:
        def operation(tx: sqlite3.Connection) -> Changes:
            self._tally.removed += files_given_up(tx, event)
            return apply_folder_event(tx, event)

        self._committer.add(operation)
