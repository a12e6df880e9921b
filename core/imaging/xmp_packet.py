"""A packet of XMP that is changed in place: what it says of other things stays as it was.

lxml keeps what a packet is made of, prefixes, comments and line ends in values included. It is
told to expand nothing and to fetch nothing: packets come from strangers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from lxml import etree

from core.imaging.keywords import Words

LARGEST_PACKET = 4 << 20
"""Bytes: larger ones are neither read nor written."""

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC = "http://purl.org/dc/elements/1.1/"
_XMP = "http://ns.adobe.com/xap/1.0/"
_NOTE = "http://ns.adobe.com/xmp/note/"
_DESCRIPTION = f"{{{_RDF}}}Description"
_LI = f"{{{_RDF}}}li"
_ABOUT = f"{{{_RDF}}}about"
_RATING = f"{{{_XMP}}}Rating"
_TITLE = f"{{{_DC}}}title"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_DEFAULT = "x-default"
_LISTS = tuple(f"{{{_RDF}}}{kind}" for kind in ("Bag", "Seq", "Alt"))

XmpForm = Literal["subject", "hierarchical", "tags_list"]
# Namespace, usual prefix, name and kind of list of each.
_FORMS: Mapping[XmpForm, tuple[str, str, str, str]] = {
    "subject": (_DC, "dc", "subject", "Bag"),
    "hierarchical": ("http://ns.adobe.com/lightroom/1.0/", "lr", "hierarchicalSubject", "Bag"),
    "tags_list": ("http://www.digikam.org/ns/1.0/", "digiKam", "TagsList", "Seq"),
}
_EMPTY = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
    f' <rdf:RDF xmlns:rdf="{_RDF}">\n  <rdf:Description rdf:about=""/>\n </rdf:RDF>\n'
    '</x:xmpmeta>\n<?xpacket end="w"?>'
).encode()
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class PacketError(Exception):
    """What is there is no packet of XMP that could be changed without losing anything."""


class Packet:
    """One packet. Make it with `parse`, or without anything in it with `empty`."""

    def __init__(self, tree: Any, rdf: Any, *, declared: bool) -> None:
        self._tree = tree
        self._rdf = rdf
        self._declared = declared

    @classmethod
    def empty(cls) -> Packet:
        """A packet that says nothing yet."""
        return cls.parse(_EMPTY)

    @classmethod
    def parse(cls, data: bytes) -> Packet:
        """Raises PacketError for what is damaged, hostile, too large or no XMP."""
        if len(data) > LARGEST_PACKET:
            raise PacketError("too large")
        if not data.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16 has zeros of its own
            data = data.strip(b"\x00 \t\r\n")
        if b"<!DOCTYPE" in data.replace(b"\x00", b""):
            raise PacketError("entities")
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, strip_cdata=False
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError, LookupError) as error:
            raise PacketError("damaged") from error
        rdf = root if root.tag == f"{{{_RDF}}}RDF" else next(root.iter(f"{{{_RDF}}}RDF"), None)
        if rdf is None:
            raise PacketError("no XMP")
        return cls(root.getroottree(), rdf, declared=data.lstrip().startswith(b"<?xml "))

    # What it says

    @property
    def words(self) -> Words:
        """The keywords of each form; () for one that is not there."""
        return {form: self._words(form) for form in _FORMS}

    @property
    def rating(self) -> str | None:
        """What stands for the rating, whatever it is; None where nothing does."""
        for description in self._descriptions():
            if _RATING in description.attrib:
                return str(description.attrib[_RATING])
        return next((element.text or "" for element in self._properties(_RATING)), None)

    @property
    def title(self) -> str | None:
        """The title in its default language, None for none; those in others stay what they are."""
        for description in self._descriptions():
            if _TITLE in description.attrib:  # as some programs abridge it
                return str(description.attrib[_TITLE]).strip() or None
        item = self._default_title()
        return None if item is None else _text(item) or None

    @property
    def extended(self) -> str | None:
        """The mark of the extended part of this packet, which is elsewhere; None without one."""
        name = f"{{{_NOTE}}}HasExtendedXMP"
        for description in self._descriptions():
            if name in description.attrib:
                return str(description.attrib[name])
        return next(((element.text or "").strip() for element in self._properties(name)), None)

    @property
    def says_nothing(self) -> bool:
        """Whether there is no property at all in it."""
        return not any(
            len(description) or set(description.attrib) - {_ABOUT}
            for description in self._descriptions()
        )

    # Changing it

    def set_words(self, form: XmpForm, words: Iterable[str]) -> None:
        """Have a form hold these words, in this order; those that stay keep their place."""
        wanted = [_NOT_IN_XML.sub("", word) for word in words]
        tag = _tag(form)
        attributes = [d for d in self._descriptions() if tag in d.attrib]
        elements = self._properties(tag)
        if tuple(wanted) == self.words[form] and len(elements) + len(attributes) <= 1:
            return
        for description in attributes:
            del description.attrib[tag]
        listed = next((found for e in elements if (found := _list_in(e)) is not None), None)
        for element in elements:
            if listed is None or element is not listed.getparent():
                _drop(element)
        if not wanted:
            if listed is not None:
                _drop(listed.getparent())
            return
        if listed is None:
            listed = self._new_list(form)
        missing = list(wanted)
        for item in list(listed.iterchildren(_LI)):
            text = _text(item)
            if text in missing:
                missing.remove(text)
            elif text is not None:
                _drop(item)
        for word in missing:
            etree.SubElement(listed, _LI).text = word

    def set_rating(self, rating: str | None) -> None:
        """Have it say this rating, or none."""
        if rating == self.rating:
            return
        holders = [d for d in self._descriptions() if _RATING in d.attrib]
        elements = self._properties(_RATING)
        keep = elements[:1] if rating is not None and not holders else []
        for element in elements[len(keep) :]:
            _drop(element)
        for description in holders:
            del description.attrib[_RATING]
        if rating is None:
            return
        if holders:
            holders[0].attrib[_RATING] = rating
            return
        if keep:
            keep[0].text = rating
            return
        made = etree.SubElement(self._first_description(), _RATING, nsmap={"xmp": _XMP})
        made.text = rating

    def set_title(self, title: str | None) -> None:
        """Have it say this title in its default language, or none."""
        title = None if title is None else _NOT_IN_XML.sub("", title)
        if title == self.title:
            return
        holder = next((d for d in self._descriptions() if _TITLE in d.attrib), None)
        item = self._default_title()
        if holder is not None and title is not None:
            holder.attrib[_TITLE] = title
        elif holder is not None:
            del holder.attrib[_TITLE]
        elif title is None:
            listed = item.getparent() if item.tag == _LI else None
            _drop(item)
            if listed is not None and not len(listed):
                _drop(listed.getparent())
        elif item is None:
            self._add_title(title)
        else:
            item.text = title

    # Giving it away

    def as_file(self) -> bytes:
        """The packet as a sidecar file holds it, UTF-8."""
        data: bytes = etree.tostring(self._tree, encoding="UTF-8", xml_declaration=self._declared)
        return data if data.endswith(b"\n") else data + b"\n"

    def as_segment(self, room: int, padding: int = 2048) -> bytes:
        """The packet as it stands in a photo: with `padding` for others who change it in place.

        Raises PacketError where it takes more than `room` bytes.
        """
        data: bytes = etree.tostring(self._tree, encoding="UTF-8", xml_declaration=False)
        data = data.strip()
        end = data.rfind(b"<?xpacket end")
        if len(data) > room:
            raise PacketError("too large")
        padding = min(padding, room - len(data))
        if end < 0 or padding < 100:
            return data
        blank = (b" " * 99 + b"\n") * (padding // 100)
        return data[:end] + blank + data[end:]

    # Inside

    def _descriptions(self) -> Iterator[Any]:
        return iter(self._rdf.iterchildren(_DESCRIPTION))

    def _first_description(self) -> Any:
        first = next(self._descriptions(), None)
        if first is None:
            first = etree.SubElement(self._rdf, _DESCRIPTION)
            first.attrib[_ABOUT] = ""
        return first

    def _properties(self, tag: str) -> list[Any]:
        return [element for each in self._descriptions() for element in each.iterchildren(tag)]

    def _default_title(self) -> Any:
        """What holds the title in its default language: an item, or a plain element; or None."""
        for element in self._properties(_TITLE):
            listed = _list_in(element)
            if listed is None and _text(element):
                return element
            for item in () if listed is None else listed.iterchildren(_LI):
                if item.get(_LANGUAGE, _DEFAULT) == _DEFAULT:
                    return item
        return None

    def _add_title(self, title: str) -> None:
        """Put the default language first, as readers expect it, before others that are there."""
        listed = None
        for element in self._properties(_TITLE):
            listed = _list_in(element)
            if listed is not None:
                break
            _drop(element)  # it says nothing
        if listed is None:
            outer = etree.SubElement(self._first_description(), _TITLE, nsmap={"dc": _DC})
            listed = etree.SubElement(outer, f"{{{_RDF}}}Alt")
        item = etree.Element(_LI)
        item.set(_LANGUAGE, _DEFAULT)
        item.text = title
        listed.insert(0, item)

    def _new_list(self, form: XmpForm) -> Any:
        space, prefix, name, kind = _FORMS[form]
        outer = etree.SubElement(
            self._first_description(), f"{{{space}}}{name}", nsmap={prefix: space}
        )
        return etree.SubElement(outer, f"{{{_RDF}}}{kind}")

    def _words(self, form: XmpForm) -> tuple[str, ...]:
        tag = _tag(form)
        # Some programs abridge a list of one to an attribute.
        found = [str(d.attrib[tag]) for d in self._descriptions() if tag in d.attrib]
        for element in self._properties(tag):
            listed = _list_in(element)
            items = [element] if listed is None else listed.iterchildren(_LI)
            found += [text for item in items if (text := _text(item))]
        return tuple(dict.fromkeys(word.strip() for word in found if word.strip()))


def _tag(form: XmpForm) -> str:
    space, _, name, _ = _FORMS[form]
    return f"{{{space}}}{name}"


def _list_in(element: Any) -> Any:
    return next((child for child in element.iterchildren(*_LISTS)), None)


def _text(item: Any) -> str | None:
    """The words of an item; None for one with a structure of its own, which is left alone."""
    if any(isinstance(child.tag, str) for child in item):
        return None
    return "".join(item.itertext(with_tail=False)).strip()


def _drop(element: Any) -> None:
    """Take an element out; what stands behind it stays."""
    parent, before = element.getparent(), element.getprevious()
    tail = (element.tail or "").strip() and element.tail
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
