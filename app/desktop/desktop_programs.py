"""Which programs a freedesktop desktop has for a type of file, and how they are started.

By the Desktop Entry Specification 1.5 and the MIME Applications Associations Specification 1.0.1.
Everything here reads files: call it on a thread.
"""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ENTRY = "Desktop Entry"
ADDED, REMOVED, DEFAULT = "Added Associations", "Removed Associations", "Default Applications"
_ESCAPES = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
_LARGEST = 1 << 20  # bytes of a file that is read here
_OUR_OWN = "souvenir"


@dataclass(frozen=True)
class Program:
    """A program that opens files. `usual`: the one that the desktop takes if not asked.

    `command` is its Exec line in parts, with field codes such as %F. `icon` and `entry` (the path
    of its .desktop file) are what some field codes stand for; `folder` is where it wants to run.
    """

    name: str
    command: tuple[str, ...]
    usual: bool = False
    icon: str = ""
    entry: str = ""
    folder: str = ""

    @property
    def takes_several(self) -> bool:
        """Whether one start opens several files."""
        return any(code in part for part in self.command for code in ("%F", "%U"))


def programs_for(
    types: Sequence[str], environment: Mapping[str, str], languages: Sequence[str] = ()
) -> list[Program]:
    """Programs for files of a type, the usual one first, then as the person put them, then by name.

    `types`: the type and those that it is a kind of, nearest first ("image/x-canon-cr3",
    "image/x-dcraw"). `languages`: for names, as in .desktop files ("zh_CN", "zh").
    """
    folders = _data_folders(environment)
    entries = _entries(folders)
    chosen = [_read(path) for path in _association_files(environment, folders)]
    read: dict[str, Program | None] = {}
    kinds: dict[str, set[str]] = {}
    for name, path in entries.items():
        fields = _read(path).get(ENTRY, {})
        kinds[name] = set(_listed(fields.get("MimeType", "")))
        read[name] = _program(fields, path, environment, languages)
    names: dict[str, None] = {}
    usual = None
    for kind in types:
        ours, first = _associated(kind, chosen, kinds, read)
        names |= dict.fromkeys(ours)
        usual = usual or first
    ordered = sorted(names, key=lambda name: name != usual)
    found = [(name, program) for name in ordered if (program := read.get(name)) is not None]
    return [
        Program(p.name, p.command, name == usual, p.icon, p.entry, p.folder) for name, p in found
    ]


def starts(program: Program, files: Sequence[Path]) -> Iterator[list[str]]:
    """The commands that open files with a program: one, or one a file if it takes one at a time."""
    at_once = [list(files)] if program.takes_several else [[file] for file in files]
    for some in at_once:
        parts = [made for part in program.command for made in _filled(part, program, some)]
        if not any(code in part for part in program.command for code in ("%f", "%F", "%u", "%U")):
            parts += [str(file) for file in some]  # as GLib has it
        yield parts


def _filled(part: str, program: Program, files: Sequence[Path]) -> list[str]:
    """What one part of a command becomes."""
    match part:
        case "%F":
            return [str(file) for file in files]
        case "%U":
            return [file.as_uri() for file in files]
        case "%i":
            return ["--icon", program.icon] if program.icon else []
    codes = {
        "f": str(files[0]),
        "u": files[0].as_uri(),
        "c": program.name,
        "k": program.entry,
        "%": "%",
    }
    made, rest = "", iter(part)
    for character in rest:  # deprecated and unknown codes stand for nothing
        made += codes.get(next(rest, ""), "") if character == "%" else character
    return [made] if made or not part else []


def _associated(
    kind: str,
    chosen: Sequence[Mapping[str, Mapping[str, str]]],
    kinds: Mapping[str, set[str]],
    read: Mapping[str, Program | None],
) -> tuple[list[str], str | None]:
    """Entries for one type in order, and the usual one; what comes first in `chosen` counts."""
    added: dict[str, None] = {}
    removed: set[str] = set()
    usual = None
    for file in chosen:
        wanted = _listed(file.get(DEFAULT, {}).get(kind, ""))
        usual = usual or next((name for name in wanted if read.get(name) is not None), None)
        for name in _listed(file.get(ADDED, {}).get(kind, "")):
            if name not in removed:
                added[name] = None
        removed |= set(_listed(file.get(REMOVED, {}).get(kind, ""))) - set(added)
    able = {name: read.get(name) for name in kinds if kind in kinds[name] and name not in removed}
    by_name = sorted(able, key=lambda name: p.name.casefold() if (p := able[name]) else "")
    first = [] if usual is None else [usual]
    return list(dict.fromkeys([*first, *added, *by_name])), usual


def _program(
    fields: Mapping[str, str],
    path: Path,
    environment: Mapping[str, str],
    languages: Sequence[str],
) -> Program | None:
    """What an entry describes; None where it cannot be started here."""
    if fields.get("Type") != "Application" or "true" in (
        fields.get("Hidden"),
        fields.get("Terminal"),
    ):
        return None
    try:
        command = tuple(shlex.split(_unescaped(fields.get("Exec", ""))))
    except ValueError:
        return None
    there = [command[:1], tuple(filter(None, [fields.get("TryExec")]))]
    searched = environment.get("PATH")
    if not command or any(
        shutil.which(one, path=searched) is None for one, *_ in filter(None, there)
    ):
        return None
    if Path(command[0]).name == _OUR_OWN:
        return None
    names = [fields.get(f"Name[{language}]") for language in languages]
    name = next((name for name in names if name), fields.get("Name", path.stem))
    return Program(
        _unescaped(name),
        command,
        icon=fields.get("Icon", ""),
        entry=str(path),
        folder=_unescaped(fields.get("Path", "")),
    )


def _data_folders(environment: Mapping[str, str]) -> list[Path]:
    home = Path(environment.get("HOME") or "/")
    own = environment.get("XDG_DATA_HOME") or str(home / ".local/share")
    shared = environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    return [Path(folder) / "applications" for folder in [own, *shared.split(":")] if folder]


def _association_files(environment: Mapping[str, str], folders: Iterable[Path]) -> list[Path]:
    home = Path(environment.get("HOME") or "/")
    own = environment.get("XDG_CONFIG_HOME") or str(home / ".config")
    shared = environment.get("XDG_CONFIG_DIRS") or "/etc/xdg"
    desktops = [
        f"{desktop.lower()}-mimeapps.list"
        for desktop in environment.get("XDG_CURRENT_DESKTOP", "").split(":")
        if desktop
    ]
    configured = [Path(folder) for folder in [own, *shared.split(":")] if folder]
    return [f / name for f in [*configured, *folders] for name in [*desktops, "mimeapps.list"]]


def _entries(folders: Iterable[Path]) -> dict[str, Path]:
    """Every .desktop file by its id; of two with one id the first folder's counts."""
    found: dict[str, Path] = {}
    for folder in folders:
        for directory, _, names in os.walk(folder):
            for name in names:
                if name.endswith(".desktop"):
                    path = Path(directory, name)
                    found.setdefault("-".join(path.relative_to(folder).parts), path)
    return found


def _read(path: Path) -> dict[str, dict[str, str]]:
    """Groups of keys and values; none where the file is not there or no text."""
    groups: dict[str, dict[str, str]] = {}
    try:
        if path.stat().st_size > _LARGEST:
            return {}
        lines = path.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return {}
    group: dict[str, str] = {}
    for line in lines:
        text = line.strip()
        if text.startswith("[") and text.endswith("]"):
            group = groups.setdefault(text[1:-1], {})
        elif text and not text.startswith("#"):
            key, equals, value = text.partition("=")
            if equals:
                group.setdefault(key.rstrip(), value.lstrip())
    return groups


def _listed(value: str) -> list[str]:
    return [item.strip() for item in value.split(";") if item.strip()]


def _unescaped(value: str) -> str:
    made, rest = "", iter(value)
    for character in rest:
        if character == "\\":
            code = next(rest, "\\")
            made += _ESCAPES.get(code, "\\" + code)
        else:
            made += character
    return made
