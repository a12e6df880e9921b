"""What goes into the installer, what it needs of a system, and what is said of its parts."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


def load(place: str) -> ModuleType:
    """A module of packaging, which is no package."""
    path = ROOT / "packaging" / place
    name = f"packaging_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


contents = load("bundle/contents.py")
inventory = load("inventory.py")
build = load("linux/build.py")
prune = load("linux/prune.py")
sizes = load("sizes.py")
smaller = load("linux/smaller_libraries.py")
start_times = load("linux/start_times.py")


def test_what_only_trains_or_tests_stays_out() -> None:
    for module in ("torch.distributed.checkpoint.api", "timm.optim", "tkinter", "pytest"):
        assert not contents.is_used(module)
    for module in ("torch.nn", "timm.models.mobilenetv3", "torch.testing._internal.common_dtype"):
        assert contents.is_used(module)
    assert contents.is_used("timm.optimal")  # only whole names count


def test_modules_found_by_name_are_taken_in_and_left_out() -> None:
    def modules(package: str) -> Iterator[str]:
        yield from (package, f"{package}.distributed.checkpoint", f"{package}.nn")

    assert "torch.nn" in contents.hidden_modules(modules)
    assert "torch.distributed.checkpoint" not in contents.hidden_modules(modules)
    excluded = contents.excluded_modules(modules)
    assert "torch.distributed.checkpoint" in excluded
    assert "torch.testing._internal" not in excluded  # a part of it is needed


def test_migrations_are_taken_in() -> None:
    assert "core.catalog.migrations.0001_first" in set(contents.modules_of("core"))


@pytest.mark.parametrize(
    ("place", "needed"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", False),
        ("PySide6/Qt/translations/qtbase_zh_CN.qm", True),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("torchvision/_C.so", False),
        ("torch/lib/libtorch_cpu.so", True),
        ("libX11.so.6", False),
        ("libxcb-cursor.so.0", True),
        ("souvenir-0.1.0.dist-info/METADATA", True),
        ("souvenir-0.1.0.dist-info/direct_url.json", False),  # names the folder it was built in
    ],
)
def test_only_files_that_something_opens_go_in(place: str, needed: bool) -> None:
    assert contents.is_needed(place) is needed


def test_links_to_what_is_left_out_are_left_out() -> None:
    kept = ("a/libx.so.1", "/x", "BINARY")
    link = ("libx.so.1", "a/libx.so.1", "SYMLINK")
    loose = ("liby.so.1", "b/liby.so.1", "SYMLINK")
    assert contents.without_loose_links([kept, link, loose]) == [kept, link]


REPORT = """
file:     format elf64-x86-64
Dynamic Section:
  NEEDED               libX11.so.6
  NEEDED               libc.so.6
Version References:
  required from libc.so.6:
    0x0d696914 0x00 05 GLIBC_2.14
    0x069691b4 0x00 03 GLIBC_2.34
    0x09691974 0x00 02 GLIBC_2.3.4
"""


def test_what_a_program_needs_becomes_packages() -> None:
    needs = build.needs_in(REPORT)
    assert (needs.libraries, needs.glibc) == ({"libX11.so.6", "libc.so.6"}, (2, 34))
    assert build.depends_on(needs.libraries, needs.glibc) == "libc6 (>= 2.34), libx11-6"
    with pytest.raises(SystemExit, match=r"libstrange\.so\.7"):
        build.depends_on({"libstrange.so.7"}, (2, 34))


def test_libraries_that_nothing_needs_any_more_go() -> None:
    reports = {
        "Qt.so": "  NEEDED  libused.so.1\n",
        "libused.so.1": "  NEEDED  libbelow.so.2\n",
        "libbelow.so.2": "",
        "libring_a.so.1": "  NEEDED  libring_b.so.1\n",
        "libring_b.so.1": "  NEEDED  libring_a.so.1\n",
    }
    gone = prune.unneeded(prune.needed_by(reports), reports.keys() - {"Qt.so"})
    assert gone == {"libring_a.so.1", "libring_b.so.1"}


HEADER = b"\x20\0\xda\x27" + bytes(8) + b"CmnD" + bytes(16)  # 32 bytes, as their number says
ITEMS = {
    "icudt73l/coll/sv.res": b"how Swedes sort",
    "icudt73l/curr/sv.res": b"kronor",
    "icudt73l/ibm-943.cnv": b"a character set",
    "icudt73l/root.res": b"for every place",
    "icudt73l/sv_FI.res": b"for Swedes in Finland",
    "icudt73l/unames.icu": b"LATIN SMALL LETTER A",
}


def test_of_the_data_of_icu_what_compares_and_converts_stays() -> None:
    whole = smaller.packed(HEADER, ITEMS)
    found = smaller.items_of(smaller.without_the_rest(whole))
    kept = {name: item.rstrip(b"\0") for name, item in found.items()}
    assert kept == {
        name: ITEMS[name]
        for name in ("icudt73l/coll/sv.res", "icudt73l/ibm-943.cnv", "icudt73l/root.res")
    }
    for name, item in smaller.items_of(whole).items():
        assert whole.index(item) % 16 == 0, name


@pytest.mark.parametrize("data", [b"", bytes(200), HEADER + b"\2\0\0\0" + bytes(20)])
def test_data_of_icu_that_are_laid_out_otherwise_are_left_alone(data: bytes) -> None:
    with pytest.raises(smaller.LayoutError):
        smaller.items_of(data)


def test_times_are_told_by_the_middle_one_and_how_far_they_are_apart() -> None:
    told = start_times.row("`souvenir search`, cold", [1.5, 9.0, 1.4])
    assert told == "| `souvenir search`, cold | 1.50 | 1.40–9.00 |"


def test_every_file_of_the_release_has_its_time_and_plain_modes(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir(mode=0o700)
    program = tmp_path / "bin" / "souvenir"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o711)
    (tmp_path / "text").write_text("x")
    (tmp_path / "text").chmod(0o600)
    build.set_times(tmp_path, build.Release("1.0", 1_700_000_000, "amd64"))
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")}
    assert modes == {"bin": 0o755, "souvenir": 0o755, "text": 0o644}
    assert {path.stat().st_mtime for path in tmp_path.rglob("*")} == {1_700_000_000.0}


def test_the_desktop_files_have_version_and_date() -> None:
    release = build.Release("1.2.3", 1_700_000_000, "amd64")
    text = build.filled(ROOT / "packaging" / "linux" / "souvenir.metainfo.xml", release)
    assert '<release version="1.2.3" date="2023-11-14"/>' in text
    assert "@" not in text


def part(name: str, licence: str = "MIT", kind: str = "pypi") -> Any:
    return inventory.Part(kind, name, "1.0+cpu", licence, (("LICENSE", f"Terms of {name}"),))


def test_the_bill_of_materials_is_the_same_for_the_same_parts() -> None:
    parts = [part("Foo_Bar"), part("libssl3", "OpenSSL, and others", "deb")]
    made = inventory.bill_of_materials(parts, "0.1.0", 1_700_000_000)
    assert made == inventory.bill_of_materials(parts, "0.1.0", 1_700_000_000)
    assert made != inventory.bill_of_materials(parts[:1], "0.1.0", 1_700_000_000)
    assert [component["purl"] for component in made["components"]] == [
        "pkg:pypi/foo-bar@1.0%2Bcpu",
        "pkg:deb/debian/libssl3@1.0%2Bcpu",
    ]
    assert made["metadata"]["timestamp"] == "2023-11-14T22:13:20Z"
    json.dumps(made)


def test_licences_are_listed_and_their_texts_follow() -> None:
    text = inventory.licences_text([part("foo"), part("bar", "GPL-3.0-or-later")])
    assert "foo 1.0+cpu: MIT\nbar 1.0+cpu: GPL-3.0-or-later\n" in text
    assert text.index("Terms of foo") < text.index("Terms of bar")


def test_installed_packages_say_their_licence() -> None:
    import pillow_heif

    assert pillow_heif.__file__ is not None
    (found,) = inventory.python_packages([pillow_heif.__file__])
    assert (found.name, found.kind) == ("pillow_heif", "pypi")
    assert "BSD" in found.licence
    assert any("libheif" in text for _, text in found.texts)


def test_sizes_add_up(tmp_path: Path) -> None:
    (tmp_path / "_internal" / "PySide6").mkdir(parents=True)
    (tmp_path / "souvenir").write_bytes(bytes(1000))
    (tmp_path / "_internal" / "PySide6" / "Qt.so").write_bytes(bytes(5000))
    (tmp_path / "_internal" / "Qt.so").symlink_to("PySide6/Qt.so")
    counted = sizes.sizes_by_part(tmp_path)
    assert counted == Counter({"Qt and PySide6": 5000, "Python and all modules, packed": 1000})
