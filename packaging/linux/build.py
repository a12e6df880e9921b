"""Make the .deb and the portable archive of a bundle, the same bytes for the same commit.

    python packaging/linux/build.py BUNDLE --out dist [--compression xz|zstd|none]

Needs dpkg-deb, objdump, tar and xz. PySide6, which draws the icons, is in the bundle's own
environment: run it with that Python, after packaging/bundle.sh.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
RESOURCES = HERE.parents[1] / "resources"
APPLICATION = "io.github.souvenir.Souvenir"
ICON_SIZES = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)
PROGRAM = Path("usr/lib/souvenir")
# What the bundle may leave to the system, and the packages that have it, on Debian 12 and later and
# on Ubuntu 22.04 and later (some are named t64 since 2024).
SYSTEM = {
    "ld-linux-x86-64.so.2": "libc6",
    "ld-linux-aarch64.so.1": "libc6",
    "libc.so.6": "libc6",
    "libdl.so.2": "libc6",
    "libm.so.6": "libc6",
    "libmvec.so.1": "libc6",
    "libpthread.so.0": "libc6",
    "libresolv.so.2": "libc6",
    "librt.so.1": "libc6",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libglib-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libgthread-2.0.so.0": "libglib2.0-0 | libglib2.0-0t64",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb.so.1": "libxcb1",
}
# What Qt loads by name, when it needs it.
LOADED_BY_NAME = ("libEGL.so.1", "libGL.so.1", "libfontconfig.so.1")
GLIBC = re.compile(r"GLIBC_(\d+)\.(\d+)")
CONTROL = """\
Package: souvenir
Version: {version}
Architecture: {architecture}
Maintainer: The authors of Souvenir <souvenir@localhost.localdomain>
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: fonts-dejavu-core | fonts-freefont-ttf, fonts-noto-cjk, xdg-utils
Section: graphics
Priority: optional
Description: Find your photos by what is in them
 You describe a photo the way you remember it, "a dog running through snow",
 and see it. Souvenir works on your own disks, for ten thousand photos or a
 million, and nothing leaves your computer. A model comes with it: it works
 at once and offline.
"""
COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Souvenir

Files: *
Copyright: the authors of Souvenir, and of the packages named in /usr/lib/souvenir/LICENCES.txt
License: GPL-3+
 Souvenir itself is under the MIT licence, below. The packages that come with it are each under
 their own, all of which are in /usr/lib/souvenir/LICENCES.txt; /usr/lib/souvenir/souvenir.cdx.json
 lists them for machines. One of them is under the GNU General Public License; so the program as a
 whole may be passed on under the terms of that licence, version 3 or later, which is in
 /usr/share/common-licenses/GPL-3.

License: Expat
"""


@dataclass(frozen=True)
class Needs:
    """What shared libraries and programs ask for: names of libraries, and the newest glibc."""

    libraries: frozenset[str] = frozenset()
    glibc: tuple[int, int] = (2, 0)


@dataclass
class Release:
    """What is built: `made` is in seconds since 1970, and the time of every file in it."""

    version: str
    made: int
    architecture: str = field(default_factory=lambda: _said("dpkg", "--print-architecture"))

    @property
    def date(self) -> str:
        """The day of it, as 2026-01-31."""
        return datetime.fromtimestamp(self.made, UTC).date().isoformat()


def needs_in(report: str) -> Needs:
    """What `objdump -p` says that files need."""
    libraries = re.findall(r"^\s+NEEDED\s+(\S+)", report, re.MULTILINE)
    versions = [(int(a), int(b)) for a, b in GLIBC.findall(report)]
    return Needs(frozenset(libraries), max(versions, default=(2, 0)))


def programs_in(folder: Path) -> Iterator[Path]:
    """Programs and shared libraries, by their first bytes."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink():
            with file.open("rb") as opened:
                if opened.read(4) == b"\x7fELF":
                    yield file


def dependencies(bundle: Path) -> str:
    """The Debian packages that hold what the bundle leaves to the system, for `Depends`."""
    files = list(programs_in(bundle))
    report = _said("objdump", "-p", *map(str, files))
    needs = needs_in(report)
    inside = {file.name for file in bundle.rglob("*") if ".so" in file.name}
    return depends_on((needs.libraries | set(LOADED_BY_NAME)) - inside, needs.glibc)


def depends_on(libraries: Iterable[str], glibc: tuple[int, int]) -> str:
    """The packages of these libraries; SystemExit names those that no desktop is sure to have."""
    unknown = sorted(set(libraries) - SYSTEM.keys())
    if unknown:
        raise SystemExit(
            f"The bundle lacks {', '.join(unknown)}: have it taken in, or name its package."
        )
    packages = {SYSTEM[library] for library in libraries} - {"libc6"}
    return ", ".join([f"libc6 (>= {glibc[0]}.{glibc[1]})", *sorted(packages)])


def stage(bundle: Path, tree: Path, release: Release) -> None:
    """Lay out what the package puts on a system, below `tree`."""
    shutil.copytree(bundle, tree / PROGRAM, symlinks=True)
    (tree / "usr/bin").mkdir()
    (tree / "usr/bin/souvenir").symlink_to("../lib/souvenir/souvenir")
    share = tree / "usr/share"
    stage_desktop(share, release)
    doc = share / "doc/souvenir"
    doc.mkdir(parents=True)
    mit = (HERE.parents[1] / "LICENSE").read_text("utf-8").splitlines()
    own = "\n".join(f" {line or '.'}" for line in mit)
    (doc / "copyright").write_text(f"{COPYRIGHT}{own}\n", "utf-8")
    day = datetime.fromtimestamp(release.made, UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")
    changes = (
        f"souvenir ({release.version}) unstable; urgency=medium\n\n  * Release.\n\n"
        f" -- The authors of Souvenir <souvenir@localhost.localdomain>  {day}\n"
    )
    _write_packed(doc / "changelog.gz", changes)
    (share / "man/man1").mkdir(parents=True)
    _write_packed(share / "man/man1/souvenir.1.gz", filled(HERE / "souvenir.1", release))


def stage_desktop(share: Path, release: Release) -> None:
    """What a desktop reads: the entry in its menu, the page in its store, the icons."""
    for folder, name, template in (
        ("applications", f"{APPLICATION}.desktop", "souvenir.desktop"),
        ("metainfo", f"{APPLICATION}.metainfo.xml", "souvenir.metainfo.xml"),
    ):
        (share / folder).mkdir(parents=True)
        (share / folder / name).write_text(filled(HERE / template, release), "utf-8")
    icons = share / "icons/hicolor"
    drawing = RESOURCES / "icons" / "souvenir.svg"
    for size in ICON_SIZES:
        place = icons / f"{size}x{size}" / "apps"
        place.mkdir(parents=True)
        draw_icon(drawing, size, place / f"{APPLICATION}.png")
    (icons / "scalable/apps").mkdir(parents=True)
    shutil.copyfile(drawing, icons / "scalable/apps" / f"{APPLICATION}.svg")


def filled(template: Path, release: Release) -> str:
    """A template with version and date."""
    text = template.read_text("utf-8")
    return text.replace("@VERSION@", release.version).replace("@DATE@", release.date)


def draw_icon(drawing: Path, size: int, target: Path) -> None:
    """Write a drawing as a PNG of size × size pixels."""
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QImageReader

    reader = QImageReader(str(drawing))
    reader.setScaledSize(QSize(size, size))
    if not reader.read().save(str(target), "PNG"):  # type: ignore[call-overload]
        raise SystemExit(f"{drawing} could not be drawn: {reader.errorString()}")


def set_times(tree: Path, release: Release) -> None:
    """Give every file the release's time, and modes that do not depend on who builds."""
    for path in [tree, *sorted(tree.rglob("*"))]:
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & 0o100
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (release.made, release.made), follow_symlinks=False)


def size_of(files: Iterable[Path]) -> int:
    """Bytes in files; a link counts nothing."""
    return sum(file.stat().st_size for file in files if file.is_file() and not file.is_symlink())


def write_control(tree: Path, release: Release, depends: str) -> None:
    """Write what dpkg reads, DEBIAN."""
    files = [file for file in sorted(tree.rglob("*")) if file.is_file() and not file.is_symlink()]
    sums = []
    for file in files:
        with file.open("rb") as opened:
            digest = hashlib.file_digest(opened, "md5").hexdigest()
        sums.append(f"{digest}  {file.relative_to(tree).as_posix()}\n")
    folder = tree / "DEBIAN"
    folder.mkdir()
    (folder / "md5sums").write_text("".join(sums), "utf-8")
    (folder / "control").write_text(
        CONTROL.format(
            version=release.version,
            architecture=release.architecture,
            kilobytes=-(-size_of(files) // 1024),
            depends=depends,
        ),
        "utf-8",
    )
    shutil.copyfile(HERE / "postrm", folder / "postrm")
    (folder / "postrm").chmod(0o755)


def build_deb(tree: Path, target: Path, compression: str) -> None:
    """Pack the package."""
    done = ["--root-owner-group", "--threads-max=2", f"-Z{compression}"]
    _said("dpkg-deb", *done, "--build", str(tree), str(target))


def build_archive(tree: Path, target: Path, release: Release, compression: str) -> None:
    """Pack the portable archive: unpacked anywhere, ./souvenir runs."""
    top = tree.parent / target.name.partition(".tar")[0]
    shutil.move(tree / PROGRAM, top)
    shutil.move(tree / "usr/share", top / "share")
    for part in ("doc", "man"):
        shutil.rmtree(top / "share" / part)
    set_times(top, release)
    packer = {"xz": "xz -T2", "zstd": "zstd -T2 -3", "none": "cat"}[compression]
    same = ["--sort=name", f"--mtime=@{release.made}", "--owner=0", "--group=0", "--numeric-owner"]
    _said("tar", *same, "-C", str(top.parent), "-I", packer, "-cf", str(target), top.name)


def _write_packed(path: Path, text: str) -> None:
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _said(*command: str) -> str:
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()  # noqa: S603


def main() -> None:
    """Make both."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--out", type=Path, default=Path("dist"))
    parser.add_argument("--name", default="souvenir", help="souvenir, or souvenir-gpu")
    parser.add_argument("--compression", choices=("xz", "zstd", "none"), default="xz")
    options = parser.parse_args()
    if sys.platform != "linux":
        raise SystemExit("A .deb is made on Linux.")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    made = int(os.environ.get("SOURCE_DATE_EPOCH") or _said("git", "log", "-1", "--format=%ct"))
    release = Release(importlib.metadata.version("souvenir"), made)
    os.environ["SOURCE_DATE_EPOCH"] = str(made)
    options.out.mkdir(parents=True, exist_ok=True)
    depends = dependencies(options.bundle)
    with tempfile.TemporaryDirectory(dir=options.out) as work:
        tree = Path(work) / "tree"
        tree.mkdir()
        stage(options.bundle, tree, release)
        write_control(tree, release, depends)
        set_times(tree, release)
        deb = options.out / f"{options.name}_{release.version}_{release.architecture}.deb"
        build_deb(tree, deb, options.compression)
        machine = os.uname().machine
        ending = {"xz": "tar.xz", "zstd": "tar.zst", "none": "tar"}[options.compression]
        archive = options.out / f"{options.name}-{release.version}-linux-{machine}.{ending}"
        build_archive(tree, archive, release, options.compression)
    for path in (deb, archive):
        print(f"{path}  {path.stat().st_size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
