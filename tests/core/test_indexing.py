"""Indexing: from files on disk to photos in the catalogue, with an encoder that is quick."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.catalog import embeddings, files, folders, photos
from core.catalog.catalogue import Catalogue
from core.catalog.edits import SetRating, apply_edit
from core.catalog.folders import Folder
from core.catalog.photos import Photo
from core.errors import CatalogueError, ModelError
from core.events import Event, Events, FailuresChanged, PhotosChanged, PhotosEmbedded, Progress
from core.imaging.budget import MemoryBudget
from core.imaging.free_memory import Memory
from core.imaging.reading import read_photo
from core.imaging.waiting import WaitingRoom
from core.indexing import pipeline
from core.indexing.indexer import Indexer
from core.indexing.jobs import ScanRequest
from core.indexing.pace import Pacing
from core.indexing.report import IndexReport
from core.paths import LibraryPaths
from core.vectors.index import VectorIndex
from tests.helpers.ordinary_person import as_ordinary_person
from tests.helpers.patience import until
from tests.helpers.quick_encoder import DIM, QuickEncoder, quick_model
from tests.helpers.taking_in import take_in


@dataclass
class Bench:
    """A library on a table: its folder of photos and the parts that index it."""

    folder: Path
    paths: LibraryPaths
    catalogue: Catalogue
    watched: Folder
    index: VectorIndex
    encoder: QuickEncoder
    indexer: Indexer
    events: list[Event]

    def run(self, cancelled: Callable[[], bool] = lambda: False) -> IndexReport:
        return self.indexer.run_until_settled([ScanRequest(self.watched.id)], cancelled)

    def photos(self) -> list[Photo]:
        with self.catalogue.reader() as connection:
            ids = photos.photo_ids(connection, "name", descending=False)
            return photos.get_photos(connection, [int(i) for i in ids])

    def edit(self, file: Path) -> None:
        """Have the catalogue know a file's new content, as another run would."""
        with self.catalogue.transaction() as tx:
            take_in(tx, self.watched.id, file)

    def rate(self, photo_id: int, rating: int) -> None:
        with self.catalogue.transaction() as tx:
            apply_edit(tx, SetRating({photo_id: rating}))


def picture(path: Path, seed: int, *, size: tuple[int, int] = (64, 48)) -> Path:
    """A photo of four coloured quarters, settled long ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    colours = np.random.default_rng(seed).integers(0, 255, (2, 2, 3), np.uint8)
    Image.fromarray(colours).resize(size, Image.Resampling.NEAREST).save(path)
    return settled(path)


def settled(path: Path, age: float = 60.0) -> Path:
    past = time.time_ns() - int(age * 1e9) + int.from_bytes(os.urandom(2))
    os.utime(path, ns=(past, past))
    return path


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    folder = tmp_path / "photos"
    folder.mkdir()
    paths = LibraryPaths(tmp_path / "library")
    paths.root.mkdir()
    catalogue = Catalogue(paths.catalogue)
    with catalogue.transaction() as tx:
        watched = folders.add_folder(tx, folder)
    index, encoder, events, seen = VectorIndex(DIM), QuickEncoder(), Events(), list[Event]()
    events.subscribe(seen.append)
    indexer = Indexer(
        catalogue, paths, quick_model(), encoder, index, events, pacing=Pacing("normal", 1)
    )
    yield Bench(folder, paths, catalogue, watched, index, encoder, indexer, seen)
    indexer.close()
    index.close()
    catalogue.close()


def test_photos_of_a_folder_are_catalogued_embedded_and_get_thumbnails(bench: Bench) -> None:
    for number in range(10):
        picture(bench.folder / "trip" / f"{number}.png", number)
    report = bench.run()
    assert (report.added, report.embedded, report.failed) == (10, 10, ())
    assert len(bench.index) == 10
    for photo in bench.photos():
        assert bench.paths.thumbnail(photo.content_hash).stat().st_size > 0


def test_a_wide_photo_has_one_vector_of_all_its_views(bench: Bench) -> None:
    """Three squares of one colour each, among other photos: the mean of the three."""
    colours = np.array([[250, 0, 0], [0, 250, 0], [0, 0, 250]], np.uint8)
    wide = np.repeat(np.repeat(colours[None], 32, axis=0), 32, axis=1)
    Image.fromarray(wide).save(bench.folder / "b.png")
    settled(bench.folder / "b.png")
    for seed, name in enumerate(("a.png", "c.png")):
        picture(bench.folder / name, seed)
    report = bench.run()
    assert (report.embedded, bench.encoder.embedded) == (3, 2 + 3)
    ids = [photo.id for photo in bench.photos() if photo.width == 96]
    (found,) = bench.index.vectors(np.array(ids))
    corners = np.tile(colours, 4) + 1.0
    views = corners / np.linalg.norm(corners, axis=1, keepdims=True)
    mean = views.sum(axis=0) / np.linalg.norm(views.sum(axis=0))
    np.testing.assert_allclose(found, mean, atol=0.05)  # a view's edge is mixed with its neighbour


def test_a_second_run_does_nothing(bench: Bench) -> None:
    picture(bench.folder / "a.png", 1)
    bench.run()
    report = bench.run()
    assert (report.added, report.updated, report.embedded) == (0, 0, 0)
    assert bench.encoder.embedded == 1


def test_the_same_bytes_in_two_places_are_one_photo_embedded_once(bench: Bench) -> None:
    original = picture(bench.folder / "a.png", 1)
    (bench.folder / "copy.png").write_bytes(original.read_bytes())
    settled(bench.folder / "copy.png")
    report = bench.run()
    assert report.added == 2
    assert [len(photo.files) for photo in bench.photos()] == [2]
    assert bench.encoder.embedded == 1


@pytest.mark.parametrize("whole_seconds", [False, True])
def test_a_moved_file_keeps_its_photo_and_rating(bench: Bench, whole_seconds: bool) -> None:
    file = picture(bench.folder / "a.png", 1)
    if whole_seconds:
        os.utime(file, (1_600_000_000, 1_600_000_000))
    bench.run()
    before = bench.photos()[0].id
    bench.rate(before, 4)
    (bench.folder / "sorted").mkdir()
    file.rename(bench.folder / "sorted" / "b.png")
    report = bench.run()
    assert (report.moved, report.added, report.removed, report.embedded) == (1, 0, 0, 0)
    photo = bench.photos()[0]
    assert (photo.id, photo.rating) == (before, 4)
    assert [Path(file.path).name for file in photo.files] == ["b.png"]


def test_an_inode_that_is_used_again_is_not_a_move(bench: Bench) -> None:
    """Two BMPs of one size and time: only their content tells them apart."""
    old = picture(bench.folder / "old.bmp", 1)
    os.utime(old, (1_600_000_000, 1_600_000_000))
    bench.run()
    new = picture(bench.folder / "new.bmp", 2)
    old.write_bytes(new.read_bytes())  # the same inode now holds other bytes
    new.unlink()
    old.rename(bench.folder / "new.bmp")
    os.utime(bench.folder / "new.bmp", (1_600_000_000, 1_600_000_000))
    report = bench.run()
    assert (report.moved, report.embedded) == (0, 1)


def test_an_edited_file_keeps_its_photo_and_rating_and_is_embedded_again(bench: Bench) -> None:
    file = picture(bench.folder / "a.png", 1)
    bench.run()
    before = bench.photos()[0]
    bench.rate(before.id, 5)
    vector = bench.index.vectors(np.array([before.id]))
    settled(picture(file, 2), age=30)
    report = bench.run()
    after = bench.photos()[0]
    assert (report.updated, report.embedded) == (1, 1)
    assert (after.id, after.rating) == (before.id, 5)
    assert after.content_hash != before.content_hash
    assert not np.allclose(bench.index.vectors(np.array([after.id])), vector)


def test_a_touched_file_is_neither_updated_nor_embedded_again(bench: Bench) -> None:
    file = picture(bench.folder / "a.png", 1)
    bench.run()
    settled(file, age=10)
    report = bench.run()
    assert (report.updated, report.added, report.embedded) == (0, 0, 0)
    assert bench.run().updated == 0


def test_a_deleted_photo_is_hidden_and_comes_back_with_everything(bench: Bench) -> None:
    file = picture(bench.folder / "a.png", 1)
    picture(bench.folder / "stays.png", 2)
    bench.run()
    photo = next(p for p in bench.photos() if p.files[0].path == str(file))
    bench.rate(photo.id, 3)
    content = file.read_bytes()
    file.unlink()
    assert bench.run().removed == 1
    assert photo.id not in [p.id for p in bench.photos()]
    assert photo.id not in bench.index.ids()
    file.write_bytes(content)
    settled(file)
    bench.run()
    back = next(p for p in bench.photos() if p.id == photo.id)
    assert back.rating == 3
    assert bench.encoder.embedded == 2
    assert photo.id in bench.index.ids()


def test_a_file_that_cannot_be_read_is_listed_with_its_reason_until_it_is_mended(
    bench: Bench,
) -> None:
    broken = bench.folder / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff\xe0 not much of a photo")
    settled(broken)
    (bench.folder / "notes.txt").write_text("not a photo")
    settled(bench.folder / "notes.txt")
    picture(bench.folder / "good.png", 1)
    report = bench.run()
    assert [Path(problem.path).name for problem in report.failed] == ["broken.jpg"]
    assert report.failed[0].reason
    assert [Path(problem.path).name for problem in report.skipped] == ["notes.txt"]
    assert bench.run().failed == ()  # it did not change, so it is not read again
    settled(picture(broken, 3), age=30)
    assert bench.run().failed == ()
    assert len(bench.photos()) == 2


def test_a_folder_that_is_pulled_away_is_offline_and_loses_nothing(bench: Bench) -> None:
    picture(bench.folder / "a.png", 1)
    bench.run()
    bench.folder.rename(bench.folder.with_name("elsewhere"))
    report = bench.run()
    assert (report.offline, report.removed) == (1, 0)
    assert [photo.offline for photo in bench.photos()] == [True]
    assert len(bench.index) == 1
    bench.folder.with_name("elsewhere").rename(bench.folder)
    report = bench.run()
    assert (report.offline, report.added, report.embedded) == (0, 0, 0)
    assert [photo.offline for photo in bench.photos()] == [False]


@pytest.fixture
def closed(bench: Bench) -> Iterator[Path]:
    """A directory with a rated photo in it that may not be read any more."""
    closed = bench.folder / "closed"
    picture(closed / "a.png", 1)
    picture(bench.folder / "b.png", 2)
    bench.run()
    bench.rate(bench.photos()[0].id, 4)
    with as_ordinary_person():
        closed.chmod(0)
        yield closed
        closed.chmod(0o755)


def failures_told(bench: Bench) -> int:
    return sum(isinstance(event, FailuresChanged) for event in bench.events)


def test_a_file_that_could_not_be_read_is_told_when_it_comes_and_when_it_goes(
    bench: Bench,
) -> None:
    broken = bench.folder / "broken.jpg"
    broken.write_bytes(b"\xff\xd8 no photo at all")
    bench.run()
    assert failures_told(bench) == 1
    bench.run()
    assert failures_told(bench) == 1
    broken.unlink()
    bench.run()
    assert failures_told(bench) == 2


def test_a_directory_that_may_not_be_read_is_told_and_its_photos_stay(
    bench: Bench, closed: Path
) -> None:
    rated = [("a.png", 4), ("b.png", 0)]
    for _ in range(2):
        report = bench.run()
        assert report.removed == 0
        (unread,) = report.unread
        assert (unread.path, unread.ignored) == (str(closed), False)
        assert unread.reason == "This folder cannot be read: check its permissions."
    assert failures_told(bench) == 1
    assert [(Path(p.files[0].path).name, p.rating) for p in bench.photos()] == rated
    closed.chmod(0o755)
    assert bench.run().unread == ()
    assert failures_told(bench) == 2


def test_a_copy_of_a_photo_that_nobody_may_look_at_is_no_move(bench: Bench, closed: Path) -> None:
    closed.chmod(0o755)
    shutil.copy2(closed / "a.png", bench.folder / "copy.png")
    os.link(closed / "a.png", bench.folder / "a.png")
    closed.chmod(0)
    report = bench.run()
    assert (report.added, report.moved) == (2, 0)
    closed.chmod(0o755)
    report = bench.run()
    assert (report.added, report.moved, report.updated, report.removed) == (0, 0, 0, 0)


def test_a_folder_that_may_not_be_read_says_why_it_is_offline(bench: Bench, closed: Path) -> None:
    closed.chmod(0o755)
    bench.folder.chmod(0)
    try:
        (unread,) = bench.run().unread
        assert (unread.path, unread.directory) == (str(bench.folder), "")
    finally:
        bench.folder.chmod(0o755)
    report = bench.run()
    assert (report.unread, report.removed, report.offline) == ((), 0, 0)


def test_a_file_that_is_still_being_written_waits_until_it_is_whole(bench: Bench) -> None:
    whole = picture(bench.folder.parent / "whole.png", 1, size=(640, 480)).read_bytes()
    growing = bench.folder / "growing.png"
    growing.write_bytes(whole[:50])

    def write() -> None:
        """Bit by bit, longer than a file counts as still being written."""
        with growing.open("ab", buffering=0) as file:
            for at in range(50, len(whole), -(-len(whole) // 25)):
                time.sleep(0.1)
                file.write(whole[at : at + -(-len(whole) // 25)])

    writer = threading.Thread(target=write)
    writer.start()
    report = bench.run()
    writer.join()
    assert growing.read_bytes() == whole
    assert (report.added, report.failed) == (1, ())
    phases = [event.phase for event in bench.events if isinstance(event, Progress)]
    assert phases.index("idle") == len(phases) - 1  # not between one look and the next


def test_cancelled_work_is_kept_and_the_next_run_does_the_rest(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "MODEL_INPUT_BYTES", 0)  # no more than 12 are ahead of the model
    for number in range(24):
        picture(bench.folder / f"{number:02}.png", number)

    def enough() -> bool:
        return bench.encoder.embedded >= 8

    report = bench.run(enough)
    assert report.cancelled
    committed = len(bench.photos())
    assert 8 <= committed < 24
    assert bench.run().added == 24 - committed
    assert bench.encoder.embedded == 24


def test_pause_starts_nothing_and_resume_goes_on(bench: Bench) -> None:
    for number in range(4):
        picture(bench.folder / f"{number}.png", number)

    def phases() -> list[str]:
        return [event.phase for event in bench.events if isinstance(event, Progress)]

    bench.indexer.pause()
    indexing = threading.Thread(target=bench.run)
    indexing.start()
    until(lambda: phases().count("paused") > 3)  # it goes round and looks whether to go on
    assert bench.photos() == []
    bench.indexer.resume()
    indexing.join()
    assert len(bench.photos()) == 4
    assert phases()[-1] == "idle"


def test_progress_and_changes_are_told_as_they_happen(bench: Bench) -> None:
    for number in range(8):
        picture(bench.folder / f"{number}.png", number)
    bench.run()
    progress = [event for event in bench.events if isinstance(event, Progress)]
    assert (progress[-1].done, progress[-1].total) == (8, 8)
    changed = [event.added for event in bench.events if isinstance(event, PhotosChanged)]
    assert sorted(i for added in changed for i in added) == sorted(p.id for p in bench.photos())


def test_a_full_disk_ends_the_run_with_a_sentence_and_keeps_what_was_committed(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        picture(bench.folder / f"{number}.png", number)
    real, calls = embeddings.put_embeddings, []

    def full_after_one(*arguments: object) -> None:
        calls.append(arguments)
        if len(calls) > 1:
            raise CatalogueError("The disk is full.")
        real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(embeddings, "put_embeddings", full_after_one)
    with pytest.raises(CatalogueError, match="full"):
        bench.run()
    assert 0 < len(bench.index) < 12
    monkeypatch.undo()
    bench.run()
    assert (len(bench.photos()), len(bench.index)) == (12, 12)


def test_without_a_model_photos_are_catalogued_and_embedded_once_there_is_one(
    bench: Bench,
) -> None:
    for number in range(12):
        picture(bench.folder / f"{number}.png", number)
    bench.encoder.error = ModelError("The model's file is damaged.")
    with pytest.raises(ModelError):
        bench.run()
    assert (len(bench.photos()), len(bench.index)) == (12, 0)
    with pytest.raises(ModelError):
        bench.run()
    bench.encoder.error = None
    report = bench.run()
    assert (report.added, report.embedded, len(bench.index)) == (0, 12, 12)


def test_photos_are_on_screen_before_the_model_is_loaded(bench: Bench) -> None:
    for number in range(6):
        picture(bench.folder / f"{number}.png", number)
    bench.encoder.gate.clear()
    indexing = threading.Thread(target=bench.run)
    indexing.start()
    until(lambda: len(bench.photos()) == 6)
    assert all(bench.paths.thumbnail(photo.content_hash).exists() for photo in bench.photos())
    assert len(bench.index) == 0
    bench.encoder.gate.set()
    indexing.join()
    assert len(bench.index) == 6
    told = [event.photo_ids for event in bench.events if isinstance(event, PhotosEmbedded)]
    assert sorted(i for ids in told for i in ids) == sorted(p.id for p in bench.photos())


def test_a_photo_that_is_edited_while_it_is_embedded_gets_the_vector_of_its_new_content(
    bench: Bench,
) -> None:
    file = picture(bench.folder / "a.png", 1)
    bench.encoder.gate.clear()
    indexing = threading.Thread(target=bench.run)
    indexing.start()
    until(bench.photos)
    settled(picture(file, 2), age=30)
    bench.edit(file)
    bench.encoder.gate.set()
    indexing.join()
    pixels = read_photo(file, model_input=quick_model().model_input, thumbnail_dir=None).pixels
    assert pixels is not None
    wanted = bench.encoder.encode_images(pixels[None]).result()
    found = bench.index.vectors(np.array([bench.photos()[0].id]))
    np.testing.assert_allclose(found, wanted, atol=1e-3)


def test_an_edited_photo_is_not_found_by_what_it_was(bench: Bench) -> None:
    file = picture(bench.folder / "a.png", 1)
    bench.run()
    settled(picture(file, 2), age=30)
    bench.encoder.gate.clear()
    indexing = threading.Thread(target=bench.run)
    indexing.start()
    until(lambda: len(bench.index) == 0)
    bench.encoder.gate.set()
    indexing.join()
    assert len(bench.index) == 1


def test_cut_short_while_the_model_loads_it_ends_at_once_and_loses_nothing(bench: Bench) -> None:
    for number in range(6):
        picture(bench.folder / f"{number}.png", number)
    bench.encoder.loading = True
    report = bench.run(lambda: len(bench.photos()) == 6)
    assert (report.cancelled, report.added, report.embedded) == (True, 6, 0)
    bench.encoder.loading = False
    assert bench.run().embedded == 6


def test_another_model_embeds_what_is_there_and_scans_nothing_twice(bench: Bench) -> None:
    for number in range(5):
        picture(bench.folder / f"{number}.png", number)
    bench.run()
    index, events = VectorIndex(DIM), Events()
    other = Indexer(
        bench.catalogue, bench.paths, quick_model("quick@2"), bench.encoder, index, events,
        pacing=Pacing("normal", 1),
    )  # fmt: skip
    report = other.run([], lambda: False)
    other.close()
    assert (report.added, report.embedded) == (0, 5)
    assert len(index) == 5
    index.close()


def test_lost_thumbnails_are_made_again_without_embedding(bench: Bench) -> None:
    picture(bench.folder / "a.png", 1)
    bench.run()
    thumbnail = bench.paths.thumbnail(bench.photos()[0].content_hash)
    thumbnail.unlink()
    bench.indexer.make_thumbnails(lambda: False)
    assert thumbnail.exists()
    assert bench.encoder.embedded == 1


def test_what_waits_for_the_model_is_bounded_in_bytes(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "MODEL_INPUT_BYTES", 20 * 3 * 16 * 16)
    for number in range(80):
        picture(bench.folder / f"{number}.png", number, size=(16, 16))
    bench.encoder.gate.clear()
    done = threading.Thread(target=bench.run)
    done.start()
    until(lambda: len(list(bench.paths.thumbnails.rglob("*.jpg"))) == 20)
    rounds = len(bench.events)
    until(lambda: len(bench.events) > rounds + 5)  # it goes round and looks whether more fit
    assert len(list(bench.paths.thumbnails.rglob("*.jpg"))) == 20
    bench.encoder.gate.set()
    done.join()
    assert len(bench.photos()) == 80


def test_a_photo_that_needs_more_memory_than_there_is_is_set_aside_and_read_once_there_is(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.imaging.pool.WaitingRoom", partial(WaitingRoom, patience=0.3))
    huge = bench.folder / "a.png"
    Image.new("RGB", (8000, 8000)).save(huge, compress_level=1)
    for number in range(30):
        picture(bench.folder / f"{number}.png", number)
    memory = [Memory(100 << 20, 200 << 20)]
    index, events = VectorIndex(DIM), Events()
    indexer = Indexer(
        bench.catalogue, bench.paths, quick_model(), bench.encoder, index, events,
        pacing=Pacing("normal", 2), budget=MemoryBudget(lambda: memory[0]),
    )  # fmt: skip

    def failed() -> list[str]:
        report = indexer.run_until_settled([ScanRequest(bench.watched.id)], lambda: False)
        return [each.reason for each in report.failed]

    (never,) = failed()
    assert "there can never be more than 0.2 GB" in never
    assert len(bench.photos()) == 30
    memory[0] = Memory(100 << 20, 8 << 30)
    for _ in range(2):
        with bench.catalogue.transaction() as tx:
            assert files.retry_failed(tx, files.keys_of_paths(tx, [huge])) == 1
        found = failed()
        if memory[0].free < 1 << 30:
            assert "only 0.0 GB are free: close other programs, then retry" in found[0]
            memory[0] = Memory(8 << 30, 8 << 30)
    assert found == []
    assert len(bench.photos()) == 31
    indexer.close()
    index.close()
