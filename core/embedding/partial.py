"""Downloads that are not finished: what is there of which model, for the next try.

Beside the bytes of a download lies a note of the model they belong to. So a download that was
paused, or cut short with the program, is found again after the next start.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from core.private_files import make_private_folder, write_private

DOWNLOADS = "downloads"
NOTE = ".note"


@dataclass(frozen=True)
class Partial:
    """What is left of a download: `done` bytes of `total` (None: nobody said how many)."""

    name: str
    file: Path
    done: int
    total: int | None


def note_download(name: str, part: Path, total: int | None) -> None:
    """Note which model the file `part` will be; raises OSError.

    An older note of the same model is dropped with its bytes: the model is another one by now.
    """
    for known in paused_downloads(part.parent).values():
        if known.name == name and known.file != part:
            discard(known)
    make_private_folder(part.parent)
    noted = {"name": name, "total": total}
    write_private(_note_of(part), json.dumps(noted).encode())


def paused_downloads(folder: Path) -> dict[str, Partial]:
    """Every unfinished download in `folder` by the model's name; damaged notes are left out."""
    found = {}
    for note in sorted(folder.glob(f"*.part{NOTE}")):
        part = note.with_suffix("")
        try:
            said = json.loads(note.read_text("utf-8"))
            name, total = str(said["name"]), said["total"]
            done = part.stat().st_size
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if done:
            known = total if isinstance(total, int) else None
            found[name] = Partial(name, part, done, known)
    return found


def discard(partial: Partial) -> None:
    """Delete what is there of a download; raises OSError."""
    partial.file.unlink(missing_ok=True)
    forget_note(partial.file)


def forget_note(part: Path) -> None:
    """The download of `part` is finished, or gone; raises OSError."""
    _note_of(part).unlink(missing_ok=True)


def _note_of(part: Path) -> Path:
    return part.with_name(part.name + NOTE)
