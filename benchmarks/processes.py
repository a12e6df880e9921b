"""Running programs, as a person would, with time and memory taken."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MEMORY_SECONDS = 0.5  # between two looks at how much a program takes


@dataclass(frozen=True)
class Run:
    """What a program did. `peak_bytes`: most memory of it and its children; 0 if not looked at."""

    seconds: float
    output: str
    errors: str
    peak_bytes: int


def souvenir(*arguments: str | Path) -> list[str]:
    """Build the command line of Souvenir in this Python."""
    return [sys.executable, "-m", "app", *map(str, arguments)]


def run(
    command: Sequence[str],
    *,
    env: Mapping[str, str | Path] | None = None,
    cwd: Path | None = None,
    memory: bool = False,
) -> Run:
    """Run a program to its end; raises RuntimeError with what it said when it fails."""
    whole_env = {**os.environ, **{name: str(value) for name, value in (env or {}).items()}}
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        env=whole_env,
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    )
    look = _MemoryLook(process.pid) if memory else None
    output, errors = process.communicate()
    seconds = time.perf_counter() - started
    peak = look.end() if look is not None else 0
    if process.returncode != 0:
        raise RuntimeError(
            f"{' '.join(command)} failed: {errors.strip()[-2000:] or output[-2000:]}"
        )
    return Run(seconds, output, errors, peak)


def memory_of_tree(pid: int) -> int:
    """Bytes of memory of a process and all below it, shared pages counted once (Linux; else 0)."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            # The name in parentheses may hold anything; the parent follows the state after it.
            fields = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(entry.name))
    total = 0
    pending = [pid]
    while pending:
        one = pending.pop()
        pending.extend(parents.get(one, ()))
        total += _proportional_bytes(one)
    return total


def _proportional_bytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    sizes = [int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")]
    return sum(sizes)


class _MemoryLook:
    """Looks at a program's memory now and then, on a thread, and keeps the most."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def end(self) -> int:
        """Stop looking; returns the most bytes seen."""
        self._ended.set()
        self._thread.join()
        return self._peak

    def _look(self) -> None:
        while not self._ended.wait(MEMORY_SECONDS):
            self._peak = max(self._peak, memory_of_tree(self._pid))
