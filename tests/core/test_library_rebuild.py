"""Rebuilding removes what belongs to nothing, and makes what is lost."""

from __future__ import annotations

import os
from pathlib import Path

from PIL import Image

from core.library import Library


def photo(path: Path, colour: str, age: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (64, 48), colour).save(path)
    os.utime(path, (1_600_000_000 - age, 1_600_000_000 - age))
    return path


def thumbnails(library: Library) -> set[str]:
    return {file.stem for file in library.paths.thumbnails.rglob("*.*")}


def test_thumbnails_of_content_that_is_gone_are_removed_and_others_are_kept(
    tmp_path: Path,
) -> None:
    edited = photo(tmp_path / "photos" / "edited.png", "red", 1)
    deleted = photo(tmp_path / "photos" / "deleted.png", "green", 2)
    with Library.open(tmp_path / "library", device="cpu") as library:
        library.add_folder(tmp_path / "photos")
        library.index()
        before = {
            found.content_hash.hex() for found in library.photos(library.photo_ids().tolist())
        }
        photo(edited, "blue", 3)
        deleted.unlink()
        library.index()
        (now,) = library.photos(library.photo_ids().tolist())
        part = library.paths.thumbnail(now.content_hash).with_name(".broken.1.part")
        part.write_bytes(b"half a thumb")
        library.rebuild()
        # The deleted photo is remembered, and comes back with its thumbnail.
        kept = {name for name in before if name in thumbnails(library)}
        assert thumbnails(library) == {now.content_hash.hex(), *kept}
        assert len(kept) == 1
        assert library.verify() == []


def test_a_photo_that_cannot_be_read_is_kept_and_its_lost_thumbnail_is_said_as_it_is(
    tmp_path: Path,
) -> None:
    file = photo(tmp_path / "photos" / "a.png", "red", 1)
    with Library.open(tmp_path / "library", device="cpu") as library:
        library.add_folder(tmp_path / "photos")
        library.index()
        file.write_bytes(b"")
        os.utime(file, (1_600_000_000, 1_600_000_000))
        library.index()
        assert library.verify() == []
        library.rebuild()
        assert library.verify() == []
        status = library.status()
        assert (status.photos, status.embedded, len(status.failed)) == (1, 1, 1)
        (shown,) = library.photos(library.photo_ids().tolist())
        library.paths.thumbnail(shown.content_hash).unlink()
        library.rebuild()
        (finding,) = library.verify()
        assert "their photos cannot be read now" in finding
        photo(file, "red", 3)
        library.index()
        library.rebuild()
        assert library.verify() == []
        assert library.status().failed == ()
        assert library.photo_ids().tolist() == [shown.id]
