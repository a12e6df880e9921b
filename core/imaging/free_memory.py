"""How much memory processes of ours can have: what the system has, within the limits of cgroups.

A container, a service or a scope of systemd is a cgroup (Linux). What it may have is less than the
computer has, and a process that takes more is killed. Both versions of cgroups are read.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_UNLIMITED = 1 << 60  # version 1 says "no limit" by a number of this size


@dataclass(frozen=True)
class Memory:
    """Bytes of memory: `free` can be taken now, `most` is all that there can ever be."""

    free: int
    most: int


@dataclass(frozen=True)
class _Names:
    """The files of a cgroup: its limits, what it uses, and what of that the system can take back.

    Limits that are not set are not there or say "max".
    """

    limits: tuple[str, ...]
    used: str
    cache: tuple[str, ...]


_VERSION_1 = _Names(
    ("memory.limit_in_bytes",),
    "memory.usage_in_bytes",
    ("total_inactive_file", "total_active_file"),
)
_VERSION_2 = _Names(
    ("memory.max", "memory.high"),
    "memory.current",
    ("inactive_file", "active_file", "slab_reclaimable"),
)


def memory_now(process: Path = Path("/proc/self")) -> Memory:
    """What there is at this moment. `process` is the folder in which Linux describes this one."""
    import psutil

    system = psutil.virtual_memory()
    memory = Memory(system.available, system.total)
    if sys.platform == "linux":
        for group in _groups(process):
            memory = Memory(min(memory.free, group.free), min(memory.most, group.most))
    return memory


def _groups(process: Path) -> Iterator[Memory]:
    """What each cgroup that this process is in still allows, its parents included."""
    for line in _text(process / "cgroup").splitlines():
        _, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if not controllers:
            yield from _line_of(process, "cgroup2", path, _VERSION_2)
        elif "memory" in controllers.split(","):
            yield from _line_of(process, "cgroup", path, _VERSION_1)


def _line_of(process: Path, kind: str, path: str, names: _Names) -> Iterator[Memory]:
    """A cgroup and its parents, where they have limits.

    In a container its own cgroup may be called by a name that only the outside knows: there the
    folder of all cgroups is the container's.
    """
    for mounted in _mounted(process, kind):
        inside = Path(path.lstrip("/"))
        for part in (inside, *inside.parents):
            memory = _allowed(mounted / part, names)
            if memory is not None:
                yield memory


def _mounted(process: Path, kind: str) -> Iterator[Path]:
    """Where cgroups of this kind can be seen: those of version 1 that count memory."""
    for line in _text(process / "mounts").splitlines():
        fields = line.split()
        if len(fields) < 4 or fields[2] != kind:
            continue
        if kind == "cgroup2" or "memory" in fields[3].split(","):
            yield Path(fields[1])


def _allowed(group: Path, names: _Names) -> Memory | None:
    """What a cgroup allows; None where it has no limit."""
    limits = [limit for name in names.limits if (limit := _number(_text(group / name))) is not None]
    limit = min(limits, default=_UNLIMITED)
    if limit >= _UNLIMITED:
        return None
    used = _number(_text(group / names.used)) or 0
    cache = 0
    for line in _text(group / "memory.stat").splitlines():
        name, _, value = line.partition(" ")
        if name in names.cache:
            cache += _number(value) or 0
    return Memory(max(0, limit - max(0, used - cache)), limit)


def _text(file: Path) -> str:
    try:
        return file.read_text("ascii", errors="replace")
    except OSError:
        return ""


def _number(text: str) -> int | None:
    return int(text) if text.strip().isdigit() else None
