"""Say what a bundle is made of: the licences of everything inside, and a bill of materials.

    python packaging/inventory.py CONTENTS.json BUNDLE

CONTENTS.json is what souvenir.spec wrote: where each file of the bundle came from. Run it with the
Python that made the bundle. BUNDLE gets LICENCES.txt and souvenir.cdx.json (CycloneDX 1.6). It
fails where a part has no licence: what is given to people must say under which terms.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
import json
import os
import platform
import re
import subprocess
import sys
import sysconfig
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

LICENCES = Path(__file__).resolve().parent / "licences"
LICENCE_FILE = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
# Texts of wheels that come without theirs, or without those of libraries inside them.
OWN_TEXTS = {
    "pillow-jxl-plugin": ("libjxl.txt",),
    "PySide6_Essentials": ("LGPL-3.0.txt", "GPL-3.0.txt", "ICU.txt"),
    "rawpy": ("JasPer.txt", "libjpeg-turbo.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
}
# Licences in the words of the SPDX list, where a package's metadata say them in other words.
SPDX = {
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "BSD": "BSD-3-Clause",
    "LGPL": "LGPL-3.0-or-later",
    "MIT License": "MIT",
    "PSFL": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
HEAD = """\
Souvenir itself is under the MIT licence. This program consists of it and of the parts below, each
under its own terms. One of them, pillow_jxl_plugin, is under the GNU General Public License,
version 3 or later; so the program as a whole may be passed on under the terms of that licence. The
x265 encoder, which pillow_heif speaks of below, is left out on Linux; elsewhere it is inside, under
the GNU General Public License, version 2 or later.
"""


@dataclass(frozen=True)
class Part:
    """One package inside: `kind` is "pypi", "deb" or "generic"; `texts` are (name, text)."""

    kind: str
    name: str
    version: str
    licence: str
    texts: tuple[tuple[str, str], ...] = field(repr=False)

    @property
    def address(self) -> str:
        """Its package URL (https://github.com/package-url)."""
        name = re.sub(r"[-_.]+", "-", self.name).lower() if self.kind == "pypi" else self.name
        place = {"pypi": "pypi/", "deb": "deb/debian/"}.get(self.kind, "generic/")
        return f"pkg:{place}{name}@{self.version.replace('+', '%2B')}"


def python_part() -> Part:
    """Python itself, with the modules of its library."""
    return Part(
        "generic",
        "python",
        platform.python_version(),
        "PSF-2.0",
        (("LICENSE", _python_licence()),),
    )


def _python_licence() -> str:
    for folder in (sysconfig.get_path("stdlib"), sys.base_prefix, "/usr/share/doc/python3"):
        for name in ("LICENSE.txt", "LICENSE", "copyright"):
            if folder and (Path(folder) / name).is_file():
                return (Path(folder) / name).read_text("utf-8", "replace")
    raise SystemExit("Python's own licence is not on this machine: install Python's documentation.")


def python_packages(sources: Iterable[str]) -> Iterator[Part]:
    """The installed packages that these files belong to."""
    wanted = {os.path.realpath(source) for source in sources}
    for found in sorted(importlib.metadata.distributions(), key=lambda d: d.name.lower()):
        files = {os.path.realpath(str(found.locate_file(file))) for file in found.files or ()}
        if wanted & files:
            yield Part("pypi", found.name, found.version, licence_of(found), texts_of(found))


def licence_of(found: importlib.metadata.Distribution) -> str:
    """A package's licence, as it says itself; raises SystemExit where it does not."""
    said = found.metadata
    if "License-Expression" in said:
        return str(said["License-Expression"])
    short = str(said["License"]).strip() if "License" in said else ""
    if short and "\n" not in short and len(short) < 80:
        return SPDX.get(short, short)
    for line in said.get_all("Classifier") or ():
        if line.startswith("License ::"):
            name = str(line).rpartition("::")[2].strip()
            return SPDX.get(name, name)
    texts = " ".join(text for _, text in texts_of(found))
    if "Apache License" in texts:
        return "Apache-2.0"
    raise SystemExit(f"{found.name} does not say under which licence it is: find out, then say so.")


def texts_of(found: importlib.metadata.Distribution) -> tuple[tuple[str, str], ...]:
    """A package's licence texts; raises SystemExit where there are none."""
    texts = {}
    for file in found.files or ():
        inside = file.parts[1:] if file.parts[0].endswith(".dist-info") else ()
        named = inside and (inside[0] == "licenses" or LICENCE_FILE.search(file.name))
        if named and file.suffix not in {".py", ".pyc"}:
            path = Path(str(found.locate_file(file)))
            texts["/".join(inside)] = path.read_text("utf-8", "replace")
    for name in OWN_TEXTS.get(found.name, ()):
        texts.setdefault(name, (LICENCES / name).read_text("utf-8"))
    if not texts:
        raise SystemExit(f"{found.name} brings no licence text: put it into packaging/licences.")
    return tuple(sorted(texts.items()))


def system_packages(sources: Iterable[str]) -> Iterator[Part]:
    """The Debian packages that these libraries of the system belong to."""
    packages: set[str] = set()
    for source in sorted(set(sources)):
        owner = _owner(source)
        if owner is None:
            raise SystemExit(f"{source} belongs to no package: its licence cannot be told.")
        packages.add(owner)
    for name in sorted(packages):
        version = _said("dpkg-query", "-W", "-f", "${Version}", name)
        folder = Path("/usr/share/doc") / name.partition(":")[0]
        text = (folder / "copyright").read_text("utf-8", "replace")
        yield Part(
            "deb", name.partition(":")[0], version, debian_licence(text), (("copyright", text),)
        )


def _owner(library: str) -> str | None:
    for path in dict.fromkeys((library, os.path.realpath(library), library.removeprefix("/usr"))):
        done = subprocess.run(  # noqa: S603
            ["dpkg", "-S", path],  # noqa: S607
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode == 0:
            return done.stdout.partition(": ")[0].partition(",")[0]
    return None


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603


def debian_licence(copyright_file: str) -> str:
    """The licences that a copyright file names, in its own words."""
    names = re.findall(r"^License: *(\S.*)$", copyright_file, re.MULTILINE)
    return ", ".join(dict.fromkeys(name.strip() for name in names)) or "see its copyright file"


def parts_of(contents: Iterable[tuple[str, str]]) -> list[Part]:
    """Every package that gave a file to the bundle; `contents`: (place, source) of each file."""
    sources = {source for _, source in contents if source and Path(source).is_absolute()}
    prefix, base = os.path.realpath(sys.prefix), os.path.realpath(sys.base_prefix)
    packages = [python_part(), *python_packages([*sources, *_bootloader()])]
    of_system = [
        source
        for source in sources
        if Path(source).is_file()
        and not os.path.realpath(source).startswith((prefix, base))
        and sys.platform == "linux"
        and source.startswith(("/lib", "/usr/lib"))
    ]
    return packages + (list(system_packages(of_system)) if of_system else [])


def is_inside(place: str, bundle: Path) -> bool:
    """Whether a library is in the bundle still; modules, packed into the program, always are."""
    return ".so" not in place or (bundle / "_internal" / place).exists()


def _bootloader() -> list[str]:
    """A file of PyInstaller's, whose bootloader starts the program."""
    files = importlib.metadata.files("pyinstaller") or []
    return [str(file.locate()) for file in files if "bootloader" in str(file)][:1]


def licences_text(parts: Iterable[Part]) -> str:
    """Everything in one text: a list, then each part's own texts."""
    parts = list(parts)
    lines = [HEAD]
    lines += [f"{part.name} {part.version}: {part.licence}" for part in parts]
    for part in parts:
        for name, text in part.texts:
            title = f"{part.name} {part.version}, {name}"
            lines += ["", "=" * len(title), title, "=" * len(title), "", text.rstrip()]
    return "\n".join(lines) + "\n"


def bill_of_materials(parts: Iterable[Part], version: str, made: int) -> dict[str, Any]:
    """A CycloneDX 1.6 document; `made`: seconds since 1970. The same parts give the same one."""
    components = [
        {
            "type": "library",
            "bom-ref": part.address,
            "name": part.name,
            "version": part.version,
            "purl": part.address,
            "licenses": [_licence(part.licence)],
        }
        for part in parts
        if part.name != "souvenir"
    ]
    digest = hashlib.sha256(json.dumps([components, version, made]).encode()).hexdigest()
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.UUID(digest[:32], version=5)}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(made, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application",
                "bom-ref": f"pkg:generic/souvenir@{version}",
                "name": "souvenir",
                "version": version,
                "licenses": [
                    {"license": {"id": "MIT", "acknowledgement": "declared"}},
                    {"license": {"id": "GPL-3.0-or-later", "acknowledgement": "concluded"}},
                ],
            },
        },
        "components": components,
        "dependencies": [
            {
                "ref": f"pkg:generic/souvenir@{version}",
                "dependsOn": sorted(part["bom-ref"] for part in components),
            }
        ],
    }


def _licence(licence: str) -> dict[str, Any]:
    if re.fullmatch(r"[A-Za-z0-9.+-]+( (AND|OR|WITH) [A-Za-z0-9.+-]+)+", licence):
        return {"expression": licence}
    if licence in {"MIT", "Apache-2.0", "BSD-3-Clause", "BSD-2-Clause", "PSF-2.0", "MIT-CMU"}:
        return {"license": {"id": licence}}
    return {"license": {"name": licence}}


def main() -> None:
    """Write both files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("contents", type=Path)
    parser.add_argument("bundle", type=Path)
    options = parser.parse_args()
    made_of = json.loads(options.contents.read_text("utf-8"))
    contents = [(place, source) for place, source in made_of if is_inside(place, options.bundle)]
    parts = parts_of(contents)
    made = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    version = importlib.metadata.version("souvenir")
    (options.bundle / "LICENCES.txt").write_text(licences_text(parts), "utf-8")
    document = json.dumps(bill_of_materials(parts, version, made), indent=2)
    (options.bundle / "souvenir.cdx.json").write_text(f"{document}\n", "utf-8")
    print(f"{len(parts)} packages inside, every one with its licence")


if __name__ == "__main__":
    main()
