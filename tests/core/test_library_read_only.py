"""A library where nothing can be written: refused with the reason, and looked at all the same."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.catalog import folders
from core.catalog.catalogue import Catalogue
from core.catalog.edits import SetFavourite
from core.catalog.files import FileKey, FileStat
from core.catalog.metadata import PhotoContent
from core.catalog.photos import store_photo
from core.errors import LibraryReadOnlyError, SouvenirError
from core.library import Library
from core.paths import LibraryPaths

ROOT = Path(__file__).resolve().parents[2]

LOOK = """
import os, sys
from pathlib import Path
from core.catalog.edits import SetFavourite
from core.errors import SouvenirError
from core.library import Library

if len(sys.argv) > 2:
    os.setuid(int(sys.argv[2]))  # the superuser may write anywhere
place = Path(sys.argv[1])
try:
    Library.open(place)
except SouvenirError as error:
    print(type(error).__name__, error)
with Library.open(place, write=False) as library:
    found = library.search("type:jpeg", top=10)
    print(library.only_read, len(library.photo_ids()), len(found.ids))
    try:
        library.edit(SetFavourite({1: True}))
    except SouvenirError as error:
        print(error)
"""


def make_library(place: Path) -> None:
    """A library with one photo in its catalogue."""
    with Catalogue(LibraryPaths(place).catalogue) as catalogue, catalogue.transaction() as tx:
        folder = folders.add_folder(tx, Path("/photos")).id
        content = PhotoContent(bytes(16), 9, "JPEG", 3, 2)
        store_photo(tx, FileKey(folder, "", "a.jpg"), FileStat(9, 0, 1), content)


@pytest.fixture
def place() -> Iterator[Path]:
    # Not in tmp_path, which only its owner may enter.
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        make_library(Path(folder) / "library")
        yield Path(folder) / "library"


def told(*command: str) -> list[str]:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_a_folder_that_cannot_be_written_is_looked_at(place: Path) -> None:
    import os

    place.chmod(0o555)
    LibraryPaths(place).catalogue.chmod(0o644)  # only its person may read it, otherwise
    other = ["65534"] if os.getuid() == 0 else []
    refused, looked, edited = told(sys.executable, "-c", LOOK, str(place), *other)
    place.chmod(0o755)
    assert refused == (
        f"LibraryReadOnlyError The library in {place} cannot be written: check the permissions of "
        "its folder, or open it to look and search only."
    )
    assert looked == "denied 1 1"
    assert edited == ("This library is open for reading only: check the permissions of its folder.")
    assert [path.name for path in place.iterdir()] == ["catalogue.sqlite"]


def can_mount() -> bool:
    """Whether a test may have a small disk of its own."""
    unshare = shutil.which("unshare")
    if unshare is None or sys.platform != "linux":
        return False
    command = [unshare, "-rm", "mount", "-t", "tmpfs", "none", "/mnt"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not can_mount(), reason="needs unshare, to mount a small disk")
def test_a_library_on_a_full_disk_is_looked_at(place: Path) -> None:
    script = f"""
        mount -t tmpfs -o size=2m none /mnt && cp -r "$1" /mnt/library
        dd if=/dev/zero of=/mnt/filled bs=1k 2>/dev/null
        exec "{sys.executable}" -c "$2" /mnt/library
    """
    command = ["unshare", "-rm", "sh", "-c", script, "sh", str(place), LOOK]
    refused, looked, edited = told(*command)
    assert refused == (
        "LibraryReadOnlyError There is no room left on the disk of the library in /mnt/library: "
        "free some space, or open it to look and search only."
    )
    assert looked == "full 1 1"
    assert edited.endswith("free some space on its disk, then open it again.")


def test_beside_one_that_writes_it_says_so(place: Path) -> None:
    with Library.open(place), Library.open(place, write=False) as beside:
        assert beside.only_read == "in_use"
        with pytest.raises(SouvenirError, match="another Souvenir writes"):
            beside.edit(SetFavourite({1: True}))


def test_a_full_disk_without_a_library_is_no_library_to_look_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.library.opening.unwritable", lambda _root: "full")
    monkeypatch.setattr(
        "core.library.lock.WriterLock.acquire",
        lambda _path: (_ for _ in ()).throw(OSError(28, "No space left on device")),
    )
    with pytest.raises(SouvenirError, match="choose another place") as refused:
        Library.open(tmp_path / "library")
    assert not isinstance(refused.value, LibraryReadOnlyError)
