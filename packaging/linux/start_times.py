"""Say how long the program of a bundle takes to start, and to answer a search.

    python packaging/linux/start_times.py BUNDLE LIBRARY [--words "a flower"] [--runs 5]

BUNDLE is build/bundle/cpu/souvenir, or /usr/lib/souvenir where it is installed; LIBRARY one with
photos, which is best a copy. Cold is a start whose files, those of bundle and library, the system
has to read from the disk again. Needs Xvfb, and Pillow: run it with the Python of the bundle's own
environment. The less else the machine does, the truer it is; the load is printed.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageGrab

SCREEN = "1400x900x24"
LONGEST = 60.0  # seconds
# Colours on screen: none but the root's; a window that is drawn; one that shows photos.
DRAWN, WITH_PHOTOS = 40, 2000


def forget_files(*folders: Path) -> None:
    """Have the system forget what it keeps of files in memory: the next to read them waits."""
    for folder in folders:
        for file in folder.rglob("*"):
            if file.is_file() and not file.is_symlink():
                descriptor = os.open(file, os.O_RDONLY)
                os.fdatasync(descriptor)
                os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
                os.close(descriptor)


def seconds_to_answer(program: Path, library: Path, words: str) -> float:
    """From the start of `souvenir search` to its end."""
    command = [str(program), "--library", str(library), "search", words]
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)  # noqa: S603
    return time.perf_counter() - began


@contextmanager
def screen() -> Iterator[str]:
    """A screen of our own; its name."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    command += ["-noreset"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:  # noqa: S603
        os.close(writing)
        try:
            with os.fdopen(reading) as said:
                yield f":{said.readline().strip()}"
        finally:
            server.terminate()


def colours(display: str) -> int:
    """How many colours are on a screen."""
    picture = ImageGrab.grab(xdisplay=display)
    found = picture.resize((350, 225), Image.Resampling.NEAREST).getcolors(350 * 225)
    return len(found or ())


def seconds_to_draw(program: Path, library: Path, display: str) -> tuple[float, float]:
    """From the start of `souvenir` to its window being drawn, and to photos in it."""
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    environment.pop("WAYLAND_DISPLAY", None)
    command = [str(program), "--library", str(library)]
    began = time.perf_counter()
    drawn = 0.0
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as window:  # noqa: S603
        try:
            while (now := time.perf_counter() - began) < LONGEST:
                seen = colours(display)
                if seen >= DRAWN and not drawn:
                    drawn = now
                if seen >= WITH_PHOTOS:
                    return drawn, now
                time.sleep(0.005)
        finally:
            window.terminate()
    raise SystemExit(f"No photos were seen in {LONGEST:.0f} s: is there one in {library}?")


def row(what: str, times: list[float]) -> str:
    """A row of the table: the middle one, the quickest and the slowest."""
    return f"| {what} | {statistics.median(times):.2f} | {min(times):.2f}–{max(times):.2f} |"


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("bundle", type=Path)
    parser.add_argument("library", type=Path)
    parser.add_argument("--words", default="a flower")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    if sys.platform != "linux":
        raise SystemExit("This measures on Linux only.")
    bundle, library = options.bundle.resolve(), options.library.resolve()
    program, runs = bundle / "souvenir", range(options.runs)
    lines = ["| seconds | median | range |", "|---|---|---|"]
    for cold in (True, False):
        answers, drawn, shown = [], [], []
        with screen() as display:
            for _ in runs:
                if cold:
                    forget_files(bundle, library)
                answers.append(seconds_to_answer(program, library, options.words))
            for _ in runs:
                if cold:
                    forget_files(bundle, library)
                first, photos = seconds_to_draw(program, library, display)
                drawn.append(first)
                shown.append(photos)
        how = "cold" if cold else "warm"
        lines.append(row(f"`souvenir search`, {how}", answers))
        lines.append(row(f"the window is drawn, {how}", drawn))
        lines.append(row(f"photos are in it, {how}", shown))
    print("\n".join(lines))
    print(f"load: {os.getloadavg()[0]:.1f}, processors: {os.cpu_count()}")


if __name__ == "__main__":
    main()
