"""What the page of models asks of the library, on threads."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.background import CancelToken
from app.settings.model_import import Import

if TYPE_CHECKING:
    from core.embedding.models import ModelInfo
    from core.library import Library

TELL_SECONDS = 0.1  # between two steps of the progress bar


@dataclass(frozen=True)
class Models:
    """The list, and which model is chosen; `before` answers until that one is ready, "" none."""

    infos: tuple[ModelInfo, ...] = ()
    in_use: str = ""
    before: str = ""
    mirror: str = ""
    proxy: str = ""


def read_models(library: Library) -> Models:
    """Which models there are, and what is set."""
    settings = library.settings
    return Models(
        tuple(library.shelf.models()),
        settings.model,
        settings.model_until_ready,
        settings.mirror,
        settings.proxy,
    )


def use_model(library: Library, name: str) -> None:
    """Have another model answer."""
    library.use_model(name)


def remove_model(library: Library, name: str) -> None:
    """Delete a model's files."""
    library.shelf.remove(name)


def discard_download(library: Library, name: str) -> None:
    """Delete what a paused download has left."""
    library.shelf.discard(name)


def measure_model(library: Library, name: str, token: CancelToken) -> None:
    """Time a model on this computer; the list has it after that."""
    library.shelf.measure(name, token)


def import_model(library: Library, wanted: Import) -> str:
    """Install a file or a folder; returns the model's name."""
    architecture, name = wanted.architecture or None, wanted.name or None
    return library.shelf.import_model(wanted.path, arch=architecture, name=name).name


def set_network(library: Library, mirror: str, proxy: str) -> None:
    """Choose where models come from, and what through."""
    library.change_settings(mirror=mirror, proxy=proxy)


def download_model(
    library: Library,
    name: str,
    token: CancelToken,
    came: Callable[[object, object], None],
) -> None:
    """Download a model; `came(done, total)` is called now and then, on this thread."""
    told = 0.0

    def tell(done: int, total: int | None) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told >= TELL_SECONDS or done == total:
            told = now
            came(done, total)

    library.shelf.download(name, tell, token)
