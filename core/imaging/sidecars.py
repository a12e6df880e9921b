"""Sidecar files: the .xmp beside a photo, in which programs keep what they know of it.

Lightroom names it IMG_1.xmp, darktable and digiKam IMG_1.CR3.xmp.
"""

from __future__ import annotations

import os
from pathlib import Path

from core.imaging.formats import RAW_SUFFIXES

SUFFIXES = (".xmp", ".XMP")


def sidecars(photo: Path) -> list[Path]:
    """The sidecar files that go where this photo goes.

    One that is named by the stem alone belongs to the RAW file where there is one of that stem,
    else to the first of them by name: of a RAW and a JPEG only one takes it along.
    """
    full = _that_are_there(photo, photo.name)
    by_stem = _that_are_there(photo, photo.stem)
    return [*full, *by_stem] if by_stem and _owner(photo) == photo.name else full


def sidecar_target(sidecar: Path, photo: Path, target: Path) -> Path:
    """Where a photo's sidecar file goes when the photo goes to `target`."""
    named_by_stem = sidecar.stem == photo.stem
    return target.with_name((target.stem if named_by_stem else target.name) + sidecar.suffix)


def _that_are_there(photo: Path, name: str) -> list[Path]:
    """Sidecars of this name; where a disk takes both cases for one, it is one."""
    found = [
        photo.with_name(name + s) for s in SUFFIXES if os.path.lexists(photo.parent / f"{name}{s}")
    ]
    if len(found) > 1 and all(path.exists() for path in found) and found[0].samefile(found[1]):
        return found[:1]
    return found


def _owner(photo: Path) -> str:
    """The name of the photo that a sidecar named by the stem belongs to."""
    try:
        with os.scandir(photo.parent) as listing:
            names = [e.name for e in listing if Path(e.name).stem == photo.stem]
    except OSError:
        return photo.name
    owners = [name for name in names if Path(name).suffix not in SUFFIXES]
    return min(owners, key=lambda n: (Path(n).suffix.lower() not in RAW_SUFFIXES, n), default="")
