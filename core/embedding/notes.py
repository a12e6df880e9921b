"""Small facts about this computer, kept beside the models so that they are found out once."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from core.private_files import make_private_folder


def read_notes(file: Path) -> dict[str, Any]:
    """Everything noted so far; empty when there is nothing to read."""
    try:
        notes = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return notes if isinstance(notes, dict) else {}


def write_note(file: Path, key: str, value: object) -> None:
    """Note a fact, atomically. A disk that takes no notes only costs finding it out again."""
    try:
        make_private_folder(file.parent)
        handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=file.name, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump(read_notes(file) | {key: value}, out, indent=2)
        Path(temporary).replace(file)
    except OSError:
        return
