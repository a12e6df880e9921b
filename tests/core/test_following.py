"""The follower: whatever is dirty gets scanned, one run at a time, until it is closed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from core.catalog.folders import Folder
from core.errors import CatalogueError
from core.events import Event, Events, Trouble
from core.indexing.jobs import ScanRequest
from core.indexing.report import IndexReport
from core.library import following
from core.library.following import Follower


@dataclass
class RecordingIndexer:
    """Notes what it is asked to scan; a run takes until `gate` opens or it is cut short."""

    runs: list[list[ScanRequest]] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    error: Exception | None = None
    unsettled: tuple[ScanRequest, ...] = ()

    def run(self, requests: Sequence[ScanRequest], cancelled: Callable[[], bool]) -> IndexReport:
        self.runs.append(list(requests))
        while not self.gate.wait(0.01):
            if cancelled():
                return IndexReport(cancelled=True)
        if self.error is not None:
            error, self.error = self.error, None
            raise error
        unsettled, self.unsettled = self.unsettled, ()
        return IndexReport(unsettled=unsettled)


@pytest.fixture
def indexer() -> RecordingIndexer:
    recording = RecordingIndexer()
    recording.gate.set()
    return recording


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "photos").mkdir()
    return Folder(1, str(tmp_path / "photos"), 0.0, offline=False, identity=None)


@pytest.fixture
def events() -> Events:
    return Events()


@pytest.fixture
def follower(indexer: RecordingIndexer, events: Events) -> Iterator[Follower]:
    follower = Follower(indexer, events)
    yield follower
    follower.close()


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)


def test_starting_scans_every_folder_as_a_whole(
    follower: Follower, indexer: RecordingIndexer, folder: Folder
) -> None:
    follower.start([folder])
    until(lambda: indexer.runs)
    assert indexer.runs[0] == [ScanRequest(1, None)]


def test_a_new_file_has_its_directory_scanned(
    follower: Follower, indexer: RecordingIndexer, folder: Folder
) -> None:
    follower.start([folder])
    until(lambda: indexer.runs)
    (Path(folder.path) / "new.jpg").write_bytes(b"x")
    until(lambda: len(indexer.runs) > 1)
    assert indexer.runs[1] == [ScanRequest(1, {"": False})]


def test_what_was_unsettled_is_scanned_again(
    follower: Follower, indexer: RecordingIndexer, folder: Folder
) -> None:
    indexer.unsettled = (ScanRequest(1, {"slow": False}),)
    follower.start([folder])
    until(lambda: len(indexer.runs) > 1)
    assert indexer.runs[1] == [ScanRequest(1, {"slow": False})]


def test_while_held_nothing_runs_and_the_cut_run_is_taken_up_again(
    follower: Follower, indexer: RecordingIndexer, folder: Folder
) -> None:
    indexer.gate.clear()
    follower.start([folder])
    until(lambda: indexer.runs)
    with follower.held():
        time.sleep(0.1)
        assert len(indexer.runs) == 1
    indexer.gate.set()
    until(lambda: len(indexer.runs) > 1)
    assert indexer.runs[1] == indexer.runs[0]


def test_trouble_is_told_and_tried_again(
    follower: Follower,
    indexer: RecordingIndexer,
    events: Events,
    folder: Folder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(following, "RETRY_SECONDS", 0.05)
    told: list[Event] = []
    events.subscribe(told.append)
    indexer.error = CatalogueError("The disk is full.")
    follower.start([folder])
    until(lambda: len(indexer.runs) > 1)
    assert told == [Trouble("The disk is full.")]


def test_closing_cuts_a_run_short(
    follower: Follower, indexer: RecordingIndexer, folder: Folder
) -> None:
    indexer.gate.clear()
    follower.start([folder])
    until(lambda: indexer.runs)
    started = time.monotonic()
    follower.close()
    assert time.monotonic() - started < 5


def test_an_unfollowed_folder_is_left_alone(
    follower: Follower, indexer: RecordingIndexer, folder: Folder
) -> None:
    follower.start([folder])
    until(lambda: indexer.runs)
    follower.unfollow(folder.id)
    (Path(folder.path) / "new.jpg").write_bytes(b"x")
    time.sleep(0.8)
    assert len(indexer.runs) == 1
