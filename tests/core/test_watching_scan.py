"""The reconciling scan, against real directories and an in-memory record of what is known."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from core.catalog.files import FileStat
from core.catalog.folders import Disk, Folder
from core.watching import scan as scan_module
from core.watching.scan import (
    Change,
    DirectoryGone,
    DirectoryReadable,
    DirectoryUnreadable,
    DiskInside,
    FileFound,
    FilesGone,
    RootOffline,
    RootOnline,
    Unsettled,
    scan_folder,
)
from tests.helpers.ordinary_person import as_ordinary_person

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="POSIX file names and file types")


@dataclass
class Library:
    """What a catalogue would remember of one folder, brought up to date by scanning."""

    folder: Folder
    files: dict[str, dict[str, FileStat]] = field(default_factory=dict)
    unreadable: dict[str, str] = field(default_factory=dict)
    disks: dict[str, Disk] = field(default_factory=dict)

    def scan(
        self,
        directories: Mapping[str, bool] | None = None,
        ignore: tuple[str, ...] = (),
        settle_seconds: float = 0.0,
    ) -> list[Change]:
        """Scan, take the changes in, and return them."""
        changes = list(self.changes(directories, ignore, settle_seconds))
        for change in changes:
            self.take_in(change)
        return changes

    def changes(
        self,
        directories: Mapping[str, bool] | None = None,
        ignore: tuple[str, ...] = (),
        settle_seconds: float = 0.0,
    ) -> Iterator[Change]:
        return scan_folder(
            self.folder,
            lambda directory: dict(self.files.get(directory, {})),
            lambda: list(self.files),
            disks=self.disks,
            directories=directories,
            ignore=ignore,
            settle_seconds=settle_seconds,
            known_unreadable=lambda: set(self.unreadable),
        )

    def take_in(self, change: Change) -> None:
        match change:
            case DirectoryUnreadable(_, directory, reason):
                self.unreadable[directory] = reason
            case DirectoryReadable(_, directory):
                del self.unreadable[directory]
            case FileFound(key, _, stat, _):
                self.files.setdefault(key.directory, {})[key.name] = stat
            case FilesGone(_, directory, names):
                for name in names:
                    del self.files[directory][name]
            case DirectoryGone(_, gone):
                for directory in list(self.files):
                    if directory == gone or directory.startswith(gone + "/"):
                        del self.files[directory]
            case RootOnline(_, identity, disk):
                self.folder = replace(self.folder, offline=False, identity=identity, disk=disk)
            case DiskInside(_, directory, disk):
                self.disks[directory] = disk
            case RootOffline():
                self.folder = replace(self.folder, offline=True)
            case _:
                pass

    def paths(self) -> set[str]:
        return {f"{d}/{n}".lstrip("/") for d, names in self.files.items() for n in names}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "photos"
    root.mkdir()
    return root


@pytest.fixture
def library(root: Path) -> Library:
    return Library(Folder(7, str(root), 0.0, offline=False, identity=None))


def put(path: Path, content: str = "a photo") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path


def test_finds_every_file_and_then_nothing_new(root: Path, library: Library) -> None:
    put(root / "a.jpg")
    put(root / "2021" / "summer" / "b.heic")

    first = library.scan()

    assert isinstance(first[0], RootOnline)
    found = [change for change in first if isinstance(change, FileFound)]
    assert [(f.key.folder_id, f.key.directory, f.key.name, f.known) for f in found] == [
        (7, "", "a.jpg", False),
        (7, "2021/summer", "b.heic", False),
    ]
    assert found[1].path == root / "2021" / "summer" / "b.heic"
    assert found[1].stat.size == len("a photo")
    assert found[1].stat.inode == (root / "2021" / "summer" / "b.heic").stat().st_ino
    assert library.scan() == []


def test_an_edited_file_is_found_again_as_known(root: Path, library: Library) -> None:
    photo = put(root / "a.jpg")
    library.scan()
    put(photo, "a longer photo")

    (change,) = library.scan()

    assert isinstance(change, FileFound)
    assert change.known
    assert change.stat.size == len("a longer photo")


def test_a_new_inode_alone_is_no_change(root: Path, library: Library) -> None:
    photo = put(root / "a.jpg")
    library.scan()
    restored = shutil.copy2(photo, root / "copy")
    Path(restored).replace(photo)

    assert library.scan() == []


def test_a_moved_file_is_found_before_its_old_place_is_given_up(
    root: Path, library: Library
) -> None:
    put(root / "a" / "photo.jpg")
    put(root / "b" / "other.jpg")
    library.scan()
    (root / "b" / "other.jpg").rename(root / "a" / "other.jpg")
    (root / "a" / "photo.jpg").rename(root / "b" / "photo.jpg")

    kinds = [type(change) for change in library.scan()]

    assert kinds == [FileFound, FileFound, FilesGone, FilesGone]
    assert library.paths() == {"a/other.jpg", "b/photo.jpg"}


def test_a_removed_directory_goes_as_one(root: Path, library: Library) -> None:
    put(root / "trip" / "day 1" / "a.jpg")
    put(root / "trip" / "day 2" / "b.jpg")
    put(root / "trip" / "c.jpg")
    put(root / "trip-2" / "d.jpg")
    library.scan()
    shutil.rmtree(root / "trip")

    assert library.scan() == [DirectoryGone(7, "trip")]
    assert library.paths() == {"trip-2/d.jpg"}


def test_a_file_still_being_written_waits_until_it_is_settled(root: Path, library: Library) -> None:
    photo = put(root / "a.jpg")
    library.scan(settle_seconds=30)
    assert library.paths() == set()

    (change,) = library.scan(settle_seconds=30)
    assert isinstance(change, Unsettled)
    assert change.path == photo

    a_minute_ago = time.time() - 60
    os.utime(photo, (a_minute_ago, a_minute_ago))
    (change,) = library.scan(settle_seconds=30)
    assert isinstance(change, FileFound)


def test_a_file_from_the_future_is_settled_by_its_status_change(
    root: Path, library: Library
) -> None:
    photo = put(root / "a.jpg")
    tomorrow = time.time() + 86_400
    os.utime(photo, (tomorrow, tomorrow))

    assert isinstance(library.scan(settle_seconds=30)[-1], Unsettled)
    time.sleep(0.05)
    assert isinstance(library.scan(settle_seconds=0.05)[-1], FileFound)


def test_a_fresh_but_unchanged_file_is_no_news(root: Path, library: Library) -> None:
    put(root / "a.jpg")
    library.scan()

    assert library.scan(settle_seconds=30) == []


def test_leftovers_of_other_programs_are_ignored(root: Path, library: Library) -> None:
    put(root / "photo.jpg")
    for name in (
        ".hidden.jpg",
        "._photo.jpg",
        ".Trash-1000/a.jpg",
        ".thumbnails/a.jpg",
        "@eaDir/photo.jpg/SYNOPHOTO_THUMB_M.jpg",
        "#recycle/a.jpg",
        "$RECYCLE.BIN/a.jpg",
        "System Volume Information/a.jpg",
        "__MACOSX/a.jpg",
        "lost+found/a.jpg",
        "Thumbs.db",
        "desktop.ini",
        "big.jpg.part",
        "big.jpg.crdownload",
        "big.JPG.TMP",
    ):
        put(root / name)

    library.scan()

    assert library.paths() == {"photo.jpg"}


def test_the_persons_patterns_and_directories_are_ignored(root: Path, library: Library) -> None:
    put(root / "keep.jpg")
    put(root / "Rejects" / "a.jpg")
    put(root / "IMG_preview.JPG")
    put(root / "library" / "thumbnails" / "ab" / "c.jpg")
    put(root / "other" / "library" / "kept.jpg")

    library.scan(ignore=("rejects", "*_preview.*", str(root / "library")))

    assert library.paths() == {"keep.jpg", "other/library/kept.jpg"}


def test_what_becomes_ignored_is_given_up(root: Path, library: Library) -> None:
    put(root / "keep.jpg")
    put(root / "x.jpg")
    put(root / "rejects" / "deep" / "a.jpg")
    library.scan()

    changes = library.scan(ignore=("rejects", "x.*"))

    assert changes == [FilesGone(7, "", ("x.jpg",)), DirectoryGone(7, "rejects/deep")]
    assert library.paths() == {"keep.jpg"}


@posix_only
def test_links_to_files_are_read_and_links_to_directories_are_not_followed(
    root: Path, library: Library, tmp_path: Path
) -> None:
    elsewhere = put(tmp_path / "elsewhere" / "far.jpg")
    (root / "link.jpg").symlink_to(elsewhere)
    (root / "loop").symlink_to(root)
    (root / "away").symlink_to(tmp_path / "elsewhere")
    (root / "dangling.jpg").symlink_to(root / "nothing")
    (root / "self.jpg").symlink_to(root / "self.jpg")

    library.scan()

    assert library.paths() == {"link.jpg"}
    assert library.scan({"away": True, "loop": False}) == [
        DirectoryGone(7, "away"),
        DirectoryGone(7, "loop"),
    ]


@posix_only
def test_a_link_whose_target_is_away_keeps_its_photo(
    root: Path, library: Library, tmp_path: Path
) -> None:
    target = put(tmp_path / "disk" / "far.jpg")
    (root / "link.jpg").symlink_to(target)
    library.scan()
    target.unlink()

    assert library.scan() == []


@posix_only
def test_odd_names_survive(root: Path, library: Library) -> None:
    names = ["new\nline.jpg", os.fsdecode(b"latin-\xe9.jpg"), "a\\b.jpg", " ", "émoji 🏔.jpg"]
    directory = root / os.fsdecode(b"dir\xff\n")
    for name in names:
        put(directory / name)

    library.scan()

    assert set(library.files) == {os.fsdecode(b"dir\xff\n")}
    assert set(library.files[os.fsdecode(b"dir\xff\n")]) == set(names)
    assert library.scan() == []


@posix_only
def test_pipes_sockets_and_devices_are_never_opened(root: Path, library: Library) -> None:
    os.mkfifo(root / "pipe.jpg")  # opening it would hang
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(root)  # socket names are limited to about 100 characters
        try:
            server.bind("socket.jpg")
        finally:
            os.chdir(here)
        (root / "to-null.jpg").symlink_to("/dev/null")
        put(root / "photo.jpg")
        library.scan()

    assert library.paths() == {"photo.jpg"}


def test_very_deep_trees_need_no_recursion(root: Path, library: Library) -> None:
    deep = root
    for _ in range(400):
        deep /= "d"
    put(deep / "a.jpg")
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(300)
    try:
        library.scan()
    finally:
        sys.setrecursionlimit(limit)

    assert library.paths() == {"d/" * 400 + "a.jpg"}


def test_only_the_named_directories_are_looked_at(root: Path, library: Library) -> None:
    put(root / "a" / "1.jpg")
    put(root / "a" / "deep" / "2.jpg")
    put(root / "b" / "3.jpg")
    library.scan()
    put(root / "a" / "new.jpg")
    put(root / "a" / "deep" / "new.jpg")
    put(root / "b" / "new.jpg")

    library.scan({"a": False})
    assert library.paths() == {"a/1.jpg", "a/deep/2.jpg", "b/3.jpg", "a/new.jpg"}
    library.scan({"a": True, "a/deep": False})
    assert "a/deep/new.jpg" in library.paths()
    assert "b/new.jpg" not in library.paths()


def test_a_named_directory_that_is_gone_is_gone_with_all_below(
    root: Path, library: Library
) -> None:
    put(root / "a" / "deep" / "1.jpg")
    put(root / "b" / "2.jpg")
    library.scan()
    shutil.rmtree(root / "a")

    assert library.scan({"a": True, "": False}) == [DirectoryGone(7, "a")]
    assert library.paths() == {"b/2.jpg"}


def test_a_missing_root_is_offline_and_nothing_else(root: Path, library: Library) -> None:
    put(root / "a" / "1.jpg")
    library.scan()
    root.rename(root.with_name("unplugged"))

    assert library.scan() == [RootOffline(7)]
    assert library.paths() == {"a/1.jpg"}

    root.with_name("unplugged").rename(root)
    assert [type(change) for change in library.scan()] == [RootOnline]


def test_an_empty_mount_point_is_offline_and_not_a_deletion(root: Path, library: Library) -> None:
    put(root / "1.jpg")
    library.scan()
    root.rename(root.with_name("unplugged"))
    root.mkdir()
    put(root / ".directory")

    assert library.scan() == [RootOffline(7)]
    assert library.paths() == {"1.jpg"}


def test_a_stray_file_or_another_disk_in_the_mount_point_is_offline_too(
    root: Path, library: Library
) -> None:
    put(root / "trip" / "a.jpg")
    library.scan()
    root.rename(root.with_name("unplugged"))
    put(root / "screenshot.png")
    put(root / "trip" / "another disk's.jpg")
    assert library.scan() == [RootOffline(7)]


def test_another_library_of_souvenir_holds_no_photos(root: Path, library: Library) -> None:
    put(root / "library" / "catalogue.sqlite")
    put(root / "library" / "thumbnails" / "00" / "0.jpg")
    put(root / "a.jpg")
    found = [change.path.name for change in library.scan() if isinstance(change, FileFound)]
    assert found == ["a.jpg"]


def test_a_root_that_a_person_emptied_is_empty(root: Path, library: Library) -> None:
    put(root / "1.jpg")
    put(root / "a" / "2.jpg")
    library.scan()
    (root / "1.jpg").unlink()
    shutil.rmtree(root / "a")

    assert library.scan() == [FilesGone(7, "", ("1.jpg",)), DirectoryGone(7, "a")]


def test_a_root_that_came_back_is_looked_at_whole(root: Path, library: Library) -> None:
    put(root / "1.jpg")
    library.scan()
    library.folder = replace(library.folder, offline=True)
    put(root / "elsewhere" / "2.jpg")

    library.scan({"": False})

    assert library.paths() == {"1.jpg", "elsewhere/2.jpg"}


def test_a_root_lost_in_the_middle_takes_nothing_with_it(root: Path, library: Library) -> None:
    for number in range(3):
        put(root / f"d{number}" / "old.jpg")
    library.scan()
    for number in range(3):
        put(root / f"d{number}" / "new.jpg")
        (root / f"d{number}" / "old.jpg").unlink()

    changes = library.changes()
    seen = [next(changes)]
    root.rename(root.with_name("unplugged"))
    seen.extend(changes)

    assert [type(change) for change in seen] == [FileFound, RootOffline]


def test_a_cancelled_scan_gives_nothing_up(root: Path, library: Library) -> None:
    put(root / "a" / "1.jpg")
    library.scan()
    shutil.rmtree(root / "a")
    put(root / "b.jpg")
    answers = iter([False] * 2 + [True] * 100)

    changes = scan_folder(
        library.folder,
        lambda directory: library.files.get(directory, {}),
        lambda: list(library.files),
        cancelled=lambda: next(answers),
    )

    assert not [change for change in changes if isinstance(change, FilesGone | DirectoryGone)]


def test_an_unreadable_directory_keeps_its_photos(
    root: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(root / "bad" / "deep" / "1.jpg")
    put(root / "good" / "2.jpg")
    library.scan()
    (root / "good" / "2.jpg").unlink()
    real_scandir = os.scandir

    def failing_scandir(path: str) -> os.DirEntry[str]:
        if path.endswith("bad"):
            raise OSError(5, "Input/output error")
        return real_scandir(path)  # type: ignore[return-value]

    monkeypatch.setattr(os, "scandir", failing_scandir)

    assert library.scan() == [
        FilesGone(7, "good", ("2.jpg",)),
        DirectoryUnreadable(
            7,
            "bad",
            "This folder cannot be read (Input/output error): check the disk, or the share, that "
            "it is on.",
        ),
    ]
    assert library.paths() == {"bad/deep/1.jpg"}


DENIED = "This folder cannot be read: check its permissions."


@pytest.fixture
def closed(root: Path, library: Library) -> Iterator[Path]:
    """A directory with photos in it and below it, known, that may not be read any more."""
    closed = root / "closed"
    put(closed / "1.jpg")
    put(closed / "deep" / "2.jpg")
    put(root / "open.jpg")
    library.scan()
    with as_ordinary_person():
        closed.chmod(0)
        yield closed
        if closed.exists():
            closed.chmod(0o755)


@pytest.mark.usefixtures("closed")
def test_a_directory_that_may_not_be_read_is_told_and_loses_nothing(
    library: Library,
) -> None:
    before = library.paths()
    assert library.scan() == [DirectoryUnreadable(7, "closed", DENIED)]
    assert library.scan() == [DirectoryUnreadable(7, "closed", DENIED)]  # it still is
    assert library.paths() == before


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize(
    "dirty", [{"closed": True}, {"closed/deep": False}, {"closed/deep": True}, {"closed/1": True}]
)
def test_what_happens_in_a_directory_that_may_not_be_read_loses_nothing(
    library: Library, dirty: dict[str, bool]
) -> None:
    before = library.paths()
    assert library.scan(dirty) == [DirectoryUnreadable(7, "closed", DENIED)]
    assert library.paths() == before


@pytest.mark.parametrize("dirty", [None, {"closed": True}, {"closed": False}])
def test_a_directory_that_can_be_read_again_is_told_once(
    closed: Path, library: Library, dirty: dict[str, bool] | None
) -> None:
    library.scan()
    closed.chmod(0o755)
    (closed / "1.jpg").unlink()
    assert library.scan(dirty) == [
        FilesGone(7, "closed", ("1.jpg",)),
        DirectoryReadable(7, "closed"),
    ]
    assert library.scan(dirty) == []


def test_a_look_elsewhere_says_nothing_about_a_directory_that_may_not_be_read(
    closed: Path, library: Library
) -> None:
    library.scan()
    closed.chmod(0o755)
    assert library.scan({"": False}) == []
    assert library.unreadable == {"closed": DENIED}


def test_a_directory_that_could_not_be_read_and_is_gone_is_no_problem(
    closed: Path, library: Library
) -> None:
    library.scan()
    closed.chmod(0o755)
    shutil.rmtree(closed)
    changes = library.scan()
    assert DirectoryReadable(7, "closed") in changes
    assert library.paths() == {"open.jpg"}


def test_a_directory_whose_files_may_not_be_looked_at_is_told(
    closed: Path, library: Library
) -> None:
    closed.chmod(0o444)
    before = library.paths()
    put_closed = "The files in this folder cannot be looked at: check its permissions."
    assert library.scan() == [
        DirectoryUnreadable(7, "closed", put_closed),
        DirectoryUnreadable(7, "closed/deep", DENIED),
    ]
    assert library.paths() == before


def test_a_root_that_may_not_be_read_says_why_it_is_offline(
    closed: Path, root: Path, library: Library
) -> None:
    closed.chmod(0o755)
    root.chmod(0)
    try:
        assert library.scan() == [RootOffline(7), DirectoryUnreadable(7, "", DENIED)]
        library.folder = replace(library.folder, offline=True)
    finally:
        root.chmod(0o755)
    assert DirectoryReadable(7, "") in library.scan()


@pytest.mark.usefixtures("closed")
def test_another_root_in_its_place_that_may_not_be_read_is_offline(
    root: Path, library: Library
) -> None:
    library.folder = replace(library.folder, identity="1:1")
    (root / "open.jpg").unlink()
    assert library.scan() == [RootOffline(7)]


@posix_only
def test_a_directory_whose_path_is_too_long_is_told_and_the_rest_is_found(
    root: Path, library: Library
) -> None:
    put(root / "last.jpg")
    here = Path.cwd()
    os.chdir(root)
    try:
        for _ in range(20):
            Path("d" * 250).mkdir()
            os.chdir("d" * 250)
            put(Path("1.jpg"))
    finally:
        os.chdir(here)
    changes = library.scan()
    assert "last.jpg" in library.paths()
    assert len(library.paths()) > 10
    told = [change for change in changes if isinstance(change, DirectoryUnreadable)]
    # The deepest that can be listed is told too where the paths of its files are too long.
    assert {change.reason.split(",")[0] for change in told} == {
        "This folder lies too deep to be read"
    }
    assert library.scan() == told
    subprocess.run(["rm", "-rf", root / ("d" * 250)], check=True)
    assert [type(change) for change in library.scan()][-1] is DirectoryReadable
    assert library.unreadable == {}


@posix_only
def test_links_that_lead_in_circles_are_no_trouble(root: Path, library: Library) -> None:
    put(root / "1.jpg")
    (root / "loop.jpg").symlink_to("loop.jpg")
    (root / "self").symlink_to(".")
    (root / "a").symlink_to("b")
    (root / "b").symlink_to("a")
    assert [type(change) for change in library.scan()] == [RootOnline, FileFound]
    assert library.paths() == {"1.jpg"}


def test_a_directory_that_goes_while_it_is_scanned_is_no_trouble(
    root: Path, library: Library
) -> None:
    put(root / "1.jpg")
    put(root / "z" / "2.jpg")
    changes = library.changes()
    assert [type(next(changes)) for _ in range(2)] == [RootOnline, FileFound]
    shutil.rmtree(root / "z")
    assert list(changes) == []


def test_a_disk_inside_the_folder_that_is_unplugged_keeps_its_photos(
    root: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(root / "disk" / "deep" / "1.jpg")
    put(root / "disk" / "2.jpg")
    put(root / "stick" / "3.jpg")
    library.scan()
    shutil.rmtree(root / "disk")  # an /etc/fstab mount point stays, empty
    (root / "disk").mkdir()
    shutil.rmtree(root / "stick")  # a desktop takes the mount point away
    absent = {str(root / "disk"), str(root / "stick")}
    monkeypatch.setattr(scan_module, "mount_is_absent", lambda path: path in absent)

    changes = library.scan()

    assert {(type(c), c.directory) for c in changes if isinstance(c, DirectoryUnreadable)} == {
        (DirectoryUnreadable, "disk"),
        (DirectoryUnreadable, "stick"),
    }
    assert library.paths() == {"disk/deep/1.jpg", "disk/2.jpg", "stick/3.jpg"}


def test_placeholders_in_the_cloud_are_left_there(
    root: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(root / "1.jpg")
    put(root / "2.jpg")
    library.scan()
    put(root / "1.jpg", "its size as the cloud has it")
    put(root / "3.jpg")
    monkeypatch.setattr(scan_module, "is_placeholder", lambda status: status.st_size > 0)

    assert library.scan() == []
    assert library.paths() == {"1.jpg", "2.jpg"}
