"""Say what takes the space in a bundle, as a table.

python packaging/sizes.py build/bundle/cpu/souvenir
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

# The first that fits; by the beginning of a file's place in the bundle.
PARTS = (
    ("torch", ("_internal/torch/lib/libtorch_cpu", "_internal/torch/lib/libtorch_cuda")),
    ("torch, the rest of its libraries", ("_internal/torch/",)),
    ("CUDA", ("_internal/nvidia/",)),
    ("Qt and PySide6", ("_internal/PySide6/", "_internal/shiboken6/")),
    ("NumPy with OpenBLAS", ("_internal/numpy",)),
    ("HEIC", ("_internal/pillow_heif", "_internal/_pillow_heif")),
    ("Pillow", ("_internal/PIL/", "_internal/pillow.libs/")),
    ("JPEG XL", ("_internal/pillow_jxl",)),
    ("camera RAW", ("_internal/rawpy",)),
    ("the starter model", ("_internal/resources/models/",)),
    ("Souvenir's other resources", ("_internal/resources/",)),
    ("Python and all modules, packed", ("souvenir", "_internal/base_library")),
    ("Python's own libraries", ("_internal/python3", "_internal/libpython")),
)
OTHER = "other libraries and data"


def part_of(place: str) -> str:
    """Which part of the table a file counts to."""
    for name, beginnings in PARTS:
        if place.startswith(beginnings):
            return name
    return OTHER


def sizes_by_part(bundle: Path) -> Counter[str]:
    """Part → bytes; links count nothing."""
    sizes: Counter[str] = Counter()
    for file in bundle.rglob("*"):
        if file.is_file() and not file.is_symlink():
            sizes[part_of(file.relative_to(bundle).as_posix())] += file.stat().st_size
    return sizes


def table(sizes: Counter[str]) -> str:
    """The table, in Markdown, largest first."""
    lines = ["| part | MB |", "|---|---|"]
    lines += [f"| {name} | {size / 1e6:.1f} |" for name, size in sizes.most_common()]
    return "\n".join([*lines, f"| all | {sizes.total() / 1e6:.1f} |"])


if __name__ == "__main__":
    print(table(sizes_by_part(Path(sys.argv[1]))))
