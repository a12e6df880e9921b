"""The values of filters: dates, ratings and sizes in the ways that people write them.

Every function takes the value alone (what stands after the colon) and raises FilterValueError when
it cannot be understood.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Generic, Literal, TypeVar

from core.catalog.filters import DateFilter, LabelFilter, RatingFilter, SizeFilter

T = TypeVar("T")

_COMPARISON = re.compile(r"(>=|<=|=>|=<|>|<|=)(.*)", re.DOTALL)
_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?")
_SIZE = re.compile(r"(\d{1,12}(?:\.\d{1,6})?)(b|kb|mb|gb|tb|mp)?")
# Decimal multiples, as file managers and cameras print them.
_UNITS = {"b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12, "mp": 10**6}
# "size:5mb" names no exact byte: it means about that much.
_ABOUT = Fraction(1, 10)


class FilterValueError(ValueError):
    """What is wrong with a value: a sentence with places for {what} was written and {where}."""


def _no_date() -> FilterValueError:
    return FilterValueError(
        '"{what}"{where} is not a date: write date:2021, date:2021-06, date:2021-06-05, '
        "date:2019..2021, date:>=2020 or date:last-week."
    )


def _no_rating() -> FilterValueError:
    return FilterValueError(
        '"{what}"{where} is not a rating: write rating:3, rating:>=3 or rating:3..5, with 0 to 5.'
    )


def _no_size() -> FilterValueError:
    return FilterValueError(
        '"{what}"{where} is not a size: write size:>5mb, size:<200kb, size:>12mp or size:1mb..5mb.'
    )


@dataclass(frozen=True)
class _Interval(Generic[T]):
    """From `low` to `high`, both inclusive unless open; None is unbounded; `exact`: one value."""

    low: T | None
    high: T | None
    above: bool = False  # strictly above `low`
    below: bool = False  # strictly below `high`
    exact: bool = False


def _interval(
    value: str, read: Callable[[str], T], wrong: Callable[[], FilterValueError]
) -> _Interval[T]:
    """Split "3", ">=3", "3..5", "3.." or "..5" and read its parts."""
    if compared := _COMPARISON.fullmatch(value):
        sign, bound = compared.group(1), read(compared.group(2).strip())
        if sign == "=":
            return _Interval(bound, bound, exact=True)
        if ">" in sign:
            return _Interval(bound, None, above="=" not in sign)
        return _Interval(None, bound, below="=" not in sign)
    if ".." in value:
        first, _, last = value.partition("..")
        if not (first or last):
            raise wrong()
        return _Interval(read(first) if first else None, read(last) if last else None)
    bound = read(value)
    return _Interval(bound, bound, exact=True)


def date_filter(value: str, today: date) -> DateFilter:
    """A year, month, day, named span ("last-week"), comparison or range, as days."""

    def read(text: str) -> tuple[date, date | None]:
        return _days(text, today)

    found = _interval(value, read, _no_date)
    start: date | None = None
    end: date | None = None
    if found.low is not None:
        start = found.low[1] if found.above else found.low[0]
        if start is None:
            raise FilterValueError('"{what}"{where} is later than any date: write a smaller year.')
    if found.high is not None:
        end = found.high[0] if found.below else found.high[1]
    if start is not None and end is not None and start >= end:
        raise FilterValueError('"{what}"{where} ends before it starts: put the earlier date first.')
    return DateFilter(
        start.isoformat() if start else None,
        end.isoformat() if end else None,
    )


def _days(text: str, today: date) -> tuple[date, date | None]:
    """The first day of a span and the day after its last (None: past the calendar's end)."""
    named = re.sub(r"[\s_]+", "-", text.strip().lower())
    week = today - timedelta(days=today.weekday())
    month = today.replace(day=1)
    year = today.replace(month=1, day=1)
    spans: dict[str, Callable[[], tuple[date, date | None]]] = {
        "today": lambda: (today, _after(today, 1)),
        "yesterday": lambda: (today - timedelta(days=1), today),
        "this-week": lambda: (week, _after(week, 7)),
        "last-week": lambda: (week - timedelta(days=7), week),
        "this-month": lambda: (month, _next_month(month)),
        "last-month": lambda: ((month - timedelta(days=1)).replace(day=1), month),
        "this-year": lambda: (year, _next_year(year)),
        "last-year": lambda: (year.replace(year=year.year - 1), year),
    }
    if named in spans:
        return spans[named]()
    written = _DATE.fullmatch(named)
    if written is None:
        raise _no_date()
    numbers = [int(part) for part in written.groups() if part is not None]
    try:
        if len(numbers) == 1:
            first = date(numbers[0], 1, 1)
            return first, _next_year(first)
        if len(numbers) == 2:
            first = date(numbers[0], numbers[1], 1)
            return first, _next_month(first)
        first = date(*numbers)
    except ValueError:
        raise FilterValueError(
            '"{what}"{where} is not in the calendar: check the year, month and day.'
        ) from None
    return first, _after(first, 1)


def _after(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _next_month(first: date) -> date | None:
    if first.month < 12:
        return first.replace(month=first.month + 1)
    return _next_year(first.replace(month=1))


def _next_year(first: date) -> date | None:
    return first.replace(year=first.year + 1) if first.year < date.max.year else None


def rating_filter(value: str) -> RatingFilter:
    """Stars from 0 to 5: one number, a comparison or a range."""

    def read(text: str) -> int:
        if not re.fullmatch(r"[0-5]", text.strip()):
            raise _no_rating()
        return int(text)

    found = _interval(value, read, _no_rating)
    low = 0 if found.low is None else found.low + found.above
    high = 5 if found.high is None else found.high - found.below
    if low > high:
        raise FilterValueError(
            '"{what}"{where} fits no rating: ratings go from 0 to 5, the lower one first.'
        )
    return RatingFilter(low, high)


def size_filter(value: str) -> SizeFilter:
    """Bytes (b, kb, mb, gb, tb) or megapixels (mp): a comparison, a range, or about one size."""

    def read(text: str) -> tuple[Decimal, str | None]:
        written = _SIZE.fullmatch(text.strip().lower())
        if written is None:
            raise _no_size()
        return Decimal(written.group(1)), written.group(2)

    found = _interval(value.replace(" ", ""), read, _no_size)
    units = {bound[1] for bound in (found.low, found.high) if bound is not None}
    named = units - {None}
    if not named:
        raise FilterValueError(
            '"{what}"{where} has no unit: write kb, mb, gb or mp (megapixels) after the number.'
        )
    if "mp" in named and len(named) > 1:
        raise FilterValueError(
            '"{what}"{where} mixes bytes and megapixels: use one of them at both ends.'
        )
    # "1..5mb": a bound without a unit takes the other one's.
    other = next(iter(named)) or "b"

    def amount(bound: tuple[Decimal, str | None]) -> int:
        return int(bound[0] * _UNITS[bound[1] or other])

    low = None if found.low is None else amount(found.low) + found.above
    high = None if found.high is None else amount(found.high) - found.below
    if found.exact and low is not None and high is not None:
        low, high = int(low * (1 - _ABOUT)), int(high * (1 + _ABOUT))
    if high is not None and high < (low or 0):
        raise FilterValueError('"{what}"{where} fits no size: put the smaller size first.')
    unit: Literal["bytes", "pixels"] = "pixels" if "mp" in named else "bytes"
    return SizeFilter(low, high, unit)


_RELEVANCE = re.compile(r"(.*[^<>=\s])\s*(>=|<=|=>|=<|>|<)\s*(.*)", re.DOTALL)


def label_filter(value: str) -> LabelFilter:
    """A label's name, or one with a relevance to compare with: "receipt>0.8"."""
    plain = unicodedata.normalize("NFKC", value).replace("≥", ">=").replace("≤", "<=")
    compared = _RELEVANCE.fullmatch(plain)
    if compared is None:
        return LabelFilter(value)
    name, sign, written = compared.groups()
    if not re.fullmatch(r"0|1|[01]?\.\d{1,6}|[1-9]\d?%|100%|0%", written):
        raise FilterValueError(
            '"{what}"{where} is no relevance to compare with: write label:receipt>0.8, from 0 to 1.'
        )
    bound = float(written.rstrip("%")) / (100 if "%" in written else 1)
    if bound > 1:
        raise FilterValueError(
            '"{what}"{where} is above any relevance: write a number from 0 to 1.'
        )
    if ">" in sign:
        return LabelFilter(name, bound if "=" in sign else math.nextafter(bound, 2), 1.0)
    return LabelFilter(name, 0.0, bound if "=" in sign else math.nextafter(bound, -1))
