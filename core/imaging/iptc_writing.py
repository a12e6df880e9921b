"""Changing keywords and title of IPTC-IIM in Photoshop's resources; all else stays as it was."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

_IPTC, _DIGEST = 0x0404, 0x0425
_TITLE, _KEYWORDS, _CHARACTERS = (2, 5), (2, 25), (1, 90)
_UTF8 = b"\x1b%G"
_LONGEST = 0x7FFF


class IptcError(Exception):
    """These resources are damaged, or of a kind that could not be changed without a loss."""


@dataclass(frozen=True)
class _Resource:
    kind: bytes
    number: int
    name: bytes  # with its length and what makes it even
    body: bytes


@dataclass(frozen=True)
class _DataSet:
    """One value of IPTC, by its record and number."""

    key: tuple[int, int]
    value: bytes


def iptc_keywords(resources: bytes) -> tuple[str, ...] | None:
    """The keywords; None where there is no IPTC among the resources. Raises IptcError."""
    block = _iptc(_resources(resources))
    if block is None:
        return None
    sets = _data_sets(block.body)
    code = _code(sets)
    words = (each.value.decode(code, "replace").strip() for each in sets if each.key == _KEYWORDS)
    return tuple(dict.fromkeys(word for word in words if word))


def iptc_title(resources: bytes) -> str | None:
    """The title, which IPTC calls the object's name; None for none. Raises IptcError."""
    block = _iptc(_resources(resources))
    sets = [] if block is None else _data_sets(block.body)
    code = _code(sets)
    titles = (each.value.decode(code, "replace").strip() for each in sets if each.key == _TITLE)
    return next(filter(None, titles), None)


def with_iptc(resources: bytes, words: Sequence[str], title: str | None) -> bytes:
    """The resources with these keywords and title; what stays keeps its bytes. Raises IptcError.

    Words that the block's characters cannot say are left out of it, unless all of it is plain
    ASCII: then it says that it is UTF-8 from now on.
    """
    found = _resources(resources)
    block = _iptc(found)
    if block is None:
        return resources
    sets = _data_sets(block.body)
    code = _code(sets)
    declared = any(each.key == _CHARACTERS for each in sets)
    if not declared and not "".join((*words, title or "")).isascii() and _is_ascii(sets):
        sets.insert(sum(s.key < _CHARACTERS for s in sets), _DataSet(_CHARACTERS, _UTF8))
        code = "utf-8"
    kept, missing = [], list(words)
    for each in sets:
        if each.key == _KEYWORDS:
            text = each.value.decode(code, "replace").strip()
            if text not in missing:
                continue
            missing.remove(text)
        kept.append(each)
    at = max((n for n, each in enumerate(kept, 1) if each.key <= _KEYWORDS), default=0)
    new = [_DataSet(_KEYWORDS, value) for word in missing if (value := _encoded(word, code))]
    changed_sets = _with_title([*kept[:at], *new, *kept[at:]], title, code)
    body = b"".join(map(_written, changed_sets))
    digest = hashlib.md5(body, usedforsecurity=False).digest()
    changed = [
        replace(each, body=body)
        if each is block
        else (replace(each, body=digest) if each.number == _DIGEST else each)
        for each in found
    ]
    return b"".join(_resource(each) for each in changed)


def _with_title(sets: list[_DataSet], title: str | None, code: str) -> list[_DataSet]:
    """The data sets with this title, or none; one that cannot be said there leaves what is."""
    now = [each for each in sets if each.key == _TITLE]
    stands = now[0].value.decode(code, "replace").strip() if now else ""
    if (stands or None) == title:
        return sets
    value = None if title is None else _encoded(title, code)
    if title is not None and value is None:
        return sets
    others = [each for each in sets if each.key != _TITLE]
    if value is None:
        return others
    at = max((n for n, each in enumerate(others, 1) if each.key <= _TITLE), default=0)
    return [*others[:at], _DataSet(_TITLE, value), *others[at:]]


def _resources(data: bytes) -> list[_Resource]:
    found: list[_Resource] = []
    at = 0
    while at < len(data):
        if not data[at:].strip(b"\x00"):
            break
        kind, number = data[at : at + 4], int.from_bytes(data[at + 4 : at + 6], "big")
        if kind not in (b"8BIM", b"MeSa", b"PHUT", b"AgHg", b"DCSR") or at + 7 > len(data):
            raise IptcError("damaged")
        named = 1 + data[at + 6]
        named += named % 2
        start = at + 6 + named + 4
        size = int.from_bytes(data[start - 4 : start], "big")
        if start + size > len(data):
            raise IptcError("damaged")
        found.append(
            _Resource(kind, number, data[at + 6 : at + 6 + named], data[start : start + size])
        )
        at = start + size + size % 2
    return found


def _resource(each: _Resource) -> bytes:
    size = len(each.body)
    head = each.kind + each.number.to_bytes(2, "big") + each.name + size.to_bytes(4, "big")
    return head + each.body + bytes(size % 2)


def _iptc(found: Sequence[_Resource]) -> _Resource | None:
    blocks = [each for each in found if each.number == _IPTC]
    if len(blocks) > 1:
        raise IptcError("twice")
    return blocks[0] if blocks else None


def _data_sets(body: bytes) -> list[_DataSet]:
    found: list[_DataSet] = []
    at = 0
    while at < len(body):
        if not body[at:].strip(b"\x00"):
            break
        size = int.from_bytes(body[at + 3 : at + 5], "big")
        if body[at] != 0x1C or at + 5 > len(body) or size > _LONGEST or at + 5 + size > len(body):
            raise IptcError("damaged")
        found.append(_DataSet((body[at + 1], body[at + 2]), body[at + 5 : at + 5 + size]))
        at += 5 + size
    return found


def _written(each: _DataSet) -> bytes:
    return bytes([0x1C, *each.key]) + len(each.value).to_bytes(2, "big") + each.value


def _code(sets: Sequence[_DataSet]) -> str:
    """How text is encoded: as declared, else as UTF-8 where all of it is that, else Latin-1."""
    declared = next((each.value for each in sets if each.key == _CHARACTERS), None)
    if declared == _UTF8:
        return "utf-8"
    try:
        for each in sets:
            if each.key in (_TITLE, _KEYWORDS):
                each.value.decode("utf-8")
    except UnicodeDecodeError:
        return "latin-1"
    return "latin-1" if declared is not None or _is_ascii(sets) else "utf-8"


def _is_ascii(sets: Sequence[_DataSet]) -> bool:
    return all(each.value.isascii() for each in sets if each.key[0] == 2 and each.key[1])


def _encoded(word: str, code: str) -> bytes | None:
    try:
        value = word.encode(code)
    except UnicodeEncodeError:
        return None
    return value if len(value) <= _LONGEST else None
