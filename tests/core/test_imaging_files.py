"""Which files are taken for photos; and every shared file, the broken ones too, read in a pool."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image

from core.errors import PhotoError
from core.imaging.model_input import ModelInput
from core.imaging.pool import DecodePool
from core.imaging.reading import looks_like_photo, why_not_a_photo
from tests.helpers.patience import PATIENCE


@pytest.mark.parametrize(
    "name", ["IMG_1.JPG", "a.heic", "b.DNG", "c.jxl", "d.webp", "e.CR3", "f.jpeg", "g.tiff"]
)
def test_photos_by_suffix_need_not_even_exist(name: str) -> None:
    assert looks_like_photo(Path(name))


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("drawing.svg", "This is a drawing, not a photo."),
        ("clip.MP4", "This is a video, not a photo."),
        ("notes.txt", "This is a text file, not a photo."),
        ("IMG_1.xmp", "This file describes a photo, it is not one."),
        ("Thumbs.db", "This is a program's own file, not a photo."),
        ("._IMG_1.JPG", "This is a macOS resource file, not a photo."),
    ],
)
def test_other_files_by_suffix(name: str, reason: str) -> None:
    assert why_not_a_photo(Path(name)) == reason


def test_an_unknown_suffix_is_decided_by_the_first_bytes(tmp_path: Path) -> None:
    for suffix in ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP", "AVIF", "JPEG2000", "PPM"):
        path = tmp_path / f"photo-{suffix}.unknown"
        Image.new("RGB", (9, 9)).save(path, suffix)
        assert why_not_a_photo(path) is None, suffix

    (tmp_path / "README").write_text("Grüße aus dem Urlaub", encoding="utf-8")
    (tmp_path / "data.unknown").write_bytes(bytes(range(256)))
    (tmp_path / "empty").touch()

    assert why_not_a_photo(tmp_path / "README") == "This is a text file, not a photo."
    assert why_not_a_photo(tmp_path / "data.unknown") is not None
    assert why_not_a_photo(tmp_path / "empty") == "The file is empty."
    assert why_not_a_photo(tmp_path / "gone") is None  # reading it tells why it cannot be read


def read_all(
    pool: DecodePool, paths: list[Path], thumbnails: Path | None
) -> dict[Path, str | None]:
    """The reason, or None, for each file."""
    answers = {path: pool.read(path, ModelInput(64), thumbnails) for path in paths}
    reasons: dict[Path, str | None] = {}
    for path, answer in answers.items():
        try:
            answer.result(PATIENCE)
            reasons[path] = None
        except PhotoError as error:
            reasons[path] = str(error)
    return reasons


def test_every_file_is_read_or_has_a_reason(shared: Path, tmp_path: Path) -> None:
    photos = shared / "photos"
    broken = sorted((photos / "broken").iterdir())
    sound = [
        path
        for path in sorted(photos.rglob("*"))
        if path.is_file() and path.parent.name != "broken" and looks_like_photo(path)
    ]
    with DecodePool(2, timeout=PATIENCE) as pool:
        reasons = read_all(pool, [*sound, *broken], tmp_path)

    assert {path.name for path in sound if reasons[path]} == {"ukbench09268_corrupt.jpg"}
    counted = Counter(reasons[path] for path in broken)
    assert sum(counted.values()) == 121
    for reason in counted:
        if reason is not None:
            assert reason.endswith(".")
            assert "crashed" not in reason
            assert "longer than" not in reason
            assert "Souvenir failed" not in reason
    named = {path.name: reasons[path] for path in broken}
    assert named["empty.jpg"] == "The file is empty."
    assert named["text_named.jpg"] == "This is a text file, not a photo."
    assert named["truncated_half.jpg"] == "The file ends too early: it may be incomplete."
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_broken_files_do_not_leak(shared: Path) -> None:
    broken = sorted((shared / "photos/broken").iterdir())
    with DecodePool(1) as pool:
        sizes = []
        for _ in range(6):
            read_all(pool, broken, None)
            sizes.append(pool._submit(_resident_and_files).result(PATIENCE))

    assert sizes[-1][0] - sizes[1][0] < 4 << 20  # bytes, over 484 files
    assert sizes[-1][1] <= sizes[1][1]


def _resident_and_files() -> tuple[int, int]:
    """Bytes in memory and open files of this process."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE"), len(list(Path("/proc/self/fd").iterdir()))
