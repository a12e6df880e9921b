"""Say which system packages Qt lacks here, and how to get them (Debian, Ubuntu and their kin).

PySide6 brings Qt along, but not the libraries that Qt expects from the system. The dynamic linker
knows which of them are missing, this script knows their packages. Exit status 1 when one is.

    python packaging/qt_system_packages.py              for a window on this screen
    python packaging/qt_system_packages.py --headless   for the tests: no screen
    … --names                                           only the names of the packages
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts")


def missing_libraries(linker_report: str) -> list[str]:
    """Return the libraries that `ldd` could not find, in its order."""
    return [line.split()[0] for line in linker_report.splitlines() if line.endswith("not found")]


def packages_for(libraries: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the packages that hold `libraries`, and the libraries whose package is unknown."""
    libraries = set(libraries)
    return (
        sorted({PACKAGES[name] for name in libraries & PACKAGES.keys()}),
        sorted(libraries - PACKAGES.keys()),
    )


def platform_plugin(environment: Mapping[str, str]) -> str | None:
    """Return the part of Qt that draws on this screen; None where there is none."""
    if environment.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal")):
        return "libqoffscreen.so"
    if environment.get("WAYLAND_DISPLAY"):
        return "libqwayland.so"
    if environment.get("DISPLAY"):
        return "libqxcb.so"
    return None


def _ask_linker(files: Iterable[Path]) -> list[str]:
    reports = (
        subprocess.run(["ldd", str(file)], capture_output=True, text=True, check=False)  # noqa: S603, S607 — our own files; ldd is where the system has it
        for file in files
    )
    return [name for report in reports for name in missing_libraries(report.stdout)]


def _has_fonts() -> bool:
    suffixes = {".ttf", ".otf", ".ttc"}
    return any(
        file.suffix in suffixes for folder in FONT_FOLDERS for file in Path(folder).rglob("*")
    )


def main() -> int:
    """Report what is missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--headless", action="store_true", help="leave out what a screen needs")
    parser.add_argument("--names", action="store_true", help="print package names only, exit 0")
    options = parser.parse_args()
    spec = importlib.util.find_spec("PySide6")
    if sys.platform != "linux" or spec is None or spec.origin is None or not shutil.which("ldd"):
        return 0
    qt = Path(spec.origin).parent / "Qt"
    plugin = "libqoffscreen.so" if options.headless else platform_plugin(os.environ)
    if plugin is None:
        return 0
    packages, unknown = packages_for(
        _ask_linker([qt / "lib" / "libQt6Widgets.so.6", qt / "plugins" / "platforms" / plugin])
    )
    if not _has_fonts():
        packages.append("fonts-dejavu-core")
    if options.names:
        print("\n".join(packages))
        return 0
    if packages and shutil.which("apt-get"):
        print(
            "The window needs system packages that are not here; get them with:"
            f" sudo apt-get install {' '.join(packages)}",
            file=sys.stderr,
        )
    elif packages or unknown:
        print(
            "The window needs libraries that are not here; install what holds"
            f" {', '.join([*packages, *unknown])} with your system's package manager.",
            file=sys.stderr,
        )
    if unknown and shutil.which("apt-get"):
        print(f"Qt also lacks {', '.join(unknown)}.", file=sys.stderr)
    return 1 if packages or unknown else 0


if __name__ == "__main__":
    sys.exit(main())
