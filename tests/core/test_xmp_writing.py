"""What a person said of a photo, written for other programs, beside what those wrote themselves."""

from __future__ import annotations

from core.imaging.xmp import parse_xmp, xmp_metadata
from core.imaging.xmp_writing import Words, packet_saying

OTHERS = b"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="uuid:1" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"
  xmlns:xap="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:lr="http://ns.adobe.com/lightroom/1.0/" xmlns:GPano="http://ns.google.com/photos/1.0/panorama/"
  tiff:Orientation="6" tiff:Make="Canon" xap:Rating="2" GPano:UsePanoramaViewer="True">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Old</rdf:li></rdf:Alt></dc:title>
<dc:subject><rdf:Bag><rdf:li>sea</rdf:li></rdf:Bag></dc:subject>
<lr:hierarchicalSubject><rdf:Bag><rdf:li>nature|sea</rdf:li></rdf:Bag></lr:hierarchicalSubject>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def said(packet: bytes | None) -> Words:
    assert packet is not None
    told = xmp_metadata(parse_xmp(packet))
    return Words(told.title, told.keywords, told.rating or 0)


def test_what_is_written_is_read_again() -> None:
    words = Words("<Ärger> & “Größe” 😀", ("海边", "a;b", 'c"d'), 4)
    assert said(packet_saying(words)) == words


def test_nothing_said_makes_no_packet() -> None:
    assert packet_saying(Words()) is None


def test_words_take_the_place_of_older_ones_and_the_rest_stays() -> None:
    words = Words("New", ("lake",), 5)
    packet = packet_saying(words, OTHERS)
    assert said(packet) == words
    assert packet is not None
    assert b'GPano:UsePanoramaViewer="True"' in packet
    assert b"Orientation" not in packet
    assert b"nature|sea" not in packet
    assert packet.count(b"<x:xmpmeta") == 1
    assert b'rdf:about="uuid:1"' in packet.split(b"</rdf:Description>")[1]  # of one thing, all


def test_what_the_person_took_away_is_gone() -> None:
    packet = packet_saying(Words(), OTHERS)
    assert said(packet) == Words()
    assert xmp_metadata(parse_xmp(packet or b"")).camera == "Canon"


def test_trees_of_keywords_stay_with_the_same_keywords() -> None:
    packet = packet_saying(Words("New", ("sea", "nature")), OTHERS)
    assert said(packet) == Words("New", ("sea", "nature"))
    assert b"nature|sea" in (packet or b"")


def test_what_xml_cannot_hold_is_left_out() -> None:
    assert said(packet_saying(Words("a\x00\x0bb"))) == Words("ab")


def test_a_damaged_or_hostile_packet_is_left_out() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "b">]><x:xmpmeta xmlns:x="adobe:ns:meta/">&a;</x:xmpmeta>'
    for packet in (b"<x:xmpmeta", bomb, b"", b"<a/>", b"\xff\xfe\x00"):
        assert packet_saying(Words(), packet) is None
        assert said(packet_saying(Words("t"), packet)) == Words("t")
