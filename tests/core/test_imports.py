"""What importing costs: heavy packages come only when they are needed."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("torch", "open_clip", "timm", "torchvision", "hnswlib", "watchdog", "rawpy", "PySide6")


def loaded_after(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_the_library_and_the_command_line_import_nothing_heavy() -> None:
    assert not loaded_after("import core.library, core.cli.parser") & set(HEAVY)


def test_searching_brings_nothing_along_that_only_indexing_needs() -> None:
    assert not loaded_after("import core.library") & {"asyncio", "pebble"}


def test_the_program_reaches_its_command_line_without_qt() -> None:
    assert "PySide6" not in loaded_after("import app.__main__")
