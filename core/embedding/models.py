"""The models: which there are, which are installed, and everything needed to use one.

A model is a folder with two files. `open_clip_model.safetensors` holds the weights;
`open_clip_config.json` is open_clip's own description of a model (`model_cfg`, `preprocess_cfg`)
with what Souvenir adds under "souvenir": name, sha256 of the weights, licence, source, languages.
So an installed model can also be opened by open_clip itself, and is read here without importing it.
Which models are worth recommending is in core/embedding/curated.py.
"""

from __future__ import annotations

import importlib.util
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from core.embedding.architecture import (
    PlaceNamedError,
    check_architecture,
    check_holds,
    read_table,
)
from core.embedding.curated import CURATED, STARTER_LANGUAGES, Score
from core.embedding.partial import DOWNLOADS, paused_downloads
from core.embedding.speeds import Speed, remembered_speed
from core.embedding.weights import file_sha256
from core.errors import ModelError, UnsafeModelError
from core.imaging.model_input import ModelInput, ResizeMode
from core.paths import STARTER_MODEL

STARTER = "starter"
LOCAL = "local:"  # in front of the names of imported models
CONFIG_FILE = "open_clip_config.json"
WEIGHTS_FILE = "open_clip_model.safetensors"
# What open_clip's PreprocessCfg holds when a model says nothing else.
OPENAI_MEAN = (0.48145466, 0.4578275, 0.40821073)
OPENAI_STD = (0.26862954, 0.26130258, 0.27577711)


@dataclass(frozen=True)
class Model:
    """An installed model.

    `key` names its weights in the catalogue and changes when they do. `config` is open_clip's
    model_cfg. Pixels, 0…1, are normalised with `mean` and `std` per channel. `languages`: codes
    such as "en" of those it reads, empty where nobody says. `text_projection`: a file with another
    last layer of the text tower, for a model that answers but cannot look at photos
    (core.embedding.earlier).
    """

    name: str
    key: str
    dim: int
    config: dict[str, Any] = field(hash=False, repr=False)
    weights: Path
    model_input: ModelInput
    mean: tuple[float, float, float]
    std: tuple[float, float, float]
    languages: tuple[str, ...] = ()
    text_projection: Path | None = None

    @property
    def looks(self) -> bool:
        """Whether it can look at photos."""
        return self.text_projection is None


@dataclass(frozen=True)
class ModelInfo:
    """A model in the list: installed, or one that can be had, whose size is then approximate.

    `bytes` is what it takes on disk; `fetched`, of one that is not installed, how many bytes of it
    a download that was paused has left. `languages`: codes such as "en", empty where nobody says.
    `scores`: published ones. `package`: what else must be installed with pip, "" for nothing.
    `speed`: as measured on this computer, None as long as it was not.
    """

    name: str
    installed: bool
    description: str
    bytes: int
    licence: str
    languages: tuple[str, ...] = ()
    scores: tuple[Score, ...] = ()
    package: str = ""
    speed: Speed | None = None
    fetched: int = 0


def list_models(cache: Path) -> list[ModelInfo]:
    """The starter, then the recommended models, then what else is installed in `cache`."""
    infos = {
        STARTER: ModelInfo(
            STARTER,
            installed=True,
            description="Comes with Souvenir: small and fast, for everyday things in photos.",
            bytes=stored_bytes(STARTER_MODEL),
            licence="MIT",
            languages=STARTER_LANGUAGES,
            speed=_speed(STARTER_MODEL, STARTER, cache),
        )
    }
    paused = paused_downloads(cache / DOWNLOADS)
    for fact in CURATED:
        infos[fact.name] = ModelInfo(
            fact.name,
            installed=False,
            description=fact.description,
            bytes=fact.bytes,
            licence=fact.licence,
            languages=fact.languages,
            scores=fact.scores,
            package=missing_package(fact.package),
            fetched=paused[fact.name].done if fact.name in paused else 0,
        )
    for name, folder, added in installed_models(cache):
        found = ModelInfo(
            name,
            installed=True,
            description=str(added.get("description", "")),
            bytes=stored_bytes(folder),
            licence=str(added.get("licence", "unknown")),
            languages=noted_languages(added),
            speed=_speed(folder, name, cache),
        )
        if name in infos:
            known = infos[name]
            found = replace(known, installed=True, bytes=found.bytes, speed=found.speed, fetched=0)
        infos[name] = found
    for name, part in paused.items():
        if name not in infos:
            infos[name] = ModelInfo(
                name,
                False,
                f"open_clip's {name}.",
                part.total or part.done,
                "see its source",
                fetched=part.done,
            )
    return list(infos.values())


def _speed(folder: Path, name: str, cache: Path) -> Speed | None:
    """What was measured of an installed model; None also for one that cannot be read."""
    try:
        return remembered_speed(read_model(folder, name).key, cache)
    except ModelError:
        return None


def missing_package(package: str) -> str:
    """`package`, if it is named and not installed here, else ""."""
    return package if package and importlib.util.find_spec(package) is None else ""


def noted_languages(added: dict[str, Any]) -> tuple[str, ...]:
    """The languages that Souvenir's notes on a model name; a recommended model's are known."""
    noted = added.get("languages")
    if isinstance(noted, list):
        return tuple(str(language) for language in noted)
    return next((fact.languages for fact in CURATED if fact.name == added.get("name")), ())


def find_model(name: str, cache: Path) -> Model:
    """The installed model of that name.

    Raises ModelError when there is none, or when its files are missing or damaged.
    """
    if name == STARTER:
        return read_model(STARTER_MODEL, name)
    folder = installed_folder(name, cache)
    if folder is not None and (folder / CONFIG_FILE).is_file():
        return read_model(folder, name)
    if name.startswith(LOCAL):
        raise ModelError(
            f"There is no imported model '{name}': 'souvenir models list' shows those there are,"
            " 'souvenir models use starter' goes back to Souvenir's own."
        )
    if "/" in name:
        raise ModelError(
            f"The model '{name}' is not installed: 'souvenir models download {name}' gets it,"
            " 'souvenir models use starter' goes back to Souvenir's own."
        )
    raise ModelError(
        f"There is no model '{name}': 'souvenir models list' shows those there are,"
        " 'souvenir models use starter' goes back to Souvenir's own."
    )


def full_name(name: str, cache: Path) -> str:
    """The name as the list has it: an imported model is also known without "local:"."""
    names = {known for known, _, _ in installed_models(cache)}
    return LOCAL + name if name not in names and LOCAL + name in names else name


def installed_folder(name: str, cache: Path) -> Path | None:
    """The folder of an installed model; None where there is none of that name.

    It is found among the folders that are there, by the name that is noted in it. One in which no
    name can be read, damaged or stored by hand, goes by the name that it would have been given.
    """
    nameless = []
    for folder in _folders(cache):
        notes = _notes(folder)
        if notes is None:
            nameless.append(folder)
        elif notes["name"] == name:
            return folder
    usual = _folder_name(name)
    return next((folder for folder in nameless if folder.name == usual), None)


def model_folder(name: str, cache: Path) -> Path:
    """The folder of the model of that name, or the free one in which it is to be installed."""
    found = installed_folder(name, cache)
    folder = plain = cache / "installed" / _folder_name(name)
    number = 1
    while found is None and folder.exists():  # another model's: "a/b" and "a--b" would share it
        number += 1
        folder = plain.with_name(f"{plain.name}-{number}")
    return found or folder


def _folder_name(name: str) -> str:
    """A name that any disk takes, and never that of a folder above or of a hidden one."""
    plain = name.replace(LOCAL, "local--").replace("/", "--")
    safe = "".join(sign if sign.isalnum() or sign in "-_." else "_" for sign in plain)
    return safe.strip(".") or "_"


def _folders(cache: Path) -> list[Path]:
    try:
        return sorted(folder for folder in (cache / "installed").iterdir() if folder.is_dir())
    except OSError:
        return []


def _notes(folder: Path) -> dict[str, Any] | None:
    """What Souvenir noted in a model's folder; None where no name of a model can be read."""
    try:
        notes = read_config(folder)["souvenir"]
        name = notes["name"]
    except (ModelError, KeyError, TypeError):
        return None
    return notes if isinstance(name, str) and name not in {"", STARTER} else None


def installed_models(cache: Path) -> Iterator[tuple[str, Path, dict[str, Any]]]:
    """Name, folder and Souvenir's notes of every model in `cache`; damaged ones are left out."""
    for folder in _folders(cache):
        notes = _notes(folder)
        if notes is not None:
            yield notes["name"], folder, notes


def read_model(folder: Path, name: str) -> Model:
    """The model in `folder`; raises ModelError when a file of it is missing or damaged.

    Raises UnsafeModelError when its description leads to a place outside `folder`.
    """
    stored = read_config(folder)
    weights = folder / WEIGHTS_FILE
    try:
        added = stored.get("souvenir", {})
        sha256 = added.get("sha256") or file_sha256(weights)
        if re.fullmatch("[0-9a-f]{64}", sha256) is None:  # names of caches are made of it
            raise ValueError("its checksum is none")
        config = stored["model_cfg"]
        preprocess = stored.get("preprocess_cfg", {})
        model = describe_model(name, sha256, config, preprocess, weights)
        check_holds(config, weights.stat().st_size)
        languages = STARTER_LANGUAGES if name == STARTER else noted_languages(added)
        return replace(model, languages=languages)
    except OSError as error:
        raise ModelError(
            f"The weights of the model '{name}' cannot be read ({error}): install it again."
        ) from error
    except PlaceNamedError as error:
        raise UnsafeModelError(
            f"The model '{name}' is not opened because its description leads to '{error.place}', a"
            " place on the network or the disk: remove it with 'souvenir models remove' and choose"
            " another one."
        ) from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ModelError(
            f"The description of the model '{name}' in {folder} does not make sense"
            f" ({type(error).__name__}: {error}): install it again."
        ) from error


def describe_model(
    name: str,
    sha256: str,
    config: dict[str, Any],
    preprocess: dict[str, Any],
    weights: Path,
) -> Model:
    """A Model from open_clip's own descriptions.

    Raises KeyError, TypeError or ValueError when they are not what open_clip writes;
    PlaceNamedError, a ValueError, when they lead elsewhere.
    """
    check_architecture(config)
    size = config["vision_cfg"].get("image_size", 224)
    width, height = size if isinstance(size, (list, tuple)) else (size, size)
    if width != height:
        raise ValueError(f"photos of {width} × {height} are not supported")
    mean, std = (
        tuple(float(value) for value in preprocess.get(part) or default)
        for part, default in (("mean", OPENAI_MEAN), ("std", OPENAI_STD))
    )
    if len(mean) != 3 or len(std) != 3:
        raise ValueError("mean and std need three values")
    if not all(map(math.isfinite, (*mean, *std))) or not all(std):
        raise ValueError("mean and std need usual numbers")
    fill = int(preprocess.get("fill_color") or 0)
    if not 0 <= fill <= 255:
        raise ValueError(f"fill_color {fill} is no brightness")
    resize_mode = preprocess.get("resize_mode") or "shortest"
    interpolation = preprocess.get("interpolation") or "bicubic"
    if resize_mode not in {"shortest", "longest", "squash"}:
        raise ValueError(f"resize mode '{resize_mode}' is not known")
    if interpolation not in {"bicubic", "bilinear", "random"}:
        raise ValueError(f"interpolation '{interpolation}' is not known")
    return Model(
        name=name,
        key=f"{name}@{sha256[:12]}",
        dim=int(config["embed_dim"]),
        config=config,
        weights=weights,
        model_input=ModelInput(
            size=int(width),
            resize_mode=cast("ResizeMode", resize_mode),
            # "random" is for training; open_clip too resizes with bicubic then.
            interpolation="bilinear" if interpolation == "bilinear" else "bicubic",
            fill=fill,
        ),
        mean=(mean[0], mean[1], mean[2]),
        std=(std[0], std[1], std[2]),
    )


def read_config(folder: Path) -> dict[str, Any]:
    """`open_clip_config.json` of a model; raises ModelError when it is missing or no JSON table."""
    try:
        return read_table(folder / CONFIG_FILE)
    except (OSError, ValueError) as error:
        raise ModelError(
            f"The model in {folder} cannot be read ({error}): install it again."
        ) from error


def stored_bytes(folder: Path) -> int:
    """What a model takes on disk, in bytes."""
    return sum(file.stat().st_size for file in folder.glob("*") if file.is_file())
