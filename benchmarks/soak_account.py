"""Where the window's memory is, so that growth can be named: `--account FOLDER` of the soak.

Every minute a line of JSON in `memory.jsonl`; every ten minutes `objects-NN.json`, by a copy of the
process, so that looking neither stops the window nor leaves anything in it. Linux with glibc only.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import re
import signal
import sys
import tracemalloc
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

FRAMES = 3  # of Python, per allocation
TOLD = 300  # kinds and places
OBJECTS_EVERY = 10  # minutes
PATIENCE = 120  # seconds, for the copy
ARENA = 64 * 2**20  # what glibc reserves for an arena, and aligns it by
STACK = 8 * 2**20

_MAPPING = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ (\d+) *(.*)$")
_HEAP = re.compile(
    r'<heap nr="(\d+)">.*?<total type="fast"[^>]*size="(\d+)"/>'
    r'\s*<total type="rest"[^>]*size="(\d+)"/>\s*<system type="current" size="(\d+)"/>',
    re.DOTALL,
)


_MALLINFO = "arena ordblks smblks hblks hblkhd usmblks fsmblks used free top"


class _Mallinfo(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_size_t) for name in _MALLINFO.split())


class Account:
    """Writes into `folder`, which is made."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._lines = folder / "memory.jsonl"
        self._libc = ctypes.CDLL(None)
        tracemalloc.start(FRAMES)

    def add(self, minute: int, objects: dict[str, int]) -> None:
        """Write how it is now; `objects` are counts that only the GUI thread could take."""
        current, _ = tracemalloc.get_traced_memory()
        line = {
            "minute": minute,
            "mappings": resident(Path("/proc/self/smaps").read_text().splitlines()),
            "malloc": self._malloc(),
            "arenas": self._arenas(),
            "python": current,
            "tracing": tracemalloc.get_tracemalloc_memory(),
            "blocks": sys.getallocatedblocks(),
            "objects": objects,
        }
        with self._lines.open("a") as file:
            file.write(json.dumps(line) + "\n")
        if minute % OBJECTS_EVERY == 1:
            self._ask_copy(self._folder / f"objects-{minute:02}.json")

    def _malloc(self) -> dict[str, int]:
        """Bytes of all arenas together: in use, free but kept, and mapped singly."""
        self._libc.mallinfo2.restype = _Mallinfo
        info = self._libc.mallinfo2()
        return {"used": info.used, "free": info.free, "mapped": info.hblkhd, "maps": info.hblks}

    def _arenas(self) -> dict[str, list[int]]:
        """Of each arena: bytes from the system, and of those free."""
        name = os.fsencode(self._folder / "malloc.xml")
        opened, closed, told = self._libc.fopen, self._libc.fclose, self._libc.malloc_info
        opened.restype = ctypes.c_void_p
        closed.argtypes, told.argtypes = [ctypes.c_void_p], [ctypes.c_int, ctypes.c_void_p]
        file = opened(name, b"w")
        told(0, file)
        closed(file)
        text = (self._folder / "malloc.xml").read_text()
        return {
            number: [int(system), int(fast) + int(rest)]
            for number, fast, rest, system in _HEAP.findall(text)
        }

    def _ask_copy(self, into: Path) -> None:
        child = os.fork()
        if child == 0:
            signal.alarm(PATIENCE)
            try:
                self._tell_objects(into)
            finally:
                os._exit(0)
        os.waitpid(child, 0)

    def _tell_objects(self, into: Path) -> None:
        """In the copy, where no other thread runs: it may look at everything, and tidy up."""
        before = sum(resident(Path("/proc/self/smaps").read_text().splitlines()).values())
        self._libc.malloc_trim(0)
        trimmed = sum(resident(Path("/proc/self/smaps").read_text().splitlines()).values())
        kinds = Counter(f"{type(o).__module__}.{type(o).__qualname__}" for o in gc.get_objects())
        snapshot = tracemalloc.take_snapshot()
        told = {
            "resident": before,
            "resident, trimmed": trimmed,
            "kinds": kinds.most_common(TOLD),
            "lines": [
                [str(one.traceback), one.size, one.count]
                for one in snapshot.statistics("lineno")[:TOLD]
            ],
            "ways": [
                [one.traceback.format(), one.size, one.count]
                for one in snapshot.statistics("traceback")[:TOLD]
            ],
        }
        into.write_text(json.dumps(told, indent=0))


def resident(smaps: Iterable[str]) -> dict[str, int]:
    """Bytes resident by kind of mapping, from the lines of `/proc/self/smaps`."""
    found: Counter[str] = Counter()
    kind = ""
    for line in smaps:
        if mapping := _MAPPING.match(line):
            begin, end = int(mapping[1], 16), int(mapping[2], 16)
            kind = _kind(begin, end - begin, mapping[5])
        elif line.startswith("Rss:"):
            found[kind] += int(line.split()[1]) * 1024
    return dict(found.most_common())


def _kind(begin: int, size: int, name: str) -> str:
    if not name:
        if size == STACK:
            return "stacks"
        return "arenas" if begin % ARENA == 0 else "anonymous"
    if name.startswith("["):
        return name
    if ".so" in name:
        return "libraries"
    if name.startswith(("/SYSV", "/dev/shm", "/memfd")):
        return "shared"
    return Path(name.removesuffix(" (deleted)")).name
