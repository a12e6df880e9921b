"""Installing models: download one by name, import a file or a folder, remove either.

A model appears whole or not at all: it is made in a hidden folder that is renamed at the end.
"""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from core.embedding.architecture import PlaceNamedError
from core.embedding.building import build_weights
from core.embedding.copies import (
    copied_model,
    copy_folder,
    copy_text_files,
    folder_with_model,
    weights_in,
)
from core.embedding.curated import CURATED
from core.embedding.download import Progress, fetch, part_file
from core.embedding.hub import find_at_url, find_on_hub, in_hub_cache
from core.embedding.models import (
    CONFIG_FILE,
    LOCAL,
    STARTER,
    WEIGHTS_FILE,
    Model,
    describe_model,
    find_model,
    installed_folder,
    installed_models,
    model_folder,
    read_config,
    read_model,
)
from core.embedding.network import DIRECT, Network
from core.embedding.openclip import checkpoints
from core.embedding.partial import (
    DOWNLOADS,
    discard,
    forget_note,
    note_download,
    paused_downloads,
)
from core.embedding.weights import file_sha256
from core.errors import ModelError, UnsafeModelError
from core.private_files import FILE, make_private, make_private_folder

HUB_WEIGHTS = (WEIGHTS_FILE, "open_clip_pytorch_model.bin")
CHECKPOINTS = {".safetensors", ".pt", ".pth", ".bin", ".ckpt"}


@dataclass(frozen=True)
class Origin:
    """Where a model comes from: what is noted beside its weights."""

    source: str
    description: str
    licence: str = "see its source"
    from_registry: bool = False  # of open_clip, which says what else is to be got from the hub


def download_model(
    name: str,
    cache: Path,
    *,
    progress: Progress | None = None,
    cancel: Callable[[], bool] | None = None,
    network: Network = DIRECT,
) -> Model:
    """Install `ARCHITECTURE/WEIGHTS` of open_clip's registry; an installed model is only returned.

    `progress(done, total)` counts bytes on the calling thread; `cancel()` true stops, and the next
    call goes on, in another process too. Raises ModelDownloadError for the network, ModelError for
    the rest.
    """
    if name == STARTER or any(name == known for known, _, _ in installed_models(cache)):
        return find_model(name, cache)
    architecture, _, weights = name.rpartition("/")
    if not architecture or not weights:
        raise ModelError(
            f"'{name}' does not name a model: write ARCHITECTURE/WEIGHTS, as in {CURATED[0].name}."
        )
    entry = checkpoints.registry_entry(architecture.replace("/", "-"), weights)
    check_packages(entry.config)
    licence = next((info.licence for info in CURATED if info.name == name), "see its source")
    origin = Origin(
        entry.hub.rstrip("/") or entry.url, f"open_clip's {name}.", licence, from_registry=True
    )
    with installing(cache):
        found: Path | None = None
        if entry.hub:
            repository, names = hub_files(entry.hub)
            found = in_hub_cache(repository, names)
        if found is not None:
            return build(name, found, entry.config, entry.preprocess, origin, cache)
        remote = (
            find_on_hub(repository, names, network)
            if entry.hub
            else find_at_url(entry.url, network)
        )
        downloads = cache / DOWNLOADS
        part = part_file(remote, downloads)
        note(name, part, remote.size, cache)
        try:
            whole = fetch(remote, downloads, progress=progress, cancel=cancel, network=network)
            try:
                model = build(name, whole, entry.config, entry.preprocess, origin, cache)
            except ModelError as error:
                if isinstance(error.__cause__, OSError):  # a full disk: what was fetched is good
                    whole.replace(part)
                raise
            finally:
                whole.unlink(missing_ok=True)
        finally:
            if not part.exists():
                forget_note(part)
        with suppress(OSError):  # another model's download is paused in it
            downloads.rmdir()
        return model


def note(name: str, part: Path, total: int | None, cache: Path) -> None:
    """Note which model is downloaded; raises ModelError where nothing can be written."""
    try:
        note_download(name, part, total)
    except OSError as error:
        raise not_stored(name, cache, error) from error


def discard_download(name: str, cache: Path) -> None:
    """Give up what a paused download has left; raises ModelError when there is none."""
    with installing(cache):
        partial = paused_downloads(cache / DOWNLOADS).get(name)
        if partial is None:
            raise ModelError(
                f"No download of '{name}' is paused: 'souvenir models list' shows those that are."
            )
        try:
            discard(partial)
        except OSError as error:
            raise ModelError(
                f"The download of '{name}' cannot be deleted ({error.strerror or error}): close"
                " what uses it and try again."
            ) from error


def import_model(
    source: Path, cache: Path, *, arch: str | None = None, name: str | None = None
) -> Model:
    """Install a checkpoint file, or a folder with one, as `local:NAME`; what is there stays.

    The architecture is `arch`, a name that open_clip knows, or what `open_clip_config.json` beside
    the file describes. A folder that Souvenir made, copied from another computer, keeps the model's
    own name and is checked by its checksum. Raises UnsafeModelError for a pickle that would run
    code, ModelError when it is no checkpoint, does not fit, or the name is taken.
    """
    checkpoint = source
    if source.is_dir():
        folder = folder_with_model(source)
        if arch is None and name is None and (own := copied_model(folder)) is not None:
            return install_copy(folder, own, cache)
        checkpoint = weights_in(folder)
        name = source.resolve().name if name is None else name
    if not checkpoint.is_file():
        raise ModelError(f"There is no file {checkpoint}: name a checkpoint to import.")
    if checkpoint.suffix.lower() not in CHECKPOINTS:
        raise ModelError(
            f"{checkpoint.name} is no checkpoint: a name that ends in"
            f" {', '.join(sorted(CHECKPOINTS))} is expected."
        )
    preprocess: dict[str, Any] = {}
    if arch is not None:
        config = checkpoints.architecture_config(arch.replace("/", "-"))
    elif (checkpoint.parent / CONFIG_FILE).is_file():
        described = read_config(checkpoint.parent)
        config = described.get("model_cfg", described)
        preprocess = described.get("preprocess_cfg", {})
    else:
        raise ModelError(
            f"Which architecture is {checkpoint.name}? Name it with --arch, as in --arch ViT-B-32,"
            f" or put its {CONFIG_FILE} beside it."
        )
    check_description(config, preprocess, checkpoint)
    check_packages(config)
    chosen = LOCAL + checked_name((checkpoint.stem if name is None else name).removeprefix(LOCAL))
    if installed_folder(chosen, cache) is not None:
        raise taken(chosen)
    origin = Origin(str(checkpoint.resolve()), f"Imported from {checkpoint.name}.")
    with installing(cache):
        return build(chosen, checkpoint, config, preprocess, origin, cache)


def install_copy(folder: Path, name: str, cache: Path) -> Model:
    """Install a folder that Souvenir made on another computer, whole, under the model's own name.

    Raises ModelError when it is damaged, when it needs what is not here, or the name is taken.
    """
    stored = read_config(folder)
    check_description(
        stored.get("model_cfg", {}), stored.get("preprocess_cfg", {}), folder / WEIGHTS_FILE
    )
    check_packages(stored["model_cfg"])
    if installed_folder(name, cache) is not None:
        raise taken(name)
    target = model_folder(name, cache)
    with installing(cache):
        try:
            make_private_folder(target.parent)
            made = Path(tempfile.mkdtemp(dir=cache, prefix=".new-"))
            try:
                copy_folder(folder, made)
                build_weights(made, name, None)
                make_private(made.iterdir())
                made.rename(target)
            finally:
                shutil.rmtree(made, ignore_errors=True)
        except OSError as error:
            raise not_stored(name, cache, error) from error
    return read_model(target, name)


def checked_name(name: str) -> str:
    """`name`, if a model can have it; raises ModelError."""
    if not re.fullmatch(r"\w[\w .-]{0,79}", name) or ".." in name or name == STARTER:
        raise ModelError(
            f"A model cannot be called '{name}': give it a name of letters, digits, '-', '_' and"
            f" '.', other than '{STARTER}', with --name."
        )
    return name


def remove_model(name: str, cache: Path) -> None:
    """Delete an installed model from the disk; raises ModelError when there is none."""
    if name == STARTER:
        raise ModelError("The starter model comes with Souvenir and cannot be removed.")
    folder = installed_folder(name, cache)
    if folder is None:
        raise ModelError(
            f"The model '{name}' is not installed: 'souvenir models list' shows those that are."
        )
    with installing(cache):
        # Renamed first: a model that is half deleted must not be found.
        try:
            doomed = Path(tempfile.mkdtemp(dir=cache, prefix=".removed-"))
            folder.rename(doomed / folder.name)
        except OSError as error:
            raise ModelError(
                f"The model '{name}' cannot be removed ({error.strerror or error}): close what uses"
                " it and try again."
            ) from error
        shutil.rmtree(doomed, ignore_errors=True)


def build(
    name: str,
    weights: Path,
    config: dict[str, Any],
    preprocess: dict[str, Any],
    origin: Origin,
    cache: Path,
) -> Model:
    """Make the folder of a model from a file of weights; raises ModelError, and leaves nothing."""
    folder = model_folder(name, cache)
    try:
        make_private_folder(folder.parent)
        made = Path(tempfile.mkdtemp(dir=cache, prefix=".new-"))
        try:
            fill(made, name, weights, config, preprocess, origin)
            make_private(made.iterdir())
            made.rename(folder)
        finally:
            shutil.rmtree(made, ignore_errors=True)
    except OSError as error:
        raise not_stored(name, cache, error) from error
    return read_model(folder, name)


def not_stored(name: str, cache: Path, error: OSError) -> ModelError:
    """The sentence for a disk that is full, or does not let itself be written."""
    return ModelError(
        f"The model '{name}' cannot be stored in {cache} ({error.strerror or error}): make room"
        " there or check its permissions, and try again."
    )


def taken(name: str) -> ModelError:
    """The sentence for a name that a model has already."""
    return ModelError(f"There is a model '{name}' already: remove it, or give another name.")


def fill(
    folder: Path,
    name: str,
    weights: Path,
    config: dict[str, Any],
    preprocess: dict[str, Any],
    origin: Origin,
) -> None:
    """Write the files of a model into `folder`, and try it; raises ModelError."""
    described = {"model_cfg": config, "preprocess_cfg": preprocess}
    (folder / CONFIG_FILE).write_text(json.dumps(described), "utf-8")
    if origin.from_registry:
        checkpoints.save_text_files(config, folder)
    elif checkpoints.lacks_text_files(config, folder):
        copy_text_files(weights.parent, folder)
    build_weights(folder, name, weights)
    noted = {
        "name": name,
        "sha256": file_sha256(folder / WEIGHTS_FILE),
        "source": origin.source,
        "description": origin.description,
        "licence": origin.licence,
    }
    text = json.dumps(described | {"souvenir": noted}, indent=2)
    (folder / CONFIG_FILE).write_text(text, "utf-8")


def check_description(config: dict[str, Any], preprocess: dict[str, Any], checkpoint: Path) -> None:
    """Raise ModelError unless the two configs describe a model."""
    try:
        describe_model("", "", config, preprocess, checkpoint)
    except PlaceNamedError as error:
        raise UnsafeModelError(
            f"{checkpoint.name} is refused because its description leads to '{error.place}', a"
            " place on the network or the disk: ask its author for the name of the architecture."
        ) from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ModelError(
            f"The {CONFIG_FILE} beside {checkpoint.name} is not what open_clip writes"
            f" ({type(error).__name__}: {error}): mend it, or name the architecture with --arch."
        ) from error


def check_packages(config: dict[str, Any]) -> None:
    """Raise ModelError, before anything is downloaded, when a model needs a package not here."""
    text = config.get("text_cfg") or {}
    foreign = text.get("hf_tokenizer_name") or text.get("hf_model_name")
    if foreign and importlib.util.find_spec("transformers") is None:
        raise ModelError(
            "This model reads words with the package 'transformers': install that with pip, then"
            " try again."
        )


def hub_files(hub: str) -> tuple[str, tuple[str, ...]]:
    """Repository, and the files in it that may hold the weights, best first.

    An entry is "owner/name/file", or "owner/name/" for the default names.
    """
    owner, name, *rest = hub.split("/")
    file = "/".join(rest)
    if not file:
        return f"{owner}/{name}", HUB_WEIGHTS
    safe = str(Path(file).with_suffix(".safetensors").as_posix())
    return f"{owner}/{name}", tuple(dict.fromkeys((safe, file)))


@contextmanager
def installing(cache: Path) -> Iterator[None]:
    """Hold the folder of models for one installation; raises ModelError when another holds it."""
    lock = FileLock(cache / "installing.lock", mode=FILE)
    try:
        make_private_folder(cache)
        with lock.acquire(timeout=0):
            for left in (*cache.glob(".new-*"), *cache.glob(".removed-*")):
                shutil.rmtree(left, ignore_errors=True)  # by a process that was killed
            yield
    except Timeout as error:
        raise ModelError(
            "Another Souvenir is installing a model: try again when it is done."
        ) from error
    except PermissionError as error:
        raise ModelError(
            f"Models cannot be stored in {cache} ({error.strerror}): check its permissions."
        ) from error
