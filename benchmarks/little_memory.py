"""Many decoders and very large photos in little memory: everything is read and nothing is killed.

The memory is that of a cgroup of its own, which the system enforces. Where none can be made (that
takes root, or a delegated cgroup of version 2), there is no other limit that counts all processes
together, and the row says so.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from benchmarks.plan import Plan, Row, not_measured
from benchmarks.processes import run, souvenir
from core.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator

SIDE = 14_000  # pixels: 196 megapixels
LIMIT = 4 << 30
DECODERS = 16
MODES = ("RGBA", "RGB", "P", "RGBA")  # of each photo in turn
SMALL = 40  # photos of a usual size among them
REMOVALS = 100
TITLE = f"index {SIDE:,}² PNGs, {DECODERS} decoders, {LIMIT >> 30} GB"


@dataclass(frozen=True)
class _Version:
    """A version of cgroups: where it is mounted, and its files."""

    root: Path
    limit: str
    peak: str
    events: str


_VERSIONS = (
    _Version(Path("/sys/fs/cgroup"), "memory.max", "memory.peak", "memory.events"),
    _Version(
        Path("/sys/fs/cgroup/memory"),
        "memory.limit_in_bytes",
        "memory.max_usage_in_bytes",
        "memory.oom_control",
    ),
)


@dataclass(frozen=True)
class Group:
    """A cgroup with a limit."""

    folder: Path
    version: _Version

    @property
    def peak(self) -> int:
        """Most bytes it had at a time, files that the system keeps in memory included."""
        with suppress(OSError, ValueError):
            return int((self.folder / self.version.peak).read_text("ascii"))
        return 0

    @property
    def killed(self) -> int:
        """How many of its processes the system killed for want of memory."""
        lines = (self.folder / self.version.events).read_text("ascii").splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("oom_kill "))

    def within(self, command: list[str]) -> list[str]:
        """The command line that runs a command in it."""
        enter = f'echo $$ > "{self.folder}/cgroup.procs" && exec "$@"'
        return ["/bin/sh", "-c", enter, "sh", *command]


@contextmanager
def cgroup(limit: int) -> Iterator[Group | str]:
    """Make a cgroup that may have `limit` bytes, without swap; or say why there can be none."""
    why = "there are no cgroups here"
    for version in _VERSIONS:
        folder = version.root / f"souvenir-bench-{os.getpid()}"
        if not (version.root / "cgroup.procs").exists():
            continue
        try:
            folder.mkdir()
        except OSError as error:
            why = f"no cgroup can be made ({error.strerror})"
            continue
        try:
            (folder / version.limit).write_text(str(limit), "ascii")
            for swap in ("memory.swap.max", "memory.swappiness"):
                with suppress(OSError):
                    (folder / swap).write_text("0", "ascii")
        except OSError as error:
            why = f"a cgroup here cannot be limited in memory ({error.strerror})"
            folder.rmdir()
            continue
        try:
            yield Group(folder, version)
        finally:
            _remove(folder)
        return
    yield why


def _remove(folder: Path) -> None:
    """Remove a cgroup, once the last of its processes has ended."""
    for _ in range(REMOVALS):
        try:
            folder.rmdir()
        except OSError:
            time.sleep(0.1)
        else:
            return


def measure(plan: Plan) -> list[Row]:
    """Photos that could not be read, processes that were killed, and the most memory of all."""
    count = plan.size(8, quick=4)
    with cgroup(LIMIT) as group:
        if isinstance(group, str):
            return [not_measured(TITLE, group)]
        photos = huge_photos(plan.cache, count)
        library = plan.cache / "library-little-memory"
        shutil.rmtree(library, ignore_errors=True)
        with Library.open(library) as opened:
            opened.change_settings(decode_workers=DECODERS, speed="full")
        command = souvenir("--library", library, "index", photos, "--json")
        done = run(group.within(command), memory=True)
        report = json.loads(done.output)
        lost = len(report["failed"]) + count + SMALL - report["added"]
        return [
            Row(f"{TITLE}: photos lost", lost, "photos", most=0, note=f"of {count + SMALL}"),
            Row("  processes killed", group.killed, "", most=0),
            Row("  memory, all processes", done.peak_bytes / 1e6, "MB", most=LIMIT / 1e6),
            Row("  with files that the system keeps", group.peak / 1e6, "MB"),
            Row("  seconds", done.seconds, "s"),
        ]


def huge_photos(cache: Path, count: int) -> Path:
    """Make a folder with `count` huge photos and small ones among them, once."""
    folder = cache / f"photos-196mp-{count}"
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(SMALL):
        small = folder / f"{number:03}.jpg"
        if not small.exists():
            Image.linear_gradient("L").rotate(number).resize((1600, 1200)).save(small)
    for number in range(count):
        if not (folder / f"{number:03}.png").exists():
            # In a process of its own: the memory that it takes is not ours for the rest of the run.
            run([sys.executable, "-m", "benchmarks.little_memory", str(folder), str(number)])
    return folder


def make(folder: Path, number: int) -> None:
    """Write one huge photo, whose content is its own."""
    mode = MODES[number % len(MODES)]
    grey = Image.linear_gradient("L").rotate(number).resize((SIDE, SIDE))
    image = grey.convert("P") if mode == "P" else Image.merge(mode, [grey] * len(mode))
    partial = folder / f"{number:03}.png.part"
    image.save(partial, "PNG", compress_level=1)
    partial.rename(folder / f"{number:03}.png")


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
