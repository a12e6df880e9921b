"""Folders with a model, copied from another computer or made by another program."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from core.embedding.architecture import TEXT_CONFIG
from core.embedding.models import CONFIG_FILE, LOCAL, STARTER, WEIGHTS_FILE, read_config
from core.embedding.vocabulary import VOCABULARY_FILE
from core.embedding.weights import file_sha256
from core.errors import ModelError

DEEP = ("", "*/", "*/*/", "snapshots/*/")  # where in a folder its model may be
# What is taken along beside the two files of a model: its words, and what reads them.
TEXT_FILES = ("*token*.json", "*.model", "vocab.*", "merges.txt", TEXT_CONFIG)
TEXT_SUFFIXES = {".json", ".model", ".txt"}  # no other: it might be taken for the weights
# Names that Souvenir gives: of the registry, "ARCHITECTURE/WEIGHTS", and of imported models.
OWN_NAME = re.compile(rf"{LOCAL}\w[\w .-]{{0,79}}|\w[\w.-]*(/\w[\w.-]*)+")
OTHER_WEIGHTS = ("open_clip_pytorch_model.bin", "*.safetensors", "*.pt", "*.pth", "*.bin", "*.ckpt")


def folder_with_model(source: Path) -> Path:
    """The one folder at or below `source` that holds a model.

    The cache of the Hugging Face hub keeps it two folders down. Raises ModelError for none, and for
    several.
    """
    found = {file.parent.resolve() for deep in DEEP for file in source.glob(f"{deep}{CONFIG_FILE}")}
    if len(found) == 1:
        return found.pop()
    if found:
        raise ModelError(f"{source} holds {len(found)} models: name the folder of one of them.")
    if _weights(source):
        return source
    raise ModelError(
        f"{source} holds no model: name a folder with {CONFIG_FILE} and {WEIGHTS_FILE} in it."
    )


def weights_in(folder: Path) -> Path:
    """The file of weights in a folder; raises ModelError for none, and where it is unclear."""
    found = _weights(folder)
    if len(found) == 1:
        return found[0]
    if found:
        raise ModelError(f"{folder} holds {len(found)} checkpoints: name the file to import.")
    raise ModelError(f"{folder} holds no weights: copy {WEIGHTS_FILE} into it as well.")


def _weights(folder: Path) -> list[Path]:
    """The best of what there is: the name that is usual, else everything that may be weights."""
    for name in (WEIGHTS_FILE, *OTHER_WEIGHTS):
        found = sorted(file for file in folder.glob(name) if file.is_file())
        if found:
            return found
    return []


def copied_model(folder: Path) -> str | None:
    """The name of the model if Souvenir made this folder; None for any other.

    Raises ModelError when it did and the weights are not what they were.
    """
    if not (folder / CONFIG_FILE).is_file() or not (folder / WEIGHTS_FILE).is_file():
        return None
    added = read_config(folder).get("souvenir")
    if not isinstance(added, dict) or not isinstance(added.get("sha256"), str):
        return None
    name = str(added.get("name", ""))
    if name.removeprefix(LOCAL) == STARTER or OWN_NAME.fullmatch(name) is None:
        return None
    try:
        whole = file_sha256(folder / WEIGHTS_FILE) == added["sha256"]
    except OSError as error:
        raise ModelError(
            f"The weights in {folder} cannot be read ({error.strerror}): copy them again."
        ) from error
    if not whole:
        raise ModelError(
            f"The copy of {name} in {folder} is damaged, its checksum is wrong: copy it again."
        )
    return name


def copy_folder(folder: Path, target: Path) -> None:
    """Copy the files of a model, and nothing else that lies there; raises OSError."""
    for name in (CONFIG_FILE, WEIGHTS_FILE, VOCABULARY_FILE):
        if (folder / name).is_file():
            shutil.copyfile(folder / name, target / name)
    copy_text_files(folder, target)


def copy_text_files(folder: Path, target: Path) -> None:
    """Copy what reads the words of a model that uses another tokenizer than CLIP's own, if any.

    Raises OSError.
    """
    for name in TEXT_FILES:
        for file in folder.glob(name):
            if file.suffix in TEXT_SUFFIXES and file.is_file():
                shutil.copyfile(file, target / file.name)
