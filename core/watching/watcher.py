"""Listening for changes: which directories of the watched folders must be looked at again.

Events only say where to look; what changed is for the scan to find out. The operating system's
events are used where they are to be had, and a periodic rescan where they are not. watchdog is
imported here and nowhere else.
"""

from __future__ import annotations

import logging
import math
import os
import threading
import time
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from core.watching.dirt import PendingDirt
from core.watching.ignore import IgnoreRules, ignore_rules
from core.watching.limits import (
    allow_for_deep_trees,
    count_directories,
    watch_limit,
    watches_are_exhausted,
)
from core.watching.mounts import network_filesystem
from core.watching.relative import relative_path
from core.watching.root import root_now
from core.watching.unreadable import can_be_read

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from watchdog.events import FileSystemEvent, FileSystemEventHandler
    from watchdog.observers.api import BaseObserver, ObservedWatch

    from core.catalog.folders import Folder

log = logging.getLogger(__name__)

Mode = Literal["native", "polling"]

# A stream of events that never pauses is handed on at least this often, in seconds.
_PATIENCE = 1.0
# This share of a user's inotify watches is left to other programs.
_SHARE_LEFT = 0.5
# Within this time watchdog watches a tree anew after the kernel dropped events.
_AFTER_OVERFLOW = 30.0
# How long close() waits for a thread that hangs on a dead network share.
_JOIN_SECONDS = 10.0


@dataclass(frozen=True)
class DirtyDirectories:
    """Directories to scan again: {"a/b": with everything below it?}; None: the whole folder."""

    folder_id: int
    directories: Mapping[str, bool] | None


@dataclass
class _Watched:
    """One watched folder and how it is watched now."""

    folder: Folder
    rules: IgnoreRules
    real_root: str
    root: tuple[str, str | None] | None = None
    mode: Mode = "polling"
    reason: str | None = None
    handle: ObservedWatch | None = None
    directories: int = 0
    next_poll: float = math.inf
    unread: frozenset[str] = frozenset()  # directories that could not be read
    next_look: float = math.inf  # whether they can be by now
    listen_again: bool = False


class Watcher:
    """Watches folders and calls `on_dirty`, on a thread of its own, with what must be scanned.

    `ignore` holds patterns and absolute paths as in ignore_rules: what happens there is not told.
    A burst is told once it has been quiet for `debounce` seconds, at the latest after one second.
    Folders without events are told whole every `poll_seconds`, with `polling` all of them; a root
    that goes, comes back or is exchanged is noticed within `root_seconds` and told whole, too.
    """

    def __init__(
        self,
        on_dirty: Callable[[DirtyDirectories], None],
        *,
        ignore: Sequence[str] = (),
        polling: bool = False,
        debounce: float = 0.3,
        poll_seconds: float = 60.0,
        root_seconds: float = 2.0,
    ) -> None:
        self._on_dirty = on_dirty
        self._ignore = tuple(ignore)
        self._polling = polling
        self._poll_seconds = poll_seconds
        self._root_seconds = root_seconds
        self._pending = PendingDirt(debounce, _PATIENCE)
        self._watched: dict[int, _Watched] = {}
        self._closed = False
        # The condition guards the fields above. watchdog calls back while it holds its own lock,
        # so the observer is only touched under the set-up lock, never under the condition.
        self._changed = threading.Condition()
        self._setup = threading.Lock()
        self._observer: BaseObserver | None = None
        self._overflow = _OverflowListener(self._lost_events)
        self._threads = (
            threading.Thread(target=self._hand_on, name="souvenir-watch-dirt", daemon=True),
            threading.Thread(target=self._mind_roots, name="souvenir-watch-roots", daemon=True),
        )
        for thread in self._threads:
            thread.start()

    def watch(self, folder: Folder) -> None:
        """Follow `folder` from now on; everything that happens after this returns is told."""
        with self._setup:
            self._forget(folder.id)
            watched = _Watched(
                folder, ignore_rules(folder.path, self._ignore), os.path.realpath(folder.path)
            )
            self._start(watched)
            with self._changed:
                self._watched[folder.id] = watched

    def unwatch(self, folder_id: int) -> None:
        """Stop following a folder; what is pending about it is dropped."""
        with self._setup:
            self._forget(folder_id)

    def mode(self, folder_id: int) -> Mode | None:
        """How a folder is followed: by the system's events, or by looking every now and then.

        None where it is not followed (yet).
        """
        with self._changed:
            watched = self._watched.get(folder_id)
            return None if watched is None else watched.mode

    def reason(self, folder_id: int) -> str | None:
        """Why a folder is polled, in one sentence; None when it is followed by events, or not."""
        with self._changed:
            watched = self._watched.get(folder_id)
            return None if watched is None else watched.reason

    def cannot_read(self, directories: Collection[str]) -> None:
        """Tell once one of these can be read again; absolute paths, all that cannot be read now.

        Those that are not among them any more are followed by events from now on, where any are.
        """
        due = time.monotonic() + self._poll_seconds
        with self._changed:
            for watched in self._watched.values():
                places = (relative_path(path, watched.folder.path) for path in directories)
                unread = frozenset(place for place in places if place)
                # The system gives no events from inside a directory that could not be read.
                watched.listen_again |= bool(watched.unread - unread)
                watched.next_look = min(watched.next_look, due) if unread else math.inf
                watched.unread = unread

    def close(self) -> None:
        """Stop following everything and wait for the threads to end."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(_JOIN_SECONDS)
        with self._setup:
            self._overflow.close()
            if self._observer is not None:
                self._observer.stop()
                self._observer.join()
                self._observer = None

    # Setting a folder up, under the set-up lock.

    def _start(self, watched: _Watched) -> None:
        """Follow a folder in the best way there is, and note why when that is polling."""
        watched.root = root_now(watched.folder.path)
        watched.real_root = os.path.realpath(watched.folder.path)
        watched.directories = 0
        reason = self._why_not_native(watched)
        if reason is None:
            try:
                watched.handle = self._listen(watched)
            except OSError as error:
                reason = f"The system gives no events for this folder ({error.strerror or error})."
            except RecursionError:
                reason = "Its directories are nested too deep to be followed live."
        if reason is None and watches_are_exhausted():
            # watchdog is silent about directories below the root that it could not watch.
            reason = _EXHAUSTED
        watched.mode, watched.reason, watched.next_poll = "native", None, math.inf
        if reason is not None:
            self._poll(watched, reason)

    def _poll(self, watched: _Watched, reason: str) -> None:
        watched.mode = "polling"
        watched.reason = f"{reason} It is looked through every {self._poll_seconds:g} seconds."
        watched.next_poll = time.monotonic() + self._poll_seconds
        log.info("%s: %s", watched.folder.path, watched.reason)

    def _why_not_native(self, watched: _Watched) -> str | None:
        if watched.root is None:
            return "This folder is not there."
        if self._polling:
            return "The settings ask for it."
        kind = network_filesystem(watched.folder.path)
        if kind is not None:
            return f"This folder is on a network file system ({kind}), which sends no events."
        limit = watch_limit()
        if limit is not None:
            with self._changed:
                taken = sum(other.directories for other in self._watched.values())
            most = int(limit * (1 - _SHARE_LEFT)) - taken
            watched.directories = count_directories(watched.real_root, max(most, 0))
            if watched.directories > most:
                watched.directories = 0
                return _EXHAUSTED
        return None

    def _listen(self, watched: _Watched) -> ObservedWatch:
        from watchdog import events
        from watchdog.observers import Observer

        if self._observer is None:
            allow_for_deep_trees()
            # watchdog 7.1 warns, and goes on well, when it watches a nested new directory twice.
            warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)
            observer = Observer()
            observer.start()
            self._observer = observer
        # Leaves out that a file was opened or read: our own decoders do that.
        wanted: list[type[FileSystemEvent]] = [
            events.DirAttribEvent,
            events.DirCreatedEvent,
            events.DirDeletedEvent,
            events.DirMovedEvent,
            events.FileAttribEvent,
            events.FileClosedEvent,
            events.FileCreatedEvent,
            events.FileDeletedEvent,
            events.FileModifiedEvent,
            events.FileMovedEvent,
        ]
        handler = _handler(lambda event: self._receive(watched, event))
        return self._observer.schedule(
            handler, watched.real_root, recursive=True, event_filter=wanted
        )

    def _forget(self, folder_id: int) -> None:
        with self._changed:
            watched = self._watched.pop(folder_id, None)
            self._pending.forget(folder_id)
        if watched is not None:
            self._stop(watched)

    def _stop(self, watched: _Watched) -> None:
        handle, watched.handle = watched.handle, None
        if handle is not None and self._observer is not None:
            self._observer.unschedule(handle)

    # What watchdog's threads call.

    def _receive(self, watched: _Watched, event: FileSystemEvent) -> None:
        places = [os.fsdecode(event.src_path)]
        if event.dest_path:
            places.append(os.fsdecode(event.dest_path))
        now = time.monotonic()
        with self._changed:
            if self._watched.get(watched.folder.id, watched) is not watched:
                return
            for place in places:
                self._note(watched, place, is_directory=event.is_directory, now=now)
            self._changed.notify_all()

    def _note(self, watched: _Watched, place: str, *, is_directory: bool, now: float) -> None:
        relative = relative_path(place, watched.real_root)
        if relative is None or watched.rules.ignores_path(relative):
            return
        folder_id = watched.folder.id
        if is_directory:
            self._pending.add(folder_id, relative, recursive=True, now=now)
        if relative:
            parent = relative.rpartition("/")[0]
            self._pending.add(folder_id, parent, recursive=False, now=now)

    def _lost_events(self) -> None:
        now = time.monotonic()
        with self._changed:
            for watched in self._watched.values():
                if watched.handle is not None:
                    self._pending.add_all(watched.folder.id, now=now)
                    # Once more when watchdog has watched the whole tree anew.
                    watched.next_poll = min(watched.next_poll, now + _AFTER_OVERFLOW)
            self._changed.notify_all()

    # What the two threads do.

    def _hand_on(self) -> None:
        while True:
            with self._changed:
                if self._closed:
                    return
                now = time.monotonic()
                ready = self._pending.take(now)
                if not ready:
                    due = self._pending.next_due()
                    self._changed.wait(None if due is None else max(due - now, 0.001))
                    continue
            for folder_id, directories in ready:
                try:
                    self._on_dirty(DirtyDirectories(folder_id, directories))
                except Exception:
                    log.exception("the listener failed on folder %d", folder_id)

    def _mind_roots(self) -> None:
        """Notice what sends no events: roots that go, come or are exchanged, and polled folders."""
        pause = min(self._root_seconds, self._poll_seconds)
        while True:
            with self._changed:
                if self._changed.wait_for(lambda: self._closed, pause):
                    return
                all_watched = list(self._watched.values())
            exhausted = watches_are_exhausted()
            for watched in all_watched:
                # Outside the locks: on a dead network share this may take for ever.
                root = root_now(watched.folder.path)
                self._look_at_unread(watched)
                with self._setup:
                    self._mind_root(watched, root, exhausted=exhausted)

    def _look_at_unread(self, watched: _Watched) -> None:
        """Have directories scanned that could not be read and can be by now."""
        now = time.monotonic()
        with self._changed:
            if now < watched.next_look:
                return
            watched.next_look = now + self._poll_seconds
            unread = watched.unread
        readable = [place for place in unread if can_be_read(str(Path(watched.folder.path, place)))]
        with self._changed:
            for place in readable:
                self._pending.add(watched.folder.id, place, recursive=True, now=now)
            self._changed.notify_all()

    def _mind_root(
        self, watched: _Watched, root: tuple[str, str | None] | None, *, exhausted: bool
    ) -> None:
        folder_id = watched.folder.id
        with self._changed:
            if self._watched.get(folder_id) is not watched:
                return
        exchanged = root != watched.root
        with self._changed:
            again = watched.listen_again and watched.mode == "native"
            watched.listen_again = False
        if exchanged or again:
            self._stop(watched)
            self._start(watched)
        elif exhausted and watched.mode == "native":
            # The directories that are watched stay so; new ones are found by looking.
            self._poll(watched, _EXHAUSTED)
        now = time.monotonic()
        due = now >= watched.next_poll
        if due:
            watched.next_poll = math.inf if watched.mode == "native" else now + self._poll_seconds
        if exchanged or again or (due and root is not None):
            with self._changed:
                self._pending.add_all(folder_id, now=now)
                self._changed.notify_all()


_EXHAUSTED = (
    "There are more directories than the system lets programs watch "
    "(raise fs.inotify.max_user_watches to follow them live)."
)


def _handler(receive: Callable[[FileSystemEvent], None]) -> FileSystemEventHandler:
    from watchdog.events import FileSystemEventHandler

    class Receiver(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            receive(event)

    return Receiver()


class _OverflowListener(logging.Handler):
    """Hears that the kernel dropped events, which watchdog tells its log and nobody else."""

    def __init__(self, on_overflow: Callable[[], None]) -> None:
        super().__init__(logging.WARNING)
        self._on_overflow = on_overflow
        self._source = logging.getLogger("watchdog.observers")
        self._source.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        if "overflow" in record.getMessage().lower():
            self._on_overflow()

    def close(self) -> None:
        self._source.removeHandler(self)
        super().close()
