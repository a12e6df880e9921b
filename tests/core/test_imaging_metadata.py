"""What photos say about themselves, on real files and on hostile ones."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from core.catalog.metadata import Metadata
from core.imaging.cleaning import camera_name, clean_keywords, clean_text, lens_name, number
from core.imaging.exif import stars_of_percent
from core.imaging.moments import Moment, iptc_moment, moment
from core.imaging.reading import read_photo
from core.imaging.xmp import parse_xmp, xmp_metadata


def metadata(path: Path) -> Metadata:
    return read_photo(path, model_input=None, thumbnail_dir=None).content.metadata


def saved(path: Path, exif: Image.Exif | bytes | None = None, **more: Any) -> Metadata:
    """What is read back from a JPEG that was saved with this."""
    if exif is not None:
        more["exif"] = exif
    Image.new("RGB", (60, 40)).save(path, "JPEG", **more)
    return metadata(path)


REAL: dict[str, dict[str, object]] = {
    "exif/jpg/gps/DSCN0010.jpg": {
        "taken_at": "2008-10-22T16:28:39",
        "camera": "Nikon COOLPIX P6000",
        "f_number": 5.9,
        "focal_length_mm": 24.0,
        "iso": 64.0,
        "latitude": 43.4674483,
        "longitude": 11.8851267,
    },
    "exif/jpg/hdr/iphone_hdr_NO.jpg": {
        "camera": "Apple iPhone 6",
        "lens": "iPhone 6 back camera 4.15mm f/2.2",
        "exposure_seconds": 0.025,
        "longitude": -3.7247528,
    },
    "exif/jpg/mobile/HMD_Nokia_8.3_5G.jpg": {
        "taken_at": "2022-08-14T14:12:31",
        "utc_offset_minutes": 180,
    },
    "exif/jpg/Nikon_D70.jpg": {"camera": "Nikon D70", "utc_offset_minutes": -240},
    "exif/jpg/Canon_40D.jpg": {"camera": "Canon EOS 40D", "latitude": None},
    "exif/jpg/xmp/BlueSquare.jpg": {
        "title": "Blue Square Test File - .jpg",
        "keywords": ("XMP", "Blue Square", "test file", "Photoshop", ".jpg"),
    },
    "formats/metadata/dates/date-priority-test.jpg": {"taken_at": "2023-02-02T02:00:00"},
    "formats/metadata/dates/gps-datetime.jpg": {
        "taken_at": "2023-11-15T12:30:00",
        "utc_offset_minutes": 0,
        "latitude": 37.7749,
        "longitude": -122.4194,
    },
    "formats/metadata/gps-position/empty_gps.jpg": {"latitude": None, "longitude": None},
    "formats/metadata/gps-position/thompson-springs.jpg": {
        "taken_at": "2022-01-10T15:15:44",
        "utc_offset_minutes": -240,
        "keywords": (
            *("carol m. highsmith", "america", "utah", "utah winter scenes"),
            "thompson springs",
        ),
    },
    "formats/metadata/rating/mongolels.jpg": {"rating": 3, "title": "Mongol Els"},
    "formats/metadata/tags/picasa.jpg": {"keywords": ("Frost", "Yard")},
    "formats/formats/heic/IMG_2682.heic": {"camera": "Apple iPhone 7", "iso": 20.0},
    "formats/formats/webp/denali.webp": {"title": "Denali National Park and Preserve"},
    "duplicates/tests/data/base_images/ukbench08976.jpg": {"taken_at": None},  # all zeros
}


@pytest.mark.parametrize("name", REAL)
def test_real_photos(shared: Path, name: str) -> None:
    found = vars(metadata(shared / "photos" / name))

    assert {field: found[field] for field in REAL[name]} == REAL[name]


@pytest.mark.parametrize(
    ("text", "offset", "expected"),
    [
        ("2021:06:05 14:03:22", None, Moment("2021-06-05T14:03:22")),
        ("2021:06:05 14:03:22", "+02:00", Moment("2021-06-05T14:03:22", 120)),
        ("2021:06:05 14:03:22\0", "-03:30\0", Moment("2021-06-05T14:03:22", -210)),
        ("2021-06-05T14:03:22.57Z", None, Moment("2021-06-05T14:03:22", 0)),
        ("2021-06-05T14:03", None, Moment("2021-06-05T14:03:00")),
        ("1953-07", None, Moment("1953-07-01T00:00:00")),
        ("2021:06:05 14:03:22", "+99:00", Moment("2021-06-05T14:03:22")),
        ("2021:06:05 23:59:60", None, Moment("2021-06-05T23:59:59")),
        ("0000:00:00 00:00:00", None, None),
        ("    :  :     :  :  ", None, None),
        ("2021:13:05 14:03:22", None, None),
        ("9999:01:01 00:00:00", None, None),
        ("1970:01:01 00:00:00", None, None),
        ("yesterday", None, None),
        (20210605, None, None),
    ],
)
def test_times(text: object, offset: object, expected: Moment | None) -> None:
    assert moment(text, offset) == expected


def test_iptc_times() -> None:
    assert iptc_moment("20210605", "140322+0200") == Moment("2021-06-05T14:03:22", 120)
    assert iptc_moment("20210605", None) == Moment("2021-06-05T00:00:00")
    assert iptc_moment(None, "140322+0200") is None


@pytest.mark.parametrize(
    ("make", "model", "expected"),
    [
        ("Canon", "Canon EOS 5D", "Canon EOS 5D"),
        ("NIKON CORPORATION", "NIKON D70", "Nikon D70"),
        ("EASTMAN KODAK COMPANY", "KODAK CX7530", "Kodak CX7530"),
        ("Konica Minolta Camera, Inc.", "DiMAGE Z3", "Konica Minolta DiMAGE Z3"),
        ("samsung", "SM-S906U", "Samsung SM-S906U"),
        ("Jolla", "Jolla", "Jolla"),
        ("DJI", "FC220", "DJI FC220"),
        (None, "Caplio RR330 ", "Caplio RR330"),
        ("Apple", None, "Apple"),
        (b"\0\0\0", "", None),
    ],
)
def test_camera_names(make: object, model: object, expected: str | None) -> None:
    assert camera_name(make, model) == expected


def test_text_is_cleaned() -> None:
    assert clean_text("  a\tb\x07c\x1b[0m\r\n d ") == "a bc[0m d"
    assert clean_text("cut\0here") == "cut"
    assert clean_text("Caf\xc3\xa9") == "Café"  # UTF-8 that was read as Latin-1
    assert clean_text("Caf\xe9".encode("latin-1")) == "Café"
    assert clean_text("right\u202eto left") == "rightto left"
    assert clean_text("x" * 5000) == "x" * 200
    assert clean_text("x" + "é" * 5000) == "x" + "é" * 199
    assert clean_text(b"x" + "é".encode() * 5000) == "x" + "é" * 199
    assert clean_text(" \0 ") is None
    assert clean_text(17) is None
    assert clean_keywords(["b", " a ", "b", "", None]) == ("b", "a")
    assert len(clean_keywords(str(index) for index in range(9999))) == 256
    assert lens_name("----") is None
    assert lens_name("0.0 mm f/0.0") is None
    assert lens_name("EF 50mm f/1.8") == "EF 50mm f/1.8"


def test_numbers_are_finite_and_in_range() -> None:
    assert number(IFDRational(1, 250), 0, 10) == pytest.approx(0.004)
    assert number("1/250", 0, 10) == pytest.approx(0.004)
    assert number((100, 200), 0, 1000) == 100
    odd: list[object] = [IFDRational(1, 0), IFDRational(0, 0), float("nan"), float("inf"), 10**400]
    odd += ["1/0", "x", "nan", "1/2/3", (), None, b"\x01", True, 11, -1]
    assert [value for value in odd if number(value, 0, 10) is not None] == []
    assert [stars_of_percent(percent) for percent in (0, 1, 25, 50, 75, 99)] == [0, 1, 2, 3, 4, 5]


def test_the_camera_is_believed_on_the_shot_and_a_person_on_the_rest(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x4746] = 1
    exif[0x9C9E] = "sea;summer\0".encode("utf-16-le")
    exif.get_ifd(0x8769).update({0x9003: "2021:06:05 14:03:22", 0x829D: IFDRational(28, 10)})
    packet = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
      xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
      xmlns:exif="http://ns.adobe.com/exif/1.0/">
      <rdf:Description xmp:Rating="4" exif:FNumber="8/1" exif:ExposureTime="1/50"
        exif:DateTimeOriginal="2021-06-05T14:03:22+02:00">
      <dc:title><rdf:Alt><rdf:li xml:lang="de">Meer</rdf:li><rdf:li
        xml:lang="x-default">The sea</rdf:li></rdf:Alt></dc:title>
      <dc:subject><rdf:Bag><rdf:li>beach</rdf:li><rdf:li>sea</rdf:li></rdf:Bag></dc:subject>
      </rdf:Description></rdf:RDF></x:xmpmeta>"""

    found = saved(tmp_path / "a.jpg", exif, xmp=packet)

    assert (found.taken_at, found.utc_offset_minutes) == ("2021-06-05T14:03:22", 120)
    assert (found.f_number, found.exposure_seconds) == (2.8, 0.02)
    assert (found.rating, found.title) == (4, "The sea")
    assert found.keywords == ("beach", "sea", "summer")


def test_positions_need_both_halves_and_their_hemispheres(tmp_path: Path) -> None:
    def position(gps: dict[int, Any]) -> tuple[float | None, float | None]:
        exif = Image.Exif()
        exif.get_ifd(0x8825).update(gps)
        found = saved(tmp_path / "a.jpg", exif)
        return found.latitude, found.longitude

    whole = {1: "S", 2: (33.0, 51.0, 30.0), 3: "E", 4: (151.0, 12.0, 0.0)}

    assert position(whole) == (-33.8583333, 151.2)
    assert position({1: "S", 2: (33.0, 51.0, 30.0)}) == (None, None)
    assert position(whole | {1: "\0"}) == (None, None)
    assert position(whole | {2: (91.0, 0.0, 0.0)}) == (None, None)
    assert position(whole | {2: (0.0, 0.0, 0.0), 4: (0.0, 0.0, 0.0)}) == (None, None)


def test_hostile_xmp_is_ignored() -> None:
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    outside = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    for packet in (entities, outside, b"<x:xmpmeta", b"", b"\0\xff" * 99, b"<a>" * 5000):
        assert xmp_metadata(parse_xmp(packet)) == Metadata()


def test_no_metadata_is_too_odd(tmp_path: Path, shared: Path) -> None:
    """Real EXIF, XMP and IPTC blocks with bytes changed at random never end in an error."""
    chance = random.Random(7)
    sources = [
        (shared / "photos" / name).read_bytes()
        for name in (
            "exif/jpg/xmp/BlueSquare.jpg",
            "exif/jpg/Kodak_CX7530.jpg",
            "formats/metadata/tags/picasa.jpg",
            "formats/metadata/gps-position/thompson-springs.jpg",
        )
    ]
    path = tmp_path / "odd.jpg"
    read = 0
    for turn in range(200):
        data = bytearray(sources[turn % len(sources)])
        for _ in range(chance.randint(1, 40)):
            # Behind the first marker and before the picture.
            data[chance.randint(24, 2000)] = chance.choice((0, 1, 2, 255, chance.randrange(256)))
        path.write_bytes(data)
        try:
            found = metadata(path)
        except Exception as error:
            assert type(error).__name__ == "PhotoError"  # noqa: PT017 - its markers were hit
            continue
        read += 1
        assert all(ord(char) >= 32 for word in found.keywords for char in word)
    assert read > 100
