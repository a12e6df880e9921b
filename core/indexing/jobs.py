"""The work that flows through the pipeline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.catalog.files import FileKey, FileStat
from core.imaging.reading import PhotoReading


@dataclass(frozen=True)
class ScanRequest:
    """What to look at: a whole watched folder, or some of its directories (True: all below too)."""

    folder_id: int
    directories: Mapping[str, bool] | None = None


@dataclass(frozen=True)
class FileJob:
    """A file that is new or changed (`known`: the catalogue had it with other content)."""

    key: FileKey
    path: Path
    stat: FileStat
    known: bool


@dataclass(frozen=True)
class NotAPhoto:
    """A file that is no photo, and why; it is remembered so that it is not looked at again."""

    key: FileKey
    path: Path
    stat: FileStat
    reason: str


@dataclass(frozen=True)
class PhotoJob:
    """A photo that the catalogue has, to be read again for its embedding, thumbnail or both.

    `beside`: its sidecars that changed; what is said of it is then recorded anew.
    """

    photo_id: int
    path: Path
    content_hash: bytes
    embed: bool
    beside: tuple[NotAPhoto, ...] = ()


Job = FileJob | PhotoJob


@dataclass(frozen=True)
class ReadJob:
    """A job whose photo has been read; `pixels` is None where nothing is to be embedded."""

    job: Job
    reading: PhotoReading

    @property
    def pixels(self) -> NDArray[np.uint8] | None:
        """Model input, uint8 (views x size, size, 3)."""
        return self.reading.pixels


@dataclass(frozen=True)
class ToEmbed:
    """A photo in the catalogue and the model input of this content, as ReadJob has it."""

    photo_id: int
    content_hash: bytes
    pixels: NDArray[np.uint8]
    path: Path
