"""Values as the query language takes them: as they are, or in quotes where they have to be."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[^\s\"“”„«»「」『』＂]+")
_QUOTES = (('"', '"'), ("«", "»"), ("「", "」"), ("『", "』"))
_ANY_QUOTE = '"“”＂'


def quoted(value: str) -> str:
    """The value of a filter, to be written behind its colon."""
    if _PLAIN.fullmatch(value):
        return value
    for opening, closing in _QUOTES:
        clash = _ANY_QUOTE if opening == '"' else closing
        if not any(sign in value for sign in clash):
            return f"{opening}{value}{closing}"
    return f'"{value.translate(dict.fromkeys(map(ord, _ANY_QUOTE), " "))}"'
