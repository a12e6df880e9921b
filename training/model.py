"""The starter model's architecture, exactly as open_clip's configuration file says it.

A small CLIP (Radford et al. 2021, "Learning Transferable Visual Models From Natural Language
Supervision", arXiv:2103.00020): EfficientNet-Lite0 (Tan and Le 2019, arXiv:1905.11946) with a
linear projection looks at photos, open_clip's standard causal transformer reads texts.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import open_clip
import torch

IMAGE_SIZE = 192
CONTEXT_LENGTH = 64
VOCABULARY = 49408
WIDTH = 256
EMBED_DIM = 256
TIMM_NAME = "tf_efficientnet_lite0"
CONFIG_FILE = "open_clip_config.json"
WEIGHTS_FILE = "open_clip_model.safetensors"

# What the image tower's first weights were trained with: (value - 127) / 128.
MEAN = (127 / 255,) * 3
STD = (128 / 255,) * 3

CONFIG: dict[str, Any] = {
    "model_cfg": {
        "embed_dim": EMBED_DIM,
        "vision_cfg": {
            "image_size": IMAGE_SIZE,
            "timm_model_name": TIMM_NAME,
            "timm_model_pretrained": False,
            "timm_pool": "avg",
            # Empty: timm's own linear classifier, behind its 1280-wide head, is the projection.
            "timm_proj": "",
        },
        "text_cfg": {
            "context_length": CONTEXT_LENGTH,
            "vocab_size": VOCABULARY,
            "width": WIDTH,
            "heads": 4,
            "layers": 4,
            # A bias of its own, as the image tower has one: neither space is off centre.
            "proj_bias": True,
        },
    },
    "preprocess_cfg": {
        "size": [IMAGE_SIZE, IMAGE_SIZE],
        "mode": "RGB",
        "mean": list(MEAN),
        "std": list(STD),
        "interpolation": "bicubic",
        "resize_mode": "squash",
        "fill_color": 0,
    },
}


def write_config(folder: Path) -> None:
    """Write open_clip's configuration file into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(CONFIG, indent=2) + "\n"
    (folder / CONFIG_FILE).write_text(text, encoding="utf-8")


def build(seed: int) -> Any:  # open_clip's CLIP; open_clip has no types
    """An untrained model built through open_clip, the same for the same seed.

    The image tower is put into channels-last memory format, which oneDNN's CPU convolutions prefer.
    """
    torch.manual_seed(seed)
    settings = CONFIG["model_cfg"]
    model = open_clip.model.CLIP(**settings)
    model.visual.to(memory_format=torch.channels_last)
    return model


def load(folder: Path) -> tuple[Any, Any, Any]:
    """(model in evaluation mode, preprocess for one PIL photo, tokenizer) of a shipped folder."""
    name = f"local-dir:{folder}"
    model, _, preprocess = open_clip.create_model_and_transforms(name)
    return model.eval(), preprocess, open_clip.get_tokenizer(name)


def tokenizer() -> Any:
    """CLIP's byte-pair tokenizer with the model's context length."""
    return open_clip.SimpleTokenizer(context_length=CONTEXT_LENGTH)
