"""Decoders in their own processes: whatever a file does to one, the others are read."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image

from core.errors import PhotoError, SouvenirError
from core.imaging.model_input import ModelInput
from core.imaging.pool import DecodePool
from core.imaging.reading import PhotoReading, hash_file
from tests.helpers.patience import PATIENCE, until

needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
SPEC = ModelInput(64)


def make_photo(path: Path) -> Path:
    Image.linear_gradient("L").save(path)
    return path


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def _meet(place: Path, count: int) -> int:
    """This process's id, once `count` processes are here: so none of them does two of the tasks."""
    (place / str(os.getpid())).touch()
    until(lambda: len(list(place.iterdir())) >= count)
    return os.getpid()


def _pids(pool: DecodePool) -> list[int]:
    """The process ids of all workers."""
    with TemporaryDirectory() as place:
        meet = partial(_meet, Path(place), pool.workers)
        answers = [pool._submit(meet) for _ in range(pool.workers)]
        return sorted(answer.result(PATIENCE) for answer in answers)


def _wait_for_ever(begun: Path) -> None:
    begun.touch()
    time.sleep(2 * PATIENCE)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A zombie has ended; only its parent has not asked yet.
    status = Path(f"/proc/{pid}/stat")
    return (
        not status.exists()
        or status.read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    )


def all_end(pids: list[int]) -> None:
    until(lambda: not any(alive(pid) for pid in pids))


@pytest.fixture
def pool() -> Iterator[DecodePool]:
    with DecodePool(2, timeout=PATIENCE, memory_bytes=1 << 30) as made:
        yield made


def test_photos_are_read_and_hashed(pool: DecodePool, tmp_path: Path) -> None:
    photo = make_photo(tmp_path / "a.png")

    reading = pool.read(photo, SPEC, tmp_path / "thumbnails").result(PATIENCE)

    assert reading.pixels is not None
    assert reading.pixels.shape == (64, 64, 3)
    assert reading.content.content_hash == pool.hash(photo).result(PATIENCE) == hash_file(photo)
    assert len(list((tmp_path / "thumbnails").rglob("*.jpg"))) == 1


def test_a_file_that_cannot_be_read_gives_its_reason(pool: DecodePool, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_text("no photo")

    with pytest.raises(PhotoError, match="This is a text file, not a photo"):
        pool.read(tmp_path / "a.jpg", SPEC, None).result(PATIENCE)


@needs_signals
def test_a_crash_loses_that_one_file(pool: DecodePool, tmp_path: Path) -> None:
    photo = make_photo(tmp_path / "a.png")

    answers: list[Future[PhotoReading]] = []
    crashes: list[Future[None]] = []
    for _ in range(4):
        answers += [pool.read(photo, SPEC, None) for _ in range(3)]
        crashes += [pool._submit(crash), pool._submit(partial(os._exit, 3))]

    for lost in crashes:
        with pytest.raises(PhotoError, match="crashed"):
            lost.result(PATIENCE)
    assert all(answer.result(PATIENCE).content.width == 256 for answer in answers)


def test_a_hang_loses_that_one_file(tmp_path: Path) -> None:
    photo = make_photo(tmp_path / "a.png")
    with DecodePool(2, timeout=5) as pool:
        hanging = pool._submit(partial(time.sleep, PATIENCE))
        answers = [pool.read(photo, SPEC, None) for _ in range(6)]

        assert all(answer.result(PATIENCE).content.width == 256 for answer in answers)
        with pytest.raises(PhotoError, match="longer than 5 seconds"):
            hanging.result(PATIENCE)
        assert pool.read(photo, SPEC, None).result(PATIENCE).content.width == 256


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is bounded on Linux")
def test_memory_is_bounded(tmp_path: Path) -> None:
    Image.new("L", (12_000, 12_000)).save(tmp_path / "large.png")
    photo = make_photo(tmp_path / "a.png")
    with DecodePool(1, memory_bytes=100 << 20) as pool:
        with pytest.raises(PhotoError, match="more memory than decoding may use"):
            pool.read(tmp_path / "large.png", SPEC, None).result(PATIENCE)

        assert pool.read(photo, SPEC, None).result(PATIENCE).content.width == 256


@needs_signals
def test_a_killed_idle_process_is_replaced(pool: DecodePool, tmp_path: Path) -> None:
    photo = make_photo(tmp_path / "a.png")
    for pid in _pids(pool):
        os.kill(pid, signal.SIGKILL)

    answers = [pool.read(photo, SPEC, None) for _ in range(20)]

    assert all(answer.result(PATIENCE).content.width == 256 for answer in answers)


@needs_signals
def test_decoders_are_gentle_and_leave_ctrl_c_to_the_parent(pool: DecodePool) -> None:
    pids = _pids(pool)
    assert len(pids) == 2
    for pid in pids:
        assert os.getpriority(os.PRIO_PROCESS, pid) > os.getpriority(os.PRIO_PROCESS, 0)
        os.kill(pid, signal.SIGINT)

    assert _pids(pool) == pids


def test_decoders_never_load_the_model_library(pool: DecodePool, tmp_path: Path) -> None:
    pool.read(make_photo(tmp_path / "a.png"), SPEC, None).result(PATIENCE)

    assert not pool._submit(partial(_loaded, ("torch", "open_clip", "PySide6"))).result(PATIENCE)


def _loaded(names: tuple[str, ...]) -> list[str]:
    return [name for name in names if name in sys.modules]


@needs_signals
def test_close_ends_everything_at_once(tmp_path: Path) -> None:
    pool = DecodePool(2)
    pids = _pids(pool)
    begun = tmp_path / "begun"
    running = [pool._submit(partial(_wait_for_ever, begun)) for _ in range(5)]
    until(begun.exists)

    pool.close()

    all_end(pids)
    for answer in running:
        with pytest.raises(CancelledError):
            answer.result(1)
    with pytest.raises(CancelledError):
        pool.read(tmp_path / "a.png", SPEC, None).result(1)
    pool.close()


def test_a_computer_that_slept_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it sleeps the wall clock goes on, and every decoder seems to have hung."""
    times = tmp_path / "times"
    with DecodePool(1, timeout=PATIENCE) as pool:
        answer = pool._submit(partial(hang_the_first_time, times))
        until(lambda: any(task.started for task in _tasks(pool)))

        with monkeypatch.context() as patch:
            later = SimpleNamespace(time=lambda: time.time() + 1000, sleep=time.sleep)
            patch.setattr("pebble.pool.process.time", later)
            until(lambda: times.exists() and len(times.read_text()) == 2)

        assert answer.result(PATIENCE) == "done"
        assert len(times.read_text()) == 2  # stopped, and done again


def _tasks(pool: DecodePool) -> list[Any]:
    """What pebble is at."""
    assert pool._pool is not None
    return list(pool._pool._pool_manager.task_manager.tasks.values())


def hang_the_first_time(times: Path) -> str:
    with times.open("a") as file:
        file.write("x")
    if len(times.read_text()) == 1:
        time.sleep(2 * PATIENCE)
    return "done"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_what_c_libraries_print_goes_nowhere(pool: DecodePool) -> None:
    assert pool._submit(partial(os.readlink, "/proc/self/fd/2")).result(PATIENCE) == os.devnull


def test_a_cancelled_answer_stops_its_decoder(tmp_path: Path) -> None:
    photo = make_photo(tmp_path / "a.png")
    with DecodePool(1) as pool:
        hanging = pool._submit(partial(_wait_for_ever, tmp_path / "begun"))
        until((tmp_path / "begun").exists)
        hanging.cancel()

        assert pool.read(photo, SPEC, None).result(PATIENCE).content.width == 256


HANGING_PARENT = """
import os, sys, time
from functools import partial
from pathlib import Path
from core.imaging.pool import DecodePool
from tests.core.test_imaging_pool import _pids, _wait_for_ever, spin
from tests.helpers.patience import PATIENCE, until

if __name__ == "__main__":
    pool = DecodePool(2)
    pids = [*_pids(pool), pool._submit(os.getppid).result(PATIENCE)]
    begun = [Path(name) for name in sys.argv[1:]]
    running = [pool._submit(partial(do, at)) for do, at in zip((_wait_for_ever, spin), begun)]
    until(lambda: all(each.exists() for each in begun))
    print(*pids, flush=True)
    time.sleep(600)
"""


def spin(begun: Path) -> None:
    begun.touch()
    while True:
        pass


@needs_signals
def test_decoders_die_with_a_killed_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(HANGING_PARENT)
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, str(script), str(tmp_path / "waiting"), str(tmp_path / "spinning")],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(root)},
    ) as parent:
        assert parent.stdout is not None
        pids = [int(word) for word in parent.stdout.readline().split()]
        assert len(pids) == 3  # the decoders and the server they are forked from
        assert all(alive(pid) for pid in pids)
        parent.kill()

        all_end(pids)


def test_a_change_of_the_number_of_processes_loses_no_photo(
    pool: DecodePool, tmp_path: Path
) -> None:
    photos = [make_photo(tmp_path / f"{number}.png") for number in range(12)]
    pool.start()
    before = [pool.read(photo, SPEC, None) for photo in photos]
    pool.change(workers=1, niceness=15)
    after = [pool.read(photo, SPEC, None) for photo in photos]
    assert all(answer.result(PATIENCE).pixels is not None for answer in [*before, *after])
    assert len(_pids(pool)) == 1


@needs_signals
def test_decoders_that_cannot_be_started_are_told_in_a_sentence(tmp_path: Path) -> None:
    import resource

    photo = make_photo(tmp_path / "a.png")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with DecodePool(2) as starved:
        starved.read(photo, None, None).result(PATIENCE)  # what is opened once for all is open now
    with DecodePool(2) as starved:
        lowest = os.dup(0)  # the first number that is free: from there on none can be opened
        os.close(lowest)
        resource.setrlimit(resource.RLIMIT_NOFILE, (lowest, hard))
        try:
            answer = starved.read(photo, None, None)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        with pytest.raises(SouvenirError, match="cannot be started: close other programs"):
            answer.result(PATIENCE)
        assert starved.read(photo, None, None).result(PATIENCE).content.format == "PNG"
