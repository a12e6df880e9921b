"""Changing a packet of XMP: what is said anew comes, and everything else is as it was."""

from __future__ import annotations

import pytest
from lxml import etree

from core.imaging.xmp import parse_xmp, xmp_metadata
from core.imaging.xmp_packet import LARGEST_PACKET, Packet, PacketError

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
OTHERS = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<!-- by somebody -->
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{RDF}">
 <rdf:Description rdf:about="uuid:1" xmlns:odd="http://example.org/odd/"
   xmlns:xap="http://ns.adobe.com/xap/1.0/" xmlns:purl="http://purl.org/dc/elements/1.1/"
   odd:Note="first&#10;second&#9;&#13;third" xap:Rating="2" xap:CreatorTool="digiKam &lt;8&gt;">
  <odd:Deep rdf:parseType="Resource"><odd:In><rdf:Seq><rdf:li>1</rdf:li></rdf:Seq></odd:In>
  </odd:Deep>
  <purl:subject><rdf:Bag><rdf:li>sea</rdf:li>
   <rdf:li xml:lang="fr">été &amp; mer</rdf:li></rdf:Bag></purl:subject>
 </rdf:Description>
 <rdf:Description rdf:about="uuid:1" xmlns:dk="http://www.digikam.org/ns/1.0/">
  <dk:TagsList><rdf:Seq><rdf:li>Places/France</rdf:li></rdf:Seq></dk:TagsList>
 </rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>""".encode()


def canonical(packet: bytes) -> bytes:
    """A packet in the one form that all equal ones have."""
    text = etree.tostring(etree.fromstring(packet.strip()), method="c14n")
    assert isinstance(text, bytes)
    return text


def test_nothing_changed_is_nothing_lost() -> None:
    packet = Packet.parse(OTHERS)
    assert canonical(packet.as_file()) == canonical(OTHERS)
    assert b"<!-- by somebody -->" in packet.as_file()
    assert packet.as_file().startswith(b"<?xpacket begin=")
    assert packet.as_file().rstrip().endswith(b'<?xpacket end="w"?>')


def test_words_come_and_go_and_the_rest_is_as_it_was() -> None:
    packet = Packet.parse(OTHERS)
    assert packet.words == {
        "subject": ("sea", "été & mer"),
        "hierarchical": (),
        "tags_list": ("Places/France",),
    }
    packet.set_words("subject", ["sea", "été & mer", "héron"])
    packet.set_words("hierarchical", ["bird|héron"])
    packet.set_words("tags_list", ["Places/France", "bird/héron"])
    packet.set_rating("5")
    again = Packet.parse(packet.as_file())
    assert again.words["subject"] == ("sea", "été & mer", "héron")
    assert again.words["hierarchical"] == ("bird|héron",)
    assert again.rating == "5"
    assert b'xml:lang="fr"' in packet.as_file()
    again.set_words("subject", ["sea", "été & mer"])
    again.set_words("hierarchical", [])
    again.set_words("tags_list", ["Places/France"])
    again.set_rating("2")
    assert canonical(again.as_file()) == canonical(OTHERS)


def test_other_readers_find_what_was_written() -> None:
    packet = Packet.empty()
    packet.set_words("subject", ["a", "b < c"])
    packet.set_words("hierarchical", ["top|a"])
    packet.set_rating("3")
    told = xmp_metadata(parse_xmp(packet.as_segment(60_000)))
    assert (told.keywords, told.rating) == (("a", "b < c", "top"), 3)


def test_what_is_empty_again_says_so() -> None:
    packet = Packet.empty()
    seen = [packet.says_nothing]
    packet.set_words("tags_list", ["a"])
    packet.set_rating("1")
    seen.append(packet.says_nothing)
    packet.set_words("tags_list", [])
    packet.set_rating(None)
    seen.append(packet.says_nothing)
    assert seen == [True, False, True]
    assert not Packet.parse(OTHERS).says_nothing


def test_a_rating_in_an_element_of_its_own_is_changed_there() -> None:
    text = OTHERS.replace(b'xap:Rating="2"', b"").replace(
        b"<odd:Deep", b"<xap:Rating>1</xap:Rating><odd:Deep"
    )
    packet = Packet.parse(text)
    assert packet.rating == "1"
    packet.set_rating("4")
    assert (Packet.parse(packet.as_file()).rating, packet.as_file().count(b"Rating>")) == ("4", 2)


def test_a_word_in_an_attribute_and_two_lists_become_one_list() -> None:
    text = OTHERS.replace(b"<odd:Deep", b"<purl:subject>alone</purl:subject><odd:Deep").replace(
        b'xap:Rating="2"', b'purl:subject="short"'
    )
    packet = Packet.parse(text)
    assert packet.words["subject"] == ("short", "alone", "sea", "été & mer")
    packet.set_words("subject", (*packet.words["subject"], "new"))
    assert Packet.parse(packet.as_file()).words["subject"][-3:] == ("short", "alone", "new")
    assert packet.as_file().count(b"<purl:subject>") == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_other_encodings_are_read(encoding: str) -> None:
    text = OTHERS.decode("utf-8").replace("\ufeff", "")
    packet = Packet.parse(text.encode(encoding))
    assert packet.words["subject"] == ("sea", "été & mer")
    assert Packet.parse(packet.as_file()).words == packet.words


def test_a_declared_encoding_is_understood_and_utf_8_is_written() -> None:
    text = '<?xml version="1.0" encoding="iso-8859-1"?>' + OTHERS.decode("utf-8").replace(
        "\ufeff", ""
    )
    packet = Packet.parse(text.encode("iso-8859-1"))
    assert packet.words["subject"][1] == "été & mer"
    assert packet.as_file().startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
    assert Packet.parse(packet.as_file()).words == packet.words


BOMB = b"".join(
    [
        b'<!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">',
        *(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)),
        b']><rdf:RDF xmlns:rdf="',
        RDF.encode(),
        b'"><rdf:Description rdf:about="&a11;"/></rdf:RDF>',
    ]
)


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"\x00\x00",
        b"<x:xmpmeta",
        b"not xml at all",
        b"<a/>",
        OTHERS[:-200],
        OTHERS.replace("été".encode(), "été".encode("latin-1")),
        BOMB,
        BOMB.decode().encode("utf-16"),
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><rdf:RDF xmlns:rdf="' + RDF.encode() + b'"/>',
        b" " * LARGEST_PACKET + OTHERS,
        b"<a>" * 100_000,
    ],
)
def test_what_cannot_be_changed_without_a_loss_is_refused(hostile: bytes) -> None:
    with pytest.raises(PacketError):
        Packet.parse(hostile)


def test_padding_fits_into_what_room_there_is() -> None:
    packet = Packet.parse(OTHERS)
    bare = len(packet.as_segment(1 << 20, padding=0))
    padded = packet.as_segment(1 << 20)
    assert bare + 1900 < len(padded) <= bare + 2048
    assert len(packet.as_segment(bare + 500)) <= bare + 500
    assert Packet.parse(padded).words == packet.words
    with pytest.raises(PacketError):
        packet.as_segment(bare - 1)


def test_what_xml_cannot_hold_is_left_out_of_a_word() -> None:
    packet = Packet.empty()
    packet.set_words("subject", ["a\x00\x0bb\ud800"])
    assert Packet.parse(packet.as_file()).words["subject"] == ("ab",)


# Titles


def with_title(title: str) -> Packet:
    inside = f'<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" {title}'
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    text = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{rdf}">{inside}'
    return Packet.parse(f"{text}</rdf:RDF></x:xmpmeta>".encode())


@pytest.mark.parametrize(
    ("there", "title"),
    [
        ("/>", None),
        ("><dc:title/></rdf:Description>", None),
        ('dc:title="A lake"/>', "A lake"),
        ("><dc:title>A lake</dc:title></rdf:Description>", "A lake"),
        (
            (
                "><dc:title><rdf:Alt><rdf:li xml:lang='fr'>Un lac</rdf:li>"
                "<rdf:li xml:lang='x-default'>A lake</rdf:li></rdf:Alt></dc:title>"
                "</rdf:Description>"
            ),
            "A lake",
        ),
        (
            (
                "><dc:title><rdf:Alt><rdf:li xml:lang='fr'>Un lac</rdf:li></rdf:Alt></dc:title>"
                "</rdf:Description>"
            ),
            None,
        ),
    ],
)
def test_a_title_comes_and_goes_whatever_form_it_has(there: str, title: str | None) -> None:
    packet = with_title(there)
    assert packet.title == title
    before = packet.as_file()
    packet.set_title("Ours & “theirs”")
    again = Packet.parse(packet.as_file())
    assert again.title == "Ours & “theirs”"
    assert xmp_metadata(parse_xmp(packet.as_file())).title == "Ours & “theirs”"
    assert (b"Un lac" in packet.as_file()) == (b"Un lac" in before)
    packet.set_title(title)
    assert packet.title == title
    assert (b"Un lac" in packet.as_file()) == (b"Un lac" in before)
    if "<dc:title/>" not in there:  # what says nothing may go
        assert packet.as_file() == before
