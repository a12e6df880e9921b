"""The watcher, listening to real directories through the operating system's events."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.catalog.folders import Disk, Folder
from core.watching import disks
from core.watching import watcher as watcher_module
from core.watching.watcher import DirtyDirectories, Watcher
from tests.helpers.deep_tree import deep_tree
from tests.helpers.ordinary_person import as_ordinary_person
from tests.helpers.patience import PATIENCE, until


class Ears:
    """Collects what a watcher tells."""

    def __init__(self) -> None:
        self.told: queue.Queue[DirtyDirectories] = queue.Queue()
        self._bells = 0

    def __call__(self, dirty: DirtyDirectories) -> None:
        self.told.put(dirty)

    def wait_for(self, wanted: Callable[[DirtyDirectories], bool]) -> DirtyDirectories:
        deadline = time.monotonic() + PATIENCE
        heard: list[DirtyDirectories] = []
        while True:
            try:
                dirty = self.told.get(timeout=max(deadline - time.monotonic(), 0.01))
            except queue.Empty:
                pytest.fail(f"it was never told; heard only {heard}")
            heard.append(dirty)
            if wanted(dirty):
                return dirty

    def wait_for_directory(self, directory: str) -> None:
        self.wait_for(lambda dirty: dirty.directories is None or directory in dirty.directories)

    def wait_for_rescan(self, folder_id: int = 1) -> None:
        self.wait_for(lambda dirty: dirty == DirtyDirectories(folder_id, None))

    def told_until_now(self, root: Path, folder_id: int = 1) -> dict[str, bool]:
        """All directories that were told of since the last wait, of `root` and of nothing else.

        Events come in order: a directory is made, and once that is told, all before it was, too.
        """
        self._bells += 1
        bell = f"bell {self._bells}"
        (root / bell).mkdir()
        directories: dict[str, bool] = {}
        while bell not in directories:
            dirty = self.wait_for(lambda _: True)
            assert dirty.folder_id == folder_id
            assert dirty.directories is not None
            for directory, recursive in dirty.directories.items():
                directories[directory] = recursive or directories.get(directory, False)
        assert directories.pop(bell)
        return directories


ONLY_THE_BELL = {"": False}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "photos"
    root.mkdir()
    return root


@pytest.fixture
def ears() -> Ears:
    return Ears()


@pytest.fixture
def watcher(ears: Ears, root: Path) -> Iterator[Watcher]:
    before = set(threading.enumerate())
    watcher = Watcher(ears, ignore=[str(root / "library")], debounce=0.05, root_seconds=0.1)
    yield watcher
    watcher.close()
    assert set(threading.enumerate()) <= before


def folder(root: Path, folder_id: int = 1) -> Folder:
    return Folder(folder_id, str(root), 0.0, offline=False, identity=None)


@pytest.fixture
def native(watcher: Watcher, root: Path) -> Watcher:
    watcher.watch(folder(root))
    if watcher.mode(1) != "native":
        pytest.skip(f"needs the system's events: {watcher.reason(1)}")
    return watcher


@pytest.mark.usefixtures("native")
def test_a_new_an_edited_and_a_deleted_file_make_their_directory_dirty(
    root: Path, ears: Ears
) -> None:
    photo = root / "a.jpg"
    photo.write_bytes(b"1")
    assert ears.wait_for(lambda _: True) == DirtyDirectories(1, {"": False})
    photo.write_bytes(b"22")
    assert ears.wait_for(lambda _: True) == DirtyDirectories(1, {"": False})
    photo.unlink()
    assert ears.wait_for(lambda _: True) == DirtyDirectories(1, {"": False})


@pytest.mark.usefixtures("native")
def test_new_directories_are_followed_at_once(root: Path, ears: Ears) -> None:
    (root / "2021" / "summer").mkdir(parents=True)
    ears.wait_for_directory("2021")
    (root / "2021" / "summer" / "a.jpg").write_bytes(b"1")
    ears.wait_for_directory("2021/summer")


@pytest.mark.usefixtures("native")
def test_a_moved_directory_makes_both_places_dirty(root: Path, ears: Ears) -> None:
    (root / "a" / "deep").mkdir(parents=True)
    ears.told_until_now(root)
    (root / "a").rename(root / "b")

    dirty = ears.wait_for(lambda dirty: bool(dirty.directories and "b" in dirty.directories))

    assert dirty.directories == {"a": True, "b": True, "": False}
    (root / "b" / "deep" / "x.jpg").write_bytes(b"1")
    ears.wait_for_directory("b/deep")


@pytest.mark.usefixtures("native")
def test_a_directory_moved_out_and_in_again_is_told(root: Path, ears: Ears, tmp_path: Path) -> None:
    (root / "trip").mkdir()
    ears.told_until_now(root)
    (root / "trip").rename(tmp_path / "outside")
    ears.wait_for_directory("trip")
    (tmp_path / "outside").rename(root / "trip")
    ears.wait_for_directory("trip")


@pytest.mark.usefixtures("native")
def test_reading_a_photo_is_no_change(root: Path, ears: Ears) -> None:
    photo = root / "trip" / "a.jpg"
    (root / "trip").mkdir()
    photo.write_bytes(b"1")
    ears.told_until_now(root)

    photo.read_bytes()
    list(photo.parent.iterdir())

    assert ears.told_until_now(root) == ONLY_THE_BELL


@pytest.mark.usefixtures("native")
def test_the_library_inside_a_watched_folder_does_not_call_itself(root: Path, ears: Ears) -> None:
    (root / "library" / "thumbnails").mkdir(parents=True)
    (root / "library" / "thumbnails" / "a.jpg").write_bytes(b"1")
    (root / ".hidden").mkdir()
    (root / "trip").mkdir()
    ears.told_until_now(root)
    (root / "trip" / "half.jpg.part").write_bytes(b"1")
    (root / "library" / "thumbnails" / "b.jpg").write_bytes(b"1")

    assert ears.told_until_now(root) == ONLY_THE_BELL


@pytest.mark.usefixtures("native")
@pytest.mark.skipif(sys.platform == "win32", reason="POSIX file names")
def test_odd_names_are_told(root: Path, ears: Ears) -> None:
    odd = os.fsdecode(b"dir\xff\n")
    (root / odd).mkdir()
    ears.wait_for_directory(odd)


def test_a_root_that_is_a_link_is_followed(
    watcher: Watcher, root: Path, ears: Ears, tmp_path: Path
) -> None:
    (tmp_path / "link").symlink_to(root)
    watcher.watch(folder(tmp_path / "link"))
    if watcher.mode(1) != "native":
        pytest.skip(f"needs the system's events: {watcher.reason(1)}")
    (root / "a.jpg").write_bytes(b"1")

    assert ears.wait_for(lambda _: True) == DirtyDirectories(1, {"": False})


def test_a_root_that_goes_and_returns_is_noticed(native: Watcher, root: Path, ears: Ears) -> None:
    root.rename(root.with_name("unplugged"))
    ears.wait_for_rescan()
    assert native.mode(1) == "polling"
    assert (native.reason(1) or "").startswith("This folder is not there.")

    root.with_name("unplugged").rename(root)
    ears.wait_for_rescan()
    assert native.mode(1) == "native"
    (root / "a.jpg").write_bytes(b"1")
    ears.wait_for_directory("")


def test_a_root_exchanged_for_another_is_noticed(native: Watcher, root: Path, ears: Ears) -> None:
    root.rename(root.with_name("old"))
    root.mkdir()
    ears.wait_for_rescan()
    (root / "a.jpg").write_bytes(b"1")
    ears.wait_for_directory("")
    assert native.mode(1) == "native"


@pytest.mark.usefixtures("native")
def test_another_disk_in_the_same_place_is_noticed(
    ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root directories of two disks are alike: they may have one device number and one inode."""
    monkeypatch.setattr(disks, "_looked_at", lambda *_, **__: Disk("uuid:another"))
    assert ears.wait_for(lambda _: True) == DirtyDirectories(1, None)


def test_events_that_the_kernel_dropped_cause_a_rescan(native: Watcher, ears: Ears) -> None:
    inotify = pytest.importorskip("watchdog.observers.inotify_c")
    lost = inotify.InotifyEvent(-1, inotify.InotifyConstants.IN_Q_OVERFLOW, 0, b"")

    native._observer._inotify_fd.handle_event(lost)  # type: ignore[union-attr]

    ears.wait_for_rescan()


@pytest.mark.parametrize("kind", ["nfs4", "fuse.sshfs"])
def test_a_network_share_is_polled_and_says_why(
    kind: str, root: Path, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watcher_module, "network_filesystem", lambda _: kind)
    watcher = Watcher(ears, poll_seconds=0.1)
    try:
        watcher.watch(folder(root))
        assert watcher.mode(1) == "polling"
        assert watcher.reason(1) == (
            f"This folder is on a network file system ({kind}), which sends no events. "
            "It is looked through every 0.1 seconds."
        )
        ears.wait_for_rescan()
        ears.wait_for_rescan()
    finally:
        watcher.close()


LEVELS = 1500


def test_a_tree_of_any_depth_is_followed(watcher: Watcher, root: Path, ears: Ears) -> None:
    with deep_tree(root, LEVELS) as deepest:
        watcher.watch(folder(root))
        if watcher.mode(1) != "native":
            assert "nested" not in str(watcher.reason(1))
            pytest.skip(f"needs the system's events: {watcher.reason(1)}")
        (deepest / "a.jpg").write_bytes(b"1")
        ears.wait_for_directory("/".join(["d"] * LEVELS))
        (root / "b.jpg").write_bytes(b"1")
        ears.wait_for_directory("")


@pytest.mark.usefixtures("native")
def test_a_deep_tree_that_comes_later_does_not_end_the_watching(
    root: Path, ears: Ears, tmp_path: Path
) -> None:
    (tmp_path / "aside").mkdir()
    with deep_tree(tmp_path / "aside", LEVELS):
        (tmp_path / "aside" / "d").rename(root / "d")
        ears.wait_for_directory("d")
        (root / "a.jpg").write_bytes(b"1")
        ears.wait_for_directory("")
        deepest = Path(root, *["d"] * LEVELS)
        (deepest / "b.jpg").write_bytes(b"1")
        ears.wait_for_directory("/".join(["d"] * LEVELS))
        subprocess.run(["rm", "-rf", root / "d"], check=True)


def test_a_tree_that_is_too_deep_for_the_systems_events_is_polled_and_the_rest_is_followed(
    watcher: Watcher, root: Path, ears: Ears, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watcher_module, "allow_for_deep_trees", lambda: None)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(1000)
    other = tmp_path / "other"
    other.mkdir()
    try:
        with deep_tree(root, LEVELS):
            watcher.watch(folder(root))
            assert watcher.mode(1) == "polling"
            assert watcher.reason(1) == (
                "Its directories are nested too deep to be followed live. "
                "It is looked through every 60 seconds."
            )
        watcher.watch(folder(other, 2))
        assert watcher.mode(2) == "native"
        (other / "a.jpg").write_bytes(b"1")
        ears.wait_for(lambda dirty: dirty.folder_id == 2)
    finally:
        sys.setrecursionlimit(limit)


@pytest.mark.usefixtures("native")
def test_a_directory_that_can_be_read_again_is_told_and_followed_from_then_on(
    root: Path, ears: Ears, watcher: Watcher
) -> None:
    with as_ordinary_person():
        closed = root / "closed"
        closed.mkdir(mode=0)
        try:
            watcher.watch(folder(root))
            watcher.cannot_read([str(closed)])
            closed.chmod(0o755)
            ears.wait_for_directory("closed")  # a scan finds that it can be read
            watcher.cannot_read([])
            ears.wait_for_rescan()
            (closed / "a.jpg").write_bytes(b"1")
            ears.wait_for(lambda dirty: "closed" in (dirty.directories or {}))
        finally:
            closed.chmod(0o755)


def test_a_directory_that_could_not_be_read_is_looked_at_again_and_again(
    root: Path, ears: Ears
) -> None:
    """Not all that hinders reading tells of its end: a disk that fails, a share that is away."""
    closed = root / "closed"
    closed.mkdir()
    watcher = Watcher(ears, debounce=0.05, poll_seconds=0.1)
    try:
        watcher.watch(folder(root))
        if watcher.mode(1) != "native":
            pytest.skip(f"needs the system's events: {watcher.reason(1)}")
        watcher.cannot_read([str(closed)])
        for _ in range(2):
            assert ears.wait_for(lambda _: True) == DirtyDirectories(1, {"closed": True})
    finally:
        watcher.close()


def test_a_tree_that_would_take_most_watches_is_polled(
    watcher: Watcher, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        (root / str(number)).mkdir()
    monkeypatch.setattr(watcher_module, "watch_limit", lambda: 10)

    watcher.watch(folder(root))

    assert watcher.mode(1) == "polling"
    assert "fs.inotify.max_user_watches" in (watcher.reason(1) or "")


def test_watches_that_run_out_later_are_noticed(
    native: Watcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watcher_module, "watches_are_exhausted", lambda: True)
    until(lambda: native.mode(1) == "polling")


def test_an_unwatched_folder_is_told_no_more(
    native: Watcher, root: Path, ears: Ears, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    native.watch(folder(other, 2))
    native.unwatch(1)
    (root / "a.jpg").write_bytes(b"1")
    (other / "b.jpg").write_bytes(b"1")

    assert ears.wait_for(lambda _: True).folder_id == 2
    assert ears.told_until_now(other, 2) == ONLY_THE_BELL


def test_a_listener_that_fails_does_not_end_the_watching(root: Path) -> None:
    calls: queue.Queue[DirtyDirectories] = queue.Queue()

    def failing(dirty: DirtyDirectories) -> None:
        calls.put(dirty)
        raise RuntimeError("the listener is broken")

    watcher = Watcher(failing, debounce=0.05, poll_seconds=0.1, root_seconds=0.1)
    try:
        watcher.watch(folder(root / "not there"))
        root.joinpath("not there").mkdir()
        calls.get(timeout=PATIENCE)
        root.joinpath("not there", "a.jpg").write_bytes(b"1")
        calls.get(timeout=PATIENCE)
    finally:
        watcher.close()
