"""The starter model as shipped: what open_clip alone makes of its folder."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from benchmarks.quality.metrics import recall
from training.data import captioned
from training.model import CONFIG_FILE, WEIGHTS_FILE, load
from training.record import Shipped

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "resources" / "models" / "starter"
SHARED = ROOT.parent / "shared"
LARGEST_BYTES = 48_000_000
# Recall at 10 among the first 200 development photos; the shipped file was measured at 0.546.
FLOOR = 0.52


def test_shipped_model_loads_through_open_clip() -> None:
    """Both towers answer in the shapes that the configuration promises."""
    config = json.loads((SHIPPED / CONFIG_FILE).read_text(encoding="utf-8"))
    model, preprocess, tokenize = load(SHIPPED)
    tokens = tokenize(["a dog", "two children on a beach"])
    side, dim = config["preprocess_cfg"]["size"][0], config["model_cfg"]["embed_dim"]
    assert tokens.shape == (2, config["model_cfg"]["text_cfg"]["context_length"])
    with torch.no_grad():
        photos = model.encode_image(torch.zeros(2, 3, side, side))
        texts = model.encode_text(tokens)
    assert photos.shape == texts.shape == (2, dim)
    assert torch.isfinite(photos).all()
    assert torch.isfinite(texts).all()
    assert 1.0 <= model.logit_scale.exp().item() <= 100.5
    assert "bicubic" in str(preprocess)


def test_shipped_files_are_small() -> None:
    """The starter model travels with the program, so its size is bounded."""
    size = sum((SHIPPED / name).stat().st_size for name in (CONFIG_FILE, WEIGHTS_FILE))
    assert size <= LARGEST_BYTES


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared material is absent")
def test_shipped_model_finds_photos_by_caption() -> None:
    """Text to photo on the first 200 development photos stays above what was measured."""
    samples = captioned(SHARED, "dev")[:200]
    shipped = Shipped(SHIPPED, SHARED)
    photos = shipped.photos(samples)
    texts = shipped.texts([text for sample in samples for text in sample.texts])
    owner = np.repeat(np.arange(len(samples)), 5)
    assert recall((texts @ photos.T).numpy(), owner).text_to_photo_10 >= FLOOR
