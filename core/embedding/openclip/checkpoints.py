"""open_clip's registry and checkpoint files, and how they become a model."""

from __future__ import annotations

import difflib
import logging
import os
import pickle
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.embedding.architecture import (
    TEXT_CONFIG,
    NotFittingError,
    PlaceNamedError,
    check_holds,
    check_text_files,
    read_table,
)
from core.embedding.models import CONFIG_FILE
from core.errors import ModelError, UnsafeModelError

if TYPE_CHECKING:
    import torch

TOKENIZERS = ("tokenizer.json", "tokenizer_config.json", "*.model", "vocab.*")


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

    known = open_clip.list_models()
    # Never anything else: open_clip itself would look for "hf-hub:…" on the hub.
    config: dict[str, Any] | None = None
    if architecture in known:
        config = open_clip.get_model_config(architecture)
    if config is None:
        near = difflib.get_close_matches(architecture, known, 3, 0.4)
        raise ModelError(
            f"open_clip knows no architecture '{architecture}'; "
            + (f"near it: {', '.join(near)}." if near else "names look like ViT-B-32.")
        )
    return config


def load_packages() -> None:
    """Import what is needed to build a model."""
    import open_clip  # noqa: F401


def convert_checkpoint(folder: Path, checkpoint: Path, target: Path) -> None:
    """Check that a checkpoint fits the model described in `folder`; store it as safetensors.

    Half-precision weights stay in half precision. Raises UnsafeModelError for a checkpoint that
    would run code, ModelError for one that does not fit or is damaged, OSError for the disk.
    """
    import open_clip
    import safetensors
    import safetensors.torch
    import torch

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what torch says of old formats, nobody can mend
        try:
            stored = open_clip.factory.load_state_dict(str(checkpoint))
            check_holds(read_table(folder / CONFIG_FILE)["model_cfg"], _numbers(stored))
        except Exception as error:
            raise checkpoint_error(checkpoint, error) from error
        clip = create_clip(folder, checkpoint.name)
        try:
            open_clip.load_checkpoint(clip, str(checkpoint), weights_only=True)
        except Exception as error:
            raise checkpoint_error(checkpoint, error) from error
    floats = {value.dtype for value in stored.values() if torch.is_floating_point(value)}
    half = floats <= {torch.float16, torch.bfloat16}
    state = {
        name: (value.half() if half and value.is_floating_point() else value).contiguous().clone()
        for name, value in clip.state_dict().items()
    }
    try:
        safetensors.torch.save_file(state, target)
    except safetensors.SafetensorError as error:  # it says what the disk said, in its own words
        said = re.search(r"os error (\d+)", str(error))
        if said is None:
            raise
        raise OSError(int(said[1]), os.strerror(int(said[1])), str(target)) from error


def _numbers(stored: Mapping[str, torch.Tensor]) -> int:
    """How many numbers a checkpoint holds."""
    return sum(value.numel() for value in stored.values())


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
    if "state_dict for" in said or isinstance(error, NotFittingError):
        return ModelError(
            f"The weights in {checkpoint.name} do not fit the architecture: name the right one"
            " with --arch."
        )
    return ModelError(f"{checkpoint.name} is not a checkpoint, or it is damaged: get it again.")


def lacks_text_files(config: dict[str, Any], folder: Path) -> bool:
    """Whether a model reads words by files that are not in its folder; see `save_text_files`."""
    text = config["text_cfg"]
    tokenizer = text.get("hf_tokenizer_name") and not any(
        file for name in TOKENIZERS for file in folder.glob(name)
    )
    tower = text.get("hf_model_name") and not (folder / TEXT_CONFIG).is_file()
    return bool(tokenizer or tower)


def save_text_files(config: dict[str, Any], folder: Path) -> None:
    """Store what transformers needs beside the weights: a tokenizer, the text tower's description.

    Needed by models that use others than CLIP's own. Raises ModelError when they cannot be had.
    """
    import open_clip

    text = config["text_cfg"]
    tokenizer, tower = text.get("hf_tokenizer_name"), text.get("hf_model_name")
    try:
        if tokenizer:
            known = open_clip.tokenizer.HFTokenizer(tokenizer, trust_remote_code=False)
            known.save_pretrained(str(folder))
        if tower:
            from transformers import AutoConfig

            AutoConfig.from_pretrained(tower, trust_remote_code=False).save_pretrained(str(folder))
    except (ImportError, OSError, ValueError) as error:
        name = tokenizer or tower
        raise ModelError(
            f"The tokenizer '{name}' cannot be had ({first_line(error)}): install the package"
            " 'transformers' with pip, and go online to download the model, or put the files of the"
            " tokenizer beside the one to import."
        ) from error


def create_clip(folder: Path, what: str) -> torch.nn.Module:
    """The model described in `folder`, with the weights that are in it, if any.

    Nothing but what is in `folder` is opened. Raises ModelError.
    """
    import open_clip

    try:
        text = text_tower_config(folder)
        with root_logger_untouched():
            clip: torch.nn.Module = open_clip.create_model(
                f"local-dir:{folder}", pretrained_text=False, text_cfg=text
            )
    except PlaceNamedError as error:
        raise UnsafeModelError(
            f"Souvenir does not load {what} because its files name '{error.place}', from which"
            " programs would be loaded: choose another model."
        ) from error
    except ImportError as error:
        raise ModelError(
            f"A package that {what} needs is not installed ({error}): install it with pip, or"
            " choose another model."
        ) from error
    except Exception as error:  # a description may say anything, and open_clip then raises anything
        if isinstance(error, MemoryError) or "allocate memory" in str(error):
            raise ModelError(
                f"There is too little memory for {what}: close other programs, or choose a smaller"
                " model."
            ) from error
        raise ModelError(
            f"open_clip cannot load {what} ({first_line(error)}): install it again, or choose"
            " another model."
        ) from error
    return clip.eval()


def text_tower_config(folder: Path) -> dict[str, Any]:
    """The text_cfg in `folder`, which has transformers read its files there and nowhere else.

    Raises OSError, KeyError and ValueError; PlaceNamedError for files that lead elsewhere.
    """
    text: dict[str, Any] = read_table(folder / CONFIG_FILE)["model_cfg"]["text_cfg"]
    check_text_files(folder)
    if text.get("hf_model_name"):
        text["hf_model_pretrained"] = False
        if (folder / TEXT_CONFIG).is_file():  # else it is known to the hub's cache, or not at all
            text["hf_model_name"] = str(folder)
    return text


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
