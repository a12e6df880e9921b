"""How a library stands: counts, problems, model, device, sizes."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass, field
from pathlib import Path

from core.catalog import embeddings
from core.catalog.catalogue import Catalogue
from core.catalog.folders import Folder, list_folders
from core.catalog.statistics import (
    FailedFile,
    counts,
    failures,
    folder_counts,
    skipped,
    unread_folders,
)
from core.library.engine import Engine
from core.paths import LibraryPaths
from core.watching.watcher import Watcher

NOT_CHOSEN = "The device is chosen when the first photo is embedded."


@dataclass(frozen=True)
class FolderInfo:
    """A watched folder with its counts."""

    folder: Folder
    photos: int
    files: int


@dataclass(frozen=True)
class Status:
    """How a library stands.

    `embedded`: photos that can be found by description under `model`. `device` is the device that
    embeds ("" as long as none ever did) and `device_reason` one sentence why. `watching`: per
    folder path, how changes are noticed; empty where nothing is followed. `bytes_on_disk`: by
    part, empty if not asked for. `coming`: the model that looks at the photos and answers after
    that, where it is another one; `coming_embedded`: how many photos it has seen. `unread`: folders
    that could not be read; the photos that were found there before stay. `polled`: per folder path,
    a sentence why changes are noticed by looking every now and then, where they are.
    """

    photos: int
    files: int
    offline: int
    embedded: int
    failed: tuple[FailedFile, ...]
    skipped: tuple[FailedFile, ...]
    folders: tuple[FolderInfo, ...]
    model: str
    device: str
    device_reason: str
    watching: dict[str, str]
    bytes_on_disk: dict[str, int]
    coming: str = ""
    coming_embedded: int = 0
    unread: tuple[FailedFile, ...] = ()
    polled: dict[str, str] = field(default_factory=dict)


def folder_infos(connection: sqlite3.Connection) -> list[FolderInfo]:
    """The watched folders with their counts."""
    sizes = folder_counts(connection)
    return [
        FolderInfo(folder, sizes[folder.id].photos, sizes[folder.id].files)
        for folder in list_folders(connection)
    ]


def library_status(
    catalogue: Catalogue, engine: Engine, watcher: Watcher | None, coming: Engine | None = None
) -> Status:
    """Gather it, but for the sizes. `watcher`: what follows the folders, where something does."""
    device = (coming or engine).device()
    seen = 0
    with catalogue.reader() as connection:
        if coming is not None:
            model_id = embeddings.find_model_id(connection, coming.model.key)
            seen = counts(connection, model_id).embedded
        number = counts(connection, embeddings.find_model_id(connection, engine.model.key))
        failed, others = failures(connection), skipped(connection)
        unread = unread_folders(connection)
        infos = folder_infos(connection)
    return Status(
        photos=number.photos,
        files=number.files,
        offline=number.offline,
        embedded=number.embedded,
        failed=tuple(failed),
        skipped=tuple(others),
        folders=tuple(infos),
        model=engine.model.name,
        device=device.name if device else "",
        device_reason=device.reason if device else NOT_CHOSEN,
        watching={
            info.folder.path: mode
            for info in infos
            if watcher is not None and (mode := watcher.mode(info.folder.id)) is not None
        },
        polled={
            info.folder.path: reason
            for info in infos
            if watcher is not None and (reason := watcher.reason(info.folder.id)) is not None
        },
        bytes_on_disk={},
        coming=coming.model.name if coming is not None else "",
        coming_embedded=seen,
        unread=tuple(unread),
    )


def bytes_on_disk(paths: LibraryPaths) -> dict[str, int]:
    """Sizes in bytes: "catalogue" (with its write-ahead log), "thumbnails", "vectors"."""
    catalogue = sum(
        file.stat().st_size for file in paths.root.glob(f"{paths.catalogue.name}*") if file.exists()
    )
    return {
        "catalogue": catalogue,
        "thumbnails": _tree_bytes(paths.thumbnails),
        "vectors": _tree_bytes(paths.vectors),
    }


def _tree_bytes(root: Path) -> int:
    total = 0
    for directory, _, names in os.walk(root):
        for name in names:
            try:
                total += (Path(directory) / name).stat().st_size
            except OSError:
                continue  # a cache file that was just replaced
    return total
