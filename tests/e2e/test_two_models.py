"""Two models in one library: one answers while the other looks at photos, then gives way."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.embedding.models import model_folder
from core.library import Library
from core.library.answers import Answers
from core.paths import default_model_cache
from tests.helpers.sample_photos import copy_sample_photos
from tests.helpers.small_models import small_clip, small_config, store

ASKERS = 3


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Photos that "first" has seen, and "second" not; their vectors have not the same length."""
    for name, dim in (("first", 16), ("second", 24)):
        config = small_config() | {"embed_dim": dim}
        store(small_clip(config), model_folder(f"local:{name}", default_model_cache()), config)
    copy_sample_photos(tmp_path / "photos")
    with Library.open(tmp_path / "library") as made:
        made.change_settings(model="local:first")
        made.add_folder(tmp_path / "photos")
        made.index()
        yield made


def test_whoever_asks_while_another_model_takes_over_is_answered(library: Library) -> None:
    ids = library.photo_ids()
    photo = Path(library.photos(ids[:1].tolist())[0].files[0].path)
    errors: list[BaseException] = []
    asked = [0] * ASKERS
    over = threading.Event()

    def ask(number: int) -> None:
        while not over.is_set():
            try:
                found = library.search(f"a photo of number {number} {asked[number]}", top=5)
                assert len(found.ids) == 5
                assert len(library.similar(int(ids[number]), top=5).ids) == 5
                assert library.embed([photo])[0].shape in ((16,), (24,))
            except BaseException as error:
                errors.append(error)
                return
            asked[number] += 1

    askers = [threading.Thread(target=ask, args=(number,)) for number in range(ASKERS)]
    for asker in askers:
        asker.start()
    try:
        library.use_model("local:second")
        assert library.model.name == "local:first"  # it answers on
        library.index()
        assert library.model.name == "local:second"
        before = list(asked)
        while not errors and not all(now > then for now, then in zip(asked, before, strict=True)):
            over.wait(0.05)
    finally:
        over.set()
        for asker in askers:
            asker.join()
    assert errors == []
    assert library.verify() == []


def test_one_answer_is_of_one_model_alone(library: Library) -> None:
    library.use_model("local:second")
    first, second = library._engines.current, library._engines.coming
    assert second is not None
    engines = [first, second, second, second]
    answers = Answers(
        library._catalogue, lambda: engines.pop(0), library.albums.meant, library.pictures
    )
    photo = int(library.photo_ids()[0])
    found = answers.similar(photo, words="", top=5, cancelled=lambda: False)
    assert len(found.ids) == 5
    assert photo not in found.ids


def test_what_a_model_left_open_is_asked_of_its_successor(library: Library) -> None:
    photo = Path(library.photos(library.photo_ids()[:1].tolist())[0].files[0].path)
    first = library._engines.current
    library.change_settings(device="cpu")  # another engine: the first one is closed
    engines = [first, library._engines.current]
    answers = Answers(
        library._catalogue, lambda: engines.pop(0), library.albums.meant, library.pictures
    )
    (vector,) = answers.embed_files([photo])
    assert vector.shape == (16,)
    assert np.isclose(np.linalg.norm(vector), 1, atol=1e-3)


def test_removing_a_folder_meanwhile_leaves_nothing_of_it_in_either(library: Library) -> None:
    library.search("anything")  # the index of the first is open
    library.use_model("local:second")
    folder = Path(library.folders()[0].folder.path)
    (gone, *_) = library.photos(library.photo_ids().tolist())
    Path(gone.files[0].path).unlink()
    library.index()
    assert gone.id not in library.search("anything").ids
    library.remove_folder(folder)
    assert len(library.search("anything").ids) == 0
    assert library.verify() == []
