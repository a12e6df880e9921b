"""Exporting: upright sRGB copies of the size asked for, with no more metadata than asked for."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from core.filing.exporting import (
    ExportFormat,
    ExportOptions,
    KeptMetadata,
    ToExport,
    export_photos,
)
from core.filing.pattern import NameFacts, PatternError
from core.filing.steps import Step
from core.imaging.reading import read_photo
from core.imaging.xmp_writing import Words

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
                "xmp" in made.info,
            )
            assert b'Orientation="6"' not in made.info.get("xmp", b"")
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


# Transparency


@pytest.fixture
def cut_out(tmp_path: Path) -> Path:
    """A picture 60 × 40: its left half opaque red, its right half transparent."""
    picture = Image.new("RGBA", (60, 40), (0, 0, 255, 0))
    picture.paste((255, 0, 0, 255), (0, 0, 30, 40))
    path = tmp_path / "cut out.png"
    picture.save(path)
    return path


@pytest.mark.parametrize("kind", ["png", "webp"])
@pytest.mark.parametrize("long_side", [None, 30])
def test_what_is_transparent_stays_so(
    cut_out: Path, out: Path, kind: ExportFormat, long_side: int | None
) -> None:
    export([to_export(cut_out, rotation=2)], out, ExportOptions(kind, long_side=long_side))
    with Image.open(out / f"cut out.{kind}") as made:
        assert made.mode == "RGBA"
        left, right = made.getpixel((2, 10)), made.getpixel((made.width - 3, 10))
        assert left[3] == 0  # type: ignore[index]
        assert right[3] == 255  # type: ignore[index]
        assert right[0] > 240  # type: ignore[index]


def test_what_is_transparent_is_white_in_a_jpeg(cut_out: Path, out: Path) -> None:
    export([to_export(cut_out)], out, ExportOptions("jpeg", quality=100))
    with Image.open(out / "cut out.jpg") as made:
        assert made.mode == "RGB"
        assert min(made.getpixel((55, 20))) > 245  # type: ignore[arg-type]


# Animations


@pytest.fixture
def animation(tmp_path: Path) -> Path:
    """A GIF of red, green and blue, 40 × 20, for 200, 300 and 400 ms, once."""
    red, green, blue = (Image.new("RGB", (40, 20), name) for name in ("red", "green", "blue"))
    path = tmp_path / "moving.gif"
    red.save(path, save_all=True, append_images=[green, blue], duration=[200, 300, 400])
    return path


def test_webp_keeps_an_animation(animation: Path, out: Path) -> None:
    export([to_export(animation, rotation=1)], out, ExportOptions("webp", long_side=20))
    seen = []
    with Image.open(out / "moving.webp") as made:
        assert made.size == (10, 20)
        assert made.info["loop"] == 1
        for number in range(made.n_frames):  # type: ignore[attr-defined]
            made.seek(number)
            made.load()
            red, green, blue = made.convert("RGB").getpixel((5, 10))  # type: ignore[misc]
            seen.append((red > 200, 90 < green < 160, blue > 200, made.info["duration"]))
    assert seen == [
        (True, False, False, 200),
        (False, True, False, 300),
        (False, False, True, 400),
    ]


@pytest.mark.parametrize(("kind", "suffix"), [("jpeg", "jpg"), ("png", "png")])
def test_other_formats_show_the_first_frame(
    animation: Path, out: Path, kind: ExportFormat, suffix: str
) -> None:
    export([to_export(animation)], out, ExportOptions(kind))
    with Image.open(out / f"moving.{suffix}") as made:
        assert getattr(made, "n_frames", 1) == 1
        assert made.convert("RGB").getpixel((20, 10))[0] > 240  # type: ignore[index]


def test_an_animation_is_given_up_between_frames(animation: Path, out: Path) -> None:
    asked: list[None] = []

    def after_the_first() -> bool:
        asked.append(None)
        return len(asked) > 2

    photos = [to_export(animation)]
    assert list(export_photos(photos, ExportOptions("webp"), out, after_the_first)) == []
    assert list(out.iterdir()) == []


# What the person said

WORDS = Words("Am See – 湖边", ("Sommer", "海"), 4)


@pytest.mark.parametrize(("kind", "suffix"), [("jpeg", "jpg"), ("png", "png"), ("webp", "webp")])
@pytest.mark.parametrize("kept", ["all", "no_place", "none"])
def test_the_persons_words_go_along_unless_metadata_is_removed(
    photo: Path, out: Path, kind: ExportFormat, suffix: str, kept: KeptMetadata
) -> None:
    said = replace(to_export(photo), words=WORDS)
    export([said], out, ExportOptions(kind, metadata=kept))
    told = read_photo(out / f"IMG_1.{suffix}", model_input=None, thumbnail_dir=None)
    expected = Words() if kept == "none" else WORDS
    metadata = told.content.metadata
    assert Words(metadata.title, metadata.keywords, metadata.rating or 0) == expected


def test_what_the_person_took_away_is_not_in_the_copy(tmp_path: Path, out: Path) -> None:
    exif = Image.Exif()
    exif[0x4746] = 3
    exif[0x9C9B] = "Old title".encode("utf-16-le") + b"\0\0"
    exif[0x9C9E] = "old;words".encode("utf-16-le") + b"\0\0"
    path = tmp_path / "said.jpg"
    Image.new("RGB", (20, 20)).save(path, exif=exif, comment=b"by an old program")
    export([to_export(path)], out, ExportOptions(pattern="kept"))
    export([to_export(path)], out, ExportOptions(pattern="none", metadata="none"))
    metadata = read_photo(out / "kept.jpg", model_input=None, thumbnail_dir=None).content.metadata
    assert (metadata.title, metadata.keywords, metadata.rating) == (None, (), None)
    assert b"old program" not in (out / "none.jpg").read_bytes()


def test_more_words_than_a_jpeg_holds_in_one_segment_leave_the_rest_out(
    tmp_path: Path, out: Path
) -> None:
    packet = XMP.replace(b'tiff:Orientation="6"', b'tiff:Software="' + b"x" * 64_000 + b'"')
    path = tmp_path / "talkative.jpg"
    Image.new("RGB", (20, 20)).save(path, xmp=packet)
    (step,) = export([replace(to_export(path), words=WORDS)], out, ExportOptions())
    assert step.problem is None
    told = read_photo(out / "talkative.jpg", model_input=None, thumbnail_dir=None)
    assert told.content.metadata.title == WORDS.title


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")
@pytest.mark.parametrize(("kind", "suffix"), [("jpeg", "jpg"), ("png", "png"), ("webp", "webp")])
def test_another_program_reads_the_persons_words(
    photo: Path, out: Path, kind: ExportFormat, suffix: str
) -> None:
    export([replace(to_export(photo), words=WORDS)], out, ExportOptions(kind))
    asked = ["-j", "-validate", "-warning", "-XMP-dc:Title", "-XMP-dc:Subject", "-XMP-xmp:Rating"]
    told = subprocess.run(
        ["exiftool", *asked, str(out / f"IMG_1.{suffix}")], capture_output=True, check=True
    )
    (found,) = json.loads(told.stdout)
    assert (found["Title"], found["Subject"], found["Rating"]) == (
        WORDS.title,
        list(WORDS.keywords),
        WORDS.rating,
    )
    assert not any("XMP" in str(warning) for warning in [found.get("Warning", "")])
