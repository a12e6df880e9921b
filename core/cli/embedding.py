"""`souvenir embed`: vectors for scripts and checks."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from core.cli.opening import existing_file, open_at_hand
from core.cli.terminal import Terminal
from core.errors import PhotoError, SouvenirError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from core.library import Library

SHOWN = 4  # numbers of each vector that people are shown; scripts get all


def embed(arguments: Namespace, terminal: Terminal) -> int:
    """Print the normalised vectors of files and texts, in the order given."""
    inputs: list[tuple[str, str]] = [
        (kind, str(existing_file(Path(value))) if kind == "path" else value)
        for kind, value in arguments.inputs
    ]
    if not inputs:
        raise SouvenirError("Nothing to embed: name files, or give texts with --text.")
    files = [Path(value) for kind, value in inputs if kind == "path"]
    texts = [value for kind, value in inputs if kind == "text"]
    with open_at_hand(arguments) as library:
        vectors = _vectors(library, files, texts)
        model = library.model.name
    by_kind = {"path": iter(vectors[: len(files)]), "text": iter(vectors[len(files) :])}
    answers = [(kind, value, next(by_kind[kind])) for kind, value in inputs]
    if arguments.json:
        terminal.answer_json(
            {
                "model": model,
                "embeddings": [
                    {kind: value, "vector": [float(x) for x in vector]}
                    for kind, value, vector in answers
                ],
            }
        )
    else:
        for _, value, vector in answers:
            terminal.say(f"{_beginning(vector)}  {terminal.path(value)}")
    return 0


def _vectors(library: Library, files: list[Path], texts: list[str]) -> list[NDArray[np.float32]]:
    """The vectors of files, then texts; a file that is no photo is named."""
    try:
        return library.embed(files=files, texts=texts)
    except PhotoError as error:
        for file in files:
            try:
                library.embed(files=[file])
            except PhotoError as reason:
                raise PhotoError(f"{file} cannot be embedded: {reason}") from error
        raise


def _beginning(vector: NDArray[np.float32]) -> str:
    numbers = " ".join(f"{x:+.3f}" for x in vector[:SHOWN])
    return f"[{numbers} … {len(vector)} numbers]"
