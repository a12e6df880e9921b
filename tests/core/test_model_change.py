"""Another model: the one before answers until the new one has looked at all photos."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.embedding.models import CONFIG_FILE, WEIGHTS_FILE, model_folder
from core.errors import SouvenirError
from core.events import Event, ModelChanged
from core.library import Library
from tests.helpers.patience import until
from tests.helpers.small_models import small_clip, small_config, store

pytestmark = pytest.mark.usefixtures("torch_at_hand")

MINE = "local:mine"


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of models; a small one to import lies in "mine" beside it."""
    monkeypatch.setenv("SOUVENIR_MODELS", str(tmp_path / "models"))
    store(small_clip(small_config()), tmp_path / "mine", small_config())
    return tmp_path / "models"


@pytest.fixture
def library(tmp_path: Path, models: Path) -> Iterator[Library]:
    """Three photos, which the starter has seen, and the small model installed."""
    assert models
    (tmp_path / "photos").mkdir()
    for seed in range(3):
        pixels = np.random.default_rng(seed).integers(0, 255, (4, 4, 3), np.uint8)
        Image.fromarray(pixels).resize((64, 48)).save(tmp_path / "photos" / f"{seed}.png")
    with Library.open(tmp_path / "library", device="cpu") as opened:
        opened.shelf.import_model(tmp_path / "mine", arch=None, name=None)
        opened.add_folder(tmp_path / "photos")
        opened.index()
        yield opened


def test_the_model_before_answers_until_the_new_one_is_through(
    library: Library, tmp_path: Path
) -> None:
    told: list[Event] = []
    library.events.subscribe(told.append)
    library.use_model(MINE)
    assert (library.settings.model, library.settings.model_until_ready) == (MINE, "starter")
    assert library.model.name == "starter"
    assert len(library.search("a dog").ids) == 3
    status = library.status(sizes=False)
    assert (status.model, status.coming, status.embedded) == ("starter", MINE, 3)
    assert status.coming_embedded == 0
    for name in ("starter", MINE):
        with pytest.raises(SouvenirError, match=r"in use|cannot be removed"):
            library.shelf.remove(name)
    library.close()
    with Library.open(tmp_path / "library", device="cpu") as again:  # the same after a restart
        assert again.model.name == "starter"
        again.events.subscribe(told.append)
        assert again.index().embedded == 3
        assert again.model.name == MINE
        assert again.settings.model_until_ready == ""
        assert len(again.search("a dog").ids) == 3
        assert again.status(sizes=False).coming == ""
        again.use_model("starter")  # it has seen all photos: there is nothing to wait for
        assert (again.model.name, again.settings.model_until_ready) == ("starter", "")
    assert [e.name for e in told if isinstance(e, ModelChanged)] == ["starter", MINE, "starter"]


def test_the_change_is_made_in_the_background_and_can_be_taken_back(library: Library) -> None:
    library.start_watching()
    library.pause()
    library.use_model(MINE)
    assert library.paused
    library.use_model("starter")  # back: nothing is waited for
    assert (library.model.name, library.settings.model_until_ready) == ("starter", "")
    library.use_model(MINE)
    library.resume()
    until(lambda: library.settings.model_until_ready == "")
    until(lambda: library.model.name == MINE)
    assert len(library.search("a dog").ids) == 3


def test_what_goes_meanwhile_is_found_by_neither(library: Library, tmp_path: Path) -> None:
    library.search("a dog")
    library.use_model(MINE)
    assert len(library.search("a dog").ids) == 3
    library.remove_folder(tmp_path / "photos")
    assert len(library.search("a dog").ids) == 0


def test_a_model_before_that_is_gone_is_not_waited_for(library: Library, tmp_path: Path) -> None:
    library.use_model(MINE)
    library.index()
    library.shelf.import_model(tmp_path / "mine" / WEIGHTS_FILE, arch=None, name="other")
    other = model_folder("local:other", tmp_path / "models")
    described = json.loads((other / CONFIG_FILE).read_text("utf-8"))
    described["souvenir"]["sha256"] = "1" * 64  # as if it had other weights
    (other / CONFIG_FILE).write_text(json.dumps(described), "utf-8")
    library.use_model("local:other")
    assert library.settings.model_until_ready == MINE
    library.close()
    (model_folder(MINE, tmp_path / "models") / CONFIG_FILE).unlink()
    with Library.open(tmp_path / "library", device="cpu") as again:
        assert again.model.name == "local:other"
