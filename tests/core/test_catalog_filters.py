"""Filters, orders and counts: what each one finds among a few photos."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from core.catalog import embeddings, files
from core.catalog.catalogue import Catalogue
from core.catalog.edits import SetFavourite, SetRating, apply_edit
from core.catalog.files import FileKey, FileStat
from core.catalog.filters import (
    AnyFilter,
    CameraFilter,
    DateFilter,
    DirectoryFilter,
    Filter,
    FolderFilter,
    HasGpsFilter,
    IsFavouriteFilter,
    IsOfflineFilter,
    LensFilter,
    NameFilter,
    NameStartFilter,
    NotFilter,
    PhotosFilter,
    RatingFilter,
    SizeFilter,
    TypeFilter,
)
from core.catalog.folders import add_folder, set_offline
from core.catalog.matching import matching_ids
from core.catalog.photos import (
    Metadata,
    PhotoContent,
    Sort,
    photo_ids,
    store_photo,
)
from core.catalog.statistics import (
    Counts,
    FolderCounts,
    counts,
    failures,
    folder_counts,
    skipped,
)
from core.catalog.values import distinct_values


@dataclass
class Shelf:
    """A few photos that are told apart by the names of their files."""

    tx: sqlite3.Connection

    def put(
        self,
        path: str,
        *,
        root: str = "/photos",
        modified: str = "2020-01-01T12:00:00",
        size: int = 1000,
        pixels: tuple[int, int] = (40, 30),
        format_name: str = "JPEG",
        **told: object,
    ) -> int:
        """Store a photo at `path`; every path is another photo."""
        folder = add_folder(self.tx, root)
        directory, _, name = path.rpartition("/")
        digest = hashlib.blake2b(f"{root}/{path}".encode(), digest_size=16).digest()
        seconds = time.mktime(time.strptime(modified, "%Y-%m-%dT%H:%M:%S"))
        metadata = Metadata(**told)  # type: ignore[arg-type]
        content = PhotoContent(digest, size, format_name, *pixels, metadata=metadata)
        stat = FileStat(size, int(seconds * 1e9), 0)
        return store_photo(self.tx, FileKey(folder.id, directory, name), stat, content)[0]

    def names(self, *filters: Filter) -> list[str]:
        """Names of the files of the photos that pass, sorted."""
        ids = matching_ids(self.tx, filters)
        assert ids is not None
        return sorted(self.name(photo_id) for photo_id in ids)

    def name(self, photo_id: int) -> str:
        return Path(files.paths_of(self.tx, [photo_id])[photo_id][0]).name

    def order(self, sort: Sort, descending: bool, *filters: Filter) -> str:
        ids = photo_ids(self.tx, sort, descending, filters)
        assert ids.dtype == np.int64
        return " ".join(self.name(photo_id) for photo_id in ids)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with Catalogue(tmp_path / "c.sqlite") as catalogue, catalogue.transaction() as tx:
        yield Shelf(tx)


def test_without_a_filter_there_is_nothing_to_restrict(shelf: Shelf) -> None:
    assert matching_ids(shelf.tx, []) is None


def test_ids_come_sorted_once_each(shelf: Shelf) -> None:
    for name in ("c.jpg", "a.jpg", "b.jpg"):
        shelf.put(name)
        shelf.put(f"copy of {name}")
    ids = matching_ids(shelf.tx, [NameFilter(".jpg")])
    assert ids is not None
    assert ids.dtype == np.int64
    assert ids.tolist() == [1, 2, 3, 4, 5, 6]


# --- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("birth", ["Birthday party.jpg"]),
        ("BIRTH", ["Birthday party.jpg"]),
        ("y p", ["Birthday party.jpg"]),
        ("照片", ["生日照片一.jpg"]),  # two characters, one, and three
        ("照", ["生日照片一.jpg"]),
        ("日照片", ["生日照片一.jpg"]),
        ("片照", []),
        ("%", ["50% off_sale.png"]),
        ("50%", ["50% off_sale.png"]),
        ("f_s", ["50% off_sale.png"]),
        ("_", ["50% off_sale.png", "IMG_1234.JPG"]),
        ('"quoted"', ['say "quoted" OR not.jpg']),
        ('d" OR n', ['say "quoted" OR not.jpg']),
        ("birth OR img", []),
        ("birth*", []),
        ("name:x AND", []),
        ("'", ["it's.jpg"]),
        ("t's", ["it's.jpg"]),
        ("İSTANBUL", ["istanbul İstanbul.jpg"]),
        ("STRASSE", ["Große Straße.jpg"]),
        ("stra\u00dfe", ["Große Straße.jpg"]),
        ("cafe\u0301", ["Caf\u00e9.jpg"]),
        ("", None),
        ("x" * 5000, []),
    ],
)
def test_names_are_found_by_any_part_literally(
    shelf: Shelf, text: str, names: list[str] | None
) -> None:
    all_names = [
        "Birthday party.jpg",
        "生日照片一.jpg",
        "50% off_sale.png",
        'say "quoted" OR not.jpg',
        "it's.jpg",
        "istanbul İstanbul.jpg",
        "Große Straße.jpg",
        "Caf\u00e9.jpg",
        "IMG_1234.JPG",
    ]
    for name in all_names:
        shelf.put(f"somewhere/{name}")
    assert shelf.names(NameFilter(text)) == (sorted(all_names) if names is None else names)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("IMG_1", ["IMG_1234.JPG"]),
        ("im", ["IMG_1234.JPG"]),
        ("1234", []),
        ("照", ["照片.jpg"]),
        ("片", []),
        ("", ["IMG_1234.JPG", "照片.jpg"]),
    ],
)
def test_names_are_found_by_their_beginning(shelf: Shelf, text: str, names: list[str]) -> None:
    for name in ("IMG_1234.JPG", "照片.jpg"):
        shelf.put(f"somewhere/{name}")
    assert shelf.names(NameStartFilter(text)) == names


def test_folders_are_found_by_any_part_of_their_path(shelf: Shelf) -> None:
    shelf.put("root.jpg")
    shelf.put("2021/Summer at the lake/lake.jpg")
    shelf.put("2021/winter/snow.jpg")
    shelf.put("夏天/beach.jpg")
    shelf.put("summer.jpg", root="/media/Disk_1")
    assert shelf.names(FolderFilter("summer")) == ["lake.jpg"]
    assert shelf.names(FolderFilter("2021/s")) == ["lake.jpg"]
    assert shelf.names(FolderFilter("2021/")) == ["lake.jpg", "snow.jpg"]
    assert shelf.names(FolderFilter("夏")) == ["beach.jpg"]
    assert shelf.names(FolderFilter("disk_1")) == ["summer.jpg"]
    assert shelf.names(FolderFilter("disk%1")) == []
    assert shelf.names(FolderFilter("media")) == []  # where the disk is mounted is not its name


def test_an_absolute_folder_means_it_and_all_below(shelf: Shelf) -> None:
    shelf.put("root.jpg")
    shelf.put("2021/a.jpg")
    shelf.put("2021/winter/b.jpg")
    shelf.put("2021 copy/c.jpg")
    shelf.put("d.jpg", root="/media/disk")
    assert shelf.names(FolderFilter("/photos/2021")) == ["a.jpg", "b.jpg"]
    assert shelf.names(FolderFilter("/Photos/2021/")) == ["a.jpg", "b.jpg"]
    assert shelf.names(FolderFilter("/photos/2021/winter")) == ["b.jpg"]
    assert shelf.names(FolderFilter("/media")) == ["d.jpg"]
    assert len(shelf.names(FolderFilter("/"))) == 5


def test_a_directory_is_exactly_that_one_and_all_below(shelf: Shelf) -> None:
    shelf.put("root.jpg")
    shelf.put("2021/a.jpg")
    shelf.put("2021/winter/b.jpg")
    shelf.put("2021 copy/c.jpg")
    shelf.put("WINTER/e.jpg")
    shelf.put("winter/f.jpg")
    shelf.put("d.jpg", root="/media/disk")
    assert shelf.names(DirectoryFilter("/photos/2021/")) == ["a.jpg", "b.jpg"]
    assert shelf.names(DirectoryFilter("/photos/winter")) == ["f.jpg"]
    assert shelf.names(DirectoryFilter("/photos/2021/winter")) == ["b.jpg"]
    assert shelf.names(DirectoryFilter("/media")) == ["d.jpg"]
    assert shelf.names(DirectoryFilter("/photo")) == []
    assert len(shelf.names(DirectoryFilter("/photos"))) == 6
    assert len(shelf.names(DirectoryFilter("/"))) == 7


def test_a_photo_in_two_places_is_found_by_both(shelf: Shelf) -> None:
    photo = shelf.put("here/a.jpg")
    key = FileKey(1, "there", "b.jpg")
    files.attach_file(shelf.tx, key, FileStat(1000, 1, 0), photo)
    for each in (FolderFilter("here"), FolderFilter("there"), NameFilter("a.j"), NameFilter("b.j")):
        assert matching_ids(shelf.tx, [each]).tolist() == [photo]  # type: ignore[union-attr]


# --- what the photo is ---------------------------------------------------------------------------


def test_types_are_known_by_format_and_usual_suffix(shelf: Shelf) -> None:
    shelf.put("a.jpg", format_name="JPEG")
    shelf.put("b.heif", format_name="HEIC")
    shelf.put("c.nef", format_name="RAW")
    shelf.put("d.j2k", format_name="JP2")
    shelf.put("png in fact.jpg", format_name="PNG")
    for text in ("jpg", "JPEG", ".jpg", "jfif"):
        assert shelf.names(TypeFilter(text)) == ["a.jpg"]
    for text in ("heic", "heif", "hif"):
        assert shelf.names(TypeFilter(text)) == ["b.heif"]
    for text in ("raw", "nef", ".NEF"):
        assert shelf.names(TypeFilter(text)) == ["c.nef"]
    assert shelf.names(TypeFilter("jpeg 2000")) == ["d.j2k"]
    assert shelf.names(TypeFilter("png")) == ["png in fact.jpg"]
    assert shelf.names(TypeFilter("tiff")) == []


def test_cameras_and_lenses_are_found_by_any_part(shelf: Shelf) -> None:
    shelf.put("a.jpg", camera="Canon EOS 5D", lens="EF 24-70mm f/2.8")
    shelf.put("b.jpg", camera="NIKON D750", lens="50%")
    shelf.put("c.jpg")
    assert shelf.names(CameraFilter("eos")) == ["a.jpg"]
    assert shelf.names(CameraFilter("n")) == ["a.jpg", "b.jpg"]
    assert shelf.names(LensFilter("24-70")) == ["a.jpg"]
    assert shelf.names(LensFilter("%")) == ["b.jpg"]
    assert shelf.names(NotFilter(CameraFilter("canon"))) == ["b.jpg", "c.jpg"]


def test_dates_count_from_the_start_up_to_the_end(shelf: Shelf) -> None:
    shelf.put("a.jpg", taken_at="2020-12-31T23:59:59")
    shelf.put("b.jpg", taken_at="2021-01-01T00:00:00")
    shelf.put("c.jpg", taken_at="2021-12-31T23:59:59")
    shelf.put("d.jpg", taken_at="2022-01-01T00:00:00")
    assert shelf.names(DateFilter("2021-01-01", "2022-01-01")) == ["b.jpg", "c.jpg"]
    assert shelf.names(DateFilter("2021-01-01", None)) == ["b.jpg", "c.jpg", "d.jpg"]
    assert shelf.names(DateFilter(None, "2021-01-01")) == ["a.jpg"]
    assert len(shelf.names(DateFilter(None, None))) == 4


def test_a_photo_that_tells_no_time_counts_by_its_oldest_file(shelf: Shelf) -> None:
    photo = shelf.put("a.jpg", modified="2021-06-05T14:00:00")
    shelf.put("b.jpg", modified="2021-06-05T14:00:00", taken_at="2003-01-01T00:00:00")
    assert shelf.names(DateFilter("2021-06-05", "2021-06-06")) == ["a.jpg"]
    older = int(time.mktime(time.strptime("2019-01-01", "%Y-%m-%d"))) * 10**9
    files.attach_file(shelf.tx, FileKey(1, "", "z.jpg"), FileStat(1000, older, 0), photo)
    assert shelf.names(DateFilter("2019-01-01", "2019-01-02")) == ["a.jpg"]
    files.remove_files(shelf.tx, 1, "", ["z.jpg"])
    assert shelf.names(DateFilter("2019-01-01", "2019-01-02")) == []


def test_a_time_that_no_calendar_has_is_no_date(shelf: Shelf) -> None:
    photo = shelf.put("a.jpg")
    files.attach_file(shelf.tx, FileKey(1, "", "a.jpg"), FileStat(1000, -(2**80), 0), photo)
    assert shelf.order("taken", True) == "a.jpg"
    assert shelf.names(NotFilter(DateFilter("2020-01-01", None))) == ["a.jpg"]


def test_ratings_favourites_sizes_and_places(shelf: Shelf) -> None:
    shelf.put("a.jpg", rating=5, size=100, pixels=(10, 10), latitude=1.0, longitude=2.0)
    favourite = shelf.put("b.jpg", rating=3, size=200, pixels=(20, 5), latitude=1.0)
    shelf.put("c.jpg", size=300, pixels=(30, 30))
    apply_edit(shelf.tx, SetFavourite({favourite: True}))
    assert shelf.names(RatingFilter(3, 5)) == ["a.jpg", "b.jpg"]
    assert shelf.names(RatingFilter(0, 0)) == ["c.jpg"]
    assert shelf.names(SizeFilter(200, None, "bytes")) == ["b.jpg", "c.jpg"]
    assert shelf.names(SizeFilter(None, 200, "bytes")) == ["a.jpg", "b.jpg"]
    assert shelf.names(SizeFilter(100, 100, "pixels")) == ["a.jpg", "b.jpg"]
    assert shelf.names(HasGpsFilter()) == ["a.jpg"]
    assert shelf.names(IsFavouriteFilter()) == ["b.jpg"]


def test_offline_are_photos_with_no_file_online(shelf: Shelf) -> None:
    shelf.put("a.jpg")
    shelf.put("b.jpg", root="/media/disk")
    both = shelf.put("c.jpg", root="/media/disk")
    files.attach_file(shelf.tx, FileKey(1, "", "c.jpg"), FileStat(1000, 1, 0), both)
    assert shelf.names(IsOfflineFilter()) == []
    set_offline(shelf.tx, 2, True)
    assert shelf.names(IsOfflineFilter()) == ["b.jpg"]
    assert shelf.names(NotFilter(IsOfflineFilter())) == ["a.jpg", "c.jpg"]


def test_all_filters_count_together_and_each_can_be_turned_round(shelf: Shelf) -> None:
    shelf.put("2021/a.jpg", camera="Canon", rating=4)
    shelf.put("2021/b.jpg", camera="Nikon", rating=4)
    shelf.put("2022/c.jpg", camera="Canon", rating=1)
    canon, good = CameraFilter("canon"), RatingFilter(3, 5)
    assert shelf.names(canon, good) == ["a.jpg"]
    assert shelf.names(NotFilter(canon), good) == ["b.jpg"]
    assert shelf.names(canon, NotFilter(good), FolderFilter("2022")) == ["c.jpg"]
    assert shelf.names(NotFilter(NotFilter(canon))) == ["a.jpg", "c.jpg"]
    assert shelf.names(NotFilter(NameFilter("b.j"))) == ["a.jpg", "c.jpg"]
    assert shelf.names(canon, NotFilter(canon)) == []


def test_one_of_several_filters_is_enough_where_it_is_said_so(shelf: Shelf) -> None:
    first = shelf.put("a.jpg", camera="Canon EOS")
    second = shelf.put("b.jpg", camera="Canon EOS")
    shelf.put("c.jpg", camera="NIKON")
    gone = shelf.put("gone.jpg")
    files.remove_files(shelf.tx, 1, "", ["gone.jpg"])
    canon, both = CameraFilter("canon"), PhotosFilter(np.array([second, gone]))
    assert shelf.names(both) == ["b.jpg"]
    assert shelf.names(AnyFilter((canon, both, NameFilter("c.j")))) == ["a.jpg", "b.jpg", "c.jpg"]
    assert shelf.names(AnyFilter((both,)), canon) == ["b.jpg"]
    assert shelf.names(AnyFilter((NotFilter(canon), PhotosFilter(np.array([first]))))) == [
        "a.jpg",
        "c.jpg",
    ]
    assert shelf.names(NotFilter(AnyFilter((both, NameFilter("c.j"))))) == ["a.jpg"]
    assert shelf.names(AnyFilter(())) == []
    assert shelf.names(NotFilter(AnyFilter(()))) == ["a.jpg", "b.jpg", "c.jpg"]


def test_a_remembered_photo_is_found_by_no_filter(shelf: Shelf) -> None:
    shelf.put("a.jpg", camera="Canon")
    files.remove_files(shelf.tx, 1, "", ["a.jpg"])
    for each in (CameraFilter("canon"), NotFilter(CameraFilter("nikon")), RatingFilter(0, 5)):
        assert shelf.names(each) == []
    assert distinct_values(shelf.tx, "camera") == []


def test_only_photos_that_a_model_has_seen(shelf: Shelf) -> None:
    seen = shelf.put("a.jpg")
    shelf.put("b.jpg")
    model = embeddings.model_id(shelf.tx, "model@1", 2)
    embeddings.put_embeddings(shelf.tx, model, [seen], np.ones((1, 2), np.float32))
    ids = matching_ids(shelf.tx, [RatingFilter(0, 5)], model=model)
    assert ids is not None
    assert ids.tolist() == [seen]


# --- orders and counts ---------------------------------------------------------------------------


def test_every_order_forwards_and_backwards(shelf: Shelf) -> None:
    shelf.put("B.jpg", taken_at="2003-01-01T00:00:00", size=20)
    shelf.put("a.jpg", taken_at="2001-01-01T00:00:00", size=30, rating=5)
    shelf.put("c.jpg", modified="2002-01-01T00:00:00", size=10)
    assert shelf.order("taken", False) == "a.jpg c.jpg B.jpg"
    assert shelf.order("added", False) == "B.jpg a.jpg c.jpg"
    assert shelf.order("name", False) == "a.jpg B.jpg c.jpg"
    assert shelf.order("size", False) == "c.jpg B.jpg a.jpg"
    assert shelf.order("rating", True) == "a.jpg B.jpg c.jpg"  # alike ones by time
    sorts: tuple[Sort, ...] = ("taken", "added", "name", "size", "rating")
    for sort in sorts:
        backwards = shelf.order(sort, True).split()
        assert shelf.order(sort, False).split() == backwards[::-1]
    assert shelf.order("size", True, NotFilter(NameFilter("b.jpg"))) == "a.jpg c.jpg"
    apply_edit(shelf.tx, SetRating({3: 4}))
    assert shelf.order("rating", True) == "a.jpg c.jpg B.jpg"


@pytest.mark.parametrize("sort", ["taken", "added", "name", "size", "rating"])
def test_every_order_is_one_scan_of_an_index(shelf: Shelf, sort: Sort) -> None:
    """A million photos are listed without sorting them: SQLite plans no temporary B-tree."""
    statements: list[str] = []
    shelf.tx.set_trace_callback(statements.append)
    photo_ids(shelf.tx, sort, descending=True)
    shelf.tx.set_trace_callback(None)
    plan = [step[3] for step in shelf.tx.execute(f"EXPLAIN QUERY PLAN {statements[0]}")]
    assert any("COVERING INDEX" in step for step in plan)
    assert not any("TEMP B-TREE" in step for step in plan)


def test_counts_of_everything(shelf: Shelf) -> None:
    first = shelf.put("a.jpg")
    shelf.put("b.jpg", root="/media/disk")
    gone = shelf.put("c.jpg", root="/media/disk")
    files.attach_file(shelf.tx, FileKey(1, "", "copy.jpg"), FileStat(1000, 1, 0), first)
    stat = FileStat(5, 5, 5)
    odd = os.fsdecode(b"x/\xff.jpg")
    files.record_unread(shelf.tx, FileKey(1, "x", odd[2:]), stat, "failed", "Cut short: \udcff")
    files.record_unread(shelf.tx, FileKey(1, "", "notes.txt"), stat, "skipped", "A text.")
    model = embeddings.model_id(shelf.tx, "model@1", 2)
    embeddings.put_embeddings(shelf.tx, model, [first, gone], np.ones((2, 2), np.float32))
    files.remove_files(shelf.tx, 2, "", ["c.jpg"])
    set_offline(shelf.tx, 2, True)
    assert counts(shelf.tx, model) == Counts(
        photos=2, files=3, failed=1, skipped=1, offline=1, embedded=1
    )
    assert counts(shelf.tx, None).embedded == 0
    assert folder_counts(shelf.tx) == {1: FolderCounts(1, 2), 2: FolderCounts(1, 1)}
    (problem,) = failures(shelf.tx)
    assert (problem.path, problem.reason) == (f"/photos/{odd}", "Cut short: ?")
    assert [p.path for p in skipped(shelf.tx)] == ["/photos/notes.txt"]


def test_a_problem_is_as_old_as_its_reason(shelf: Shelf) -> None:
    key = FileKey(add_folder(shelf.tx, "/photos").id, "", "a.jpg")
    for stat in (FileStat(5, 5, 5), FileStat(6, 6, 6)):
        files.record_unread(shelf.tx, key, stat, "failed", "It is cut short.")
        since = failures(shelf.tx)[0].since
        shelf.tx.execute("UPDATE files SET since = 7.0")
    assert since == 7.0
    files.record_unread(shelf.tx, key, FileStat(6, 6, 6), "failed", "It took too long.")
    assert failures(shelf.tx)[0].since > 7.0


def test_values_that_occur(shelf: Shelf) -> None:
    for number, camera in enumerate(["Nikon", None, "Canon", "Nikon", "Ricoh"]):
        shelf.put(f"{number}.jpg", camera=camera, format_name="PNG" if number else "JPEG")
    assert distinct_values(shelf.tx, "camera") == ["Canon", "Nikon", "Ricoh"]
    assert distinct_values(shelf.tx, "lens") == []
    assert distinct_values(shelf.tx, "type") == ["JPEG", "PNG"]
