"""The main job with the shipped model on real photos: index, search, similar, follow changes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageOps

from core.catalog.photos import Photo
from core.indexing.indexer import Indexer
from core.indexing.jobs import ScanRequest
from core.library import Library, SetRating
from tests.helpers.patience import until
from tests.helpers.sample_photos import copy_sample_photos


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with real photographs."""
    folder = tmp_path / "photos"
    copy_sample_photos(folder)
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library") as library:
        yield library


def all_photos(library: Library) -> list[Photo]:
    return library.photos([int(photo_id) for photo_id in library.photo_ids()])


def photo_at(library: Library, path: Path) -> Photo | None:
    for photo in all_photos(library):
        if str(path) in [file.path for file in photo.files]:
            return photo
    return None


def names(library: Library, ids: np.ndarray) -> list[str]:
    return [Path(photo.files[0].path).name for photo in library.photos([int(i) for i in ids])]


def test_a_folder_is_indexed_and_found_by_description(library: Library, folder: Path) -> None:
    library.add_folder(folder)
    report = library.index()
    assert report.failed == ()
    assert report.added == len(list(folder.rglob("*.*")))
    found = library.search("a red motorcycle")
    assert "motorcycle" in names(library, found.ids)[0]
    assert library.verify() == []


def test_similar_photos_put_a_smaller_copy_first(library: Library, folder: Path) -> None:
    original = next(folder.rglob("china.jpg"))
    with Image.open(original) as image:
        image.resize((image.width // 2, image.height // 2)).save(folder / "smaller.jpg")
    library.add_folder(folder)
    library.index()
    found = library.similar(original)
    assert names(library, found.ids)[0] == "smaller.jpg"
    assert original.name not in names(library, found.ids)
    assert found.scores[0] > 0.9


def test_a_photo_that_arrives_while_watching_is_found(library: Library, folder: Path) -> None:
    late = folder.parent / "late.jpg"
    shutil.move(next(folder.rglob("flower.jpg")), late)
    library.add_folder(folder)
    library.start_watching()
    until(lambda: library.status().embedded == len(list(folder.rglob("*.*"))))
    shutil.copyfile(late, folder / "late.jpg")
    until(lambda: photo_at(library, folder / "late.jpg"))
    # It is shown before it is embedded, and found after that.
    until(lambda: "late.jpg" in names(library, library.search("a flower", top=500).ids))


def test_a_moved_photo_keeps_its_rating_while_watching(library: Library, folder: Path) -> None:
    library.add_folder(folder)
    library.start_watching()
    file = next(folder.rglob("china.jpg"))
    photo = until(lambda: photo_at(library, file))
    library.edit(SetRating({photo.id: 5}))
    (folder / "best").mkdir()
    moved = file.rename(folder / "best" / "temple.jpg")
    after = until(lambda: photo_at(library, moved))
    assert (after.id, after.rating, len(after.files)) == (photo.id, 5, 1)


def test_an_edited_photo_is_embedded_again(library: Library, folder: Path) -> None:
    file = next(folder.rglob("china.jpg"))
    library.add_folder(folder)
    library.index()
    before = photo_at(library, file)
    assert before is not None
    other = next(folder.rglob("flower.jpg"))
    with Image.open(other) as image:
        ImageOps.mirror(image).save(file)
    report = library.index()
    after = photo_at(library, file)
    assert after is not None
    assert (report.updated, report.embedded, after.id) == (1, 1, before.id)
    assert names(library, library.similar(after.id).ids)[0] == "flower.jpg"


def test_a_folder_pulled_away_and_put_back_is_whole(library: Library, folder: Path) -> None:
    library.add_folder(folder)
    library.start_watching()
    count = len(list(folder.rglob("*.*")))
    until(lambda: library.status().embedded == count)
    away = folder.rename(folder.with_name("away"))
    until(lambda: library.status().offline == count)
    assert len(library.search("a flower").ids)
    away.rename(folder)
    until(lambda: library.status().offline == 0)
    status = library.status()
    assert (status.photos, status.embedded) == (count, count)


def test_a_library_inside_a_watched_folder_does_not_index_itself(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[ScanRequest] = []
    run = Indexer.run

    def noted(self: Indexer, requests: Sequence[ScanRequest], *rest: Any, **more: Any) -> Any:
        looked.extend(requests)
        return run(self, requests, *rest, **more)

    monkeypatch.setattr(Indexer, "run", noted)
    with Library.open(folder / "library") as library:
        (folder / "new").mkdir()
        library.add_folder(folder)
        library.start_watching()
        until(lambda: library.status().embedded == 15)
        library.edit(SetRating({int(library.photo_ids()[0]): 3}))  # writes into the folder
        copied = shutil.copyfile(next(folder.rglob("flower.jpg")), folder / "new" / "copy.jpg")
        until(lambda: photo_at(library, copied))  # so what came before it was told as well
        assert looked[0].directories is None  # all of it, at the start
        directories = {name for request in looked for name in request.directories or ()}
        assert not [name for name in directories if name.startswith("library")]
        assert not [p for p in all_photos(library) if "thumbnails" in p.files[0].path]


def test_a_reader_finds_photos_beside_the_writer(library: Library, folder: Path) -> None:
    late = folder.parent / "late.jpg"
    shutil.move(next(folder.rglob("flower.jpg")), late)
    library.add_folder(folder)
    library.index()
    with Library.open(library.directory, write=False) as reader:
        before = len(reader.search("a flower", top=500).ids)
        shutil.copyfile(late, folder / "late.jpg")
        library.index()
        assert len(reader.search("a flower", top=500).ids) == before + 1


def test_rotated_copies_embed_like_their_upright_photo(library: Library, shared: Path) -> None:
    for scene in ("Landscape", "Portrait"):
        files = sorted((shared / "photos" / "orientation").glob(f"{scene}_*.jpg"))
        assert len(files) >= 8
        vectors = np.stack(library.embed(files=files))
        # What the starter says of the same photo, compressed again; one turned is far below.
        assert (vectors @ vectors[0]).min() >= 0.97


def test_every_shared_photo_ends_indexed_or_listed_with_its_reason(
    library: Library, shared: Path
) -> None:
    library.add_folder(shared / "photos")
    report = library.index()
    listed = {problem.path for problem in (*report.failed, *report.skipped)}
    assert all(problem.reason for problem in (*report.failed, *report.skipped))
    indexed = {file.path for photo in all_photos(library) for file in photo.files}
    everything = {str(path) for path in (shared / "photos").rglob("*") if path.is_file()}
    assert everything == indexed | listed
    assert not indexed & listed
    assert library.verify() == []


def test_dogs_in_snow_are_found_among_a_thousand_photos(library: Library, shared: Path) -> None:
    library.add_folder(shared / "flickr8k" / "dev")
    library.index()
    captions = dev_captions(shared)
    first = names(library, library.search("a dog running through snow", top=5).ids)
    hits = [name for name in first if "dog" in captions[name] and "snow" in captions[name]]
    assert len(hits) >= 3


def dev_captions(shared: Path) -> dict[str, str]:
    """File name → its captions as one string."""
    lines = (shared / "flickr8k" / "dev.jsonl").read_text("utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    return {Path(r["image"]).name: " ".join(r["captions"]).lower() for r in records}
