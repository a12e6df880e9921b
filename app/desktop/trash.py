"""The system's trash: files go there, and come back from there. Runs on threads.

Where there is no trash, as on many network shares, files are left alone and it is said.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFile

if TYPE_CHECKING:
    from core.filing.steps import Problem, Step


def trash_files(paths: Sequence[Path], cancelled: Callable[[], bool]) -> Iterator[Step]:
    """Move files to the trash, one after the other; each step tells where in the trash it is.

    A system that does not tell leaves no way back: the step then has no transfer.
    """
    from core.filing.steps import Step, Transfer

    for done, path in enumerate(paths, 1):
        if cancelled():
            return
        with _name_for_qt(path) as called:
            file = None if called is None else QFile(str(called))
            if called is not None and file is not None and file.moveToTrash():
                lies = Path(file.fileName())
                known = lies != called and os.path.lexists(lies)
                went = (Transfer(path, lies),) if known else ()
                step = Step(done, len(paths), path, went)
            else:
                step = Step(done, len(paths), path, problem=_why_not(called or path))
        yield step


def forget_in_trash(lay: Path) -> None:
    """A file came back from where it lay in the trash: take away the trash's note of it."""
    notes = []
    if lay.parent.name == "files":  # the desktops of Linux
        notes.append(lay.parent.parent / "info" / f"{lay.name}.trashinfo")
    if lay.name.startswith("$R"):  # Windows
        notes.append(lay.with_name(f"$I{lay.name[2:]}"))
    for note in notes:
        with suppress(OSError):
            note.unlink()


@contextmanager
def _name_for_qt(path: Path) -> Iterator[Path | None]:
    """The file under a name that Qt can say; what stays gets its own back.

    Of bytes that are no text Qt drops some, and would take another file for this one. None where
    there is no such name.
    """
    from core.filing.names import free_number, numbered
    from core.filing.placing import give_name
    from core.filing.steps import FilingError

    if _is_text(str(path)):
        yield path
        return
    called = None
    if _is_text(str(path.parent)):
        plain = path.with_name(os.fsencode(path.name).decode("utf-8", "replace"))
        number = free_number(lambda n: [numbered(plain, n)], os.path.lexists)
        with suppress(OSError, FilingError):
            give_name(path, numbered(plain, number))
            called = numbered(plain, number)
    try:
        yield called
    finally:
        if called is not None and os.path.lexists(called):
            with suppress(OSError):
                give_name(called, path)


def _is_text(name: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in name)


def _why_not(path: Path) -> Problem:
    from core.filing.steps import Problem

    if not os.path.lexists(path):
        return Problem(path, "gone")
    if not os.access(path.parent, os.W_OK):
        return Problem(path, "denied")
    return Problem(path, "no_trash")
