"""A library of the starter of the release before: it answers until the present one is through."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from safetensors.numpy import load_file, save_file

from core.catalog.embeddings import (
    embedded_ids,
    embeddings_of,
    find_model_id,
    model_id,
    put_embeddings,
)
from core.embedding.earlier import EARLIER_STARTER, earlier_file, earlier_starter
from core.embedding.models import STARTER, find_model
from core.embedding.text import numpy_text_encoder
from core.errors import SouvenirError
from core.events import Event, ModelChanged
from core.library import Library
from core.library.opening import open_parts
from core.paths import STARTER_MODEL, LibraryPaths, default_model_cache

pytestmark = pytest.mark.usefixtures("torch_at_hand")

DIM = 96
SHA = "0123456789ab" + 52 * "0"
COLOURS = ("red", "green", "blue", "white")


def turned() -> NDArray[np.float32]:
    """What takes vectors of the present starter to the earlier one's: a rotation, cut short."""
    dim = find_model(STARTER, default_model_cache()).dim
    square, _ = np.linalg.qr(np.random.default_rng(0).standard_normal((dim, dim)))
    return np.asarray(square[:DIM], np.float32)


@pytest.fixture
def starter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the starter, with a layer that stands for one of the release before."""
    folder = shutil.copytree(STARTER_MODEL, tmp_path / "starter")
    own = load_file(folder / "open_clip_model.safetensors")
    if "text_projection" in own:
        weight = own["text_projection"].T
        bias = np.zeros(len(weight), np.float32)
    else:
        weight, bias = own["text_projection.weight"], own["text_projection.bias"]
    layer = {
        "text_projection.weight": turned() @ weight.astype(np.float32),
        "text_projection.bias": turned() @ bias.astype(np.float32),
    }
    save_file(layer, folder / earlier_file(SHA))
    monkeypatch.setattr("core.library.engines.earlier_starter", partial(earlier_starter, folder))
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A library of four photos whose vectors are those of the release before."""
    photos = tmp_path / "photos"
    photos.mkdir()
    for colour in COLOURS:
        image = Image.new("RGB", (96, 64), colour)
        ImageDraw.Draw(image).ellipse((20, 10, 70, 50), "black")
        image.save(photos / f"{colour}.png")
    place = tmp_path / "library"
    with Library.open(place, device="cpu") as library:
        library.add_folder(photos)
        library.index()
    opened = open_parts(LibraryPaths(place), write=True)
    key = find_model(STARTER, default_model_cache()).key
    with opened.catalogue.transaction() as tx:
        present = find_model_id(tx, key)
        assert present is not None
        ids, vectors = embeddings_of(tx, present, embedded_ids(tx, present).tolist())
        put_embeddings(tx, model_id(tx, f"{STARTER}@{SHA[:12]}", DIM), ids, vectors @ turned().T)
        tx.execute("DELETE FROM embeddings WHERE model_id = ?", (present,))
    opened.close()
    return place


@pytest.fixture
def open_library(starter: Path, place: Path) -> Iterator[Callable[[], Library]]:
    assert starter
    opened: list[Library] = []

    def open_it() -> Library:
        opened.append(Library.open(place, device="cpu"))
        return opened[-1]

    yield open_it
    for library in opened:
        library.close()


def test_texts_go_where_the_earlier_starter_had_them(starter: Path) -> None:
    model = earlier_starter(starter)
    assert model is not None
    assert (model.name, model.key, model.dim) == (EARLIER_STARTER, f"{STARTER}@{SHA[:12]}", DIM)
    assert not model.looks
    earlier = numpy_text_encoder(model)
    present = numpy_text_encoder(find_model(STARTER, default_model_cache()))
    assert earlier is not None
    assert present is not None
    expected = present.encode_texts(["a red car"]) @ turned().T
    expected /= np.linalg.norm(expected)
    np.testing.assert_allclose(earlier.encode_texts(["a red car"]), expected, atol=1e-3)


def test_it_answers_until_the_present_one_is_through(
    open_library: Callable[[], Library], tmp_path: Path
) -> None:
    library = open_library()
    told: list[Event] = []
    library.events.subscribe(told.append)
    assert library.model.name == EARLIER_STARTER
    status = library.status(sizes=False)
    assert (status.model, status.coming, status.embedded) == (EARLIER_STARTER, STARTER, 4)
    before = library.search("a red circle")
    assert len(before.ids) == 4
    Image.new("RGB", (80, 60), "red").save(tmp_path / "other.png")
    with pytest.raises(SouvenirError, match="was improved"):
        library.similar(tmp_path / "other.png")
    library.close()
    again = open_library()
    assert again.model.name == EARLIER_STARTER
    again.events.subscribe(told.append)
    assert again.index().embedded == 4
    assert again.model.name == STARTER
    assert again.settings.model_until_ready == ""
    assert len(again.search("a red circle").ids) == 4
    assert [e.name for e in told if isinstance(e, ModelChanged)] == [STARTER]
    again.close()
    assert open_library().model.name == STARTER


def test_photos_that_are_away_are_not_waited_for_at_every_start(
    open_library: Callable[[], Library], tmp_path: Path
) -> None:
    library = open_library()
    assert library.model.name == EARLIER_STARTER
    (tmp_path / "photos").rename(tmp_path / "away")
    assert library.index().embedded == 0
    assert library.model.name == STARTER
    library.close()
    library = open_library()
    assert library.model.name == STARTER
    (tmp_path / "away").rename(tmp_path / "photos")
    assert library.index().embedded == 4


def test_it_is_none_that_can_be_chosen(open_library: Callable[[], Library]) -> None:
    library = open_library()
    assert EARLIER_STARTER not in {info.name for info in library.shelf.models()}
    with pytest.raises(SouvenirError):
        library.use_model(EARLIER_STARTER)
    library.use_model(STARTER)
    assert library.model.name == EARLIER_STARTER


def test_a_library_that_it_never_saw_has_nothing_of_it(starter: Path, tmp_path: Path) -> None:
    assert starter
    with Library.open(tmp_path / "new", device="cpu") as library:
        assert library.model.name == STARTER


@pytest.mark.parametrize("damage", [b"", b"x" * 100, None])
def test_without_its_layer_the_present_one_answers(
    starter: Path, open_library: Callable[[], Library], damage: bytes | None
) -> None:
    file = starter / earlier_file(SHA)
    file.unlink() if damage is None else file.write_bytes(damage)
    library = open_library()
    assert library.model.name == STARTER
    assert len(library.search("a red circle").ids) == 0
    assert library.index().embedded == 4
