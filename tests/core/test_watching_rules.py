"""What watching decides without looking: ignore rules, kinds of disks, gathering of dirt."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from core.watching import mounts
from core.watching.dirt import PendingDirt
from core.watching.ignore import ignore_rules
from core.watching.limits import count_directories, watch_limit, watches_are_exhausted
from core.watching.mounts import Mount, holding, mount_is_absent, parse_mount_table
from core.watching.placeholder import is_placeholder
from core.watching.relative import ancestors, relative_path


def test_rules_apply_to_every_part_of_a_path(tmp_path: Path) -> None:
    rules = ignore_rules(str(tmp_path), ["*.bak", str(tmp_path / "Library")])

    assert rules.ignores_path("2021/@eaDir/x.jpg")
    assert rules.ignores_path("Library/thumbnails/x.jpg")
    assert rules.ignores_path("x.BAK")
    assert not rules.ignores_path("My Library/x.jpg")
    assert not rules.ignores_path("")


def test_the_ignored_directory_may_be_reached_by_another_name(tmp_path: Path) -> None:
    (tmp_path / "real" / "library").mkdir(parents=True)
    (tmp_path / "alias").symlink_to(tmp_path / "real")

    rules = ignore_rules(str(tmp_path / "real"), [str(tmp_path / "alias" / "library")])

    assert rules.directories == {"library"}


def test_a_directory_that_holds_the_folder_is_not_ignored(tmp_path: Path) -> None:
    rules = ignore_rules(str(tmp_path / "a"), [str(tmp_path), str(tmp_path / "a")])

    assert not rules.ignores_path("photo.jpg")


def test_relative_paths() -> None:
    root = f"{os.sep}photos"
    assert relative_path(root, root) == ""
    assert relative_path(f"{root}{os.sep}a{os.sep}b", root) == "a/b"
    assert relative_path(root + "-2", root) is None
    assert ancestors("a/b/c") == ["", "a", "a/b"]
    assert ancestors("") == []


def test_the_innermost_mount_decides() -> None:
    root, home = Mount("/", "ext4"), Mount("/home", "btrfs")
    nas, later = Mount("/home/ann/nas", "nfs4"), Mount("/home", "xfs")
    table = [root, home, nas, later]

    assert holding("/home/ann/nas/2021", table) == nas
    assert holding("/home/ann/nas-2", table) == later
    assert holding("/srv", table) == root


def test_the_mount_command_of_macos_is_understood() -> None:
    table = (
        "/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)\n"
        "//ann@nas._smb._tcp.local/my photos on /Volumes/my photos (smbfs, nodev, nosuid)\n"
        "map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)\n"
    )

    assert parse_mount_table(table) == [
        Mount("/", "apfs", "/dev/disk3s1s1"),
        Mount("/Volumes/my photos", "smbfs", "//ann@nas._smb._tcp.local/my photos"),
        Mount("/System/Volumes/Data/home", "autofs", "map auto_home"),
    ]


@pytest.mark.parametrize(
    ("kind", "network"),
    [
        ("nfs4", True),
        ("cifs", True),
        ("9p", True),
        ("fuse.sshfs", True),
        ("fuse.rclone", True),
        ("ext4", False),
        ("fuseblk", False),
        ("fuse.mergerfs", False),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks the drive")
def test_network_file_systems(
    kind: str, network: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    point = os.path.realpath(tmp_path)
    monkeypatch.setattr(mounts, "_mounts", lambda: [Mount("/", "ext4"), Mount(point, kind)])

    assert mounts.network_filesystem(str(tmp_path / "photos")) == (kind if network else None)


@pytest.mark.skipif(sys.platform != "linux", reason="the mount table of Linux")
def test_the_mount_table_of_this_computer_is_read() -> None:
    assert mounts.network_filesystem("/proc") is None
    mount = mounts.mount_of("/proc")
    assert mount is not None
    assert (mount.point, mount.kind) == ("/proc", "proc")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX mount points")
def test_where_desktops_mount_disks_a_missing_one_is_absent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert mount_is_absent("/media/ann/no such disk")
    assert mount_is_absent("/run/media/ann/no such disk")
    assert not mount_is_absent("/media/ann/no such disk/photos")
    assert not mount_is_absent(str(tmp_path / "removed"))

    monkeypatch.setattr(mounts, "_fstab_points", lambda: frozenset({str(tmp_path / "nas")}))
    assert mount_is_absent(str(tmp_path / "nas"))


def test_attributes_of_files_in_the_cloud() -> None:
    def status(**values: int) -> os.stat_result:
        return cast("os.stat_result", SimpleNamespace(**values))

    assert is_placeholder(status(st_file_attributes=0x400020))
    assert is_placeholder(status(st_flags=0x40000020))
    assert not is_placeholder(status(st_file_attributes=0x20))
    assert not is_placeholder(status())


def test_directories_are_counted_up_to_a_limit(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / str(number) / "deep").mkdir(parents=True)

    assert count_directories(str(tmp_path), 100) == 11
    assert count_directories(str(tmp_path), 3) == 4


@pytest.mark.skipif(sys.platform != "linux", reason="inotify")
def test_the_watch_limit_of_this_computer_is_read() -> None:
    limit = watch_limit()
    assert limit is not None
    assert limit > 0
    assert watches_are_exhausted() in (True, False)


def test_dirt_is_handed_on_when_it_is_quiet() -> None:
    dirt = PendingDirt(debounce=0.3, patience=1.0)
    dirt.add(1, "a", recursive=False, now=10.0)
    dirt.add(1, "b", recursive=True, now=10.2)

    assert dirt.take(10.4) == []
    assert dirt.next_due() == pytest.approx(10.5)
    assert dirt.take(10.6) == [(1, {"a": False, "b": True})]
    assert dirt.next_due() is None


def test_a_stream_that_never_pauses_is_handed_on_all_the_same() -> None:
    dirt = PendingDirt(debounce=0.3, patience=1.0)
    handed_on = []
    for tick in range(25):
        dirt.add(1, "a", recursive=False, now=tick / 10)
        handed_on += [tick / 10] * len(dirt.take(tick / 10))

    assert handed_on == [1.0, 2.1]


def test_everything_swallows_directories_and_a_parent_its_children() -> None:
    dirt = PendingDirt(debounce=0.0, patience=1.0)
    dirt.add(1, "a", recursive=True, now=0.0)
    dirt.add(1, "a/b", recursive=True, now=0.0)
    dirt.add(1, "ab", recursive=True, now=0.0)
    dirt.add(2, "x", recursive=False, now=0.0)
    dirt.add_all(2, now=0.0)
    dirt.add(2, "y", recursive=False, now=0.0)

    assert dirt.take(0.0) == [(1, {"a": True, "ab": True}), (2, None)]


def test_a_great_many_directories_become_the_whole_folder() -> None:
    dirt = PendingDirt(debounce=0.0, patience=1.0)
    for number in range(20_000):
        dirt.add(1, str(number), recursive=False, now=0.0)

    assert dirt.take(0.0) == [(1, None)]
