"""A disk of its own that really fills up, where the system lets one be made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest


@contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    """An empty disk of 20 MB at `place`; the test is skipped where none can be made."""
    place.mkdir()
    mount = shutil.which("mount")
    if sys.platform != "linux" or mount is None or os.geteuid() != 0:
        pytest.skip("only root can make a small disk, and only on Linux")
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=20m", "tmpfs", place], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("this system does not let a small disk be made")
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


def fill_up(filler: Path) -> None:
    """Let this file take all the room that its disk has left."""
    with filler.open("ab", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 4096)
