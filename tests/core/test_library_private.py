"""A library is for one person alone, whatever the umask, and whoever made it before."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from core.catalog import folders
from core.embedding import notes, partial
from core.imaging.thumbnails import write_thumbnail
from core.library import Library
from core.library.opening import open_parts
from core.paths import LibraryPaths
from core.private_files import make_private
from core.search import prompts
from core.settings import Settings, save_settings
from core.tagging.files import write_labels
from core.vectors.graph import build_graph
from core.vectors.graph_files import GraphFiles

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")

UMASKS = (0o000, 0o022, 0o077)


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def open_to_others(root: Path) -> list[str]:
    """What at or below `root` others may do anything with."""
    found = [root, *root.rglob("*")]
    return [str(path.relative_to(root)) for path in found if path.lstat().st_mode & 0o077]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("mask", UMASKS)
def test_everything_in_a_library_is_private_while_it_is_open_and_after(
    tmp_path: Path, mask: int
) -> None:
    place = tmp_path / "made" / "library"
    with umask(mask), Library.open(place) as library:
        (tmp_path / "photos").mkdir()
        library.add_folder(tmp_path / "photos")
        library.change_settings(speed="gentle")
        names = {path.name for path in place.iterdir()}
        assert {"catalogue.sqlite", "catalogue.sqlite-wal", "catalogue.sqlite-shm"} <= names
        assert {"settings.json", "writer.lock", "writer.json"} <= names
        assert open_to_others(tmp_path / "made") == []
        assert (mode(place), mode(place / "catalogue.sqlite-wal")) == (0o700, 0o600)
    assert open_to_others(tmp_path / "made") == []
    assert mode(place / "catalogue.sqlite") == 0o600


@pytest.mark.parametrize("mask", UMASKS)
def test_every_cache_is_private(tmp_path: Path, mask: int) -> None:
    from PIL import Image

    paths = LibraryPaths(tmp_path / "library")
    with umask(mask):
        picture = Image.new("RGB", (40, 30))
        write_thumbnail(picture, (0, 0, 40, 30), paths.thumbnail(bytes(16)))
        vectors = np.eye(64, dtype=np.float32)
        graph = build_graph(vectors, cancelled=lambda: False)
        assert graph is not None
        files = GraphFiles(paths.vectors / "model", "model", 64, 64)
        assert files.save(graph, np.arange(64, dtype=np.int64), vectors) is not None
        prompts._keep(paths.prompts / "model.npy", "mark", vectors)
        save_settings(paths.settings, Settings())
        notes.write_note(paths.root / "models" / "precision.json", "cpu", "float32")
        part = paths.root / "models" / "downloads" / "x.part"
        partial.note_download("a/b", part, 9)
    assert len(list(paths.root.rglob("*"))) > 9
    assert open_to_others(paths.root) == []


def make_old(root: Path) -> None:
    """Leave a library as Souvenir did before: to everybody."""
    for path in (root, *root.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.fixture
def old(tmp_path: Path) -> LibraryPaths:
    """A library that an older Souvenir made, with two thumbnails."""
    paths = LibraryPaths(tmp_path / "library")
    open_parts(paths, write=True).close()
    save_settings(paths.settings, Settings())
    for number in range(2):
        thumbnail = paths.thumbnail(bytes([number] * 16))
        thumbnail.parent.mkdir(parents=True)
        thumbnail.write_bytes(b"\xff\xd8")
    (paths.vectors / "model").mkdir(parents=True)
    paths.prompts.mkdir()
    paths.window.write_text("[desk]")
    make_old(paths.root)
    return paths


@pytest.mark.parametrize("write", [True, False])
def test_a_library_that_was_open_to_others_is_closed_when_it_is_opened(
    old: LibraryPaths, write: bool
) -> None:
    with open_parts(old, write=write).catalogue:
        assert open_to_others(old.root) == []


def test_a_log_that_a_crash_left_is_closed_too(old: LibraryPaths) -> None:
    script = f"""if True:
        import os
        from pathlib import Path
        from core.library.opening import open_parts
        from core.paths import LibraryPaths
        from core.catalog.folders import add_folder
        opened = open_parts(LibraryPaths(Path({str(old.root)!r})), write=True)
        with opened.catalogue.transaction() as tx:
            add_folder(tx, "/photos")
        os._exit(1)
    """
    subprocess.run([sys.executable, "-c", script], check=False)
    make_old(old.root)
    assert (old.root / "catalogue.sqlite-wal").stat().st_size
    with open_parts(old, write=True).catalogue as catalogue, catalogue.reader() as connection:
        assert open_to_others(old.root) == []
        assert [folder.path for folder in folders.list_folders(connection)] == ["/photos"]


def test_a_folder_with_other_things_keeps_its_mode_and_so_do_they(old: LibraryPaths) -> None:
    other = old.root / "holiday.txt"
    other.write_text("plans")
    others = old.root / "plans"
    others.mkdir()
    make_old(old.root)
    open_parts(old, write=True).close()
    assert (mode(old.root), mode(other), mode(others)) == (0o755, 0o644, 0o755)
    assert sorted(open_to_others(old.root)) == [".", "holiday.txt", "plans"]


def test_what_a_link_leads_to_is_not_touched(old: LibraryPaths, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    elsewhere.chmod(0o755)
    (old.thumbnails / "linked").symlink_to(elsewhere)
    open_parts(old, write=True).close()
    assert mode(elsewhere) == 0o755


def test_a_library_that_is_itself_a_link_is_closed(old: LibraryPaths, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(old.root)
    open_parts(LibraryPaths(link), write=True).close()
    assert open_to_others(old.root) == []


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_what_cannot_be_closed_stops_nothing(old: LibraryPaths) -> None:
    process = Path("/proc", str(os.getpid()))
    with pytest.raises(OSError, match="not permitted"):
        process.chmod(0o700)
    make_private([process, old.settings])
    assert mode(old.settings) == 0o600
    assert mode(process) == 0o555


def test_a_large_library_is_closed_at_its_top_and_opens_at_once(old: LibraryPaths) -> None:
    make_private([old.thumbnails], seconds=0)
    assert mode(old.thumbnails) == 0o700  # which closes all that is in it
    assert len(open_to_others(old.thumbnails)) == 4


def test_models_that_a_person_shares_on_purpose_stay_shared(
    old: LibraryPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path / "shared models"
    shared.mkdir()
    shared.chmod(0o755)
    monkeypatch.setenv("SOUVENIR_MODELS", str(shared))
    open_parts(old, write=True).close()
    assert mode(shared) == 0o755


def test_models_in_their_usual_place_are_closed(
    old: LibraryPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    model = tmp_path / "data" / "souvenir" / "models" / "owner" / "name"
    model.mkdir(parents=True)
    (model / "weights").touch()
    make_old(tmp_path / "data")
    open_parts(old, write=True).close()
    assert open_to_others(tmp_path / "data" / "souvenir" / "models") == []
    assert mode(tmp_path / "data" / "souvenir") == 0o755


@pytest.mark.parametrize(("mask", "expected"), [(0o022, 0o644), (0o077, 0o600)])
def test_what_a_person_asks_for_is_as_their_other_files(
    tmp_path: Path, mask: int, expected: int
) -> None:
    with umask(mask):
        write_labels(tmp_path / "labels.toml", [])
    assert mode(tmp_path / "labels.toml") == expected
