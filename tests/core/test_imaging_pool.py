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
from types import SimpleNamespace

import pytest
from PIL import Image

from core.errors import PhotoError, SouvenirError
from core.imaging.model_input import ModelInput
from core.imaging.pool import DecodePool
from core.imaging.reading import PhotoReading, hash_file

needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
SPEC = ModelInput(64)


def make_photo(path: Path) -> Path:
    Image.linear_gradient("L").save(path)
    return path


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def _slow_pid(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def _pids(pool: DecodePool) -> list[int]:
    """The process ids of all workers, each kept busy for long enough to give every one a turn."""
    answers = [pool._submit(partial(_slow_pid, 0.3)) for _ in range(2 * pool.workers)]
    return sorted({answer.result(20) for answer in answers})


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


def all_end(pids: list[int], within: float = 10) -> bool:
    deadline = time.monotonic() + within
    while any(alive(pid) for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture
def pool() -> Iterator[DecodePool]:
    with DecodePool(2, timeout=20, memory_bytes=1 << 30) as made:
        yield made


def test_photos_are_read_and_hashed(pool: DecodePool, tmp_path: Path) -> None:
    photo = make_photo(tmp_path / "a.png")

    reading = pool.read(photo, SPEC, tmp_path / "thumbnails").result(20)

    assert reading.pixels is not None
    assert reading.pixels.shape == (64, 64, 3)
    assert reading.content.content_hash == pool.hash(photo).result(20) == hash_file(photo)
    assert len(list((tmp_path / "thumbnails").rglob("*.jpg"))) == 1


def test_a_file_that_cannot_be_read_gives_its_reason(pool: DecodePool, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_text("no photo")

    with pytest.raises(PhotoError, match="This is a text file, not a photo"):
        pool.read(tmp_path / "a.jpg", SPEC, None).result(20)


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
            lost.result(30)
    assert all(answer.result(30).content.width == 256 for answer in answers)


def test_a_hang_loses_that_one_file(tmp_path: Path) -> None:
    photo = make_photo(tmp_path / "a.png")
    with DecodePool(2, timeout=1) as pool:
        hanging = pool._submit(partial(time.sleep, 60))
        answers = [pool.read(photo, SPEC, None) for _ in range(6)]

        assert all(answer.result(20).content.width == 256 for answer in answers)
        with pytest.raises(PhotoError, match="longer than 1 seconds"):
            hanging.result(20)
        assert pool.read(photo, SPEC, None).result(20).content.width == 256


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is bounded on Linux")
def test_memory_is_bounded(tmp_path: Path) -> None:
    Image.new("L", (12_000, 12_000)).save(tmp_path / "large.png")
    photo = make_photo(tmp_path / "a.png")
    with DecodePool(1, memory_bytes=100 << 20) as pool:
        with pytest.raises(PhotoError, match="more memory than decoding may use"):
            pool.read(tmp_path / "large.png", SPEC, None).result(20)

        assert pool.read(photo, SPEC, None).result(20).content.width == 256


@needs_signals
def test_a_killed_idle_process_is_replaced(pool: DecodePool, tmp_path: Path) -> None:
    photo = make_photo(tmp_path / "a.png")
    for pid in _pids(pool):
        os.kill(pid, signal.SIGKILL)

    answers = [pool.read(photo, SPEC, None) for _ in range(20)]

    assert all(answer.result(30).content.width == 256 for answer in answers)


@needs_signals
def test_decoders_are_gentle_and_leave_ctrl_c_to_the_parent(pool: DecodePool) -> None:
    pids = _pids(pool)
    assert len(pids) == 2
    for pid in pids:
        assert os.getpriority(os.PRIO_PROCESS, pid) > os.getpriority(os.PRIO_PROCESS, 0)
        os.kill(pid, signal.SIGINT)

    assert _pids(pool) == pids


def test_decoders_never_load_the_model_library(pool: DecodePool, tmp_path: Path) -> None:
    pool.read(make_photo(tmp_path / "a.png"), SPEC, None).result(20)

    assert not pool._submit(partial(_loaded, ("torch", "open_clip", "PySide6"))).result(20)


def _loaded(names: tuple[str, ...]) -> list[str]:
    return [name for name in names if name in sys.modules]


@needs_signals
def test_close_ends_everything_at_once(tmp_path: Path) -> None:
    pool = DecodePool(2)
    pids = _pids(pool)
    running = [pool._submit(partial(time.sleep, 60)) for _ in range(5)]
    time.sleep(0.3)

    started = time.monotonic()
    pool.close()

    assert time.monotonic() - started < 5
    assert all_end(pids)
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
    with DecodePool(1, timeout=30) as pool:
        started = pool._submit(partial(touch_and_wait, tmp_path / "started"))
        deadline = time.monotonic() + 20
        while not (tmp_path / "started").exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(0.3)

        with monkeypatch.context() as patch:
            later = SimpleNamespace(time=lambda: time.time() + 1000, sleep=time.sleep)
            patch.setattr("pebble.pool.process.time", later)
            while len((tmp_path / "started").read_text()) < 2 and time.monotonic() < deadline:
                time.sleep(0.02)

        assert started.result(20) == "done"
        assert len((tmp_path / "started").read_text()) == 2  # stopped, and done again


def touch_and_wait(path: Path) -> str:
    with path.open("a") as file:
        file.write("x")
    time.sleep(2)
    return "done"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_what_c_libraries_print_goes_nowhere(pool: DecodePool) -> None:
    assert pool._submit(partial(os.readlink, "/proc/self/fd/2")).result(20) == os.devnull


def test_a_cancelled_answer_stops_its_decoder(tmp_path: Path) -> None:
    photo = make_photo(tmp_path / "a.png")
    with DecodePool(1) as pool:
        hanging = pool._submit(partial(time.sleep, 60))
        time.sleep(1)
        hanging.cancel()

        assert pool.read(photo, SPEC, None).result(20).content.width == 256


HANGING_PARENT = """
import os, sys, time
from functools import partial
from core.imaging.pool import DecodePool
from tests.core.test_imaging_pool import _pids, spin

if __name__ == "__main__":
    pool = DecodePool(2)
    pids = [*_pids(pool), pool._submit(os.getppid).result(20)]
    running = [pool._submit(partial(time.sleep, 600)), pool._submit(spin)]
    time.sleep(0.5)
    print(*pids, flush=True)
    time.sleep(600)
"""


def spin() -> None:
    while True:
        pass


@needs_signals
def test_decoders_die_with_a_killed_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(HANGING_PARENT)
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(root)},
    ) as parent:
        assert parent.stdout is not None
        pids = [int(word) for word in parent.stdout.readline().split()]
        assert len(pids) == 3  # the decoders and the server they are forked from
        assert all(alive(pid) for pid in pids)
        parent.kill()

        assert all_end(pids)


def test_a_change_of_the_number_of_processes_loses_no_photo(
    pool: DecodePool, tmp_path: Path
) -> None:
    photos = [make_photo(tmp_path / f"{number}.png") for number in range(12)]
    pool.start()
    before = [pool.read(photo, SPEC, None) for photo in photos]
    pool.change(workers=1, niceness=15)
    after = [pool.read(photo, SPEC, None) for photo in photos]
    assert all(answer.result(20).pixels is not None for answer in [*before, *after])
    assert len(_pids(pool)) == 1


@needs_signals
def test_decoders_that_cannot_be_started_are_told_in_a_sentence(tmp_path: Path) -> None:
    import resource

    photo = make_photo(tmp_path / "a.png")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with DecodePool(2) as starved:
        starved.read(photo, None, None).result(20)  # what is opened once for all is open now
    with DecodePool(2) as starved:
        resource.setrlimit(resource.RLIMIT_NOFILE, (len(list(Path("/dev/fd").iterdir())), hard))
        try:
            answer = starved.read(photo, None, None)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        with pytest.raises(SouvenirError, match="cannot be started: close other programs"):
            answer.result(20)
        assert starved.read(photo, None, None).result(20).content.format == "PNG"
