"""What a model's description may say: checked before anything is built, or opened, because of it.

Descriptions come from strangers. open_clip, timm and transformers take some names in them for
places on a hub, on the web or on this disk ("hf-hub:…"), hand some settings on to code that loads
programs, and build whatever size they read. So every text here is a plain word, which can only be
a name that these packages know, and every number is one that a real model may have.
"""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

WORD = re.compile(r"[\w.+-]{0,100}", re.ASCII)
# The only names with an owner: of files that lie in the model's folder, or in the hub's cache.
REPOSITORY = re.compile(r"\w[\w.-]{0,95}(/\w[\w.-]{0,95})?", re.ASCII)
REPOSITORIES = ("hf_model_name", "hf_tokenizer_name")
PARTS = ("vision_cfg", "text_cfg", "multimodal_cfg")
# What may stand below a part, and the settings in it: others are handed on to code.
TABLES: dict[str, tuple[str, ...]] = {
    "act_kwargs": ("approximate",),
    "norm_kwargs": ("eps",),
    "tokenizer_kwargs": ("clean", "strip_sep_token", "language"),
}
# The most of each; the largest models known have a tenth of it. Of anything else: USUAL.
LARGEST = {
    "embed_dim": 16_384,
    "image_size": 2_048,
    "width": 16_384,
    "layers": 256,
    "heads": 1_024,
    "head_width": 4_096,
    "mlp_ratio": 64,
    "patch_size": 1_024,
    "attn_pooler_queries": 8_192,
    "n_queries": 8_192,
    "context_length": 8_192,
    "vocab_size": 4_000_000,
}
USUAL = 1_000_000
PATCHES = 16_384  # of one photo: attention compares each with each
# What sizes are called in the config.json of transformers.
TEXT_SIZES = {
    "vocab_size": "vocab_size",
    "hidden_size": "width",
    "d_model": "width",
    "d_ff": "vocab_size",
    "d_kv": "head_width",
    "intermediate_size": "vocab_size",
    "encoder_ffn_dim": "vocab_size",
    "decoder_ffn_dim": "vocab_size",
    "num_hidden_layers": "layers",
    "num_layers": "layers",
    "num_decoder_layers": "layers",
    "encoder_layers": "layers",
    "decoder_layers": "layers",
    "num_heads": "heads",
    "num_attention_heads": "heads",
    "encoder_attention_heads": "heads",
    "decoder_attention_heads": "heads",
    "max_position_embeddings": "vocab_size",
}
TEXT_CONFIG = "config.json"
TOKENIZER_CONFIG = "tokenizer_config.json"
MOST_BYTES = 4 << 20  # of a description


class PlaceNamedError(ValueError):
    """A description says `place` where the name of an architecture is expected."""

    def __init__(self, place: str) -> None:
        super().__init__(f"'{place}' is no name of an architecture")
        self.place = place


class NotFittingError(ValueError):
    """An architecture is larger than the weights that are to be its own."""


def read_table(file: Path) -> dict[str, Any]:
    """A table in JSON; raises OSError and, for what is no such table, ValueError."""
    if not file.is_file():  # opening a pipe would wait for ever
        raise FileNotFoundError(2, "there is no such file", str(file))
    if file.stat().st_size > MOST_BYTES:
        raise ValueError("it is too large for a description")
    try:
        stored = json.loads(file.read_text("utf-8"), parse_constant=_no_number)
    except RecursionError as error:
        raise ValueError("tables are nested in it without end") from error
    if not isinstance(stored, dict):
        raise ValueError("it is no table")  # noqa: TRY004 (the file is wrong)
    return stored


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number")


def check_architecture(config: dict[str, Any]) -> None:
    """Check open_clip's model_cfg.

    Raises PlaceNamedError for a name that leads somewhere, ValueError for what no model can have.
    """
    for part in ("vision_cfg", "text_cfg"):
        if part not in config:
            raise ValueError(f"{part} is missing")
    for key, value in config.items():
        if key in PARTS:
            _check_part(key, value)
        else:
            _check_value(key, value)
    _check_size("embed_dim", config.get("embed_dim"))
    _check_patches(config["vision_cfg"])


def _check_part(name: str, part: object) -> None:
    if not isinstance(part, dict):
        raise ValueError(f"{name} is no table")  # noqa: TRY004 (the description is wrong)
    for key, value in part.items():
        if key in TABLES and value is not None:
            _check_table(key, value)
        elif key in REPOSITORIES and isinstance(value, str):
            if value and (REPOSITORY.fullmatch(value) is None or ".." in value):
                raise PlaceNamedError(value[:100])
        else:
            _check_value(key, value)


def _check_table(name: str, table: object) -> None:
    if not isinstance(table, dict) or not set(table) <= set(TABLES[name]):
        raise ValueError(f"{name} holds what is not known")
    for key, value in table.items():
        _check_value(key, value)


def _check_value(key: str, value: object) -> None:
    """Check a setting; a whole number, a number, a word, yes or no, or some numbers."""
    if WORD.fullmatch(key) is None:
        raise ValueError(f"'{key[:100]}' is no name of a setting")
    if key in LARGEST and value is not None:
        for one in value if isinstance(value, list) and 0 < len(value) <= 4 else [value]:
            _check_size(key, one)
    elif isinstance(value, str):
        if WORD.fullmatch(value) is None:
            raise PlaceNamedError(value[:100])
    elif isinstance(value, list):
        if len(value) > 16 or not all(_is_usual(one) for one in value):
            raise ValueError(f"{key} is no short list of numbers")
    elif value is not None and not _is_usual(value):
        raise ValueError(f"{key} is neither a word nor a usual number")


def _is_usual(value: object) -> bool:
    return isinstance(value, int | float) and math.isfinite(value) and abs(value) <= USUAL


def _check_size(key: str, value: object) -> None:
    """Check how large a part of the model is; only `mlp_ratio` need not be whole."""
    whole = isinstance(value, int) or (key == "mlp_ratio" and isinstance(value, float))
    if not whole or isinstance(value, bool):
        raise ValueError(f"{key} is not a number")
    assert isinstance(value, int | float)
    if not 0 < value <= LARGEST[key]:
        raise ValueError(f"{key} is {_short(value)}, and must be 1 to {LARGEST[key]:,}")


def _short(number: float) -> str:
    text = f"{number:,}" if abs(number) < 1e15 else "beyond all measure"
    return text if math.isfinite(number) else "no number"


def _check_patches(vision: dict[str, Any]) -> None:
    if vision.get("timm_model_name") or isinstance(vision.get("layers"), list):
        return
    size = vision.get("image_size") or 224
    side = max(size) if isinstance(size, list) else size
    patch = vision.get("patch_size") or 16
    if isinstance(patch, list):
        patch = min(patch)
    if not patch <= side or (side // patch) ** 2 > PATCHES:
        raise ValueError(f"photos of {side} pixels in patches of {patch} are not supported")


def check_holds(config: dict[str, Any], weights: int) -> None:
    """Raise NotFittingError where an architecture has more weights than there are.

    `weights`: how many, or how many bytes. Counted are the large matrices of open_clip's own
    towers, so nothing is built that is much larger than its file.
    """
    vision, text = config["vision_cfg"], config["text_cfg"]
    least = 0
    if not text.get("hf_model_name"):
        width = text.get("width") or 512
        least += width * (text.get("vocab_size") or 49_408)
        least += _of_transformer(text, width, 12)
    if not vision.get("timm_model_name") and not isinstance(vision.get("layers"), list):
        width = vision.get("width") or 768
        least += _of_transformer(vision, width, 12) + width * config["embed_dim"]
    if least > weights:
        raise NotFittingError(f"it has {least:,} weights, and its file holds at most {weights:,}")


def _of_transformer(part: dict[str, Any], width: int, layers: int) -> int:
    each = 4 * width**2 + 2 * int((part.get("mlp_ratio") or 4) * width) * width
    return each * int(part.get("layers") or layers)


def check_text_files(folder: Path) -> None:
    """Check what transformers reads beside the weights: no code of others, no endless size.

    Raises PlaceNamedError and ValueError as `check_architecture` does; OSError.
    """
    for name in (TEXT_CONFIG, TOKENIZER_CONFIG):
        if not (folder / name).exists():
            continue
        table = read_table(folder / name)
        if "auto_map" in table:
            raise PlaceNamedError(f"auto_map in {name}")
        for key, value in table.items():
            if "attn_implementation" in key and not _is_word(value):
                raise PlaceNamedError(str(value)[:100])
            if name == TEXT_CONFIG and key in TEXT_SIZES and value is not None:
                _check_size(TEXT_SIZES[key], value)


def _is_word(value: object) -> bool:
    return value is None or (isinstance(value, str) and WORD.fullmatch(value) is not None)
