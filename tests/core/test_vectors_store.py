"""The saved index: read when every bit and every vector fits, built again otherwise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from core.catalog.catalogue import Catalogue
from core.catalog.embeddings import model_id, put_embeddings
from core.catalog.files import FileKey, FileStat, remove_files
from core.catalog.folders import add_folder
from core.catalog.metadata import Metadata
from core.catalog.photos import PhotoContent, store_photo
from core.vectors.graph_files import GraphFiles
from core.vectors.index import VectorIndex
from core.vectors.store import check_index, open_index
from tests.helpers.patience import PATIENCE

DIM = 8
LIMIT = 100
COUNT = 350


@dataclass(frozen=True)
class Weights:
    key: str = "tiny@1"
    dim: int = DIM


MODEL = Weights()


def vectors(count: int, seed: int = 0) -> NDArray[np.float32]:
    found = np.random.default_rng(seed).standard_normal((count, DIM)).astype(np.float32)
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True))


def no_metadata() -> Metadata:
    empty: dict[str, Any] = {each.name: None for each in fields(Metadata)}
    return Metadata(**{**empty, "keywords": ()})


class Photos:
    """A catalogue of photos with embeddings under MODEL."""

    def __init__(self, root: Path) -> None:
        self.catalogue = Catalogue(root / "catalogue.sqlite")
        self.directory = root / "vectors"
        with self.catalogue.transaction() as tx:
            self.folder = add_folder(tx, str(root)).id
            self.ids = [
                store_photo(
                    tx,
                    FileKey(self.folder, "", f"{number}.jpg"),
                    FileStat(number + 1, number, number + 1),
                    PhotoContent(
                        number.to_bytes(16, "big"), number, "JPEG", 9, 9, None, no_metadata()
                    ),
                )[0]
                for number in range(COUNT)
            ]
        self.put(self.ids, vectors(COUNT))

    def put(self, ids: list[int], rows: NDArray[np.float32]) -> None:
        with self.catalogue.transaction() as tx:
            put_embeddings(tx, model_id(tx, MODEL.key, DIM), ids, rows)

    def open(self, model: Weights = MODEL) -> VectorIndex:
        index = open_index(self.catalogue, model, self.directory, exact_limit=LIMIT)
        assert index.wait(PATIENCE)
        return index

    def saved(self, suffix: str) -> list[Path]:
        return sorted(self.directory.rglob(f"*{suffix}"))


@pytest.fixture
def photos(tmp_path: Path) -> Iterator[Photos]:
    made = Photos(tmp_path)
    yield made
    made.catalogue.close()


def answers(index: VectorIndex) -> list[list[int]]:
    return [index.search(query, 10, exact=True)[0].tolist() for query in vectors(20, seed=5)]


def test_a_few_photos_need_no_file(photos: Photos) -> None:
    index = open_index(photos.catalogue, MODEL, photos.directory)
    index.close()
    assert len(index) == COUNT
    assert not photos.directory.exists()
    assert check_index(photos.catalogue, MODEL, index) == []


def test_graphs_are_saved_once_and_read_again(photos: Photos) -> None:
    first = photos.open()
    first.close()
    files = [(path, path.stat().st_mtime_ns) for path in photos.saved("")]
    assert len(photos.saved(".graph")) == 3
    second = photos.open()
    second.close()
    assert [(path, path.stat().st_mtime_ns) for path in photos.saved("")] == files
    assert second.graphed == first.graphed == 300
    assert answers(second) == answers(first)
    assert check_index(photos.catalogue, MODEL, second) == []


def test_it_catches_up_with_what_changed_while_it_was_closed(photos: Photos) -> None:
    photos.open().close()
    changed, gone = photos.ids[::40], photos.ids[5:25]
    photos.put(changed, vectors(len(changed), seed=3))
    with photos.catalogue.transaction() as tx:
        remove_files(tx, photos.folder, "", [f"{number}.jpg" for number in range(5, 25)])
    index = photos.open()
    index.close()
    assert len(index) == COUNT - 20
    assert not np.isin(gone, index.ids()).any()
    np.testing.assert_allclose(
        index.vectors(np.array(changed)), vectors(len(changed), seed=3), atol=1e-3
    )
    assert check_index(photos.catalogue, MODEL, index) == []


@pytest.mark.parametrize("suffix", [".graph", ".rows", ".json"])
@pytest.mark.parametrize("damage", ["missing", "empty", "truncated", "flipped", "foreign"])
def test_a_damaged_file_is_never_trusted(photos: Photos, suffix: str, damage: str) -> None:
    expected = photos.open()
    expected.close()
    path = photos.saved(suffix)[0]
    content = path.read_bytes()
    if damage == "missing":
        path.unlink()
    elif damage == "empty":
        path.write_bytes(b"")
    elif damage == "truncated":
        path.write_bytes(content[: len(content) // 2])
    elif damage == "flipped":
        middle = len(content) // 2
        path.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
    else:
        path.write_bytes(photos.saved(suffix)[1].read_bytes())
    index = photos.open()
    index.close()
    assert index.graphed == 300
    assert answers(index) == answers(expected)
    assert check_index(photos.catalogue, MODEL, index) == []
    # Everything is whole again on disk, and nothing is left over.
    assert len(photos.saved(".graph")) == len(photos.saved(".json")) == 3
    again = photos.open()
    again.close()
    assert again.graphed == 300


def test_a_graph_of_another_library_gives_none_of_its_answers(
    photos: Photos, tmp_path: Path
) -> None:
    photos.open().close()
    (tmp_path / "other").mkdir()
    other = Photos(tmp_path / "other")
    other.put(other.ids, vectors(COUNT, seed=8))
    photos.directory.rename(other.directory)
    index = other.open()
    index.close()
    assert check_index(other.catalogue, MODEL, index) == []
    query = vectors(COUNT, seed=8)[0]
    assert index.search(query, 1)[0].tolist() == [other.ids[0]]
    other.catalogue.close()


def test_models_have_their_own_files(photos: Photos) -> None:
    photos.open().close()
    index = photos.open(Weights("tiny@2"))
    index.close()
    assert len(index) == 0
    assert len(photos.saved(".graph")) == 3


def test_a_reader_beside_a_writer_writes_nothing(photos: Photos) -> None:
    reading = Catalogue(photos.catalogue.path, read_only=True)
    index = open_index(reading, MODEL, photos.directory, exact_limit=LIMIT)
    assert index.wait(PATIENCE)
    index.close()
    reading.close()
    assert index.graphed == 300
    assert not photos.directory.exists()


def test_a_folder_that_cannot_be_written_costs_only_the_saving(photos: Photos) -> None:
    photos.directory.write_text("in the way")
    index = photos.open()
    index.close()
    assert index.graphed == 300


def test_a_write_that_was_cut_off_is_cleared_away(photos: Photos) -> None:
    photos.open().close()
    left = photos.saved(".graph")[0].with_name("half.graph")
    left.write_bytes(b"half of a graph")
    photos.open().close()
    assert not left.exists()


def test_the_manifest_names_model_size_and_checksums(photos: Photos) -> None:
    photos.open().close()
    manifest = json.loads(photos.saved(".json")[0].read_text())
    assert (manifest["model"], manifest["dim"], manifest["count"]) == (MODEL.key, DIM, LIMIT)
    files = GraphFiles(photos.saved(".json")[0].parent, "another", DIM, LIMIT)
    assert files.rows(photos.saved(".json")[0].stem) is None


def test_check_index_says_what_does_not_agree(photos: Photos) -> None:
    index = photos.open()
    index.remove(np.array(photos.ids[:2]))
    index.add(np.array([photos.ids[9], 9999]), -vectors(COUNT)[[9, 8]])
    index.close()
    found = check_index(photos.catalogue, MODEL, index)
    assert len(found) == 3
    assert found[0].startswith("Photos missing from the vector index")
    assert found[0].endswith(f"mends: 2, the first is photo {photos.ids[0]}.")
    assert found[1].startswith("Photos only in the vector index")
    assert found[2].endswith(f"mends: 1, the first is photo {photos.ids[9]}.")


def test_a_zero_embedding_is_left_out_and_named(photos: Photos) -> None:
    photos.put([photos.ids[4]], np.zeros((1, DIM), np.float32))
    index = photos.open()
    index.close()
    assert len(index) == COUNT - 1
    found = check_index(photos.catalogue, MODEL, index)
    assert len(found) == 1
    assert "zero or not finite" in found[0]
