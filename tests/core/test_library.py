"""The library as one door: edits and their events, failures set aside and tried again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.catalog.edits import (
    AddToAlbum,
    CreateAlbum,
    DeleteAlbum,
    SaveSearch,
    SetFavourite,
    SetRating,
)
from core.catalog.files import FileKey, FileStat, known_files, record_unread
from core.catalog.folders import add_folder
from core.catalog.metadata import PhotoContent
from core.catalog.photos import store_photo
from core.errors import CatalogueError, SouvenirError
from core.events import (
    AlbumsChanged,
    Event,
    FailuresChanged,
    PhotosChanged,
    Progress,
    SearchesChanged,
)
from core.library import Library
from core.library.opening import open_parts
from core.paths import LibraryPaths
from tests.helpers.patience import until


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A library with two photos, ids 1 and 2, and two files that failed."""
    opened = open_parts(LibraryPaths(tmp_path / "library"), write=True)
    with opened.catalogue.transaction() as tx:
        folder = add_folder(tx, "/photos")
        for number in (1, 2):
            content = PhotoContent(number.to_bytes(16, "big"), 9, "JPEG", 40, 30)
            store_photo(tx, FileKey(folder.id, "", f"{number}.jpg"), FileStat(9, 9, 9), content)
        for name in ("x.jpg", "y.jpg"):
            key = FileKey(folder.id, "a", name)
            record_unread(tx, key, FileStat(5, 5, 5), "failed", "It is cut short.")
    opened.close()
    return tmp_path / "library"


@pytest.fixture
def library(place: Path) -> Iterator[Library]:
    with Library.open(place) as library:
        yield library


@pytest.fixture
def told(library: Library) -> list[Event]:
    events: list[Event] = []
    library.events.subscribe(events.append)
    return events


def failed(library: Library) -> list[str]:
    return [Path(file.path).name for file in library.browse.failures()]


def unknown(library: Library) -> list[str]:
    """Files that the next look at them takes for new."""
    with library._catalogue.reader() as c:
        known = known_files(c, 1, "a")
    return [name for name, stat in sorted(known.items()) if stat.size < 0]


def test_an_edit_is_told_and_can_be_taken_back(library: Library, told: list[Event]) -> None:
    undo = library.edit(SetRating({1: 4, 2: 4, 99: 1}))
    assert told == [PhotosChanged(updated=(1, 2))]
    assert [photo.rating for photo in library.photos([1, 2])] == [4, 4]
    redo = library.edit(undo)
    assert [photo.rating for photo in library.photos([1, 2])] == [0, 0]
    library.edit(redo)
    assert [photo.rating for photo in library.photos([1, 2])] == [4, 4]


def test_albums_and_searches_tell_that_they_changed(library: Library, told: list[Event]) -> None:
    undo = library.edit(CreateAlbum("Lakes", (1,)))
    assert isinstance(undo, DeleteAlbum)
    library.edit(AddToAlbum(undo.id, (2,)))
    library.edit(SaveSearch("Dusk", "at dusk"))
    assert told == [AlbumsChanged(), AlbumsChanged(), SearchesChanged()]
    assert library.browse.overview().albums[0].photos == 2


def test_an_edit_that_fails_changes_and_tells_nothing(library: Library, told: list[Event]) -> None:
    with pytest.raises(SouvenirError, match="not there any more"):
        library.edit(AddToAlbum(9, (1,)))
    assert told == []


def test_a_library_that_is_only_read_refuses_edits(place: Path) -> None:
    with Library.open(place, write=False) as library:
        assert len(library.browse.listing()) == 2
        with pytest.raises(SouvenirError, match="open for reading only"):
            library.edit(SetFavourite({1: True}))
        with pytest.raises(SouvenirError, match="open for reading only"):
            library.ignore_failures([Path("/photos/a/x.jpg")])


def test_failures_are_set_aside_until_they_are_tried_again_by_name(
    library: Library, told: list[Event]
) -> None:
    x = Path("/photos/a/x.jpg")
    assert library.ignore_failures([x, Path("/elsewhere/z.jpg")]) == 1
    assert told == [FailuresChanged()]
    assert failed(library) == ["y.jpg"]
    assert library.retry() == 1
    assert unknown(library) == ["y.jpg"]
    assert library.retry([x]) == 1
    assert unknown(library) == ["x.jpg", "y.jpg"]
    assert failed(library) == ["x.jpg", "y.jpg"]


def test_a_failed_file_is_read_again_at_once_where_folders_are_followed(tmp_path: Path) -> None:
    broken = tmp_path / "photos" / "broken.png"
    broken.parent.mkdir()
    broken.write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    with Library.open(tmp_path / "library", device="cpu") as library:
        library.change_settings(polling=True)  # nothing else makes it look so soon
        library.add_folder(broken.parent)
        assert len(library.index().failed) == 1
        library.start_watching()
        again: list[Event] = []
        library.events.subscribe(lambda event: again.append(event) if _failed(event) else None)
        assert library.retry() == 1
        until(lambda: again)


def _failed(event: Event) -> bool:
    return isinstance(event, Progress) and event.failed == 1


def test_a_catalogue_that_was_emptied_does_not_pass_for_a_new_library(place: Path) -> None:
    catalogue = LibraryPaths(place).catalogue
    thumbnail = LibraryPaths(place).thumbnail(b"0123456789abcdef")
    catalogue.write_bytes(b"")
    Library.open(place).close()  # nothing was ever indexed: it is one
    catalogue.write_bytes(b"")
    thumbnail.parent.mkdir(parents=True)
    thumbnail.write_bytes(b"JPEG")
    for write in (True, False):
        with pytest.raises(CatalogueError, match=r"is empty although .* put back a copy"):
            Library.open(place, write=write)
    assert catalogue.read_bytes() == b""
