"""Remove libraries of the system from a bundle that nothing in it needs any more.

    python packaging/linux/prune.py BUNDLE

PyInstaller takes what a plugin of Qt needs before the plugin is left out. Needs objdump.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping, Set
from pathlib import Path


def needed_by(reports: Mapping[str, str]) -> dict[str, set[str]]:
    """File name → names of libraries that it needs, from what `objdump -p` says of each."""
    return {
        name: set(re.findall(r"^\s+NEEDED\s+(\S+)", report, re.MULTILINE))
        for name, report in reports.items()
    }


def unneeded(needs: Mapping[str, Set[str]], candidates: Set[str]) -> set[str]:
    """Those of `candidates` that no other file needs, nor one of those that are needed."""
    left = set(candidates)
    while True:
        wanted = {library for name, found in needs.items() if name not in left for library in found}
        kept = left & wanted
        if not kept:
            return left
        left -= kept


def main() -> None:
    """Remove them, and say which."""
    inside = Path(sys.argv[1]) / "_internal"
    files = [
        file
        for file in sorted(inside.rglob("*"))
        if ".so" in file.name and file.is_file() and not file.is_symlink()
    ]
    reports = {}
    for file in files:
        command = ["objdump", "-p", str(file)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
        reports[file.relative_to(inside).as_posix()] = done.stdout
    # Those of the system lie on top; a wheel's own lie in its folder.
    candidates = {name for name in reports if re.fullmatch(r"lib(?!python)[^/]*\.so\.[\d.]*", name)}
    gone = unneeded(needed_by(reports), candidates)
    for name in gone:
        (inside / name).unlink()
    for link in inside.iterdir():
        if link.is_symlink() and not link.exists():
            link.unlink()
    print("left out:", " ".join(sorted(gone)) or "nothing")


if __name__ == "__main__":
    main()
