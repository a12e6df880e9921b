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
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image

from core.errors import PhotoError, SouvenirError
from core.imaging.allowance import ask_for
from core.imaging.budget import LARGE_BYTES, MemoryBudget
from core.imaging.free_memory import Memory
from core.imaging.model_input import ModelInput
from core.imaging.pool import DecodePool
from core.imaging.reading import PhotoReading, damage_explained, hash_file
from core.imaging.waiting import WaitingRoom
from tests.helpers.patience import PATIENCE, until

needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
needs_linux = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="memory is bounded on Linux"
)
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
    with DecodePool(2, timeout=PATIENCE) as made:
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


def budget_of(megabytes: int) -> MemoryBudget:
    """What there is on a computer with so much memory for decoding, all of it free."""
    return MemoryBudget(lambda: Memory(int((megabytes << 20) / 0.9) + 1, megabytes << 20))


def test_a_photo_that_needs_more_than_there_can_be_is_told_and_the_others_are_read(
    tmp_path: Path,
) -> None:
    Image.new("RGB", (8_000, 8_000)).save(tmp_path / "large.png", compress_level=1)
    photo = make_photo(tmp_path / "a.png")
    with DecodePool(1, budget=budget_of(200)) as pool:
        with pytest.raises(PhotoError, match=r"takes about 0\.3 GB .* never be more than 0\.2 GB"):
            pool.read(tmp_path / "large.png", SPEC, None).result(PATIENCE)

        assert pool.read(photo, SPEC, None).result(PATIENCE).content.width == 256


def take(amount: int) -> int:
    """What a decoder does with a photo of which it needs to hold so many bytes."""
    ask_for(amount)
    return len(bytearray(amount))


@needs_linux
def test_what_does_not_ask_runs_out_and_is_tried_alone_with_more() -> None:
    with DecodePool(1) as pool:
        assert pool.run(partial(run_out, 900 << 20)).result(PATIENCE) == 900 << 20
    with (
        DecodePool(1, budget=budget_of(200)) as pool,
        pytest.raises(PhotoError, match="more memory than decoding may use"),
    ):
        pool.run(partial(run_out, 3 << 30)).result(PATIENCE)


def run_out(amount: int) -> int:
    with damage_explained(Path("a.jpg")):
        return len(bytearray(amount))


def note(place: Path, amount: int) -> tuple[float, float]:
    """Take memory; returns from when to when, on a clock that all processes share."""
    ask_for(amount)
    begun = time.monotonic()
    until(lambda: len(list(place.iterdir())) > 0)
    return begun, time.monotonic()


def test_large_photos_are_read_one_at_a_time_and_small_ones_pass_them(tmp_path: Path) -> None:
    (tmp_path / "begun").mkdir()
    photo = make_photo(tmp_path / "a.png")
    with DecodePool(3) as pool:
        large = [pool.run(partial(note, tmp_path / "begun", LARGE_BYTES + 1)) for _ in range(3)]
        small = [pool.read(photo, SPEC, None) for _ in range(6)]
        assert all(answer.result(PATIENCE).content.width == 256 for answer in small)
        until(lambda: pool.waiting == 2)
        assert not any(answer.done() for answer in large), "small ones went by"
        (tmp_path / "begun" / "go").touch()
        times = sorted(answer.result(PATIENCE) for answer in large)
    assert all(ended <= begun for (_, ended), (begun, _) in pairwise(times))


def test_what_does_not_fit_now_waits_until_it_does(tmp_path: Path) -> None:
    free = [100 << 20]
    budget = MemoryBudget(lambda: Memory(free[0], 8 << 30))
    photo = make_photo(tmp_path / "a.png")
    with DecodePool(2, budget=budget) as pool:
        waits = pool.run(partial(take, 400 << 20))
        assert pool.read(photo, SPEC, None).result(PATIENCE).content.width == 256
        until(lambda: pool.waiting == 1)
        assert not waits.done()
        free[0] = 4 << 30
        assert waits.result(PATIENCE) == 400 << 20


def test_what_nobody_makes_room_for_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.imaging.pool.WaitingRoom", partial(WaitingRoom, patience=0.3))
    budget = MemoryBudget(lambda: Memory(1000 << 20, 8 << 30))
    with (
        DecodePool(2, budget=budget) as pool,
        pytest.raises(PhotoError, match=r"takes about 2\.1 GB .* only 0\.5 GB are free: close"),
    ):
        pool.run(partial(take, 2 << 30)).result(PATIENCE)


def test_pools_share_one_budget(tmp_path: Path) -> None:
    budget, here = MemoryBudget(), tmp_path / "here"
    here.mkdir()
    with DecodePool(1, budget=budget) as first, DecodePool(1, budget=budget) as second:
        begun = first.run(partial(note, here, LARGE_BYTES + 1))
        until(lambda: any(need.bytes > LARGE_BYTES for need in first._share.needs))
        other = second.run(partial(note, here, LARGE_BYTES + 1))
        until(lambda: second.waiting == 1)
        (here / "go").touch()
        assert other.result(PATIENCE) >= begun.result(PATIENCE)


def test_a_photo_that_a_person_waits_for_goes_before_those_of_the_index(tmp_path: Path) -> None:
    budget, here = MemoryBudget(), tmp_path / "here"
    here.mkdir()
    large = partial(note, here, LARGE_BYTES + 1)
    with DecodePool(2, budget=budget) as index, DecodePool(1, budget=budget, ahead=True) as viewer:
        first = index.run(large)
        until(lambda: any(need.bytes > LARGE_BYTES for need in index._share.needs))
        others = [index.run(large) for _ in range(3)]
        until(lambda: index.waiting == 3)
        looked_at = viewer.run(large)
        until(lambda: viewer.waiting == 1)
        (here / "go").touch()
        begun, ended = looked_at.result(PATIENCE)
        assert begun >= first.result(PATIENCE)[1]
        assert all(other.result(PATIENCE)[0] >= ended for other in others)


def test_waiting_ends_with_the_pool_and_with_who_waits() -> None:
    budget = MemoryBudget(lambda: Memory(100 << 20, 8 << 30))
    with DecodePool(1, budget=budget) as pool:
        unwanted, waits = (pool.run(partial(take, 1 << 30)) for _ in range(2))
        until(lambda: pool.waiting == 2)
        unwanted.cancel()
        until(lambda: pool.waiting == 1)
    with pytest.raises(CancelledError):
        waits.result(1)


@needs_signals
def test_a_decoder_that_the_system_kills_is_tried_again_alone(tmp_path: Path) -> None:
    photo = make_photo(tmp_path / "a.png")
    with DecodePool(2) as pool:
        others = [pool.read(photo, SPEC, None) for _ in range(4)]
        answer = pool.run(partial(killed_the_first_time, tmp_path / "times"))
        others += [pool.read(photo, SPEC, None) for _ in range(4)]
        assert answer.result(PATIENCE) == "done"
        assert all(each.result(PATIENCE).content.width == 256 for each in others)
        with pytest.raises(PhotoError, match="The system ended the decoder of this file"):
            pool.run(kill).result(PATIENCE)


def killed_the_first_time(times: Path) -> str:
    with times.open("a") as file:
        file.write("x")
    if len(times.read_text()) == 1:
        kill()
    return "done"


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


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
