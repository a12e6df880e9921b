"""A hub on this computer that offers a small made-up model under names that open_clip knows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import huggingface_hub
import open_clip
import pytest

from core.embedding import download
from core.embedding.models import WEIGHTS_FILE
from tests.helpers.hub_server import Hub, hub_server
from tests.helpers.small_models import small_clip, small_config, store

CONFIG = small_config()
NAME = "small/made_up"
OTHER = "small/other"
WEIGHTS_PATH = f"/someone/small/resolve/main/{WEIGHTS_FILE}"


def small_checkpoint(folder: Path, seed: int = 0) -> bytes:
    """The bytes of a small model's safetensors file, which is also left in `folder`."""
    store(small_clip(CONFIG, seed), folder, CONFIG)
    return (folder / WEIGHTS_FILE).read_bytes()


@contextmanager
def small_hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """Offer the small model; `NAME` and `OTHER` are its weights and others of the same kind."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(download, "PAUSE", 0.001)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    with hub_server() as hub:
        use_hub(hub.address, monkeypatch)
        hub.put("someone/small", WEIGHTS_FILE, small_checkpoint(tmp_path / "source"))
        hub.put("someone/other", WEIGHTS_FILE, small_checkpoint(tmp_path / "other", seed=1))
        weights = {
            "made_up": {"hf_hub": "someone/small/", "interpolation": "bilinear"},
            "other": {"hf_hub": "someone/other/"},
        }
        monkeypatch.setitem(open_clip.pretrained._PRETRAINED, "small", weights)
        monkeypatch.setitem(open_clip.factory._MODEL_CONFIGS, "small", CONFIG)
        yield hub


def offer_as(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have open_clip's registry take a model that Souvenir recommends for the small one."""
    architecture, _, weights = name.partition("/")
    known = {weights: {"hf_hub": "someone/small/"}}
    monkeypatch.setitem(open_clip.pretrained._PRETRAINED, architecture, known)
    monkeypatch.setitem(open_clip.factory._MODEL_CONFIGS, architecture, CONFIG)


def use_hub(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What HF_ENDPOINT does, which huggingface_hub reads once, when it is imported."""
    template = address + "/{repo_id}/resolve/{revision}/{filename}"
    monkeypatch.setattr(huggingface_hub.constants, "ENDPOINT", address)
    monkeypatch.setattr(huggingface_hub.constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
