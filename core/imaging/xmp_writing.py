"""Writing XMP (ISO 16684-1): a packet that says what a person said of a photo.

What other programs wrote into the packet of the source stays, but for what the person said anew.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError

from defusedxml import DefusedXmlException

from core.imaging.xmp import parse_xmp, xmp_metadata

if TYPE_CHECKING:
    from xml.dom.minidom import Document, Element

_LARGEST = 4 << 20  # as large a packet as is read
_X = "adobe:ns:meta/"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC = "http://purl.org/dc/elements/1.1/"
_XMP = "http://ns.adobe.com/xap/1.0/"
_MICROSOFT = "http://ns.microsoft.com/photo/1.0/"
_TIFF = "http://ns.adobe.com/tiff/1.0/"
# What says the title or the rating, or how the picture is turned, in words of its own.
_SAID_ANEW = (
    (_DC, "title"),
    (_XMP, "Rating"),
    (_MICROSOFT, "Rating"),
    (_TIFF, "Orientation"),
)
_KEYWORDS = (
    (_DC, "subject"),
    (_MICROSOFT, "LastKeywordXMP"),
    ("http://ns.adobe.com/lightroom/1.0/", "hierarchicalSubject"),
    ("http://www.digikam.org/ns/1.0/", "TagsList"),
    ("http://ns.iview-media.com/mediapro/1.0/", "CatalogSets"),
    ("http://ns.acdsee.com/iptc/1.0/", "categories"),
)
_EMPTY = f'<x:xmpmeta xmlns:x="{_X}"><rdf:RDF xmlns:rdf="{_RDF}"/></x:xmpmeta>'.encode()
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BEGIN = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
_END = '\n<?xpacket end="w"?>'


@dataclass(frozen=True)
class Words:
    """What counts of a photo in a person's words; `rating`: 1…5 stars, 0 for none."""

    title: str | None = None
    keywords: tuple[str, ...] = ()
    rating: int = 0


def packet_saying(words: Words, packet: bytes | None = None) -> bytes | None:
    """A packet in UTF-8 that says `words`, with what else `packet` says; None for nothing at all.

    The picture is upright by it. A packet that is damaged, hostile or too large is left out.
    """
    source = _parsed(packet)
    if source is None and words == Words():
        return None
    same_words = source is not None and packet is not None and _says(packet, words.keywords)
    document: Document = source or _document(_EMPTY)
    rdf = document.getElementsByTagNameNS(_RDF, "RDF")[0]
    about = ""
    for description in list(rdf.getElementsByTagNameNS(_RDF, "Description")):
        if description.parentNode is rdf:  # others are values with a structure of their own
            about = about or description.getAttributeNS(_RDF, "about")
            _remove(description, (*_SAID_ANEW, *(() if same_words else _KEYWORDS)))
    _add(document, rdf, words, about, keywords=not same_words)
    root = rdf
    while isinstance(root.parentNode, type(rdf)):
        root = root.parentNode
    return (_BEGIN + root.toxml() + _END).encode("utf-8")


def _parsed(packet: bytes | None) -> Document | None:
    if packet is None or len(packet) > _LARGEST:
        return None
    try:
        document = _document(packet.strip(b"\x00 \t\r\n"))
    except (ExpatError, DefusedXmlException, ValueError, LookupError):
        return None
    return document if document.getElementsByTagNameNS(_RDF, "RDF") else None


def _document(text: bytes) -> Document:
    # Only now: it brings a web client along, and few start Souvenir to write.
    from defusedxml.minidom import parseString

    document: Document = parseString(text)
    return document


def _says(packet: bytes, keywords: Sequence[str]) -> bool:
    """Whether the packet has these keywords: then the trees in which it has them hold too."""
    return xmp_metadata(parse_xmp(packet)).keywords == tuple(keywords)


def _remove(description: Element, names: Sequence[tuple[str, str]]) -> None:
    for space, name in names:
        if description.hasAttributeNS(space, name):
            description.removeAttributeNS(space, name)
        for child in list(description.childNodes):
            if (child.namespaceURI, getattr(child, "localName", None)) == (space, name):
                description.removeChild(child)


def _add(document: Document, rdf: Element, words: Words, about: str, *, keywords: bool) -> None:
    """Add a description of these words; prefixes of its own, whatever the others are called."""
    said = document.createElementNS(_RDF, "rdf:Description")
    for prefix, space in (("rdf", _RDF), ("dc", _DC), ("xmp", _XMP)):
        said.setAttribute(f"xmlns:{prefix}", space)
    said.setAttributeNS(_RDF, "rdf:about", about)
    if words.rating:
        said.setAttributeNS(_XMP, "xmp:Rating", str(words.rating))
    if words.title:
        items = _list_in(document, said, "dc:title", "rdf:Alt", [words.title])
        items[0].setAttribute("xml:lang", "x-default")
    if words.keywords and keywords:
        _list_in(document, said, "dc:subject", "rdf:Bag", words.keywords)
    rdf.appendChild(said)


def _list_in(
    document: Document, parent: Element, name: str, kind: str, texts: Sequence[str]
) -> list[Element]:
    outer = parent.appendChild(document.createElementNS(_DC, name))
    listed = outer.appendChild(document.createElementNS(_RDF, kind))
    items = []
    for text in texts:
        item = listed.appendChild(document.createElementNS(_RDF, "rdf:li"))
        item.appendChild(document.createTextNode(_NOT_IN_XML.sub("", text)))
        items.append(item)
    return items
