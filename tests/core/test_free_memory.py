"""What memory there is, within the limits of cgroups of both versions, as Linux describes them."""

from __future__ import annotations

import sys
from pathlib import Path

import psutil
import pytest

from core.imaging.budget import LARGE_BYTES, MemoryBudget, Need
from core.imaging.free_memory import Memory, memory_now

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="cgroups are Linux's")
MB = 1 << 20


def described(base: Path, kind: str, options: str, path: str, number: str) -> Path:
    """A process in a cgroup, and where the cgroups are mounted: below `base`."""
    process = base / "process"
    process.mkdir()
    (process / "cgroup").write_text(f"3:cpuset:/\n{number}:{path}\n")
    (process / "mounts").write_text(f"proc /proc proc rw 0 0\nx {base}/groups {kind} {options} 0 0")
    return process


def group(folder: Path, **files: str | int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name.replace("__", ".")).write_text(f"{content}\n")


def test_no_cgroup_means_what_the_system_has(tmp_path: Path) -> None:
    memory = memory_now(tmp_path)
    assert memory.most == psutil.virtual_memory().total
    assert 0 < memory.free <= memory.most


def test_version_2_counts_every_parent_and_not_what_can_be_taken_back(tmp_path: Path) -> None:
    process = described(tmp_path, "cgroup2", "rw", "/user/app", "0:")
    cache = "anon 1\ninactive_file 10485760\nactive_file 10485760\nslab_reclaimable 0"
    group(tmp_path / "groups" / "user", memory__max=300 * MB, memory__current=250 * MB)
    group(
        tmp_path / "groups" / "user" / "app",
        memory__max=200 * MB,
        memory__current=120 * MB,
        memory__stat=cache,
    )
    assert memory_now(process) == Memory(50 * MB, 200 * MB), "the parent has less left"
    group(tmp_path / "groups" / "user", memory__max="max")
    assert memory_now(process) == Memory(100 * MB, 200 * MB)
    group(tmp_path / "groups" / "user" / "app", memory__max="max", memory__high=150 * MB)
    assert memory_now(process) == Memory(50 * MB, 150 * MB), "above it, everything stands still"


def test_version_1_is_read_and_in_a_container_its_own_folder(tmp_path: Path) -> None:
    process = described(tmp_path, "cgroup", "rw,memory", "/only/outside", "4:memory")
    group(
        tmp_path / "groups",
        memory__limit_in_bytes=400 * MB,
        memory__usage_in_bytes=500 * MB,
        memory__stat=f"total_inactive_file {200 * MB}",
    )
    assert memory_now(process) == Memory(100 * MB, 400 * MB)
    group(tmp_path / "groups", memory__limit_in_bytes=9223372036854771712)
    assert memory_now(process).most == psutil.virtual_memory().total


# The budget that goes by it


def test_what_is_promised_to_all_pools_fits_and_ordinary_photos_always_begin() -> None:
    budget = MemoryBudget(lambda: Memory(1000 * MB, 2000 * MB))  # 200 are spared
    first, second = budget.share(2), budget.share(2)
    need = Need(300 * MB)
    assert budget.take(first, need)
    assert budget.take(second, need)
    assert not budget.take(second, need)
    budget.give_back(first, need)
    assert budget.take(second, need)
    budget.end(second)
    assert budget.idle
    none = MemoryBudget(lambda: Memory(0, 2000 * MB))
    share = none.share(4)
    assert none.take(share, Need())
    assert not none.take(share, Need())


def test_of_many_tasks_of_a_pool_only_those_count_that_can_run_at_the_same_time() -> None:
    budget = MemoryBudget(lambda: Memory(1000 * MB, 2000 * MB))
    share = budget.share(2)
    assert all(budget.take(share, Need()) for _ in range(100))
    assert share.promised() == 2 * Need().bytes


def test_what_is_to_be_alone_waits_for_all_and_lets_nobody_in() -> None:
    budget = MemoryBudget(lambda: Memory(8000 * MB, 8000 * MB))
    share, other = budget.share(4), budget.share(4)
    alone = Need(alone=True)
    assert budget.take(other, Need())
    assert not budget.take(share, alone)
    budget.give_back(other, Need())
    assert budget.take(share, alone)
    assert not budget.take(other, Need())


def test_large_ones_are_one_at_a_time_and_the_encoder_is_left_its_part() -> None:
    budget = MemoryBudget(lambda: Memory(8000 * MB, 8000 * MB))
    share, other = budget.share(4), budget.share(4)
    large = Need(LARGE_BYTES + 1)
    assert budget.take(share, large)
    assert not budget.take(other, large)
    assert not budget.lacks()
    budget.give_back(share, large)
    budget.keep("encoder", 7300 * MB)
    assert not budget.take(other, large)
    assert budget.take(other, Need())
    assert not budget.lacks()
    budget.keep("encoder", 7400 * MB)
    assert budget.lacks()
    budget.keep("encoder", 0)
    assert budget.take(other, large)


def test_what_a_person_waits_for_is_let_go_first_where_that_helps() -> None:
    budget = MemoryBudget(lambda: Memory(1000 * MB, 1000 * MB))  # 100 are spared
    index, viewer = budget.share(4), budget.share(1, ahead=True)
    usual, wanted = Need(100 * MB), Need(600 * MB)
    for _ in range(4):
        assert budget.take(index, usual)
    assert not budget.take(viewer, wanted)
    budget.wait(viewer, wanted)
    budget.give_back(index, usual)
    assert not budget.take(index, usual), "else there is never room for what is waited for"
    budget.give_back(index, usual)
    assert budget.take(viewer, wanted)
    budget.wait(viewer, None)
    assert budget.take(index, usual)


def test_what_no_task_makes_room_for_holds_nothing_up() -> None:
    budget = MemoryBudget(lambda: Memory(1000 * MB, 4000 * MB))  # others have the rest
    index, viewer = budget.share(4), budget.share(1, ahead=True)
    budget.wait(viewer, Need(2000 * MB))
    assert budget.take(index, Need(100 * MB))
