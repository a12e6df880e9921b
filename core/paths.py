"""Where things live: the files of a library and of the program itself."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
STARTER_MODEL = RESOURCES / "models" / "starter"
SELFTEST_PHOTOS = RESOURCES / "selftest"
_MODELS = "models"


def default_library() -> Path:
    """The library that is used when none is named: $SOUVENIR_LIBRARY or the platform's place."""
    named = os.environ.get("SOUVENIR_LIBRARY")
    if named:
        return Path(named).expanduser()
    return Path(platformdirs.user_data_dir("souvenir", appauthor=False))


def default_model_cache() -> Path:
    """Where installed models are kept, for all libraries: $SOUVENIR_MODELS or the platform's."""
    named = os.environ.get("SOUVENIR_MODELS")
    if named:
        return Path(named).expanduser()
    return own_model_cache()


def own_model_cache() -> Path:
    """Where models are kept as long as $SOUVENIR_MODELS names no other place."""
    return Path(platformdirs.user_data_dir("souvenir", appauthor=False)) / _MODELS


def thumbnail_path(directory: Path, content_hash: bytes) -> Path:
    """Where a photo's thumbnail belongs: 256 folders by the first byte of its hash."""
    name = content_hash.hex()
    return directory / name[:2] / f"{name}.jpg"


@dataclass(frozen=True)
class LibraryPaths:
    """The files of one library. Only the catalogue and settings are truth; the rest are caches."""

    root: Path

    @property
    def catalogue(self) -> Path:
        """The SQLite database."""
        return self.root / "catalogue.sqlite"

    @property
    def settings(self) -> Path:
        """The person's choices, as JSON."""
        return self.root / "settings.json"

    @property
    def lock(self) -> Path:
        """Held by the one process that writes."""
        return self.root / "writer.lock"

    @property
    def thumbnails(self) -> Path:
        """Cache: one JPEG per photo, named by content hash."""
        return self.root / "thumbnails"

    @property
    def vectors(self) -> Path:
        """Cache: one nearest-neighbour index per model."""
        return self.root / "vectors"

    @property
    def prompts(self) -> Path:
        """Cache: one file of everyday descriptions' vectors per model."""
        return self.root / "prompts"

    @property
    def window(self) -> Path:
        """How the window was left, as INI."""
        return self.root / "window.ini"

    def is_own(self, name: str) -> bool:
        """Whether something of this name in the library's folder is part of it."""
        whole = {self.lock.name, self.lock.with_suffix(".json").name, _MODELS}
        whole |= {self.thumbnails.name, self.vectors.name, self.prompts.name}
        begun = (self.catalogue.name, self.settings.name, self.window.name)  # and what goes with it
        return name in whole or name.startswith(begun)

    def thumbnail(self, content_hash: bytes) -> Path:
        """Where the thumbnail of a photo is, whether or not it exists."""
        return thumbnail_path(self.thumbnails, content_hash)
