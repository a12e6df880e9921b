"""Small made-up models with random weights, described and stored as open_clip does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import open_clip
import safetensors.torch
import torch

from core.embedding.models import CONFIG_FILE, WEIGHTS_FILE, Model, read_model

TRANSFORMER = {"image_size": 32, "patch_size": 8, "width": 64, "layers": 2, "head_width": 32}
CONVOLUTIONS = {"image_size": 64, "timm_model_name": "mobilenetv4_conv_small_035", "timm_proj": ""}
TEXT = {"context_length": 20, "width": 32, "heads": 2, "layers": 2}


def small_config(
    vision: dict[str, Any] | None = None, text: dict[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    """open_clip's model_cfg of a small CLIP, with what the test wants otherwise."""
    return {
        "embed_dim": 16,
        "vision_cfg": vision or TRANSFORMER,
        "text_cfg": TEXT | (text or {}),
        **more,
    }


def small_clip(config: dict[str, Any], seed: int = 0) -> torch.nn.Module:
    """The model of that config, with weights that depend on `seed` and nothing that is zero."""
    torch.manual_seed(seed)
    config = json.loads(json.dumps(config))
    kind = open_clip.CustomTextCLIP if config.pop("custom_text", False) else open_clip.CLIP
    clip: torch.nn.Module = kind(**config)
    for name, value in clip.state_dict().items():
        if value.is_floating_point() and "running_var" not in name:
            value.add_(0.02 * torch.randn_like(value))
    return clip.eval()


def store(clip: torch.nn.Module, folder: Path, config: dict[str, Any], **preprocess: Any) -> None:
    """Write a model's two files into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = {name: value.contiguous() for name, value in clip.state_dict().items()}
    safetensors.torch.save_file(weights, folder / WEIGHTS_FILE)
    described = {"model_cfg": config, "preprocess_cfg": preprocess}
    (folder / CONFIG_FILE).write_text(json.dumps(described), "utf-8")


def stored_model(folder: Path, config: dict[str, Any], seed: int = 0) -> Model:
    """A small model in `folder`, ready to load."""
    store(small_clip(config, seed), folder, config)
    return read_model(folder, "small")
