"""`souvenir write-metadata`: tags and ratings beside photos, or into them."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from core.cli.file_words import tell_problems
from core.cli.interrupt import Interrupt
from core.cli.opening import open_to_write
from core.cli.terminal import Terminal, number, visible

if TYPE_CHECKING:
    from core.filing.metadata_writing import Note
    from core.filing.steps import Problem
    from core.library.tag_writing import TagChange

_NOTES: dict[Note, str] = {
    "format": "only JPEGs are written into",
    "copies": "there are copies of this photo",
    "link": "the file is a link, or has several names",
    "parts": "the file has parts that a change could harm",
}


def write_metadata(arguments: Namespace, terminal: Terminal) -> int:
    """Write tags and ratings of a folder's photos, or with --dry-run only say what would be."""
    written = 0
    problems: list[Problem] = []
    with Interrupt() as interrupt, open_to_write(arguments) as library:
        folder = library.tag_writing.folder_of(arguments.folder)
        library.labels.settle()
        if arguments.dry_run:
            changes = library.tag_writing.preview(arguments.folder, interrupt.came)
        else:
            changes = library.tag_writing.write(arguments.folder, interrupt.came)
        for change in changes:
            if change.problem is not None:
                problems.append(change.problem)
            if change.target is not None:
                written += 1
                terminal.say(_line(change, terminal))
    if not written and not problems:
        terminal.say("There is nothing to write: what is there agrees with the library.")
    elif arguments.dry_run:
        terminal.remark(f"{number(written, 'file')} would be written; nothing was.")
    else:
        terminal.remark(f"{number(written, 'file')} written.")
    if arguments.dry_run and folder.writes == "off":
        terminal.remark(
            f"Writing is off for {visible(folder.path)}: 'souvenir folders tags sidecar "
            f"{visible(folder.path)}' switches it on."
        )
    tell_problems(problems, terminal)
    return interrupt.exit_code or int(bool(problems))


def _line(change: TagChange, terminal: Terminal) -> str:
    """What becomes of one file: "a.jpg.xmp: +bird +heron -boat, 4 stars"."""
    words = [*(f"+{word}" for word in change.added), *(f"-{word}" for word in change.removed)]
    parts = [visible(" ".join(words))] if words else []
    before, after = change.rating
    if before != after:
        parts.append(f"rating {visible(before or 'none')} → {visible(after or 'none')}")
    before, after = change.title
    if before != after:
        parts.append(f"title {_quoted(before)} → {_quoted(after)}")
    told = ", ".join(parts) or "as others write it"
    note = f" (beside it: {_NOTES[change.note]})" if change.note else ""
    return f"{terminal.path(str(change.target))}: {told}{note}"


def _quoted(title: str | None) -> str:
    return f"“{visible(title)}”" if title else "none"
