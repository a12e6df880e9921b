"""Names of labels and albums in a query that nothing in the library has, and the nearest ones."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from core.catalog.filters import AlbumNameFilter, LabelFilter, NotFilter
from core.catalog.matching import called
from core.catalog.names import fold
from core.search.query import Token, parse_query, tokenize
from core.search.quoting import quoted

Named = Literal["label", "album"]

_NEAR = 0.6  # likeness of two names, as difflib counts it
_COMPARISON = re.compile(r"[<>≤≥＜＞].*$")


@dataclass(frozen=True)
class NoSuchName:
    """A name in a query that no label, or no album, has or holds.

    `nearest`: the name that is there and most like it, "" where none is. `instead`: the query with
    that name in its place.
    """

    kind: Named
    name: str
    nearest: str = ""
    instead: str = ""


def names_in(query: str) -> bool:
    """Whether a query names labels or albums at all. Raises QueryError."""
    return any(_named(query[t.start : t.end]) is not None for t in _filters(query))


def no_such_names(query: str, known: Mapping[Named, Sequence[str]]) -> tuple[NoSuchName, ...]:
    """What is named in a query and not there, each once, in order. Raises QueryError."""
    found: dict[tuple[Named, str], NoSuchName] = {}
    for token in _filters(query):
        named = _named(query[token.start : token.end])
        if named is None or called(known[named[0]], named[1]):
            continue
        kind, name = named
        nearest = _nearest(name, known[kind])
        instead = ""
        if nearest:
            compared = _COMPARISON.search(token.text) if kind == "label" else None
            value = quoted(nearest) + (compared.group() if compared else "")
            minus = "-" if token.negated else ""
            instead = f"{query[: token.start]}{minus}{kind}:{value}{query[token.end :]}"
        found.setdefault((kind, fold(name)), NoSuchName(kind, name, nearest, instead))
    return tuple(found.values())


def _filters(query: str) -> list[Token]:
    return [token for token in tokenize(query) if token.kind == "filter"]


def _named(written: str) -> tuple[Named, str] | None:
    (made,) = parse_query(written).filters
    made = made.filter if isinstance(made, NotFilter) else made
    match made:
        case LabelFilter(name):
            return "label", name
        case AlbumNameFilter(name):
            return "album", name
        case _:
            return None


def _nearest(name: str, known: Sequence[str]) -> str:
    folded = {fold(each): each for each in known}
    near = difflib.get_close_matches(fold(name), list(folded), n=1, cutoff=_NEAR)
    if near:
        return folded[near[0]]
    # One word of a long name is enough: "holday" for "Holidays by the sea".
    words = {word: each for key, each in folded.items() for word in key.split() if len(word) > 3}
    near = difflib.get_close_matches(fold(name), list(words), n=1, cutoff=_NEAR)
    return words[near[0]] if near else ""
