"""Names of files that every system takes, and names that are still free."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

NameProblem = Literal["empty", "characters", "reserved", "hidden", "end", "long"]

LONGEST_NAME = 255  # bytes on Linux, and no more than that many characters elsewhere
_ILLEGAL = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)


def name_problem(name: str) -> NameProblem | None:
    """What is wrong with a file name on Windows, macOS or Linux; None when nothing is.

    A name that begins with a dot is wrong, too: the file would be hidden from the library.
    """
    checks: dict[NameProblem, bool] = {
        "empty": not name.strip(". "),
        "characters": _ILLEGAL.search(name) is not None,
        "reserved": _RESERVED.match(name) is not None,
        "hidden": name.startswith("."),
        "end": name.endswith((".", " ")),
        "long": len(os.fsencode(name)) > LONGEST_NAME,
    }
    return next((problem for problem, wrong in checks.items() if wrong), None)


def without_illegal(text: str) -> str:
    """Text for a part of a name: what some system does not take in names becomes "_"."""
    return _ILLEGAL.sub("_", text)


def numbered(path: Path, number: int) -> Path:
    """The path with " (2)" before its suffix; 1 leaves it as it is."""
    return path if number == 1 else path.with_name(f"{path.stem} ({number}){path.suffix}")


def free_number(
    targets: Callable[[int], Sequence[Path]], taken: Callable[[Path], bool], start: int = 1
) -> int:
    """The lowest number from `start` for which no target is taken; 1 stands for plain names.

    A photo and its sidecar files need one number under which all of them are free.
    """
    return next(n for n in itertools.count(start) if not any(taken(path) for path in targets(n)))
