"""Embeddings in the catalogue: what is put comes back, in order, for the photos that are there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.catalog.catalogue import Catalogue
from core.catalog.embeddings import (
    drop_unusable,
    embedded_ids,
    embeddings_of,
    find_model_id,
    iterate_embeddings,
    last_seq,
    model_id,
    photos_without_embedding,
    put_embeddings,
)
from core.catalog.files import FileKey, FileStat, remove_files
from core.catalog.folders import add_folder, set_offline
from core.catalog.photos import PhotoContent, content_hashes, store_photo
from core.errors import CatalogueError

DIM = 8


@pytest.fixture
def tx(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A catalogue of twenty photos, 1.jpg to 20.jpg, whose ids are those numbers."""
    with Catalogue(tmp_path / "c.sqlite") as catalogue, catalogue.transaction() as tx:
        folder = add_folder(tx, "/photos")
        for number in range(1, 21):
            content = PhotoContent(number.to_bytes(16, "big"), number, "JPEG", 4, 3)
            key = FileKey(folder.id, "", f"{number}.jpg")
            store_photo(tx, key, FileStat(number, number, number), content)
        yield tx


@pytest.fixture
def model(tx: sqlite3.Connection) -> int:
    return model_id(tx, "starter@1", DIM)


def vectors(*ids: int) -> NDArray[np.float32]:
    """Unit vectors, one per id, always the same ones, as float16 can hold them."""
    rows = np.array([np.random.default_rng(i).standard_normal(DIM) for i in ids])
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    halves: NDArray[np.float16] = rows.astype(np.float16)
    return halves.astype(np.float32)


def test_a_model_has_one_id(tx: sqlite3.Connection, model: int) -> None:
    assert model_id(tx, "starter@1", DIM) == model == find_model_id(tx, "starter@1")
    assert model_id(tx, "starter@2", DIM) != model
    assert find_model_id(tx, "starter@3") is None
    with pytest.raises(CatalogueError, match="8"):
        model_id(tx, "starter@1", DIM + 1)


def test_what_is_put_comes_back(tx: sqlite3.Connection, model: int) -> None:
    put_embeddings(tx, model, np.array([5, 2, 9]), vectors(5, 2, 9))
    ids, found = embeddings_of(tx, model, np.array([9, 5, 7]))
    assert ids.tolist() == [5, 9]
    assert found.dtype == np.float32
    np.testing.assert_array_equal(found, vectors(5, 9))
    assert embedded_ids(tx, model).tolist() == [2, 5, 9]
    (stored,) = tx.execute("SELECT vector FROM embeddings WHERE photo_id = 5").fetchone()
    np.testing.assert_array_equal(np.frombuffer(stored, "<f2"), vectors(5)[0].astype(np.float16))


def test_nothing_put_is_nothing_found(tx: sqlite3.Connection, model: int) -> None:
    ids, found = embeddings_of(tx, model, [1, 2])
    assert (ids.shape, found.shape) == ((0,), (0, DIM))
    assert embedded_ids(tx, model).tolist() == []
    assert last_seq(tx, model) == 0
    assert list(iterate_embeddings(tx, model)) == []


def test_models_live_side_by_side(tx: sqlite3.Connection, model: int) -> None:
    other = model_id(tx, "ViT-B-32@1", 2)
    put_embeddings(tx, model, [1, 2], vectors(1, 2))
    put_embeddings(tx, other, [2, 3], np.ones((2, 2), np.float32))
    assert embedded_ids(tx, model).tolist() == [1, 2]
    assert embedded_ids(tx, other).tolist() == [2, 3]
    assert [ids.tolist() for ids, _, _ in iterate_embeddings(tx, model)] == [[1, 2]]
    assert embeddings_of(tx, other, [2])[1].tolist() == [[1.0, 1.0]]


def test_what_is_put_again_gets_a_new_seq(tx: sqlite3.Connection, model: int) -> None:
    put_embeddings(tx, model, [1, 2, 3], vectors(1, 2, 3))
    seen = last_seq(tx, model)
    put_embeddings(tx, model, [2], vectors(7))
    assert last_seq(tx, model) > seen
    ((ids, found, seq),) = iterate_embeddings(tx, model, after_seq=seen)
    assert ids.tolist() == [2]
    np.testing.assert_array_equal(found, vectors(7))
    assert seq == last_seq(tx, model)
    assert len(embedded_ids(tx, model)) == 3


def test_a_seq_is_never_used_again(tx: sqlite3.Connection, model: int) -> None:
    put_embeddings(tx, model, [1], vectors(1))
    seen = last_seq(tx, model)
    tx.execute("DELETE FROM embeddings")
    put_embeddings(tx, model, [1], vectors(1))
    assert last_seq(tx, model) > seen


def test_embeddings_come_in_chunks_oldest_first(tx: sqlite3.Connection, model: int) -> None:
    order = [9, 3, 12, 1, 7, 20, 4]
    put_embeddings(tx, model, order, vectors(*order))
    chunks = list(iterate_embeddings(tx, model, chunk=3))
    assert [ids.tolist() for ids, _, _ in chunks] == [[9, 3, 12], [1, 7, 20], [4]]
    np.testing.assert_array_equal(np.vstack([found for _, found, _ in chunks]), vectors(*order))
    rest = list(iterate_embeddings(tx, model, after_seq=chunks[0][2], chunk=100))
    assert [ids.tolist() for ids, _, _ in rest] == [[1, 7, 20, 4]]


def test_photos_without_embedding_come_in_pages(tx: sqlite3.Connection, model: int) -> None:
    put_embeddings(tx, model, range(1, 16), vectors(*range(1, 16)))
    remove_files(tx, 1, "", ["17.jpg"])
    first = photos_without_embedding(tx, model, limit=3)
    assert first == [(i, f"/photos/{i}.jpg") for i in (16, 18, 19)]
    rest = photos_without_embedding(tx, model, after_id=first[-1][0], limit=3)
    assert rest == [(20, "/photos/20.jpg")]
    set_offline(tx, 1, True)
    assert photos_without_embedding(tx, model) == []


def test_an_embedding_of_content_that_was_edited_meanwhile_is_not_stored(
    tx: sqlite3.Connection, model: int
) -> None:
    hashes = list(content_hashes(tx, [1, 2]).values())
    edited = PhotoContent(b"another content!", 5, "JPEG", 4, 3)
    store_photo(tx, FileKey(1, "", "1.jpg"), FileStat(5, 5, 5), edited)
    put_embeddings(tx, model, [1, 2], vectors(1, 2), content_hashes=hashes)
    assert embedded_ids(tx, model).tolist() == [2]


@pytest.mark.parametrize(
    "wrong",
    [
        np.ones((2, DIM + 1), np.float32),
        np.ones((1, DIM), np.float32),
        np.full((2, DIM), np.nan, np.float32),
        np.full((2, DIM), 1e6, np.float32),
    ],
)
def test_what_cannot_be_an_embedding_is_not_stored(
    tx: sqlite3.Connection, model: int, wrong: NDArray[np.float32]
) -> None:
    with pytest.raises(ValueError, match="numbers"):
        put_embeddings(tx, model, [1, 2], wrong)
    assert embedded_ids(tx, model).tolist() == []


def test_embeddings_of_the_wrong_size_are_said_to_be(tx: sqlite3.Connection, model: int) -> None:
    put_embeddings(tx, model, [1, 2], vectors(1, 2))
    tx.execute("UPDATE embeddings SET vector = x'00' WHERE photo_id = 2")
    with pytest.raises(CatalogueError, match="rebuild"):
        embeddings_of(tx, model, [1, 2])


def test_unusable_embeddings_are_dropped_and_only_those(tx: sqlite3.Connection, model: int) -> None:
    put_embeddings(tx, model, [1, 2, 3], vectors(1, 2, 3))
    tx.execute("UPDATE embeddings SET vector = x'0000' WHERE photo_id = 1")
    tx.execute("UPDATE embeddings SET vector = zeroblob(length(vector)) WHERE photo_id = 2")
    assert drop_unusable(tx, model) == 2
    assert embedded_ids(tx, model).tolist() == [3]
