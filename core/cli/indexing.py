"""`souvenir index` and `souvenir watch`."""

from __future__ import annotations

import os
import queue
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.cli.folders import mention_other_disks, watch_folder
from core.cli.interrupt import Interrupt
from core.cli.opening import open_to_write
from core.cli.progress import ProgressDisplay
from core.cli.terminal import Terminal, duration, number, visible
from core.errors import SouvenirError
from core.events import Event, FailuresChanged, FoldersChanged, PhotosChanged

if TYPE_CHECKING:
    from core.indexing.report import IndexReport
    from core.library import Library

LOOK_SECONDS = 0.2  # how long Ctrl+C may go unnoticed while nothing changes
SHOWN_CHANGES = 20  # photos of one change that are named; the rest are counted


def index(arguments: Namespace, terminal: Terminal) -> int:
    """Add folders and bring the library up to date."""
    with Interrupt() as interrupt, open_to_write(arguments) as library:
        report = _bring_up_to_date(library, arguments, terminal, interrupt)
        if arguments.json:
            terminal.answer_json(as_json(report))
        else:
            _summarise(report, arguments, terminal)
            _mention_disks(library, terminal)
    return interrupt.exit_code


def watch(arguments: Namespace, terminal: Terminal) -> int:
    """Bring the library up to date, then say what changes until Ctrl+C."""
    with Interrupt() as interrupt, open_to_write(arguments) as library:
        report = _bring_up_to_date(library, arguments, terminal, interrupt)
        _summarise(report, arguments, terminal)
        _mention_disks(library, terminal)
        if not interrupt.came():
            _follow(library, terminal, interrupt)
    return 0  # Ctrl+C is how this command is meant to end


def _bring_up_to_date(
    library: Library, arguments: Namespace, terminal: Terminal, interrupt: Interrupt
) -> IndexReport:
    _add_folders(library, arguments.folders, terminal)
    if not library.folders():
        raise SouvenirError("No folder is watched yet: name one, as in 'souvenir index FOLDER'.")
    if arguments.retry:
        library.retry()
    display = ProgressDisplay(terminal.err, stopping=interrupt.came)
    unsubscribe = library.events.subscribe(display)
    try:
        return library.index(cancelled=interrupt.came)
    finally:
        unsubscribe()
        display.close()


def _add_folders(library: Library, folders: Sequence[Path], terminal: Terminal) -> None:
    """Watch `folders`; one inside a watched folder needs nothing, its photos are in already."""
    for named in folders:
        folder = named.absolute()
        roots = [Path(info.folder.path) for info in library.folders()]
        around = [root for root in roots if root != folder and folder.is_relative_to(root)]
        if around and folder.is_dir():
            terminal.remark(f"{folder} is part of {around[0]}, which is watched already.")
        else:
            watch_folder(library, folder, terminal)


def _summarise(report: IndexReport, arguments: Namespace, terminal: Terminal) -> None:
    """Say what a run did, and name files and folders that could not be read."""
    terminal.say(sentence(report))
    if report.failed:
        terminal.say(f"{number(len(report.failed), 'file')} could not be read:")
        for problem in report.failed:
            terminal.say(f"  {terminal.path(problem.path)}: {problem.reason}")
    unread = [folder for folder in report.unread if not folder.ignored]
    if unread:
        terminal.say(f"{number(len(unread), 'folder')} could not be read:")
        for folder in unread:
            terminal.say(f"  {terminal.path(folder.path)}: {folder.reason}")
    if report.skipped and arguments.verbose:
        terminal.say(f"{number(len(report.skipped), 'file')} skipped:")
        for problem in report.skipped:
            terminal.say(f"  {terminal.path(problem.path)}: {problem.reason}")
    elif report.skipped:
        terminal.remark("'souvenir -v status' names what was skipped.")


def sentence(report: IndexReport) -> str:
    """What a run did, as one line: "12 added, 1 moved, 3 skipped in 4.2 s."."""
    parts = [
        f"{count:,} {word}"
        for count, word in (
            (report.added, "added"),
            (report.updated, "changed"),
            (report.moved, "moved"),
            (report.removed, "gone"),
            (report.offline, "offline"),
            (len(report.skipped), "skipped"),
        )
        if count
    ]
    if not parts and report.embedded:
        parts = [f"{number(report.embedded, 'photo')} embedded"]
    what = ", ".join(parts) or "Nothing new"
    if report.cancelled:
        return f"Stopped after {duration(report.seconds)}: {what}. Run it again to go on."
    return f"{what} in {duration(report.seconds)}."


def as_json(report: IndexReport) -> dict[str, Any]:
    """What a run did, for scripts. Counts are files, except offline and embedded: photos."""
    return {
        "added": report.added,
        "updated": report.updated,
        "moved": report.moved,
        "removed": report.removed,
        "offline": report.offline,
        "embedded": report.embedded,
        "failed": [{"path": p.path, "reason": p.reason} for p in report.failed],
        "skipped": [{"path": p.path, "reason": p.reason} for p in report.skipped],
        "unread": [{"path": f.path, "reason": f.reason} for f in report.unread if not f.ignored],
        "seconds": round(report.seconds, 3),
        "cancelled": report.cancelled,
    }


def _follow(library: Library, terminal: Terminal, interrupt: Interrupt) -> None:
    """Print changes as they come. Events arrive on other threads, this one reads and writes."""
    changes: queue.SimpleQueue[PhotosChanged | FoldersChanged | FailuresChanged]
    changes = queue.SimpleQueue()

    def note(event: Event) -> None:
        if isinstance(event, PhotosChanged | FoldersChanged | FailuresChanged):
            changes.put(event)

    display = ProgressDisplay(terminal.err, stopping=interrupt.came)
    offline, unread = _offline(library), _unread(library)
    ends = [library.events.subscribe(listener) for listener in (note, display)]
    try:
        library.start_watching()
        for path, reason in sorted(library.status(sizes=False).polled.items()):
            terminal.remark(f"{visible(path)}: {reason}")
        terminal.remark("Following changes until Ctrl+C.")
        terminal.out.flush()  # what was done so far, for who reads it from a pipe
        while not interrupt.came():
            try:
                change = changes.get(timeout=LOOK_SECONDS)
            except queue.Empty:
                continue
            display.close()
            before, offline = offline, _offline(library)
            for path in sorted(before ^ offline):
                state = "offline" if path in offline else "back"
                terminal.say(f"{terminal.path(path)} is {state}.")
            if isinstance(change, FailuresChanged):
                last, unread = unread, _unread(library)
                for line in describe_unread(last, unread, terminal):
                    terminal.say(line)
            if offline - before:
                _mention_disks(library, terminal)
            if isinstance(change, PhotosChanged):
                if before != offline:  # then all photos of that folder count as changed
                    change = replace(change, updated=())
                for line in describe_change(library, change, terminal):
                    terminal.say(line)
            terminal.out.flush()
        library.stop_watching()
    finally:
        for end in ends:
            end()
        display.close()


def _mention_disks(library: Library, terminal: Terminal) -> None:
    mention_other_disks([info.folder for info in library.folders()], terminal)


def _offline(library: Library) -> set[str]:
    return {info.folder.path for info in library.folders() if info.folder.offline}


def _unread(library: Library) -> dict[str, str]:
    """Path and reason of every folder that cannot be read."""
    return {each.path: each.reason for each in library.browse.failures() if each.is_folder}


def describe_unread(
    before: Mapping[str, str], now: Mapping[str, str], terminal: Terminal
) -> list[str]:
    """Folders that cannot be read any more, with the reason, and that can be again: a line each."""
    lines = [
        f"{terminal.path(path)}: {reason}"
        for path, reason in now.items()
        if before.get(path) != reason
    ]
    back = [
        f"{terminal.path(path)} can be read again."
        for path in before
        if path not in now and os.path.isdir(path)  # noqa: PTH112 - gone, or too long a path
    ]
    return lines + back


def describe_change(library: Library, change: PhotosChanged, terminal: Terminal) -> list[str]:
    """What changed, a line each: "+ path" came, "~ path" changed; photos that went are counted."""
    lines: list[str] = []
    for sign, ids in (("+", change.added), ("~", change.updated)):
        photos = library.photos(ids[:SHOWN_CHANGES])
        lines += [f"{sign} {terminal.path(photo.files[0].path)}" for photo in photos if photo.files]
        if len(ids) > SHOWN_CHANGES:
            lines.append(f"{sign} {number(len(ids) - SHOWN_CHANGES, 'more photo')}")
    if change.removed:
        lines.append(f"- {number(len(change.removed), 'photo')} gone")
    return lines
