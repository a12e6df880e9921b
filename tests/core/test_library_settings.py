"""Settings that are changed while the library is open, and looking again at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.errors import ModelError, SouvenirError
from core.events import Event, PhotosChanged, SettingsChanged
from core.library import Library
from core.settings import Settings, load_settings
from tests.helpers.patience import until


def photo(path: Path, seed: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = np.random.default_rng(seed).integers(0, 255, (4, 4, 3), np.uint8)
    Image.fromarray(pixels).resize((64, 48)).save(path)
    os.utime(path, (1_600_000_000 + seed, 1_600_000_000 + seed))
    return path


def names(library: Library) -> list[str]:
    found = library.photos(library.photo_ids("name", descending=False).tolist())
    return [Path(file.path).name for photo in found for file in photo.files]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    photo(tmp_path / "photos" / "a.png", 1)
    photo(tmp_path / "photos" / "b-draft.png", 2)
    return tmp_path / "photos"


@pytest.fixture
def library(tmp_path: Path, folder: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", device="cpu") as opened:
        opened.add_folder(folder)
        yield opened


def test_a_change_is_kept_and_told(library: Library) -> None:
    told: list[Event] = []
    library.events.subscribe(told.append)
    assert library.change_settings(speed="gentle", decode_workers=2).speed == "gentle"
    assert library.settings == Settings(speed="gentle", decode_workers=2)
    assert load_settings(library.paths.settings) == library.settings
    assert told == [SettingsChanged()]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"speed": "furious"}, "'speed' must be one of gentle, normal, full"),
        ({"polling": 1}, "'polling' must be true or false"),
        ({"decode_workers": -1}, "from 0 to 64"),
        ({"ignore": [1]}, "a list of texts"),
    ],
)
def test_nonsense_is_refused_and_changes_nothing(
    library: Library, changes: dict[str, object], sentence: str
) -> None:
    with pytest.raises(SouvenirError, match=sentence):
        library.change_settings(**changes)
    assert library.settings == Settings()


def test_a_model_that_is_not_there_is_refused(library: Library) -> None:
    with pytest.raises(ModelError):
        library.change_settings(model="nowhere")
    assert library.settings.model == "starter"


def test_ignore_rules_hold_at_once_and_can_be_taken_back(library: Library) -> None:
    library.start_watching()
    until(lambda: names(library) == ["a.png", "b-draft.png"])
    library.change_settings(ignore=["*draft*"])
    until(lambda: names(library) == ["a.png"])
    library.change_settings(ignore=[])
    until(lambda: names(library) == ["a.png", "b-draft.png"])
    assert library.watching


def test_polling_looks_at_folders_whatever_the_system_tells(library: Library) -> None:
    library.start_watching()
    library.change_settings(polling=True)
    assert set(library.status(sizes=False).watching.values()) == {"polling"}
    library.change_settings(polling=False)
    assert set(library.status(sizes=False).watching.values()) == {"native"}


def test_the_device_is_known_once_photos_were_embedded_and_remembered(
    library: Library, tmp_path: Path
) -> None:
    before = library.status(sizes=False)
    assert (before.device, before.device_reason.split()[0]) == ("", "The")
    library.index()
    now = library.status(sizes=False)
    assert (now.device, now.device_reason) == (
        "cpu",
        "The CPU is used because the settings say so.",
    )
    library.close()
    with Library.open(tmp_path / "library", device="cpu") as again:
        assert again.status(sizes=False).device == "cpu"


def test_looking_again_finds_what_changed_in_those_directories_only(
    library: Library, folder: Path
) -> None:
    library.index()
    new = photo(folder / "trip" / "new.png", 3)
    photo(folder / "other" / "unseen.png", 4)
    library.rescan([new])
    assert names(library) == ["a.png", "b-draft.png", "new.png"]
    library.rescan([folder, Path("/somewhere/else.png")])
    assert names(library) == ["a.png", "b-draft.png", "new.png", "unseen.png"]
    new.unlink()
    new.parent.rmdir()
    library.rescan([new])
    assert names(library) == ["a.png", "b-draft.png", "unseen.png"]


def test_looking_again_goes_through_the_follower_where_there_is_one(
    library: Library, folder: Path
) -> None:
    library.change_settings(polling=True)  # nothing but the request tells of the new file
    library.start_watching()
    until(lambda: len(names(library)) == 2)
    told: list[Event] = []
    library.events.subscribe(told.append)
    library.rescan([photo(folder / "c.png", 5)])
    until(lambda: "c.png" in names(library))
    assert any(isinstance(event, PhotosChanged) for event in told)
