"""`souvenir folders`: the folders that are watched."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from core.cli.opening import open_to_read, open_to_write
from core.cli.terminal import Terminal, number, table, visible

if TYPE_CHECKING:
    from core.catalog.folders import Folder
    from core.library import Library


def list_folders(arguments: Namespace, terminal: Terminal) -> int:
    """Print the watched folders with their counts."""
    with open_to_read(arguments) as library:
        infos = library.folders()
    if arguments.json:
        terminal.answer_json(
            [
                {
                    "path": info.folder.path,
                    "photos": info.photos,
                    "files": info.files,
                    "offline": info.folder.offline,
                    "disk": info.folder.disk.name,
                    "other_disk": info.folder.other_disk,
                    "tags": info.folder.writes,
                }
                for info in infos
            ]
        )
    elif infos:
        rows = [
            (
                number(info.photos, "photo"),
                number(info.files, "file"),
                "offline" if info.folder.offline else "",
                terminal.path(info.folder.path),
            )
            for info in infos
        ]
        for line in table(rows):
            terminal.say(line)
        mention_other_disks([info.folder for info in infos], terminal)
    else:
        terminal.remark("No folder is watched yet: add one with 'souvenir index FOLDER'.")
    return 0


def add(arguments: Namespace, terminal: Terminal) -> int:
    """Watch folders from the next run on."""
    with open_to_write(arguments) as library:
        for folder in arguments.folders:
            added = watch_folder(library, folder, terminal)
            terminal.say(f"{terminal.path(added.path)} is watched: 'souvenir index' reads it.")
    return 0


def watch_folder(library: Library, path: Path, terminal: Terminal) -> Folder:
    """Watch one folder, and say which folders it takes over."""
    before = {info.folder.path for info in library.folders()}
    added = library.add_folder(path)
    for gone in sorted(before - {info.folder.path for info in library.folders()}):
        terminal.remark(f"{visible(gone)} is part of {visible(added.path)} now.")
    return added


def remove(arguments: Namespace, terminal: Terminal) -> int:
    """Stop watching folders. No file is touched."""
    with open_to_write(arguments) as library:
        for folder in arguments.folders:
            library.remove_folder(folder)
            terminal.say(f"{terminal.path(str(folder.absolute()))} is no longer watched.")
    return 0


def accept_disk(arguments: Namespace, terminal: Terminal) -> int:
    """Take folders for the same ones, on the disks that are in their places now."""
    with open_to_write(arguments) as library:
        for folder in arguments.folders:
            accepted = library.accept_disk(folder)
            terminal.say(
                f"{terminal.path(accepted.path)} is the same folder, on the disk that is there "
                "now: 'souvenir index' reads it."
            )
    return 0


def mention_other_disks(folders: Iterable[Folder], terminal: Terminal) -> None:
    """Say which folders are offline, on which disk they are, and what is in its place."""
    for folder in folders:
        if not folder.offline:
            continue
        if folder.other_disk:
            was = f" in place of {visible(folder.disk.name)}" if folder.disk.name else ""
            terminal.remark(
                f"{visible(folder.path)} is offline: another disk is there, "
                f"{visible(folder.other_disk)}{was}. Connect its own. If its photos were copied "
                "to this one, say 'souvenir folders new-disk FOLDER'."
            )
        elif folder.disk.name:
            terminal.remark(
                f"{visible(folder.path)} is offline: it is on the disk {visible(folder.disk.name)}."
            )


def tags(arguments: Namespace, terminal: Terminal) -> int:
    """Switch whether tags of photos in these folders may be written, and where."""
    said = {
        "off": "tags stay in the library",
        "sidecar": "'souvenir write-metadata' writes tags beside the photos",
        "file": "'souvenir write-metadata' writes tags into JPEGs, and beside other photos",
    }
    with open_to_write(arguments) as library:
        for folder in arguments.folders:
            library.tag_writing.choose(folder, arguments.writes)
            terminal.say(f"{terminal.path(str(folder.absolute()))}: {said[arguments.writes]}.")
    return 0


ACTIONS: dict[str, Callable[[Namespace, Terminal], int]] = {
    "list": list_folders,
    "add": add,
    "remove": remove,
    "new-disk": accept_disk,
    "tags": tags,
}


def folders(arguments: Namespace, terminal: Terminal) -> int:
    """Run the action that was asked for."""
    return ACTIONS[arguments.action](arguments, terminal)
