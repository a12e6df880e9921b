"""What the command line says of files that could not be dealt with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.cli.terminal import Terminal, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.filing.steps import Problem, Reason

_REASONS: dict[Reason, str] = {
    "gone": "is no longer there",
    "offline": "is on a disk that is not here: connect it, then retry",
    "folder_gone": "has no folder to go to",
    "denied": "may not be changed or written there: check the permissions",
    "full": "has no room there: free some space, then retry",
    "taken": "was left alone: another file has that name by now",
    "name": "was left alone: the disk does not take that name",
    "changed": "was changed by another program meanwhile: run this again",
    "not_equal": "was left alone: the disk wrote something else than it was given, check it",
    "not_a_photo": "cannot be read as a photo",
    "not_xmp": "has a sidecar that cannot be understood: mend it or move it away",
    "link": "was left alone: it, its sidecar or its folder is a link: put what it leads to in its "
    "place",
    "no_link": "cannot be linked to from there: copy instead",
    "not_indexed": "is another one than the library knows: run 'souvenir index' first",
    "no_trash": "was left alone: its disk has no trash",
    "disk": "was left alone: the disk reports a problem",
}


def tell_problems(problems: Sequence[Problem], terminal: Terminal) -> None:
    """Say of each file what hindered it."""
    if not problems:
        return
    terminal.remark(f"{number(len(problems), 'file')} could not be dealt with:")
    for problem in problems:
        detail = f" ({problem.detail})" if problem.reason == "disk" and problem.detail else ""
        terminal.remark(f"  {terminal.path(str(problem.path))} {_REASONS[problem.reason]}{detail}.")
