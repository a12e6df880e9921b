"""Exporting: upright sRGB copies of the size asked for, with no more metadata than asked for."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from core.filing.exporting import ExportFormat, ExportOptions, ToExport, export_photos
from core.filing.pattern import NameFacts, PatternError
from core.filing.steps import Step

XMP = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"/></rdf:RDF></x:xmpmeta>"""


def never() -> bool:
    return False


def to_export(path: Path, rotation: int = 0, number: int = 1) -> ToExport:
    return ToExport(NameFacts(path, number, datetime(2021, 6, 5, 14, 3), "Canon"), rotation)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A camera's JPEG, held upright: stored 600 × 400, shown 400 × 600, red at the top."""
    stored = Image.new("RGB", (600, 400), "blue")
    stored.paste("red", (0, 0, 300, 400))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Canon"
    exif.get_ifd(0x8769)[0x829D] = 5.6
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (54.0, 5.0, 0.0)
    path = tmp_path / "IMG_1.JPG"
    stored.save(path, exif=exif, xmp=XMP, quality=95)
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def export(photos: list[ToExport], out: Path, options: ExportOptions) -> list[Step]:
    return list(export_photos(photos, options, out, never))


@pytest.mark.parametrize(("kind", "suffix"), [("jpeg", "jpg"), ("png", "png"), ("webp", "webp")])
def test_formats_are_upright_and_no_larger_than_asked_for(
    photo: Path, out: Path, kind: ExportFormat, suffix: str
) -> None:
    (step,) = export([to_export(photo)], out, ExportOptions(kind, long_side=300))
    assert step.problem is None
    assert step.transfers[0].target == out / f"IMG_1.{suffix}"
    with Image.open(out / f"IMG_1.{suffix}") as made:
        assert made.size == (200, 300)
        assert made.getexif().get(0x0112, 1) == 1
        red, _green, blue = made.convert("RGB").getpixel((100, 20))  # type: ignore[misc]
        assert red > blue + 150
        profile = ImageCms.ImageCmsProfile(BytesIO(made.info["icc_profile"]))
        assert "sRGB" in ImageCms.getProfileDescription(profile)


def test_it_is_turned_as_the_person_turned_it(photo: Path, out: Path) -> None:
    export([to_export(photo, rotation=1)], out, ExportOptions("png"))
    with Image.open(out / "IMG_1.png") as made:
        assert made.size == (600, 400)
        assert made.convert("RGB").getpixel((590, 200))[0] > 200  # type: ignore[index]


def test_metadata_is_kept_without_the_place_or_not_at_all(photo: Path, out: Path) -> None:
    for kept in ("all", "no_place", "none"):
        export([to_export(photo)], out, ExportOptions(metadata=kept, pattern=kept))
    found = {}
    for kept in ("all", "no_place", "none"):
        with Image.open(out / f"{kept}.jpg") as made:
            exif = made.getexif()
            found[kept] = (
                exif.get(0x010F),
                exif.get_ifd(0x8769).get(0x829D),
                bool(exif.get_ifd(0x8825)),
                b'Orientation="1"' in made.info.get("xmp", b""),
            )
    assert found == {
        "all": ("Canon", 5.6, True, True),
        "no_place": ("Canon", 5.6, False, False),
        "none": (None, None, False, False),
    }


def test_small_photos_are_not_made_larger(photo: Path, out: Path) -> None:
    export([to_export(photo)], out, ExportOptions(long_side=4000))
    with Image.open(out / "IMG_1.jpg") as made:
        assert made.size == (400, 600)


def test_originals_are_the_very_bytes(photo: Path, out: Path) -> None:
    export([to_export(photo)], out, ExportOptions("original", 10, 10, "none", "{date}"))
    assert (out / "2021-06-05.JPG").read_bytes() == photo.read_bytes()


def test_nothing_is_overwritten(photo: Path, out: Path) -> None:
    (out / "IMG_1.jpg").write_text("older")
    export([to_export(photo), to_export(photo)], out, ExportOptions())
    assert sorted(p.name for p in out.iterdir()) == ["IMG_1 (2).jpg", "IMG_1 (3).jpg", "IMG_1.jpg"]
    assert (out / "IMG_1.jpg").read_text() == "older"


def test_one_that_cannot_be_read_is_told_and_the_rest_goes_on(photo: Path, out: Path) -> None:
    damaged = photo.with_name("damaged.jpg")
    damaged.write_bytes(b"\xff\xd8\xff no")
    gone = photo.with_name("gone.jpg")
    steps = export([to_export(damaged), to_export(gone), to_export(photo)], out, ExportOptions())
    reasons = [step.problem.reason if step.problem else "" for step in steps]
    assert reasons == ["not_a_photo", "gone", ""]
    assert [p.name for p in out.iterdir()] == ["IMG_1.jpg"]


def test_names_that_cannot_be_are_told(photo: Path, out: Path) -> None:
    with pytest.raises(PatternError):
        export_photos([to_export(photo)], ExportOptions(pattern="{x}"), out, never)
    (step,) = export([to_export(photo)], out, ExportOptions(pattern="../{name}"))
    assert step.problem is not None
    assert step.problem.reason == "name"


def test_it_ends_when_it_is_cancelled(photo: Path, out: Path) -> None:
    assert list(export_photos([to_export(photo)], ExportOptions(), out, lambda: True)) == []
    assert list(out.iterdir()) == []
