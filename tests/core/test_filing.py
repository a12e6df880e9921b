"""Copying and moving files: nothing is overwritten, nothing is lost, the rest goes on."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.filing import placing
from core.filing.exchange import exchange_files
from core.filing.moving import (
    Gathering,
    copy_files,
    gather_files,
    move_files,
    name_conflicts,
)
from core.filing.steps import Step, Transfer


def never() -> bool:
    return False


@pytest.fixture
def here(tmp_path: Path) -> Path:
    folder = tmp_path / "here 照片"
    folder.mkdir()
    return folder


@pytest.fixture
def there(tmp_path: Path) -> Path:
    folder = tmp_path / "there"
    folder.mkdir()
    return folder


def write(path: Path, content: str = "photo") -> Path:
    path.write_text(content)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def problems(steps: Iterator[Step]) -> dict[str, str]:
    return {step.path.name: step.problem.reason for step in steps if step.problem is not None}


def test_copies_keep_content_and_time(here: Path, there: Path) -> None:
    photo = write(here / "a.jpg")
    os.utime(photo, ns=(1, 1_500_000_000_123_456_789))
    (step,) = copy_files([photo], there, never)
    assert (step.done, step.total, step.problem) == (1, 1, None)
    assert [(t.source, t.target) for t in step.transfers] == [(photo, there / "a.jpg")]
    assert (there / "a.jpg").read_text() == "photo"
    assert (there / "a.jpg").stat().st_mtime_ns == photo.stat().st_mtime_ns


def test_a_name_that_is_taken_gets_a_number(here: Path, there: Path) -> None:
    write(there / "a.jpg", "older")
    write(there / "a (2).jpg", "second")
    sources = [write(here / "a.jpg"), write(here / "b.jpg")]
    assert name_conflicts(sources, there) == ["a.jpg"]
    assert not problems(move_files(sources, there, never))
    assert names(here) == []
    assert {p.name: p.read_text() for p in there.iterdir()} == {
        "a.jpg": "older",
        "a (2).jpg": "second",
        "a (3).jpg": "photo",
        "b.jpg": "photo",
    }


def test_a_copy_into_its_own_folder_is_a_second_one_and_a_move_is_nothing(here: Path) -> None:
    photo = write(here / "a.jpg")
    assert list(move_files([photo], here, never)) == []
    list(copy_files([photo], here, never))
    assert names(here) == ["a (2).jpg", "a.jpg"]


def test_side_car_files_go_along(here: Path, there: Path) -> None:
    photo = write(here / "a.cr3")
    write(here / "a.xmp", "lightroom")
    write(here / "a.cr3.xmp", "darktable")
    write(here / "another.xmp", "of another")
    write(there / "a.xmp", "older")
    (step,) = move_files([photo], there, never)
    assert len(step.transfers) == 3
    assert names(here) == ["another.xmp"]
    assert names(there) == ["a (2).cr3", "a (2).cr3.xmp", "a (2).xmp", "a.xmp"]
    assert (there / "a (2).xmp").read_text() == "lightroom"


def test_of_a_raw_file_and_a_jpeg_the_raw_file_takes_the_side_car(here: Path, there: Path) -> None:
    raw, jpeg = write(here / "a.cr3"), write(here / "a.jpg")
    write(here / "a.xmp")
    list(move_files([jpeg], there, never))
    assert names(there) == ["a.jpg"]
    list(move_files([raw], there, never))
    assert names(there) == ["a.cr3", "a.jpg", "a.xmp"]


def test_one_that_fails_is_told_and_the_rest_goes_on(here: Path, there: Path) -> None:
    sources = [here / "gone.jpg", write(here / "b.jpg")]
    assert problems(move_files(sources, there, never)) == {"gone.jpg": "gone"}
    assert names(there) == ["b.jpg"]


def test_a_folder_that_is_not_there_is_not_made(here: Path, tmp_path: Path) -> None:
    photo = write(here / "a.jpg")
    assert problems(copy_files([photo], tmp_path / "unplugged", never)) == {"a.jpg": "folder_gone"}
    assert not (tmp_path / "unplugged").exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions bind users only")
def test_a_folder_that_may_not_be_written_is_told(here: Path, there: Path) -> None:
    photo = write(here / "a.jpg")
    there.chmod(0o500)
    assert problems(move_files([photo], there, never)) == {"a.jpg": "denied"}
    there.chmod(0o700)
    assert names(here) == ["a.jpg"]


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, "full"),
        (errno.EACCES, "denied"),
        (errno.EIO, "disk"),
        (errno.EROFS, "denied"),
    ],
)
def test_what_the_disk_refuses_leaves_nothing_behind(
    here: Path, there: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    def refuse(_file: object) -> None:
        raise OSError(number, os.strerror(number))

    photo = write(here / "a.jpg")
    monkeypatch.setattr(placing, "force_to_disk", refuse)
    assert problems(copy_files([photo], there, never)) == {"a.jpg": reason}
    assert names(there) == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of a process")
def test_a_real_limit_of_size_stops_the_large_file_only(here: Path, there: Path) -> None:
    large, small = write(here / "large.jpg", "x" * 300_000), write(here / "small.jpg")
    run = f"""
import resource, signal
from pathlib import Path
from core.filing.moving import move_files
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
import core.filing.moving as moving
from core.filing.placing import copy_file
for step in moving.copy_files([Path({str(large)!r}), Path({str(small)!r})], Path({str(there)!r}),
        lambda: False):
    print(step.path.name, step.problem.reason if step.problem else "done")
"""
    ran = subprocess.run(
        [sys.executable, "-c", run], capture_output=True, text=True, check=True, env=os.environ
    )
    assert ran.stdout.split() == ["large.jpg", "full", "small.jpg", "done"]
    assert names(there) == ["small.jpg"]


def test_cancelling_leaves_whole_files_only(here: Path, there: Path) -> None:
    sources = [write(here / "a.jpg"), write(here / "b.jpg", "x" * 3_000_000)]
    asked = iter([False, False, False, True])
    steps = list(copy_files(sources, there, lambda: next(asked, True)))
    assert [step.path.name for step in steps] == ["a.jpg"]
    assert names(there) == ["a.jpg"]


def test_a_link_is_moved_and_still_leads_there(here: Path, there: Path) -> None:
    write(there / "real.jpg", "real")
    link = here / "link.jpg"
    link.symlink_to(Path("..") / "there" / "real.jpg")
    deeper = there / "deeper"
    deeper.mkdir()
    list(move_files([link], deeper, never))
    assert (deeper / "link.jpg").is_symlink()
    assert (deeper / "link.jpg").read_text() == "real"
    assert not os.path.lexists(link)
    list(copy_files([deeper / "link.jpg"], here, never))
    assert not (here / "link.jpg").is_symlink()
    assert (here / "link.jpg").read_text() == "real"


def test_names_that_are_no_text_are_moved_as_they_are(here: Path, there: Path) -> None:
    photo = Path(os.fsdecode(os.fsencode(here) + b"/\xff\xfe.jpg"))
    write(photo)
    assert not problems(move_files([photo], there, never))
    assert [os.fsencode(path.name) for path in there.iterdir()] == [b"\xff\xfe.jpg"]


def test_where_there_are_no_hard_links_nothing_is_overwritten_either(
    here: Path, there: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise OSError(errno.ENOTSUP, "not supported")

    monkeypatch.setattr(os, "link", no_links)
    photo = write(here / "a.jpg")
    write(there / "a.jpg", "older")
    assert not problems(move_files([photo], there, never))
    assert {p.name: p.read_text() for p in there.iterdir()} == {
        "a.jpg": "older",
        "a (2).jpg": "photo",
    }
    with pytest.raises(FileExistsError):
        placing.move_file(there / "a.jpg", there / "a (2).jpg", never)


# To another disk


@pytest.fixture
def other_disk() -> Iterator[Path]:
    """A folder on another file system."""
    base = Path("/dev/shm")
    if not base.is_dir() or base.stat().st_dev == Path.cwd().stat().st_dev:
        pytest.skip("needs a second file system")
    folder = base / f"souvenir-test-{os.getpid()}"
    folder.mkdir()
    yield folder
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()


def test_a_move_to_another_disk_is_a_copy_that_was_compared(here: Path, other_disk: Path) -> None:
    photo = write(here / "a.jpg")
    before = photo.stat().st_mtime_ns
    (step,) = move_files([photo], other_disk, never)
    assert step.problem is None
    assert names(here) == []
    assert (other_disk / "a.jpg").read_text() == "photo"
    assert (other_disk / "a.jpg").stat().st_mtime_ns == before
    assert not problems(exchange_files([[t.reversed] for t in step.transfers], never))
    assert names(here) == ["a.jpg"]


def test_a_disk_that_writes_something_else_is_found_out(
    here: Path, other_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "_hash_from_disk", lambda _path: b"something else")
    photo = write(here / "a.jpg")
    assert problems(move_files([photo], other_disk, never)) == {"a.jpg": "not_equal"}
    assert names(here) == ["a.jpg"]
    assert names(other_disk) == []


def test_a_file_that_is_saved_while_it_is_copied_stays(
    here: Path, other_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = write(here / "a.jpg")
    hash_from_disk: Callable[[Path], bytes] = placing._hash_from_disk

    def saved_meanwhile(path: Path) -> bytes:
        write(photo, "edited")
        return hash_from_disk(path)

    monkeypatch.setattr(placing, "_hash_from_disk", saved_meanwhile)
    assert problems(move_files([photo], other_disk, never)) == {"a.jpg": "changed"}
    assert photo.read_text() == "edited"
    assert names(other_disk) == []


# The way back


def test_the_way_back_overwrites_nothing(here: Path, there: Path) -> None:
    photo = write(here / "a.jpg", "mine")
    (step,) = move_files([photo], there, never)
    write(here / "a.jpg", "somebody else's")
    back = [[transfer.reversed] for transfer in step.transfers]
    assert problems(exchange_files(back, never)) == {"a.jpg": "taken"}
    assert (here / "a.jpg").read_text() == "somebody else's"
    assert (there / "a.jpg").read_text() == "mine"


def test_exchanged_names_are_exchanged_back(here: Path) -> None:
    one, two = write(here / "1.jpg", "one"), write(here / "2.jpg", "two")
    there_and_back = [[Transfer(one, two)], [Transfer(two, one)]]
    for expected in ("two", "one"):
        assert not problems(exchange_files(there_and_back, never))
        assert one.read_text() == expected


# A process that is killed

KILLED = """
import os, sys, tempfile
from pathlib import Path
from core.filing.moving import move_files
from core.filing.names import numbered
from core.filing.pattern import NameFacts
from core.filing.renaming import Renaming, rename_files

base, far = Path(sys.argv[1]), Path(sys.argv[2])
CONTENTS = {"first": "1", "second": "22" * 1000}


def lay_out(n, links):
    root, away = base / f"{n}{links}", far / f"{n}{links}"
    root.mkdir()
    away.mkdir()
    for name, content in CONTENTS.items():
        (root / f"{name}.jpg").write_text(content)
    return root, away


def work(kind, root, away):
    photos = [root / "first.jpg", root / "second.jpg"]
    if kind == "move":
        steps = move_files(photos, away, lambda: False)
    else:
        steps = rename_files([Renaming(*photos), Renaming(*photos[::-1])], lambda: False)
    for _ in steps:
        pass


def killed_at(n, kind, links):
    root, away = lay_out(f"{kind}{n}", links)
    if not links:
        def refuse(*_, **__):
            raise OSError(95, "not supported")
        os.link = refuse
    child = os.fork()
    if child == 0:
        left = [n]
        def hook(event, _args):
            if event in ("os.link", "os.remove", "os.rename", "open", "os.symlink"):
                left[0] -= 1
                if left[0] < 0:
                    os._exit(9)
        sys.addaudithook(hook)
        work(kind, root, away)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    seen = [p.read_text() for d in (root, away) for p in d.iterdir() if p.name[0] != "."]
    for name, content in CONTENTS.items():
        assert content in seen, (kind, n, links, name)
    return code == 0


for links in (True, False):
    for kind in ("move", "rename"):
        n = 0
        while not killed_at(n, kind, links):
            n += 1
        assert n >= 4, n
print("nothing lost")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
@pytest.mark.parametrize("disk", ["the same disk", "another disk"])
def test_whenever_it_is_killed_every_photo_is_there_whole(
    tmp_path: Path, disk: str, request: pytest.FixtureRequest
) -> None:
    far = tmp_path / "far"
    far.mkdir()
    if disk == "another disk":
        shared: Path = request.getfixturevalue("other_disk")
        far = shared / "far"
        far.mkdir()
    near = tmp_path / "near"
    near.mkdir()
    try:
        ran = subprocess.run(
            [sys.executable, "-c", KILLED, str(near), str(far)],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ,
        )
        assert ran.stdout == "nothing lost\n", ran.stderr
    finally:
        for folder, _, files in os.walk(far, topdown=False):
            for name in files:
                Path(folder, name).unlink()
            Path(folder).rmdir()


def a_link_and_a_pipe_beside(here: Path, outside: Path) -> Path:
    """Two photos whose sidecars are no files of theirs, and one with a sidecar of its own."""
    outside.write_text("secret")
    (here / "a.jpg.xmp").symlink_to(outside)
    os.mkfifo(here / "b.jpg.xmp")
    (here / "c.jpg.xmp").write_text("c's")
    for name in ("a", "b", "c"):
        (here / f"{name}.jpg").write_text(name)
    return here


@pytest.mark.skipif(os.name == "nt", reason="links and pipes of POSIX")
def test_sidecars_that_are_links_or_pipes_are_not_copied_and_the_photos_are(
    here: Path, there: Path, tmp_path: Path
) -> None:
    a_link_and_a_pipe_beside(here, tmp_path / "outside")
    photos = [here / f"{name}.jpg" for name in "abc"]
    steps = list(copy_files(photos, there, never))
    reasons = [step.problem.reason if step.problem else None for step in steps]
    assert reasons == ["link", "not_a_photo", None]
    assert sorted(path.name for path in there.iterdir()) == [
        *("a.jpg", "b.jpg", "c.jpg", "c.jpg.xmp")
    ]


@pytest.mark.skipif(os.name == "nt", reason="links and pipes of POSIX")
@pytest.mark.parametrize("gathering", ["copy", "hard_link", "symlink"])
def test_a_photo_that_is_a_looping_link_is_told_and_the_rest_goes_on(
    here: Path, there: Path, gathering: Gathering
) -> None:
    loop, fine = here / "loop.jpg", here / "z.jpg"
    loop.symlink_to("loop.jpg")
    fine.write_text("fine")
    first, second = gather_files([loop, fine], there, gathering, never)
    assert first.problem is not None
    assert (first.problem.reason, second.problem) == ("link", None)
    assert [path.name for path in there.iterdir()] == ["z.jpg"]


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_a_name_that_a_dangling_link_has_is_taken(here: Path, there: Path, tmp_path: Path) -> None:
    photo = here / "a.jpg"
    photo.write_text("a")
    (there / "a.jpg").symlink_to(tmp_path / "made")
    for files in (copy_files, move_files):
        list(files([photo], there, never))
    assert not (tmp_path / "made").exists()
    assert sorted(path.name for path in there.iterdir()) == ["a (2).jpg", "a (3).jpg", "a.jpg"]
