"""Models copied from another computer: a folder keeps its name, and its weights are checked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from core.embedding.install import import_model, remove_model
from core.embedding.models import CONFIG_FILE, WEIGHTS_FILE, find_model, list_models, model_folder
from core.embedding.vocabulary import VOCABULARY_FILE
from core.errors import ModelError
from tests.helpers.small_models import small_clip, small_config, store

pytestmark = pytest.mark.usefixtures("torch_at_hand")

CURATED = "ViT-B-32/laion2b_s34b_b79k"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def other_folder(tmp_path: Path) -> Path:
    """A folder of an open_clip model that another program made: no word of Souvenir's in it."""
    store(small_clip(small_config()), tmp_path / "made elsewhere", small_config())
    return tmp_path / "made elsewhere"


@pytest.fixture
def copy(tmp_path: Path, other_folder: Path) -> Path:
    """A model that Souvenir installed on another computer, on a stick."""
    there = tmp_path / "the other computer"
    folder = model_folder(import_model(other_folder, there, name="mine").name, there)
    described = json.loads((folder / CONFIG_FILE).read_text("utf-8"))
    described["souvenir"]["name"] = CURATED
    (folder / CONFIG_FILE).write_text(json.dumps(described), "utf-8")
    (folder / VOCABULARY_FILE).write_text("dog\n", "utf-8")
    (folder / "holiday.jpg").write_bytes(b"no part of a model")
    shutil.copytree(folder, tmp_path / "stick" / "a model")
    return tmp_path / "stick" / "a model"


def test_a_folder_from_another_computer_keeps_name_weights_and_words(
    copy: Path, cache: Path
) -> None:
    model = import_model(copy.parent, cache)  # the folder that it is in will do
    assert model == find_model(CURATED, cache)
    assert model.weights.read_bytes() == (copy / WEIGHTS_FILE).read_bytes()
    taken = {file.name for file in model.weights.parent.iterdir()}
    assert taken == {CONFIG_FILE, WEIGHTS_FILE, VOCABULARY_FILE}
    listed = {info.name: info for info in list_models(cache)}[CURATED]
    assert (listed.installed, listed.languages, bool(listed.scores)) == (True, ("en",), True)


def test_a_copy_that_was_damaged_on_the_way_is_refused(copy: Path, cache: Path) -> None:
    weights = bytearray((copy / WEIGHTS_FILE).read_bytes())
    weights[-1] ^= 1
    (copy / WEIGHTS_FILE).write_bytes(weights)
    with pytest.raises(ModelError, match="damaged, its checksum is wrong: copy it again"):
        import_model(copy, cache)
    assert not list(cache.rglob(WEIGHTS_FILE))


def test_a_model_that_is_there_already_is_not_replaced(copy: Path, cache: Path) -> None:
    import_model(copy, cache)
    with pytest.raises(ModelError, match=f"There is a model '{CURATED}' already: remove it"):
        import_model(copy, cache)
    remove_model(CURATED, cache)
    assert import_model(copy, cache).name == CURATED


def test_a_folder_of_another_program_gets_a_name_of_its_own(
    other_folder: Path, cache: Path
) -> None:
    assert import_model(other_folder, cache).name == "local:made elsewhere"


def test_a_folder_as_the_hub_keeps_it_is_found_two_levels_down(
    other_folder: Path, cache: Path
) -> None:
    kept = other_folder.parent / "models--someone--small" / "snapshots" / "0123"
    kept.parent.mkdir(parents=True)
    other_folder.rename(kept)
    assert import_model(kept.parents[1], cache, name="small").name == "local:small"


def test_what_is_wrong_with_a_folder_is_said(other_folder: Path, cache: Path) -> None:
    empty = other_folder.parent / "empty"
    empty.mkdir()
    with pytest.raises(ModelError, match=f"holds no model: name a folder with {CONFIG_FILE}"):
        import_model(empty, cache)
    shutil.copytree(other_folder, other_folder / "again")
    with pytest.raises(ModelError, match="holds 2 models: name the folder of one of them"):
        import_model(other_folder, cache)
    (other_folder / "again" / WEIGHTS_FILE).unlink()
    with pytest.raises(ModelError, match=f"holds no weights: copy {WEIGHTS_FILE} into it"):
        import_model(other_folder / "again", cache)
