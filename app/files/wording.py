"""What the window says of files: why one could not be dealt with, and how many are done."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app import wording

if TYPE_CHECKING:
    from core.filing.names import NameProblem
    from core.filing.steps import Problem

NAMES_SHOWN = 5
LONGEST_NAME = 48


def _tr(text: str) -> str:
    return QCoreApplication.translate("file_wording", text)


def problem_sentence(problem: Problem) -> str:
    """Say what happened to a file and what to do."""
    texts = {
        "gone": _tr("{name} is no longer there."),
        "offline": _tr("{name}: its disk is not here; plug it in and try again."),
        "folder_gone": _tr("{name}: the folder is not there; plug its disk in and try again."),
        "denied": _tr("{name} may not be changed or written there: permission is missing."),
        "full": _tr("{name} has no room there: make room on the disk and try again."),
        "taken": _tr("{name}: another file has that name by now; it was left alone."),
        "name": _tr("{name}: the disk does not take the new name; choose another one."),
        "changed": _tr("{name} was being changed meanwhile, and was left where it is."),
        "not_equal": _tr("{name}: the disk wrote something else; check it. The file is untouched."),
        "not_a_photo": _tr("{name} cannot be read as a photo."),
        "not_xmp": _tr("{name} has a sidecar that cannot be understood: mend it or move it away."),
        "link": _tr(
            "{name} was left alone: it, its sidecar or its folder is a link. Put what it leads to "
            "in its place."
        ),
        "no_link": _tr("{name} cannot be linked to from there: copy it instead."),
        "not_indexed": _tr("{name} is another file than the library knows: wait for indexing."),
        "no_trash": _tr("{name}: there is no trash on its disk, so it was left where it is."),
        "disk": _tr("{name}: the disk reports “{detail}”."),
    }
    name = wording.shown(problem.path.name)
    return texts[problem.reason].format(name=name, detail=problem.detail)


def name_problem_sentence(problem: NameProblem) -> str:
    """Say what is wrong with a name."""
    texts = {
        "empty": _tr("The name is empty."),
        "characters": _tr('A name cannot hold < > : " / \\ | ? *'),
        "reserved": _tr("Windows keeps this name for itself."),
        "hidden": _tr("A name that begins with a dot hides the file."),
        "end": _tr("A name cannot end with a dot or a space."),
        "long": _tr("The name is too long."),
    }
    return texts[problem]


def some_names(paths: Sequence[Path]) -> str:
    """Names of files, one a line: the first few, and how many there are beside."""
    lines = [_short(wording.shown(path.name)) for path in paths[:NAMES_SHOWN]]
    if len(paths) > NAMES_SHOWN:
        more = _tr("and {files} more")
        lines.append(more.format(files=wording.number(len(paths) - NAMES_SHOWN)))
    return "\n".join(lines)


def _short(name: str) -> str:
    """A name that fits into a line of a question."""
    half = LONGEST_NAME // 2
    return name if len(name) <= LONGEST_NAME else f"{name[:half]}…{name[-half:]}"
