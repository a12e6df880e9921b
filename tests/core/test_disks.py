"""Disks in one place by turns: what is on one of them is not given up for the other."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.catalog import folders
from core.catalog.folders import Disk, Folder
from core.errors import FolderError
from core.indexing.moves import is_gone, roots_here
from core.library.roots import disks_now
from core.watching import disks, mounts, scan
from core.watching.disks import disk_id, disk_of, is_another
from core.watching.mounts import Mount
from tests.core.test_indexing import Bench, bench, picture  # noqa: F401

A, B = Disk("uuid:aaaa", "Photos 2019"), Disk("uuid:bbbb", "Backup")


class Swap:
    """The watched folder is one mount point: disks are put into it by turns.

    The directory stays the same one, with the same inode, as that of every ext4 disk is 2.
    """

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.disk = A
        self.inner: dict[str, Disk] = {}
        monkeypatch.setattr(disks, "_looked_at", self._looked_at)
        monkeypatch.setattr(os.path, "ismount", lambda path: self._relative(path) in self.inner)

    def put(self, disk: Disk) -> None:
        """Take out what is in the folder, and put this disk in."""
        for source, target in (
            (self.folder, self._shelf(self.disk)),
            (self._shelf(disk), self.folder),
        ):
            for each in list(source.iterdir()):
                each.rename(target / each.name)
        self.disk = disk

    def _shelf(self, disk: Disk) -> Path:
        shelf = self.folder.parent / f"shelf {disk.id}"
        shelf.mkdir(exist_ok=True)
        return shelf

    def _relative(self, path: object) -> str:
        return os.path.relpath(str(path), self.folder)

    def _looked_at(self, path: str, *, named: bool) -> Disk:
        if not Path(path).is_dir():
            return Disk(None)
        found = self._relative(path)
        inside = [d for d in self.inner if found == d or found.startswith(d + "/")]
        disk = self.inner[max(inside)] if inside else self.disk
        return disk if named else Disk(disk.id)


@pytest.fixture
def swap(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Swap:  # noqa: F811
    return Swap(bench.folder, monkeypatch)


def folder(bench: Bench) -> Folder:  # noqa: F811
    with bench.catalogue.reader() as c:
        (found,) = folders.list_folders(c)
    return found


def state(bench: Bench) -> list[tuple[str, int, bool]]:  # noqa: F811
    """Name, rating and whether it is offline of every photo."""
    return [(Path(p.files[0].path).name, p.rating, p.offline) for p in bench.photos()]


def test_what_is_on_one_disk_stays_offline_while_another_is_in_its_place(
    bench: Bench,  # noqa: F811
    swap: Swap,
) -> None:
    # Cameras give the same names: the other photo of that name must not become this one's content.
    for number in range(3):
        picture(bench.folder / "trip" / f"IMG_{number}.png", number)
    bench.run()
    bench.rate(bench.photos()[0].id, 5)
    before = bench.photos()
    assert folder(bench).disk == A
    swap.put(B)
    for number in range(2):
        picture(bench.folder / "trip" / f"IMG_{number}.png", 10 + number)
    for _ in range(2):
        report = bench.run()
        assert (report.added, report.updated, report.removed, report.offline) == (0, 0, 0, 3)
        assert (folder(bench).offline, folder(bench).other_disk) == (True, "Backup")
        assert folder(bench).disk == A
    assert [offline for _, _, offline in state(bench)] == [True] * 3
    swap.put(A)
    report = bench.run()
    assert (report.added, report.updated, report.removed, report.offline) == (0, 0, 0, 0)
    assert bench.photos() == before
    assert bench.encoder.embedded == 3
    assert (folder(bench).offline, folder(bench).other_disk) == (False, "")


def test_a_person_says_that_it_is_the_same_folder_on_a_new_disk(
    bench: Bench,  # noqa: F811
    swap: Swap,
) -> None:
    for number in range(3):
        picture(bench.folder / f"{number}.png", number)
    bench.run()
    for photo in bench.photos():
        bench.rate(photo.id, 4)
    shelf = bench.folder.parent / "copies"
    shutil.copytree(bench.folder, shelf)  # all but the times, as a restored copy
    swap.put(B)
    shutil.copytree(shelf, bench.folder, dirs_exist_ok=True)
    (bench.folder / "2.png").unlink()
    picture(bench.folder / "new.png", 9)
    assert bench.run().offline == 3
    with bench.catalogue.transaction() as tx:
        folders.accept_disk(tx, folder(bench).id, *disks_now(folder(bench)))
    assert folder(bench).other_disk == ""
    report = bench.run()
    assert (report.added, report.updated, report.removed, report.embedded) == (1, 0, 1, 1)
    assert state(bench) == [("0.png", 4, False), ("1.png", 4, False), ("new.png", 0, False)]
    assert folder(bench).disk == B
    swap.put(A)
    bench.run()
    assert [offline for _, _, offline in state(bench)] == [True] * 3


def test_an_empty_place_is_no_new_disk(bench: Bench, swap: Swap) -> None:  # noqa: F811
    picture(bench.folder / "a.png", 1)
    bench.run()
    swap.put(B)
    bench.run()
    assert (folder(bench).offline, folder(bench).other_disk) == (True, "")
    with pytest.raises(FolderError, match=r"nothing in .* connect its disk"):
        disks_now(folder(bench))


@pytest.mark.parametrize("known", [Disk(None), Disk("fsid:1234", "sdb1")], ids=["none", "other"])
def test_a_library_from_before_learns_its_disk_only_where_its_photos_are(
    bench: Bench,  # noqa: F811
    swap: Swap,
    known: Disk,
) -> None:
    for number in range(4):
        picture(bench.folder / f"IMG_{number}.png", number)
    bench.run()
    before = bench.photos()
    with bench.catalogue.transaction() as tx:
        tx.execute("UPDATE folders SET file_system = ?, disk = ?", (known.id, known.name))
    swap.put(B)
    for number in range(4):
        picture(bench.folder / f"IMG_{number}.png", 10 + number)
    shutil.copy2(bench.folder.parent / "shelf uuid:aaaa" / "IMG_0.png", bench.folder)
    report = bench.run()
    assert (report.added, report.removed, report.offline) == (0, 0, 4)
    assert (folder(bench).other_disk, folder(bench).disk.id) == ("Backup", known.id)
    swap.put(A)
    (bench.folder / "IMG_3.png").unlink()
    report = bench.run()
    assert (report.added, report.updated, report.removed) == (0, 0, 1)
    assert folder(bench).disk == A
    assert bench.photos() == before[:3]


def test_a_photo_of_a_disk_that_is_away_is_not_moved_to_a_copy_of_it(
    bench: Bench,  # noqa: F811
    swap: Swap,
) -> None:
    picture(bench.folder / "a.png", 1)
    bench.run()
    (photo,) = bench.photos()
    swap.put(B)
    picture(bench.folder / "b.png", 2)
    with bench.catalogue.transaction() as tx:
        roots = roots_here(tx)
    # The catalogue does not know yet that the disk was exchanged.
    assert not is_gone(photo.files[0].path, roots.values())
    bench.run()
    with bench.catalogue.transaction() as tx:
        assert roots_here(tx) == {}
    swap.put(A)
    bench.run()
    (bench.folder / "a.png").unlink()
    with bench.catalogue.transaction() as tx:
        assert is_gone(photo.files[0].path, roots_here(tx).values())


def test_a_disk_that_is_mounted_inside_keeps_its_photos_while_it_is_away(
    bench: Bench,  # noqa: F811
    swap: Swap,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    inside = bench.folder / "usb"
    picture(bench.folder / "a.png", 1)
    picture(inside / "trip" / "b.png", 2)
    swap.inner["usb"] = Disk("uuid:cccc", "Stick")

    def device(path: str) -> int:
        """A disk has a device number of its own."""
        return int("usb" in swap.inner and Path(path).is_relative_to(inside))

    monkeypatch.setattr(scan, "_device", device)
    bench.run()
    with bench.catalogue.reader() as c:
        assert folders.inner_disks(c, bench.watched.id) == swap.inner
    before = bench.photos()
    # Another one is mounted there, one that has a photo of the same name.
    away = inside.rename(bench.folder.parent / "stick")
    picture(inside / "trip" / "b.png", 3)
    swap.inner["usb"] = B
    assert bench.run().removed == 0
    assert bench.photos() == before
    # Nothing is mounted there.
    del swap.inner["usb"]
    shutil.rmtree(inside)
    inside.mkdir()
    assert bench.run().removed == 0
    # The mount point went, too.
    inside.rmdir()
    assert bench.run().removed == 0
    with bench.catalogue.reader() as c:
        assert not is_gone(before[1].files[0].path, roots_here(c).values())
    away.rename(inside)
    swap.inner["usb"] = Disk("uuid:cccc", "Stick")
    report = bench.run()
    assert (report.added, report.updated, report.removed) == (0, 0, 0)
    assert bench.photos() == before
    # What is taken away from a disk that is there is gone.
    shutil.rmtree(inside / "trip")
    assert bench.run().removed == 1


def test_a_folder_that_takes_over_another_one_knows_its_disk(bench: Bench) -> None:  # noqa: F811
    with bench.catalogue.transaction() as tx:
        folders.set_disk(tx, bench.watched.id, A)
        folders.add_inner_disk(tx, bench.watched.id, "usb", B)
        larger = folders.add_folder(tx, bench.folder.parent)
        assert folders.inner_disks(tx, larger.id) == {"photos": A, "photos/usb": B}


@pytest.mark.usefixtures("swap")
def test_a_folder_inside_that_was_never_another_disk_can_be_deleted(
    bench: Bench,  # noqa: F811
) -> None:
    picture(bench.folder / "trip" / "a.png", 1)
    bench.run()
    with bench.catalogue.transaction() as tx:
        folders.add_inner_disk(tx, bench.watched.id, "trip", A)  # as taking over records it
    shutil.rmtree(bench.folder / "trip")
    assert bench.run().removed == 1


def test_ids_of_two_kinds_say_nothing() -> None:
    assert is_another("uuid:1", "uuid:2")
    assert not is_another("uuid:1", "uuid:1")
    assert not is_another("uuid:1", "fsid:2")
    assert not is_another(None, "uuid:2")
    assert not is_another("uuid:1", None)


linux_only = pytest.mark.skipif(sys.platform != "linux", reason="the ways of Linux")


@linux_only
@pytest.mark.parametrize(
    ("mount", "expected"),
    [
        (Mount("/", "nfs4", "nas:/photos"), Disk("share:nas:/photos", "nas:/photos")),
        (Mount("/", "nfs4", "nas:/photos/"), Disk("share:nas:/photos", "nas:/photos")),
        (Mount("/", "cifs", "//NAS/Photos"), Disk("share://nas/photos", "//NAS/Photos")),
        (Mount("/", "fuse.sshfs", "ann@host:"), Disk("share:ann@host:", "ann@host:")),
        (Mount("/", "tmpfs", "tmpfs"), Disk(None)),
        (Mount("/", "overlay", "overlay"), Disk(None)),
    ],
    ids=lambda value: value.kind if isinstance(value, Mount) else "",
)
def test_shares_are_known_by_what_was_mounted_and_memory_not_at_all(
    mount: Mount, expected: Disk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "major", lambda _: 0)
    monkeypatch.setattr(mounts, "_mounts", lambda: [mount])
    assert disk_of(str(tmp_path)) == expected
    assert disk_id(str(tmp_path)) == expected.id


@linux_only
def test_a_subvolume_is_a_disk_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "major", lambda _: 0)
    monkeypatch.setattr(disks, "_own_uuid", lambda _: "12345678-9")
    seen = []
    for options in (
        "rw,subvolid=257,subvol=/@home",
        "rw,subvolid=300,subvol=/@home",
        "rw,subvol=/@",
    ):
        mount = Mount("/", "btrfs", "/dev/sda2", options)
        monkeypatch.setattr(mounts, "_mounts", lambda mount=mount: [mount])
        seen.append(disk_of(str(tmp_path)))
    assert seen[0] == seen[1] == Disk("uuid:12345678-9/@home", "/dev/sda2 (12345678)")
    assert seen[2].id == "uuid:12345678-9/@"


@linux_only
def test_udev_knows_file_systems_that_do_not_tell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = next((path for path in map(Path, ("/dev/null", "/dev/zero")) if path.exists()), None)
    assert device is not None
    for kind, name in (("uuid", "1A2B-3C4D"), ("label", "MY\\x20STICK")):
        (tmp_path / kind).mkdir()
        (tmp_path / kind / name).symlink_to(device)
        monkeypatch.setattr(disks, f"_BY_{kind.upper()}", str(tmp_path / kind))
    assert disks._linked(str(tmp_path / "uuid"), device.stat().st_rdev) == "1A2B-3C4D"
    assert disks._linked(str(tmp_path / "label"), device.stat().st_rdev) == "MY STICK"
    assert disks._linked(str(tmp_path / "label"), 1) is None
    assert disks._linked(str(tmp_path / "none"), 1) is None


@linux_only
def test_the_disk_of_this_computer_stays_the_same_one(tmp_path: Path) -> None:
    assert disk_of(str(tmp_path)) == disk_of(str(tmp_path))
    assert disk_id(str(tmp_path)) == disk_of(str(tmp_path)).id
    assert disk_of(str(tmp_path / "none")) == Disk(None)


def _cannot_mount(tmp_path: Path) -> str | None:
    """Why no image can be mounted here."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "only root of Linux mounts"
    tools = [tool for tool in ("unshare", "mkfs.ext4", "mount") if shutil.which(tool) is None]
    if tools:
        return f"there is no {tools[0]}"
    image, point = tmp_path / "try.img", tmp_path / "try"
    point.mkdir()
    with image.open("wb") as file:
        file.truncate(4 << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=True, timeout=60)
    tried = subprocess.run(
        ["unshare", "--mount", "mount", "-o", "loop", str(image), str(point)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return f"no image can be mounted: {tried.stderr.strip()}" if tried.returncode else None


@pytest.fixture
def mounted(tmp_path: Path) -> Callable[[str], list[list[object]]]:
    """Runs one story of tests/helpers/two_disks.py, in a mount namespace of its own."""
    reason = _cannot_mount(tmp_path)
    if reason is not None:
        pytest.skip(reason)

    def run(story: str) -> list[list[object]]:
        helper = Path(__file__).parents[1] / "helpers" / "two_disks.py"
        ran = subprocess.run(
            ["unshare", "--mount", sys.executable, str(helper), story, str(tmp_path)],
            env={**os.environ, "PYTHONPATH": str(helper.parents[2])},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        steps: list[list[object]] = json.loads(ran.stdout)
        return steps

    return run


@pytest.mark.parametrize("story", ["mount point", "below it"])
def test_two_real_disks_by_turns(story: str, mounted: Callable[[str], list[list[object]]]) -> None:
    a = ["0.jpg", "1.jpg", "2.jpg"]
    here, none, other, back, accepted, returned = mounted(story)
    assert here == [a, False, "", 3]
    assert none == [a, True, "", 0]
    assert other == [a, True, "DISK B", 0]
    assert back == [a, False, "", 0]
    assert accepted == [["0.jpg", "8.jpg"], False, "", 2]
    assert returned == [["0.jpg", "8.jpg"], True, "DISK A", 0]


def test_two_real_disks_inside_of_a_folder(mounted: Callable[[str], list[list[object]]]) -> None:
    both = ["0.jpg", "1.jpg", "2.jpg", "mine.jpg"]
    here, none, other, back, accepted, returned = mounted("inside")
    assert here == [both, False, "", 4]
    assert none == other == back == [both, False, "", 0]
    assert accepted == [["0.jpg", "8.jpg", "mine.jpg"], False, "", 2]
    assert returned == [["0.jpg", "8.jpg", "mine.jpg"], False, "", 0]
