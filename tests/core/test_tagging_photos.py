"""Embeddings in memory: the same photos and vectors, however many bytes they may take."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.catalog.catalogue import Catalogue
from core.catalog.embeddings import model_id, put_embeddings
from core.catalog.files import FileKey, FileStat
from core.catalog.folders import add_folder
from core.catalog.metadata import PhotoContent
from core.catalog.photos import store_photo
from core.tagging import photos
from core.tagging.photos import PhotoVectors

COUNT, DIM = 50, 8


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue(tmp_path / "catalogue.db") as catalogue:
        with catalogue.transaction() as tx:
            folder = add_folder(tx, tmp_path / "photos")
            for number in range(1, COUNT + 1):
                content = PhotoContent(number.to_bytes(16, "big"), 9, "JPEG", 40, 30)
                store_photo(tx, FileKey(folder.id, "", f"{number}.jpg"), FileStat(9, 9, 9), content)
        put(catalogue, range(1, COUNT // 2), seed=0)
        yield catalogue


def put(catalogue: Catalogue, ids: range, seed: int) -> None:
    vectors = np.random.default_rng(seed).normal(size=(len(ids), DIM)).astype(np.float32)
    with catalogue.transaction() as tx:
        put_embeddings(tx, model_id(tx, "model", DIM), np.array(ids, np.int64), vectors)


def seen(vectors: PhotoVectors) -> dict[int, list[float]]:
    return {
        int(photo): row.tolist()
        for ids, rows in vectors.chunks()
        for photo, row in zip(ids, rows, strict=True)
    }


@pytest.mark.parametrize("room", ["floats", "halves", "none"])
def test_photos_that_come_and_change_are_seen(
    catalogue: Catalogue, room: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if room == "halves":
        monkeypatch.setattr(photos, "_READY_BYTES", 0)
    kept = PhotoVectors(catalogue, "model", most_bytes=0 if room == "none" else 10**6)
    assert set(seen(kept)) == set(range(1, COUNT // 2))
    before = seen(kept)[5]
    put(catalogue, range(5, COUNT + 1), seed=1)
    after = seen(kept)
    assert kept.in_memory == (room != "none")
    assert after[5] != before
    fresh = seen(PhotoVectors(catalogue, "model"))
    assert set(after) == set(fresh) == set(range(1, COUNT + 1))
    for photo, row in fresh.items():
        assert after[photo] == pytest.approx(row, abs=1e-3)
        assert np.linalg.norm(after[photo]) == pytest.approx(1, abs=1e-3)
