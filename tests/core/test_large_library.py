from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.library import Library, SetRating
from tests.helpers.large_library import content_hash, file_name, make_large_library

COUNT = 2500


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("large")
    thumbnails = []
    for number, size in enumerate([(512, 341), (341, 512)]):
        thumbnails.append(folder / f"{number}.jpg")
        Image.new("RGB", size, (100, 50 * number, 0)).save(thumbnails[-1])
    make_large_library(folder / "library", COUNT, thumbnails)
    return folder / "library"


def test_it_is_a_library_like_any_other(library: Path) -> None:
    with Library.open(library) as opened:
        listing = opened.browse.listing("taken", descending=True)
        assert len(listing) == COUNT
        assert (np.diff(listing.days) <= 0).all()
        assert sorted({round(float(a), 2) for a in np.unique(listing.aspects)}) == [0.67, 1.5]
        photo = opened.photo(7)
        assert photo is not None
        assert photo.content_hash == content_hash(7)
        assert Path(photo.files[0].path).name == file_name(7)
        assert photo.offline
        assert opened.thumbnail(7) is not None
        assert opened.search("name:IMG_0000123").ids.tolist() == [123]
        opened.edit(SetRating({7: 5}))
        assert opened.search("rating:5 name:0000007").ids.tolist() == [7]
