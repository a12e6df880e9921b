"""The follower: whatever is dirty gets scanned, one run at a time, until it is closed."""

from __future__ import annotations

import threading
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
from tests.helpers.patience import until


@dataclass
class RecordingIndexer:
    """Notes what it is asked to scan; a run takes until `gate` opens or it is cut short."""

    runs: list[list[ScanRequest]] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    error: Exception | None = None
    unsettled: tuple[ScanRequest, ...] = ()
    never_settles: bool = False
    told_to_go_on: list[bool] = field(default_factory=list)

    def run(
        self,
        requests: Sequence[ScanRequest],
        cancelled: Callable[[], bool],
        *,
        goes_on: Callable[[IndexReport], bool],
    ) -> IndexReport:
        self.runs.append(list(requests))
        while not self.gate.wait(0.01):
            if cancelled():
                return self._report(IndexReport(cancelled=True), goes_on)
        if self.error is not None:
            error, self.error = self.error, None
            raise error
        unsettled = self.unsettled
        if not self.never_settles:
            self.unsettled = ()
        return self._report(IndexReport(unsettled=unsettled), goes_on)

    def _report(self, report: IndexReport, goes_on: Callable[[IndexReport], bool]) -> IndexReport:
        self.told_to_go_on.append(goes_on(report))
        return report


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
    until(lambda: len(indexer.told_to_go_on) > 1)
    assert indexer.runs[1] == [ScanRequest(1, {"slow": False})]
    assert indexer.told_to_go_on == [True, False]  # not done before the second


def test_a_file_that_is_written_again_and_again_does_not_count_for_ever(
    follower: Follower,
    indexer: RecordingIndexer,
    folder: Folder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(following, "SETTLE_SECONDS", 0.0)
    monkeypatch.setattr(following, "SETTLE_ROUNDS", 2)
    indexer.unsettled, indexer.never_settles = (ScanRequest(1, {"": False}),), True
    follower.start([folder])
    until(lambda: len(indexer.told_to_go_on) > 3)
    assert indexer.told_to_go_on[:4] == [True, True, False, False]


def test_while_held_nothing_runs_and_the_cut_run_is_taken_up_again(
    follower: Follower, indexer: RecordingIndexer, folder: Folder
) -> None:
    indexer.gate.clear()
    follower.start([folder])
    until(lambda: indexer.runs)
    with follower.held():
        follower.look_again([ScanRequest(1, {"trip": False})])
        assert (len(indexer.runs), indexer.told_to_go_on) == (1, [True])
    indexer.gate.set()
    until(lambda: len(indexer.told_to_go_on) > 1)
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
    follower.close()  # or it would wait for the gate for ever
    assert indexer.told_to_go_on == [False]


def test_an_unfollowed_folder_is_left_alone(
    follower: Follower, indexer: RecordingIndexer, folder: Folder, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other = Folder(2, str(tmp_path / "other"), 0.0, offline=False, identity=None)
    follower.start([folder, other])
    until(lambda: indexer.runs)
    follower.unfollow(folder.id)
    (Path(folder.path) / "new.jpg").write_bytes(b"x")
    (Path(other.path) / "new.jpg").write_bytes(b"x")  # told after the first one, if that was told
    until(lambda: [ScanRequest(2, {"": False})] in indexer.runs)
    assert indexer.runs[0] == [ScanRequest(1, None), ScanRequest(2, None)]
    assert {request.folder_id for run in indexer.runs[1:] for request in run} == {2}


def test_what_waits_of_a_folder_that_is_unfollowed_ends_with_a_run_of_nothing(
    follower: Follower, indexer: RecordingIndexer, folder: Folder
) -> None:
    """The progress said that another run follows: without it "idle" would never come."""
    indexer.gate.clear()
    follower.start([folder])
    until(lambda: indexer.runs)
    follower.look_again([ScanRequest(1, {"trip": True})])
    follower.unfollow(folder.id)
    indexer.gate.set()
    until(lambda: len(indexer.told_to_go_on) > 1)
    assert indexer.runs[1] == [ScanRequest(1, {})]
    assert indexer.told_to_go_on == [True, False]
