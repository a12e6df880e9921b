"""`souvenir --selftest`: what core must do, then the window, off screen."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from PIL import Image

from core.cli.selftest import Check, SelftestError, checks_of_core, run_checks
from core.cli.terminal import Terminal, number
from core.version import version

SIZE = 1000, 640
FEWEST_COLOURS = 200  # photos, text and icons; a window that stayed empty has a handful


def selftest(terminal: Terminal, *, verbose: bool = False) -> int:
    """Say what works and what does not, a line each; 0 when all does, else 1."""
    python = ".".join(str(part) for part in sys.version_info[:3])
    terminal.say(f"Souvenir {version()}, Python {python}, {sys.platform}")
    with tempfile.TemporaryDirectory(prefix="souvenir-") as made:
        folder = Path(made).resolve()
        wrong = _core(folder, terminal, verbose=verbose)
        window = Check("window", partial(_window, folder / "library", folder / "window.png"))
        wrong += run_checks([window], terminal, verbose=verbose)
    if wrong:
        terminal.say(f"{number(wrong, 'check')} failed: install Souvenir again.")
        return 1
    terminal.say("Everything works.")
    return 0


def _core(folder: Path, terminal: Terminal, *, verbose: bool) -> int:
    """How many checks of core fail; one where its library cannot even be opened."""
    try:
        with checks_of_core(folder) as checks:
            return run_checks(checks, terminal, verbose=verbose)
    except Exception as error:
        return run_checks([Check("library", partial(_raise, error))], terminal, verbose=verbose)


def _raise(error: Exception) -> str:
    raise error


def _window(library: Path, picture: Path) -> str:
    """Open the window on the library that core has filled, and look at its picture.

    In a process of its own: where Qt does not find what it needs, it ends its process.
    """
    size = "x".join(str(side) for side in SIZE)
    drawing = ["gui", "--screenshot", str(picture), "--size", size, "--theme", "light"]
    done = subprocess.run(  # noqa: S603 - ourselves
        [*_souvenir(), "--library", str(library), *drawing],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it could not be drawn."]
        raise SelftestError(f"exit code {done.returncode}, {said[-1]}")
    with Image.open(picture) as image:
        found = image.convert("RGB").getcolors(image.width * image.height) or []
        if image.size != SIZE or len(found) < FEWEST_COLOURS:
            raise SelftestError(f"it is empty: {len(found)} colours on {image.size} pixels.")
    return f"{size} pixels, {len(found)} colours"


def _souvenir() -> list[str]:
    """The beginning of a command that runs this very Souvenir."""
    bundled = getattr(sys, "frozen", False)
    return [sys.executable] if bundled else [sys.executable, "-P", "-m", "app"]
