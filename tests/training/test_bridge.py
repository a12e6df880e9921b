"""The new starter's texts are taken to where the one before had them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from core.embedding.earlier import earlier_starter
from core.embedding.models import STARTER, read_model
from core.embedding.text import numpy_text_encoder
from training.bridge import layer_between, write_layer
from training.corpora import Lesson
from training.export import export
from training.model import build


def test_a_tower_that_differs_by_a_rotation_is_reached_exactly(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    clip = build(3)
    export(clip, new)
    turn, _ = torch.linalg.qr(torch.randn(256, 256, generator=torch.Generator().manual_seed(1)))
    with torch.no_grad():
        clip.text_projection.weight.copy_(turn @ clip.text_projection.weight)
    export(clip, old)
    words = [f"{a} {b}" for a in ("red", "old", "big", "wet") for b in map(str, range(100))]
    texts = [Lesson("en", "word", word, (word,)) for word in words]
    layer = layer_between(old, new, texts)
    assert layer.cosine > 0.99
    file = write_layer(layer, old, new)
    assert file.stat().st_size < 300_000
    earlier = earlier_starter(new)
    assert earlier is not None
    assert earlier.key == read_model(old, STARTER).key
    ours, theirs = numpy_text_encoder(earlier), numpy_text_encoder(read_model(old, STARTER))
    assert ours is not None
    assert theirs is not None
    queries = ["wet 7", "old 30"]
    assert (ours.encode_texts(queries) * theirs.encode_texts(queries)).sum(axis=1) == pytest.approx(
        np.ones(2), abs=0.02
    )
