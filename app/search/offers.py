"""What can be offered while somebody writes a query: filters, their values, earlier queries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication, QDate

from app import dates, wording
from core.search.quoting import quoted

SHORTEST = 2
"""Letters of a filter's name after which it is offered."""
VALUES = 50
FOUND_IN_LIBRARY = ("label", "camera", "lens", "folder", "type", "album", "keyword")
"""Filters whose values are those that the library holds."""

# The end of what is typed: a filter with the beginning of its value, or that of a name.
_VALUE = re.compile(r'(?:^|\s)([-−－]*)([A-Za-z]{2,20})[:：](?:["“]([^"“”]*)|([^\s"“][^\s]*)?)$')
_NAME = re.compile(r"(?:^|\s)([-−－]*)([A-Za-z]{2,20})$")
_SIGN = re.compile(r"(?:^|\s)[-−－]+$")


@dataclass(frozen=True)
class Typed:
    """The end of what is typed, where something can be offered.

    `length`: how many characters an offer takes the place of. `name`: the filter whose `value` is
    typed, empty while `value` is the beginning of a name. `minus`: what stands before it.
    """

    length: int
    name: str
    value: str
    minus: str = ""


@dataclass(frozen=True)
class Offer:
    """One line of the list: `text` and a `note` are shown, `insert` is what is written.

    `count`: how many photos have it. `whole`: it is a query by itself, not a part of one.
    """

    insert: str
    text: str
    note: str = ""
    count: int | None = None
    whole: bool = False


def typed(before: str) -> Typed | None:
    """What of the text before the caret can be completed."""
    found = _VALUE.search(before)
    if found is not None:
        minus, name, quoted, bare = found.groups()
        length = len(before) - found.start(1)
        return Typed(length, name.lower(), quoted or bare or "", minus)
    found = _NAME.search(before)
    if found is not None:
        return Typed(len(before) - found.start(1), "", found[2], found[1])
    return None


def unfinished(before: str) -> bool:
    """Whether the text before the caret ends in a filter without a value, or in an open quote."""
    found = _VALUE.search(before)
    if found is None:
        return bool(_SIGN.search(before))
    _, _, quoted, bare = found.groups()
    return quoted is not None or not bare


def names(at: Typed) -> list[Offer]:
    """Filters whose name begins with what is typed."""
    wanted = at.value.lower()
    return [
        Offer(f"{at.minus}{name}:", f"{name}:", note)
        for name, note in _filters().items()
        if len(wanted) >= SHORTEST and name.startswith(wanted)
    ]


def all_filters() -> list[Offer]:
    """Every filter, for a field that is empty."""
    return [Offer(f"{name}:", f"{name}:", note) for name, note in _filters().items()]


def known_shapes(at: Typed, today: date) -> list[Offer]:
    """Values of filters that are the same in every library."""
    shapes = {"date": _dates(today), "rating": _ratings(), "size": _sizes()}
    shapes |= {"has": _has(), "is": _is()}
    wanted = at.value.lower()
    return [
        Offer(f"{at.minus}{at.name}:{value} ", value, note)
        for value, note in shapes.get(at.name, {}).items()
        if value.startswith(wanted) and value != wanted
    ]


def found_values(at: Typed, values: Sequence[tuple[str, int | None]]) -> list[Offer]:
    """Values that the library holds, with how many photos have each; None: an automatic album."""
    return [
        Offer(
            f"{at.minus}{at.name}:{quoted(value)} ",
            wording.shown(value),
            _tr("saved search") if count is None else "",
            count,
        )
        for value, count in values
    ]


def recent(queries: Sequence[str], written: str) -> list[Offer]:
    """Earlier queries that hold what is written."""
    wanted = written.strip().casefold()
    note = _tr("searched before")
    return [
        Offer(query, wording.shown(query), note, whole=True)
        for query in queries
        if wanted in query.casefold() and wanted != query.casefold()
    ]


def _filters() -> dict[str, str]:
    """Every filter with a word of explanation, the usual ones first."""
    return {
        "date": _tr("when it was taken"),
        "label": _tr("a label that it carries"),
        "camera": _tr("the camera's name"),
        "lens": _tr("the lens's name"),
        "folder": _tr("where its file is"),
        "album": _tr("an album that it is in"),
        "keyword": _tr("a keyword that it carries"),
        "name": _tr("part of the file's name"),
        "type": _tr("the format: jpeg, heic, raw"),
        "rating": _tr("stars, 0 to 5"),
        "size": _tr("bytes or megapixels"),
        "is": _tr("favourite or offline"),
        "has": _tr("a place (gps)"),
    }


def _dates(today: date) -> dict[str, str]:
    year = today.year
    monday = today - timedelta(days=today.weekday())
    last_month = today.replace(day=1) - timedelta(days=1)
    return {
        "today": _day(today),
        "yesterday": _day(today - timedelta(days=1)),
        "this-week": _week(monday),
        "last-week": _week(monday - timedelta(days=7)),
        "this-month": dates.month(_date(today)),
        "last-month": dates.month(_date(last_month)),
        "this-year": str(year),
        "last-year": str(year - 1),
        f"{year - 2}": _tr("a year"),
        f"{year}-{today.month:02}": _tr("a month"),
        today.isoformat(): _tr("a day"),
        f"{year - 3}..{year - 1}": _tr("from one to another"),
        f">={year - 1}": _tr("from then on"),
        f"<{year - 10}": _tr("before then"),
    }


def _date(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _day(day: date) -> str:
    return dates.weekday(_date(day))


def _week(monday: date) -> str:
    return f"{_day(monday)} – {_day(monday + timedelta(days=6))}"


def _ratings() -> dict[str, str]:
    return {
        "5": wording.stars(5),
        ">=4": _tr("4 or more"),
        ">=3": _tr("3 or more"),
        "1..2": _tr("1 or 2"),
        "0": _tr("not rated"),
    }


def _sizes() -> dict[str, str]:
    return {
        ">5mb": _tr("large files"),
        "<200kb": _tr("small files"),
        "1mb..5mb": _tr("between two sizes"),
        ">12mp": _tr("many pixels"),
    }


def _has() -> dict[str, str]:
    return {"gps": _tr("says where it was taken")}


def _is() -> dict[str, str]:
    return {"favourite": _tr("marked by you"), "offline": _tr("on a disk that is not here")}


def _tr(text: str) -> str:
    return QCoreApplication.translate("SearchOffers", text)
