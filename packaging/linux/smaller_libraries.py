"""Replace two libraries of a bundle by smaller ones: 45 MB that nothing in it uses.

    python packaging/linux/smaller_libraries.py BUNDLE

ICU's data: Qt has ICU compare texts and convert the system's character set, so that stays; words
for languages, units, currencies and time zones, line breaking and transliteration go. x265: libheif
needs its library, but asks it only to write HEIC, which Souvenir never does; one that refuses takes
its place. Needs a C compiler and nm.
"""

from __future__ import annotations

import re
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

# A common data file of ICU (udata.h): a header, a table of names and places, then the items.
_HEADER = struct.Struct("<HBB")
_COMMON = b"CmnD"
_PLACE = struct.Struct("<II")
_ALIGNED = 16
# Items by their names after "icudt73l/": how to compare, character sets, what concerns no place.
_ASKED_FOR = re.compile(r"coll/.*|[^/]+\.(cnv|icu|nrm)|(?![a-z]{2,3}(_|\.res))[^/]+\.res")
_UNASKED_FOR = re.compile(r"unames\.icu|uemoji\.icu")  # names of characters; which are emoji


class LayoutError(ValueError):
    """A library is not laid out as ICU has it so far."""


def items_of(data: bytes) -> dict[str, bytes]:
    """Name → contents of everything in a common data file; raises LayoutError."""
    if len(data) < 24 or data[12:16] != _COMMON:
        raise LayoutError("this is no common data file of ICU")
    table = _HEADER.unpack_from(data)[0]
    (count,) = struct.unpack_from("<I", data, table)
    places = [_PLACE.unpack_from(data, table + 4 + 8 * number) for number in range(count)]
    ends = [start for _, start in places[1:]] + [len(data) - table]
    items = {}
    for (name, start), end in zip(places, ends, strict=True):
        if not name < start <= end:
            raise LayoutError("the items of ICU's data are in no order")
        stop = data.index(b"\0", table + name)
        items[data[table + name : stop].decode("ascii")] = data[table + start : table + end]
    return items


def packed(header: bytes, items: Mapping[str, bytes]) -> bytes:
    """A common data file of these items, in the order of their names, as ICU searches them."""
    names = sorted(items)
    at = 4 + _PLACE.size * len(names)
    texts = b"".join(name.encode("ascii") + b"\0" for name in names)
    starts = [
        at + sum(len(before) + 1 for before in names[:number]) for number in range(len(names))
    ]
    body, places = bytearray(), b""
    first = -(-(at + len(texts) + len(header)) // _ALIGNED) * _ALIGNED - len(header)
    for name, start in zip(names, starts, strict=True):
        body += bytes(-len(body) % _ALIGNED)
        places += _PLACE.pack(start, first + len(body))
        body += items[name]
    head = struct.pack("<I", len(names)) + places + texts
    return header + head.ljust(first, b"\0") + bytes(body)


def is_asked_for(name: str) -> bool:
    """Whether Qt can come to need an item of ICU's data ("icudt73l/coll/sv.res")."""
    item = name.partition("/")[2]
    return bool(_ASKED_FOR.fullmatch(item)) and not _UNASKED_FOR.fullmatch(item)


def without_the_rest(data: bytes) -> bytes:
    """A common data file with only what Qt asks for."""
    items = {name: item for name, item in items_of(data).items() if is_asked_for(name)}
    return packed(data[: _HEADER.unpack_from(data)[0]], items)


def shrink_icu_data(library: Path) -> None:
    """Link ICU's data anew; they are one symbol in a library of its own."""
    (name, address, size) = next(
        (words[3], int(words[0], 16), int(words[1], 16))
        for words in symbols(library, "--defined-only", "--print-size")
        if words[-1].endswith("_dat")
    )
    raw = library.read_bytes()
    data = raw[address : address + size]  # such a library lies in memory as it does in the file
    with tempfile.TemporaryDirectory() as work:
        (Path(work) / "data").write_bytes(without_the_rest(data))
        source = (
            f".section .rodata\n.global {name}\n.type {name}, @object\n.balign {_ALIGNED}\n"
            f'{name}:\n.incbin "data"\n.size {name}, . - {name}\n'
            '.section .note.GNU-stack,"",@progbits\n'
        )
        link(source, "assembler", library, Path(work))


def replace_x265(library: Path, needing: Path) -> None:
    """Link a library that has what `needing` wants of x265, and opens no encoder."""
    wanted = {words[-1] for words in symbols(needing, "--undefined-only")}
    functions = sorted(name for name in wanted if name.startswith("x265_"))
    source = "".join(f"void *{name}(void) {{ return 0; }}\n" for name in functions)
    with tempfile.TemporaryDirectory() as work:
        link(source, "c", library, Path(work))


def symbols(library: Path, *options: str) -> Iterator[list[str]]:
    """What nm says of a library's dynamic symbols, in words."""
    command = ["nm", "--dynamic", "--no-sort", *options, str(library)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    yield from (line.split() for line in done.stdout.splitlines())


def link(source: str, language: str, target: Path, work: Path) -> None:
    """Make `target` anew from a source, under the name that it is known by."""
    command = ["cc", "-shared", "-fPIC", "-Os", "-s", "-nostdlib", "-fno-ident"]
    command += ["-Wl,--build-id=none", f"-Wl,-soname,{target.name}", "-x", language, "-"]
    made = work / "library"
    subprocess.run([*command, "-o", str(made)], input=source, text=True, cwd=work, check=True)  # noqa: S603
    target.write_bytes(made.read_bytes())


def main() -> None:
    """Replace them, and say by how much they are smaller."""
    inside = Path(sys.argv[1]) / "_internal"
    (icu,) = inside.glob("PySide6/Qt/lib/libicudata.so.*")
    (x265,) = inside.glob("pillow_heif.libs/libx265-*.so.*")
    (heif,) = inside.glob("pillow_heif.libs/libheif-*.so.*")
    before = {file: file.stat().st_size for file in (icu, x265)}
    shrink_icu_data(icu)
    replace_x265(x265, heif)
    for file, size in before.items():
        print(f"{file.name}: {size / 1e6:.1f} → {file.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
