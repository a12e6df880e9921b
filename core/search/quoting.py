"""Values as the query language takes them: as they are, or in quotes where they have to be."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PLAIN = re.compile(r"[^\s\"“”„«»「」『』＂]+")
_QUOTES = (('"', '"'), ("«", "»"), ("「", "」"), ("『", "』"))
_ANY_QUOTE = '"“”＂'
_ROOM = 4000  # characters, as core.search.query has it, which takes longer to import


def quoted(value: str) -> str:
    """The value of a filter, to be written behind its colon."""
    if _PLAIN.fullmatch(value):
        return value
    for opening, closing in _QUOTES:
        clash = _ANY_QUOTE if opening == '"' else closing
        if not any(sign in value for sign in clash):
            return f"{opening}{value}{closing}"
    return phrase(value)


def phrases(texts: Iterable[str]) -> str:
    """A query of as many of these texts, each taken as it is, as a query has room for."""
    query = ""
    for text in texts:
        longer = f"{query} {phrase(text)}".strip()
        if len(longer) > _ROOM:
            break
        if any(map(str.isalnum, text)):
            query = longer
    return query


def phrase(text: str) -> str:
    """Words to be taken as they are, whatever signs are among them; quotes are left out."""
    return f'"{text.translate(dict.fromkeys(map(ord, _ANY_QUOTE), " "))}"'
