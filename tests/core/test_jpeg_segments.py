"""Exchanging what is said in a JPEG: everything else of it stays, byte for byte."""

from __future__ import annotations

import hashlib
import io

import pytest
from PIL import Image, IptcImagePlugin

from core.imaging.iptc_writing import IptcError, iptc_keywords, iptc_title, with_iptc
from core.imaging.jpeg_segments import (
    LARGEST_PAYLOAD,
    XMP,
    JpegError,
    check_changeable,
    exchanged,
    extended_packet,
    packet_segments,
    payload,
    photoshop_segments,
    rest_of,
    segments,
)


def jpeg(**more: object) -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Canon"
    buffer = io.BytesIO()
    noise = Image.effect_noise((64, 48), 80).convert("RGB")
    noise.save(buffer, "JPEG", exif=exif, icc_profile=b"p" * 3000, **more)
    return buffer.getvalue()


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body


def resource(number: int, body: bytes, name: bytes = b"\x00\x00") -> bytes:
    head = b"8BIM" + number.to_bytes(2, "big") + name + len(body).to_bytes(4, "big")
    return head + body + bytes(len(body) % 2)


def data_set(record: int, number: int, value: bytes) -> bytes:
    return bytes([0x1C, record, number]) + len(value).to_bytes(2, "big") + value


KEYWORDS = data_set(2, 0, b"\x00\x02") + data_set(2, 25, b"Frost") + data_set(2, 80, b"Ann")


@pytest.mark.parametrize("progressive", [False, True])
def test_a_packet_comes_after_the_cameras_words_and_nothing_else_changes(progressive: bool) -> None:
    data = jpeg(progressive=progressive)
    found = segments(data)
    check_changeable(data, found)
    new = exchanged(data, found, packet=b"<x/>", photoshop=None)
    assert list(rest_of(new)) == list(rest_of(data))
    markers = [(each.marker, payload(new, each)[:5]) for each in segments(new)]
    assert [m for m, _ in markers[:3]] == [0xE0, 0xE1, 0xE1]
    assert markers[2][1] == b"http:"
    with Image.open(io.BytesIO(data)) as before, Image.open(io.BytesIO(new)) as after:
        assert before.tobytes() == after.tobytes()
        assert before.getexif() == after.getexif()
        assert after.info["xmp"] == b"<x/>"
    again = exchanged(new, segments(new), packet=b"<other/>", photoshop=None)
    assert list(rest_of(again)) == list(rest_of(data))
    (there,) = packet_segments(again, segments(again))
    assert payload(again, there) == XMP + b"<other/>"


def test_what_is_too_large_for_a_segment_is_refused() -> None:
    data = jpeg()
    room = LARGEST_PAYLOAD - len(XMP)
    exchanged(data, segments(data), packet=b" " * room, photoshop=None)
    with pytest.raises(JpegError):
        exchanged(data, segments(data), packet=b" " * (room + 1), photoshop=None)


def test_an_extended_packet_is_put_together_and_left_where_it_is() -> None:
    mark, whole = "0123456789ABCDEF0123456789ABCDEF", b"<rdf>" + b"e" * 90_000 + b"</rdf>"
    parts = [
        segment(
            0xE1,
            b"http://ns.adobe.com/xmp/extension/\x00"
            + mark.encode()
            + len(whole).to_bytes(4, "big")
            + start.to_bytes(4, "big")
            + whole[start : start + 60_000],
        )
        for start in (60_000, 0)  # in any order
    ]
    data = jpeg()
    data = data[:2] + b"".join(parts) + data[2:]
    assert extended_packet(data, segments(data), mark) == whole
    assert extended_packet(data, segments(data), "F" * 32) is None
    new = exchanged(data, segments(data), packet=b"<x/>", photoshop=None)
    assert extended_packet(new, segments(new), mark) == whole
    cut = data.replace(parts[0], b"")
    assert extended_packet(cut, segments(cut), mark) is None


def test_what_counts_bytes_from_the_beginning_is_not_for_changing() -> None:
    data = jpeg()
    second = data[:2] + segment(0xE2, b"MPF\x00MM\x00*") + data[2:]
    for each in (second, data + b"a preview that something points to", data + data, data[:-2]):
        with pytest.raises(JpegError):
            check_changeable(each, segments(each))
    for behind in (b"", b"\x00\x00\x00", b"\x00\x00\x00\x18ftypmp42 a film", b"SEFH notes SEFT"):
        check_changeable(data + behind, segments(data))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8",
        b"\xff\xd8\xff\xe1\x00",
        b"\xff\xd8\xff\xe1\xff\xff",
        b"GIF89a",
        b"\xff\xd8ab",
        b"\xff\xd8\xff\xe0\x00\x01",
        b"\xff\xd8" + b"\xff" * 1000,
        b"\xff\xd8\xff\xd9",
    ],
)
def test_what_is_no_whole_jpeg_is_refused(data: bytes) -> None:
    with pytest.raises(JpegError):
        segments(data)


def test_keywords_of_iptc_are_changed_and_all_else_stays() -> None:
    name = b"\x04Path\x00"
    before = (
        resource(0x03ED, b"resolution in here", name)
        + resource(0x0404, KEYWORDS)
        + resource(0x0425, hashlib.md5(KEYWORDS).digest())
        + resource(0x040F, b"odd")
    )
    assert iptc_keywords(before) == ("Frost",)
    after = with_iptc(before, ["Frost", "heron"], None)
    assert iptc_keywords(after) == ("Frost", "heron")
    changed = KEYWORDS.replace(b"Frost", b"Frost\x1c\x02\x19\x00\x05heron")
    assert resource(0x0404, changed) in after
    assert hashlib.md5(changed).digest() in after
    assert resource(0x03ED, b"resolution in here", name) in after
    assert after.endswith(resource(0x040F, b"odd"))
    assert with_iptc(after, ["Frost"], None) == before
    assert with_iptc(resource(0x03ED, b"x"), ["a"], None) == resource(0x03ED, b"x")
    assert iptc_keywords(resource(0x03ED, b"x")) is None


def test_a_title_of_iptc_is_changed_and_brought_back_and_all_else_stays() -> None:
    before = resource(0x0404, KEYWORDS) + resource(0x040F, b"odd")
    assert iptc_title(before) is None
    titled = with_iptc(before, ["Frost"], "A lake")
    assert (iptc_title(titled), iptc_keywords(titled)) == ("A lake", ("Frost",))
    other = with_iptc(titled, ["Frost"], "Ein Fluß")
    assert iptc_title(other) == "Ein Fluß"
    assert other.count(b"\x1c\x02\x05") == 1
    assert with_iptc(titled, ["Frost"], None) == before
    assert iptc_title(resource(0x03ED, b"x")) is None
    old = resource(0x0404, data_set(2, 5, b"S\xe9jour"))
    assert iptc_title(old) == "Séjour"
    assert with_iptc(old, [], "鹭") == old, "what its characters cannot say is left"


def test_words_are_written_in_the_characters_of_the_block() -> None:
    plain = resource(0x0404, KEYWORDS)
    declared = with_iptc(plain, ["Frost", "鹭"], None)
    assert iptc_keywords(declared) == ("Frost", "鹭")
    assert data_set(1, 90, b"\x1b%G") in declared
    old = resource(0x0404, KEYWORDS.replace(b"Ann", b"\xc4nn").replace(b"Frost", b"Fr\xf6st"))
    assert iptc_keywords(old) == ("Fröst",)
    latin = with_iptc(old, ["Fröst", "Möwe", "鹭"], None)
    assert iptc_keywords(latin) == ("Fröst", "Möwe")
    assert b"M\xf6we" in latin


def test_pillow_reads_the_keywords_that_were_written() -> None:
    data = jpeg()
    block = segment(0xED, b"Photoshop 3.0\x00" + resource(0x0404, KEYWORDS))
    data = data[:2] + block + data[2:]
    (there,) = photoshop_segments(data, segments(data))
    resources = payload(data, there)[len(b"Photoshop 3.0\x00") :]
    changed = with_iptc(resources, ["Frost", "heron"], None)
    new = exchanged(data, segments(data), packet=None, photoshop=changed)
    assert list(rest_of(new)) == list(rest_of(data))
    with Image.open(io.BytesIO(new)) as image:
        fields = IptcImagePlugin.getiptcinfo(image)
    assert fields is not None
    assert fields[2, 25] == [b"Frost", b"heron"]
    assert fields[2, 80] == b"Ann"


@pytest.mark.parametrize(
    "resources",
    [
        b"8BIM",
        b"8BIM\x04\x04\x00\x00\xff\xff\xff\xff",
        b"nonsense",
        resource(0x0404, b"\x1c\x02"),
        resource(0x0404, b"nonsense"),
        resource(0x0404, data_set(2, 25, b"a")[:-1]),
        resource(0x0404, b"\x1c\x02\x19\x80\x04\x00\x00\x00\x01a"),
        resource(0x0404, KEYWORDS) * 2,
    ],
)
def test_damaged_resources_are_refused(resources: bytes) -> None:
    with pytest.raises(IptcError):
        with_iptc(resources, ["a"], None)
