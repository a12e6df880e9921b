"""Opening what the options name: the library, and files.

The library's modules are imported when one is opened, so that `souvenir --help` answers at once.
"""

from __future__ import annotations

import tempfile
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import SouvenirError
from core.paths import LibraryPaths, default_library, default_model_cache

if TYPE_CHECKING:
    from core.library import Library


def open_to_write(arguments: Namespace) -> Library:
    """The library, made where there is none yet; no other process may write it meanwhile."""
    return _open(arguments, _directory(arguments), write=True)


def open_to_read(arguments: Namespace) -> Library:
    """The library, beside whoever writes it."""
    return _open(arguments, _directory(arguments), write=False)


@contextmanager
def open_at_hand(arguments: Namespace) -> Iterator[Library]:
    """The library for a command that is about models rather than photos.

    Where there is none, none is made: an empty one stands in that is gone at the end.
    """
    directory = _directory(arguments)
    if LibraryPaths(directory).catalogue.exists():
        with _open(arguments, directory, write=False) as library:
            yield library
    else:
        with (
            tempfile.TemporaryDirectory(prefix="souvenir-") as empty,
            _open(arguments, Path(empty), write=True) as library,
        ):
            yield library


def full_model_name(name: str) -> str:
    """The name of a model as the list has it; "mine" is "local:mine" where there is only that."""
    from core.embedding.models import full_name

    return full_name(name, default_model_cache())


def existing_file(path: Path) -> Path:
    """The absolute path of a file; raises SouvenirError that says what is there instead."""
    path = path.expanduser().absolute()
    if path.is_dir():
        raise SouvenirError(f"{path} is a folder: name a file in it.")
    if path.exists() and not path.is_file():
        raise SouvenirError(f"{path} is a pipe or a device: name a file.")
    if not path.exists():
        raise SouvenirError(f"There is no file {path}: check the name.")
    return path


def _directory(arguments: Namespace) -> Path:
    directory: Path = (arguments.library or default_library()).expanduser().absolute()
    if directory.exists() and not directory.is_dir():
        raise SouvenirError(
            f"{directory} is a file, and a library is a folder: name another with --library."
        )
    return directory


def _open(arguments: Namespace, directory: Path, *, write: bool) -> Library:
    from core.library import Library

    model = arguments.model and full_model_name(arguments.model)
    return Library.open(directory, write=write, model=model)
