"""The vector index: exact where few, graphs where many, never a wrong or missing photo."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from core.embedding.encoder import load_encoder
from core.embedding.models import find_model
from core.imaging.model_input import prepare
from core.vectors.index import VectorIndex
from tests.helpers.patience import PATIENCE


def clustered(count: int, dim: int, clusters: int, seed: int = 0) -> NDArray[np.float32]:
    """Unit vectors around `clusters` centres, as photos of the same things are."""
    random = np.random.default_rng(seed)
    centres = random.standard_normal((clusters, dim))
    spread = random.standard_normal((count, dim)) * 0.5
    vectors = centres[random.integers(0, clusters, count)] + spread
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def best(
    ids: NDArray[np.int64], vectors: NDArray[np.float32], query: NDArray[np.float32], k: int
) -> list[int]:
    """The answer that comparing every vector gives."""
    return [int(each) for each in ids[np.lexsort((ids, -(vectors @ query)))][:k]]


def recall(index: VectorIndex, queries: NDArray[np.float32], k: int = 100) -> float:
    shares = []
    for query in queries:
        truth, _ = index.search(query, k, exact=True)
        found, _ = index.search(query, k)
        assert len(found) == len(truth) == k
        shares.append(len(np.intersect1d(found, truth)) / k)
    return float(np.mean(shares))


@pytest.fixture(autouse=True)
def eager_graphs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask graphs even where comparing all would be as fast: the tests are about them."""
    monkeypatch.setattr("core.vectors.segment.SUBSET", 16)


@pytest.fixture
def small() -> Iterator[VectorIndex]:
    index = VectorIndex(16, exact_limit=500)
    yield index
    index.close()


def test_the_best_come_first_with_their_cosines(small: VectorIndex) -> None:
    ids, vectors = np.arange(10, 210), clustered(200, 16, 20)
    small.add(ids, vectors)
    found, scores = small.search(vectors[5], 10)
    assert found.tolist() == best(ids, vectors, vectors[5], 10)
    assert found[0] == 15
    np.testing.assert_allclose(scores, vectors[found - 10] @ vectors[5], atol=2e-3)
    assert (np.diff(scores) <= 0).all()
    assert found.dtype == np.int64
    assert scores.dtype == np.float32


def test_asking_for_more_than_there_are_gives_all(small: VectorIndex) -> None:
    assert small.search(np.ones(16, np.float32), 5)[0].tolist() == []
    small.add(np.array([7, 3]), clustered(2, 16, 2))
    assert sorted(small.search(np.ones(16, np.float32), 50)[0].tolist()) == [3, 7]
    assert small.search(np.ones(16, np.float32), 0)[0].tolist() == []


def test_equal_photos_come_in_the_order_of_their_ids(small: VectorIndex) -> None:
    same = np.repeat(clustered(1, 16, 1), 40, axis=0)
    small.add(np.arange(40)[::-1].copy(), same)
    assert small.search(same[0], 7)[0].tolist() == list(range(7))


@pytest.mark.parametrize("bad", [np.nan, np.inf, 0.0])
def test_a_vector_that_is_zero_or_not_finite_is_refused_with_its_batch(
    small: VectorIndex, bad: float
) -> None:
    vectors = clustered(3, 16, 3)
    vectors[1] = bad
    with pytest.raises(ValueError, match="zero or not finite"):
        small.add(np.arange(3), vectors)
    assert len(small) == 0
    with pytest.raises(ValueError, match="zero or not finite"):
        small.search(np.full(16, bad, np.float32), 1)


def test_a_wrong_shape_is_refused(small: VectorIndex) -> None:
    with pytest.raises(ValueError, match="16 numbers"):
        small.add(np.arange(3), clustered(3, 8, 3))
    with pytest.raises(ValueError, match="16 numbers"):
        small.add(np.arange(2), clustered(3, 16, 3))
    with pytest.raises(ValueError, match="16 numbers"):
        small.search(np.ones(8, np.float32), 1)


def test_vectors_come_back_in_the_order_asked(small: VectorIndex) -> None:
    vectors = clustered(900, 16, 30)
    small.add(np.arange(900), vectors * 3)
    wanted = np.array([700, 2, 899, 2])
    np.testing.assert_allclose(small.vectors(wanted), vectors[wanted], atol=1e-3)
    with pytest.raises(KeyError):
        small.vectors(np.array([1, 5000]))
    here, known = small.known_vectors(np.array([5000, 4]))
    assert here.tolist() == [False, True]
    np.testing.assert_allclose(known, vectors[[4]], atol=1e-3)


def test_only_allowed_photos_are_found(small: VectorIndex) -> None:
    ids, vectors = np.arange(2200), clustered(2200, 16, 40)
    small.add(ids, vectors)
    assert small.wait(2 * PATIENCE)
    for share in (1, 3, 50, 2200):
        allowed = ids[::share]
        found, _ = small.search(vectors[17], 30, allowed=allowed)
        truth, _ = small.search(vectors[17], 30, allowed=allowed, exact=True)
        assert truth.tolist() == best(allowed, vectors[allowed], vectors[17], 30)[: len(truth)]
        assert len(found) == min(30, len(allowed))
        assert set(found.tolist()) <= set(allowed.tolist())
        assert len(np.intersect1d(found, truth)) >= 0.95 * len(truth)
    assert len(small.search(vectors[0], 5, allowed=np.array([], np.int64))[0]) == 0
    assert small.search(vectors[0], 5, allowed=np.array([4, 99_999]))[0].tolist() == [4]


def test_removed_photos_never_come_back_and_added_again_they_do(small: VectorIndex) -> None:
    ids, vectors = np.arange(1600), clustered(1600, 16, 40)
    small.add(ids, vectors)
    assert small.wait(2 * PATIENCE)
    assert small.graphed == 1500
    gone = ids[::3]
    small.remove(gone)
    small.remove(np.array([123_456]))
    for query in vectors[:50]:
        assert not np.isin(small.search(query, 100)[0], gone).any()
    assert small.wait(2 * PATIENCE)
    small.add(gone, vectors[gone])
    assert small.wait(2 * PATIENCE)
    assert np.array_equal(small.ids(), ids)
    for number in (0, 3, 999):
        assert small.search(vectors[number], 1)[0].tolist() == [number]


def test_a_replaced_photo_answers_with_its_new_vector_only(small: VectorIndex) -> None:
    vectors = clustered(1200, 16, 1200)
    small.add(np.arange(1200), vectors)
    assert small.wait(2 * PATIENCE)
    small.add(np.array([5, 5]), np.stack([vectors[7], -vectors[5]]))
    assert len(small) == 1200
    found, scores = small.search(-vectors[5], 1)
    assert found.tolist() == [5]
    assert scores[0] > 0.99
    assert small.search(vectors[5], 1)[1][0] < 0.9


def test_any_history_of_changes_ends_in_the_same_answers() -> None:
    random = np.random.default_rng(4)
    index = VectorIndex(8, exact_limit=64)
    model: dict[int, NDArray[np.float32]] = {}
    try:
        for step in range(300):
            ids = random.integers(0, 400, random.integers(1, 40))
            if random.random() < 0.4:
                index.remove(ids)
                for each in ids.tolist():
                    model.pop(each, None)
            else:
                vectors = clustered(len(ids), 8, 400, seed=step)
                index.add(ids, vectors)
                model.update(zip(ids.tolist(), vectors, strict=True))
            known = np.array(sorted(model), np.int64)
            assert np.array_equal(index.ids(), known)
            query = random.standard_normal(8).astype(np.float32)
            found, scores = index.search(query, 10, exact=step % 2 == 0)
            assert len(found) == min(10, len(known))
            if len(found):
                rows = np.stack([model[each] for each in found.tolist()])
                np.testing.assert_allclose(
                    scores, rows @ (query / np.linalg.norm(query)), atol=3e-3
                )
        assert index.wait(2 * PATIENCE)
        everything = np.stack([model[each] for each in known.tolist()])
        for query in everything[::20]:
            found, _ = index.search(query, 5)
            truth = np.sort(everything @ query)[-5:]
            got = np.sort(everything[np.searchsorted(known, found)] @ query)
            np.testing.assert_allclose(got, truth, atol=3e-3)
    finally:
        index.close()


def test_recall_on_a_hundred_thousand_clustered_vectors() -> None:
    vectors = clustered(100_000, 64, 500)
    index = VectorIndex(64)
    try:
        for start in range(0, len(vectors), 10_000):
            part = np.arange(start, start + 10_000)
            index.add(part, vectors[part])
        queries = np.concatenate([vectors[::4000], clustered(25, 64, 500, seed=9)])
        # Before any graph is ready, the answers are exact.
        assert recall(index, queries[:3]) == 1.0
        assert index.wait(2 * PATIENCE)
        assert index.graphed == 3 * index.exact_limit
        assert recall(index, queries) >= 0.98
        index.remove(np.arange(0, 100_000, 7))
        assert recall(index, queries) >= 0.98
    finally:
        index.close()


def test_recall_on_real_photos_for_photos_and_for_words(shared: Path, tmp_path: Path) -> None:
    model = find_model("starter", tmp_path)
    lines = (shared / "flickr8k" / "dev.jsonl").read_text().splitlines()
    rows = [json.loads(line) for line in lines]
    pixels = []
    for row in rows:
        with Image.open(shared / "flickr8k" / row["image"]) as photo:
            pixels.append(prepare(photo.convert("RGB"), model.model_input))
    encoder = load_encoder(model, device="cpu")
    photos = [encoder.encode_images(np.stack(pixels[at : at + 50])) for at in range(0, 1000, 50)]
    words = encoder.encode_texts([row["captions"][0] for row in rows[::20]])
    encoder.close()
    index = VectorIndex(model.dim, exact_limit=900)
    try:
        index.add(np.arange(1000), np.concatenate(photos))
        assert index.wait(2 * PATIENCE)
        assert index.graphed == 900
        assert recall(index, np.concatenate(photos)[::20]) >= 0.98
        assert recall(index, words) >= 0.98
    finally:
        index.close()


def test_searches_and_changes_from_many_threads_at_once() -> None:
    vectors = clustered(4000, 16, 60)
    index = VectorIndex(16, exact_limit=600)
    index.add(np.arange(2000), vectors[:2000])
    stop = threading.Event()
    failures: list[BaseException] = []

    def change() -> None:
        try:
            for start in range(2000, 4000, 50):
                part = np.arange(start, start + 50)
                index.add(part, vectors[part])
                index.remove(part[::5])
        except BaseException as error:
            failures.append(error)
        finally:
            stop.set()

    thread = threading.Thread(target=change)
    thread.start()
    while not stop.is_set():
        found, scores = index.search(vectors[1], 20)
        assert len(found) == 20
        assert found[0] == 1
        assert scores[0] > 0.99
    thread.join()
    assert not failures
    assert index.wait(2 * PATIENCE)
    assert len(index) == 2000 + 2000 * 4 // 5
    index.close()


def test_closing_ends_the_build_and_the_index_still_answers() -> None:
    vectors = clustered(20_000, 64, 50)
    index = VectorIndex(64, exact_limit=9000)
    index.add(np.arange(20_000), vectors)
    index.close()
    index.close()
    assert index.graphed < 18_000
    assert index.search(vectors[77], 1)[0].tolist() == [77]
