"""Reading photos with exiftool, which others trust: what it finds is what other programs find."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

needs_exiftool = pytest.mark.skipif(
    shutil.which("exiftool") is None,
    reason="exiftool is not installed: apt-get install libimage-exiftool-perl",
)

# What is of the file itself, and not of the photo in it.
_OF_THE_FILE = ("System:", "SourceFile", "ExifTool:")


def tags_in(*files: Path) -> list[dict[str, Any]]:
    """Everything exiftool finds in each of these files, by group and name ("XMP-dc:Subject")."""
    done = subprocess.run(
        ["exiftool", "-json", "-G1", "-struct", "-a", "--", *map(str, files)],
        capture_output=True,
        check=False,
    )
    return [
        {name: value for name, value in found.items() if not name.startswith(_OF_THE_FILE)}
        for found in json.loads(done.stdout)
    ]


def write_tags(file: Path, *changes: str) -> None:
    """Have exiftool write these ("-EXIF:XPTitle=A lake") into a file."""
    command = ["exiftool", "-charset", "utf8", "-overwrite_original", *changes, "--", str(file)]
    subprocess.run(command, capture_output=True, check=True)


def words_in(file: Path, name: str) -> list[str]:
    """The words of one list, such as "XMP-dc:Subject"; one alone is a list too."""
    value = tags_in(file)[0].get(name, [])
    return [str(word) for word in value] if isinstance(value, list) else [str(value)]
