"""A file that held a photo and cannot be read for a while: the photo loses nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from core.catalog.albums import list_albums
from core.catalog.check import check_catalogue
from core.catalog.edits import CreateAlbum, SetKeywords, SetRating, SetTitle, apply_edit
from core.catalog.files import FileStat, ignore_failures, keys_of_paths, retry_failed
from core.catalog.photos import Photo
from core.catalog.statistics import counts, failures
from core.errors import FileAccessError
from core.indexing.jobs import FileJob
from core.indexing.moves import set_aside
from tests.core.test_indexing import Bench, bench, picture, settled  # noqa: F401

CUT_SHORT = "The file ends too early: it may be incomplete."


@pytest.fixture
def rated(bench: Bench) -> Photo:  # noqa: F811
    """A photo with everything that a person can say about it, in trip/a.png."""
    picture(bench.folder / "trip" / "a.png", 1, size=(640, 480))
    picture(bench.folder / "other.png", 2)
    bench.run()
    (photo,) = (each for each in bench.photos() if each.files[0].path.endswith("a.png"))
    with bench.catalogue.transaction() as tx:
        apply_edit(tx, SetRating({photo.id: 5}))
        apply_edit(tx, SetTitle({photo.id: "The lake"}))
        apply_edit(tx, SetKeywords({photo.id: ("lake",)}))
        apply_edit(tx, CreateAlbum("Best", (photo.id,)))
    return now(bench, photo)


def now(bench: Bench, photo: Photo) -> Photo:  # noqa: F811
    """The photo as it is now; the catalogue agrees with itself."""
    with bench.catalogue.transaction() as tx:
        assert check_catalogue(tx) == []
        assert [album.photos for album in list_albums(tx)] in ([], [1])
    (found,) = (each for each in bench.photos() if each.id == photo.id)
    return found


def said(photo: Photo) -> tuple[object, ...]:
    return photo.id, photo.rating, photo.title, photo.keywords, photo.added_at


def damage(path: Path, data: bytes) -> Path:
    """Write this into the file in place."""
    path.write_bytes(data)
    return settled(path, age=40)


def half(path: Path) -> bytes:
    data = path.read_bytes()
    return data[: len(data) // 2]


def problems(bench: Bench) -> list[tuple[str, str]]:  # noqa: F811
    with bench.catalogue.reader() as c:
        listed = [(Path(each.path).name, each.reason) for each in failures(c)]
        assert counts(c, None).failed == len(listed)
    return listed


@pytest.mark.parametrize(
    "spoil",
    [
        half,
        lambda _: b"",
        lambda path: path.read_bytes()[:40],
        lambda path: b"\0" * path.stat().st_size,
        lambda _: b"Dear diary, this is no photo.",
        Path.read_bytes,
    ],
    ids=["half", "empty", "head", "zeros", "text", "the same"],
)
def test_what_cannot_be_read_keeps_its_photo_until_good_content_comes(
    bench: Bench,  # noqa: F811
    rated: Photo,
    spoil: Callable[[Path], bytes],
) -> None:
    file = bench.folder / "trip" / "a.png"
    whole = file.read_bytes()
    spoiled = spoil(file)
    damage(file, spoiled)
    report = bench.run()
    assert report.removed == 0
    kept = now(bench, rated)
    assert said(kept) == said(rated)
    assert kept.content_hash == rated.content_hash
    assert rated.id in bench.index.ids()
    assert bench.paths.thumbnail(kept.content_hash).exists()
    if spoiled != whole:
        assert [name for name, _ in problems(bench)] == ["a.png"]
        assert kept.files[0].problem == problems(bench)[0][1] == report.failed[0].reason
        assert bench.run().failed == ()  # it did not change, so it is not read again
    embedded = bench.encoder.embedded
    settled(picture(file, 7, size=(320, 240)), age=20)
    report = bench.run()
    assert (report.added, report.updated, report.removed, report.embedded) == (0, 1, 0, 1)
    after = now(bench, rated)
    assert said(after) == said(rated)
    assert (after.width, after.files[0].problem) == (320, "")
    assert after.content_hash != rated.content_hash
    assert bench.encoder.embedded == embedded + 1
    assert problems(bench) == []


def test_a_file_that_is_put_back_as_it_was_is_read_and_not_embedded_again(
    bench: Bench,  # noqa: F811
    rated: Photo,
) -> None:
    file = bench.folder / "trip" / "a.png"
    whole = file.read_bytes()
    damage(file, half(file))
    bench.run()
    file.write_bytes(whole)
    settled(file, age=20)
    report = bench.run()
    assert (report.added, report.updated, report.embedded) == (0, 1, 0)
    assert said(now(bench, rated)) == said(rated)
    assert problems(bench) == []


def test_it_stays_where_it_was_in_every_order(bench: Bench, rated: Photo) -> None:  # noqa: F811
    """It says no date, so it is listed by the time of its file: not that of the failed look."""
    before = [photo.id for photo in bench.photos()]
    listed = shown_at(bench, rated)
    damage(bench.folder / "trip" / "a.png", b"")
    os.utime(bench.folder / "trip" / "a.png", (1, 1))
    bench.run()
    assert shown_at(bench, rated) == listed
    assert now(bench, rated).files[0].size == rated.byte_size
    assert [photo.id for photo in bench.photos()] == before


def shown_at(bench: Bench, photo: Photo) -> str:  # noqa: F811
    with bench.catalogue.reader() as c:
        row = c.execute("SELECT shown_at FROM photos WHERE id = ?", (photo.id,)).fetchone()
    return str(row[0])


def test_it_may_fail_in_other_ways_one_after_the_other(
    bench: Bench,  # noqa: F811
    rated: Photo,
) -> None:
    file = bench.folder / "trip" / "a.png"
    whole = file.read_bytes()
    for age, data in ((50, whole[:-300]), (45, b""), (40, whole[:200])):
        file.write_bytes(data)
        settled(file, age=age)
        assert len(bench.run().failed) == 1
        assert said(now(bench, rated)) == said(rated)
    assert len(problems(bench)) == 1


@pytest.mark.parametrize("whole_seconds", [False, True])
@pytest.mark.parametrize("name", ["a.png", "b.png"])
@pytest.mark.parametrize("copied", [False, True])
def test_it_may_be_moved_meanwhile(
    bench: Bench,  # noqa: F811
    rated: Photo,
    name: str,
    whole_seconds: bool,
    copied: bool,
) -> None:
    file = damage(bench.folder / "trip" / "a.png", half(bench.folder / "trip" / "a.png"))
    if whole_seconds:
        os.utime(file, (1_600_000_000, 1_600_000_000))
    bench.run()
    there = bench.folder / "moved" / name
    there.parent.mkdir()
    if copied:  # as to another disk: it has another inode there
        shutil.copy2(file, there)
        file.unlink()
    else:
        file.rename(there)
    bench.run()
    kept = now(bench, rated)
    assert said(kept) == said(rated)
    assert [each.path for each in kept.files] == [str(there)]
    assert kept.files[0].problem
    assert [found for found, _ in problems(bench)] == [name]
    settled(picture(there, 7), age=20)
    bench.run()
    assert said(now(bench, rated)) == said(rated)
    assert problems(bench) == []
    assert len(bench.photos()) == 2


def test_a_copy_that_can_be_read_comes_first(bench: Bench, rated: Photo) -> None:  # noqa: F811
    shutil.copy(bench.folder / "trip" / "a.png", bench.folder / "trip" / "z.png")
    settled(bench.folder / "trip" / "z.png")
    bench.run()
    damage(bench.folder / "trip" / "a.png", b"")
    bench.run()
    both = now(bench, rated)
    assert [(Path(each.path).name, bool(each.problem)) for each in both.files] == [
        ("z.png", False),
        ("a.png", True),
    ]
    with bench.catalogue.transaction() as tx:
        tx.execute("DELETE FROM embeddings WHERE photo_id = ?", (rated.id,))
    assert bench.run().embedded == 1  # of the copy
    (bench.folder / "trip" / "z.png").unlink()
    bench.run()
    assert said(now(bench, rated)) == said(rated)


def test_good_content_in_one_of_two_copies_is_a_photo_of_its_own_with_all_that_was_said(
    bench: Bench,  # noqa: F811
    rated: Photo,
) -> None:
    shutil.copy(bench.folder / "trip" / "a.png", bench.folder / "trip" / "z.png")
    settled(bench.folder / "trip" / "z.png")
    bench.run()
    damage(bench.folder / "trip" / "a.png", b"")
    bench.run()
    settled(picture(bench.folder / "trip" / "a.png", 9), age=20)
    bench.run()
    found = {Path(photo.files[0].path).name: photo for photo in bench.photos()}
    assert found["z.png"].id == rated.id
    assert found["z.png"].rating == found["a.png"].rating == 5
    assert found["z.png"].id != found["a.png"].id


def test_a_photo_that_no_model_has_seen_and_that_cannot_be_read_is_not_tried_for_ever(
    bench: Bench,  # noqa: F811
    rated: Photo,
) -> None:
    damage(bench.folder / "trip" / "a.png", b"")
    bench.run()
    with bench.catalogue.transaction() as tx:
        tx.execute("DELETE FROM embeddings WHERE photo_id = ?", (rated.id,))
    bench.events.clear()
    assert bench.run().embedded == 0
    assert not any(getattr(event, "failed", 0) for event in bench.events)
    settled(picture(bench.folder / "trip" / "a.png", 9), age=20)
    assert bench.run().embedded == 1


def test_ignored_and_retried(bench: Bench, rated: Photo) -> None:  # noqa: F811
    file = damage(bench.folder / "trip" / "a.png", b"")
    bench.run()
    with bench.catalogue.transaction() as tx:
        assert ignore_failures(tx, keys_of_paths(tx, [file])) == 1
        assert failures(tx) == []
        assert len(failures(tx, ignored=True)) == 1
    damage(file, b"still nothing")
    bench.run()
    with bench.catalogue.transaction() as tx:
        assert len(failures(tx, ignored=True)) == 1  # for good, until it can be read
        assert retry_failed(tx, keys_of_paths(tx, [file])) == 1
        assert failures(tx, ignored=True) == []
    assert len(bench.run().failed) == 1
    assert said(now(bench, rated)) == said(rated)
    with bench.catalogue.reader() as c:
        moment = c.execute("SELECT shown_at FROM photos WHERE id = ?", (rated.id,)).fetchone()
    assert moment > ("2000",)


def test_what_the_system_does_not_let_be_read_is_tried_again_although_it_did_not_change(
    bench: Bench,  # noqa: F811
    rated: Photo,
) -> None:
    """A cable is plugged in again: that leaves no trace in size and time."""
    file = settled(picture(bench.folder / "trip" / "a.png", 7), age=30)
    with bench.catalogue.transaction() as tx:
        (key,) = keys_of_paths(tx, [file])
        status = file.stat()
        stat = FileStat(status.st_size, status.st_mtime_ns, status.st_ino)
        set_aside(
            tx, FileJob(key, file, stat, known=True), FileAccessError("The disk fails."), None
        )
    assert problems(bench) == [("a.png", "The disk fails.")]
    assert bench.run().updated == 1
    assert said(now(bench, rated)) == said(rated)
    assert problems(bench) == []


def test_a_file_that_may_not_be_read_for_a_while(bench: Bench, rated: Photo) -> None:  # noqa: F811
    file = settled(picture(bench.folder / "trip" / "a.png", 7), age=30)
    file.chmod(0)
    if os.access(file, os.R_OK):
        pytest.skip("who runs this may read everything")
    for _ in range(2):
        assert len(bench.run().failed) == 1
        assert said(now(bench, rated)) == said(rated)
        assert [name for name, _ in problems(bench)] == ["a.png"]
    file = file.rename(file.with_name("b.png"))
    bench.run()
    assert [name for name, _ in problems(bench)] == ["b.png"]
    file.chmod(0o600)
    assert bench.run().updated == 1
    assert said(now(bench, rated)) == said(rated)
    assert problems(bench) == []


def test_a_file_without_a_suffix_that_becomes_empty_keeps_its_photo(bench: Bench) -> None:  # noqa: F811
    picture(bench.folder / "a.png", 1).rename(bench.folder / "scan")
    bench.run()
    (photo,) = bench.photos()
    bench.rate(photo.id, 4)
    damage(bench.folder / "scan", b"")
    report = bench.run()
    assert [each.reason for each in report.failed] == ["The file is empty."]
    assert [each.rating for each in bench.photos()] == [4]
    picture(bench.folder / "a.png", 3)
    settled((bench.folder / "a.png").rename(bench.folder / "scan"), age=20)
    bench.run()
    assert [(each.id, each.rating) for each in bench.photos()] == [(photo.id, 4)]


@pytest.mark.parametrize("replacing", ["directory", "pipe"])
def test_a_file_in_whose_place_is_something_else_is_gone_and_comes_back_with_everything(
    bench: Bench,  # noqa: F811
    rated: Photo,
    replacing: str,
) -> None:
    file = bench.folder / "trip" / "a.png"
    whole = file.read_bytes()
    damage(file, b"")
    bench.run()
    file.unlink()
    if replacing == "directory":
        file.mkdir()
    else:
        os.mkfifo(file)
    assert bench.run().removed == 1
    assert rated.id not in {photo.id for photo in bench.photos()}
    file.rmdir() if replacing == "directory" else file.unlink()
    file.write_bytes(whole)
    settled(file, age=10)
    bench.run()
    assert said(now(bench, rated)) == said(rated)


@pytest.mark.parametrize("temporary", [".a.png.tmp", "a.png~", "saving.png"])
@pytest.mark.parametrize("seen", [False, True], ids=["in one go", "slowly"])
def test_a_file_that_is_rewritten_by_another_one_keeps_its_photo(
    bench: Bench,  # noqa: F811
    rated: Photo,
    temporary: str,
    seen: bool,
) -> None:
    beside = bench.folder / "trip" / temporary
    settled(picture(bench.folder.parent / "new.png", 7), age=30).rename(beside)
    if seen:
        bench.run()
    beside.replace(bench.folder / "trip" / "a.png")
    bench.run()
    after = now(bench, rated)
    assert said(after) == said(rated)
    assert (after.width, [each.path for each in after.files]) == (
        64,
        [str(bench.folder / "trip" / "a.png")],
    )
    assert len(bench.photos()) == 2
    assert sorted(bench.index.ids()) == sorted(photo.id for photo in bench.photos())


def test_a_photo_of_which_something_was_said_is_moved_over_another_as_itself(
    bench: Bench,  # noqa: F811
    rated: Photo,
) -> None:
    (other,) = (each for each in bench.photos() if each.id != rated.id)
    bench.rate(other.id, 2)
    (bench.folder / "other.png").replace(bench.folder / "trip" / "a.png")
    bench.run()
    assert [(each.id, each.rating) for each in bench.photos()] == [(other.id, 2)]


def test_sidecars_wait_for_a_photo_that_can_be_read(bench: Bench, rated: Photo) -> None:  # noqa: F811
    file = damage(bench.folder / "trip" / "a.png", b"")
    bench.run()
    sidecar = file.with_suffix(".png.xmp")
    sidecar.write_text(
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf'
        '-syntax-ns#"><rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:tiff='
        '"http://ns.adobe.com/tiff/1.0/" tiff:Model="A5" xmp:Rating="3"/></rdf:RDF></x:xmpmeta>'
    )
    settled(sidecar)
    for _ in range(2):
        assert bench.run().failed == ()
        assert said(now(bench, rated)) == said(rated)
    Image.new("RGB", (30, 20), "red").save(file)
    settled(file, age=20)
    bench.run()
    after = now(bench, rated)
    assert (after.rating, after.metadata.rating) == (5, 3)
