"""Directories within directories, deeper than programs that call themselves for each can go."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def deep_tree(root: Path, levels: int, name: str = "d") -> Iterator[Path]:
    """Make `levels` directories in `root`, each in the one before; the last one is handed over.

    They go at the end: what removes folders after tests cannot reach so deep.
    """
    if sys.platform == "win32":
        pytest.skip("paths of Windows are too short")
    here = os.open(root, os.O_RDONLY)
    for _ in range(levels):
        os.mkdir(name, dir_fd=here)
        below = os.open(name, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    try:
        yield Path(root, *[name] * levels)
    finally:
        subprocess.run(["rm", "-rf", *root.iterdir()], check=True)
