"""One embedding for a photo that is looked at in several views."""

from __future__ import annotations

import numpy as np

from core.embedding.views import all_views, one_each


def test_views_become_one_batch_and_their_mean_one_vector() -> None:
    plain, wide = np.full((4, 4, 3), 1, np.uint8), np.full((8, 4, 3), 2, np.uint8)
    wide[4:] = 3
    photos = [plain, wide, plain]

    batch = all_views(photos)

    assert batch.shape == (4, 4, 4, 3)
    assert batch[:, 0, 0, 0].tolist() == [1, 2, 3, 1]
    vectors = np.array([[1, 0], [1, 0], [0, 1], [0, 1]], np.float32)
    half = 0.5**0.5
    np.testing.assert_allclose(one_each(vectors, photos), [[1, 0], [half, half], [0, 1]], atol=1e-6)


def test_photos_of_one_view_keep_their_vectors() -> None:
    photos = [np.zeros((4, 4, 3), np.uint8)] * 2
    vectors = np.array([[0.6, 0.8], [1, 0]], np.float32)
    assert one_each(vectors, photos) is vectors


def test_views_that_cancel_out_leave_no_number_that_is_none() -> None:
    found = one_each(np.array([[1, 0], [-1, 0]], np.float32), [np.zeros((8, 4, 3), np.uint8)])
    assert found.tolist() == [[0.0, 0.0]]
