"""`souvenir status`, `souvenir verify` and `souvenir rebuild`."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from core.cli.interrupt import Interrupt
from core.cli.opening import open_to_read, open_to_write
from core.cli.progress import ProgressDisplay
from core.cli.terminal import Terminal, number, size, table, visible

if TYPE_CHECKING:
    from core.library import Library, Status

DISAGREES = 1


def status(arguments: Namespace, terminal: Terminal) -> int:
    """Show what the library holds and how it stands."""
    with open_to_read(arguments) as library:
        standing = library.status()
        if arguments.json:
            terminal.answer_json(as_json(library, standing))
        else:
            for line in report(library, standing, terminal, verbose=arguments.verbose):
                terminal.say(line)
    return 0


def verify(arguments: Namespace, terminal: Terminal) -> int:
    """Check that catalogue, vectors and thumbnails agree; 1 when they do not."""
    with open_to_read(arguments) as library:
        findings = library.verify()
        standing = library.status(sizes=False)
    for finding in findings:
        terminal.say(visible(finding))
    if standing.embedded < standing.photos:
        waiting = number(standing.photos - standing.embedded, "photo")
        terminal.say(
            f"{waiting} cannot be found by description yet: 'souvenir index' goes on with that."
        )
    if findings:
        return DISAGREES
    terminal.say("Catalogue, vectors and thumbnails agree.")
    return 0


def rebuild(arguments: Namespace, terminal: Terminal) -> int:
    """Make vector index and thumbnails anew from the catalogue; 1 when that did not mend all."""
    findings: list[str] = []
    with Interrupt() as interrupt, open_to_write(arguments) as library:
        display = ProgressDisplay(terminal.err, stopping=interrupt.came)
        unsubscribe = library.events.subscribe(display)
        try:
            library.rebuild(interrupt.came)
            if not interrupt.came():
                findings = library.verify()
        finally:
            unsubscribe()
            display.close()
    if interrupt.came():
        terminal.remark("Stopped: run it again to go on.")
    elif findings:
        for finding in findings:
            terminal.say(visible(finding))
        return DISAGREES
    else:
        terminal.say("Vector index and thumbnails are up to date.")
    return interrupt.exit_code


def as_json(library: Library, standing: Status) -> dict[str, Any]:
    """How the library stands, for scripts. Sizes are in bytes."""
    return {
        "library": str(library.directory),
        "photos": standing.photos,
        "files": standing.files,
        "offline": standing.offline,
        "embedded": standing.embedded,
        "failed": [{"path": p.path, "reason": p.reason} for p in standing.failed],
        "skipped": [{"path": p.path, "reason": p.reason} for p in standing.skipped],
        "unread": [{"path": p.path, "reason": p.reason} for p in standing.unread],
        "folders": [
            {
                "path": info.folder.path,
                "photos": info.photos,
                "files": info.files,
                "offline": info.folder.offline,
            }
            for info in standing.folders
        ],
        "model": standing.model,
        "device": standing.device,
        "device_reason": standing.device_reason,
        "bytes": standing.bytes_on_disk,
    }


def report(
    library: Library, standing: Status, terminal: Terminal, *, verbose: bool = False
) -> list[str]:
    """How the library stands, for people; `verbose` names the files that were skipped."""
    photos = f"{number(standing.photos, 'photo')} in {number(standing.files, 'file')}"
    if standing.offline:
        photos += f", {standing.offline:,} of them offline"
    ready = f"{standing.embedded:,} of {standing.photos:,} can be found by description"
    sizes = ", ".join(f"{part} {size(count)}" for part, count in standing.bytes_on_disk.items())
    offline = sum(info.folder.offline for info in standing.folders)
    folders = number(len(standing.folders), "folder")
    rows = [
        ("Library", terminal.path(str(library.directory))),
        ("Photos", photos),
        ("Search", ready),
        ("Folders", f"{folders}, {offline} of them offline" if offline else folders),
        ("Model", visible(standing.model)),
        ("Device", visible(f"{standing.device or 'not chosen yet'}: {standing.device_reason}")),
        ("On disk", sizes),
    ]
    if standing.skipped:
        hint = "" if verbose else " ('souvenir -v status' names them)"
        rows.append(("Skipped", f"{number(len(standing.skipped), 'file')}, not photos{hint}"))
    lines = table(rows)
    if standing.failed:
        count = number(len(standing.failed), "file")
        lines.append(terminal.style(f"{count} could not be read:", "yellow"))
        lines += [f"  {terminal.path(p.path)}: {p.reason}" for p in standing.failed]
    if standing.unread:
        count = number(len(standing.unread), "folder")
        lines.append(terminal.style(f"{count} could not be read:", "yellow"))
        lines += [f"  {terminal.path(p.path)}: {p.reason}" for p in standing.unread]
    if standing.skipped and verbose:
        lines.append("Skipped:")
        lines += [f"  {terminal.path(p.path)}: {p.reason}" for p in standing.skipped]
    return lines
