"""The query language: free text, "phrases", -excluded words and filters. A pure function.

    query    = { phrase | excluded | filter | word }
    phrase   = '"' text '"'                 taken literally: no minus, no filter inside
    excluded = '-' ( word | phrase )        photos that match it are left out
    filter   = [ '-' ] name ':' ( word | phrase )    after label:, a relevance may follow: >0.8

A minus or a quote counts only where a word begins ("t-shirt", 5" stay words). A colon counts only
after a filter's name, or after what looks like one: "3:2", "http://…" and "Paris: night" are text.
Full-width and curly forms of the signs mean the same as the plain ones.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from core.catalog.filters import (
    AlbumNameFilter,
    CameraFilter,
    DateFilter,
    Filter,
    FolderFilter,
    HasGpsFilter,
    IsFavouriteFilter,
    IsOfflineFilter,
    KeywordFilter,
    LensFilter,
    NameFilter,
    NotFilter,
    RatingFilter,
    SizeFilter,
    TypeFilter,
)
from core.errors import QueryError
from core.search.filter_values import (
    FilterValueError,
    date_filter,
    label_filter,
    rating_filter,
    size_filter,
)

MAX_LENGTH = 4000
"""Characters in a query; a long path fits, a pasted file does not."""
MOST_CONDITIONS = 50
"""Filters and words to leave out in a query: each may take a tenth of a second of many photos."""

_CLOSING = {'"': '"', "“": "”", "”": "”", "„": "“”", "«": "»", "「": "」", "『": "』", "＂": "＂"}
_ANY_CLOSING = '"“”＂'
_MINUS = "-−－"
_COLONS = ":："
_COMPARING = "<>≤≥＜＞"
_FILTER_NAME = re.compile(r"[A-Za-z]{2,20}")
# What may follow the colon of a filter; "http://", "lol:)" and "C:\" are none.
_VALUE_START = re.compile(r"[^\W_]|[<>=≥≤＞＜.\"“”„«「『＂]")

Kind = Literal["words", "phrase", "excluded", "filter"]


@dataclass(frozen=True)
class Token:
    """One part of a query: query[start:end] as typed, and what it says.

    `text`: the words, or a filter's value. `name`: a filter's name as typed, else "".
    `negated`: it had a minus.
    """

    kind: Kind
    text: str
    start: int
    end: int
    name: str = ""
    negated: bool = False


@dataclass(frozen=True)
class Query:
    """What to look for: words, what must not match, and filters that must all hold."""

    text: str = ""
    excluded: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()


def parse_query(text: str, *, today: date | None = None) -> Query:
    """Understand what a person typed; `today` is what "yesterday" counts from.

    Raises QueryError with one sentence that says where and what, and nothing else.
    """
    day = today or date.today()
    words: list[str] = []
    excluded: dict[str, None] = {}  # each once, in order
    filters: dict[Filter, None] = {}
    for token in tokenize(text):
        if token.kind == "filter":
            filters[_filter(token, day)] = None
        elif token.kind == "excluded":
            excluded[token.text] = None
        else:
            words.append(token.text)
        if len(filters) + len(excluded) > MOST_CONDITIONS:
            message = (
                f"The query has more than {MOST_CONDITIONS} filters and words to leave out: take "
                "some of them away."
            )
            raise QueryError(message, token.start, len(text))
    return Query(" ".join(words), tuple(excluded), tuple(filters))


def tokenize(text: str) -> list[Token]:
    """Split a query into its parts, in order, with the place of each.

    Raises QueryError for a query that is too long, quotes that do not close and empty parts.
    """
    if len(text) > MAX_LENGTH:
        message = f"The query is {len(text):,} characters long: keep it under {MAX_LENGTH:,}."
        raise QueryError(message, MAX_LENGTH, len(text))
    clean = "".join(map(_readable, text))
    tokens: list[Token] = []
    at = 0
    while at < len(clean):
        if clean[at] == " ":
            at += 1
            continue
        token, at = _token(clean, at)
        if token is not None:
            tokens.append(token)
    return tokens


def _readable(character: str) -> str:
    """One character for one, so that places stay right: controls and surrogates become spaces."""
    if character.isspace() or unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}:
        return " "
    return character


def _token(query: str, start: int) -> tuple[Token | None, int]:
    """Read the part that begins at `start`, which is no space; return it and where it ends."""
    at = start
    while at < len(query) and query[at] in _MINUS:
        at += 1
    negated = at > start
    if at == len(query):
        message = f"The minus{_where(start)} has no word after it: write -word to leave photos out."
        raise QueryError(message, start, at)
    if negated and query[at] == " ":
        return None, at  # a dash between words
    named = _filter_start(query, at)
    if named is not None:
        name, at = named
        value, end = _value(query, at, start, name)
        return Token("filter", value, start, end, name, negated), end
    value, end = _value(query, at, start, "")
    kind: Kind = "excluded" if negated else "phrase" if query[at] in _CLOSING else "words"
    return Token(kind, value, start, end, negated=negated), end


def _filter_start(query: str, at: int) -> tuple[str, int] | None:
    """The filter's name at `at` and where its value begins; None where no filter is meant."""
    written = _FILTER_NAME.match(query, at)
    if written is None or written.end() == len(query) or query[written.end()] not in _COLONS:
        return None
    name, value = written.group(), written.end() + 1
    if name.lower() in _FILTERS:
        return name, value
    # Only a plain colon: in Chinese the wide one is everyday punctuation.
    if query[written.end()] == ":" and _VALUE_START.match(query, value):
        known = ", ".join(f"{known}:" for known in _FILTERS)
        message = (
            f'There is no filter "{name}:"{_where(at)}: use {known}, '
            "or put the words in quotes to search for them."
        )
        raise QueryError(message, at, value)
    return None


def _value(query: str, at: int, start: int, name: str) -> tuple[str, int]:
    """The word or quoted phrase at `at`; `start` is where its part of the query begins."""
    if at < len(query) and query[at] in _CLOSING:
        closing = _CLOSING[query[at]]
        # Straight and curly quotes are often mixed by keyboards; brackets are not.
        closing = _ANY_CLOSING if closing[0] in _ANY_CLOSING else closing
        end = next((i for i in range(at + 1, len(query)) if query[i] in closing), -1)
        if end < 0:
            message = f"The quote{_where(at)} is not closed: add a closing quote."
            raise QueryError(message, at, len(query))
        value, end = " ".join(query[at + 1 : end].split()), end + 1
        if not value:
            raise QueryError(f"The quotes{_where(at)} hold nothing: write words in them.", at, end)
        if name.lower() == "label" and end < len(query) and query[end] in _COMPARING:
            # label:"our tent">0.8
            compared = query[end:].split(" ", 1)[0]
            return value + compared, end + len(compared)
        return value, end
    end = query.find(" ", at)
    end = len(query) if end < 0 else end
    if end == at:
        message = (
            f"The filter {name}:{_where(start)} has no value: write it right after the colon, "
            f"as in {_EXAMPLES[name.lower()]}."
        )
        raise QueryError(message, start, max(end, at))
    return query[at:end], end


def _filter(token: Token, today: date) -> Filter:
    try:
        made = _FILTERS[token.name.lower()](token.text, today)
    except FilterValueError as error:
        message = str(error).format(what=_short(token.text), where=_where(token.start))
        raise QueryError(message, token.start, token.end) from None
    return NotFilter(made) if token.negated else made


def _where(at: int) -> str:
    return f" (at character {at + 1})"


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _plain(value: str) -> str:
    """Full-width digits, signs and letters as plain ones."""
    return unicodedata.normalize("NFKC", value).replace("≥", ">=").replace("≤", "<=")


def _has(value: str) -> HasGpsFilter:
    if value.lower() == "gps":
        return HasGpsFilter()
    raise FilterValueError('"{what}"{where} is nothing that photos can have: write has:gps.')


def _is(value: str) -> IsFavouriteFilter | IsOfflineFilter:
    if value.lower() in {"favourite", "favorite"}:
        return IsFavouriteFilter()
    if value.lower() == "offline":
        return IsOfflineFilter()
    raise FilterValueError(
        '"{what}"{where} is nothing that photos can be: write is:favourite or is:offline.'
    )


def _date(value: str, today: date) -> DateFilter:
    return date_filter(_plain(value), today)


def _rating(value: str, _today: date) -> RatingFilter:
    return rating_filter(_plain(value))


def _size(value: str, _today: date) -> SizeFilter:
    return size_filter(_plain(value))


_FILTERS: dict[str, Callable[[str, date], Filter]] = {
    "folder": lambda value, _: FolderFilter(value),
    "name": lambda value, _: NameFilter(value),
    "type": lambda value, _: TypeFilter(value),
    "date": _date,
    "camera": lambda value, _: CameraFilter(value),
    "lens": lambda value, _: LensFilter(value),
    "rating": _rating,
    "size": _size,
    "album": lambda value, _: AlbumNameFilter(value),
    "keyword": lambda value, _: KeywordFilter(value),
    "label": lambda value, _: label_filter(value),
    "has": lambda value, _: _has(_plain(value)),
    "is": lambda value, _: _is(_plain(value)),
}

_EXAMPLES = {
    "folder": "folder:holidays",
    "name": "name:img_2041",
    "type": "type:jpeg",
    "date": "date:2021-06",
    "camera": "camera:canon",
    "lens": 'lens:"50mm f/1.8"',
    "rating": "rating:>=3",
    "size": "size:>5mb",
    "album": "album:family",
    "keyword": "keyword:beach",
    "label": "label:receipt",
    "has": "has:gps",
    "is": "is:favourite",
}
