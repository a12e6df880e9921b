"""open_clip's registry and checkpoint files, and how they become a model."""

from __future__ import annotations

import difflib
import logging
import pickle
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import ModelError, UnsafeModelError

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True)
class RegistryEntry:
    """What open_clip's registry says of pretrained weights: two configs and where they are.

    `hub` is "owner/name/" or "owner/name/file" on the Hugging Face hub, `url` another place; one of
    them may be empty.
    """

    config: dict[str, Any]
    preprocess: dict[str, Any]
    hub: str
    url: str


def registry_entry(architecture: str, weights: str) -> RegistryEntry:
    """Look pretrained weights up in open_clip's registry; raises ModelError with what there is."""
    import open_clip

    config = architecture_config(architecture)
    found = open_clip.get_pretrained_cfg(architecture, weights)
    if not found:
        known = ", ".join(open_clip.list_pretrained_tags_by_model(architecture)) or "none"
        raise ModelError(
            f"open_clip has no weights '{weights}' for {architecture}; choose from: {known}."
        )
    if found.get("quick_gelu"):  # what the weights were trained with, whatever the name says
        config["quick_gelu"] = True
    preprocess = {
        part: found[part]
        for part in ("mean", "std", "interpolation", "resize_mode")
        if found.get(part) is not None
    }
    return RegistryEntry(config, preprocess, found.get("hf_hub", ""), found.get("url", ""))


def architecture_config(architecture: str) -> dict[str, Any]:
    """open_clip's model_cfg of an architecture; raises ModelError with names that are near."""
    import open_clip

    config: dict[str, Any] | None = open_clip.get_model_config(architecture)
    if config is None:
        near = difflib.get_close_matches(architecture, open_clip.list_models(), 3, 0.4)
        raise ModelError(
            f"open_clip knows no architecture '{architecture}'; "
            + (f"near it: {', '.join(near)}." if near else "names look like ViT-B-32.")
        )
    return config


def convert_checkpoint(folder: Path, checkpoint: Path, target: Path) -> None:
    """Check that a checkpoint fits the model described in `folder`; store it as safetensors.

    Half-precision weights stay in half precision. Raises UnsafeModelError for a checkpoint that
    would run code, ModelError for one that does not fit or is damaged.
    """
    import open_clip
    import safetensors.torch
    import torch

    clip = create_clip(folder, checkpoint.name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what torch says of old formats, nobody can mend
            open_clip.load_checkpoint(clip, str(checkpoint), weights_only=True)
            stored = open_clip.factory.load_state_dict(str(checkpoint))
    except Exception as error:
        raise checkpoint_error(checkpoint, error) from error
    floats = {value.dtype for value in stored.values() if torch.is_floating_point(value)}
    half = floats <= {torch.float16, torch.bfloat16}
    state = {
        name: (value.half() if half and value.is_floating_point() else value).contiguous().clone()
        for name, value in clip.state_dict().items()
    }
    safetensors.torch.save_file(state, target)


def checkpoint_error(checkpoint: Path, error: Exception) -> ModelError:
    """The sentence for a checkpoint that could not be loaded."""
    said = str(error)
    held = re.search(r"GLOBAL '?([\w.]+)", said)
    with checkpoint.open("rb") as file:
        pickled = file.read(1) == b"\x80"
    if isinstance(error, pickle.UnpicklingError) and (held or pickled):
        what = f"'{held.group(1)}'" if held else "Python objects"
        return UnsafeModelError(
            f"{checkpoint.name} is refused because it holds {what}, which could run code: ask its"
            " author for a safetensors file."
        )
    if "TorchScript" in said:
        return UnsafeModelError(
            f"{checkpoint.name} is refused because it is a TorchScript program, not plain weights:"
            " ask its author for a safetensors file."
        )
    if "state_dict for" in said:
        return ModelError(
            f"The weights in {checkpoint.name} do not fit the architecture: name the right one"
            " with --arch."
        )
    return ModelError(f"{checkpoint.name} is not a checkpoint, or it is damaged: get it again.")


def save_tokenizer(config: dict[str, Any], folder: Path) -> None:
    """Store the tokenizer beside the weights when a model uses another than CLIP's own.

    Raises ModelError when it cannot be had.
    """
    import open_clip

    name = config["text_cfg"].get("hf_tokenizer_name")
    if not name:
        return
    try:
        open_clip.tokenizer.HFTokenizer(name).save_pretrained(str(folder))
    except (ImportError, OSError, ValueError) as error:
        raise ModelError(
            f"The tokenizer '{name}' cannot be had ({first_line(error)}): install the package"
            " 'transformers' with pip and go online, then try again."
        ) from error


def create_clip(folder: Path, what: str) -> torch.nn.Module:
    """The model described in `folder`, with the weights that are in it, if any."""
    import open_clip
    from safetensors import SafetensorError

    try:
        with root_logger_untouched():
            clip: torch.nn.Module = open_clip.create_model(
                f"local-dir:{folder}", pretrained_text=False
            )
    except ImportError as error:
        raise ModelError(
            f"A package that {what} needs is not installed ({error}): install it with pip, or"
            " choose another model."
        ) from error
    except (
        SafetensorError,
        RuntimeError,
        ValueError,
        TypeError,
        KeyError,
        OSError,
    ) as error:
        raise ModelError(
            f"open_clip cannot load {what} ({first_line(error)}): install it again."
        ) from error
    return clip.eval()


@contextmanager
def root_logger_untouched() -> Iterator[None]:
    """Drop what open_clip logs: it uses the root logger, and so makes that print everything."""

    def is_ours(record: logging.LogRecord) -> bool:
        return "open_clip" not in record.pathname

    root, handler = logging.getLogger(), logging.NullHandler()
    root.addHandler(handler)
    root.addFilter(is_ours)
    try:
        yield
    finally:
        root.removeFilter(is_ours)
        root.removeHandler(handler)


def first_line(error: object) -> str:
    """What an error says, short enough for a sentence."""
    lines = str(error).strip().splitlines()
    return lines[0].strip().rstrip(".")[:200] if lines else type(error).__name__
