"""`souvenir folders`: the folders that are watched."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
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
    "tags": tags,
}


def folders(arguments: Namespace, terminal: Terminal) -> int:
    """Run the action that was asked for."""
    return ACTIONS[arguments.action](arguments, terminal)
