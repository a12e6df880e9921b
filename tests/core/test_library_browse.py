"""Browsing: lists in order with what a grid needs, counts, the tree of folders, completions."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from core.catalog import listing
from core.catalog.albums import Album
from core.catalog.catalogue import Catalogue
from core.catalog.check import check_catalogue
from core.catalog.directories import DirectoryInfo
from core.catalog.edits import (
    CreateAlbum,
    Edit,
    SaveSearch,
    SetFavourite,
    SetKeywords,
    SetRating,
    apply_edit,
)
from core.catalog.files import FileKey, FileStat, ignore_failures, record_unread, remove_files
from core.catalog.filters import (
    AddedSince,
    AlbumFilter,
    AlbumNameFilter,
    CameraFilter,
    Filter,
    IsFavouriteFilter,
    KeywordFilter,
    NotFilter,
)
from core.catalog.folders import add_folder, remove_folder, set_offline
from core.catalog.listing import Sort
from core.catalog.metadata import Metadata, PhotoContent
from core.catalog.photos import store_photo
from core.catalog.searches import SavedSearch
from core.catalog.unread_directories import (
    forget_unread_directory,
    ignore_unread_directories,
    record_unread_directory,
)
from core.library.albums import Albums
from core.library.answers import Answers
from core.library.browse import RECENT_SECONDS, Browse


def _without_model() -> Answers:
    raise AssertionError("only words need a model")


@dataclass
class Shelf:
    """A catalogue to put photos into, and what browses in it. Photos are told apart by name."""

    catalogue: Catalogue
    ids: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.browse = Browse(self.catalogue, Albums(self.catalogue, _without_model).meant)

    def put(
        self,
        path: str,
        *,
        root: str = "/photos",
        shows: str = "",
        size: int = 1000,
        shape: tuple[int, int] = (40, 30),
        **told: object,
    ) -> int:
        """Store a photo; two that show the same are one photo with two files."""
        directory, _, name = path.rpartition("/")
        content_hash = (shows or path).encode().ljust(16, b".")[-16:]
        metadata = Metadata(**told)  # type: ignore[arg-type]
        content = PhotoContent(content_hash, size, "JPEG", *shape, metadata=metadata)
        with self.catalogue.transaction() as tx:
            key = FileKey(add_folder(tx, root).id, directory, name)
            photo_id, _ = store_photo(tx, key, FileStat(size, 10**18, 0), content)
        return self.ids.setdefault(name, photo_id)

    def fail(self, *paths: str) -> None:
        """Have files that could not be read."""
        with self.catalogue.transaction() as tx:
            folder = add_folder(tx, "/photos")
            for path in paths:
                directory, _, name = path.rpartition("/")
                key = FileKey(folder.id, directory, name)
                record_unread(tx, key, FileStat(5, 5, 5), "failed", "It is cut short.")

    def edit(self, edit: Edit) -> None:
        with self.catalogue.transaction() as tx:
            apply_edit(tx, edit)

    def named(self, ids: np.ndarray) -> str:
        """The names of these photos, in their order."""
        names = {photo_id: name for name, photo_id in self.ids.items()}
        return " ".join(names[int(photo_id)] for photo_id in ids)

    def order(self, sort: Sort, *filters: Filter, descending: bool = False) -> str:
        listed = self.browse.listing(sort, descending=descending, filters=filters)
        return self.named(listed.ids)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """An empty catalogue, found sound at its end."""
    with Catalogue(tmp_path / "c.sqlite") as catalogue:
        yield Shelf(catalogue)
        with catalogue.reader() as c:
            assert check_catalogue(c) == []


# --- lists ---------------------------------------------------------------------------------------


def test_a_listing_tells_of_each_photo_its_day_and_shape(shelf: Shelf) -> None:
    shelf.put("old.jpg", taken_at="1969-12-31T23:59:59", shape=(30, 40))
    shelf.put("new.jpg", taken_at="2021-06-05T00:00:00", shape=(6000, 1500))
    listed = shelf.browse.listing()
    assert shelf.named(listed.ids) == "new.jpg old.jpg"
    assert listed.days.tolist() == [int(np.datetime64("2021-06-05").astype(int)), -1]
    assert listed.aspects.tolist() == [4.0, 0.75]
    assert (listed.ids.dtype, listed.days.dtype, listed.aspects.dtype) == (
        np.dtype(np.int64),
        np.dtype(np.int32),
        np.dtype(np.float32),
    )
    assert len(shelf.browse.listing(limit=1)) == 1
    assert shelf.named(shelf.browse.listing("name", descending=False, limit=1).ids) == "new.jpg"


def test_an_empty_library_has_an_empty_listing(shelf: Shelf) -> None:
    assert len(shelf.browse.listing()) == 0
    assert len(shelf.browse.listing_of([1, 2])) == 0
    assert len(shelf.browse.sorted_ids([], "name", descending=False)) == 0


def test_a_photo_without_a_date_is_listed_on_the_day_of_its_file(shelf: Shelf) -> None:
    shelf.put("a.jpg")
    day = time.strftime("%Y-%m-%d", time.localtime(10**9))
    assert shelf.browse.listing().days.tolist() == [int(np.datetime64(day).astype(int))]


def test_names_are_in_their_natural_order(shelf: Shelf) -> None:
    names = ["img10.jpg", "IMG2.JPG", "img1.jpg", "img002b.jpg", "Ärger.jpg", "img.jpg", "a.jpg"]
    for name in [*names, "img12345678901.jpg", "img987654321.jpg"]:
        shelf.put(name)
    assert shelf.order("name") == (
        "a.jpg img.jpg img1.jpg IMG2.JPG img002b.jpg img10.jpg img987654321.jpg "
        "img12345678901.jpg Ärger.jpg"
    )


@pytest.mark.parametrize("few", [0, 1000])
def test_results_can_be_put_in_any_order(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    """However many there are: a few are looked up, of many all photos are read."""
    monkeypatch.setattr(listing, "_FEW_TO_SORT", few)
    monkeypatch.setattr(listing, "_FEW_TO_LIST", few)
    shelf.put("b.jpg", taken_at="2003-01-01T00:00:00", size=20, shape=(10, 10))
    shelf.put("a.jpg", taken_at="2001-01-01T00:00:00", size=30)
    shelf.put("c.jpg", taken_at="2002-01-01T00:00:00", size=10)
    shelf.put("other.jpg")
    b, a, c = (shelf.ids[name] for name in ("b.jpg", "a.jpg", "c.jpg"))
    shelf.edit(SetRating({c: 5, a: 3}))
    ids = np.array([a, b, c, 999])
    expected = {
        "taken": "a.jpg c.jpg b.jpg",
        "added": "b.jpg a.jpg c.jpg",
        "name": "a.jpg b.jpg c.jpg",
        "size": "c.jpg b.jpg a.jpg",
        "rating": "b.jpg a.jpg c.jpg",
    }
    sort: Sort
    for sort in ("taken", "added", "name", "size", "rating"):
        upwards = shelf.browse.sorted_ids(ids, sort, descending=False)
        assert shelf.named(upwards) == expected[sort]
        downwards = shelf.browse.sorted_ids(ids[::-1], sort, descending=True)
        assert downwards.tolist() == upwards.tolist()[::-1]
    listed = shelf.browse.listing_of([c, 999, b, a])
    assert listed.ids.tolist() == [c, b, a]
    assert np.allclose(listed.aspects, [4 / 3, 1, 4 / 3], atol=0.001)
    assert np.diff(listed.days).tolist() == [365, -730]


def test_filters_of_places(shelf: Shelf) -> None:
    first, second = shelf.put("a.jpg", camera="Canon"), shelf.put("b.jpg")
    shelf.put("gone.jpg", keywords=("lake",))
    with shelf.catalogue.transaction() as tx:
        tx.execute("UPDATE photos SET added_at = 1000.0 + id")
    shelf.edit(SetFavourite({second: True}))
    shelf.edit(CreateAlbum("Lakes of Bavaria", (first, second, 3)))
    shelf.edit(CreateAlbum("Lakes", (second,)))
    shelf.edit(SetKeywords({first: ("lake",)}))
    with shelf.catalogue.transaction() as tx:
        remove_files(tx, 1, "", ["gone.jpg"])
    assert shelf.order("name", AlbumFilter(1)) == "a.jpg b.jpg"
    assert shelf.order("name", AlbumFilter(9)) == ""
    assert shelf.order("name", AlbumNameFilter("lakes")) == "b.jpg"
    assert shelf.order("name", AlbumNameFilter("BAVARIA")) == "a.jpg b.jpg"
    assert shelf.order("name", AlbumNameFilter("none")) == ""
    assert shelf.order("name", KeywordFilter("lake")) == "a.jpg"
    assert shelf.order("name", AddedSince(1000.0 + second)) == "b.jpg"
    assert shelf.order("name", IsFavouriteFilter(), AlbumFilter(1)) == "b.jpg"
    assert shelf.order("name", NotFilter(AlbumFilter(2)), CameraFilter("canon")) == "a.jpg"


# --- numbers -------------------------------------------------------------------------------------


def test_the_overview_counts_what_has_a_place_of_its_own(shelf: Shelf) -> None:
    first, second = shelf.put("a.jpg"), shelf.put("b.jpg")
    with shelf.catalogue.transaction() as tx:
        old = time.time() - RECENT_SECONDS - 60
        tx.execute("UPDATE photos SET added_at = ? WHERE id = ?", (old, second))
    shelf.fail("x.jpg", "y.jpg")
    with shelf.catalogue.transaction() as tx:
        ignore_failures(tx, [FileKey(1, "", "y.jpg")])
    shelf.edit(SetFavourite({first: True}))
    shelf.edit(CreateAlbum("Lakes", (first,)))
    shelf.edit(CreateAlbum("Empty"))
    shelf.edit(SaveSearch("Dusk", "at dusk"))
    seen = shelf.browse.overview()
    assert (seen.photos, seen.favourites, seen.recent, seen.failed) == (2, 1, 1, 1)
    assert seen.albums == (Album(2, "Empty", 0), Album(1, "Lakes", 1))
    assert seen.searches == (SavedSearch(1, "Dusk", "at dusk"),)


def test_failures_that_are_ignored_are_listed_apart(shelf: Shelf) -> None:
    shelf.fail("a/x.jpg", "y.jpg")
    with shelf.catalogue.transaction() as tx:
        assert ignore_failures(tx, [FileKey(1, "", "y.jpg"), FileKey(1, "", "none")]) == 1
    assert [file.path for file in shelf.browse.failures()] == ["/photos/a/x.jpg"]
    (ignored,) = shelf.browse.failures(ignored=True)
    assert (ignored.path, ignored.reason) == ("/photos/y.jpg", "It is cut short.")
    shelf.fail("y.jpg")  # it failed again
    assert [file.path for file in shelf.browse.failures()] == ["/photos/a/x.jpg"]
    shelf.put("y.jpg")  # it was mended
    shelf.fail("y.jpg")  # and broke again
    assert len(shelf.browse.failures()) == 2


def test_the_tree_shows_every_directory_with_photos_in_or_below_it(shelf: Shelf) -> None:
    shelf.put("2021/Lake 10/a.jpg")
    shelf.put("2021/Lake 9/b.jpg")
    shelf.put("c.jpg")
    shelf.put("deep/er/d.jpg", root="/media/disk")
    shelf.fail("broken/x.jpg")
    with shelf.catalogue.transaction() as tx:
        set_offline(tx, 2, True)
        add_folder(tx, "/new")
    assert shelf.browse.folder_tree() == [
        DirectoryInfo("/media/disk", "disk", 0, 1, offline=True, root=True),
        DirectoryInfo("/media/disk/deep", "deep", 1, 1, offline=True, root=False),
        DirectoryInfo("/media/disk/deep/er", "er", 2, 1, offline=True, root=False),
        DirectoryInfo("/new", "new", 0, 0, offline=False, root=True),
        DirectoryInfo("/photos", "photos", 0, 3, offline=False, root=True),
        DirectoryInfo("/photos/2021", "2021", 1, 2, offline=False, root=False),
        DirectoryInfo("/photos/2021/Lake 9", "Lake 9", 2, 1, offline=False, root=False),
        DirectoryInfo("/photos/2021/Lake 10", "Lake 10", 2, 1, offline=False, root=False),
    ]


def test_the_tree_may_be_of_any_depth(shelf: Shelf) -> None:
    directory = "/".join(["d"] * 1500)
    shelf.put(f"{directory}/a.jpg")
    tree = shelf.browse.folder_tree()
    assert [info.depth for info in tree] == list(range(1501))
    assert {info.photos for info in tree} == {1}
    assert tree[-1].path == f"/photos/{directory}"


def test_folders_that_could_not_be_read_are_failures_too(shelf: Shelf) -> None:
    shelf.put("a.jpg")
    shelf.fail("b/x.jpg")
    odd = os.fsdecode(b"odd\xff")
    with shelf.catalogue.transaction() as tx:
        assert record_unread_directory(tx, 1, "a", "It is closed.")
        assert not record_unread_directory(tx, 1, "a", "It is closed.")
        assert record_unread_directory(tx, 1, odd, "It is closed.")
        assert record_unread_directory(tx, 1, odd, "It lies too deep.")
    failed = shelf.browse.failures()
    assert [(each.path, each.is_folder) for each in failed] == [
        ("/photos/a", True),
        ("/photos/b/x.jpg", False),
        (f"/photos/{odd}", True),
    ]
    assert failed[2].reason == "It lies too deep."
    assert shelf.browse.overview().problems == 3
    with shelf.catalogue.transaction() as tx:
        assert ignore_unread_directories(tx, ["/photos/a", "/photos/none"], ignored=True) == 1
    assert [each.path for each in shelf.browse.failures(ignored=True)] == ["/photos/a"]
    assert shelf.browse.overview().problems == 2
    with shelf.catalogue.transaction() as tx:
        assert not record_unread_directory(tx, 1, "a", "It is closed.")  # it stays ignored
        assert forget_unread_directory(tx, 1, odd)
        assert not forget_unread_directory(tx, 1, odd)
    assert shelf.browse.overview().problems == 1


def test_of_a_folder_that_is_offline_only_itself_is_a_failure(shelf: Shelf) -> None:
    shelf.put("a.jpg")
    with shelf.catalogue.transaction() as tx:
        for directory in ("", "a"):
            record_unread_directory(tx, 1, directory, "It is closed.")
        set_offline(tx, 1, True)
    assert [each.path for each in shelf.browse.failures()] == ["/photos"]
    with shelf.catalogue.transaction() as tx:
        remove_folder(tx, 1)
    assert shelf.browse.failures() == []


def test_the_tree_counts_the_same_content_once_wherever_it_is(shelf: Shelf) -> None:
    for path in ("a/x/1.jpg", "a/x/2.jpg", "a/y/3.jpg", "b/4.jpg", "5.jpg"):
        shelf.put(path, shows="lake")
    shelf.put("a/x/6.jpg")
    shelf.put("other.jpg", root="/media/disk", shows="lake")
    counts = {info.path: info.photos for info in shelf.browse.folder_tree()}
    assert counts == {
        "/media/disk": 1,
        "/photos": 2,
        "/photos/a": 2,
        "/photos/a/x": 2,
        "/photos/a/y": 1,
        "/photos/b": 1,
    }


# --- completions ---------------------------------------------------------------------------------


def test_cameras_that_occur_are_offered_likeliest_first(shelf: Shelf) -> None:
    cameras = ["Canon EOS 5D", "Nikon D90", "Nikon D90", "iPhone 12", None, "EOS M"]
    for number, camera in enumerate(cameras):
        shelf.put(f"{number}.jpg", camera=camera)
    assert shelf.browse.known_values("camera")[0] == ("Nikon D90", 2)
    assert len(shelf.browse.known_values("camera")) == 4
    assert shelf.browse.known_values("camera", "eos") == [("EOS M", 1), ("Canon EOS 5D", 1)]
    assert shelf.browse.known_values("camera", "IPH", limit=1) == [("iPhone 12", 1)]
    assert shelf.browse.known_values("camera", "leica") == []
    assert shelf.browse.known_values("lens") == []
    assert shelf.browse.known_values("type") == [("JPEG", 6)]


def test_albums_and_keywords_count_photos_that_are_there(shelf: Shelf) -> None:
    first = shelf.put("a.jpg", keywords=("lake", "family"))
    gone = shelf.put("b.jpg", keywords=("lake", "lost"))
    shelf.edit(CreateAlbum("Summer by the lake", (first, gone)))
    shelf.edit(CreateAlbum("Empty"))
    shelf.edit(SaveSearch("Lakes", "keyword:lake"))
    with shelf.catalogue.transaction() as tx:
        remove_files(tx, 1, "", ["b.jpg"])
    assert shelf.browse.known_values("keyword") == [("family", 1), ("lake", 1)]
    assert shelf.browse.known_values("album") == [("Summer by the lake", 1), ("Lakes", None)]
    assert shelf.browse.known_values("album", "lak") == [
        ("Lakes", None),
        ("Summer by the lake", 1),
    ]
    assert shelf.browse.known_values("album", "sum") == [("Summer by the lake", 1)]


def test_dates_are_offered_by_year_month_and_day(shelf: Shelf) -> None:
    for number, day in enumerate(["2021-06-05", "2021-06-05", "2021-07-01", "1999-12-31"]):
        shelf.put(f"{number}.jpg", taken_at=f"{day}T14:03:22")
    known = shelf.browse.known_values
    assert known("date") == [("2021", 3), ("1999", 1)]
    assert known("date", "20") == [("2021", 3)]
    assert known("date", "2021") == [("2021-07", 1), ("2021-06", 2)]
    assert known("date", "2021-0", limit=1) == [("2021-07", 1)]
    assert known("date", "2021-06") == [("2021-06-05", 2)]
    assert known("date", "2021-06-05") == [("2021-06-05", 2)]
    assert known("date", "last-week") == []


def test_folders_are_offered_by_any_part_of_their_path(shelf: Shelf) -> None:
    shelf.put("2021/Lake/a.jpg")
    shelf.put("2021/b.jpg")
    assert shelf.browse.known_values("folder") == [
        ("photos", 2),
        ("photos/2021", 2),
        ("photos/2021/Lake", 1),
    ]
    assert shelf.browse.known_values("folder", "la") == [("photos/2021/Lake", 1)]
    assert shelf.browse.known_values("folder", "/photos/20") == [
        ("/photos/2021", 2),
        ("/photos/2021/Lake", 1),
    ]
