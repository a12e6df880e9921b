"""When a photo was taken, from the many ways in which files say it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

_MOMENT = re.compile(
    r"(\d{4})(?:[:\-/.](\d{1,2})(?:[:\-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?"
    r"\s*(Z|[+-]\d{2}:?\d{2})?)?)?)?\s*"
)
_OFFSET = re.compile(r"\s*([+-])(\d{2}):?(\d{2})\s*")
_IPTC_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_IPTC_TIME = re.compile(r"(\d{2})(\d{2})(\d{2})([+-]\d{4})?")
_FIRST_YEAR, _LAST_YEAR = 1826, 2100  # the first photograph; a clock that runs far ahead
# What clocks show that were never set: the epochs of Unix, of DOS and of the classic Mac.
_UNSET = {"1970-01-01T00:00:00", "1980-01-01T00:00:00", "1904-01-01T00:00:00"}
_WIDEST_OFFSET = 14 * 60


class Source(IntEnum):
    """Where a time comes from; the lower is believed first."""

    EXIF_ORIGINAL = 1
    EXIF_DIGITISED = 2
    XMP_ORIGINAL = 3
    IPTC_CREATED = 4
    XMP_CREATED = 5
    EXIF_CHANGED = 6
    GPS = 7


@dataclass(frozen=True)
class Moment:
    """A time on the photographer's clock ("2021-06-05T14:03:22"), minutes ahead of UTC if known."""

    local: str
    utc_offset_minutes: int | None = None


def moment(text: object, offset: object = None) -> Moment | None:
    """A time as EXIF ("2021:06:05 14:03:22") or XMP ("2021-06-05T14:03:22+02:00") writes it.

    `offset` is the zone where it stands in a field of its own. Parts of a date count as their
    beginning. None for what is no time, and for absurd ones.
    """
    found = _MOMENT.fullmatch(text.strip(" \x00\t\r\n")) if isinstance(text, str) else None
    if found is None:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    return _checked(
        (year, month or "1", day or "1", hour or "0", minute or "0", second or "0"),
        utc_offset(zone if zone is not None else offset),
    )


def iptc_moment(date: str | None, time: str | None) -> Moment | None:
    """A time from IPTC's date ("20210605") and time ("140322+0200")."""
    day = _IPTC_DATE.fullmatch(date.strip()) if date else None
    if day is None:
        return None
    clock = _IPTC_TIME.fullmatch(time.strip()) if time else None
    if clock is None:
        return _checked((*day.groups(), "0", "0", "0"), None)
    return _checked((*day.groups(), *clock.groups()[:3]), utc_offset(clock.group(4)))


def utc_offset(text: object) -> int | None:
    """Minutes ahead of UTC from "+02:00", "-0400" or "Z"."""
    if not isinstance(text, str):
        return None
    if text.strip(" \x00") in {"Z", "z"}:
        return 0
    found = _OFFSET.fullmatch(text.strip(" \x00"))
    if found is None:
        return None
    minutes = int(found.group(2)) * 60 + int(found.group(3))
    if minutes > _WIDEST_OFFSET or int(found.group(3)) > 59:
        return None
    return -minutes if found.group(1) == "-" else minutes


def _checked(parts: tuple[str, ...], offset: int | None) -> Moment | None:
    year, month, day, hour, minute, second = (int(part) for part in parts)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        local = datetime(year, month, day, hour, minute, min(second, 59)).isoformat()
    except ValueError:
        return None
    return None if local in _UNSET else Moment(local, offset)


def best_moment(moments: Mapping[Source, Moment | None]) -> Moment | None:
    """The most trusted of the times, with its zone if another source tells it for the same time.

    Not from one that says UTC: programs write that where they know no zone.
    """
    known = [found for _, found in sorted(moments.items()) if found is not None]
    if not known:
        return None
    best = known[0]
    if best.utc_offset_minutes is not None:
        return best
    same = (other for other in known if other.local == best.local and other.utc_offset_minutes)
    return next(same, best)
